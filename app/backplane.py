"""Carries what happened from the worker that folded it to every socket that watches. A hint: the store is the truth."""

from collections import defaultdict
from collections.abc import Callable
from typing import Protocol

from app.errors import Refused

# Gets the offset of an event in its conversation (0 for what has none) and the frame as text. Must not block.
Deliver = Callable[[int, str], None]


class Backplane(Protocol):
    """Publish and subscribe by topic; delivery at most once, in order of publication."""

    def publish(self, topic: str, offset: int, text: str) -> None:
        """Hand a frame to all who watch a topic now."""
        ...

    def subscribe(self, topic: str, deliver: Deliver) -> Callable[[], None]:
        """Watch a topic; the answer ends it, and may be called twice."""
        ...


class LocalBackplane:
    """All watchers are in this process."""

    def __init__(self) -> None:
        self._watchers: dict[str, dict[object, Deliver]] = defaultdict(dict)

    def publish(self, topic: str, offset: int, text: str) -> None:
        """Call every watcher of the topic."""
        for deliver in tuple(self._watchers.get(topic, {}).values()):
            deliver(offset, text)

    def subscribe(self, topic: str, deliver: Deliver) -> Callable[[], None]:
        """Watch a topic; the answer ends it."""
        ticket = object()
        self._watchers[topic][ticket] = deliver

        def end() -> None:
            watchers = self._watchers.get(topic)
            if watchers is not None:
                watchers.pop(ticket, None)
                if not watchers:
                    del self._watchers[topic]

        return end


def open_backplane(url: str) -> Backplane:
    """The backplane of a URL. Raises `Refused` for one that is not built in."""
    if url.startswith("local:"):
        return LocalBackplane()
    raise Refused("invalid", f"backplane '{url.split(':', 1)[0]}:' is not known; allowed: local:")
