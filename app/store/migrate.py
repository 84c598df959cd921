"""Brings the tables up to date, from any directory and with any number of processes at once.

The caller hands in a connection inside a transaction that holds the database's write lock: the first process migrates,
the others wait for it and then find nothing to do. A migration that fails leaves nothing behind.
"""

from pathlib import Path
from threading import Lock

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection

from app.store.rows import Unusable

_one_at_a_time = Lock()  # alembic keeps its context in a module, so two stores of one process take turns


def migrate(connection: Connection) -> None:
    """Run what is missing. Raises `Unusable` when the tables were made by a version that this one does not know."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        with _one_at_a_time:
            command.upgrade(config, "head")
    except CommandError as error:
        raise Unusable(f"the tables were made by another version of Steadyhand: {error}") from error
