"""Tries the set-up of a connector from outside, step by step, as its integrator would."""

import asyncio
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from time import time
from typing import Literal

from app.chat_tools.talk import Talk
from app.connectors import Connector
from app.reach import Unmet, client, hold

PATIENCE = 5.0  # seconds for each answer
REFUSED, TAKEN = 401, 200


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `ok`, `bad`, or `look` for what may be meant so."""

    mark: Literal["ok", "bad", "look"]
    text: str

    def line(self) -> str:
        """As it is printed."""
        return f"{self.mark:<4}  {self.text}"


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Mapping[str, str]


def checked(connector: Connector, server: str) -> Iterator[Step]:
    """Every step in its order; what needs a server that answers is left out where none does."""
    yield Step("ok", f"connector {connector.name} is of the tool {connector.tool}, for team {connector.team}")
    yield from _settings(connector)
    yield from _api(connector)
    if not server.startswith(("http://", "https://")):
        yield Step("bad", f"the server is '{server}'; meant is http://HOST:PORT")
        return
    alive = _ask(f"{server}/healthz")
    if alive is None or alive.status != TAKEN:
        yield Step("bad", f"the server does not answer at {server}: start it, or say where it is by --server")
        return
    yield Step("ok", f"the server answers at {server}")
    yield from _deliveries(connector, server)
    yield _framing(connector, server)


def _settings(connector: Connector) -> Iterator[Step]:
    """What can be seen without asking anybody."""
    tool = connector.of_tool()
    problem = next((found for one in connector.secrets if (found := tool.problem_of_secret(one))), None)
    yield Step("bad", problem) if problem else Step("ok", f"{len(connector.secrets)} live key(s) of the right shape")
    if not tool.tells_roles:
        known = len(connector.agents)
        some = Step("ok", f"{known} agent(s) are named, all others are customers")
        none = Step(
            "look", f"{tool.name} does not tell who is an agent, and none is named: all are taken for customers"
        )
        yield some if known else none
    if connector.origin.startswith("http://"):
        yield Step("look", f"the origin {connector.origin} is without https: browsers keep the clipboard from it")


def _api(connector: Connector) -> Iterator[Step]:
    """Whether the tool answers us, and what is written there."""
    me, account = connector.of_tool().api.me, connector.api
    if me is None or account is None:
        return
    try:
        number, name = asyncio.run(_held(me(account)))
    except Unmet as unmet:
        yield Step("bad", f"{unmet}; {_api_hint(unmet)}")
        return
    yield Step("ok", f"the API at {account.base} answers; the token is of {name} ({number})")
    yield Step("ok", f"written there: {', '.join(connector.writes) or 'nothing; allow it by --write'}")
    if number in connector.agents and connector.writes:
        yield Step("look", f"{name} is one of the agents here: what we write is in that name; better a user of its own")


async def _held(talk: Talk[tuple[str, str]]) -> tuple[str, str]:
    async with client() as over:
        return await hold(talk, over)


def _api_hint(unmet: Unmet) -> str:
    if unmet.status in (401, 403):
        return "is --api-token the token of a user who may do that?"
    return "is --api the right address, and can this machine reach it?"


def _deliveries(connector: Connector, server: str) -> Iterator[Step]:
    """One that is signed by the newest key and holds nothing, and one that is forged."""
    place = f"{server}/hooks/{connector.tool}/{connector.name}"
    if connector.unsigned:
        yield Step("look", "deliveries are not signed: whoever knows the whole address can say anything to it")
    good, forged = (_deliver(connector, place, secret) for secret in (connector.secrets[0], _other(connector)))
    if good is None or good.status != TAKEN:
        yield Step("bad", f"a delivery signed by us was refused: {_told(good)}; {_hint(good)}")
    else:
        yield Step(
            "ok",
            f"a signed delivery to {place} was taken"
            if not connector.unsigned
            else f"a delivery to {place}/… was taken",
        )
    if forged is None or forged.status != REFUSED:
        yield Step("bad", f"a forged delivery was not refused: {_told(forged)}; {REFUSED} was expected")
    else:
        yield Step("ok", "a forged delivery was refused")


def _hint(answer: _Answer | None) -> str:
    hints = {
        REFUSED: "has this server the same database, the same clock, and is --url what the tool calls?",
        404: "has this server the same database?",
    }
    return hints.get(answer.status if answer else 0, "its log says more")


def _told(answer: _Answer | None) -> str:
    return "no answer" if answer is None else f"status {answer.status}"


def _other(connector: Connector) -> str:
    """A key of the same shape that is none of the connector's."""
    return connector.secrets[0][:6] + connector.secrets[0][6:][::-1] + "0000"


def _deliver(connector: Connector, place: str, secret: str) -> _Answer | None:
    tool = connector.of_tool()
    if connector.unsigned:
        return _ask(f"{place}/{secret}", tool.nothing, {"content-type": "application/json"})
    signed = tool.sign(tool.nothing, secret, time(), connector.url or place)
    return _ask(place, signed.raw, {"content-type": "application/json", **signed.headers})


def _framing(connector: Connector, server: str) -> Step:
    page = _ask(f"{server}/sidebar")
    policy = page.headers.get("content-security-policy", "") if page else ""
    allowed = next((one for one in policy.split("; ") if one.startswith("frame-ancestors ")), "").split(" ")
    if connector.origin in allowed:
        return Step("ok", f"pages of {connector.origin} may show the sidebar")
    return Step("bad", f"pages of {connector.origin} may not show the sidebar yet: a new connector takes 5 s")


def _ask(url: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> _Answer | None:
    """What is answered; None where nothing is."""
    request = urllib.request.Request(url, body, dict(headers or {}))  # noqa: S310 - http or https, as looked at before
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            return _Answer(answer.status, {name.lower(): value for name, value in answer.headers.items()})
    except urllib.error.HTTPError as error:
        return _Answer(error.code, {})
    except (OSError, ValueError):
        return None
