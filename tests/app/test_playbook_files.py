"""Playbooks from a folder: whole or not at all, loaded again when a file changes, the last good set in force."""

import asyncio
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.metrics import Metrics
from app.playbook_files import load, read_folder
from app.playbook_sets import PlaybookSets
from app.settings import resource
from assist.errors import PlaybookProblems
from assist.signals.reader import Reader
from tests.app.clients import house
from tests.app.small_set import EXTRA, written
from tests.app.small_set import house as small_house
from tests.conftest import MS, PATIENCE

BROKEN = {
    "no YAML": "cause: [",
    "nothing": "",
    "a list": "- a\n- b\n",
    "a tab": "cause:\n\t- x\n",
    "an alias bomb": "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    "a Python object": "cause: !!python/object/apply:os.system ['true']\n",
    "deep": "a: " + "[" * 5_000 + "]" * 5_000 + "\n",
    "an unknown key": "colour: red\n",
    "binary": "\x00\x01\x02",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of our playbooks."""
    return Path(shutil.copytree(resource("playbooks"), tmp_path / "playbooks"))


@pytest.fixture
def open_folder(folder: Path, reader: Reader) -> Callable[[], PlaybookSets]:
    """Opens it, with metrics of its own."""
    return lambda: PlaybookSets(folder, reader, Metrics())


def loads(playbooks: PlaybookSets, outcome: str) -> float:
    """What the metric says."""
    return playbooks._metrics.playbooks.labels(outcome)._value.get()


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_a_broken_edit_keeps_the_last_good_set(folder: Path, open_folder: Callable[[], PlaybookSets], text: str):
    """It is counted, its problems have file and line, and the next good edit is in force."""
    playbooks = open_folder()
    good = playbooks.engine
    (folder / "delivery.yaml").write_text(text)
    assert playbooks.reload() is False
    assert playbooks.engine is good
    assert playbooks.problems
    assert all(problem.file.endswith(".yaml") and problem.line >= 1 for problem in playbooks.problems)
    assert (loads(playbooks, "loaded"), loads(playbooks, "refused")) == (1, 1)
    assert playbooks.reload() is False
    assert loads(playbooks, "refused") == 1, "what has not changed is not read again"
    shutil.copy(resource("playbooks") / "delivery.yaml", folder)
    assert playbooks.reload() is True
    assert playbooks.engine is not good
    assert playbooks.problems == ()


def test_a_file_that_comes_changes_and_goes_is_in_force_each_time(tmp_path: Path, reader: Reader):
    """Not only one that is edited: its cause is served by it while it is there, and by the house before and after."""
    folder = written(tmp_path)
    playbooks = PlaybookSets(folder, reader, Metrics())

    def serves() -> str | None:
        found = playbooks.engine.playbooks.by_cause.get("booking")
        return found and found.title

    versions = [playbooks.engine.playbooks.version]
    for text, title in ((EXTRA, "Something extra"), (EXTRA.replace("extra\ncauses", "else\ncauses"), "Something else")):
        written(folder, extra=text)
        assert playbooks.reload() is True
        assert serves() == title
        versions.append(playbooks.engine.playbooks.version)
    (folder / "extra.yaml").unlink()
    assert playbooks.reload() is True
    assert serves() is None
    assert playbooks.engine.playbooks.version == versions[0]
    assert len(set(versions)) == 3


def test_a_draft_is_in_force_once_it_is_active(tmp_path: Path, reader: Reader):
    """And no more when it is retired; until then it is checked, and says nothing in a chat."""
    folder = written(tmp_path, extra=EXTRA + "status: draft\n")
    playbooks = PlaybookSets(folder, reader, Metrics())
    assert "booking" not in playbooks.engine.playbooks.by_cause
    assert [playbook.name for playbook in playbooks.engine.playbooks.all] == ["extra", "house"]
    for status, serves in (("active", True), ("retired", False)):
        written(folder, extra=EXTRA + f"status: {status}\n")
        assert playbooks.reload() is True
        assert ("booking" in playbooks.engine.playbooks.by_cause) is serves


def test_a_house_that_goes_away_leaves_the_last_good_set(tmp_path: Path, reader: Reader):
    """Nothing can be said without it."""
    folder = written(tmp_path, extra=EXTRA)
    playbooks = PlaybookSets(folder, reader, Metrics())
    good = playbooks.engine
    (folder / "house.yaml").unlink()
    assert playbooks.reload() is False
    assert playbooks.engine is good
    assert [str(problem) for problem in playbooks.problems] == [
        "house.yaml:1: the set has no house playbook; every set leans on one"
    ]
    written(folder)
    assert playbooks.reload() is True
    assert playbooks.problems == ()


def test_files_of_a_language_and_of_a_pack_are_watched_too(tmp_path: Path, reader: Reader):
    """They speak as well; a pack that is gone is a mistake, and the last good set stays in force."""
    folder = written(tmp_path, extra=EXTRA)
    pack = folder / "packs" / "quick"
    pack.mkdir(parents=True)
    (pack / "extra.yaml").write_text(EXTRA.replace("I'll look now.", "On my way."))
    playbooks = PlaybookSets(folder, reader, Metrics(), ("quick",))

    def says(words: str) -> bool:
        extra = playbooks.engine.playbooks.by_cause["booking"]
        return any(phrase.text == words for phrase in extra.phrases)

    assert says("On my way.")
    (pack / "extra.yaml").write_text(EXTRA.replace("I'll look now.", "Right away."))
    assert playbooks.reload() is True
    assert says("Right away.")
    (folder / "de").mkdir()
    (folder / "de" / "house.yaml").write_text(in_german())
    assert playbooks.reload() is True
    assert playbooks.engine.playbooks.speaking("de").house.title == "Jedes Gespräch"
    good = playbooks.engine
    shutil.rmtree(pack)
    assert playbooks.reload() is False
    assert playbooks.engine is good
    assert [problem.file for problem in playbooks.problems] == ["packs/quick"]
    assert playbooks.reload() is False
    assert loads(playbooks, "refused") == 1


def test_the_parts_of_a_playbook_are_watched_too(tmp_path: Path, reader: Reader):
    """A letter in one of them, and one that comes or goes."""
    folder = written(tmp_path)
    parts = folder / "extra"
    parts.mkdir()
    (parts / "first.yaml").write_text(EXTRA)
    playbooks = PlaybookSets(folder, reader, Metrics())
    more = "playbook: extra\nsteps:\n" + EXTRA[EXTRA.index("  - step") : EXTRA.index("cases:")]
    for text in (more.replace("now", "at once"), more.replace("now", "next")):
        (parts / "more.yaml").write_text(text.replace("step: solve", "step: own"))
        assert playbooks.reload() is True
        assert len(playbooks.engine.playbooks.by_cause["booking"].entries) == 2
    (parts / "more.yaml").unlink()
    assert playbooks.reload() is True
    assert len(playbooks.engine.playbooks.by_cause["booking"].entries) == 1


def in_german() -> str:
    """The small house in another language."""
    text = small_house().replace("title: Any conversation", "title: Jedes Gespräch\nlanguage: de")
    return text.replace('["House', '["Haus')


def test_a_folder_that_goes_away_is_a_broken_edit(folder: Path, open_folder: Callable[[], PlaybookSets]):
    """As when a disk is gone for a while."""
    playbooks = open_folder()
    good = playbooks.engine
    shutil.rmtree(folder)
    assert playbooks.reload() is False
    assert playbooks.engine is good


@pytest.mark.parametrize("name", ["nowhere", "empty", "file"])
def test_a_folder_without_playbooks_is_said(tmp_path: Path, name: str):
    """At the start there is no last good set."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("x")
    with pytest.raises(PlaybookProblems):
        load(tmp_path / name)


def test_what_is_not_text_is_a_problem_of_its_file(folder: Path):
    """With its name."""
    (folder / "latin.yml").write_bytes(b"cause: \xff")
    with pytest.raises(PlaybookProblems, match=r"latin\.yml:1: "):
        read_folder(folder)


async def test_a_good_edit_is_in_force_within_seconds(folder: Path, tmp_path: Path):
    """In a running server, seen by the next message; a broken one before it does no harm and is counted."""
    mark = "Words that stand nowhere else 7c1d"
    async with house(tmp_path, playbooks=folder) as home, home.client("ingest") as tool:
        metrics = home.rooms.metrics.text

        async def until(seen: bytes) -> None:
            async with asyncio.timeout(3 * PATIENCE):
                while seen not in metrics():
                    await asyncio.sleep(20 * MS)

        good = (resource("playbooks") / "delivery.yaml").read_text()
        (folder / "delivery.yaml").write_text("cause: [")
        await until(b'steadyhand_playbook_loads_total{outcome="refused"} 1.0')
        hello = {"role": "customer", "text": "Where is my order?"}
        before = (await tool.post("/conversations/a/messages", json=hello)).json()
        assert before["advice"]["reason"] in good
        (folder / "delivery.yaml").write_text(re.sub("reason: .*", f"reason: {mark}", good))
        await until(b'steadyhand_playbook_loads_total{outcome="loaded"} 2.0')
        after = (await tool.post("/conversations/b/messages", json=hello)).json()
        assert after["advice"]["reason"] == mark
