"""`steadyhand`: the command line. What a command does not need is not imported, so that `read` starts quickly."""

import asyncio
import json
import os
import secrets
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli_connect import connect_app
from app.cli_io import PackOption, ReaderOption, TeamsOption, opened, quietly, stop
from app.cli_playbooks import playbooks_app
from app.cli_relay import relay  # noqa: F401 - a command by being there
from app.settings import MIN_SECRET, ReaderName, cores, listed, resource

if TYPE_CHECKING:
    from socket import socket

    from fastapi import FastAPI

    from app.settings import Settings

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Real-time agent assist for support chats.",
)
app.add_typer(playbooks_app, name="playbooks")
app.add_typer(connect_app, name="connect")

PlaybookOption = Annotated[
    Path | None, typer.Option("--playbooks", envvar="STEADYHAND_PLAYBOOKS", help="Folder of playbooks.")
]
HostOption = Annotated[str, typer.Option(envvar="STEADYHAND_HOST", help="Address to listen on.")]
PortOption = Annotated[int, typer.Option(envvar="STEADYHAND_PORT", min=0, max=65535, help="Port to listen on.")]


def _settings(**given: Any) -> "Settings":
    from pydantic import ValidationError

    from app.settings import Settings

    try:
        return Settings(**{key: value for key, value in given.items() if value is not None})
    except ValidationError as error:
        lines = []
        for problem in error.errors(include_url=False, include_input=False):
            name = ".".join(map(str, problem["loc"]))
            if name == "secret" and problem["type"] == "missing":
                lines.append(f"STEADYHAND_SECRET is not set; {MIN_SECRET} bytes or more are needed to sign tokens")
            else:
                where = f"STEADYHAND_{name.upper()}: " if name else ""
                lines.append(where + problem["msg"].removeprefix("Value error, "))
        stop("; ".join(lines))


def _serve(settings: "Settings", announce: list[str]) -> None:
    from app import logs, running, workers
    from app.errors import Refused
    from app.store.rows import StoreError

    logs.configure()
    try:
        listening = running.listen(settings.host, settings.port)
        asyncio.run(_try_store(settings.database))
    except (Refused, StoreError) as error:
        stop(str(error))
    tell = partial(_announce, listening, announce)
    if settings.workers == 1:
        application = _application(settings)
        tell()
        running.run(application, listening)
    elif problem := workers.problem_of(settings):
        stop(problem)
    elif not workers.run(settings, listening, tell):
        stop("no worker could start: the log says why")


def _application(settings: "Settings") -> "FastAPI":
    from app.errors import Refused
    from app.learned import BadWeights
    from app.server import create_app  # takes a second, which nobody has to wait for a mistake
    from assist.errors import PlaybookProblems

    try:
        return create_app(settings)
    except (Refused, PlaybookProblems, BadWeights) as error:
        stop(str(error))


def _announce(listening: "socket", lines: list[str]) -> None:
    host, port = listening.getsockname()[:2]
    base = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    for line in lines:
        print(line.format(base=base), flush=True)


async def _try_store(database: str) -> None:
    """Open and migrate it once before serving: what is wrong with it is said in one line here, in a traceback later."""
    from app.store import open_store

    await (await open_store(database)).close()


@app.command()
def serve(
    host: HostOption = "127.0.0.1",
    port: PortOption = 8000,
    database: Annotated[str, typer.Option(envvar="STEADYHAND_DATABASE")] = "sqlite+aiosqlite:///steadyhand.db",
    backplane: Annotated[str, typer.Option(envvar="STEADYHAND_BACKPLANE")] = "local:",
    playbooks: PlaybookOption = None,
    pack: PackOption = "",
    teams: TeamsOption = None,
    workers: Annotated[int, typer.Option(envvar="STEADYHAND_WORKERS", min=1, max=64)] = 1,
    reader: ReaderOption = ReaderName.ENCODER,
) -> None:
    """Run the server. The key that signs tokens is STEADYHAND_SECRET."""
    settings = _settings(
        host=host,
        port=port,
        database=database,
        backplane=backplane,
        playbooks=playbooks,
        pack=pack,
        teams=teams,
        workers=workers,
        reader=reader,
    )
    _serve(settings, ["Steadyhand is listening on {base}"])


@app.command()
def demo(
    port: PortOption = 8000,
    database: Annotated[
        str | None, typer.Option(help="Keep the demo's chats here; a throw-away file if not given.")
    ] = None,
    playbooks: PlaybookOption = None,
    pack: PackOption = "",
    teams: TeamsOption = None,
    reader: ReaderOption = ReaderName.ENCODER,
) -> None:
    """Run the server with a demo team and simulated chats, on this machine only. Makes its own key."""
    from app.auth import Tokens
    from app.demo import AGENT, sign

    key = secrets.token_urlsafe(48)
    with tempfile.TemporaryDirectory(prefix="steadyhand-") as folder:
        settings = _settings(
            host="127.0.0.1",
            port=port,
            database=database or f"sqlite+aiosqlite:///{folder}/demo.db",
            playbooks=playbooks,
            pack=pack,
            teams=teams,
            reader=reader,
            secret=key,
            demo=True,
            allowed_hosts=("127.0.0.1", "localhost"),
        )
        now = datetime.now(UTC)
        tokens = Tokens(key)
        agent, supervisor = sign(tokens, "agent", AGENT, now), sign(tokens, "supervisor", "Robin", now)
        _serve(
            settings,
            [
                "Steadyhand is alive with simulated chats. Open:",
                "{base}/",
                f"{{base}}/demo#token={agent}",
                f"{{base}}/supervisor#token={supervisor}",
            ],
        )


@app.command()
def read(
    file: Annotated[str, typer.Argument()] = "-",
    playbooks: PlaybookOption = None,
    pack: PackOption = "",
    reader: ReaderOption = ReaderName.ENCODER,
    jobs: Annotated[int | None, typer.Option(min=1, help="Processes at most; one a core when not given.")] = None,
) -> None:
    """Read chat messages, one JSON object a line; print one reading a line. `-` is standard input."""
    whole = True
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    with opened(file) as lines, quietly():
        from app import stream

        folder, packs = playbooks or resource("playbooks"), listed(pack)
        for answer in stream.read(lines, reader, folder, packs, jobs=jobs or cores()):
            whole = whole and answer.whole
            sys.stdout.write(answer.text)
            sys.stdout.flush()  # who writes line by line gets an answer line by line
    raise typer.Exit(int(not whole))


@app.command()
def replay(
    file: str,
    playbooks: PlaybookOption = None,
    pack: PackOption = "",
    reader: ReaderOption = ReaderName.ENCODER,
) -> None:
    """Show a transcript as the agent would have seen it: tension, next step and phrases after each message."""
    with opened(file) as lines, quietly():
        from app.lines import looks
        from app.replay import show
        from app.transcripts import open_listener

        listener = open_listener(reader, playbooks or resource("playbooks"), listed(pack))
        whole = show(listener, (raw for look in looks(lines) for raw in look.lines))
    raise typer.Exit(int(not whole))


@app.command()
def token(
    role: Annotated[str, typer.Option(help="agent, supervisor, ingest or admin")],
    subject: Annotated[str, typer.Option(help="Who bears it.")],
    team: Annotated[list[str] | None, typer.Option(help="May be given several times.")] = None,
    tenant: Annotated[str, typer.Option()] = "default",
    hours: Annotated[float, typer.Option(min=0.01, max=24 * 366, help="How long it is good.")] = 12,
) -> None:
    """Sign a token with STEADYHAND_SECRET; it stands alone on the last line."""
    from app.auth import ROLES, Tokens

    if role not in ROLES:
        stop(f"role is '{role}'; allowed: {', '.join(ROLES)}")
    key = os.environ.get("STEADYHAND_SECRET", "")
    if len(key.encode()) < MIN_SECRET:
        stop(f"STEADYHAND_SECRET has {len(key.encode())} bytes; {MIN_SECRET} or more are needed to sign tokens")
    now, ttl = datetime.now(UTC), timedelta(hours=hours)
    print(Tokens(key).sign(role=role, subject=subject, tenant=tenant, teams=tuple(team or ()), now=now, ttl=ttl))


@app.command()
def simulate(
    out: Annotated[Path, typer.Option(help="File to write the lines to.")],
    chats: Annotated[int, typer.Option(min=1)] = 100,
    seed: Annotated[int, typer.Option()] = 1,
) -> None:
    """Write simulated chats as lines for `read`. The same seed writes the same bytes."""
    from assist.simulator import transcript_lines

    count = 0
    try:
        with out.open("w", encoding="utf-8") as file:
            for line in transcript_lines(chats, seed):
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
                count += 1
    except OSError as error:
        stop(f"cannot write {out}: {error.strerror}")
    print(f"{count} messages of {chats} chats in {out}")


def main() -> None:
    """The console script."""
    app()
