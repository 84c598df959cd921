"""Calls to a chat tool's own API, without I/O: a talk yields what it asks and is sent what was answered.

A talk is pure, so that it is tested by its questions and answers alone; `app.reach` holds it over HTTP.
"""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, TypeVar

from app.chat_tools.event import Event

T = TypeVar("T")
Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]


@dataclass(frozen=True, slots=True)
class Account:
    """Where a tool's API is and as whom we call it; `id` is the account's, where the tool counts several."""

    base: str  # as https://chat.example.com, without a slash at its end
    token: str = field(repr=False)
    id: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """One call. `body` is sent as JSON; None is no body."""

    method: Method
    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: Any = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What was answered with a status of 200 to 299. `body` is the JSON; None for none."""

    status: int
    body: Any = None


Talk = Generator[Ask, Reply, T]


@dataclass(frozen=True, slots=True)
class Api:
    """What a tool's API lets us do; None for what it does not. Conversations and agents by the tool's own ids.

    Each write may be made again after a crash: it leaves what is as it should be alone.
    """

    fetch: Callable[[Account, str], Talk[str | None]] | None = None  # the whole text of a message
    missed: Callable[[Account, datetime], Talk[list[Event]]] | None = None  # messages since then, of all conversations
    note: Callable[[Account, str, str], Talk[None]] | None = None  # a text that only the team sees
    label: Callable[[Account, str, str | None], Talk[None]] | None = None  # one of ours, or none of ours
    score: Callable[[Account, str, int], Talk[None]] | None = None  # the tension, 0..100
    assign: Callable[[Account, str, str], Talk[None]] | None = None  # to an agent
    priority: Callable[[Account, str], Talk[None]] | None = None  # urgent
    me: Callable[[Account], Talk[tuple[str, str]]] | None = None  # id and name of whose token it is
    problem: Callable[[Account], str | None] = lambda _: None  # what is wrong with an account, to be said to a person

    @property
    def writes(self) -> tuple[str, ...]:
        """What can be written, by the names that the command line has for it."""
        return tuple(name for name in WRITES if getattr(self, name) is not None)


WRITES = ("note", "label", "score", "assign", "priority")
LABELS = {"tense": "steadyhand-tense", "critical": "steadyhand-critical"}  # by band; no others are touched
SCORE = "tension_score"  # the name of the attribute
NONE = Api()
