"""`steadyhand connect`: chat tools whose webhooks the server takes."""

import asyncio
import json
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli_io import stop

if TYPE_CHECKING:
    from app.chat_tools import Account, Tool
    from app.connectors import Connector
    from app.store.rows import Document

connect_app = typer.Typer(no_args_is_help=True, help="Connect chat tools by their webhooks.")

ToolArgument = Annotated[str, typer.Argument(help="chatwoot, zendesk, generic, ...")]
DatabaseOption = Annotated[
    str, typer.Option("--database", envvar="STEADYHAND_DATABASE", help="The database of the server.")
]
DATABASE = "sqlite+aiosqlite:///steadyhand.db"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
PLACE = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?")
ORIGIN = re.compile(r"https?://(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:[0-9]{1,5})?")


@connect_app.command("add")
def add(
    tool: ToolArgument,
    name: Annotated[str, typer.Option(help="Its name: the last part of its webhook's address.")],
    secret: Annotated[str, typer.Option(help="The key that the tool signs with; - reads it from standard input.")],
    origin: Annotated[str, typer.Option(help="The pages that show the sidebar, as https://chat.example.com.")],
    team: Annotated[str, typer.Option(help="The team of its conversations.")] = "default",
    tenant: Annotated[str, typer.Option()] = "default",
    agent: Annotated[
        list[str] | None,
        typer.Option(help="ID or ID=SUBJECT: an agent's id in the tool, and in her tokens. * is any letters."),
    ] = None,
    own: Annotated[list[str] | None, typer.Option(help="An id in the tool under which we write ourselves.")] = None,
    url: Annotated[str, typer.Option(help="The webhook's address as the tool calls it; Twilio signs it.")] = "",
    api: Annotated[str, typer.Option(help="Where the tool itself can be asked, as https://chat.example.com.")] = "",
    api_token: Annotated[str, typer.Option(help="The token for that; - reads it from standard input.")] = "",
    account: Annotated[str, typer.Option(help="Your account there: its number; of Matrix the server's name.")] = "",
    write: Annotated[
        list[str] | None, typer.Option(help="What may be written there: note, label, score, assign or priority.")
    ] = None,
    retire: Annotated[bool, typer.Option("--retire", help="Let no other key than this one be good.")] = False,
    unsigned: Annotated[
        bool,
        typer.Option("--unsigned", help="The tool's version does not sign: its webhook's address ends on the secret."),
    ] = False,
    database: DatabaseOption = DATABASE,
) -> None:
    """Keep a connector. The same name again replaces it; its last key stays good beside a new one."""
    from app.connectors import Connector

    found, origin = _tool(tool), origin.rstrip("/").lower()
    if not NAME.fullmatch(name):
        stop(f"the name is {name!r}; allowed: up to 64 letters, digits, dots, dashes and underscores")
    if not ORIGIN.fullmatch(origin):
        stop(f"the origin is {origin!r}; meant is https://HOST, with a port but without a path")
    key = _secret(secret)
    if not key:
        stop("the secret is empty")
    if problem := found.problem_of_secret(key):
        print(f"steadyhand: {problem}", file=sys.stderr)
    if unsigned:
        _as_ending(found, key)
    known = dict(one.partition("=")[::2] for one in agent or ())
    agents = {one: subject or one for one, subject in known.items()}
    there = _account(found, api, _secret(api_token), account)
    writes = tuple(dict.fromkeys(write or ()))
    if wrong := [one for one in writes if there is None or one not in found.api.writes]:
        stop(f"{tool} cannot be written {', '.join(wrong)}; {_writable(found)}")
    new = Connector(name, tool, tenant, team, origin, (key,), agents, tuple(own or ()), url, there, writes, unsigned)
    stored = asyncio.run(_keep(database, new, retire=retire))
    print(f"connector {name} of {tool} is kept, with {len(stored.secrets)} live key(s)")
    print(f"its webhook is /hooks/{tool}/{name}{'/ and then the secret' if unsigned else ''}")
    if not found.tells_roles and not agents:
        print(f"{tool} does not tell who is an agent: name yours by --agent, or all are taken for customers")


def _secret(given: str) -> str:
    return sys.stdin.readline().strip() if given == "-" else given


def _as_ending(tool: "Tool", key: str) -> None:
    """Stop where a key cannot be the end of an address that nobody guesses."""
    from app.connectors import UNGUESSABLE

    if tool.signs_always:
        stop(f"{tool.name} signs what it sends: --unsigned is not for it")
    if not UNGUESSABLE.fullmatch(key):
        stop("with --unsigned the secret ends the address: 22 to 200 random letters, digits, dashes and underscores")


def _account(tool: "Tool", api: str, token: str, number: str) -> "Account | None":
    from app.chat_tools import Account

    if not api:
        if token or number:
            stop("--api-token and --account are for --api, which is missing")
        return None
    base = api.rstrip("/")
    if not PLACE.fullmatch(base):
        stop(f"the API is at {base!r}; meant is https://HOST, with a path where the tool has one")
    if problem := tool.api.problem(Account(base, token, number)):
        stop(problem)
    return Account(base, token, number)


def _writable(tool: "Tool") -> str:
    if not tool.api.writes:
        return "nothing can be"
    return f"allowed, with --api and --api-token: {', '.join(tool.api.writes)}"


async def _keep(database: str, new: "Connector", *, retire: bool) -> "Connector":
    from dataclasses import replace

    from app.connectors import LIVE_KEYS, connector_of
    from app.store import open_store
    from app.store.rows import Conflict, StoreError

    try:
        store = await open_store(database)
        try:
            before = await _document(database, new.name, new.tenant)
            old = before and connector_of(before)
            if before and before.body and before.tenant != new.tenant:
                stop(f"there is a connector '{new.name}' of another tenant: choose another --name")
            if old and old.tool == new.tool and not retire:
                new = replace(new, secrets=tuple(dict.fromkeys((*new.secrets, *old.secrets)))[:LIVE_KEYS])
            await store.put_document(new.document(datetime.now(UTC), before.revision + 1 if before else 1))
        finally:
            await store.close()
    except Conflict:
        stop(f"somebody else has changed '{new.name}' just now: look at it by `connect list`, then try again")
    except StoreError as error:
        stop(str(error))
    return new


async def _documents(database: str) -> "list[Document]":
    from app.connectors import KIND
    from app.store import open_store
    from app.store.rows import StoreError

    try:
        store = await open_store(database)
        try:
            return await store.documents(KIND)
        finally:
            await store.close()
    except StoreError as error:
        stop(str(error))


async def _document(database: str, name: str, tenant: str = "") -> "Document | None":
    """The one of that name; of one that was removed what is left, that of this tenant first."""
    named = [one for one in await _documents(database) if one.id == name]
    return max(named, key=lambda one: (bool(one.body), one.tenant == tenant), default=None)


@connect_app.command("remove")
def remove(name: Annotated[str, typer.Argument(help="The connector.")], database: DatabaseOption = DATABASE) -> None:
    """Take a connector away, with its keys. What it brought stays; what still waits to be told is left."""
    document = asyncio.run(_taken_away(database, name))
    keys, tool = len(document.body.get("secrets", ())), document.body.get("tool")
    print(f"connector {name} of {tool} is removed, with its {keys} key(s)")
    print(f"/hooks/{tool}/{name} answers 404, and its pages may not show the sidebar, in 5 seconds at the latest")


async def _taken_away(database: str, name: str) -> "Document":
    """What it was."""
    from app.connectors import removed
    from app.store import open_store
    from app.store.rows import Conflict, StoreError

    document = await _document(database, name)
    if document is None or not document.body:
        stop(f"there is no connector '{name}' in this database")
    try:
        store = await open_store(database)
        try:
            await store.put_document(removed(document, datetime.now(UTC)))
        finally:
            await store.close()
    except Conflict:
        stop(f"somebody else has changed '{name}' just now: look at it by `connect list`, then try again")
    except StoreError as error:
        stop(str(error))
    return document


@connect_app.command("list")
def list_all(database: DatabaseOption = DATABASE) -> None:
    """Name all connectors, one a line. No key is ever shown."""
    from app.connectors import connector_of

    for document in sorted(asyncio.run(_documents(database)), key=lambda one: one.id):
        connector = connector_of(document)
        if not document.body:
            continue  # it was removed
        if connector is None:
            print(f"{document.id}  of a tool that this version does not know: {document.body.get('tool')}")
            continue
        told = (connector.name, connector.tool, f"tenant={connector.tenant}", f"team={connector.team}",
                f"origin={connector.origin}", f"keys={len(connector.secrets)}", f"agents={len(connector.agents)}",
                f"api={connector.api.base if connector.api else '-'}", f"writes={','.join(connector.writes) or '-'}",
                *(["unsigned"] if connector.unsigned else ()),
                f"/hooks/{connector.tool}/{connector.name}")  # fmt: skip
        print("  ".join(told))


def kept(name: str, database: str) -> "Connector":
    """The connector of that name; ends the program where there is none."""
    from app.connectors import connector_of

    document = asyncio.run(_document(database, name))
    if document is None or not document.body:
        stop(f"there is no connector '{name}' in this database; `connect add` makes one")
    connector = connector_of(document)
    if connector is None:
        stop(f"'{name}' is of a tool that this version does not know: {document.body.get('tool')}")
    return connector


@connect_app.command("check")
def check(
    name: Annotated[str, typer.Argument(help="The connector.")],
    server: Annotated[str, typer.Option(help="Where the server answers.")] = "http://127.0.0.1:8000",
    database: DatabaseOption = DATABASE,
) -> None:
    """Try a set-up step by step and say what is wrong; exit code 1 where something is."""
    from app.checking import checked

    whole = True
    for step in checked(kept(name, database), server.rstrip("/")):
        print(step.line(), flush=True)
        whole = whole and step.mark != "bad"
    raise typer.Exit(int(not whole))


def _tool(name: str) -> "Tool":
    from app.chat_tools import TOOLS

    if name not in TOOLS:
        stop(f"there is no tool '{name}'; allowed: {', '.join(TOOLS)}")
    return TOOLS[name]


@connect_app.command("parse")
def parse(
    tool: ToolArgument,
    body: Annotated[Path, typer.Option(help="File with the body, byte for byte.")],
    headers: Annotated[Path, typer.Option(help="File with the headers: a JSON object, or `Name: value` lines.")],
    secret: Annotated[str, typer.Option(help="The key that the tool signs with.")],
    now: Annotated[float, typer.Option(help="The receiver's clock, in Unix seconds.")],
    url: Annotated[str, typer.Option(help="The address that the tool called; Twilio signs it.")] = "",
) -> None:
    """Verify and parse one delivery; print what it comes to as JSON. Needs no server and no database.

    The exit code is 0 for every verdict, and 2 where a file cannot be read.
    """
    from app.chat_tools import URL, lowered
    from app.jsontext import dumps

    found = _tool(tool)
    told = lowered(_headers(_bytes(headers), headers))
    if url:
        told[URL] = url
    raw = _bytes(body)
    verdict: str = found.verified(told, raw, (secret,), now)
    events = found.parse(told, raw) if verdict == "ok" else []
    if verdict == "ok" and not events:
        verdict = "ignored"
    print(dumps({"verdict": verdict, "events": [event.wire() for event in events]}))


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        stop(f"cannot read {file}: {error.strerror}")


def _headers(raw: bytes, file: Path) -> dict[str, str]:
    """The headers of a file, as JSON or as they go over the wire."""
    text = raw.decode("utf-8", "replace")
    if text.lstrip().startswith("{"):
        try:
            return {str(name): str(value) for name, value in json.loads(text).items()}
        except ValueError as error:
            stop(f"{file} is not JSON: {error}")
    lines = (line.partition(":") for line in text.splitlines() if ":" in line[1:])
    return {name.strip(): value.strip() for name, _, value in lines}
