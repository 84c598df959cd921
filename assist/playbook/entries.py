"""The entries of a playbook: a step's condition, its phrases by tone, and what to do besides."""

import hashlib
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import yaml

from assist.message import Step
from assist.playbook.conditions import STEPS, when
from assist.playbook.nodes import Reader
from assist.playbook.schema import LENGTHS, SHORT, SILENT, SLOT, SLOTS, TONES, Entry, Phrase, When

MAX_PHRASE = 400  # characters
MAX_DOES = 200  # characters of an instruction
ENTRY = ("step", "reason", "when", "priority", "critical", "does", "phrases")


def entries(reader: Reader, node: yaml.Node, playbook: str) -> tuple[Entry, ...]:
    """The entries of a list, without those that have no step."""
    found = [_entry(reader, item, playbook) for item in reader.items(node, "steps")]
    return tuple(entry for entry in found if entry)


def _entry(reader: Reader, node: yaml.Node, playbook: str) -> Entry | None:
    found = reader.mapping(node, "a step", ENTRY)
    missing = [key for key in ("step", "reason") if key not in found]
    if found.keys().isdisjoint({"phrases", "does"}):
        missing.append("phrases")
    if missing:
        reader.problem(node, f"the step has no {' and no '.join(missing)}")
        return None
    step = reader.choice(found["step"][1], "step", STEPS)
    if not step:
        return None
    rule = f"{playbook}.{step}"
    return Entry(
        playbook=playbook,
        step=Step(step),
        reason=reader.text(found["reason"][1], "reason"),
        when=when(reader, found["when"][1]) if "when" in found else When(),
        phrases=phrases(reader, found["phrases"][1], rule, f"step '{step}'") if "phrases" in found else SILENT,
        line=node.start_mark.line + 1,
        conditional="when" in found,
        does=does(reader, found["does"][1]) if "does" in found else (),
        critical="critical" in found and reader.flag(found["critical"][1], "critical"),
        priority=reader.whole(found["priority"][1], "priority", 0, 100) if "priority" in found else 0,
        file=reader.file,
    )


def does(reader: Reader, node: yaml.Node) -> tuple[str, ...]:
    """Instructions to the agent: plain texts without slots."""
    lines = []
    for item in reader.items(node, "does"):
        text = reader.text(item, "an instruction")
        if len(text) > MAX_DOES:
            reader.problem(item, f"the instruction has {len(text)} characters; at most {MAX_DOES} are allowed")
        if set("{}") & set(text):
            reader.problem(item, "an instruction has no slots and no braces")
        lines.append(text)
    if isinstance(node, yaml.SequenceNode) and not lines:
        reader.problem(node, "does has no instruction")
    return tuple(lines)


def phrases(reader: Reader, node: yaml.Node, rule: str, whose: str) -> Mapping[str, tuple[Phrase, ...]]:
    """Phrases by tone, at least one each; their keys begin with *rule*."""
    found = reader.mapping(node, "phrases", TONES)
    by_tone: dict[str, tuple[Phrase, ...]] = {}
    for tone in TONES:
        lines = list(_lines(reader, found[tone][1], tone)) if tone in found else []
        if not lines:
            reader.problem(found[tone][0] if tone in found else node, f"{whose} has no phrase for tone '{tone}'")
        by_tone[tone] = tuple(_phrase(reader, line, f"{rule}.{tone}", tone, length) for line, length in lines)
    return MappingProxyType(by_tone)


def _lines(reader: Reader, node: yaml.Node, tone: str) -> Iterator[tuple[yaml.Node, str]]:
    """The lines of a tone, each with the length that its author says; '' where that is left to its words."""
    if not isinstance(node, yaml.MappingNode):
        yield from ((line, "") for line in reader.items(node, tone))
        return
    for length, (_, lines) in reader.mapping(node, tone, LENGTHS).items():
        yield from ((line, length) for line in reader.items(lines, f"{tone} {length}"))


def _phrase(reader: Reader, node: yaml.Node, rule: str, tone: str, length: str) -> Phrase:
    text = reader.text(node, "a phrase")
    if len(text) > MAX_PHRASE:
        reader.problem(node, f"the phrase has {len(text)} characters; at most {MAX_PHRASE} are allowed")
    if length == "short" and len(text.split()) > SHORT:
        reader.problem(node, f"the phrase has {len(text.split())} words; a short one has at most {SHORT}")
    slots = tuple(dict.fromkeys(SLOT.findall(text)))
    for slot in slots:
        if slot not in SLOTS:
            reader.problem(node, f"unknown slot '{{{{{slot}}}}}'; allowed: {', '.join(SLOTS)}")
    if set("{}") & set(SLOT.sub("", text)):
        reader.problem(node, "a brace stands outside of a {{slot}}")
    return Phrase(f"{rule}.{digest(text)[:6]}", text, tone, slots, length, reader.file, node.start_mark.line + 1)


def digest(text: str) -> str:
    """Twelve hexadecimal digits that stand for a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
