"""One chat tool, as the doors see it."""

from collections.abc import Callable
from dataclasses import dataclass

from app.chat_tools.asked import Asked
from app.chat_tools.event import OK, Answer, Event, Headers, Signed, Verdict
from app.chat_tools.talk import NONE, Api


@dataclass(frozen=True, slots=True)
class Tool:
    """One chat tool. None of the functions does I/O, reads a clock or raises on anything that a sender could send."""

    name: str
    verify: Callable[[Headers, bytes, str, float], Verdict]
    parse: Callable[[Headers, bytes], list[Event]]
    sign: Callable[[bytes, str, float, str], Signed]  # body, key, time, address: for trying a set-up
    tells_roles: bool = True  # whether a message says by itself who wrote it
    problem_of_secret: Callable[[str], str | None] = lambda _: None
    answer: Callable[[Headers, bytes], Answer] = lambda _, __: OK
    asked: Callable[[Headers, bytes], Asked | None] = lambda _, __: None  # who wants a suggestion posted back
    api: Api = NONE  # what it can be asked
    signs_always: bool = True  # False: versions are in use that do not sign, so that an address may be the secret
    nothing: bytes = b'{"type":"steadyhand.check","event":"steadyhand.check","topic":"steadyhand.check"}'

    def verified(self, headers: Headers, raw: bytes, secrets: tuple[str, ...], now: float) -> Verdict:
        """Whether one of the live keys signed it; `now` in Unix seconds."""
        found = {self.verify(headers, raw, secret, now) for secret in secrets if secret}
        if "ok" in found:
            return "ok"
        return "too_old" if "too_old" in found else "bad_signature"
