"""From texts of YAML to `Playbooks`, or to every mistake in them with file and line."""

import hashlib
import re
from collections.abc import Mapping
from types import MappingProxyType

import yaml

from assist.errors import PlaybookProblems, Problem
from assist.message import Step
from assist.playbook.cases import cases
from assist.playbook.conditions import STEPS, when
from assist.playbook.nodes import Reader
from assist.playbook.schema import (
    HOUSE,
    SLOTS,
    STATUSES,
    TONES,
    Entry,
    Interrupt,
    Phrase,
    Playbook,
    Playbooks,
    Turn,
    When,
)
from assist.reading import CAUSES, SIGNALS

MAX_PHRASE = 400  # characters
SLOT = re.compile(r"\{\{(\w+)\}\}")
MAX_DOES = 200  # characters of an instruction
LANGUAGE = re.compile(r"[a-z]{2,3}")
SILENT: Mapping[str, tuple[Phrase, ...]] = MappingProxyType(dict.fromkeys(TONES, ()))  # of a step that only does
TOP = ("playbook", "title", "status", "language", "causes", "interrupt", "priority", "flow", "steps", "cases")
ENTRY = ("step", "reason", "when", "priority", "critical", "does", "phrases")


def parse(files: Mapping[str, str]) -> Playbooks:
    """Read a set of playbooks, file name -> text.

    Raises `PlaybookProblems` with all mistakes of all files; nothing is loaded by halves.
    """
    problems: list[Problem] = []
    playbooks: list[Playbook] = []
    for file in sorted(files):
        reader = Reader(file)
        playbook = _playbook(reader, files[file])
        problems += reader.problems
        if playbook:
            playbooks.append(playbook)
    problems += _across(playbooks)
    house = next((playbook for playbook in playbooks if playbook.name == HOUSE), None)
    if house is None and not any(problem.file.startswith(HOUSE) for problem in problems):
        problems.append(Problem(f"{HOUSE}.yaml", 1, "the set has no house playbook; every set leans on one"))
    if problems or house is None:
        raise PlaybookProblems(problems)
    active = [playbook for playbook in playbooks if playbook.status == "active"]
    return Playbooks(
        version=_hash("\0".join(f"{file}\0{files[file]}" for file in sorted(files))),
        house=house,
        by_cause=MappingProxyType({cause: p for p in active if p is not house for cause in p.causes}),
        protocols=tuple(sorted((p for p in active if p.interrupt), key=lambda p: -p.priority)),
        all=tuple(playbooks),
    )


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _playbook(reader: Reader, text: str) -> Playbook | None:
    root = reader.compose(text)
    if root is None:
        return None
    top = reader.mapping(root, "a playbook", TOP)
    for key in ("playbook", "title", "steps"):
        if key not in top:
            reader.problem(root, f"the playbook has no '{key}'")
    name = reader.text(top["playbook"][1], "playbook") if "playbook" in top else ""
    stem = reader.file.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    if name and name != stem:
        reader.problem(top["playbook"][1], f"playbook is '{name}' but the file is '{stem}'")
    causes = reader.choices(top["causes"][1], "causes", CAUSES) if "causes" in top else ()
    interrupt = _interrupt(reader, top["interrupt"][1]) if "interrupt" in top else None
    if name != HOUSE and bool(causes) == bool(interrupt):
        reader.problem(root, "a playbook has either causes or an interrupt")
    if name == HOUSE and "flow" not in top:
        reader.problem(root, "the house playbook has no 'flow'")
    if name != HOUSE and "flow" in top:
        reader.problem(top["flow"][0], "only the house playbook has a flow")
    entries = _entries(reader, top["steps"][1], name) if "steps" in top else ()
    return Playbook(
        name=name,
        title=reader.text(top["title"][1], "title") if "title" in top else "",
        causes=causes,
        entries=entries,
        by_step=MappingProxyType({step: tuple(entry for entry in entries if entry.step is step) for step in Step}),
        flow=_flow(reader, top["flow"][1]) if "flow" in top else (),
        interrupt=interrupt,
        priority=reader.whole(top["priority"][1], "priority", 0, 100) if "priority" in top else 0,
        status=_status(reader, top["status"][1], name) if "status" in top else "active",
        language=_language(reader, top["language"][1]) if "language" in top else "en",
        cases=cases(reader, top["cases"][1]) if "cases" in top else (),
    )


def _status(reader: Reader, node: yaml.Node, name: str) -> str:
    status = reader.choice(node, "status", STATUSES) or "active"
    if name == HOUSE and status != "active":
        reader.problem(node, f"the house playbook is always active, not {status}")
    return status


def _language(reader: Reader, node: yaml.Node) -> str:
    language = reader.text(node, "language")
    if language and not LANGUAGE.fullmatch(language):
        reader.problem(node, f"language is '{language}'; allowed: a code of two or three letters, as de")
    return language or "en"


def _interrupt(reader: Reader, node: yaml.Node) -> Interrupt | None:
    found = reader.mapping(node, "interrupt", ("signal", "at_least"))
    if set(found) != {"signal", "at_least"}:
        reader.problem(node, "an interrupt has a signal and at_least")
        return None
    signal = reader.choice(found["signal"][1], "signal", SIGNALS)
    return Interrupt(signal, reader.number(found["at_least"][1], "at_least", 0.01, 1))


def _flow(reader: Reader, node: yaml.Node) -> tuple[Turn, ...]:
    turns = []
    for item in reader.items(node, "flow"):
        found = reader.mapping(item, "a line of the flow", ("step", "when", "reason"))
        if "step" not in found:
            reader.problem(item, "a line of the flow has no step")
            continue
        step = reader.choice(found["step"][1], "step", STEPS)
        condition = when(reader, found["when"][1]) if "when" in found else When()
        reason = reader.text(found["reason"][1], "reason") if "reason" in found else ""
        if step:
            turns.append(Turn(Step(step), condition, reason))
    return tuple(turns)


def _entries(reader: Reader, node: yaml.Node, playbook: str) -> tuple[Entry, ...]:
    entries = [_entry(reader, item, playbook) for item in reader.items(node, "steps")]
    return tuple(entry for entry in entries if entry)


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
    return Entry(
        playbook=playbook,
        step=Step(step),
        reason=reader.text(found["reason"][1], "reason"),
        when=when(reader, found["when"][1]) if "when" in found else When(),
        phrases=_phrases(reader, found["phrases"][1], f"{playbook}.{step}") if "phrases" in found else SILENT,
        line=node.start_mark.line + 1,
        conditional="when" in found,
        does=_does(reader, found["does"][1]) if "does" in found else (),
        critical="critical" in found and reader.flag(found["critical"][1], "critical"),
        priority=reader.whole(found["priority"][1], "priority", 0, 100) if "priority" in found else 0,
    )


def _does(reader: Reader, node: yaml.Node) -> tuple[str, ...]:
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


def _phrases(reader: Reader, node: yaml.Node, rule: str) -> Mapping[str, tuple[Phrase, ...]]:
    found = reader.mapping(node, "phrases", TONES)
    step = rule.rsplit(".", maxsplit=1)[-1]
    by_tone: dict[str, tuple[Phrase, ...]] = {}
    for tone in TONES:
        lines = list(reader.items(found[tone][1], tone)) if tone in found else []
        if not lines:
            reader.problem(found[tone][0] if tone in found else node, f"step '{step}' has no phrase for tone '{tone}'")
        by_tone[tone] = tuple(_phrase(reader, line, f"{rule}.{tone}", tone) for line in lines)
    return MappingProxyType(by_tone)


def _phrase(reader: Reader, node: yaml.Node, rule: str, tone: str) -> Phrase:
    text = reader.text(node, "a phrase")
    if len(text) > MAX_PHRASE:
        reader.problem(node, f"the phrase has {len(text)} characters; at most {MAX_PHRASE} are allowed")
    slots = tuple(dict.fromkeys(SLOT.findall(text)))
    for slot in slots:
        if slot not in SLOTS:
            reader.problem(node, f"unknown slot '{{{{{slot}}}}}'; allowed: {', '.join(SLOTS)}")
    if set("{}") & set(SLOT.sub("", text)):
        reader.problem(node, "a brace stands outside of a {{slot}}")
    return Phrase(f"{rule}.{_hash(text)[:6]}", text, tone, slots)


def _across(playbooks: list[Playbook]) -> list[Problem]:
    """Mistakes that only show when all files are seen together."""
    problems = []
    owner: dict[str, str] = {}
    texts: dict[str, str] = {}
    for playbook in playbooks:
        file = f"{playbook.name}.yaml"
        for cause in playbook.causes if playbook.name != HOUSE and playbook.status == "active" else ():
            if cause in owner:
                problems.append(Problem(file, 1, f"cause '{cause}' is already served by {owner[cause]}"))
            owner.setdefault(cause, file)
        for entry in playbook.entries:
            for phrase in (phrase for tone in entry.phrases.values() for phrase in tone):
                if phrase.text in texts:
                    problems.append(Problem(file, entry.line, f"the phrase of {texts[phrase.text]} stands here again"))
                texts.setdefault(phrase.text, f"{file}:{entry.line}")
        if playbook.name == HOUSE:
            spoken = {entry.step for entry in playbook.entries if any(entry.phrases.values())}
            problems += [
                Problem(file, 1, f"the house playbook has no step '{step}'") for step in Step if step not in spoken
            ]
    return problems
