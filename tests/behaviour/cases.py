"""The cases of the behavioural suite: the manner of CheckList (Ribeiro et al., 2020), read from the YAML beside this.

A file is a capability; a case in it has a name, one of four kinds, and one thing seen with what it must be:

    minimum: text                   anger: at least .5      also `at most`, `is` (cause and band)
    same: [text, other text]        tension: within 5       the swap changes nothing
    up: [text, other text]          abuse: by .3            the second is higher by .3 or more; `by 0`: is not lower
    down: [text, other text]        gratitude: by .2        the second is lower

A text is a customer's message, or a list of turns of which the last is measured; `agent: ` opens an agent's. Seen is
a signal or an act of the reading, `sentiment`, `politeness`, `cause`, `step:NAME`, or `tension`, `risk` or `band`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
KNOWN = FOLDER / "known.yaml"
PAIRS = ("same", "up", "down")
RELATIONS = {"minimum": ("at least", "at most", "is"), "same": ("within",), "up": ("by",), "down": ("by",)}
AGENT = "agent: "
ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class Case:
    """One case; `chats` holds one chat for `minimum` and two else, each a tuple of turns."""

    id: str
    kind: str
    chats: tuple[tuple[str, ...], ...]
    seen: str
    relation: str
    wanted: float | str

    def holds(self, values: list[float | str]) -> bool:
        """Whether what was seen of each chat is as it should be."""
        first, last = values[0], values[-1]
        if self.relation == "is":
            return first == self.wanted
        assert not isinstance(first, str)
        assert not isinstance(last, str)
        assert not isinstance(self.wanted, str)
        return {
            "at least": last >= self.wanted,
            "at most": last <= self.wanted,
            "within": abs(last - first) <= self.wanted + ROUNDING,
            "by": (last - first if self.kind == "up" else first - last) >= self.wanted - ROUNDING,
        }[self.relation]

    def told(self, values: list[float | str]) -> str:
        """The case and what was seen, for a person."""
        shown = [value if isinstance(value, str) else f"{value:.2f}" for value in values]
        lines = (f"  {value:>7}  {' / '.join(chat)}" for value, chat in zip(shown, self.chats, strict=True))
        return "\n".join([f"{self.kind}: {self.seen} {self.relation} {self.wanted}", *lines])


class UniqueKeys(yaml.SafeLoader):
    """Refuses a mapping that names a key twice, where YAML would silently keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """The mapping, or an error at the line of the second key."""
        keys: set[str] = set()
        for key, _ in node.value:
            if key.value in keys:
                raise yaml.constructor.ConstructorError(None, None, f"{key.value!r} stands twice", key.start_mark)
            keys.add(key.value)
        return super().construct_mapping(node, deep)


def load(path: Path) -> dict[str, Any]:
    """A YAML file that is a mapping without a key that stands twice."""
    return yaml.load(path.read_text(encoding="utf-8"), UniqueKeys) or {}


def cases() -> list[Case]:
    """All cases in the order of the files."""
    return [case for path in sorted(FOLDER.glob("*.yaml")) if path != KNOWN for case in _of(path)]


def _of(path: Path) -> Iterator[Case]:
    for name, told in load(path).items():
        case = f"{path.stem}/{name}"
        kinds = [key for key in told if key in RELATIONS]
        seen = [key for key in told if key not in RELATIONS]
        if len(kinds) != 1 or len(seen) != 1:
            raise ValueError(f"{case} has the kinds {kinds} and sees {seen}; one of each is wanted")
        texts = [told[kinds[0]]] if kinds[0] == "minimum" else told[kinds[0]]
        if kinds[0] in PAIRS and (len(texts) != 2 or texts[0] == texts[1]):
            raise ValueError(f"{case} has the texts {texts}; two different ones are wanted")
        relation, wanted = _relation(str(told[seen[0]]), kinds[0], case)
        chats = tuple((text,) if isinstance(text, str) else tuple(text) for text in texts)
        yield Case(case, kinds[0], chats, seen[0], relation, wanted)


def _relation(words: str, kind: str, case: str) -> tuple[str, float | str]:
    for relation in RELATIONS[kind]:
        if words.startswith(relation + " "):
            value = words.removeprefix(relation + " ")
            return relation, value if relation == "is" else float(value)
    raise ValueError(f"{case} wants {words!r}; a case of kind {kind} may want {RELATIONS[kind]}")
