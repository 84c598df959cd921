"""A connection as `static/live/connection.js` has it: greets, answers pings, reconnects with full jitter, resumes."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from typing import Any, Protocol

from tests.faults.wire import GONE, Wire, dial

Frame = dict[str, Any]
FINAL = 4500  # close codes from here to 4999 end it, all others reconnect


@dataclass(frozen=True, slots=True)
class Delays:
    """Seconds, as the browser has them."""

    welcome: float = 10.0
    silence: float = 33.0
    answer: float = 15.0
    healthy: float = 30.0  # after which the next fault starts at the first delay again
    first: float = 1.0
    longest: float = 20.0

    def retry(self, failures: int, chance: float) -> float:
        """Full jitter; `chance` is 0..1."""
        return chance * min(self.longest, self.first * 2**failures)


class Owner(Protocol):
    """Whose connection it is."""

    def greeted(self) -> None:
        """There is a new welcomed socket: ask for what is followed."""

    def heard(self, frame: Frame) -> None:
        """A frame other than ping and welcome."""

    def cut_off(self, code: int) -> None:
        """The socket is gone."""


class Connection:
    """One connection over many sockets. `address` is asked before each, as a balancer would be."""

    def __init__(
        self,
        address: Callable[[], str],
        door: str,
        token: str,
        owner: Owner,
        *,
        chance: Random,
        delays: Delays,
    ) -> None:
        self._address = address
        self._door = door
        self._token = token
        self._owner = owner
        self._chance = chance
        self.delays = delays
        self._alarms: dict[str, asyncio.TimerHandle] = {}
        self._dialing: asyncio.Task[None] | None = None
        self._hearer: _Hearer | None = None
        self._failures = 0
        self.wire: Wire | None = None
        self.welcomed = False
        self.final: int | None = None  # the close code after which it does not come again
        self.sockets = 0  # welcomed so far
        self.codes: list[int] = []  # how they ended

    def start(self) -> None:
        """Connect, and stay connected until `stop`."""
        self._dialing = asyncio.create_task(self._dial())
        self.alarm("silence", self.delays.welcome, self.lost)

    async def stop(self) -> None:
        """Say goodbye for good."""
        wire = self.wire
        self._detach()
        if wire:
            wire.close()
        if self._dialing:
            self._dialing.cancel()
            with suppress(asyncio.CancelledError):
                await self._dialing

    def send(self, frame: Frame) -> bool:
        """Hand over a frame; False where there is no welcomed socket."""
        if not self.welcomed or self.wire is None:
            return False
        self.wire.send(frame)
        return True

    def alarm(self, name: str, seconds: float, run: Callable[[], None]) -> None:
        """Do something after a while, unless the same name is set again or the socket is lost before."""
        self.calm(name)
        self._alarms[name] = asyncio.get_running_loop().call_later(seconds, run)

    def calm(self, name: str) -> None:
        """Take an alarm back."""
        timer = self._alarms.pop(name, None)
        if timer:
            timer.cancel()

    def lost(self, code: int = GONE) -> None:
        """Throw the socket away and come again after a random while."""
        wire, was = self.wire, self.welcomed
        self._detach()
        if wire:
            wire.cut()
        self.codes.append(code)
        if was:
            self._owner.cut_off(code)
        if code >= FINAL:
            self.final = code
            return
        wait = self.delays.retry(self._failures, self._chance.random())
        self._failures += 1
        self.alarm("retry", wait, self.start)

    async def _dial(self) -> None:
        hearer = self._hearer = _Hearer(self)
        try:
            wire = await dial(f"{self._address()}/ws/v1/{self._door}", hearer)
        except OSError:
            if self._hearer is hearer:
                self.lost()
            return
        if self._hearer is hearer:
            self.wire = wire
        else:
            wire.cut()

    def opened(self) -> None:
        """The handshake is done."""
        if self.wire:
            self.wire.send({"type": "hello", "token": self._token})

    def heard(self, frame: Frame) -> None:
        """A frame of the present socket."""
        if frame["type"] == "ping" and self.wire:
            self.wire.send({"type": "pong"})
        elif frame["type"] == "welcome":
            self.welcomed = True
            self.sockets += 1
            self.alarm("healthy", self.delays.healthy, self._healthy)
            self._owner.greeted()
        if self.welcomed:
            self.alarm("silence", self.delays.silence, self.lost)
        if frame["type"] not in ("ping", "welcome"):
            self._owner.heard(frame)

    def _healthy(self) -> None:
        self._failures = 0

    def _detach(self) -> None:
        """Forget the socket: nothing that it still says counts."""
        self.wire, self._hearer, self.welcomed = None, None, False
        for timer in self._alarms.values():
            timer.cancel()
        self._alarms.clear()

    def is_current(self, hearer: "_Hearer") -> bool:
        """Whether this is the present socket's."""
        return self._hearer is hearer


class _Hearer:
    """One socket of a connection; silent once there is another."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def opened(self) -> None:
        asyncio.get_running_loop().call_soon(self._opened)  # `dial` hands the socket over first

    def _opened(self) -> None:
        if self._connection.is_current(self):
            self._connection.opened()

    def heard(self, frame: Frame) -> None:
        if self._connection.is_current(self):
            self._connection.heard(frame)

    def lost(self, code: int) -> None:
        if self._connection.is_current(self):
            self._connection.lost(code)
