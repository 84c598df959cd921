"""A Matrix homeserver and a server of ours that knows each other, and people who write by matrix-nio."""

import asyncio
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nio import AsyncClient, Response

from tests.conftest import PATIENCE, Server, free_port, start_server, stop_server
from tests.hosts.synapse import NAME, Synapse

HS_TOKEN = "a token of the homeserver that is long enough"
CONNECTOR = "hs"
ORIGIN = "http://widget.example.com"  # of the page that the widget is


class Desk:
    """Both servers; `dana` is the agent whom the connector names, under the subject `dana`."""

    def __init__(self, folder: Path, origin: str = ORIGIN) -> None:
        self._folder = folder
        self._port = free_port()
        hook = f"http://127.0.0.1:{self._port}/hooks/matrix/{CONNECTOR}"
        self.synapse = Synapse(folder, hook, HS_TOKEN)
        self.accounts = {name: self.synapse.user(name) for name in ("casey", "dana", "mallory")}
        self._connect(origin)
        self.begin()

    def begin(self) -> None:
        """Start our server, again after `end`."""
        self.server: Server = start_server(self._folder, port=self._port)

    def end(self) -> None:
        """Stop our server; the homeserver goes on."""
        stop_server(self.server)

    def close(self) -> None:
        """End both."""
        self.end()
        self.synapse.stop()

    def transcript(self, room: str) -> list[tuple[str, str]]:
        """Role and text of each message that we have of a room."""
        with self.server.client("admin") as admin:
            found = admin.get(f"/conversations/{CONNECTOR}:{room}/transcript").json()
        return [(one["role"], one["text"]) for one in found.get("messages", ())]

    def _connect(self, origin: str) -> None:
        """As docs/embedding/matrix.md says."""
        options = {"--name": CONNECTOR, "--secret": HS_TOKEN, "--origin": origin, "--team": "a",
                   "--agent": f"@dana:{NAME}=dana", "--api": self.synapse.base, "--account": NAME,
                   "--database": f"sqlite+aiosqlite:///{self._folder}/steadyhand.db"}  # fmt: skip
        told = [word for option in options.items() for word in option]
        subprocess.run([sys.executable, "-m", "app", "connect", "add", "matrix", *told], check=True)


class Person:
    """Somebody at her client."""

    def __init__(self, desk: Desk, name: str) -> None:
        account = desk.accounts[name]
        self.id = account["user_id"]
        self.client = AsyncClient(desk.synapse.base, self.id)
        self.client.restore_login(self.id, account["device_id"], account["access_token"])

    async def opens(self, *others: "Person", version: str = "12") -> str:
        """A room with the others in it."""
        invited = [other.id for other in others]
        room: str = done(await self.client.room_create(room_version=version, invite=invited)).room_id
        for other in others:
            done(await other.client.join(room))
        return room

    async def says(self, room: str, text: str, **more: Any) -> str:
        """A message; its id."""
        content = {"msgtype": "m.text", "body": text, **more}
        sent: str = done(await self.client.room_send(room, "m.room.message", content)).event_id
        return sent

    async def corrects(self, room: str, message: str, text: str) -> None:
        """An edit, with the star before it that old clients show."""
        relation = {"rel_type": "m.replace", "event_id": message}
        edited = {"msgtype": "m.text", "body": text}
        await self.says(room, f"* {text}", **{"m.new_content": edited, "m.relates_to": relation})

    async def proof(self) -> dict[str, str]:
        """What her client gives a widget for it."""
        got = done(await self.client.get_openid_token(self.id))
        return {"access_token": got.access_token, "matrix_server_name": got.matrix_server_name}


def done(response: Response | Any) -> Any:
    """What the homeserver answered; fails where that is an error."""
    assert not hasattr(response, "status_code"), response
    return response


async def until(seen: Callable[[], bool]) -> None:
    """Wait for what the homeserver brings us."""
    async with asyncio.timeout(3 * PATIENCE):
        while not seen():
            await asyncio.sleep(0.05)
