"""Playbooks are read whole or not at all, and every mistake is told with file and line."""

from collections.abc import Callable

import pytest

from assist.errors import PlaybookProblems
from assist.message import Step
from assist.playbook.parse import parse
from assist.playbook.schema import TONES
from tests.assist.playbook.sets import EXTRA, Files, with_extra


@pytest.fixture
def files() -> Files:
    """The playbooks that ship, with one more."""
    return with_extra()


def problems(files: Files) -> list[str]:
    """What `parse` finds wrong."""
    with pytest.raises(PlaybookProblems) as caught:
        parse(files)
    return [str(problem) for problem in caught.value.problems]


def test_the_shipped_playbooks_are_whole(files: Files) -> None:
    """The ones that the product promises are there, and the set has a version."""
    playbooks = parse(files)
    promised = {"house", "delivery", "billing", "defect", "account", "service", "outage", "information"}
    assert promised | {"abuse", "threat", "distress"} <= {playbook.name for playbook in playbooks.all}
    assert {entry.step for entry in playbooks.house.entries} == set(Step)
    assert len(playbooks.version) == 12


@pytest.mark.parametrize("name", ["house", "delivery", "billing", "abuse"])
def test_the_deep_playbooks_have_three_variants_in_every_tone(files: Files, name: str) -> None:
    """A tired agent needs a choice."""
    playbook = next(playbook for playbook in parse(files).all if playbook.name == name)
    thin = [(e.step, e.line, tone) for e in playbook.entries for tone in TONES if len(e.phrases[tone]) < 3]
    assert not thin


def test_the_version_changes_with_one_letter(files: Files) -> None:
    """So that a suggestion can be traced to its words."""
    changed = {**files, "extra.yaml": EXTRA.replace("Looking", "Lookinq")}
    assert parse(changed).version != parse(files).version


@pytest.mark.parametrize(
    ("change", "line", "what"),
    [
        (
            lambda t: t.replace('      formal: ["I am looking now."]\n', ""),
            8,
            "step 'solve' has no phrase for tone 'formal'",
        ),
        (lambda t: t.replace("step: solve", "step: soothe"), 5, "step is 'soothe'; allowed: listen, empathize"),
        (lambda t: t.replace("[booking]", "[booking, parcels]"), 3, "causes is 'parcels'; allowed: delivery"),
        (lambda t: t.replace("[booking]", "[billing]"), 1, "cause 'billing' is already served by"),
        (lambda t: t.replace("I'll look now.", "I'll look, {{nmae}}."), 8, "unknown slot '{{nmae}}'; allowed: name"),
        (lambda t: t.replace("I'll look now.", "I'll look, {name}."), 8, "a brace stands outside of a {{slot}}"),
        (lambda t: t.replace("Looking now.", "I'll look now."), 9, "the phrase of extra.yaml:8 stands here again"),
        (lambda t: t.replace("    reason: Because.\n", ""), 5, "the step has no reason"),
        (lambda t: t.replace("title: Something extra\n", ""), 1, "the playbook has no 'title'"),
        (lambda t: t.replace("playbook: extra", "playbook: other"), 1, "playbook is 'other' but the file is 'extra'"),
        (
            lambda t: t.replace("    reason:", "    when: {bands: [hot]}\n    reason:"),
            6,
            "bands is 'hot'; allowed: calm",
        ),
        (
            lambda t: t.replace("    reason:", "    when: {contacts: many}\n    reason:"),
            6,
            "contacts is 'many'; a number",
        ),
        (
            lambda t: t.replace("    reason:", "    when: {signals: {rage: 1}}\n    reason:"),
            6,
            "signals has no key 'rage'",
        ),
        (lambda t: t.replace("    reason:", "    when: {unclear: false}\n    reason:"), 6, "unclear can only be true"),
        (lambda t: t.replace("causes: [booking]\n", ""), 1, "either causes or an interrupt"),
        (lambda t: t.replace("    reason:", "    mood: {}\n    reason:"), 6, "a step has no key 'mood'"),
        (lambda t: t + "title: again\n", 11, "a playbook has the key 'title' twice"),
        (lambda t: t.replace("title: Something", "title: &a Something"), 2, "anchors and aliases are not allowed"),
        (lambda t: t.replace("title: Something extra", "title: !!python/name:os.system"), 2, "tags are not allowed"),
        (lambda t: t.replace("title: Something extra", "title: " + "[" * 40 + "]" * 40), 2, "nested deeper than"),
        (lambda t: t.replace("steps:", "steps: ["), 5, "not YAML"),
        (lambda _: "", 1, "the file is empty"),
        (lambda _: "- a\n- b\n", 1, "a playbook must be a mapping"),
        (lambda t: t + "# " + "x" * 300_000, 1, "the file is larger than 256 KiB"),
        (lambda t: t.replace("I'll look now.", "Now. " * 100), 8, "the phrase has 499 characters; at most 400"),
        (lambda t: t + "flow: []\n", 11, "only the house playbook has a flow"),
        (lambda t: t.replace("[booking]", "booking"), 3, "causes must be a list"),
    ],
)
def test_a_mistake_is_told_with_file_and_line(files: Files, change: Callable[[str], str], line: int, what: str) -> None:
    """One mistake, where it is, and what is allowed."""
    files["extra.yaml"] = change(EXTRA)
    found = problems(files)
    assert any(problem.startswith(f"extra.yaml:{line}: ") and what in problem for problem in found), found


def test_all_mistakes_are_told_at_once(files: Files) -> None:
    """Of all files, in order, with their number."""
    files["extra.yaml"] = EXTRA.replace("step: solve", "step: soothe").replace("[booking]", "[parcels]")
    files["worse.yaml"] = "playbook: worse\n"
    with pytest.raises(PlaybookProblems) as caught:
        parse(files)
    lines = str(caught.value).splitlines()
    assert lines[-1] == f"{len(lines) - 1} problems, nothing loaded"
    assert [line.split(":")[0] for line in lines[:-1]] == sorted(line.split(":")[0] for line in lines[:-1])


def test_a_set_without_a_house_is_refused() -> None:
    """Every set leans on it."""
    assert problems({"extra.yaml": EXTRA}) == ["house.yaml:1: the set has no house playbook; every set leans on one"]
