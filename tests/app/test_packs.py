"""Packs in a folder: found by name or by path, checked with the set, laid over it by every command that speaks."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.casebook import run as run_cases
from app.metrics import Metrics
from app.playbook_files import load, load_all, packs_in
from app.playbook_sets import PlaybookSets
from app.settings import ReaderName, Settings, resource
from app.stream import read
from assist.engine import Engine
from assist.errors import PlaybookProblems
from assist.signals.reader import Reader
from tests.app.test_cli import run, start  # noqa: F401 - fixtures
from tests.conftest import KEY

OURS = """playbook: delivery
steps:
  - step: listen
    priority: 100
    reason: Ours.
    phrases:
      warm: ["Which of our vans was it, a green one or a blue one?"]
      neutral: ["Tell me the number on our van, if you saw it."]
      formal: ["May I ask on which of our vans you expected it?"]
"""
LINE = {
    "conversation": "c",
    "role": "customer",
    "text": "This is the third time I ask: where is my parcel? I am furious.",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of our playbooks with a pack."""
    folder = Path(shutil.copytree(resource("playbooks"), tmp_path / "playbooks"))
    pack = folder / "packs" / "vans"
    pack.mkdir(parents=True)
    (pack / "delivery.yaml").write_text(OURS)
    return folder


class Lines:
    """A file that gives all its lines at once."""

    def __init__(self, *lines: dict) -> None:
        self.rest = "".join(json.dumps(line) + "\n" for line in lines).encode()

    def read(self, _: int, /) -> bytes:
        """All of them, then the end."""
        rest, self.rest = self.rest, b""
        return rest

    def fileno(self) -> int:
        """It has none."""
        raise OSError


def said(folder: Path, packs: tuple[str, ...]) -> str:
    """What is suggested after the line."""
    (answer,) = read(Lines(LINE), ReaderName.LINEAR, folder, packs, jobs=1)
    return " ".join(item["text"] for item in json.loads(answer.text)["suggestions"])


def test_a_pack_speaks_only_where_it_is_asked_for(folder: Path) -> None:
    """By its name in the folder, or by a path of its own anywhere."""
    assert "van" not in said(folder, ())
    assert "our vans" in said(folder, ("vans",))
    assert "our vans" in said(resource("playbooks"), (str(folder / "packs" / "vans"),))


def test_a_team_lies_over_its_trade(folder: Path, tmp_path: Path) -> None:
    """The last one named has the last word."""
    team = tmp_path / "team"
    team.mkdir()
    (team / "delivery.yaml").write_text(OURS.replace("van", "bike"))
    assert "our bikes" in said(folder, ("vans", str(team)))
    assert "our vans" in said(folder, (str(team), "vans"))


def test_an_unknown_pack_is_said_with_those_that_there_are(folder: Path) -> None:
    """In one line."""
    with pytest.raises(PlaybookProblems, match=r"packs/tanks:1: there is no such pack; there are: .*vans"):
        load(folder, ("tanks",))


def test_a_mistake_in_a_pack_is_told_by_its_own_file(folder: Path) -> None:
    """Whether it is in use or only checked."""
    (folder / "packs" / "vans" / "delivery.yaml").write_text(OURS.replace("reason", "raeson"))
    load(folder)
    for refused in (lambda: load(folder, ("vans",)), lambda: load_all(folder)):
        with pytest.raises(PlaybookProblems, match=r"packs/vans/delivery\.yaml:5: a step has no key 'raeson'"):
            refused()


def test_a_pack_that_does_not_go_with_the_set_is_named(folder: Path) -> None:
    """The mistake is in a file that is right without it."""
    house = 'playbook: house\npolicy:\n  forbidden: ["anything else"]\n'
    (folder / "packs" / "vans" / "house.yaml").write_text(house)
    with pytest.raises(PlaybookProblems) as caught:
        load_all(folder)
    told = [str(problem) for problem in caught.value.problems]
    assert all(problem.endswith(", with the pack 'vans'") for problem in told), told
    assert any(problem.startswith("house/") and "the policy forbids 'anything else'" in problem for problem in told)


def test_a_mistake_below_is_told_once(folder: Path) -> None:
    """However many packs lie over it."""
    (folder / "refund.yaml").write_text("playbook: [")
    with pytest.raises(PlaybookProblems) as caught:
        load_all(folder)
    assert [problem.file for problem in caught.value.problems] == ["refund.yaml"]


def test_a_changed_pack_is_loaded_again(folder: Path, reader: Reader) -> None:
    """While the server runs; with a mistake the last good set stays."""
    held = PlaybookSets(folder, reader, Metrics(), ("vans",))
    first = held.engine.playbooks.version
    file = folder / "packs" / "vans" / "delivery.yaml"
    file.write_text(OURS.replace("green", "yellow"))
    assert held.reload()
    second = held.engine.playbooks.version
    assert second != first
    file.write_text("playbook: [")
    assert not held.reload()
    assert held.engine.playbooks.version == second


def test_the_packs_that_ship_are_whole() -> None:
    """Each over the set that ships."""
    playbooks, packs = load_all(resource("playbooks"))
    for pack in packs:
        assert load(resource("playbooks"), (pack,)).version != playbooks.version


@pytest.mark.parametrize("pack", packs_in(resource("playbooks")))
def test_the_cases_of_a_pack_that_ships_hold(engine: Engine, pack: str) -> None:
    """Each shows in a few lines what its trade says otherwise."""
    cases = list(run_cases(replace(engine, playbooks=load(resource("playbooks"), (pack,)))))
    own = [outcome for outcome in cases if outcome.case.file.startswith("packs/")]
    assert own
    assert [str(outcome) for outcome in own if outcome.failures] == []


@pytest.mark.parametrize("text", ["vans,./team", " vans , ./team ,"])
def test_packs_are_listed_with_commas(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As an option and in the environment."""
    assert Settings(secret=KEY, pack=text).pack == ("vans", "./team")
    monkeypatch.setenv("STEADYHAND_PACK", text)
    assert Settings(secret=KEY).pack == ("vans", "./team")


def test_every_command_that_speaks_takes_a_pack(
    run: Callable,  # noqa: F811
    folder: Path,
) -> None:
    """An unknown one is a mistake at once."""
    given = json.dumps(LINE) + "\n"
    assert (
        "our vans" in run("read", "--playbooks", str(folder), "--pack", "vans", "--reader", "linear", given=given).out
    )
    assert (
        "our vans"
        in run("replay", "-", "--playbooks", str(folder), "--reader", "linear", given=given, STEADYHAND_PACK="vans").out
    )
    for words in (("read",), ("replay", "-"), ("playbooks", "test", str(folder))):
        done = run(*words, "--pack", "tanks")
        assert done.code
        assert "there is no such pack" in done.out + done.err


def test_a_server_does_not_start_with_an_unknown_pack(
    start: Callable,  # noqa: F811
) -> None:
    """It says so in one line."""
    done = start("serve", "--port", "0", "--pack", "tanks", STEADYHAND_SECRET=KEY)
    assert done.code == 2
    assert "packs/tanks:1: there is no such pack" in done.err


def test_the_packs_are_counted_by_the_check(
    run: Callable,  # noqa: F811
    folder: Path,
) -> None:
    """So that one sees that they were looked at."""
    assert " packs, no problems" in run("playbooks", "check", str(folder)).out
    (folder / "packs" / "vans" / "delivery.yaml").write_text(OURS.replace("listen", "lissen"))
    done = run("playbooks", "check", str(folder))
    assert done.code == 1
    assert "packs/vans/delivery.yaml:3: step is 'lissen'" in done.out
