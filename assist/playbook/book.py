"""One file of playbooks: its top, and for the house the flow of the steps."""

import re
from types import MappingProxyType

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


def playbook(reader: Reader, text: str, *, whole: bool = True) -> Playbook | None:
    """The playbook of a text; None where it is not YAML. Its problems are with the reader.

    Not *whole* is one that changes another: all but its name may be left out.
    """
    root = reader.compose(text)
    if root is None:
        return None
    top = reader.mapping(root, "a playbook", TOP)
    for key in ("playbook", "title", "steps") if whole else ("playbook",):
        if key not in top:
            reader.problem(root, f"the playbook has no '{key}'")
    name = reader.text(top["playbook"][1], "playbook") if "playbook" in top else ""
    stem = reader.file.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    if name and name != stem:
        reader.problem(top["playbook"][1], f"playbook is '{name}' but the file is '{stem}'")
    causes = reader.choices(top["causes"][1], "causes", CAUSES) if "causes" in top else ()
    interrupt = _interrupt(reader, top["interrupt"][1]) if "interrupt" in top else None
    if name != HOUSE and (causes and interrupt if not whole else bool(causes) == bool(interrupt)):
        reader.problem(root, "a playbook has either causes or an interrupt")
    language = _language(reader, top["language"][1]) if "language" in top else ENGLISH
    if whole and name == HOUSE and "flow" not in top and language == ENGLISH:
        reader.problem(root, "the house playbook has no 'flow'")
    known_as = name if language == ENGLISH else f"{language}/{name}"
    steps = entries(reader, top["steps"][1], known_as) if "steps" in top else ()
    for key, allowed, where in (
        ("flow", name == HOUSE, "only the house playbook has a flow"),
        ("policy", name == HOUSE, "only the house playbook has a policy"),
        ("solutions", name != HOUSE and not interrupt, "only a playbook with causes has solutions"),
    ):
        if key in top and not allowed:
            reader.problem(top[key][0], where)
    return Playbook(
        file=reader.file,
        name=name,
        title=reader.text(top["title"][1], "title") if "title" in top else "",
        causes=causes,
        entries=steps,
        by_step=MappingProxyType({step: tuple(entry for entry in steps if entry.step is step) for step in Step}),
        flow=_flow(reader, top["flow"][1]) if "flow" in top else (),
        interrupt=interrupt,
        priority=reader.whole(top["priority"][1], "priority", 0, 100) if "priority" in top else 0,
        status=_status(reader, top["status"][1], name) if "status" in top else "active",
        language=language,
        solutions=solutions(reader, top["solutions"][1], known_as) if "solutions" in top else (),
        policy=policy(reader, top["policy"][1], known_as) if "policy" in top else Policy(),
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
