"""What a browser or a chat tool may say on a socket: text in, one valid frame out. No socket, no clock here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field

from app.auth import Principal
from app.errors import Refused
from app.jsontext import is_text, loads, parse, valid
from app.models import ActionIn, FeedbackIn, Id, Incoming, MessageIn, QuestionIn, RewriteIn, TypingIn

MAX_SUBSCRIPTIONS = 128  # on one socket
MAX_FRAMES = 300  # that a browser may send in a second, far above what a person with 128 tabs brings about

# Close codes: 4000-4499 come again, 4500-4999 final; 1012 is the registered one for a server that comes again itself.
SHUTTING_DOWN = 1012
SLOW, NO_PONG, TOO_MANY, NO_HELLO = 4008, 4010, 4029, 4401
BAD_FIRST_FRAME, BAD_TOKEN, WRONG_ROLE = 4500, 4501, 4503


@dataclass(frozen=True, slots=True)
class Pulse:
    """How long a socket may stay silent or take in nothing, in seconds."""

    hello_within: float = 10.0
    ping_every: float = 25.0
    pong_within: float = 8.0
    send_within: float = 10.0  # one frame


PULSE = Pulse()


class Frame(Incoming):
    """What every frame has; `ref` comes back with its answer."""

    ref: str | int | None = None


class BoardPosition(Incoming):
    """Where a browser's board was."""

    epoch: str
    seq: Annotated[int, Field(ge=0)]


class Hello(Frame):
    """The first frame; a supervisor's page that had the board before says where it was."""

    token: Annotated[str, Field(max_length=8_192)]
    board: BoardPosition | None = None


class Pong(Frame):
    """The answer to our ping."""


class Ping(Frame):
    """A browser's own question whether we are there."""


class Position(Incoming):
    """Where a browser was."""

    epoch: str
    offset: Annotated[int, Field(ge=0)]


class Subscribe(Frame):
    """Watch a conversation, from a position where there is one."""

    conversation: Id
    resume: Position | None = None


class Unsubscribe(Frame):
    """Watch no longer."""

    conversation: Id


class MessageFrame(MessageIn, Frame):
    """A message."""

    conversation: Id


class EditFrame(Frame):
    """A new text for a message."""

    conversation: Id
    id: Id
    text: str


class DeleteFrame(Frame):
    """A message taken back."""

    conversation: Id
    id: Id


class DraftFrame(Frame):
    """What the agent is about to send, for review."""

    conversation: Id
    text: str


class RewriteFrame(RewriteIn, Frame):
    """The agent's own text, to be put in another manner."""

    conversation: Id


class AskFrame(QuestionIn, Frame):
    """A question to the playbooks and the transcript."""

    conversation: Id


class ExplainFrame(Frame):
    """Why the tension is what it is after a message."""

    conversation: Id
    message: Id


class TypingFrame(Frame):
    """Somebody types; on an agent's own socket it is the agent unless said otherwise."""

    conversation: Id
    role: Literal["customer", "agent"] = "agent"
    on: bool


class FeedbackFrame(FeedbackIn, Frame):
    """What the agent did with a suggestion."""

    conversation: Id


class ActionFrame(ActionIn, Frame):
    """Something that a person does to a conversation."""

    conversation: Id


class IngestTyping(TypingIn, Frame):
    """Somebody types, as a chat tool tells it."""

    conversation: Id


COMMON: dict[str, type[Frame]] = {"pong": Pong, "ping": Ping}
WATCHING: dict[str, type[Frame]] = {
    **COMMON,
    "subscribe": Subscribe,
    "unsubscribe": Unsubscribe,
    "explain": ExplainFrame,
    "action": ActionFrame,
}
FRAMES: dict[str, dict[str, type[Frame]]] = {
    "agent": {
        **WATCHING,
        "message": MessageFrame,
        "draft": DraftFrame,
        "rewrite": RewriteFrame,
        "ask": AskFrame,
        "typing": TypingFrame,
        "feedback": FeedbackFrame,
    },
    "supervisor": WATCHING,
    "ingest": {**COMMON, "message": MessageFrame, "edit": EditFrame, "delete": DeleteFrame, "typing": IngestTyping},
}
ALL_TYPES = frozenset(name for door in FRAMES.values() for name in door)
DOOR_ROLES = {
    "agent": ("agent", "admin"),
    "supervisor": ("supervisor", "admin"),
    "ingest": ("ingest", "admin"),
}


class Protocol:
    """One socket's side of the talk: first a hello, then the frames of its door."""

    def __init__(self, door: str, verify: Callable[[str], Principal]) -> None:
        self.door = door
        self._verify = verify
        self.who: Principal | None = None
        self.board: BoardPosition | None = None

    def hello(self, text: str) -> Principal:
        """The bearer of the first frame's token. Raises `Refused` (`unauthorized`, `forbidden`, `bad_json`, …)."""
        value = loads(text)
        if value.get("type") != "hello":
            raise Refused("unauthorized", "the first frame must be a hello with a token")
        if not value.get("token"):
            raise Refused("unauthorized", "a token is needed")
        said = valid(Hello, value)
        who = self._verify(said.token)
        if who.role not in DOOR_ROLES[self.door]:
            raise Refused("forbidden", f"this socket is for {' or '.join(DOOR_ROLES[self.door])}, not for {who.role}")
        self.who, self.board = who, said.board
        return who

    def receive(self, text: str) -> Frame:
        """The next frame. Raises `Refused`; `ref_of` tells which frame an error answers."""
        value = loads(text)
        name = value.get("type")
        frames = FRAMES[self.door]
        model = frames.get(name) if isinstance(name, str) else None
        if model is None:
            if isinstance(name, str) and name in ALL_TYPES:
                raise Refused("forbidden", f"a frame of type '{name}' is not for this socket")
            raise Refused("unknown_type", f"there is no such type of frame; allowed: {', '.join(frames)}")
        return valid(model, value)


def ref_of(text: str) -> dict[str, Any]:
    """What tells the sender which frame an error is about: its `ref`, conversation and id, where they can be read."""
    try:
        value = parse(text)
    except Refused:
        return {}
    return {key: value[key] for key in ("ref", "conversation", "id") if _goes_back(value.get(key))}


def _goes_back(value: Any) -> bool:
    return isinstance(value, int) or (isinstance(value, str) and is_text(value))
