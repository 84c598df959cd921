"""The fold: what is remembered of a conversation, and what an outburst, a refusal or an answer changes."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from assist.conversation.fold import VENTING, evidence, fold
from assist.conversation.state import KEPT_LEVELS, KEPT_SAID, Conversation
from assist.conversation.tension import FLOORS, TABLE, points, sure
from assist.message import Message, Role, Step
from assist.reading import SIGNALS, Cause, Cue, Fact, Reading
from tests.conftest import START


def message(seq: int, role: Role = Role.CUSTOMER, text: str = "where is it", seconds: float | None = None) -> Message:
    """A message one minute after the one before, unless said otherwise."""
    return Message(f"m{seq}", seq, role, text, START + timedelta(seconds=60 * seq if seconds is None else seconds))


def hot(**signals: float) -> Reading:
    """A customer's reading with these signals or acts."""
    mine = {name: value for name, value in signals.items() if name in SIGNALS}
    acts = {name: value for name, value in signals.items() if name not in SIGNALS}
    return Reading(signals={**Reading().signals, **mine}, acts=acts)


def test_an_answer_ends_the_waiting() -> None:
    """They wait from their first unanswered message on."""
    state = fold(Conversation("c"), message(1), hot())
    state = fold(state, message(2), hot())
    assert state.waiting_since == message(1).at
    assert state.run == 2
    state = fold(state, message(3, Role.AGENT), Reading())
    assert state.waiting_since is None
    assert state.run == 0


def test_notes_and_system_messages_move_nothing_but_seq() -> None:
    """A private rant is not the customer's anger."""
    before = fold(Conversation("c"), message(1), hot(anger=0.5))
    for role in (Role.NOTE, Role.SYSTEM):
        assert fold(before, message(2, role), hot(anger=1.0)) == replace(before, seq=2)


def test_messages_in_quick_succession_are_venting() -> None:
    """Only of a customer who is not calm, and only until they pause."""
    first = fold(Conversation("c"), message(1, seconds=0), hot(anger=1.0))
    assert not first.venting
    assert fold(first, message(2, seconds=VENTING), hot()).venting
    assert not fold(first, message(2, seconds=VENTING + 1), hot()).venting


def test_a_refusal_opens_the_solving_again() -> None:
    """Only what has been offered can be turned down."""
    offered = fold(Conversation("c"), message(1, Role.AGENT), Reading(steps={Step.SOLVE: 0.9}))
    refused = fold(offered, message(2), hot(refusal=0.9))
    assert Step.SOLVE in offered.steps
    assert Step.SOLVE not in refused.steps
    assert refused.refusals == 1
    assert fold(Conversation("c"), message(1), hot(refusal=0.9)).refusals == 0


def test_abuse_is_counted_and_asks_for_a_limit_anew() -> None:
    """Naming it once does not settle the next insult."""
    state = fold(Conversation("c"), message(1), hot(abuse=0.9))
    state = fold(state, message(2, Role.AGENT), Reading(steps={Step.BOUNDARY: 0.9}))
    assert Step.BOUNDARY in state.steps
    state = fold(state, message(3), hot(abuse=0.9))
    assert Step.BOUNDARY not in state.steps
    assert state.insults == 2


def test_a_step_counts_as_done_from_one_half_on() -> None:
    """And says which message did it."""
    state = fold(Conversation("c"), message(4, Role.AGENT), Reading(steps={Step.OWN: 0.5, Step.SOLVE: 0.49}))
    assert state.steps[Step.OWN].message == "m4"
    assert Step.SOLVE not in state.steps


def test_the_cause_is_what_most_votes_speak_for_and_old_votes_fade() -> None:
    """A chat that turns from delivery to billing changes its cause."""
    state = Conversation("c")
    for seq in (1, 2):
        state = fold(state, message(seq), Reading(cause=Cause("delivery", 0.8)))
    assert state.cause.label == "delivery"
    for seq in (3, 4, 5):
        state = fold(state, message(seq), Reading(cause=Cause("billing", 0.9)))
    assert state.cause.label == "billing"


def test_how_they_were_treated_does_not_hide_the_matter() -> None:
    """ "Nobody cares" about a late parcel is about the parcel, until they go on about it."""
    named = Reading(cause=Cause("service", 0.75), cues=(Cue(0, 5, "cause", "complains of us", 0.4),))
    state = fold(Conversation("c"), message(1), Reading(cause=Cause("delivery", 0.6)))
    state = fold(state, message(2), named)
    assert state.cause.label == "delivery"
    for seq in (3, 4):
        state = fold(state, message(seq), named)
    assert state.cause.label == "service"


def test_a_cause_that_no_word_names_hardly_speaks_against_one_that_is_known() -> None:
    """ "How long will that take" sounds like a delivery to a scorer; it is about what has been told before."""
    state = fold(Conversation("c"), message(1), Reading(cause=Cause("billing", 0.7)))
    for seq in (2, 3):
        state = fold(state, message(seq), Reading(cause=Cause("delivery", 0.88)))
    assert state.cause.label == "billing"


def test_an_alarm_stays_until_somebody_is_brought_in() -> None:
    """One kind word does not make it safe: the tension stays up and the protocol's steps stay open."""
    listened = fold(Conversation("c"), message(1, Role.AGENT), Reading(steps={Step.LISTEN: 0.9}))
    state = fold(listened, message(2), hot(distress=0.9))
    assert Step.LISTEN not in state.steps
    state = fold(state, message(3), hot(gratitude=0.9, remorse=0.9))
    assert state.alarms == {"distress": 0.9}
    assert state.tension >= FLOORS["distress"]
    called = fold(state, message(4, Role.AGENT), Reading(steps={Step.ESCALATE: 0.9}))
    assert fold(called, message(5), hot(gratitude=0.9)).tension < FLOORS["distress"]


def test_a_threat_that_is_taken_back_is_over_once_somebody_was_called() -> None:
    """Not before: the supervisor hears of it in any case."""
    state = fold(Conversation("c"), message(1), hot(threat=0.9))
    assert "threat" in fold(state, message(2), hot(remorse=0.9)).alarms
    called = fold(state, message(2, Role.AGENT), Reading(steps={Step.ESCALATE: 0.9}))
    assert "threat" not in fold(called, message(3), hot(remorse=0.9)).alarms


def test_impatience_and_an_outburst_open_the_solving_again() -> None:
    """A solution that left them so is none."""
    solved = fold(Conversation("c"), message(1, Role.AGENT), Reading(steps={Step.SOLVE: 0.9}))
    assert Step.SOLVE in fold(solved, message(2), hot()).steps
    assert Step.SOLVE not in fold(solved, message(2), hot(impatience=0.9)).steps
    assert Step.SOLVE not in fold(solved, message(2), hot(anger=1.0)).steps


def test_facts_are_kept_and_the_newest_wins() -> None:
    """A corrected order number replaces the wrong one."""
    state = fold(
        Conversation("c"), message(1), Reading(facts=(Fact("order", "111", 0, 3), Fact("contact", "third", 4, 9)))
    )
    state = fold(state, message(2), Reading(facts=(Fact("order", "222", 0, 3),)))
    assert state.facts == {"order": "222", "contact": "third"}
    assert state.contacts == 3


def test_the_points_of_a_kind_are_shared_among_its_words() -> None:
    """Evidence adds up to the points that its signal brought."""
    cues = (Cue(0, 5, "anger", "a", 0.6), Cue(6, 8, "anger", "b", 0.3), Cue(0, 5, "cause", "c", 0.9))
    read = replace(hot(anger=0.9), cues=cues)
    found = evidence(message(1), read, points(read))
    assert [item.text for item in found] == ["where", "is", "where"]
    assert round(sum(item.points for item in found), 1) == round(TABLE.heat["anger"] * sure(hot(anger=0.9), "anger"), 1)


@given(
    st.lists(
        st.tuples(st.sampled_from(list(Role)), st.text("abc é!?🙂\u200b", min_size=1).filter(str.strip)), max_size=40
    )
)
def test_the_state_is_bounded_however_long_the_chat(lines: list[tuple[Role, str]]) -> None:
    """So that message 1,000 costs what message 10 costs."""
    state = Conversation("c")
    for seq, (role, text) in enumerate(lines, 1):
        state = fold(state, message(seq, role, text.replace("\x00", " ")), hot(anger=0.2))
    assert len(state.levels) <= KEPT_LEVELS
    assert len(state.said) <= KEPT_SAID
    assert state.seq == len(lines)


def test_asking_is_listening_while_the_cause_is_unclear() -> None:
    """Once it is known, a question alone is not."""
    asked = Reading(acts={"question": 0.9})
    assert Step.LISTEN in fold(Conversation("c"), message(1, Role.AGENT), asked).steps
    known = fold(Conversation("c"), message(1), Reading(cause=Cause("billing", 0.9)))
    assert Step.LISTEN not in fold(known, message(2, Role.AGENT), asked).steps


def test_the_forecast_rings_once_until_it_has_fallen() -> None:
    """An alert that stands is answered; the same trouble is not news again, a new one is."""
    quarrel, calm = hot(anger=1.0, abuse=0.9, strife=0.95, derail=0.95), hot(gratitude=0.9, strife=0.01, derail=0.02)
    kind = Reading(acts={"strife": 0.01, "derail": 0.02}, steps={Step.SOLVE: 1.0}, politeness=0.9)
    state, rang = Conversation("c"), []
    for seq in range(1, 31):
        reading = quarrel if seq < 9 or seq > 24 else calm
        if seq % 2:
            before, state = state, fold(state, message(seq), reading)
            rang += [seq] if state.ringing and not before.ringing else []
            assert not state.ringing or state.warned
        else:
            state = fold(state, message(seq, Role.AGENT), quarrel if reading is quarrel else kind)
            assert not state.ringing
    assert len(rang) == 2
    assert rang[0] < 9
    assert rang[1] > 24
