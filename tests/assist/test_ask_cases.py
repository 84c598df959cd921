"""Past cases: what a chat leaves behind, and what is told of many of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

import pytest

from assist.ask import Answer, Library
from assist.ask_cases import Case, case_of, lines_of
from assist.conversation.state import Conversation
from assist.engine import Engine
from assist.message import Message, Role
from assist.reading import Cause
from assist.record import Entry
from tests.conftest import START

ANGRY = (
    "Where is my order 48213? It was promised for Monday and nothing came! This is the THIRD time I'm asking!",
    "This is ridiculous! You are the worst company ever, I am furious!!",
)
CALMER = ("Okay, thank you. That helps a lot.", "Great, thanks, that's perfect. Thank you so much!")
ASKS = ("what worked last time?", "how was this solved before?")


def told(engine: Engine, ending: Sequence[str] = CALMER, name: str = "Maria") -> tuple[list[Entry], set[str]]:
    """A late parcel: anger, the first phrase of the sidebar after each message, the ending; with the keys sent."""
    state = Conversation("c", slots=MappingProxyType({"name": name}))
    entries: list[Entry] = []
    sent: set[str] = set()
    for text in (*ANGRY, *ending):
        for role in (Role.CUSTOMER, Role.AGENT):
            offer = next(iter(state.suggestions), None) if role is Role.AGENT else None
            said = offer.text if offer else text if role is Role.CUSTOMER else "Bye."
            seq = state.seq + 1
            heard = engine.hear(state, Message(f"secret{seq}", seq, role, said, START + timedelta(minutes=seq)))
            state = heard.conversation
            sent |= {offer.key} if offer else set()
            entries.append(_entry(heard.message, heard.reading, state))
    return entries, sent


def _entry(message: Message, reading, state: Conversation) -> Entry:
    return Entry(
        message,
        state.tension,
        reading.steps,
        state.cause.label,
        reading.facts,
        reading.acts,
        offered=tuple((item.rule, item.text) for item in state.suggestions),
        keys=tuple(item.key for item in state.suggestions),
    )


@pytest.fixture(scope="module")
def library(engine: Engine) -> Library:
    """The playbooks that ship, ready to be asked."""
    return Library(engine.playbooks)


@pytest.fixture(scope="module")
def late() -> Conversation:
    """A chat about a late parcel."""
    return Conversation("now", cause=Cause("delivery", 0.9))


def case(**given) -> Case:
    """A delivery that one line of the playbook has turned."""
    plain = Case("delivery", date(2026, 11, 1), frozenset(), frozenset(), ("listen", "solve"), 68.0, 12.0)
    return replace(plain, **given)


def line(engine: Engine, rule: str, tone: str = "warm") -> str:
    """The key of a line of a rule that stands in the set."""
    found = lines_of(engine.playbooks).items()
    return next(key for key, line in found if line.rule == rule and line.phrase.tone == tone and ".ask." not in key)


def only_cases(answers: Sequence[Answer]) -> list[Answer]:
    return [answer for answer in answers if answer.kind == "case"]


def test_a_chat_that_calmed_down_is_a_case(engine: Engine):
    """With its cause and numbers, and the line that stood before the largest fall; as a value it holds no words."""
    entries, sent = told(engine)
    found = case_of(entries)
    assert found is not None
    assert (found.cause, found.day) == ("delivery", START.date())
    assert found.peak == max(entry.tension for entry in entries) >= 50
    assert found.end < 25
    assert found.turned
    assert found.turned <= found.sent <= sent
    talk = list(zip(entries, entries[1:], entries[2:], strict=False))
    falls = {
        keys: before.tension - after.tension
        for before, agent, after in talk
        if agent.message.role is Role.AGENT
        for keys in before.keys
        if keys in found.sent
    }
    assert falls[next(iter(found.turned))] == max(falls.values())
    for secret in ("Maria", "48213", "secret", "ridiculous"):
        assert secret not in repr(found)


def test_a_chat_that_stayed_angry_counts_against_its_lines(engine: Engine):
    """What was sent in it is known, and that nothing of it worked; that the team has closed it changes nothing."""
    entries, _ = told(engine, ending=(ANGRY[1], ANGRY[1]))
    for resolved in (False, True):
        found = case_of(entries, resolved=resolved)
        assert found is not None
        assert found.end >= 50
        assert found.sent
        assert not found.turned


def test_a_friendly_chat_is_no_case(engine: Engine):
    """Nothing had to be calmed."""
    friendly = Message("m1", 1, Role.CUSTOMER, "Hello, what are your opening hours?", START)
    heard = engine.hear(Conversation("c"), friendly)
    assert case_of([_entry(heard.message, heard.reading, heard.conversation)]) is None
    assert case_of([]) is None


def test_what_the_agent_wrote_herself_is_not_told(engine: Engine):
    """Only lines of the playbooks are; her own words belong to the chat."""
    entries, _ = told(engine)
    own = [
        replace(entry, message=replace(entry.message, text="I phoned the depot myself and they found it."))
        if entry.message.role is Role.AGENT
        else entry
        for entry in entries
    ]
    found = case_of(own)
    assert found is not None
    assert found.sent == frozenset()


@pytest.mark.parametrize("question", ASKS)
def test_equal_cases_are_counted(engine: Engine, library: Library, late: Conversation, question: str):
    """How often a line worked of how often it was sent, the middle of the tensions, and that few chats are no proof."""
    key = line(engine, "delivery.own")
    good = case(sent=frozenset({key}), turned=frozenset({key}), mark="5 of 5")
    bad = case(sent=frozenset({key}), day=date(2026, 10, 30), end=70.0)
    first = library.answers(question, late, (), [good, good, good, bad])[0]
    text = lines_of(engine.playbooks)[key].phrase.text
    assert first.kind == "case"
    assert first.text.startswith("Worked in 3 of 4 tense chats about delivery of your team: «")
    assert first.text.endswith("» (delivery.own.warm), tension 68 to 12. Few chats, no proof.")
    assert (first.name, first.where, first.rule) == (
        "Past chats of your team",
        "4 chats since 2026-10-30",
        "delivery.own",
    )
    assert first.note == "Steps done: listen, solve. Rated 5 of 5, 5 of 5, 5 of 5."
    assert text.partition("{{")[0] in first.text
    many = only_cases(library.answers(question, late, (), [good] * 5))[0]
    assert "Few" not in many.text
    assert only_cases(library.answers(question, late, (), [bad] * 5)) == []


def test_slots_stay_open(engine: Engine, library: Library, late: Conversation):
    """What is known of this chat has nothing to do with what was said in those."""
    key, slotted = next((key, line) for key, line in lines_of(engine.playbooks).items() if "order" in line.phrase.slots)
    state = replace(late, facts=MappingProxyType({"order": "48213"}))
    found = case(sent=frozenset({key}), turned=frozenset({key}))
    answer = only_cases(library.answers(ASKS[0], state, (), [found]))[0]
    assert answer.missing == slotted.phrase.slots
    assert "[order]" in answer.text
    assert "48213" not in answer.text


@pytest.mark.parametrize(("amount", "there"), [("$40", True), ("$400", False)])
def test_a_promise_above_the_policy_is_not_told(engine: Engine, library: Library, amount: str, there: bool):
    """However well it worked for somebody else; neither is what this customer has turned down."""
    key = line(engine, "defect.solve.refund")
    cases = [case(cause="defect", sent=frozenset({key}), turned=frozenset({key}))]
    state = Conversation("now", cause=Cause("defect", 0.9), facts=MappingProxyType({"amount": amount}))
    for question in ("what can I offer?", *ASKS):
        assert bool(only_cases(library.answers(question, state, (), cases))) is there
        refused = replace(state, refused=frozenset({"defect.solve.refund"}))
        assert only_cases(library.answers(question, refused, (), cases)) == []


def test_a_line_that_is_no_longer_in_the_set_is_left_out(library: Library, late: Conversation):
    """Whoever took it out had a reason."""
    gone = frozenset({"delivery.own.warm.000000"})
    assert only_cases(library.answers(ASKS[0], late, (), [case(sent=gone, turned=gone)])) == []


def test_what_can_be_offered_comes_with_what_worked(engine: Engine, library: Library, late: Conversation):
    """Beside the playbooks' own answers, which still come first; other questions hear of no case."""
    keys = [key for key, line in lines_of(engine.playbooks).items() if line.rule == "delivery.solve"]
    cases = [case(sent=frozenset({key}), turned=frozenset({key})) for key in keys]
    answers = library.answers("what can I offer?", late, (), cases)
    assert answers[0].kind != "case"
    assert len(only_cases(answers)) == 1
    assert only_cases(library.answers("how do I apologize?", late, (), cases)) == []


@pytest.mark.parametrize(
    "question",
    [
        "Was hat letztes Mal geholfen, was hat funktioniert?",
        "Wie wurde das früher gelöst?",
        "¿Qué funcionó la última vez?",
        "¿Cómo se resolvió antes?",
        "Qu'est-ce qui a marché la dernière fois ?",
        "Comment cela a été résolu avant ?",
    ],
)
def test_other_languages_ask_too(engine: Engine, library: Library, late: Conversation, question: str):
    """In German, Spanish and French."""
    key = line(engine, "delivery.own")
    found = library.answers(question, late, (), [case(sent=frozenset({key}), turned=frozenset({key}))])
    assert found[0].kind == "case", found
