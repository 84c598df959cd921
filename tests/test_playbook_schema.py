"""playbooks/schema.json says what the parser allows: what ships passes, and what is refused here is refused there."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.settings import resource
from assist.errors import PlaybookProblems
from assist.playbook.parse import parse
from benchmarks.playbook_schema import FILE, made, text
from tests.assist.playbook.sets import EXTRA, with_extra

FOLDER = resource("playbooks")
SHIPPED = sorted(FOLDER.rglob("*.yaml"))
TYPES: dict[str, Any] = {"object": dict, "array": list, "string": str, "integer": int, "number": int | float}


def wrong(value: Any, rule: dict[str, Any], whole: dict[str, Any], at: str = "") -> Iterator[str]:
    """Where a value breaks a schema: the keywords that ours uses, and KeyError for any other."""
    for keyword, asked in rule.items():
        match keyword:
            case "$ref":
                yield from wrong(value, whole["definitions"][asked.rsplit("/", 1)[-1]], whole, at)
            case "type":
                if not is_of(value, asked):
                    yield f"{at}: no {asked}"
                    return
            case "properties":
                for key, inner in asked.items():
                    if key in value:
                        yield from wrong(value[key], inner, whole, f"{at}/{key}")
            case "items":
                for index, item in enumerate(value):
                    yield from wrong(item, asked, whole, f"{at}/{index}")
            case "allOf" | "anyOf" | "oneOf":
                fitting = sum(not list(wrong(value, inner, whole, at)) for inner in asked)
                least, most = len(asked) if keyword == "allOf" else 1, 1 if keyword == "oneOf" else len(asked)
                yield from [] if least <= fitting <= most else [f"{at}: {keyword}"]
            case _:
                if not CHECKS[keyword](value, asked, rule):
                    yield f"{at}: {keyword}"


CHECKS: dict[str, Any] = {
    "additionalProperties": lambda value, _, rule: value.keys() <= rule["properties"].keys(),
    "required": lambda value, asked, _: value.keys() >= set(asked),
    "enum": lambda value, asked, _: value in asked,
    "const": lambda value, asked, _: value is asked,
    "pattern": lambda value, asked, _: re.search(asked, value),
    "minLength": lambda value, asked, _: len(value) >= asked,
    "maxLength": lambda value, asked, _: len(value) <= asked,
    "minItems": lambda value, asked, _: len(value) >= asked,
    "minimum": lambda value, asked, _: value >= asked,
    "maximum": lambda value, asked, _: value <= asked,
    **dict.fromkeys(("$schema", "$comment", "title", "description", "definitions"), lambda *_: True),
}


def is_of(value: Any, asked: str | list[str]) -> bool:
    """Whether a value has one of the types."""
    types = [asked] if isinstance(asked, str) else asked
    return isinstance(value, tuple(TYPES[name] for name in types)) and not isinstance(value, bool)


def found(playbook: str) -> list[str]:
    """What the schema says against a playbook."""
    return list(wrong(yaml.safe_load(playbook), made(), made()))


def test_the_schema_is_what_the_parser_reads_by() -> None:
    """Who changes a list writes it anew."""
    assert FILE.read_text(encoding="utf-8") == text(), "playbooks/schema.json is not what the parser allows: make docs"


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.relative_to(FOLDER)))
def test_what_ships_passes(path: Path) -> None:
    """An editor shows no mistake in them."""
    assert not found(path.read_text(encoding="utf-8"))


def test_the_schema_is_json_with_a_word_for_every_key() -> None:
    """That is what an editor shows beside it."""
    told = json.loads(FILE.read_text(encoding="utf-8"))
    for name in ("entry", "solution", "policy", "when", "turn"):
        assert all("description" in key for key in told["definitions"][name]["properties"].values()), name
    assert all("description" in key for key in told["properties"].values())


MORE = EXTRA + "solutions:\n  - id: swap\n    phrases: {warm: [A.], neutral: [B.], formal: [C.]}\n"
MORE = MORE.replace('["Looking now."]', '{short: ["Looking now."], full: ["I look at it now."]}')
MORE += "cases:\n  - name: one\n    lines:\n      - customer: hello\n        next_step: solve\n"


def test_a_playbook_with_everything_passes_both() -> None:
    """Without this the next test would say nothing."""
    assert parse(with_extra(MORE))
    assert not found(MORE)


@pytest.mark.parametrize(
    ("right", "mistaken"),
    [
        ("step: solve", "step: soothe"),
        ("[booking]", "[parcels]"),
        ("causes", "cause"),
        ("title:", "status: live\ntitle:"),
        ("title:", "language: German\ntitle:"),
        ("title:", "priority: 101\ntitle:"),
        ("I'll look now.", "I'll look, {{nmae}}."),
        ("I'll look now.", "I'll look, {name}."),
        ("I'll look now.", "Now. " * 100),
        ('      formal: ["I am looking now."]\n', ""),
        ('["I\'ll look now."]', "{brief: [One.]}"),
        ('["I\'ll look now."]', "{}"),
        ('["I\'ll look now."]', "{short: [Far too many words stand in this line to be a short one.]}"),
        ('["I\'ll look now."]', "{short: ['I look, {{nmae}}.']}"),
        ("reason: Because.", "mood: good"),
        ("reason: Because.", "reason: Because.\n    critical: false"),
        ("reason: Because.", "reason: Because.\n    does: []"),
        ("reason: Because.", "reason: Because.\n    does: ['{{order}}']"),
        ("reason: Because.", "reason: Because.\n    when: {bands: [hot]}"),
        ("reason: Because.", "reason: Because.\n    when: {signals: {rage: 1}}"),
        ("reason: Because.", "reason: Because.\n    when: {signals: {anger: 2}}"),
        ("reason: Because.", "reason: Because.\n    when: {contacts: many}"),
        ("reason: Because.", "reason: Because.\n    when: {waiting: 1.5}"),
        ("reason: Because.", "reason: Because.\n    when: {styles: [loud]}"),
        ("reason: Because.", "reason: Because.\n    when: {unclear: false}"),
        ("id: swap", "id: Swap it"),
        ("id: swap", "id: swap\n    needs: boss"),
        ("id: swap", "id: swap\n    costs: money"),
        ("next_step: solve", "next_step: soothe"),
        ("- customer: hello", "- visitor: hello"),
        ("next_step: solve", "agent: hello\n        next_step: solve"),
    ],
)
def test_what_the_schema_refuses_the_parser_refuses(right: str, mistaken: str) -> None:
    """And the other way round, for what shows within one file."""
    broken = MORE.replace(right, mistaken, 1)
    assert found(broken)
    with pytest.raises(PlaybookProblems):
        parse(with_extra(broken))


HINT = re.compile(r"# yaml-language-server: \$schema=(\S+)")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.relative_to(FOLDER)))
def test_a_hint_for_editors_leads_to_the_schema(path: Path) -> None:
    """From the folder that the file is in; every pack's file has one."""
    hint = HINT.match(path.read_text(encoding="utf-8"))
    assert hint or "packs" not in path.parts
    assert not hint or (path.parent / hint[1]).resolve() == FILE
