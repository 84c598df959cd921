"""What was asked, answered and seen while faults were made: one list of entries, which the checks read afterwards.

In the manner of Jepsen: an operation is `invoke`d and then is `ok`, `fail` (it certainly did nothing) or `info` (nobody
knows). An `info` is never taken back: what it asked for may be there, and may still come.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any, Literal

Kind = Literal["invoke", "ok", "fail", "info", "took", "kept", "end", "fault"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. `at` counts seconds from the beginning of the history.

    `invoke ok fail info`: an operation of `process`, by `key`. `took`: a client got a frame with an offset. `kept`:
    what the server had in a conversation at the end. `end`: how a client's view and the server's compare. `fault`:
    something was broken, or broke.
    """

    at: float
    process: str
    kind: Kind
    what: str
    conversation: str = ""
    key: str = ""
    value: dict[str, Any] = field(default_factory=dict)


class History:
    """Grows while a scenario runs."""

    def __init__(self, name: str, seed: int) -> None:
        self.name = name
        self.seed = seed
        self.entries: list[Entry] = []
        self._start = monotonic()

    @property
    def now(self) -> float:
        """Seconds since the beginning."""
        return monotonic() - self._start

    def add(self, process: str, kind: Kind, what: str, conversation: str = "", key: str = "", **value: Any) -> Entry:
        """Note that something happened now."""
        entry = Entry(self.now, process, kind, what, conversation, key, value)
        self.entries.append(entry)
        return entry

    def of(self, *kinds: Kind) -> Iterator[Entry]:
        """The entries of these kinds, in order."""
        return (entry for entry in self.entries if entry.kind in kinds)

    def keep(self, folder: Path) -> Path:
        """Write it as JSON lines, the first of which says whose it is."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{self.name}-{self.seed}.jsonl"
        with path.open("w", encoding="utf-8") as out:
            for line in ({"name": self.name, "seed": self.seed}, *map(asdict, self.entries)):
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
        return path

    @classmethod
    def read(cls, path: Path) -> "History":
        """A history that was kept."""
        with path.open(encoding="utf-8") as lines:
            history = cls(**json.loads(next(lines)))
            history.entries = [Entry(**json.loads(line)) for line in lines]
        return history
