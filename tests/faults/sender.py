"""A chat tool's backend: posts with its own ids, and again with the same id until it is answered or gives up."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

import httpx

from tests.faults.history import History

Json = dict[str, Any]
AGAIN = (408, 425, 429, 500, 502, 503, 504)  # answers after which the same may be sent again
FIRST, LONGEST = 0.1, 2.0  # seconds between two tries, doubling, with full jitter


@dataclass(frozen=True, slots=True)
class Try:
    """One request: when, how long it took, and what came of it (0: no answer)."""

    at: float
    seconds: float
    status: int
    retry_after: bool


class Sender:
    """One process of a history. One call at a time, unless told otherwise."""

    def __init__(
        self, name: str, history: History, address: Callable[[], str], token: str, *, seed: int, timeout: float = 5.0
    ) -> None:
        self.name = name
        self.tries: list[Try] = []
        self._history = history
        self._address = address
        self._chance = Random(f"{seed} {name}")
        self._client = httpx.AsyncClient(
            headers={"Authorization": f"Bearer {token}"}, timeout=timeout, verify=False, limits=httpx.Limits()
        )

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.aclose()

    async def message(
        self, conversation: str, message: str, role: str, text: str, patience: float = 60.0
    ) -> Json | None:
        """Post a message; its answer, or None after so many seconds without one or where it is refused."""
        body = {"id": message, "role": role, "text": text}
        return await self._told("message", "POST", f"{conversation}/messages", conversation, body, patience)

    async def edit(self, conversation: str, message: str, text: str, patience: float = 60.0) -> Json | None:
        """Change a message."""
        body = {"id": message, "text": text}
        return await self._told("edit", "PATCH", f"{conversation}/messages/{message}", conversation, body, patience)

    async def delete(self, conversation: str, message: str, patience: float = 60.0) -> Json | None:
        """Take a message back."""
        body = {"id": message, "text": ""}
        return await self._told("delete", "DELETE", f"{conversation}/messages/{message}", conversation, body, patience)

    async def _told(
        self, what: str, method: str, path: str, conversation: str, body: Json, patience: float
    ) -> Json | None:
        key = f"{what} {conversation} {body['id']} {len(self._history.entries)}"
        self._history.add(self.name, "invoke", what, conversation, key, **body)
        until = self._history.now + patience
        failures = 0
        while True:
            status, answer = await self._try(method, path, None if what == "delete" else body)
            if 200 <= status < 300:
                self._history.add(self.name, "ok", what, conversation, key, seq=answer["seq"], again=failures)
                return answer
            if (status and status not in AGAIN) or self._history.now > until:
                certain = status and status not in AGAIN and not failures  # an earlier try may have come through
                end = "fail" if certain else "info"
                self._history.add(self.name, end, what, conversation, key, status=status, answer=answer)
                return None
            await asyncio.sleep(self._chance.random() * min(LONGEST, FIRST * 2**failures))
            failures += 1

    async def _try(self, method: str, path: str, body: Json | None) -> tuple[int, Json]:
        """The status and the answer; 0 where there is none."""
        at, status, after, answer = self._history.now, 0, False, {}
        try:
            response = await self._client.request(method, f"{self._address()}/api/v1/conversations/{path}", json=body)
            status, after = response.status_code, "retry-after" in response.headers
            answer = response.json()
        except (httpx.TransportError, ValueError):
            pass  # ValueError: the answer broke off; it may well have been a success
        self.tries.append(Try(at, self._history.now - at, status, after))
        return status if answer else 0, answer
