"""Every command as a user types it, from a directory that is not ours: what it prints, and with which exit code."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from app.auth import Tokens
from app.cli import app, main
from app.settings import resource
from tests.app.shapes import is_error, is_reading
from tests.conftest import KEY, PATIENCE, free_port, real_chats

ANGRY = {"conversation": "c", "role": "customer", "text": "This is the third time I'm writing. Where is my order?"}


@dataclass
class Done:
    """What a command has said."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Done]:
    """A command that ends by itself, as typed in a folder of the user's own; in this process, which is quicker."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("STEADYHAND_")]:
        monkeypatch.delenv(name)

    def typed(*words: str, given: str | bytes = "", **environment: str) -> Done:
        done = CliRunner().invoke(app, words, input=given, env={"STEADYHAND_SECRET": KEY, **environment})
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return Done(done.exit_code, done.stdout_bytes.decode(), done.stderr)

    return typed


@pytest.fixture
def start(tmp_path: Path) -> Callable[..., Done]:
    """A server that is not going to start, in a process of its own."""

    def typed(*words: str, **environment: str) -> Done:
        told = {name: value for name, value in os.environ.items() if not name.startswith("STEADYHAND_")}
        done = subprocess.run(
            [sys.executable, "-m", "app", *words],
            cwd=tmp_path,
            env={**told, "STEADYHAND_SECRET": KEY, **environment},
            capture_output=True,
            text=True,
            timeout=6 * PATIENCE,
            check=False,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    return typed


def stops_in_one_line(done: Done, *words: str) -> None:
    """Not 0, nothing on standard output, one line on standard error that says what is wrong."""
    assert done.code not in (0, None)
    assert done.out == ""
    lines = done.err.strip().splitlines()
    assert len(lines) == 1, done.err
    for word in words:
        assert word in lines[0]


def test_read_gives_one_line_for_each(run: Callable[..., Done], tmp_path: Path):
    """In order, a bad one as an error in its place, exit code 1 at the end; from a file and from standard input."""
    lines = [json.dumps(ANGRY), "nonsense", "", json.dumps({**ANGRY, "text": "You idiots!"})]
    raw = "\n".join(lines).encode() + b'\n{"conversation": "c", "role": "customer", "text": "\xff"}\n'
    (tmp_path / "chat.jsonl").write_bytes(raw)
    done = run("read", "chat.jsonl")
    piped = run("read", "-", given=raw)
    assert (done.code, done.err) == (1, "")
    assert (piped.code, piped.out) == (1, done.out)
    first, bad, second, not_utf8 = map(json.loads, done.out.splitlines())
    for reading in (first, second):
        is_reading(reading)
    assert (first["seq"], second["seq"]) == (1, 2)
    is_error(bad, "bad_json")
    is_error(not_utf8, "invalid_text")
    good = run("read", given=json.dumps({**ANGRY, "text": "Grüße 😀"}))
    assert good.code == 0


def test_read_answers_line_by_line(tmp_path: Path):
    """A program that writes one line and waits for its reading gets it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "read"], cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin
    assert process.stdout
    for seq in (1, 2):
        process.stdin.write(json.dumps(ANGRY).encode() + b"\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["seq"] == seq
    process.stdin.close()
    assert process.wait() == 0
    process.stdout.close()


def test_real_chats_give_the_same_bytes_twice(run: Callable[..., Done], tmp_path: Path):
    """With no word lost on the way."""
    chats = real_chats()[:2]
    told = [
        json.dumps({"conversation": f"c{number}", "role": turn["role"], "text": turn["text"]})
        for number, chat in enumerate(chats)
        for turn in chat["turns"]
    ]
    first, second = (run("read", given="\n".join(told)) for _ in range(2))
    assert first.out == second.out
    assert len(first.out.splitlines()) == len(told) > 0


def test_replay_shows_a_file(run: Callable[..., Done], tmp_path: Path):
    """And says by its exit code when a line was bad."""
    (tmp_path / "chat.jsonl").write_text(json.dumps(ANGRY) + "\n")
    done = run("replay", "chat.jsonl")
    assert (done.code, done.err) == (0, "")
    assert "third" in done.out
    (tmp_path / "chat.jsonl").write_text("nonsense\n")
    assert run("replay", "chat.jsonl").code == 1
    for command in ("read", "replay"):
        stops_in_one_line(run(command, "nothing.jsonl"), "nothing.jsonl")
        stops_in_one_line(run(command, "."), "directory")


def test_playbooks_check_lists_every_mistake(run: Callable[..., Done], tmp_path: Path):
    """With file and line, exit code 1; ours have none."""
    done = run("playbooks", "check", str(resource("playbooks")))
    assert (done.code, done.err) == (0, "")
    folder = Path(shutil.copytree(resource("playbooks"), tmp_path / "mine"))
    text = (folder / "delivery.yaml").read_text()
    (folder / "delivery.yaml").write_text(text.replace("step: listen", "step: shout", 1) + "\ncolour: red\n")
    (folder / "billing.yaml").write_text("cause: [")
    done = run("playbooks", "check", "mine")
    assert done.code == 1
    located = [line for line in done.out.splitlines() if re.match(r"\w+\.yaml:\d+: ", line)]
    assert {line.split(":")[0] for line in located} == {"delivery.yaml", "billing.yaml"}
    assert len(located) >= 3
    assert done.out.splitlines()[-1] == f"{len(located)} problems, nothing loaded"
    for missing in ("nowhere", "."):
        assert run("playbooks", "check", missing).code == 1


def test_a_token_stands_alone_on_the_last_line(run: Callable[..., Done], tmp_path: Path, tokens: Tokens):
    """With all that was asked for in it."""
    words = ["--role", "agent", "--subject", "ann", "--team", "a", "--team", "b", "--tenant", "x"]
    done = run("token", *words)
    assert done.code == 0
    who = tokens.verify(done.out.splitlines()[-1], datetime.now(UTC))
    assert (who.role, who.subject, who.teams, who.tenant) == ("agent", "ann", ("a", "b"), "x")


def test_a_token_that_cannot_be_signed_is_not(run: Callable[..., Done], tmp_path: Path):
    """A wrong role, no key, a short one."""
    words = ("token", "--subject", "ann", "--role")
    stops_in_one_line(run(*words, "boss"), "agent, supervisor, ingest, admin")
    for key in ("", "k" * 31):
        stops_in_one_line(run(*words, "agent", STEADYHAND_SECRET=key), "STEADYHAND_SECRET", "32")


def test_simulate_writes_the_same_bytes_for_the_same_seed(run: Callable[..., Done], tmp_path: Path):
    """Lines that `read` takes; another seed gives other ones."""
    for name, seed in (("a", "7"), ("b", "7"), ("c", "8")):
        done = run("simulate", "--chats", "3", "--seed", seed, "--out", name)
        assert done.code == 0, done.err
    files = [(tmp_path / name).read_bytes() for name in "abc"]
    assert files[0] == files[1] != files[2]
    done = run("read", "a")
    assert done.code == 0
    assert len({json.loads(line)["conversation"] for line in done.out.splitlines()}) == 3
    stops_in_one_line(run("simulate", "--out", "no/where"), "no/where")


@pytest.mark.parametrize("key", ["", "k" * 31, None])
def test_a_server_without_a_good_key_does_not_start(start: Callable[..., Done], tmp_path: Path, key: str | None):
    """One clear line, and no traceback."""
    environment = {} if key is None else {"STEADYHAND_SECRET": key}
    if key is None:
        environment["STEADYHAND_SECRET"] = ""
    stops_in_one_line(start("serve", "--port", "0", **environment), "STEADYHAND_SECRET", "32")


UNFIT = {
    "--workers 2": ("workers", "SQLite"),
    "--database mysql://x/y": ("mysql",),
    "--database sqlite+aiosqlite:///not_a_database": ("not_a_database",),
    "--backplane carrier-pigeon://x": ("carrier-pigeon",),
    "--host no.such.host.invalid": ("no.such.host.invalid",),
}


def test_a_server_that_cannot_run_as_told_says_why_in_one_line(start: Callable[..., Done], tmp_path: Path):
    """Each with what was given; all at once, for each takes its time to start."""
    (tmp_path / "not_a_database").write_text("hello " * 100)
    with ThreadPoolExecutor() as pool:
        told = {words: pool.submit(start, "serve", "--port", "0", *words.split()) for words in UNFIT}
        missing = pool.submit(start, "serve", "--port", "0", "--playbooks", "nowhere").result()
    for words, done in told.items():
        stops_in_one_line(done.result(), *UNFIT[words])
    assert (missing.code, missing.out) == (2, "")
    assert "nowhere:1: there is no such folder" in missing.err
    assert "Traceback" not in missing.err


def test_a_port_that_is_taken_is_said_in_one_line(start: Callable[..., Done], tmp_path: Path, server):
    """With what to do."""
    port = server.base.rsplit(":", 1)[1]
    stops_in_one_line(start("serve", "--port", port), port, "--port")
    stops_in_one_line(start("demo", "--port", port), port, "--port")


@pytest.mark.parametrize("name", ["STEADYHAND_PORT", "STEADYHAND_WORKERS", "STEADYHAND_FRAME_ANCESTORS"])
def test_options_come_from_the_environment_too(start: Callable[..., Done], tmp_path: Path, name: str):
    """A value that cannot be is refused there as well, and a list is no JSON."""
    if name == "STEADYHAND_FRAME_ANCESTORS":
        done = start(
            "serve", "--port", "0", "--database", "mysql://x/y", STEADYHAND_FRAME_ANCESTORS="https://a,https://b"
        )
        stops_in_one_line(done, "mysql")
    else:
        done = start("serve", **{name: "many"})
        assert done.code == 2
        assert "Traceback" not in done.err
        assert name.removeprefix("STEADYHAND_").lower() in done.err.lower()


def test_the_demo_prints_links_that_work(tmp_path: Path):
    """One a line, never wrapped, at once; tokens in the fragment only; it needs no key, and ends on a signal."""
    port = free_port()
    told = {name: value for name, value in os.environ.items() if not name.startswith("STEADYHAND_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "demo", "--port", str(port)],
        cwd=tmp_path,
        env={**told, "COLUMNS": "40"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdout
    links = []
    while len(links) < 3:
        line = process.stdout.readline().decode().strip()
        assert line, "the demo ended before it had printed its links"
        links += [line] if line.startswith("http") else []
    base = f"http://127.0.0.1:{port}"
    start, demo, supervisor = links
    assert start == f"{base}/"
    assert demo.startswith(f"{base}/demo#token=")
    assert supervisor.startswith(f"{base}/supervisor#token=")
    token = supervisor.split("#token=")[1]
    for link in links:
        assert "?" not in link
        assert httpx.get(link, timeout=PATIENCE).status_code == 200
    board = httpx.get(f"{base}/api/v1/heatmap", headers={"Authorization": f"Bearer {token}"}, timeout=PATIENCE)
    assert board.status_code == 200
    process.send_signal(signal.SIGTERM)
    assert process.wait(3 * PATIENCE) == 0
    process.stdout.close()
    assert list(tmp_path.iterdir()) == []


def test_help_names_every_command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    """For who types nothing."""
    monkeypatch.setattr(sys, "argv", ["steadyhand", "--help"])
    with pytest.raises(SystemExit) as done:
        main()
    assert done.value.code == 0
    out = capsys.readouterr().out
    for verb in ("serve", "demo", "read", "replay", "playbooks", "token", "simulate"):
        assert verb in out
