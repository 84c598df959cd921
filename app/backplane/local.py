"""The backplane of a worker that is alone, and the part of every other one that serves its own process."""

from collections import defaultdict
from collections.abc import Callable

from app.backplane.protocol import Change, Deliver, Listener


class LocalBackplane:
    """All watchers are in this process."""

    shared = False
    up = True

    def __init__(self) -> None:
        self._watchers: dict[str, dict[object, Deliver]] = defaultdict(dict)

    def publish(self, topic: str, offset: int, text: str, change: Change | None = None) -> None:  # noqa: ARG002
        """Call every watcher of the topic; nobody else is there to hear of the change."""
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

    async def start(self, listener: Listener) -> None:
        """Nothing to reach."""

    async def close(self) -> None:
        """Nothing to let go of."""
