"""Cases written inside a playbook: a short chat, and what has to stand in the sidebar after its lines."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import yaml

from assist.conversation.tension import BANDS
from assist.errors import InvalidMessage
from assist.message import Step, check_text
from assist.playbook.conditions import MAX_WAIT
from assist.playbook.nodes import Reader
from assist.playbook.schema import SLOTS, TONES
from assist.reading import CAUSES

PHRASE = "phrase"  # said by the agent as it stands in the sidebar; its value is the tone
QUIET = "quiet"  # nobody writes; its value is the minutes
SPEAKERS = ("customer", "agent", PHRASE, QUIET)
EXPECTED = ("next_step", "must_say", "must_not_say", "band", "cause")
CASE = ("name", "slots", "channel", "locale", "lines")
LINE = (*SPEAKERS, "after", *EXPECTED)
NEXT = (*(step.value for step in Step), "none")
PAUSE = 30.0  # seconds before a line that gives none
DAY = 86_400.0  # seconds


@dataclass(frozen=True, slots=True)
class Expected:
    """What is expected after a line; a field left at its default asks nothing. `next_step` may be `none`."""

    next_step: str = ""
    must_say: tuple[str, ...] = ()  # each in some phrase or instruction
    must_not_say: tuple[str, ...] = ()  # none in any
    band: str = ""
    cause: str = ""


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One line of a case; `after` is the pause before it in seconds, `line` where it stands in its file.

    Where nobody writes (`quiet`) the pause is all there is.
    """

    speaker: str
    text: str
    after: float
    line: int
    expected: Expected


@dataclass(frozen=True, slots=True)
class Case:
    """A chat with what is expected of it; `slots`, `channel` and `locale` are what the host would tell."""

    name: str
    file: str
    line: int
    lines: tuple[CaseLine, ...]
    slots: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    channel: str = ""
    locale: str = ""


def cases(reader: Reader, node: yaml.Node) -> tuple[Case, ...]:
    """The cases of a playbook; what is wrong with them is noted like any other mistake of the file."""
    found: dict[str, Case] = {}
    for item in reader.items(node, "cases"):
        case = _case(reader, item)
        if case and case.name in found:
            reader.problem(item, f"the case '{case.name}' stands at line {found[case.name].line} already")
        elif case:
            found[case.name] = case
    return tuple(found.values())


def _case(reader: Reader, node: yaml.Node) -> Case | None:
    found = {key: value for key, (_, value) in reader.mapping(node, "a case", CASE).items()}
    missing = [key for key in ("name", "lines") if key not in found]
    before = len(reader.problems)
    if missing:
        reader.problem(node, f"the case has no {' and no '.join(missing)}")
        return None
    lines = tuple(line for item in reader.items(found["lines"], "lines") if (line := _line(reader, item)))
    if all(line.expected == Expected() for line in lines) and len(reader.problems) == before:
        reader.problem(node, f"the case expects nothing; a line may expect {', '.join(EXPECTED)}")
    return Case(
        name=reader.text(found["name"], "name"),
        file=reader.file,
        line=node.start_mark.line + 1,
        lines=lines,
        slots=_slots(reader, found["slots"]) if "slots" in found else MappingProxyType({}),
        channel=reader.text(found["channel"], "channel").lower() if "channel" in found else "",
        locale=reader.text(found["locale"], "locale").lower() if "locale" in found else "",
    )


def _slots(reader: Reader, node: yaml.Node) -> Mapping[str, str]:
    told = reader.mapping(node, "slots", SLOTS)
    return MappingProxyType({slot: reader.text(value, slot) for slot, (_, value) in told.items()})


def _line(reader: Reader, node: yaml.Node) -> CaseLine | None:
    found = {key: value for key, (_, value) in reader.mapping(node, "a line of a case", LINE).items()}
    said = [speaker for speaker in SPEAKERS if speaker in found]
    if len(said) != 1:
        reader.problem(node, f"a line of a case is said by one of {', '.join(SPEAKERS)}, not by {len(said)}")
        return None
    speaker = said[0]
    return CaseLine(
        speaker=speaker,
        text=_said(reader, found[speaker], speaker),
        after=_pause(reader, found),
        line=node.start_mark.line + 1,
        expected=_expected(reader, found),
    )


def _pause(reader: Reader, found: Mapping[str, yaml.Node]) -> float:
    if QUIET in found:
        return 60.0 * reader.whole(found[QUIET], QUIET, 1, MAX_WAIT)
    return reader.number(found["after"], "after", 0, DAY) if "after" in found else PAUSE


def _said(reader: Reader, node: yaml.Node, speaker: str) -> str:
    if speaker == QUIET:
        return ""
    if speaker == PHRASE:
        return reader.choice(node, PHRASE, TONES)
    text = reader.text(node, speaker)
    try:
        check_text(text or speaker)
    except InvalidMessage as error:
        reader.problem(node, str(error))
    return text


def _expected(reader: Reader, found: Mapping[str, yaml.Node]) -> Expected:
    def words(key: str) -> tuple[str, ...]:
        return tuple(reader.text(item, key) for item in reader.items(found[key], key)) if key in found else ()

    def one_of(key: str, allowed: tuple[str, ...]) -> str:
        return reader.choice(found[key], key, allowed) if key in found else ""

    return Expected(
        next_step=one_of("next_step", NEXT),
        must_say=words("must_say"),
        must_not_say=words("must_not_say"),
        band=one_of("band", BANDS),
        cause=one_of("cause", CAUSES),
    )
