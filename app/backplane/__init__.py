"""Carries what happened from the worker that folded it to every socket that watches. A hint: the store is the truth."""

from app.backplane.local import LocalBackplane
from app.backplane.protocol import Backplane, Change, Deliver, Listener, topic_of
from app.errors import Refused

__all__ = ["Backplane", "Change", "Deliver", "Listener", "LocalBackplane", "open_backplane", "topic_of"]


def open_backplane(url: str) -> Backplane:
    """The backplane of a URL. Raises `Refused` for one that is not built in, not installed or cannot be read."""
    scheme = url.split(":", 1)[0]
    if scheme == "local":
        return LocalBackplane()
    if scheme in {"redis", "rediss", "unix"}:
        try:
            from app.backplane.streams import RedisBackplane  # noqa: PLC0415 - loaded only when it is used
        except ModuleNotFoundError as error:
            if (error.name or "").partition(".")[0] != "redis":
                raise
            raise Refused(
                "invalid", f"backplane '{scheme}:' needs one more package: pip install 'steadyhand[redis]'"
            ) from None
        return RedisBackplane(url)
    raise Refused("invalid", f"backplane '{scheme}:' is not known; allowed: local:, redis:, rediss:, unix:")
