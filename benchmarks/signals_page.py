"""`python -m benchmarks.signals_page`: docs/signals.md from its template and the tables that the code reads by.

A place in `docs/signals.in.md` stands in double braces: what to write (one of `WRITERS`), then of what. What has a
name in the code is named as there, `tension.REST`. A place that nothing fills raises ValueError.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import MappingProxyType
from typing import Any

from assist import signals
from assist.conversation import alerting, course, fold, forecast, tension, trend
from assist.message import Step
from assist.signals import cause, detector, emoji, fusion, gratitude, politeness, reader, repetition, steps, threat
from assist.signals.patterns import Row, Table
from benchmarks.places import filled, sections

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGE, TEMPLATE = DOCS / "signals.md", DOCS / "signals.in.md"
WEIGHTS = DOCS.parent / "app" / "weights"
HEAD = "<!-- Written by `make docs` from signals.in.md and the code's own tables: change those. -->\n"
NOT_YET = "*Not there: `make docs` writes it once the weights have their model card.*"
MODULES = {
    module.__name__.rpartition(".")[2]: module
    for module in (
        alerting,
        cause,
        course,
        fold,
        forecast,
        fusion,
        gratitude,
        politeness,
        reader,
        repetition,
        steps,
        tension,
        threat,
        trend,
    )
}


def page() -> str:
    """The whole page."""
    return HEAD + filled(TEMPLATE.read_text(encoding="utf-8"), WRITERS)


def tables() -> dict[str, Table]:
    """The rules of every signal and act, by its name."""
    found = {}
    for info in iter_modules(signals.__path__):
        module = import_module(f"{signals.__name__}.{info.name}")
        found.update({held.kind: held for held in vars(module).values() if isinstance(held, Table)})
    return found


def _rules(name: str) -> str:
    """The rules of a signal, an act or a `cause:LABEL`, each with its strength."""
    kind, _, label = name.partition(":")
    return _listed(row for row in TABLES[kind].rows if not label or cause.LABEL_OF[row.rule] == label)


def _listed(rows: Iterable[Row]) -> str:
    return ", ".join(f"{row.rule} {row.strength:g}" for row in rows)


def _steps() -> str:
    """A line of a table for each step, its rules from the strongest on."""
    lines = (f"| `{step.value}` | {_listed(steps.DETECTORS[step].rows)} |" for step in Step)
    return "\n".join(lines)


def _asides() -> str:
    """The steps with the rules that take one out of its sentence."""
    found = (f"`{step.value}` ({', '.join(row.rule for row in table.rows)})" for step, table in steps.SPOILERS.items())
    return ", ".join(found)


def _read(name: str) -> str:
    """Whose messages a signal or an act is read in."""
    roles = {named.name: named.roles for named in reader.DETECTORS}.get(name)
    if roles is None:
        ours, theirs = name in fusion.CUSTOMER_ACTS, name in fusion.AGENT_ACTS
        return "all" if ours and theirs else "customer" if ours else {True: "agent"}[theirs]
    return {detector.EVERYBODY: "all", detector.CUSTOMER: "customer", detector.AGENT: "agent"}[roles]


def _markers(name: str) -> str:
    """The rules of a table that is named as in the code."""
    return _listed(_named(name).rows)


def _faces() -> str:
    """What emoji and emoticons show."""
    shown: dict[str, dict[str, float]] = {}
    meanings = [one for _, of_chars in emoji.FACES for one in of_chars] + [one for _, one in emoji.EMOTICONS]
    for kind, rule, strength in meanings:
        shown.setdefault(rule, {}).setdefault(kind, strength)
    return ", ".join(
        f"{rule} (" + ", ".join(f"`{kind}` {strength:g}" for kind, strength in kinds.items()) + ")"
        for rule, kinds in shown.items()
    )


def _named(name: str) -> Any:
    module, *path = name.split(".")
    found: Any = MODULES[module]
    for part in path:
        found = found[part] if isinstance(found, Mapping) else getattr(found, part)
    return found


def _value(name: str) -> str:
    return f"{_named(name):g}"


def _percent(name: str) -> str:
    return f"{100 * _named(name):g} %"


def _minutes(name: str) -> str:
    return f"{_named(name) / 60:g}"


def _pairs(name: str) -> str:
    """`name` number, with commas between."""
    return ", ".join(f"`{key}` {value:g}" for key, value in _named(name).items())


def _names(name: str) -> str:
    return ", ".join(f"`{one}`" for one in _named(name))


def _percents(name: str) -> str:
    return ", ".join(f"`{key}` {100 * value:g} %" for key, value in _named(name).items())


def _points(name: str) -> str:
    """A line of a table for each entry."""
    return "\n".join(f"| `{key}` | {value:g} |" for key, value in _named(name).items())


def _bands() -> str:
    edges = [*(f"below {edge:g}" for edge in tension.EDGES), f"from {tension.EDGES[-1]:g} on"]
    return ", ".join(f"`{name}` {edge}" for name, edge in zip(tension.BANDS, edges, strict=True))


def _fusion() -> str:
    """A line of a table for each signal, act and step: what makes its probability, for either scorer."""
    if not _finished():
        return NOT_YET
    numbers = json.loads((WEIGHTS / "fusion.json").read_text(encoding="utf-8"))
    lines = ["| of | linear | rules trusted | encoder | rules trusted |", "| --- | --- | --: | --- | --: |"]
    for name in fusion.NAMES:
        of_both = (numbers[scorer]["blends"][name] for scorer in ("linear", "encoder"))
        cells = (cell for blend in of_both for cell in (_odds(blend), f"{blend['trust']:.2f}"))
        lines.append(f"| `{name}` | {' | '.join(cells)} |")
    return "\n".join(lines)


def _odds(blend: Mapping[str, Any]) -> str:
    """Log-odds as a sum, then the hints."""
    parts = [f"{weight:+.2f} {head}" for head, weight in blend["heads"].items() if weight]
    sentiment = [f"{blend['vader']:+.2f} VADER"] if blend["vader"] else []
    hints = [f"or {most:.2f} of {head}" for head, most in blend.get("hints", {}).items() if most]
    return " ".join([f"{blend['bias']:.2f}", *parts, *sentiment, *hints])


def _cause_numbers() -> str:
    """How much the rules of a cause add, for either scorer."""
    if not _finished():
        return "what the weights say"
    numbers = json.loads((WEIGHTS / "fusion.json").read_text(encoding="utf-8"))
    return " and ".join(f"{numbers[scorer]['cause_rules']:.2f} ({scorer})" for scorer in ("linear", "encoder"))


def _card(heading: str) -> str:
    """A section of the model card, without its heading."""
    if not _finished():
        return NOT_YET
    return dict(sections((WEIGHTS / "MODEL_CARD.md").read_text(encoding="utf-8")))[heading]


def _finished() -> bool:
    """Whether the weights are whole: their card is written last."""
    return (WEIGHTS / "MODEL_CARD.md").is_file()


TABLES: Mapping[str, Table] = MappingProxyType(tables())
WRITERS: Mapping[str, Callable[..., str]] = MappingProxyType(
    {
        "asides": _asides,
        "bands": _bands,
        "card": _card,
        "cause_numbers": _cause_numbers,
        "faces": _faces,
        "fusion": _fusion,
        "markers": _markers,
        "minutes": _minutes,
        "names": _names,
        "pairs": _pairs,
        "percent": _percent,
        "percents": _percents,
        "points": _points,
        "read": _read,
        "rules": _rules,
        "steps": _steps,
        "value": _value,
    }
)

if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{PAGE} is written")
