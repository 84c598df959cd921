"""What of the sidebar's view stands on a card."""

from typing import Any

import pytest

from app.chat_tools.glance import LONGEST, Glance, glance_of
from app.frames import state_wire
from app.live import Live, new_row
from app.wire import advice_wire
from tests.conftest import START, Talk


def glanced(talk: Talk, **more: Any) -> Glance:
    """The talk as it stands now."""
    advice = advice_wire(talk.engine.advise(talk.state))
    live = Live(state=talk.state, advice=advice)
    state = state_wire(live, new_row("default", "talk", "a", START), START)
    return glance_of({**state, "incident": None, "advice": advice, **more}, talk.state.evidence)


def test_the_number_the_word_and_why(talk: Talk) -> None:
    """With the customer's own words, the heaviest first, and phrases to say."""
    talk.customer("This is the third time I ask. Where is my refund? This is ridiculous!")
    seen = glanced(talk)
    assert seen.headline == f"Tension {round(talk.state.tension)}: {seen.band}, rising"
    assert 1 <= len(seen.why) <= 3
    assert all(
        words in "This is the third time I ask. Where is my refund? This is ridiculous!" for words, _ in seen.why
    )
    assert seen.because.startswith("Why: “")
    assert seen.next_step
    assert seen.next_line.startswith(f"Next: {seen.next_step}. ")
    assert seen.phrases == tuple(one.text for one in talk.state.suggestions[:3])


def test_no_words_are_quoted_twice(talk: Talk) -> None:
    """Several rules find the same ones, and parts of them."""
    talk.customer("Hello???")
    talk.customer("Hello??? This is the third time I ask! This is ridiculous!")
    words = [one for one, _ in glanced(talk).why]
    assert len(words) == 3
    assert not [one for one in words for other in words if one is not other and one in other]


def test_a_calm_chat_has_no_why(talk: Talk) -> None:
    """Nothing moved it, and nothing is said of that."""
    talk.customer("Hello")
    assert glanced(talk).because == ""


def test_a_threat_comes_with_its_alert_and_what_to_do(talk: Talk) -> None:
    """The severest alert is the first."""
    talk.customer("I will come to your office with a gun and shoot you.")
    seen = glanced(talk)
    assert "threat of harm" in seen.alerts[0]
    assert seen.todo


def test_the_line_of_a_known_incident_goes_first(talk: Talk) -> None:
    """It is what the team has agreed to say; three lines in all."""
    talk.customer("This is the third time I ask. Where is my refund?")
    seen = glanced(talk, incident={"line": "Payments are late today; yours is on its way."})
    assert seen.phrases[0] == "Payments are late today; yours is on its way."
    assert len(seen.phrases) <= 3


@pytest.mark.parametrize("length", [LONGEST, LONGEST + 1, 20_000])
def test_long_texts_end(talk: Talk, length: int) -> None:
    """No tool takes all of them."""
    talk.customer("Hello")
    assert len(glanced(talk, incident={"line": "x" * length}).phrases[0]) == LONGEST
