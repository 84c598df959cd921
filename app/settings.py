"""Every setting, once. Each is an option of `steadyhand serve` and a `STEADYHAND_…` variable of the environment."""

import os
from base64 import b64decode
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

LOOPBACK = ("127.0.0.1", "localhost", "::1")
MIN_SECRET = 32  # bytes; shorter HS256 keys can be guessed
MIN_WEBHOOK_KEY, MAX_WEBHOOK_KEY = 24, 64  # bytes, of Standard Webhooks
MAX_LEAVING = 15  # seconds for notice and drain together: with the open calls and the store's end it is within 30


def listed(text: str) -> tuple[str, ...]:
    """The parts of a list written with commas."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _listed(value: Any) -> Any:
    return listed(value) if isinstance(value, str) else value


def _address(text: str) -> str:
    parts = urlsplit(text)
    if text and (parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment):
        raise ValueError("an address as in https://assist.example.com is meant")
    return text


def _secure_address(url: SecretStr) -> SecretStr:
    parts = urlsplit(url.get_secret_value())
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise ValueError("the address must be https://…; http:// only on this machine itself")
    if not parts.hostname:
        raise ValueError("the address names no host")
    return url


def _webhook_secret(secret: SecretStr) -> SecretStr:
    prefix, _, encoded = secret.get_secret_value().partition("_")
    try:
        key = b64decode(encoded, validate=True)
    except ValueError:
        key = b""
    if prefix != "whsec" or not MIN_WEBHOOK_KEY <= len(key) <= MAX_WEBHOOK_KEY:
        raise ValueError(f"whsec_ and {MIN_WEBHOOK_KEY} to {MAX_WEBHOOK_KEY} random bytes in base64 are meant")
    return secret


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
    public_url: Annotated[str, AfterValidator(_address)] = ""  # where browsers find this server: for links in letters
    alert_webhook: Annotated[SecretStr, AfterValidator(_secure_address)] | None = None  # where alerts are told
    alert_webhook_secret: Annotated[SecretStr, AfterValidator(_webhook_secret)] | None = None  # whsec_…, base64
    drain_notice: float = Field(0, ge=0, le=MAX_LEAVING)  # seconds of readiness red before anything is closed
    drain: float = Field(5, ge=0, le=MAX_LEAVING)  # seconds over which the sockets are closed
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

    @model_validator(mode="after")
    def _webhook_is_signed(self) -> "Settings":
        if (self.alert_webhook is None) != (self.alert_webhook_secret is None):
            raise ValueError("alert_webhook and alert_webhook_secret are given together or not at all")
        return self

    @model_validator(mode="after")
    def _workers_can_share(self) -> "Settings":
        if self.workers > 1 and self.database.startswith("sqlite"):
            raise ValueError(
                f"{self.workers} workers cannot share SQLite: "
                "leave workers at 1, or take a postgresql+asyncpg:// database"
            )
        if self.workers > 1 and self.backplane.startswith("local:"):
            raise ValueError(
                f"{self.workers} workers cannot hear each other over a local: backplane: "
                "leave workers at 1, or take a redis:// one"
            )
        return self

    @model_validator(mode="after")
    def _leaves_in_time(self) -> "Settings":
        if self.drain_notice + self.drain > MAX_LEAVING:
            raise ValueError(
                f"drain_notice and drain are {self.drain_notice:g} and {self.drain:g} seconds; "
                f"together at most {MAX_LEAVING}"
            )
        return self
