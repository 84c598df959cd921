"""`python -m benchmarks.floor --chats N`: a server with N live conversations on its board, some of which change.

What changes is fed to the board inside of the process, as the rooms do after a commit, so that the board is measured
and not the reading of messages. `POST /bench?per_second=N` sets the rate and forgets what was measured, `GET /bench`
tells: changes so far, characters of the tiles that changed, and the longest stretch of the event loop in CPU seconds.
"""

import argparse
import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, process_time
from typing import Any

from fastapi import FastAPI, Request

from app import running
from app.board import Board
from app.live import new_row
from app.server import create_app
from app.settings import Settings
from app.store.rows import ConversationRow
from app.tile import tile_of
from app.wire import stamp
from assist.board.course import continued, minute_of
from assist.conversation.tension import band
from benchmarks.servers import KEY

TEAM = "a"
SEED = 7
MINUTES = 24  # in which something was said, at most; a chat of half an hour
TICK = 0.01  # seconds between two portions of changes
LOOK = 0.001  # seconds between two looks at the event loop
CAUSES = ("delivery", "billing", "refund", "defect", "access", "outage", "service")
BECAUSE = ("critical in about 3 messages", "several offers turned down", "asks for somebody above")


@dataclass
class Floor:
    """The conversations, and what happens to them."""

    board: Board
    chance: random.Random
    rows: list[ConversationRow]
    per_second: float = 0.0
    changes: int = 0
    characters: int = 0
    longest: float = 0.0

    def change(self) -> None:
        """One conversation gets a message."""
        which = self.chance.randrange(len(self.rows))
        row = self.rows[which]
        now = datetime.now(UTC)
        tension = _moved(row.summary["tension"], self.chance.choice((-18.0, -9.0, 9.0, 18.0)))
        course = continued(row.summary["course"], now, tension)
        summary = {**row.summary, **_levels(tension), "course": course, "waiting_since": stamp(now)}
        self.rows[which] = new = replace(row, summary=summary, updated_at=now, offset=row.offset + 1)
        self.changes += 1
        self.board.put(new)
        self.characters += len(tile_of(new).text(now.timestamp()))

    async def live(self) -> None:
        """Change as many a second as was asked for."""
        due, last = 0.0, monotonic()
        while True:
            await asyncio.sleep(TICK)
            now = monotonic()
            due, last = due + self.per_second * (now - last), now
            while due >= 1:
                due -= 1
                self.change()

    async def watch(self) -> None:
        """See how long the event loop is kept, in CPU time of all threads: others' work does not count."""
        while True:
            start = process_time()
            await asyncio.sleep(LOOK)
            self.longest = max(self.longest, process_time() - start)

    def again(self, per_second: float) -> None:
        """From now on so many a second; measured anew."""
        self.per_second, self.changes, self.characters, self.longest = per_second, 0, 0, 0.0

    def told(self) -> dict[str, Any]:
        """What was measured."""
        return {"changes": self.changes, "characters": self.characters, "longest": self.longest}


def _moved(tension: float, by: float) -> float:
    """Never where it was: whoever looks must be able to see the change."""
    return tension + by if 0 <= tension + by <= 100 else tension - by


def _levels(tension: float) -> dict[str, Any]:
    return {"tension": tension, "band": band(tension), "risk": round(tension / 110, 4), "peak": max(60.0, tension)}


def _row(number: int, chance: random.Random, now: datetime) -> ConversationRow:
    tension = float(chance.randrange(0, 90))
    minute = minute_of(now)
    summary = {
        **_levels(tension),
        "trend": chance.choice(("rising", "steady", "falling")),
        "cause": chance.choice(CAUSES),
        "language": "en",
        "next_step": "solve",
        "soon": round(chance.random(), 3),
        "change": round(chance.random(), 3),
        "because": list(chance.sample(BECAUSE, chance.randrange(3))),
        "waiting_since": stamp(now - timedelta(seconds=chance.randrange(600))),
        "course": [
            [minute - back, float(chance.randrange(100))] for back in range(chance.randrange(1, MINUTES), 0, -1)
        ],
        "marks": {},
    }
    told: dict[str, Any] = {"agent": f"agent-{number % 900}", "customer_name": f"Customer {number}", "channel": "web"}
    return replace(new_row("default", f"chat-{number:05}", TEAM, now), summary=summary, **told)


def _measured(app: FastAPI, chats: int) -> FastAPI:
    """The app with its board filled at start, and two calls for who measures."""
    starting = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(served: FastAPI) -> AsyncIterator[None]:
        async with starting(served):
            chance = random.Random(SEED)
            rows = [_row(number, chance, datetime.now(UTC)) for number in range(chats)]
            served.state.floor = floor = Floor(served.state.rooms.board, chance, rows)
            floor.board.fill(rows)
            running.settle()
            tasks = [asyncio.create_task(floor.live()), asyncio.create_task(floor.watch())]
            yield
            for task in tasks:
                task.cancel()

    app.router.lifespan_context = lifespan
    app.add_api_route("/bench", _told, methods=["GET"])
    app.add_api_route("/bench", _again, methods=["POST"])
    return app


def _told(request: Request) -> dict[str, Any]:
    told: dict[str, Any] = request.app.state.floor.told()
    return told


def _again(request: Request, per_second: float) -> None:
    request.app.state.floor.again(per_second)


def main() -> None:
    """Serve until a signal."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--chats", type=int, required=True)
    asked = parser.parse_args()
    with TemporaryDirectory(prefix="steadyhand-bench-") as folder:
        database = f"sqlite+aiosqlite:///{Path(folder) / 'steadyhand.db'}"
        app = _measured(create_app(Settings(secret=KEY, database=database, reader="linear")), asked.chats)
        listening = running.listen("127.0.0.1", 0)
        print("listening on http://{}:{}".format(*listening.getsockname()), flush=True)
        running.run(app, listening)


if __name__ == "__main__":
    main()
