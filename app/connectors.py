"""The connectors that there are: each one instance of a chat tool, kept in the database and held in memory."""

import asyncio
import re
from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from typing import Any

import structlog

from app.auth import DEFAULT_TEAM, Principal
from app.chat_tools import TOOLS, Account, Tool
from app.chat_tools.signing import same
from app.store.rows import Document, Store, StoreError, Unavailable

KIND = "connector"  # of documents
LIVE_KEYS = 2  # that are good at once: the new one, and the one before it
LOOK_EVERY = 5.0  # seconds; so long after `connect add` a running server may not know it yet
LOOK_AGAIN = 1.0  # seconds between two looks that are made because something was not found
KEPT = 50  # deliveries that came to nothing, of each connector
UNGUESSABLE = re.compile(r"[A-Za-z0-9_-]{22,200}")  # 128 bits and more, where they are random; fits into an address
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Connector:
    """One instance of a chat tool. `secrets` are its live keys, the newest first."""

    name: str
    tool: str
    tenant: str = "default"
    team: str = DEFAULT_TEAM
    origin: str = ""
    secrets: tuple[str, ...] = field(default=(), repr=False)
    agents: Mapping[str, str] = field(default_factory=dict)  # id in the tool, `*` for any letters -> subject of a token
    own: tuple[str, ...] = ()  # ids under which we write ourselves
    url: str = ""  # as the tool calls it, where a proxy hides that
    api: Account | None = None  # where the tool itself can be asked
    writes: tuple[str, ...] = ()  # what of ours may be written there, of `WRITES`
    unsigned: bool = False  # the tool does not sign: what comes to the address with a key at its end is taken

    def of_tool(self) -> Tool:
        """The tool that it is an instance of."""
        return TOOLS[self.tool]

    def principal(self, role: str = "ingest") -> Principal:
        """Who brings what it brings: `ingest` of its team, or `admin` for conversations that are its own."""
        return Principal(f"connector:{self.name}", role, self.tenant, (self.team,), NEVER)

    def agent(self, author: str | None) -> str | None:
        """The subject of the agent that an id of the tool stands for; None where it stands for none."""
        if author is None:
            return None
        if author in self.agents:
            return self.agents[author]
        return author if any("*" in known and fnmatchcase(author, known) for known in self.agents) else None

    def known_as(self, subject: str) -> str | None:
        """The id in the tool of an agent by the subject of her tokens; None where nobody has told it."""
        if subject in self.agents.values():
            return next((one for one, known in self.agents.items() if known == subject and "*" not in one), None)
        return subject if self.agent(subject) == subject else None

    def lets_in(self, ending: str) -> bool:
        """Whether what comes to an address with this ending is taken for the tool's, in constant time."""
        good = [one for one in self.secrets if self.unsigned and UNGUESSABLE.fullmatch(one)]
        return True in [same(one, ending) for one in good]

    def document(self, now: datetime, revision: int) -> Document:
        """As it is kept."""
        body: dict[str, Any] = {
            "tool": self.tool,
            "team": self.team,
            "origin": self.origin,
            "secrets": list(self.secrets),
            "agents": dict(self.agents),
            "own": list(self.own),
            "url": self.url,
            "api": None if self.api is None else {"base": self.api.base, "token": self.api.token, "id": self.api.id},
            "writes": list(self.writes),
        }
        if self.unsigned:
            body["unsigned"] = True
        return Document(self.tenant, KIND, self.name, body, now, revision)


def connector_of(document: Document) -> Connector | None:
    """The connector in a document; None for one of a tool that this version does not know, or that was removed."""
    body: Mapping[str, Any] = document.body
    api = body.get("api")
    if body.get("tool") not in TOOLS:
        return None
    return Connector(
        name=document.id,
        tool=body["tool"],
        tenant=document.tenant,
        team=body["team"],
        origin=body["origin"],
        secrets=tuple(body["secrets"]),
        agents=body["agents"],
        own=tuple(body["own"]),
        url=body["url"],
        api=Account(**api) if api else None,
        writes=tuple(body.get("writes", ())),
        unsigned=bool(body.get("unsigned")),
    )


def removed(document: Document, now: datetime) -> Document:
    """What is kept of a connector that was taken away: its name, and that something changed. No key."""
    return Document(document.tenant, KIND, document.id, {}, now, document.revision + 1)


@dataclass(frozen=True, slots=True)
class Aside:
    """A delivery that came to nothing: refused, or of a kind that is not read. Nothing of what it said is kept."""

    at: datetime
    verdict: str
    size: int  # bytes
    headers: tuple[str, ...]  # their names


class Connectors:
    """All connectors, looked up again every few seconds; one that is not known yet is looked for at once."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock
        self._by_name: dict[str, Connector] = {}
        self._looked = float("-inf")
        self._looking = asyncio.Lock()
        self._away: Unavailable | None = None
        self._aside: dict[str, deque[Aside]] = defaultdict(lambda: deque(maxlen=KEPT))

    @property
    def origins(self) -> tuple[str, ...]:
        """The pages that may frame the sidebar."""
        return tuple(dict.fromkeys(one.origin for one in self._by_name.values() if one.origin))

    def all(self) -> list[Connector]:
        """All of them."""
        return list(self._by_name.values())

    def of(self, tool: str) -> list[Connector]:
        """Those of a tool, by name."""
        return [one for name, one in sorted(self._by_name.items()) if one.tool == tool]

    async def find(self, name: str) -> Connector | None:
        """The connector of that name. Raises `Unavailable` where it is not known and the database does not answer."""
        if name not in self._by_name:
            await self.look_again()
        return self._by_name.get(name)

    async def look_again(self) -> None:
        """Look whether there is something new, unless that was done just now; who comes meanwhile waits for it.

        Raises `Unavailable` also where the look just now has found nobody.
        """
        async with self._looking:
            now = asyncio.get_running_loop().time()
            if now - self._looked >= LOOK_AGAIN:
                self._looked, self._away = now, None
                try:
                    await self.look()
                except Unavailable as error:
                    self._away = error
            if self._away:
                raise Unavailable(*self._away.args)

    async def look(self) -> None:
        """Read all of them anew."""
        found = [connector_of(document) for document in await self._store.documents(KIND)]
        self._by_name = {one.name: one for one in found if one}

    async def watch(self) -> None:
        """Look again and again, until cancelled."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            try:
                await self.look()
            except StoreError as error:
                log.warning("connectors_not_read", error=str(error))

    def note_aside(self, connector: Connector, verdict: str, raw: bytes, headers: Mapping[str, str]) -> None:
        """Remember a delivery that came to nothing."""
        names = tuple(sorted(name[:100] for name in headers))
        self._aside[connector.name].append(Aside(self._clock(), verdict, len(raw), names))

    def aside(self, connector: Connector) -> list[Aside]:
        """What came to nothing in this process, the newest first."""
        return list(reversed(self._aside[connector.name]))
