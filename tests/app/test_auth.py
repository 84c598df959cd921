"""Tokens: only what we signed, for us and in time, opens a door; the same over HTTP and on the sockets."""

import base64
import hmac
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import jwt
import pytest

from app.auth import Principal, Tokens, allow, reaches, sees
from app.errors import Refused
from app.live import new_row
from tests.app.clients import raw_socket
from tests.app.shapes import is_error
from tests.conftest import KEY, Server

NOW = datetime.now(UTC)
CLAIMS = {
    "sub": "ann",
    "role": "agent",
    "tenant": "default",
    "teams": ["a"],
    "aud": "steadyhand",
    "exp": NOW + timedelta(hours=1),
}


def signed(key: str = KEY, **changed: object) -> str:
    """A token with other claims; None leaves one out."""
    claims = {name: value for name, value in {**CLAIMS, **changed}.items() if value is not None}
    return jwt.encode(claims, key, algorithm="HS256")


def by_hand(header: str, body: dict | None = None, digest: str = "sha256") -> str:
    """A token with any header, rightly signed with our key."""
    claims = {**CLAIMS, "exp": int(NOW.timestamp()) + 3_600} if body is None else body
    parts = [base64.urlsafe_b64encode(part.encode()).rstrip(b"=") for part in (header, json.dumps(claims))]
    mark = hmac.new(KEY.encode(), b".".join(parts), digest).digest()
    return b".".join([*parts, base64.urlsafe_b64encode(mark).rstrip(b"=")]).decode()


HOSTILE = {
    "empty": "",
    "garbage": "garbage",
    "three garbage parts": "a.b.c",
    "expired": signed(exp=NOW - timedelta(seconds=1)),
    "never expires": signed(exp=None),
    "expires at no number": by_hand('{"alg":"HS256"}', {**CLAIMS, "exp": "tomorrow"}),
    "expires beyond the calendar": by_hand('{"alg":"HS256"}', {**CLAIMS, "exp": 1e300}),
    "not valid yet": signed(nbf=NOW + timedelta(hours=1)),
    "another key": signed(key="another key that is long enough to sign things with"),
    "another audience": signed(aud="elsewhere"),
    "no audience": signed(aud=None),
    "no subject": signed(sub=None),
    "empty subject": signed(sub=""),
    "subject is a number": by_hand('{"alg":"HS256"}', {**CLAIMS, "sub": 7, "exp": int(NOW.timestamp()) + 99}),
    "no role": signed(role=None),
    "unknown role": signed(role="root"),
    "role is a list": signed(role=["admin"]),
    "the demo's customer": signed(role="customer", conversation="c"),
    "teams are text": signed(teams="a"),
    "teams are numbers": signed(teams=[1]),
    "tenant is a list": signed(tenant=["default"]),
    "alg none": by_hand('{"alg":"none","typ":"JWT"}').rsplit(".", 1)[0] + ".",
    "alg none but signed": by_hand('{"alg":"none"}'),
    "another alg": by_hand('{"alg":"HS512"}', digest="sha512"),
    "alg of a key pair": by_hand('{"alg":"RS256"}'),
    "no alg": by_hand("{}"),
    "critical extension": by_hand('{"alg":"HS256","crit":["b64"],"b64":false}'),
    "header is no object": by_hand('"HS256"'),
    "deep header": by_hand('{"alg":"HS256","a":' + "[" * 1_900 + "]" * 1_900 + "}"),
    "changed body": ".".join(
        [signed().split(".")[0], signed(role="admin").split(".")[1], signed().split(".")[2]],
    ),
}


@pytest.mark.parametrize("token", HOSTILE.values(), ids=HOSTILE)
async def test_a_token_that_is_not_ours_opens_nothing(server: Server, token: str):
    """401 over HTTP; on every socket an error frame `unauthorized` and a final close."""
    headers = {"Authorization": f"Bearer {token}".strip()}
    async with httpx.AsyncClient(base_url=f"{server.base}/api/v1", headers=headers, verify=False) as client:
        answer = await client.get("/conversations/c")
    assert answer.status_code == 401
    is_error(answer.json(), "unauthorized")
    assert answer.headers["www-authenticate"] == "Bearer"
    for door in ("agent", "supervisor", "ingest"):
        async with raw_socket(f"{server.ws}/ws/v1/{door}") as socket:
            is_error(await socket.ask({"type": "hello", "token": token}), "unauthorized")
            assert await socket.closed() == 4501


@pytest.mark.parametrize("header", [None, "", "Bearer", "Basic YTpi", "Token {}", "{}"])
def test_a_token_comes_as_bearer_only(server: Server, header: str | None):
    """Not by another scheme, and never in the address."""
    headers = {} if header is None else {"Authorization": header.format(server.token("agent"))}
    with httpx.Client(base_url=f"{server.base}/api/v1", headers=headers, verify=False) as client:
        for query in ("", f"?token={server.token('admin')}", f"?access_token={server.token('admin')}"):
            answer = client.get(f"/conversations/c{query}")
            assert answer.status_code == 401
            is_error(answer.json(), "unauthorized")


@pytest.mark.parametrize("token", [None, 7, [], {"a": 1}], ids=str)
async def test_a_hello_without_a_token_is_unauthorized(server: Server, token: object):
    """Whatever stands in its place."""
    async with raw_socket(f"{server.ws}/ws/v1/agent") as socket:
        is_error(await socket.ask({"type": "hello", "token": token}), "unauthorized", "invalid")
        assert 4500 <= await socket.closed() <= 4999


def test_a_token_says_who_bears_it(tokens: Tokens):
    """All that is signed comes back; what is left out has its default."""
    token = tokens.sign(role="agent", subject="ann", teams=("a", "b"), tenant="x", now=NOW, ttl=timedelta(hours=1))
    who = tokens.verify(token, NOW)
    assert (who.subject, who.role, who.teams, who.tenant, who.scope) == ("ann", "agent", ("a", "b"), "x", None)
    bare = tokens.verify(signed(tenant=None, teams=None), NOW)
    assert (bare.tenant, bare.teams, bare.home) == ("default", ("default",), "default")


def test_a_token_expires_by_the_clock_that_is_given(tokens: Tokens):
    """At its last second it is no longer good."""
    token = tokens.sign(role="agent", subject="ann", now=NOW, ttl=timedelta(seconds=10))
    tokens.verify(token, NOW + timedelta(seconds=8))
    with pytest.raises(Refused) as refused:
        tokens.verify(token, NOW + timedelta(seconds=10))
    assert refused.value.code == "unauthorized"


def test_the_key_is_not_shown(tokens: Tokens):
    """Not in a log, not in a traceback."""
    assert KEY not in repr(tokens)


def test_reaching_is_the_table_of_the_design():
    """An agent's own and free ones of her teams, a supervisor's teams, an admin's tenant; nobody else's."""
    row = new_row("t", "c", "a", NOW)
    mine, free, theirs = replace(row, agent="ann"), row, replace(row, agent="bea")

    def who(role: str, *teams: str, subject: str = "ann", tenant: str = "t", **more: object) -> Principal:
        return Principal(subject, role, tenant, teams, NOW, **more)

    assert [reaches(who("agent", "a"), one) for one in (mine, free, theirs)] == [True, True, False]
    assert [reaches(who("agent", "b"), one) for one in (mine, free, theirs)] == [True, False, False]
    assert [reaches(who("agent", "b", confined=True), one) for one in (mine, free, theirs)] == [False, False, False]
    assert [reaches(who("agent", "a", confined=True), one) for one in (mine, free, theirs)] == [True, True, False]
    assert [reaches(who("agent", "a", scope="d"), one) for one in (mine, free, theirs)] == [False, False, False]
    for role in ("supervisor", "ingest"):
        assert all(reaches(who(role, "a"), one) for one in (mine, free, theirs))
        assert not any(reaches(who(role, "b"), one) for one in (mine, free, theirs))
    assert all(reaches(who("admin", "z"), one) for one in (mine, free, theirs))
    for role in ("agent", "supervisor", "ingest", "admin", "customer", ""):
        assert not reaches(who(role, "a", tenant="other"), mine)
    assert not reaches(who("customer", "a"), mine)
    assert not sees(who("ingest", "a"), mine)


def test_allow_names_what_is_needed():
    """Who is refused hears for whom it is."""
    with pytest.raises(Refused, match="for supervisor or admin") as refused:
        allow(Principal("ann", "agent", "t", ("a",), NOW), "supervisor", "admin")
    assert refused.value.status == 403
