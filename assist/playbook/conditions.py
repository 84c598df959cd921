"""The conditions of entries and of lines of the flow."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

import yaml

from assist.conversation.style import STYLES
from assist.conversation.tension import BANDS
from assist.message import Step
from assist.playbook.nodes import Reader
from assist.playbook.schema import CONDITIONS, When
from assist.reading import ACTS, SIGNALS

STEPS = tuple(step.value for step in Step)
TRENDS = ("rising", "steady", "falling")
MOST = 99  # of a count
MAX_WAIT = 7 * 24 * 60  # minutes
CHANNEL = re.compile(r"[a-z0-9][a-z0-9_.-]{0,39}")
LOCALE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}")


def when(reader: Reader, node: yaml.Node) -> When:
    """The conditions of a mapping; those with a mistake ask nothing, their problems are noted."""
    found = {key: value for key, (_, value) in reader.mapping(node, "when", CONDITIONS).items()}
    return When(**{key: _condition(reader, key, value) for key, value in found.items()})  # type: ignore[arg-type]


def _signals(reader: Reader, node: yaml.Node) -> Mapping[str, float]:
    levels = reader.mapping(node, "signals", (*SIGNALS, *ACTS))
    return MappingProxyType({name: reader.number(v, name, 0.01, 1) for name, (_, v) in levels.items()})


def _steps(reader: Reader, node: yaml.Node, key: str) -> tuple[Step, ...]:
    return tuple(Step(name) for name in reader.choices(node, key, STEPS))


# How each condition is read; those that are not here count something and are whole numbers up to `MOST`.
KINDS: Mapping[str, Callable[[Reader, yaml.Node], object]] = {
    "bands": lambda reader, node: reader.choices(node, "bands", BANDS),
    "trend": lambda reader, node: reader.choice(node, "trend", TRENDS),
    "signals": _signals,
    "done": lambda reader, node: _steps(reader, node, "done"),
    "not_done": lambda reader, node: _steps(reader, node, "not_done"),
    "unclear": lambda reader, node: reader.flag(node, "unclear"),
    "answered": lambda reader, node: reader.flag(node, "answered"),
    "rated": lambda reader, node: reader.flag(node, "rated"),
    "styles": lambda reader, node: reader.choices(node, "styles", STYLES),
    "waiting": lambda reader, node: reader.whole(node, "waiting", 1, MAX_WAIT),
    "channels": lambda reader, node: reader.names(node, "channels", CHANNEL, "small letters, digits, '.', '-', '_'"),
    "locales": lambda reader, node: reader.names(node, "locales", LOCALE, "a language or locale, as de or de-AT"),
}


def _condition(reader: Reader, key: str, node: yaml.Node) -> object:
    return KINDS[key](reader, node) if key in KINDS else reader.whole(node, key, 1, MOST)
