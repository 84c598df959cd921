"""A playbook in several files: made one, read as one, and what stands twice in its parts is told."""

import pytest

from assist.errors import PlaybookProblems
from assist.message import Step
from assist.playbook.parse import parse
from tests.assist.playbook.sets import EXTRA, Files, entry, with_extra

HEAD, STEPS = EXTRA.split("steps:\n")
MORE = "playbook: extra\nsteps:\n" + entry("own", "Second.")


def in_parts(one: str = EXTRA, other: str = MORE) -> Files:
    """The playbooks that ship, with an `extra` in two parts."""
    files = with_extra()
    del files["extra.yaml"]
    return {**files, "extra/first.yaml": one, "extra/second.yaml": other}


def problems(files: Files) -> list[str]:
    """What `parse` finds wrong."""
    with pytest.raises(PlaybookProblems) as caught:
        parse(files)
    return [str(problem) for problem in caught.value.problems]


def test_the_parts_of_a_playbook_are_one() -> None:
    """With the entries of all, in the order of the files' names."""
    extra = parse(in_parts()).by_cause["booking"]
    assert [item.reason for item in extra.entries] == ["Because.", "Second."]
    assert [item.file for item in extra.by_step[Step.OWN]] == ["extra/second.yaml"]
    assert extra.title == "Something extra"


def test_a_playbook_says_the_same_in_one_file_and_in_parts() -> None:
    """Under the same keys, so that what was shown in a chat stays shown when a file is split."""
    one = parse(with_extra(EXTRA + entry("own", "Second.")))
    parts = parse(in_parts())
    assert [(line.key, line.text) for line in parts.by_cause["booking"].phrases] == [
        (line.key, line.text) for line in one.by_cause["booking"].phrases
    ]
    assert parts.version != one.version


@pytest.mark.parametrize("part", ["extra/first.yaml", "extra/second.yaml"])
def test_the_version_covers_every_part(part: str) -> None:
    """A letter in any of them."""
    files = in_parts()
    assert parse({**files, part: files[part] + "# a word\n"}).version != parse(files).version


def test_the_house_that_ships_stands_in_parts() -> None:
    """Each short enough to be read."""
    files = with_extra()
    house = [file for file in files if file.startswith("house/")]
    assert len(house) > 1
    assert all(files[file].count("\n") < 400 for file in files)


CASE = "cases:\n  - name: one\n    lines:\n      - customer: hello\n        next_step: solve\n"
WAY = "solutions:\n  - id: swap\n    phrases: {{warm: [{0} a.], neutral: [{0} b.], formal: [{0} c.]}}\n"


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        (
            EXTRA,
            f"playbook: extra\ntitle: Again\n{MORE.partition('extra')[2].lstrip()}",
            "extra/second.yaml:2: 'title' stands at extra/first.yaml:2 already",
        ),
        (
            EXTRA,
            "playbook: extra\nsteps:\n" + entry("solve", "Second."),
            "extra/second.yaml:3: step 'solve' with these conditions stands at extra/first.yaml:5 already",
        ),
        (
            EXTRA + CASE,
            MORE + CASE,
            "extra/second.yaml:10: the case 'one' stands at extra/first.yaml:12 already",
        ),
        (
            EXTRA + WAY.format("One"),
            MORE + WAY.format("Other"),
            "extra/second.yaml:10: the solution 'swap' stands at extra/first.yaml:12 already",
        ),
        (
            EXTRA,
            MORE.replace("A warm line for Second.", "I'll look now."),
            "extra/second.yaml:6: the phrase of extra/first.yaml:8 stands here again",
        ),
        (
            EXTRA,
            "language: de\n" + MORE,
            "extra/second.yaml:1: language is 'de' but extra/first.yaml is of 'en'",
        ),
        (
            EXTRA.replace("title: Something extra\n", ""),
            MORE,
            "extra/first.yaml:1: the playbook has no 'title'",
        ),
        (
            EXTRA,
            MORE + "interrupt: {signal: churn, at_least: 0.5}\n",
            "extra/first.yaml:1: a playbook has either causes or an interrupt",
        ),
        (EXTRA, MORE + "flow: []\n", "extra/second.yaml:9: only the house playbook has a flow"),
        (
            EXTRA,
            MORE.replace("playbook: extra", "playbook: extr"),
            "extra/second.yaml:1: playbook is 'extr' but the file is 'second' and its folder 'extra'",
        ),
        (EXTRA, MORE.replace("step: own", "step: won"), "extra/second.yaml:3: step is 'won'; allowed: listen"),
    ],
)
def test_a_mistake_names_the_file_of_its_part(one: str, other: str, told: str) -> None:
    """And where the first one stands, of what stands twice."""
    found = problems(in_parts(one, other))
    assert any(problem.startswith(told) for problem in found), found


def test_a_part_that_is_no_yaml_is_the_only_mistake() -> None:
    """What is missing may stand in it."""
    assert [told.partition(":")[0] for told in problems(in_parts("title: [", MORE))] == ["extra/first.yaml"]
    house = {**with_extra(), "house/arc.yaml": "flow: ["}
    assert [told.partition(":")[0] for told in problems(house)] == ["house/arc.yaml"]


def test_a_file_and_a_folder_of_one_name_are_two_of_one_playbook() -> None:
    """Which one speaks would be chance."""
    found = problems({**in_parts(), "extra.yaml": EXTRA})
    assert any("playbook 'extra' of language 'en' is extra.yaml already" in told for told in found), found


def test_a_pack_lies_over_a_playbook_in_parts_and_may_be_in_parts() -> None:
    """By its name, however many files either has."""
    changed = "playbook: extra\nsteps:\n" + entry("own", "Ours.")
    for pack in ({"packs/p/extra.yaml": changed}, {"packs/p/extra/anything.yaml": changed}):
        extra = parse(in_parts(), pack).by_cause["booking"]
        assert [item.reason for item in extra.entries] == ["Because.", "Ours."]
