"""`python -m benchmarks.playbook_schema`: playbooks/schema.json, a JSON Schema by which editors help and warn.

It is made of the lists that the parser reads by. The parser knows more, as what goes together across files: an editor
that finds nothing is no check.
"""

import json
from pathlib import Path
from typing import Any

from assist.conversation.style import STYLES
from assist.conversation.tension import BANDS
from assist.playbook import cases, conditions, entries, schema, solutions
from assist.playbook.book import LANGUAGE, TOP
from assist.playbook.conditions import MAX_WAIT, STEPS, TRENDS
from assist.reading import ACTS, CAUSES, SIGNALS

FILE = Path(__file__).resolve().parents[1] / "playbooks" / "schema.json"
Json = dict[str, Any]
TEXT: Json = {"type": "string", "minLength": 1}
YES: Json = {"const": True}

# What an editor shows beside a key.
TOLD = {
    "playbook": "The file's name without .yaml.",
    "title": "A line for people.",
    "status": "Only what is active speaks; a draft is checked and tested with the others.",
    "language": "The code of the language that it is written in; en where it is left out.",
    "causes": "The causes that it serves. A playbook has either causes or an interrupt.",
    "interrupt": "A protocol: it takes over when the customer's last message shows the signal.",
    "policy": "House only: what may be promised, by whom and up to which amount.",
    "flow": "House only: the order of the steps. The first line whose condition holds is the next step.",
    "solutions": "The ways out, in the order in which they are offered at the step solve.",
    "steps": "The entries: what to say and do at a step.",
    "cases": "Short chats with what has to stand in the sidebar.",
    "step": "The step that it speaks for.",
    "reason": "One line for the agent: why this step now.",
    "when": "Conditions that must all hold; without them it always fits.",
    "priority": "0 to 100; among those that hold the highest comes first.",
    "critical": "Shown with a badge, before the others.",
    "does": "What the agent is to do, not to say. No slots.",
    "phrases": "What to say, by tone.",
    "short": "Lines of few words, for who writes briefly.",
    "full": "Lines of any length, for who wants more than that.",
    "bands": "The tension is in one of these.",
    "trend": "The tension moves this way.",
    "signals": "The customer's last message shows each at least so strongly.",
    "done": "The agent has done these steps.",
    "not_done": "The agent has done none of these steps.",
    "contacts": "They have written at least so many times about this.",
    "insults": "At least so many of their messages insulted the agent.",
    "refusals": "They have turned down at least so many offers.",
    "run": "At least so many of their messages stand unanswered.",
    "quiet": "They leave the team's last message without an answer, for at least so many times.",
    "quiet_after": "Minutes without an answer after which a silence is told: the first, and the second.",
    "unclear": "The cause is not known yet.",
    "answered": "The team spoke last.",
    "rated": "Their last message says how it was for them.",
    "styles": "They write in one of these ways.",
    "waiting": "They have waited at least so many whole minutes for an answer.",
    "channels": "The chat came in by one of these.",
    "locales": "A language or locale; de holds for de-AT too.",
    "id": "By which refusals, packs and the policy know it.",
    "needs": "Who has to agree.",
    "costs": "What it costs the house; the policy may cap it.",
    "worth": "What it is worth, in the policy's currency; else the amount named in the chat counts.",
    "ask": "What to say where somebody else has to agree first.",
    "refund_cap": "An agent may promise refunds up to this amount.",
    "voucher_cap": "An agent may promise vouchers up to this worth.",
    "currency": "Of the caps, as EUR.",
    "promises": "Who may promise what: ids or costs of solutions.",
    "forbidden": "Words that no phrase may hold.",
    "goodwill": "Gestures offered once, at the step close.",
}


def _list(items: Json) -> Json:
    return {"type": "array", "items": items}


def _words(allowed: tuple[str, ...]) -> Json:
    return _list({"enum": list(allowed)})


def _whole(low: int, high: int) -> Json:
    return {"type": "integer", "minimum": low, "maximum": high}


def _number(low: float, high: float) -> Json:
    return {"type": "number", "minimum": low, "maximum": high}


def _ref(name: str) -> Json:
    return {"$ref": f"#/definitions/{name}"}


def _mapping(keys: tuple[str, ...], kinds: Json, required: tuple[str, ...] = (), **more: Any) -> Json:
    """A mapping that has exactly these keys; KeyError where one has no kind."""
    properties = {key: {**kinds[key], **({"description": TOLD[key]} if key in TOLD else {})} for key in keys}
    known: Json = {"type": "object", "additionalProperties": False, "properties": properties}
    return {**known, **({"required": list(required)} if required else {}), **more}


def _when() -> Json:
    strengths = {name: _number(0.01, 1) for name in (*SIGNALS, *ACTS)}
    kinds = {
        "bands": _words(BANDS),
        "trend": {"enum": list(TRENDS)},
        "signals": _mapping(tuple(strengths), strengths),
        "done": _words(STEPS),
        "not_done": _words(STEPS),
        "unclear": YES,
        "answered": YES,
        "rated": YES,
        "styles": _words(STYLES),
        "waiting": _whole(1, MAX_WAIT),
        "channels": _list(TEXT),
        "locales": _list(TEXT),
    }
    counts = {key: _whole(1, conditions.MOST) for key in schema.CONDITIONS if key not in kinds}
    return _mapping(schema.CONDITIONS, {**kinds, **counts})


def _phrases() -> Json:
    slots = "|".join(schema.SLOTS)
    line = {"type": "string", "maxLength": entries.MAX_PHRASE, "pattern": rf"^([^{{}}]|\{{\{{({slots})\}}\}})+$"}
    brief = {"allOf": [line], "pattern": rf"^\s*\S+(\s+\S+){{0,{schema.SHORT - 1}}}\s*$"}
    lengths = {"short": _list(brief), "full": _list(line)}
    apart = _mapping(schema.LENGTHS, lengths, anyOf=[{"required": [length]} for length in schema.LENGTHS])
    tones = {tone: {"oneOf": [{**_list(line), "minItems": 1}, apart]} for tone in schema.TONES}
    return _mapping(schema.TONES, tones, schema.TONES)


def _definitions() -> Json:
    step, when, text = {"enum": list(STEPS)}, _ref("when"), TEXT
    does = {**_list({**TEXT, "maxLength": entries.MAX_DOES, "pattern": "^[^{}]+$"}), "minItems": 1}
    entry = {
        "step": step,
        "reason": text,
        "when": when,
        "priority": _whole(0, 100),
        "critical": YES,
        "does": does,
        "phrases": _ref("phrases"),
    }
    solution = {
        "id": {"type": "string", "pattern": f"^{solutions.ID.pattern}$"},
        "when": when,
        "reason": text,
        "needs": {"enum": list(schema.PEOPLE)},
        "costs": {"enum": [*schema.COSTS, "none"]},
        "worth": _number(0, solutions.MAX_MONEY),
        "does": does,
        "phrases": _ref("phrases"),
        "ask": _ref("phrases"),
    }
    return {
        "when": _when(),
        "phrases": _phrases(),
        "entry": _mapping(
            entries.ENTRY, entry, ("step", "reason"), anyOf=[{"required": ["phrases"]}, {"required": ["does"]}]
        ),
        "turn": _mapping(("step", "when", "reason"), {"step": step, "when": when, "reason": text}, ("step",)),
        "solution": _mapping(solutions.SOLUTION, solution, ("id", "phrases")),
        "policy": _policy(),
        "case": _case(),
    }


def _policy() -> Json:
    promises = {who: _list(TEXT) for who in schema.PEOPLE}
    kinds = {
        "refund_cap": _number(0, solutions.MAX_MONEY),
        "voucher_cap": _number(0, solutions.MAX_MONEY),
        "currency": {"type": "string", "pattern": f"^{solutions.CURRENCY.pattern}$"},
        "promises": _mapping(schema.PEOPLE, promises),
        "forbidden": _list(TEXT),
        "goodwill": _list(_ref("solution")),
        "quiet_after": _list(_whole(1, MAX_WAIT)),
        "ask": _ref("phrases"),
    }
    return _mapping(solutions.POLICY, kinds)


def _case() -> Json:
    said = dict.fromkeys(cases.SPEAKERS, TEXT) | {
        cases.PHRASE: {"enum": list(schema.TONES)},
        cases.QUIET: _whole(1, MAX_WAIT),
    }
    expected = {
        "next_step": {"enum": list(cases.NEXT)},
        "must_say": _list(TEXT),
        "must_not_say": _list(TEXT),
        "band": {"enum": list(BANDS)},
        "cause": {"enum": list(CAUSES)},
    }
    one = [{"required": [speaker]} for speaker in cases.SPEAKERS]
    line = _mapping(cases.LINE, {**said, "after": _number(0, cases.DAY), **expected}, oneOf=one)
    slots = {slot: {"type": ["string", "number"]} for slot in schema.SLOTS}
    kinds = {
        "name": TEXT,
        "slots": _mapping(schema.SLOTS, slots),
        "channel": TEXT,
        "locale": TEXT,
        "lines": _list(line),
    }
    return _mapping(cases.CASE, kinds, ("name", "lines"))


def made() -> Json:
    """The whole schema. A pack's file may leave out all but its name, so no more than that is required."""
    interrupt = {"signal": {"enum": list(SIGNALS)}, "at_least": _number(0.01, 1)}
    kinds = {
        "playbook": TEXT,
        "title": TEXT,
        "status": {"enum": list(schema.STATUSES)},
        "language": {"type": "string", "pattern": f"^{LANGUAGE.pattern}$"},
        "causes": _words(CAUSES),
        "interrupt": _mapping(tuple(interrupt), interrupt, tuple(interrupt)),
        "priority": _whole(0, 100),
        "policy": _ref("policy"),
        "flow": _list(_ref("turn")),
        "solutions": _list(_ref("solution")),
        "steps": _list(_ref("entry")),
        "cases": _list(_ref("case")),
    }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$comment": "Written by `make docs` from the lists that the parser reads by: change those.",
        "title": "A playbook of Steadyhand",
        **_mapping(TOP, kinds, ("playbook",)),
        "definitions": _definitions(),
    }


def text() -> str:
    """The file's text."""
    return json.dumps(made(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
    print(FILE)
