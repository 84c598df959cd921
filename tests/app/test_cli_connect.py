"""`steadyhand connect` as a user types it."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.chat_tools import TOOLS, URL
from app.cli import app
from app.store import open_store
from tests.app.chat_tools.test_verify import NOW, secret_of
from tests.app.clients import house
from tests.conftest import free_port
from tests.hosts.chatwoot import ACCOUNT, TOKEN, Chatwoot

DATABASE = "sqlite+aiosqlite:///steadyhand.db"
Typed = Callable[..., tuple[int, str]]
SAID = {"event": "message_created", "id": 1, "content": "Hi", "message_type": "incoming", "sender": {"id": 2},
        "conversation": {"id": 3}}  # fmt: skip


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Typed:
    """A command, in a folder of the user's own: exit code, and all that it printed."""
    monkeypatch.chdir(tmp_path)

    def typed(*words: str, given: str = "") -> tuple[int, str]:
        done = CliRunner().invoke(app, ["connect", *words], input=given)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.exit_code, done.output

    return typed


def parse(run: Typed, raw: bytes, headers: str, secret: str, now: float = NOW) -> dict:
    """What `connect parse chatwoot` prints."""
    Path("body").write_bytes(raw)
    Path("headers").write_text(headers)
    told = ("--body", "body", "--headers", "headers", "--secret", secret, "--now", str(int(now)))
    code, out = run("parse", "chatwoot", *told)
    assert code == 0, out
    return json.loads(out)


def test_parse_prints_verdict_and_events(run: Typed) -> None:
    """Of each verdict; the exit code is 0, as each is an answer."""
    raw = json.dumps(SAID).encode()
    headers = json.dumps(dict(TOOLS["chatwoot"].sign(raw, "a secret of ours", NOW, "").headers))
    answer = parse(run, raw, headers, "a secret of ours")
    assert answer["verdict"] == "ok"
    assert answer["events"][0]["role"] == "customer"
    assert parse(run, raw, headers, "another secret") == {"verdict": "bad_signature", "events": []}
    assert parse(run, raw, headers, "a secret of ours", NOW + 301) == {"verdict": "too_old", "events": []}


def test_parse_says_what_it_leaves_aside(run: Typed) -> None:
    """A type that is not known; here with headers as lines, their names in any case."""
    raw = b'{"event":"contact_created"}'
    signed = TOOLS["chatwoot"].sign(raw, "a secret of ours", NOW, "").headers
    lines = "".join(f"{name.title()}: {value}\r\n" for name, value in signed.items())
    assert parse(run, raw, lines, "a secret of ours") == {"verdict": "ignored", "events": []}


@pytest.mark.parametrize("tool", TOOLS)
def test_parse_knows_every_tool(run: Typed, tool: str) -> None:
    """Twilio by the address that it called."""
    url = f"https://assist.example.com/hooks/{tool}/x"
    signed = TOOLS[tool].sign(TOOLS[tool].nothing, secret_of(TOOLS[tool]), NOW, url)
    Path("body").write_bytes(signed.raw)
    Path("headers").write_text(json.dumps({**signed.headers, URL: "https://nowhere.example/"}))
    told = ("--body", "body", "--headers", "headers", "--secret", secret_of(TOOLS[tool]), "--now", str(int(NOW)))
    code, out = run("parse", tool, *told, "--url", url)
    assert (code, json.loads(out)) == (0, {"verdict": "ignored", "events": []})


def test_parse_takes_any_bytes(run: Typed) -> None:
    """Five megabytes of nothing, and headers that are none."""
    for raw in (b"", b"\xff" * 5_000_000, b"[" * 500_000):
        assert parse(run, raw, "", "a secret of ours")["verdict"] == "bad_signature"


def test_parse_names_what_is_wrong_with_the_call(run: Typed) -> None:
    """An unknown tool, a file that is not there, headers that are no JSON."""
    told = ("--body", "no", "--headers", "no", "--secret", "x", "--now", "0")
    assert run("parse", "telegraph", *told)[0] == 2
    assert "cannot read no" in run("parse", "chatwoot", *told)[1]
    Path("no").write_text("{")
    assert "not JSON" in run("parse", "chatwoot", *told)[1]


def add(run: Typed, *more: str, secret: str = "the first secret") -> str:
    """Add a connector of Chatwoot to a database here; what is printed."""
    told = ("--name", "desk", "--secret", secret, "--origin", "https://chat.example.com/")
    code, out = run("add", "chatwoot", *told, "--database", DATABASE, *more)
    assert code == 0, out
    return out


async def kept() -> dict:
    """What the database holds of the one connector."""
    store = await open_store(DATABASE)
    (document,) = await store.documents("connector")
    await store.close()
    return {"tenant": document.tenant, "id": document.id, **document.body}


def test_add_keeps_a_connector(run: Typed) -> None:
    """And says where its webhook is; the key is printed neither then nor later."""
    out = add(run, "--team", "support", "--agent", "9=dana", "--agent", "ann@x.example", "--own", "77")
    assert "/hooks/chatwoot/desk" in out
    assert asyncio.run(kept()) == {
        "tenant": "default",
        "id": "desk",
        "tool": "chatwoot",
        "team": "support",
        "origin": "https://chat.example.com",
        "secrets": ["the first secret"],
        "agents": {"9": "dana", "ann@x.example": "ann@x.example"},
        "own": ["77"],
        "url": "",
        "api": None,
        "writes": [],
    }
    code, listed = run("list", "--database", DATABASE)
    assert code == 0
    assert "desk  chatwoot  tenant=default  team=support  origin=https://chat.example.com  keys=1" in listed
    assert "the first secret" not in out + listed


def test_adding_again_changes_the_key(run: Typed) -> None:
    """The one before stays good, and no older one."""
    for secret in ("the first secret", "the second secret", "the third secret", "the third secret"):
        add(run, secret=secret)
    assert asyncio.run(kept())["secrets"] == ["the third secret", "the second secret"]
    add(run, "--retire", secret="the third secret")
    assert asyncio.run(kept())["secrets"] == ["the third secret"]


def test_add_reads_a_key_from_its_input(run: Typed) -> None:
    """So that it stands in no history."""
    told = ("--name", "x", "--secret", "-", "--origin", "http://127.0.0.1:9000", "--database", DATABASE)
    assert run("add", "slack", *told, given="a key from the input\n")[0] == 0
    assert asyncio.run(kept())["secrets"] == ["a key from the input"]
    assert run("add", "slack", *told, given="\n")[0] == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"tool": "telegraph"},
        {"name": "a/b"},
        {"name": ""},
        {"origin": "chat.example.com"},
        {"origin": "https://chat.example.com/path"},
        {"origin": "https://a.example; script-src *"},
        {"origin": "https://*"},
        {"origin": "'self' *"},
        {"database": "mysql://x"},
    ],
    ids=str,
)
def test_add_refuses_what_cannot_be_meant(run: Typed, wrong: dict[str, str]) -> None:
    """In one line, and keeps nothing."""
    told = {"tool": "chatwoot", "name": "desk", "origin": "https://chat.example.com", "database": DATABASE, **wrong}
    words = [f for name in ("name", "origin", "database") for f in (f"--{name}", told[name])]
    code, out = run("add", told["tool"], *words, "--secret", "a secret of ours")
    assert code == 2
    assert len(out.strip().splitlines()) == 1


API = ("--api", "https://chat.example.com/", "--api-token", "a-token-of-ours", "--account", "3")


def test_add_keeps_where_the_tool_is_asked_and_what_may_be_written(run: Typed) -> None:
    """The token is never shown."""
    out = add(run, *API, "--write", "label", "--write", "score", "--write", "label")
    assert asyncio.run(kept())["api"] == {"base": "https://chat.example.com", "token": "a-token-of-ours", "id": "3"}
    assert asyncio.run(kept())["writes"] == ["label", "score"]
    _, listed = run("list", "--database", DATABASE)
    assert "api=https://chat.example.com  writes=label,score" in listed
    assert "a-token-of-ours" not in out + listed


@pytest.mark.parametrize(
    ("tool", "wrong", "said"),
    [
        ("chatwoot", ("--write", "label"), "allowed, with --api"),
        ("chatwoot", (*API, "--write", "everything"), "note, label, score"),
        ("chatwoot", (*API[:4], "--write", "label"), "--account is missing"),
        ("chatwoot", ("--api", "chat.example.com"), "meant is https://HOST"),
        ("chatwoot", ("--api-token", "x"), "--api, which is missing"),
        ("twilio", (*API, "--write", "note"), "nothing can be"),
        ("zendesk", (*API, "--write", "score"), "note, label, assign, priority"),
    ],
)
def test_add_refuses_to_write_what_cannot_be_written(run: Typed, tool: str, wrong: tuple[str, ...], said: str) -> None:
    """In one line, which says what can."""
    told = ("--name", "desk", "--secret", "a secret of ours", "--origin", "https://chat.example.com")
    code, out = run("add", tool, *told, "--database", DATABASE, *wrong)
    assert (code, len(out.strip().splitlines())) == (2, 1)
    assert said in out


def test_a_name_is_one_tenants(run: Typed) -> None:
    """As the address of a webhook names no tenant."""
    add(run)
    told = ("--name", "desk", "--secret", "another secret", "--origin", "https://b.example", "--tenant", "else")
    code, out = run("add", "chatwoot", *told, "--database", DATABASE)
    assert (code, "another tenant" in out) == (2, True)


def marks(out: str) -> list[str]:
    """Of each step."""
    return [line.split()[0] for line in out.splitlines()]


async def test_check_tries_a_set_up(run: Typed, tmp_path: Path) -> None:
    """Every step against a running server, also with Twilio's signature of the address."""
    async with house(tmp_path, database=f"sqlite+aiosqlite:///{tmp_path}/steadyhand.db") as running:
        for tool in TOOLS:
            told = ("--name", tool, "--secret", secret_of(TOOLS[tool]), "--origin", f"https://{tool}.example.com")
            assert (await asyncio.to_thread(run, "add", tool, *told, "--database", DATABASE))[0] == 0
        await running.rooms.connectors.look()
        for tool in TOOLS:
            told = ("--server", running.base, "--database", DATABASE)
            code, out = await asyncio.to_thread(run, "check", tool, *told)
            assert code == 0, out
            assert marks(out).count("ok") + marks(out).count("look") == len(marks(out)) >= 6
            assert "may show the sidebar" in out


def test_check_says_what_is_wrong(run: Typed) -> None:
    """No server, a poor key; and a connector that there is not."""
    add(run, secret="abc")
    code, out = run("check", "desk", "--server", f"http://127.0.0.1:{free_port()}", "--database", DATABASE)
    assert code == 1
    assert "at least 8 are expected" in out
    assert "does not answer" in out
    assert run("check", "nobody", "--database", DATABASE)[0] == 2


def test_check_asks_the_tool_itself(run: Typed) -> None:
    """Whose token it is and whether it is good; who is an agent here had better not be the one who writes."""
    tool = Chatwoot()
    there = ("--api", tool.base, "--account", ACCOUNT, "--write", "note", "--agent", "21=dana")
    add(run, *there, "--api-token", TOKEN)
    _, out = run("check", "desk", "--server", f"http://127.0.0.1:{free_port()}", "--database", DATABASE)
    assert "the token is of Agent One (21)" in out
    assert "written there: note" in out
    assert "better a user of its own" in out
    add(run, *there, "--api-token", "another")
    code, out = run("check", "desk", "--server", f"http://127.0.0.1:{free_port()}", "--database", DATABASE)
    assert (code, "is --api-token the token" in out) == (1, True)
    tool.shutdown()
    tool.server_close()
    _, out = run("check", "desk", "--server", f"http://127.0.0.1:{free_port()}", "--database", DATABASE)
    assert "was not answered" in out


async def test_check_sees_another_database(run: Typed, tmp_path: Path) -> None:
    """The server knows nothing of the connector: its delivery, and its pages, are refused."""
    await asyncio.to_thread(add, run)
    async with house(tmp_path, database=f"sqlite+aiosqlite:///{tmp_path}/other.db") as running:
        code, out = await asyncio.to_thread(run, "check", "desk", "--server", running.base, "--database", DATABASE)
    assert code == 1
    assert "same database" in out
    assert "may not show the sidebar" in out


def test_remove_takes_a_connector_away(run: Typed) -> None:
    """With its keys; then it is as if it had never been, for another tenant too."""
    add(run)
    code, out = run("remove", "desk", "--database", DATABASE)
    assert code == 0, out
    assert "connector desk of chatwoot is removed, with its 1 key(s)" in out
    assert "the first secret" not in out
    assert asyncio.run(kept()) == {"tenant": "default", "id": "desk"}
    assert run("list", "--database", DATABASE) == (0, "")
    for verb in ("remove", "check"):
        code, out = run(verb, "desk", "--database", DATABASE)
        assert (code, "there is no connector 'desk'" in out) == (2, True)
    add(run, secret="the second secret")
    assert asyncio.run(kept())["secrets"] == ["the second secret"]
    assert run("remove", "desk", "--database", DATABASE)[0] == 0
    add(run, "--tenant", "else")
    assert "tenant=else" in run("list", "--database", DATABASE)[1]
    add(run, "--tenant", "else", secret="the second secret")


PATH = "x" * 11 + "_Y-" + "9" * 11  # as a secret that ends an address


def test_add_unsigned_needs_a_secret_that_nobody_guesses(run: Typed) -> None:
    """And fits into an address; not for a tool that always signs."""
    told = ("--name", "desk", "--origin", "https://chat.example.com", "--unsigned", "--database", DATABASE)
    for secret in ("the first secret", "x" * 21, "x" * 22 + "/", "x" * 201):
        code, out = run("add", "chatwoot", *told, "--secret", secret)
        assert (code, "22 to 200 random" in out) == (2, True)
    code, out = run("add", "zendesk", *told, "--secret", PATH)
    assert (code, "zendesk signs what it sends" in out) == (2, True)
    assert run("list", "--database", DATABASE) == (0, "")


async def test_check_tries_an_unsigned_set_up(run: Typed, tmp_path: Path) -> None:
    """It says that nothing is signed, tries the address, and prints no key."""
    out = await asyncio.to_thread(add, run, "--unsigned", secret=PATH)
    assert "its webhook is /hooks/chatwoot/desk/ and then the secret" in out
    async with house(tmp_path, database=f"sqlite+aiosqlite:///{tmp_path}/steadyhand.db") as running:
        told = ("--server", running.base, "--database", DATABASE)
        code, checked = await asyncio.to_thread(run, "check", "desk", *told)
        assert code == 0, checked
        assert "look  deliveries are not signed" in checked
        assert f"a delivery to {running.base}/hooks/chatwoot/desk/… was taken" in checked
        assert "a forged delivery was refused" in checked
    listed = (await asyncio.to_thread(run, "list", "--database", DATABASE))[1]
    assert "unsigned" in listed
    assert PATH not in out + checked + listed
