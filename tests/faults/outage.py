"""What clients are told of a database or backplane that does not answer."""

from tests.faults.crowd import Crowd


def told_of(crowd: Crowd, begun: float, which: str) -> tuple[float, float]:
    """The share of clients that were told since then that it is away, and the seconds until the last of them was."""
    late = [
        min((at - begun for at, frame in client.services if at >= begun and frame[which] is False), default=None)
        for client in crowd.clients
    ]
    told = [seconds for seconds in late if seconds is not None]
    return len(told) / len(late), max(told, default=float("inf"))
