"""Drafts as the tests of the coach look at them."""

from assist.coach import Moment, review
from assist.conversation.state import Conversation
from assist.reading import Language, Reading

ENGLISH = Reading(language=Language("en", 0.9))


def kinds(draft):
    return {remark.kind for remark in review(draft)}


def taken(draft, kind):
    """The draft with the better wording of its first remark of a kind."""
    remark = next(remark for remark in review(draft) if remark.kind == kind)
    return draft[: remark.start] + remark.better + draft[remark.end :]


def moment(*asked, reading=ENGLISH, **state):
    """A chat in English with these texts unanswered."""
    return Moment(Conversation("c", **{"run": 1, "settled": True, **state}), reading, asked)


def seen(draft, about):
    """The kinds of remarks on a draft for a chat."""
    return {remark.kind for remark in review(draft, moment=about)}
