"""What an entry may say beside its phrases: when it comes first, what to do, and whether it speaks at all."""

from dataclasses import replace

import pytest

from assist.conversation.state import Conversation
from assist.errors import PlaybookProblems
from assist.message import Step
from assist.playbook.match import match
from assist.playbook.parse import parse
from assist.playbook.schema import Entry, Playbooks
from assist.reading import Cause
from tests.assist.playbook.sets import EXTRA, entry, made, with_extra

BOOKING = Conversation("c", cause=Cause("booking", 0.9), run=1, said=(frozenset({"hello"}),))


def speaking(playbooks: Playbooks, state: Conversation = BOOKING) -> list[Entry]:
    """The entries that speak for the next step."""
    return list(match(playbooks, state).entries)


def reasons(playbooks: Playbooks, state: Conversation = BOOKING) -> list[str]:
    """Why, for the entries of `extra` that speak."""
    return [item.reason for item in speaking(playbooks, state) if item.playbook == "extra"]


def problems(extra: str) -> list[str]:
    """What is wrong with a set."""
    with pytest.raises(PlaybookProblems) as caught:
        parse(with_extra(extra))
    return [str(problem) for problem in caught.value.problems]


def test_a_higher_priority_comes_first_among_those_that_hold() -> None:
    """Before conditions and order in the file are looked at."""
    playbooks = made(
        entry("solve", "Timed.", "when: {run: 1}"),
        entry("solve", "Urgent.", "priority: 50"),
        entry("solve", "Not now.", "priority: 90\nwhen: {run: 5}"),
    )
    assert reasons(playbooks) == ["Urgent.", "Timed.", "Because."]


def test_priority_also_orders_a_protocol() -> None:
    """Its most important rung that holds, wherever it stands."""
    files = with_extra(EXTRA + entry("listen", "Late.", "priority: 70"))
    files["extra.yaml"] = files["extra.yaml"].replace("causes: [booking]", "interrupt: {signal: churn, at_least: 0.5}")
    playbooks = parse(files)
    leaving = replace(BOOKING, alarms={"churn": 0.9})
    assert [item.reason for item in speaking(playbooks, leaving)] == ["Late."]


@pytest.mark.parametrize(("status", "speaks"), [("draft", False), ("active", True), ("retired", False)])
def test_only_an_active_playbook_speaks(status: str, speaks: bool) -> None:
    """A draft is checked with the others and stays silent; so does what is retired."""
    playbooks = made(top=f"status: {status}\n")
    assert bool(reasons(playbooks)) is speaks
    assert "extra" in {playbook.name for playbook in playbooks.all}


def test_a_draft_protocol_interrupts_nothing() -> None:
    """However strong its signal."""
    extra = EXTRA.replace(
        "causes: [booking]", "status: draft\npriority: 100\ninterrupt: {signal: churn, at_least: 0.1}"
    )
    assert all(protocol.name != "extra" for protocol in parse(with_extra(extra)).protocols)


def test_a_draft_may_be_written_for_a_cause_that_another_serves() -> None:
    """That is how the next version is tried."""
    extra = EXTRA.replace("[booking]", "[billing]")
    assert problems(extra)
    assert parse(with_extra(extra.replace("title:", "status: draft\ntitle:"))).by_cause["billing"].name == "billing"


def test_a_step_may_have_instructions_without_phrases() -> None:
    """To do and not to say: the house still brings the words."""
    playbooks = made("  - step: solve\n    reason: Look.\n    priority: 9\n    critical: true\n    does: [Open it.]\n")
    first, *others = speaking(playbooks)
    assert first.does == ("Open it.",)
    assert first.critical
    assert not any(first.phrases.values())
    assert any(other.phrases["warm"] for other in others)


@pytest.mark.parametrize(
    ("rest", "what"),
    [
        ("priority: 101", "priority is 101; allowed: 0 to 100"),
        ("priority: 1.5", "priority is 1.5; a whole number is meant"),
        ("critical: false", "critical can only be true"),
        ("does: []", "does has no instruction"),
        ("does: Look.", "does must be a list"),
        ("does: ['Look at {{order}}']", "an instruction has no slots and no braces"),
        (f"does: [{'x' * 201}]", "the instruction has 201 characters; at most 200"),
        ("when: {styles: [loud]}", "styles is 'loud'; allowed: assertive, reserved"),
        ("when: {waiting: 0}", "waiting is 0; allowed: 1 to 10080"),
        ("when: {waiting: 2.5}", "waiting is 2.5; a whole number is meant"),
        ("when: {channels: ['not one']}", "channels is 'not one'; allowed: small letters"),
        ("when: {channels: email}", "channels must be a list"),
        ("when: {locales: [german]}", "locales is 'german'; allowed: a language or locale, as de or de-AT"),
        ("when: {contacts: 1.5}", "contacts is 1.5; a whole number is meant"),
    ],
)
def test_a_mistake_in_an_entry_is_told(rest: str, what: str) -> None:
    """With its line and what is allowed."""
    found = problems(EXTRA + entry("own", "More.", rest))
    assert len(found) == 1
    assert found[0].startswith("extra.yaml:13: ")
    assert what in found[0]


@pytest.mark.parametrize(
    ("top", "what"),
    [
        ("status: live", "status is 'live'; allowed: draft, active, retired"),
        ("language: German", "language is 'German'; allowed: a code of two or three letters"),
        ("cases: none", "cases must be a list"),
    ],
)
def test_a_mistake_at_the_top_is_told(top: str, what: str) -> None:
    """With its line and what is allowed."""
    found = problems(EXTRA.replace("steps:", f"{top}\nsteps:"))
    assert len(found) == 1
    assert found[0].startswith("extra.yaml:4: ")
    assert what in found[0]


def test_the_house_is_always_active() -> None:
    """Nothing could be said without it."""
    files = with_extra()
    files["house/arc.yaml"] = files["house/arc.yaml"].replace("playbook: house", "playbook: house\nstatus: draft")
    with pytest.raises(PlaybookProblems, match="the house playbook is always active, not draft"):
        parse(files)


def test_the_house_has_words_for_every_step() -> None:
    """An instruction alone would leave the agent without a line."""
    files = with_extra()
    ending = files["house/ending.yaml"]
    dumb = "  - step: follow_up\n    reason: Later.\n    does: [Write it down.]\n\n"
    first, last = ending.index("  - step: follow_up\n"), ending.index("  - step: close\n")
    files["house/ending.yaml"] = ending[:first] + dumb + ending[last:]
    with pytest.raises(PlaybookProblems, match="the house playbook has no step 'follow_up'"):
        parse(files)


def test_the_shortest_step_has_something_to_say_or_to_do() -> None:
    """One of both."""
    assert problems(EXTRA + "  - step: own\n    reason: Nothing.\n") == ["extra.yaml:11: the step has no phrases"]


def test_conditions_are_read_in_small_letters() -> None:
    """As channels and locales are told in any case."""
    playbooks = made(
        entry("solve", "Here.", "when: {channels: [Email], locales: [de-AT], waiting: 5, styles: [reserved]}")
    )
    found = next(item for playbook in playbooks.all for item in playbook.entries if item.reason == "Here.")
    assert (found.when.channels, found.when.locales, found.when.waiting) == (("email",), ("de-at",), 5)
    assert found.step is Step.SOLVE
