"""YAML read safely into nodes that know their line. No tags, no anchors, no duplicate keys, bounded size and depth."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from assist.errors import Problem

MAX_BYTES = 256 * 1024
MAX_DEPTH = 12
# What YAML does not take, by its own list of printable characters.
UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Part of what the YAML library complains of -> what an author most likely did.
HINTS = {
    "mapping values are not allowed": "look at the indentation; a text with a colon stands in quotation marks",
    "tab": "indent with spaces",
    "cannot start any token": "indent with spaces; a text that begins with a sign stands in quotation marks",
    "did not find expected": "look at the indentation, and whether every bracket and quotation mark is closed",
    "unexpected end of stream": "a quotation mark is not closed",
}


@dataclass(slots=True)
class Reader:
    """One file being read: collects its problems instead of stopping at the first."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def problem(self, node: yaml.Node | None, what: str) -> None:
        """Note a mistake at a node's line, or at line 1 where there is none."""
        self.at(node.start_mark.line + 1 if node else 1, what)

    def at(self, line: int, what: str) -> None:
        """Note a mistake at a line."""
        self.problems.append(Problem(self.file, line, what))

    def compose(self, text: str) -> yaml.Node | None:
        """The root node, or None with the problems noted."""
        if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
            self.problem(None, f"the file is larger than {MAX_BYTES // 1024} KiB")
            return None
        if strange := UNPRINTABLE.search(text):
            line = text.count("\n", 0, strange.start()) + 1
            self.at(line, f"the control character {strange.group()!a} is not allowed")
            return None
        try:
            if not self._plain(text):
                return None
            root = yaml.compose(text, Loader=yaml.CSafeLoader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            hint = next((f"; {hint}" for part, hint in HINTS.items() if part in str(error.problem)), "")
            self.at(mark.line + 1 if mark else 1, f"not YAML: {error.problem}{hint}")
            return None
        except (yaml.YAMLError, ValueError) as error:
            self.problem(None, f"not YAML: {str(error).splitlines()[0]}")
            return None
        if root is None:
            self.problem(None, "the file is empty")
        return root

    def _plain(self, text: str) -> bool:
        """Refuse what a playbook never needs before anything is built from it."""
        depth = documents = 0
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            documents += isinstance(event, yaml.DocumentStartEvent)
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            line = event.start_mark.line + 1 if event.start_mark else 1
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                self.at(line, "anchors and aliases are not allowed")
                return False
            tag = getattr(event, "tag", None)
            if tag:
                self.at(line, f"tags are not allowed: {tag}")
                return False
            if documents > 1:
                self.at(line, "a second document starts here; a file holds one playbook")
                return False
            if depth > MAX_DEPTH:
                self.at(line, f"nested deeper than {MAX_DEPTH} levels")
                return False
        return True

    def mapping(self, node: yaml.Node, what: str, allowed: tuple[str, ...]) -> dict[str, tuple[yaml.Node, yaml.Node]]:
        """Key -> (key node, value node); unknown and repeated keys are problems."""
        found: dict[str, tuple[yaml.Node, yaml.Node]] = {}
        if not isinstance(node, yaml.MappingNode):
            self.problem(node, f"{what} must be a mapping of {', '.join(allowed)}")
            return found
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else "?"
            if name not in allowed:
                self.problem(key, f"{what} has no key '{name}'; allowed: {', '.join(allowed)}")
            elif name in found:
                self.problem(key, f"{what} has the key '{name}' twice")
            else:
                found[name] = (key, value)
        return found

    def items(self, node: yaml.Node, what: str) -> Iterator[yaml.Node]:
        """The nodes of a list."""
        if not isinstance(node, yaml.SequenceNode):
            self.problem(node, f"{what} must be a list")
            return
        yield from node.value

    def text(self, node: yaml.Node, what: str) -> str:
        """A plain text; '' with a problem otherwise."""
        if isinstance(node, yaml.MappingNode):
            self.problem(node, f"{what} must be a text; one with a colon stands in quotation marks")
            return ""
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
            self.problem(node, f"{what} must be a text")
            return ""
        return str(node.value).strip()

    def choice(self, node: yaml.Node, what: str, allowed: tuple[str, ...]) -> str:
        """One of some words; '' with a problem otherwise."""
        value = self.text(node, what)
        if value and value not in allowed:
            self.problem(node, f"{what} is '{value}'; allowed: {', '.join(allowed)}")
            return ""
        return value

    def choices(self, node: yaml.Node, what: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
        """A list of words, each one of some."""
        values = (self.choice(item, what, allowed) for item in self.items(node, what))
        return tuple(value for value in values if value)

    def number(self, node: yaml.Node, what: str, low: float, high: float) -> float:
        """A number from low to high; low with a problem otherwise."""
        value = self.text(node, what)
        try:
            number = float(value)
        except ValueError:
            self.problem(node, f"{what} is '{value}'; a number is meant")
            return low
        if not low <= number <= high:
            self.problem(node, f"{what} is {value}; allowed: {low:g} to {high:g}")
            return low
        return number

    def whole(self, node: yaml.Node, what: str, low: int, high: int) -> int:
        """A whole number from low to high; low with a problem otherwise."""
        number = self.number(node, what, low, high)
        if number != int(number):
            self.problem(node, f"{what} is {number:g}; a whole number is meant")
        return int(number)

    def names(self, node: yaml.Node, what: str, form: re.Pattern[str], meant: str) -> tuple[str, ...]:
        """A list of names in small letters, each of a form of ours."""
        found = []
        for item in self.items(node, what):
            name = self.text(item, what)
            if name and not form.fullmatch(name.lower()):
                self.problem(item, f"{what} is '{name}'; allowed: {meant}")
            found.append(name.lower())
        return tuple(found)

    def flag(self, node: yaml.Node, what: str) -> bool:
        """Only `true`: a condition that asks nothing is left out."""
        if self.text(node, what) != "true":
            self.problem(node, f"{what} can only be true; leave it out otherwise")
        return True
