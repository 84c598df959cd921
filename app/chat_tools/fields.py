"""Reads fields out of what a sender may have written anyhow: whatever is not of the shape meant counts as not there."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

Json = dict[str, Any]
SECONDS = 10**11  # a larger number of seconds since 1970 is milliseconds
MILLISECONDS = 10**14  # and a larger one of those is nanoseconds


def json_of(raw: bytes) -> Json:
    """The JSON object in a body; an empty one where it is none."""
    try:
        value = json.loads(raw.decode())
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def form_of(raw: bytes) -> Json:
    """The fields of a form; of several with one name the first."""
    try:
        pairs = parse_qsl(raw.decode(), keep_blank_values=True, max_num_fields=1_000)
    except ValueError:
        return {}
    return dict(reversed(pairs))


def at(value: Any, *path: str | int) -> Any:
    """What stands at a path of keys and places, or None."""
    for step in path:
        if isinstance(step, str) and isinstance(value, dict):
            value = value.get(step)
        elif isinstance(step, int) and isinstance(value, list) and -len(value) <= step < len(value):
            value = value[step]
        else:
            return None
    return value


def text(value: Any, *path: str | int) -> str | None:
    """A text, with half surrogate pairs made whole or replaced: no encoding takes them."""
    found = at(value, *path)
    if not isinstance(found, str):
        return None
    return found.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def ident(value: Any, *path: str | int) -> str | None:
    """An id: a text or a whole number that says something."""
    found = at(value, *path)
    if isinstance(found, int) and not isinstance(found, bool) and abs(found) < 10**30:
        return str(found)
    return text(found) or None


def items(value: Any, *path: str | int) -> list[Any]:
    """A list; empty where there is none."""
    found = at(value, *path)
    return found if isinstance(found, list) else []


def moment(value: Any, *path: str | int) -> datetime | None:
    """A time in UTC: ISO 8601 with any number of digits after the second, or a number since 1970.

    A number of the size of milliseconds or nanoseconds is taken for one. A time without a zone is in UTC.
    """
    found = at(value, *path)
    try:
        if isinstance(found, str) and not _is_number(found):
            parsed = datetime.fromisoformat(_six_digits(found))
            return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)
        if isinstance(found, bool) or not isinstance(found, str | int | float):
            return None
        seconds = float(found)
        scale = 1 if abs(seconds) < SECONDS else 1_000 if abs(seconds) < MILLISECONDS else 10**9
        return datetime.fromtimestamp(seconds / scale, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def names(found: Iterable[Any]) -> tuple[str, ...]:
    """Those of them that are a text."""
    return tuple(name for name in map(text, found) if name)


def _is_number(value: str) -> bool:
    return value.replace(".", "", 1).isdecimal()


def _six_digits(value: str) -> str:
    """Fractions of a second cut to microseconds: Python takes no more, and some tools send nanoseconds."""
    head, dot, rest = value.partition(".")
    if not dot:
        return value
    digits = len(rest) - len(rest.lstrip("0123456789"))
    return f"{head}.{rest[: min(digits, 6)].ljust(6, '0')}{rest[digits:]}"
