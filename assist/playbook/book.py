"""One file of playbooks: its top, and for the house the flow of the steps."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import yaml

from assist.message import Step
from assist.playbook.cases import cases
from assist.playbook.conditions import STEPS, when
from assist.playbook.entries import entries
from assist.playbook.nodes import Reader
from assist.playbook.schema import ENGLISH, HOUSE, STATUSES, Interrupt, Playbook, Policy, Turn, When
from assist.playbook.solutions import policy, solutions
from assist.reading import CAUSES, SIGNALS

LANGUAGE = re.compile(r"[a-z]{2,3}")
TOP = (
    *("playbook", "title", "status", "language", "causes", "interrupt", "priority"),
    *("policy", "flow", "solutions", "steps", "cases"),
)


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a playbook: what stands in it, and the lines of the keys at its top."""

    book: Playbook
    keys: Mapping[str, int]
    line: int  # where its text begins
    folder: str  # with the parts of one playbook in it; '' where the file is the whole of one


def part(reader: Reader, text: str) -> Part | None:
    """What a file says; None where it is not YAML. Its problems are with the reader.

    A file is named like its playbook, or lies in a folder that is. What a whole playbook must have is asked of all its
    parts together (`parts`).
    """
    root = reader.compose(text)
    if root is None:
        return None
    top = reader.mapping(root, "a playbook", TOP)
    if "playbook" not in top:
        reader.problem(root, "the playbook has no 'playbook'")
    folder, _, file = reader.file.rpartition("/")
    stem, shelf = file.rpartition(".")[0], folder.rpartition("/")[2]
    name = (reader.text(top["playbook"][1], "playbook") if "playbook" in top else "") or stem
    if name not in (stem, shelf):
        within = f" and its folder '{shelf}'" if shelf else ""
        reader.problem(top["playbook"][1], f"playbook is '{name}' but the file is '{stem}'{within}")
    return Part(
        book=_book(reader, {key: node for key, (_, node) in top.items()}, name),
        keys={key: node.start_mark.line + 1 for key, (node, _) in top.items()},
        line=root.start_mark.line + 1,
        folder=folder if name == shelf else "",
    )


def _book(reader: Reader, top: Mapping[str, yaml.Node], name: str) -> Playbook:
    language = _language(reader, top["language"]) if "language" in top else ENGLISH
    known_as = name if language == ENGLISH else f"{language}/{name}"
    return Playbook(
        file=reader.file,
        name=name,
        title=reader.text(top["title"], "title") if "title" in top else "",
        causes=reader.choices(top["causes"], "causes", CAUSES) if "causes" in top else (),
        entries=entries(reader, top["steps"], known_as) if "steps" in top else (),
        flow=_flow(reader, top["flow"]) if "flow" in top else (),
        interrupt=_interrupt(reader, top["interrupt"]) if "interrupt" in top else None,
        priority=reader.whole(top["priority"], "priority", 0, 100) if "priority" in top else 0,
        status=_status(reader, top["status"], name) if "status" in top else "active",
        language=language,
        solutions=solutions(reader, top["solutions"], known_as) if "solutions" in top else (),
        policy=policy(reader, top["policy"], known_as) if "policy" in top else Policy(),
        cases=cases(reader, top["cases"]) if "cases" in top else (),
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
        return ENGLISH
    return language or ENGLISH


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
