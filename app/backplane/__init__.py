"""Carries what happened from the worker that folded it to every socket that watches. A hint: the store is the truth."""

from app.backplane.local import LocalBackplane
from app.backplane.protocol import Backplane, Change, Deliver, Listener
from app.errors import Refused

__all__ = ["Backplane", "Change", "Deliver", "Listener", "LocalBackplane", "open_backplane"]


def open_backplane(url: str) -> Backplane:
    """The backplane of a URL. Raises `Refused` for one that is not built in."""
    if url.startswith("local:"):
        return LocalBackplane()
    raise Refused("invalid", f"backplane '{url.split(':', 1)[0]}:' is not known; allowed: local:")
