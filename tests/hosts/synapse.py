"""A real Synapse for as long as tests need it, in a Python environment of its own; never shipped and never imported.

All of its packages are in synapse.txt with their versions, and are installed once for each such list into `build/`.
"""

import hashlib
import json
import secrets
import shutil
import subprocess
import sys
import time
import venv
from base64 import b64encode
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pytest
from filelock import FileLock

from tests.conftest import PATIENCE, ROOT, free_port

NAME = "localhost"  # the part of its users' ids behind the colon
LIST = Path(__file__).parent / "synapse.txt"
FLAGS = ("--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:", "--no-compile")
LONGEST = 300  # seconds for pip; 15 to 30 are usual
OFTEN = {"per_second": 10_000, "burst_count": 10_000}  # so that no test waits for a limit
LIMITS = ("rc_message", "rc_registration", "rc_joins_per_room", "rc_admin_redaction", "rc_room_creation")
PATHS = {"rc_login": ("address", "account", "failed_attempts"), "rc_joins": ("local", "remote"),
         "rc_invites": ("per_room", "per_user", "per_issuer")}  # fmt: skip


@cache
def installed() -> Path:
    """Its Python; skips where pip cannot have it."""
    mark = hashlib.sha256(LIST.read_bytes() + sys.version.encode()).hexdigest()[:12]
    folder = ROOT / "build" / f"synapse-{mark}"
    folder.parent.mkdir(exist_ok=True)
    with FileLock(folder.with_suffix(".lock")):
        if not folder.exists():
            _install(folder)
    return folder / "bin" / "python"


def _install(folder: Path) -> None:
    """What is whole bears the mark `made`; its scripts could not be moved from another place."""
    making = folder.with_suffix(".making")
    shutil.rmtree(making, ignore_errors=True)
    venv.create(making, with_pip=False, symlinks=True)
    command = [sys.executable, "-m", "pip", "--python", making / "bin" / "python", "install", *FLAGS, "-r", LIST]
    got = subprocess.run(command, check=False, capture_output=True, text=True, timeout=LONGEST)
    if got.returncode:
        pytest.skip(f"pip could not install Synapse: {got.stderr.strip()[-300:]}")
    making.rename(folder)


class Synapse:
    """The server, which tells an application service (`hs_token`) at `hook` of every room that `dana` is in."""

    def __init__(self, folder: Path, hook: str, hs_token: str) -> None:
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.log = folder / "synapse.log"
        service = folder / "steadyhand.json"
        service.write_text(json.dumps(registration(hook, hs_token)))
        config = folder / "homeserver.json"  # JSON is YAML
        config.write_text(json.dumps(self._config(folder, service)))
        (folder / "signing.key").write_text(
            f"ed25519 a_test {b64encode(secrets.token_bytes(32)).decode().rstrip('=')}\n"
        )
        self._process = subprocess.Popen(
            [installed(), "-m", "synapse.app.homeserver", "-c", config],
            cwd=folder,
            stdout=self.log.open("wb"),
            stderr=subprocess.STDOUT,
        )
        self._wait()

    def user(self, name: str) -> dict[str, Any]:
        """A new account: its `user_id`, `access_token` and `device_id`."""
        told = {"username": name, "password": f"{name} of the tests", "auth": {"type": "m.login.dummy"}}
        place = f"{self.base}/_matrix/client/v3/register"
        account: dict[str, Any] = httpx.post(place, json=told, timeout=PATIENCE).raise_for_status().json()
        return account

    def stop(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait(PATIENCE)

    def _config(self, folder: Path, service: Path) -> dict[str, Any]:
        resources = [{"names": ["client", "openid"], "compress": False}]
        listener = {"port": self.port, "type": "http", "bind_addresses": ["127.0.0.1"], "resources": resources}
        return {
            "server_name": NAME,
            "public_baseurl": self.base,
            "listeners": [listener],
            "database": {"name": "sqlite3", "args": {"database": str(folder / "homeserver.db")}},
            "media_store_path": str(folder / "media"),
            "signing_key_path": str(folder / "signing.key"),
            "app_service_config_files": [str(service)],
            "trusted_key_servers": [],
            "report_stats": False,
            "presence": {"enabled": False},
            "bcrypt_rounds": 4,
            "enable_registration": True,
            "enable_registration_without_verification": True,
            "registration_shared_secret": secrets.token_hex(16),
            "macaroon_secret_key": secrets.token_hex(16),
            "form_secret": secrets.token_hex(16),
            **dict.fromkeys(LIMITS, OFTEN),
            **{name: dict.fromkeys(parts, OFTEN) for name, parts in PATHS.items()},
        }

    def _wait(self) -> None:
        deadline = time.monotonic() + 6 * PATIENCE  # it makes its database first
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                if httpx.get(f"{self.base}/health", timeout=PATIENCE).status_code == httpx.codes.OK:
                    return
            except httpx.TransportError:
                time.sleep(0.05)
        raise AssertionError(f"Synapse did not start:\n{self.log.read_text()[-3000:]}")


def registration(hook: str, hs_token: str) -> dict[str, Any]:
    """What an administrator of a homeserver gives it, as docs/embedding/matrix.md says."""
    return {
        "id": "steadyhand",
        "url": hook,
        "hs_token": hs_token,
        "as_token": secrets.token_hex(16),
        "sender_localpart": "steadyhand",
        "rate_limited": False,
        "receive_ephemeral": True,
        "de.sorunome.msc2409.push_ephemeral": True,
        "namespaces": {"users": [{"exclusive": False, "regex": f"@dana:{NAME}"}]},
    }
