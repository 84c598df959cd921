"""How fast somebody may go: so many in any second that begins with one of them."""


class Pace:
    """Counts within a second. The clock is the caller's."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._began = float("-inf")
        self._count = 0

    def keeps(self, now: float) -> bool:
        """Whether one more, at this moment in seconds, is still within the pace."""
        if now - self._began >= 1:
            self._began, self._count = now, 0
        self._count += 1
        return self._count <= self._most
