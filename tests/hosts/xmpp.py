"""A real Prosody for as long as a test needs it, and a customer who writes over it with slixmpp."""

import asyncio
import os
import shutil
import socket
import subprocess
import threading
import time
from pathlib import Path

import pytest

from tests.conftest import PATIENCE, free_port

HOST = "localhost"
PASSWORD = "secret"
INSTALL = ["install", "-y", "prosody"]
CONFIG = """
run_as_root = true
pidfile = "{folder}/prosody.pid"
data_path = "{folder}/data"
log = {{ info = "{folder}/prosody.log" }}
modules_enabled = {{ "roster"; "saslauth"; "disco"; "carbons"; "mam"; "ping";
  "websocket"; "posix"; "private"; "vcard" }}
modules_disabled = {{ "s2s"; "tls" }}
authentication = "internal_plain"
c2s_require_encryption = false
allow_unencrypted_plain_auth = true
consider_websocket_secure = true
cross_domain_websocket = true
interfaces = {{ "127.0.0.1" }}
c2s_ports = {{ {c2s} }}
http_interfaces = {{ "127.0.0.1" }}
http_ports = {{ {http} }}
https_ports = {{ }}
VirtualHost "{host}"
  http_host = "127.0.0.1"
"""


class Prosody:
    """The server, with accounts `dana` and `casey`; its websocket is `.websocket`."""

    def __init__(self, folder: Path) -> None:
        self.c2s, self.http = free_port(), free_port()
        accounts = folder / "data" / HOST / "accounts"
        accounts.mkdir(parents=True)
        rosters = folder / "data" / HOST / "roster"
        rosters.mkdir()
        for name, other in (("dana", "casey"), ("casey", "dana")):
            (accounts / f"{name}.dat").write_text(f'return {{ ["password"] = "{PASSWORD}" }};\n')
            known = (
                f'["{other}@{HOST}"] = {{ ["subscription"] = "both"; ["groups"] = {{}}; ["name"] = "{other.title()}" }}'
            )
            (rosters / f"{name}.dat").write_text(f"return {{ [false] = {{ version = 1 }}; {known} }};\n")
        config = folder / "prosody.cfg.lua"
        config.write_text(CONFIG.format(folder=folder, c2s=self.c2s, http=self.http, host=HOST))
        self.log = folder / "prosody.log"
        self._command = [_program(), "-F", "--config", config]
        self._process = self._started()

    def _started(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL)
        for port in (self.c2s, self.http):
            self._wait(port)
        return process

    @property
    def websocket(self) -> str:
        """Where browsers connect."""
        return f"ws://127.0.0.1:{self.http}/xmpp-websocket"

    def restart(self) -> None:
        """End it and start it again, with all that it knows."""
        self.stop()
        self._process = self._started()

    def stop(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait(PATIENCE)

    def _wait(self, port: int) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.02)
        raise AssertionError(f"Prosody did not start:\n{self.log.read_text() if self.log.exists() else ''}")


def _program() -> str:
    """Debian's; put on the machine where we are root there, else the test is skipped."""
    if os.geteuid() == 0 and Path("/etc/debian_version").exists():
        for step in (INSTALL, ["update"], INSTALL):  # with the lists that are there first
            if not shutil.which("prosody"):
                _apt(*step)
    found = shutil.which("prosody")
    if not found:
        pytest.skip("Prosody is not on this machine and could not be installed (Debian: apt-get install prosody)")
    return found


def _apt(*arguments: str) -> None:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "-qq", *arguments], check=False, env=environment, **quiet)


class Customer:
    """Casey's client, in a thread of its own; `heard` is what the agent has written to her. Or the agent's own."""

    def __init__(self, prosody: Prosody, name: str = "casey", other: str = "dana") -> None:
        self.heard: list[str] = []
        self._name, self._other = name, f"{other}@{HOST}"
        self._port = prosody.c2s
        self._online = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._live()), daemon=True)
        self._thread.start()
        assert self._online.wait(PATIENCE), f"{name} could not sign in:\n{prosody.log.read_text()}"

    def write(self, text: str, number: str = "", instead_of: str = "") -> None:
        """To the other one; with an id of its own, and in the place of an earlier one."""

        def send() -> None:
            message = self._client.make_message(mto=self._other, mbody=text, mtype="chat")
            message["id"] = number or self._client.new_id()
            if instead_of:
                message["replace"]["id"] = instead_of
            message.send()

        self._loop.call_soon_threadsafe(send)

    def leave(self) -> None:
        """Sign out."""
        self._loop.call_soon_threadsafe(self._leaving.set)
        self._thread.join(PATIENCE)

    async def _live(self) -> None:
        import slixmpp

        self._loop, self._leaving = asyncio.get_running_loop(), asyncio.Event()
        client = self._client = slixmpp.ClientXMPP(f"{self._name}@{HOST}", PASSWORD)
        client.register_plugin("xep_0308")
        client.enable_starttls = client.enable_direct_tls = False
        client.enable_plaintext = True
        client.plugin["feature_mechanisms"].unencrypted_plain = True
        client.plugin["feature_mechanisms"].unencrypted_scram = True
        client.add_event_handler("session_start", self._begin)
        client.add_event_handler("message", self._hear)
        client.connect("127.0.0.1", self._port)
        await self._leaving.wait()
        await client.disconnect()

    def _begin(self, _event) -> None:
        self._client.send_presence()
        self._online.set()

    def _hear(self, message) -> None:
        if message["body"]:
            self.heard.append(message["body"])
