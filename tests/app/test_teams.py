"""Packs for each team on one server: two teams, two vocabularies, each loaded again by itself."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.metrics import Metrics
from app.playbook_files import load
from app.playbook_sets import PlaybookSets
from app.settings import Settings, resource
from app.teams import read_teams
from assist.errors import PlaybookProblems
from assist.signals.reader import Reader
from tests.app.clients import Clock, House, house
from tests.app.test_cli import run, start  # noqa: F401 - fixtures
from tests.app.test_packs import LINE, OURS
from tests.conftest import KEY


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of our playbooks with a pack `vans`."""
    folder = Path(shutil.copytree(resource("playbooks"), tmp_path / "playbooks"))
    (folder / "packs" / "vans").mkdir()
    (folder / "packs" / "vans" / "delivery.yaml").write_text(OURS)
    return folder


@pytest.fixture
def teams(tmp_path: Path) -> Path:
    """A file of teams, with a folder of a team's own steps beside it."""
    own = tmp_path / "bikes"
    own.mkdir()
    (own / "delivery.yaml").write_text(OURS.replace("van", "bike"))
    file = tmp_path / "teams.yaml"
    file.write_text("# Who speaks how.\nroad: [vans]\ncity: [vans, bikes]\nplain: []\n")
    return file


def refused(file: Path, folder: Path) -> list[str]:
    """What is wrong with a file of teams."""
    with pytest.raises(PlaybookProblems) as caught:
        read_teams(file, folder)
    return [str(problem) for problem in caught.value.problems]


def test_a_file_names_packs_and_folders_beside_it(folder: Path, teams: Path) -> None:
    """In the order in which they lie over each other."""
    own = str(teams.parent / "bikes")
    assert read_teams(teams, folder) == {"road": ("vans",), "city": ("vans", own), "plain": ()}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("road: [tanks]\n", "teams.yaml:1: there is no pack 'tanks'; allowed: a folder beside this file, or one of"),
        ("road: [vans]\nroad: []\n", "teams.yaml:2: team 'road' stands here twice"),
        ("road: vans\n", "teams.yaml:1: team 'road' must be a list"),
        ("[road]\n", "teams.yaml:1: the file must be a mapping of teams, each with a list of packs"),
        ("road: [{a: b}]\n", "teams.yaml:1: a pack must be a text"),
        ("road: &x [vans]\ncity: *x\n", "teams.yaml:1: anchors and aliases are not allowed"),
        ("road: [vans\n", "teams.yaml:2: not YAML"),
        ("", "teams.yaml:1: the file is empty"),
    ],
)
def test_a_mistake_in_the_file_is_told_with_its_line(folder: Path, teams: Path, text: str, told: str) -> None:
    """One line each, with what is allowed."""
    teams.write_text(text)
    problems = refused(teams, folder)
    assert [problem[: len(told)] for problem in problems] == [told]


def test_all_mistakes_are_told_at_once(folder: Path, teams: Path) -> None:
    """Not one after the other."""
    teams.write_text("road: [tanks]\ncity: [boats]\n")
    assert [problem.partition(": there")[0] for problem in refused(teams, folder)] == ["teams.yaml:1", "teams.yaml:2"]


@pytest.mark.parametrize("content", [None, b"\xff"])
def test_a_file_that_cannot_be_read_is_told(folder: Path, tmp_path: Path, content: bytes | None) -> None:
    """It is not there, or it is no text."""
    file = tmp_path / "others.yaml"
    if content:
        file.write_bytes(content)
    assert "others.yaml:1: cannot be read" in refused(file, folder)[0]


def test_each_team_has_the_set_of_its_packs(folder: Path, teams: Path, reader: Reader) -> None:
    """Instead of the server's packs; who is not named has these."""
    sets = PlaybookSets(folder, reader, Metrics(), ("retail",), teams)
    version = {team: sets.of(team).playbooks.version for team in ("road", "city", "plain", "others")}
    own = str(teams.parent / "bikes")
    packs = {"road": ("vans",), "city": ("vans", own), "plain": (), "others": ("retail",)}
    assert version == {team: load(folder, listed).version for team, listed in packs.items()}
    assert sets.versions == {team: version[team] for team in ("city", "plain", "road")}


def test_teams_with_the_same_packs_share_a_set(folder: Path, teams: Path, reader: Reader) -> None:
    """A hundred teams of one trade cost what one costs."""
    teams.write_text("".join(f"team{number}: [vans]\n" for number in range(100)) + "plain: []\n")
    sets = PlaybookSets(folder, reader, Metrics(), (), teams)
    assert sets.of("team0") is sets.of("team99")
    assert sets.of("plain") is sets.engine


def test_sets_share_what_their_packs_do_not_change(folder: Path, teams: Path, reader: Reader) -> None:
    """A team costs the memory of its own words, not of all words once more."""
    sets = PlaybookSets(folder, reader, Metrics(), (), teams)
    road, plain = (sets.of(team).playbooks for team in ("road", "plain"))
    phrases = {id(phrase) for playbook in plain.all for phrase in playbook.phrases}
    own = [phrase for playbook in road.all for phrase in playbook.phrases if id(phrase) not in phrases]
    assert [phrase.file for phrase in own] == ["packs/vans/delivery.yaml"] * 3


def test_a_mistake_in_one_pack_leaves_the_others_alone(folder: Path, teams: Path, reader: Reader) -> None:
    """Its team keeps the last good set, and the next look at a whole one takes it."""
    sets = PlaybookSets(folder, reader, Metrics(), (), teams)
    before = {team: sets.of(team).playbooks.version for team in ("road", "city", "plain")}
    broken = teams.parent / "bikes" / "delivery.yaml"
    broken.write_text("playbook: [")
    (folder / "packs" / "vans" / "delivery.yaml").write_text(OURS.replace("green", "yellow"))
    assert sets.reload()
    after = {team: sets.of(team).playbooks.version for team in before}
    assert (after["city"], after["plain"]) == (before["city"], before["plain"])
    assert after["road"] != before["road"]
    assert [problem.file.rsplit("/", 2)[-2:] for problem in sets.problems] == [["bikes", "delivery.yaml"]]
    broken.write_text(OURS.replace("van", "tram"))
    assert sets.reload()
    assert sets.of("city").playbooks.version != before["city"]
    assert sets.problems == ()


def test_teams_are_given_other_packs_while_it_runs(folder: Path, teams: Path, reader: Reader) -> None:
    """A file with a mistake changes nothing; one that is whole again does."""
    sets = PlaybookSets(folder, reader, Metrics(), (), teams)
    road = sets.of("road").playbooks.version
    teams.write_text("road: [tanks]\n")
    sets.reload()
    assert sets.of("road").playbooks.version == road
    assert [str(problem).partition("'")[0] for problem in sets.problems] == ["teams.yaml:1: there is no pack "]
    teams.unlink()
    sets.reload()
    assert "cannot be read" in str(sets.problems[0])
    assert not sets.reload(), "what has not changed is not read again"
    teams.write_text("road: [retail]\nnew: [vans]\n")
    assert sets.reload()
    assert sets.of("new").playbooks.version == road
    assert sets.of("road").playbooks.version == load(folder, ("retail",)).version
    assert sets.of("city") is sets.engine
    (folder / "packs" / "retail" / "house.yaml").write_text("playbook: house\ntitle: Another\n")
    assert sets.reload(), "a pack that came with the file is watched"


def swapped(teams: Path) -> None:
    """The file as it is saved while the server runs."""
    teams.write_text("road: [bikes]\ncity: [vans]\n")


async def said(running: House, conversation: str, team: str) -> tuple[str, set[str]]:
    """All that is offered to a team on a late parcel, and the versions that it comes from."""
    async with running.client("admin", team) as client:
        await client.put(f"/conversations/{conversation}", json={"team": team})
        line = {key: LINE[key] for key in ("role", "text")}
        advice = (await client.post(f"/conversations/{conversation}/messages", json=line)).json()["advice"]
    shown = advice["suggestions"]
    return " ".join(item["text"] for item in shown), {item["why"]["version"] for item in shown}


async def test_two_teams_of_one_server_speak_two_vocabularies(folder: Path, teams: Path, clock: Clock) -> None:
    """Every suggestion names the set of its team; another set is in force without a restart."""
    async with house(teams.parent, clock, playbooks=folder, teams=teams) as running:
        sets = running.rooms.playbooks
        road, city, plain = [await said(running, f"c-{team}", team) for team in ("road", "city", "plain")]
        assert "our van" in road[0]
        assert "our bike" in city[0]
        assert "our van" not in plain[0]
        assert [versions for _, versions in (road, city, plain)] == [
            {sets.of(team).playbooks.version} for team in ("road", "city", "plain")
        ]
        swapped(teams)
        assert sets.reload()
        assert "our bike" in (await said(running, "d-road", "road"))[0]
        assert "our van" in (await said(running, "d-city", "city"))[0]


async def test_what_was_said_folds_to_the_same_words_after_a_restart(folder: Path, teams: Path, clock: Clock) -> None:
    """The set is found by the conversation's team, which is kept with it."""
    states: list[tuple[Any, Any]] = []
    for _ in range(2):
        async with house(teams.parent, clock, playbooks=folder, teams=teams) as running:
            if not states:
                await said(running, "c-1", "city")
            async with running.rooms.conversations.lives.hold("default", "c-1") as live:
                states.append((live.state, live.advice))
    assert states[0] == states[1]
    assert "our bike" in states[0][1]["suggestions"][0]["text"]


def test_the_file_is_a_setting(teams: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As an option and in the environment."""
    assert Settings(secret=KEY, teams=teams).teams == teams
    monkeypatch.setenv("STEADYHAND_TEAMS", str(teams))
    assert Settings(secret=KEY).teams == teams


def test_a_server_does_not_start_with_a_team_of_an_unknown_pack(
    start: Callable[..., Any],  # noqa: F811
    teams: Path,
) -> None:
    """It says so in one line."""
    teams.write_text("road: [tanks]\n")
    done = start("serve", "--port", "0", "--teams", str(teams), STEADYHAND_SECRET=KEY)
    assert done.code == 2
    assert "teams.yaml:1: there is no pack 'tanks'" in done.err


def test_the_sets_of_teams_are_checked(
    run: Callable[..., Any],  # noqa: F811
    folder: Path,
    teams: Path,
) -> None:
    """Before they are saved where a server looks."""
    assert "3 teams with packs of their own" in run("playbooks", "check", str(folder), "--teams", str(teams)).out
    (teams.parent / "bikes" / "delivery.yaml").write_text(OURS.replace("reason", "raeson"))
    done = run("playbooks", "check", str(folder), "--teams", str(teams))
    assert done.code == 1
    assert "bikes/delivery.yaml:5: a step has no key 'raeson'" in done.out
