"""The databases' errors as the store's; what is neither a conflict nor an outage is a mistake of ours and stays."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError, DBAPIError, IntegrityError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from app.store.rows import Conflict, Unavailable

# The first two characters of a SQLSTATE (PostgreSQL, appendix A): the server, its machine or its operator is in the
# way, not what we asked for.
OUTAGES = {
    "08": "connection",
    "25": "a server that only reads, a transaction that was ended for idling",
    "28": "not let in",
    "3D": "no such database",
    "40": "rolled back because of others",
    "53": "no disk, memory or connection left",
    "55": "a lock that others keep",
    "57": "shut down, starting up, cancelled after a timeout",
    "58": "system error outside of it",
    "XX": "internal error",
}
CROSSED = frozenset({"40001", "40P01"})  # serialization failure, deadlock


class Crossed(Unavailable):
    """Two transactions stood in each other's way and this one was given up: another try will do."""


@contextmanager
def named_errors() -> Iterator[None]:
    """Raise `Conflict` for what the tables refuse and `Unavailable` for an outage, out of what the driver raises."""
    try:
        yield
    except IntegrityError as error:
        raise Conflict(str(error.orig)) from error
    except (NoConnectionFree, OSError) as error:  # a `TimeoutError` is one of these, too
        raise Unavailable(str(error) or "the database does not answer in time") from error
    except DBAPIError as error:
        if not is_outage(error):
            raise
        raise (Crossed if state_of(error) in CROSSED else Unavailable)(str(error.orig)) from error


def is_outage(error: DBAPIError) -> bool:
    """Whether the same call could work at another time."""
    if state := state_of(error):
        return error.connection_invalidated or state[:2] in OUTAGES
    # A bare DatabaseError is how SQLite says that the file is damaged or no longer a database.
    return (
        error.connection_invalidated
        or isinstance(error, OperationalError | InternalError)
        or type(error) is DatabaseError
    )


def state_of(error: DBAPIError) -> str:
    """The SQLSTATE, empty where the database has none."""
    return getattr(error.orig, "sqlstate", None) or ""
