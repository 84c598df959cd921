"""Silence: the team has spoken and the customer does not answer. The fold has no clock, so a silence is told to it.

Whoever has a clock tells it as an event of its own, which is recorded like a message: the same log folds to the same
state.
"""

from collections.abc import Sequence
from dataclasses import replace

from assist.conversation.state import Conversation
from assist.message import Step

TAKING_LEAVE = ("gratitude", "farewell", "reassured")


def awaited(state: Conversation) -> bool:
    """Whether an answer of the customer is to be expected.

    Not before they have written, nor once they have taken leave of a chat that was closed; and while somebody may be in
    danger a silence is nothing to be met with a friendly line.
    """
    said_bye = state.rated or any(state.heard.signal(name) >= 0.5 for name in TAKING_LEAVE)
    left = Step.CLOSE in state.steps and said_bye
    return bool(state.said) and state.run == 0 and not state.alarms and not left


def next_after(state: Conversation, quiet_after: Sequence[int]) -> int | None:
    """Minutes without an answer after which the next silence is told; None where none is to be told."""
    if not awaited(state) or state.silences >= len(quiet_after):
        return None
    return quiet_after[state.silences]


def wait(state: Conversation, minutes: int) -> Conversation:
    """The conversation after so many minutes without an answer.

    It stays as it is where no answer is to be expected: an edit may have changed who spoke last before it.
    """
    if not awaited(state):
        return state
    return replace(state, silent=minutes, silences=state.silences + 1)
