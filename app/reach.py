"""Holds a talk with a chat tool's API over HTTP."""

import asyncio
import json
import logging

import httpx

from app.chat_tools.talk import Ask, Reply, T, Talk

WITHIN = 10.0  # seconds for one call
LARGEST = 4 * 1024 * 1024  # bytes of an answer
BUSY = frozenset({408, 425, 429})  # and all from 500 on: later it may go
LONGEST = 3_600.0  # seconds that a Retry-After can ask for


class Unmet(Exception):
    """A tool did not do what was asked. `status` is 0 where it did not answer; `later` where another try may help.

    `after` are the seconds that the tool has asked for; 0 for none.
    """

    def __init__(self, ask: Ask, status: int, after: float = 0.0) -> None:
        told = f"was answered {status}" if status else "was not answered"
        super().__init__(f"{ask.method} {ask.url.partition('?')[0]} {told}")
        self.status = status
        self.after = after
        self.later = status == 0 or status in BUSY or status >= 500


def client() -> httpx.AsyncClient:
    """One for many talks. It follows no redirects: nothing is told to whom nobody has named."""
    for name in ("httpx", "httpcore"):  # they log addresses, and whoever has one of some of them can post there
        logging.getLogger(name).setLevel(logging.WARNING)
    return httpx.AsyncClient(timeout=WITHIN, follow_redirects=False)


async def hold(talk: Talk[T], over: httpx.AsyncClient) -> T:
    """Ask what it asks until it has come to its end, and return what that is. Raises `Unmet`."""
    try:
        ask = next(talk)
        while True:
            ask = talk.send(await _answered(ask, over))
    except StopIteration as end:
        found: T = end.value
        return found
    finally:
        talk.close()


async def _answered(ask: Ask, over: httpx.AsyncClient) -> Reply:
    body = None if ask.body is None else json.dumps(ask.body, ensure_ascii=False).encode("utf-8", "replace")
    headers = {"accept": "application/json", **({"content-type": "application/json"} if body else {}), **ask.headers}
    try:
        async with (
            asyncio.timeout(WITHIN),
            over.stream(ask.method, ask.url, content=body, headers=headers) as answer,
        ):
            if not answer.is_success:
                raise Unmet(ask, answer.status_code, _seconds(answer.headers.get("retry-after", "")))
            return Reply(answer.status_code, _json(await _whole(answer)))
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, OSError, UnicodeError) as error:
        raise Unmet(ask, 0) from error


async def _whole(answer: httpx.Response) -> bytes:
    parts, size = [], 0
    async for part in answer.aiter_bytes():
        size += len(part)
        if size > LARGEST:
            raise httpx.DecodingError("the answer is too large")
        parts.append(part)
    return b"".join(parts)


def _json(raw: bytes) -> object:
    """The body; None where it is none of JSON, as some tools answer with words."""
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return None


def _seconds(asked: str) -> float:
    """A Retry-After in seconds; one that is a date or nonsense is left to our own schedule."""
    return min(LONGEST, float(asked)) if asked.isascii() and asked.isdigit() and len(asked) <= 6 else 0.0
