"""Faults that begin and end. Each is a context manager that blocks, so it is entered and left in a thread."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from random import Random

from tests.faults.deployment import Deployment
from tests.fleet.proxy import Way

Nemesis = Callable[[Deployment, Random], AbstractContextManager[None]]
LAG = 0.3  # seconds


@contextmanager
def worker_killed(deployment: Deployment, chance: Random) -> Iterator[None]:
    """kill -9; it is replaced when this ends."""
    before = deployment.pids()
    deployment.kill(chance)
    yield
    deployment.until_replaced(before)


@contextmanager
def worker_halted(deployment: Deployment, chance: Random) -> Iterator[None]:
    """SIGSTOP: the kernel goes on taking its connections, and nothing is answered."""
    pid = deployment.pause(chance)
    yield
    deployment.resume(pid)


@contextmanager
def backplane_killed(deployment: Deployment, _: Random) -> Iterator[None]:
    """kill -9 of Valkey, which comes back empty."""
    assert deployment.valkey
    deployment.valkey.kill()
    yield
    deployment.valkey.start()


@contextmanager
def backplane_halted(deployment: Deployment, _: Random) -> Iterator[None]:
    """SIGSTOP of Valkey."""
    assert deployment.valkey
    deployment.valkey.pause()
    yield
    deployment.valkey.resume()


@contextmanager
def database_stopped(deployment: Deployment, _: Random) -> Iterator[None]:
    """PostgreSQL ends at once and recovers from its log, as after a crash."""
    assert deployment.postgres
    deployment.postgres.stop("immediate")
    yield
    deployment.postgres.start()


@contextmanager
def database_halted(deployment: Deployment, _: Random) -> Iterator[None]:
    """SIGSTOP of all processes of PostgreSQL."""
    assert deployment.postgres
    deployment.postgres.pause()
    yield
    deployment.postgres.resume()


@contextmanager
def file_locked(deployment: Deployment, _: Random) -> Iterator[None]:
    """Another program keeps SQLite's file for itself."""
    with closing(
        sqlite3.connect(deployment.folder / "steadyhand.db", isolation_level=None, check_same_thread=False)
    ) as other:
        other.execute("PRAGMA busy_timeout = 5000")
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def refused(link: str) -> Nemesis:
    """A link is cut, and cannot be opened until this ends."""

    @contextmanager
    def nemesis(deployment: Deployment, _: Random) -> Iterator[None]:
        assert deployment.links
        deployment.links.refuse(link)
        yield
        deployment.links.resume(link)

    return nemesis


def cut_often(link: str) -> Nemesis:
    """All connections of a link break three times; they can be opened again at once."""

    @contextmanager
    def nemesis(deployment: Deployment, chance: Random) -> Iterator[None]:
        assert deployment.links
        for _ in range(3):
            deployment.links.cut(link)
            time.sleep(chance.random() * LAG)
        yield

    return nemesis


def slow(link: str) -> Nemesis:
    """Everything on a link is late."""

    @contextmanager
    def nemesis(deployment: Deployment, _: Random) -> Iterator[None]:
        assert deployment.links
        deployment.links.delay(link, LAG)
        yield
        deployment.links.resume(link)

    return nemesis


def half_open(link: str, way: Way) -> Nemesis:
    """A link is open and carries nothing in one direction; what was lost on the way breaks it when this ends."""

    @contextmanager
    def nemesis(deployment: Deployment, _: Random) -> Iterator[None]:
        assert deployment.links
        deployment.links.swallow(link, way)
        yield
        deployment.links.resume(link)

    return nemesis


def _of_link(link: str, whose: str) -> dict[str, Nemesis]:
    return {
        f"{whose} refused": refused(link),
        f"{whose} cut three times": cut_often(link),
        f"{whose} slow": slow(link),
        f"{whose} open in one direction": half_open(link, Way.THERE),
        f"{whose} open in the other one": half_open(link, Way.BACK),
    }


def nemeses(deployment: Deployment) -> dict[str, Nemesis]:
    """All that can be done to a deployment, by name."""
    found: dict[str, Nemesis] = {"worker killed": worker_killed, "worker halted": worker_halted}
    if deployment.kind == "sqlite":
        found |= {"file locked": file_locked}
    if deployment.kind == "fleet":
        found |= {"backplane killed": backplane_killed, "backplane halted": backplane_halted}
        found |= {"database stopped": database_stopped, "database halted": database_halted}
    if deployment.links:
        found |= _of_link("clients", "clients'")
        if deployment.kind == "fleet":
            found |= _of_link("backplane", "backplane's") | _of_link("database", "database's")
    return found
