"""Where a supervisor who steps in changes most: how soon a chat gets bad, and what stepping in can still change.

The priority of a tile is risk x soon x change x waiting. Risk is the forecast's, fitted and measured; the other factors
are a judgement. Nobody has recorded chats in which a supervisor stepped in beside like ones in which nobody did, so
there is nothing to fit them on: the table says what they are made of, and the tile shows the words of each row that
counted, so that a supervisor can disagree.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, inf

from assist.conversation.state import Conversation
from assist.conversation.tension import band
from assist.message import Step

CRITICAL = 75.0  # points of tension from which a chat is critical
WINDOW = 3  # of the customer's messages that the pace is read from, as the trend is
PACE = 6.0  # messages until critical at which `soon` is a half
RESTING = 0.3  # `soon` of a chat that is calm and steady, or falls: it can turn at any message, as any chat can
STANDING = 0.4  # what a steady tension just below critical adds: one bad message is enough
CALM = 25.0  # points of tension below which a steady chat is calm
DONE = 0.5  # probability from which something counts as said, as elsewhere
TURNED_DOWN = 2  # solutions; the first can still be an unlucky guess
USUAL = (Step.EMPATHIZE, Step.APOLOGIZE, Step.OWN, Step.SOLVE)  # what an agent can do without anybody's leave

UNKNOWN = 0.5  # `change` where no row holds: a look may help, or may not

Row = tuple[str, float]  # the words for why, and what the row multiplies `change` by


@dataclass(frozen=True, slots=True)
class Benefit:
    """`soon` and `change` 0..1, and the words for why they are what they are."""

    soon: float
    change: float
    because: tuple[str, ...]


def asks_above(acts: Mapping[str, float]) -> bool:
    """Whether a message of the customer, by its acts, asks for somebody above."""
    return acts.get("supervisor", 0.0) >= DONE


def still_asks(before: bool, state: Conversation) -> bool:
    """Whether they have asked for somebody above and nobody has been brought in: a wish outlasts its message."""
    return (before or asks_above(state.heard.acts)) and Step.ESCALATE not in state.steps


def _turned_down(state: Conversation) -> bool:
    return state.refusals >= TURNED_DOWN


def _exhausted(state: Conversation) -> bool:
    return band(state.tension) in ("tense", "critical") and all(step in state.steps for step in USUAL)


def _has_steps(state: Conversation) -> bool:
    return state.next_step in (Step.LISTEN, *USUAL) and not _turned_down(state)


def _cools(state: Conversation) -> bool:
    return state.trend == "falling" and not state.alarms


# What the words of the chat tell, each row with why it weighs what it weighs. Above 1: a supervisor has what the agent
# lacks, be it the say, the leeway or a fresh face. Below 1: it goes on well without her.
TABLE: tuple[tuple[Callable[[Conversation], bool], Row], ...] = (
    # The playbook has come to its end by itself and says who is to act next.
    (lambda s: s.next_step is Step.ESCALATE, ("the next step is to escalate", 1.6)),
    # What the agent may offer did not fit; somebody above may offer more.
    (_turned_down, ("several offers turned down", 1.5)),
    # Nothing usual is left to try, and it did not help.
    (_exhausted, ("the agent has done the usual steps and it is still tense", 1.4)),
    # The agent can set it alone, but does it more firmly with somebody behind her, and an ending needs a second person.
    (lambda s: s.next_step is Step.BOUNDARY, ("the next step is a boundary", 1.3)),
    # It gets better as it is.
    (_cools, ("cools down by itself", 0.5)),
)

# They name the very thing that only she can give; hardly anything else ends it.
ASKED: Row = ("asks for somebody above", 1.8)
# The agent has a good next move: stepping in now takes it from her. Not where they have asked for somebody else.
STEPS_LEFT: Row = ("the agent has steps left", 0.7)

# What only the board knows: who has the chat, and what people have put on it.
NOBODY: Row = ("nobody has it", 1.7)  # there is no agent whom one would disturb
ENDING: Row = ("an ending waits for a second person", 2.0)  # nobody else can agree
CLAIMED: Row = ("claimed by {name}", 0.3)  # somebody looks after it: two do not help more than one
RESOLVED: Row = ("resolved", 0.0)  # it is over


def benefit(state: Conversation, *, asked: bool) -> Benefit:
    """What stepping into a conversation can change and how soon it has to be, from its words alone.

    `asked` is what `still_asks` says of it.
    """
    soon, why = _soon(state)
    held = [row for test, row in TABLE if test(state)]
    if asked:
        held.insert(0, ASKED)
    elif _has_steps(state):
        held.append(STEPS_LEFT)
    return Benefit(round(soon, 3), changed(UNKNOWN, held), (*why, *(words for words, _ in held)))


def changed(change: float, rows: Iterable[Row]) -> float:
    """`change` 0..1 after further rows, to three digits."""
    for _, factor in rows:
        change *= factor
    return round(min(1.0, change), 3)


def _soon(state: Conversation) -> tuple[float, Sequence[str]]:
    """1 where it is bad already, else by how many messages are left at the pace of the last few."""
    if state.alarms:
        return 1.0, [f"a safety signal: {name}" for name in sorted(state.alarms)]
    if state.tension >= CRITICAL:
        return 1.0, ["critical now"]
    pace = _pace(state.levels)
    if state.trend == "falling" or pace < 0:
        return RESTING, []
    standing = RESTING + STANDING * max(0.0, state.tension - CALM) / (CRITICAL - CALM)
    left = (CRITICAL - state.tension) / pace if pace else inf
    coming = PACE / (PACE + left)
    if coming <= standing:
        return standing, []
    return coming, ["critical with the next message" if left <= 1 else f"critical in about {ceil(left)} messages"]


def _pace(levels: Sequence[float]) -> float:
    """Points of tension a message of the customer, over the last few."""
    last = levels[-WINDOW:]
    return (last[-1] - last[0]) / (len(last) - 1) if len(last) > 1 else 0.0
