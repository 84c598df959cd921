"""Every setting, once. Each is an option of `steadyhand serve` and a `STEADYHAND_…` variable of the environment."""

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

LOOPBACK = ("127.0.0.1", "localhost", "::1")
MIN_SECRET = 32  # bytes; shorter HS256 keys can be guessed


def listed(text: str) -> tuple[str, ...]:
    """The parts of a list written with commas."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _listed(value: Any) -> Any:
    return listed(value) if isinstance(value, str) else value


# In the environment a list is written with commas, as in `chat.example.org,help.example.org`.
Listed = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_listed)]


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def resource(name: str) -> Path:
    """A folder that ships with us: inside the installed package, or beside it in a source tree."""
    package = Path(__file__).parent
    shipped = package / "data" / name
    return shipped if shipped.is_dir() else package.parent / name


class ReaderName(StrEnum):
    """Which trained scorer reads beside the rules: the encoder is better, the linear one quicker and smaller."""

    ENCODER = "encoder"
    LINEAR = "linear"


class Settings(BaseSettings):
    """Settings of a server. A value that exists is valid."""

    model_config = SettingsConfigDict(env_prefix="STEADYHAND_", frozen=True, hide_input_in_errors=True)

    host: str = "127.0.0.1"
    port: int = Field(8000, ge=0, le=65535)
    database: str = "sqlite+aiosqlite:///steadyhand.db"
    backplane: str = "local:"
    playbooks: Path = Field(default_factory=lambda: resource("playbooks"))
    pack: Listed = ()  # names or folders, each over what is before it
    teams: Path | None = None  # file with the packs of teams that have their own
    workers: int = Field(1, ge=1, le=64)
    reader: ReaderName = ReaderName.ENCODER
    secret: SecretStr
    allowed_hosts: Listed = ("*",)
    frame_ancestors: Listed = ()
    demo: bool = False  # hands out tokens to whoever asks: only on this machine itself

    @field_validator("secret")
    @classmethod
    def _long_enough(cls, secret: SecretStr) -> SecretStr:
        length = len(secret.get_secret_value().encode())
        if length < MIN_SECRET:
            raise ValueError(f"the key has {length} bytes; {MIN_SECRET} or more are needed")
        return secret

    @model_validator(mode="after")
    def _demo_stays_at_home(self) -> "Settings":
        if self.demo and self.host not in LOOPBACK:
            raise ValueError(f"the demo gives tokens to everybody, so its host must be one of {', '.join(LOOPBACK)}")
        return self
