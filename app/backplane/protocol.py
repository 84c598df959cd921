"""What a backplane promises, and what it tells the worker that it carries for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from app.store.rows import Notice

# Gets the offset of an event in its conversation (0 for what has none) and the frame as text. Must not block.
Deliver = Callable[[int, str], None]


@dataclass(frozen=True, slots=True)
class Change:
    """A conversation that one worker changed, for the others' boards; never shown to anybody as it is."""

    notice: Notice
    row: dict[str, Any]  # its row as JSON values, times in ISO 8601; empty: look it up in the store


def topic_of(notice: Notice) -> str:
    """Where a conversation's frames are published: the topic that goes with its changes.

    The length says where the tenant ends, as both names may hold a colon: no two conversations share a topic.
    """
    return f"c:{len(notice.tenant)}:{notice.tenant}:{notice.conversation}"


class Listener(Protocol):
    """The worker's side of a shared backplane. Called on the event loop; none of the calls may block or raise."""

    def heard(self, change: Change) -> None:
        """Another worker changed a conversation. May come twice, and after a newer one."""
        ...

    def missed(self) -> None:
        """Something of the others may have been lost: compare what is at hand with the store."""
        ...

    def sent(self, notices: Sequence[Notice]) -> None:
        """These stand where every worker finds them: they may be struck from the store's outbox."""
        ...

    def turned(self, up: bool) -> None:
        """The backplane went away (False), or is back (True). It is taken to be up until it says that it is not."""
        ...


class Backplane(Protocol):
    """Publish and subscribe by topic. A hint: at most once, in the order of publication of each worker.

    Who watches in the process that publishes is served at once, without any network, whether or not the others hear.
    """

    @property
    def shared(self) -> bool:
        """Whether other workers publish, too."""
        ...

    @property
    def up(self) -> bool:
        """Whether what is published reaches the other workers at present."""
        ...

    def publish(self, topic: str, offset: int, text: str, change: Change | None = None) -> None:
        """Hand a frame to all who watch a topic now, here and elsewhere, and the change to the other workers' ears.

        Text '' says with offset 0 that watchers are to look again at what was told and at their rights, with another
        one that something up to this offset is there to be fetched. A change goes with its conversation's own topic.
        Never blocks, never raises.
        """
        ...

    def subscribe(self, topic: str, deliver: Deliver) -> Callable[[], None]:
        """Watch a topic; the answer ends it, and may be called twice."""
        ...

    async def start(self, listener: Listener) -> None:
        """Begin to carry. Returns whether or not the others can be reached: see `Listener.turned`."""
        ...

    async def close(self) -> None:
        """Send what still waits, within a second, and let go. A second call is harmless."""
        ...
