"""Every kind of broken playbook: said with file, line and what is allowed; exit code 1; nothing loaded by halves."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import app
from app.metrics import Metrics
from app.playbook_sets import PlaybookSets
from assist.signals.reader import Reader
from tests.app.small_set import EXTRA, house, written

WHEN = "{bands: [calm], contacts: 2}"
HEAD = EXTRA[: EXTRA.index("steps:")]


def instead(old: str, new: str) -> str:
    """The good playbook with one thing replaced."""
    assert old in EXTRA
    return EXTRA.replace(old, new, 1)


# name -> (text of extra.yaml, line, part of what is said)
KINDS = {
    # not YAML, or more of it than a playbook needs
    "bad indent": (instead("    reason:", "   reason:"), 7, "look at the indentation"),
    "a tab": (instead("    reason", "\treason"), 7, "indent with spaces"),
    "a bracket left open": (instead("[booking]", "[booking"), 4, "every bracket and quotation mark is closed"),
    "a quotation mark left open": (instead('look now."', "look now."), 11, "quotation mark is closed"),
    "a bare colon": (
        instead("Something extra", "Something: extra"),
        2,
        "a text with a colon stands in quotation marks",
    ),
    "a tag": (instead("Something", "!!python/name:os.system Something"), 2, "tags are not allowed"),
    "a tag of its own": (instead("Something", "!secret Something"), 2, "tags are not allowed: !secret"),
    "an anchor": (instead("Something", "&a Something"), 2, "anchors and aliases are not allowed"),
    "an alias bomb": ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", 1, "anchors and aliases are not allowed"),
    "a merge key": (instead("title:", "<<: {a: b}\ntitle:"), 2, "a playbook has no key '<<'; allowed: playbook, title"),
    "two documents": (EXTRA + "---\n" + EXTRA, 18, "a file holds one playbook"),
    "too deep": (HEAD + "steps: " + "[" * 5_000 + "]" * 5_000 + "\n", 5, "nested deeper than 12 levels"),
    "too large": (EXTRA + "# " + "x" * 300_000 + "\n", 1, "the file is larger than 256 KiB"),
    "a control character": (instead("Because", "Beca\x07use"), 7, "the control character '\\x07' is not allowed"),
    "empty": ("", 1, "the file is empty"),
    "only a comment": ("# nothing yet\n", 1, "the file is empty"),
    "a list": ("- a\n- b\n", 1, "a playbook must be a mapping of playbook, title"),
    "a word": ("hello\n", 1, "a playbook must be a mapping of playbook, title"),
    # keys
    "a key twice": (EXTRA + "title: again\n", 18, "a playbook has the key 'title' twice"),
    "an unknown key": (EXTRA + "colour: red\n", 18, "a playbook has no key 'colour'; allowed: playbook, title"),
    "an unknown key of a step": (
        instead("    reason", "    mood: x\n    reason"),
        7,
        "a step has no key 'mood'; allowed",
    ),
    "no title": (instead("title: Something extra\n", ""), 1, "the playbook has no 'title'"),
    "no steps": (HEAD, 1, "the playbook has no 'steps'"),
    "no reason": (instead("    reason: Because.\n", ""), 6, "the step has no reason"),
    "another file's name": (instead("playbook: extra", "playbook: other"), 1, "'other' but the file is 'extra'"),
    # wrong types
    "a title that is a list": (instead("Something extra", "[a, b]"), 2, "title must be a text"),
    "no text of a title": (instead(" Something extra", ""), 2, "title must be a text"),
    "causes that are a word": (instead("[booking]", "booking"), 3, "causes must be a list"),
    "a priority in words": (instead("priority: 3", "priority: high"), 4, "priority is 'high'; a number is meant"),
    "half a priority": (instead("priority: 3", "priority: 1.5"), 4, "a whole number is meant"),
    "steps that are a word": (HEAD + "steps: none\n", 5, "steps must be a list"),
    "a step that is a word": (HEAD + "steps: [solve]\n", 5, "a step must be a mapping of step, reason"),
    "a step's name that is a list": (instead("step: solve", "step: [solve]"), 6, "step must be a text"),
    "a reason that is a list": (instead("Because.", "[a]"), 7, "reason must be a text"),
    "conditions that are a word": (instead(WHEN, "always"), 8, "when must be a mapping of bands, trend"),
    "signals that are a list": (instead(WHEN, "{signals: [churn]}"), 8, "signals must be a mapping of anger"),
    "a tone that is a text": (instead('["Looking now."]', "Looking now."), 11, "neutral must be a list"),
    "a phrase that is a mapping": (instead('["Looking now."]', "[{a: b}]"), 11, "a phrase must be a text"),
    "a phrase with a bare colon": (
        instead('["Looking now."]', "\n        - Two ways: this or that"),
        12,
        "one with a colon stands in quotation marks",
    ),
    # words that nobody knows
    "an unknown cause": (instead("[booking]", "[parcels]"), 3, "causes is 'parcels'; allowed: delivery"),
    "an unknown step": (instead("step: solve", "step: soothe"), 6, "step is 'soothe'; allowed: listen, empathize"),
    "an unknown condition": (instead(WHEN, "{mood: bad}"), 8, "when has no key 'mood'; allowed: bands"),
    "an unknown band": (instead("[calm]", "[hot]"), 8, "bands is 'hot'; allowed: calm, uneasy, tense, critical"),
    "an unknown trend": (instead(WHEN, "{trend: up}"), 8, "trend is 'up'; allowed: rising, steady, falling"),
    "an unknown signal": (instead(WHEN, "{signals: {rage: 1}}"), 8, "signals has no key 'rage'; allowed: anger"),
    "an unknown style": (instead(WHEN, "{styles: [loud]}"), 8, "styles is 'loud'; allowed: assertive"),
    "an unknown tone": (instead("warm:", "cold:"), 10, "phrases has no key 'cold'; allowed: warm, neutral, formal"),
    "an unknown slot": (instead("look now", "look, {{nmae}}"), 10, "unknown slot '{{nmae}}'; allowed: name, order"),
    "an unknown status": (EXTRA + "status: ready\n", 18, "status is 'ready'; allowed: draft, active, retired"),
    # numbers out of range
    "a priority of 101": (instead("priority: 3", "priority: 101"), 4, "priority is 101; allowed: 0 to 100"),
    "a priority that is no number": (instead("priority: 3", "priority: nan"), 4, "priority is nan; allowed: 0 to 100"),
    "a signal of 2": (instead(WHEN, "{signals: {churn: 2}}"), 8, "churn is 2; allowed: 0.01 to 1"),
    "no contacts": (instead("contacts: 2", "contacts: 0"), 8, "contacts is 0; allowed: 1 to 99"),
    "a flag that is off": (instead(WHEN, "{unclear: false}"), 8, "unclear can only be true; leave it out otherwise"),
    # phrases
    "a brace": (instead("look now", "{look} now"), 10, "a brace stands outside of a {{slot}}"),
    "a slot with spaces": (instead("look now", "look, {{ name }}"), 10, "a brace stands outside of a {{slot}}"),
    "a missing tone": (instead('      formal: ["I am looking now."]\n', ""), 10, "no phrase for tone 'formal'"),
    "a phrase too long": (instead("I'll look now.", "x" * 401), 10, "has 401 characters; at most 400"),
    "a phrase twice": (instead("Looking now.", "I'll look now."), 11, "the phrase of extra.yaml:10 stands here again"),
    "an unknown length": (
        instead('["Looking now."]', "{brief: [Now.]}"),
        11,
        "neutral has no key 'brief'; allowed: short",
    ),
    "no length": (instead('["Looking now."]', "{}"), 11, "step 'solve' has no phrase for tone 'neutral'"),
    "a length that is a text": (instead('["Looking now."]', "{short: Now.}"), 11, "neutral short must be a list"),
    "a short line too long": (
        instead('["Looking now."]', "{short: [" + "now " * 13 + "]}"),
        11,
        "the phrase has 13 words; a short one has at most 12",
    ),
    # what a playbook is
    "neither cause nor interrupt": (instead("causes: [booking]\n", ""), 1, "either causes or an interrupt"),
    "both of them": (EXTRA + "interrupt: {signal: churn, at_least: 0.5}\n", 1, "either causes or an interrupt"),
    "half an interrupt": (instead("causes: [booking]", "interrupt: {signal: churn}"), 3, "a signal and at_least"),
    "an interrupt out of range": (
        instead("causes: [booking]", "interrupt: {signal: churn, at_least: 5}"),
        3,
        "at_least is 5; allowed: 0.01 to 1",
    ),
    "a flow outside of the house": (EXTRA + "flow: []\n", 18, "only the house playbook has a flow"),
    # cases
    "a case without a name": (instead("name: A case\n    lines", "lines"), 14, "the case has no name"),
    "a case that expects nothing": (
        instead("        band: calm\n", ""),
        14,
        "the case expects nothing; a line may expect",
    ),
    "a case of an unknown band": (instead("band: calm", "band: cold"), 17, "band is 'cold'; allowed: calm"),
    "an unknown expectation": (instead("band: calm", "mood: calm"), 17, "a line of a case has no key 'mood'; allowed"),
    "a line that two say": (
        instead("band: calm", "agent: Hi"),
        16,
        "said by one of customer, agent, phrase, quiet, not by 2",
    ),
    "a case twice": (
        EXTRA + EXTRA[EXTRA.index("  - name") :],
        18,
        "the case 'A case' stands at line 14 already",
    ),
}


def checked(folder: Path) -> tuple[int, list[str]]:
    """Exit code and lines of `steadyhand playbooks check`."""
    done = CliRunner().invoke(app, ["playbooks", "check", str(folder)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output.splitlines()


@pytest.mark.parametrize(("text", "line", "what"), KINDS.values(), ids=KINDS)
def test_a_mistake_is_located_and_nothing_is_loaded(
    tmp_path: Path, reader: Reader, text: str, line: int, what: str
) -> None:
    """Wherever it is: the line says what is wrong, and a running server keeps the set that it has."""
    folder = written(tmp_path / "set", extra=EXTRA)
    running = PlaybookSets(folder, reader, Metrics())
    good = running.engine
    written(folder, extra=text)
    code, lines = checked(folder)
    assert code == 1
    assert any(said.startswith(f"extra.yaml:{line}: ") and what in said for said in lines), lines
    assert all(said.split(":")[1].isdigit() for said in lines[:-1]), lines
    assert lines[-1] == f"{len(lines) - 1} problem{'s' if len(lines) > 2 else ''}, nothing loaded"
    assert running.reload() is False
    assert running.engine is good


def test_there_are_many_kinds() -> None:
    """And none of them is the good one."""
    assert len(KINDS) >= 60
    assert all(text != EXTRA for text, _, _ in KINDS.values())


def test_a_whole_set_has_no_problems(tmp_path: Path) -> None:
    """Else the kinds above would show nothing; a mark at the start and Windows' line ends do no harm."""
    for number, text in enumerate((EXTRA, "\ufeff" + EXTRA, EXTRA.replace("\n", "\r\n"))):
        code, lines = checked(written(tmp_path / str(number), extra=text))
        assert (code, len(lines)) == (0, 1), lines
        assert "2 playbooks, 10 steps, 30 phrases, no problems (version " in lines[0]


def test_bytes_that_are_not_utf8_are_located(tmp_path: Path) -> None:
    """By their line too."""
    folder = written(tmp_path, extra=EXTRA)
    (folder / "extra.yaml").write_bytes(EXTRA.replace("Because", "Gr\xfc\xdfe").encode("latin-1"))
    assert checked(folder) == (
        1,
        ["extra.yaml:7: the byte 0xfc is not UTF-8; save the file as UTF-8", "1 problem, nothing loaded"],
    )


def test_mistakes_between_files_are_found(tmp_path: Path) -> None:
    """A cause that two serve, a house that is not there, one that lacks a step or its flow."""
    twice = EXTRA.replace("playbook: extra", "playbook: more").replace("ooking now", "ook now").replace("look now", "l")
    code, lines = checked(written(tmp_path / "a", extra=EXTRA, more=twice))
    assert (code, lines[0].split(": ", 1)[1]) == (1, "cause 'booking' is already served by extra.yaml")
    code, lines = checked(written(tmp_path / "d", extra=instead("Looking now.", "House own warm.")))
    assert (code, len(lines)) == (1, 2)
    assert "stands here again" in lines[0]
    folder = written(tmp_path / "e", extra=EXTRA)
    (folder / "extra.yml").write_text(
        twice.replace("playbook: more", "playbook: extra").replace("[booking]", "[access]")
    )
    code, lines = checked(folder)
    assert (code, lines[0]) == (1, "extra.yml:1: playbook 'extra' of language 'en' is extra.yaml already")
    folder = written(tmp_path / "b", extra=EXTRA)
    (folder / "house.yaml").unlink()
    code, lines = checked(folder)
    assert (code, lines[0]) == (1, "house.yaml:1: the set has no house playbook; every set leans on one")
    flow = house()[house().index("flow:") : house().index("steps:")]
    for old, new, what in (("step: own", "step: close", "no step 'own'"), (flow, "", "no 'flow'")):
        code, lines = checked(written(tmp_path / "c", house=house().replace(old, new)))
        assert code == 1
        assert any(line.startswith("house.yaml:") and what in line for line in lines), lines


def test_a_draft_is_checked_like_any_other(tmp_path: Path) -> None:
    """Its author wants to know before it is in force."""
    text = EXTRA.replace("step: solve", "step: soothe") + "status: draft\n"
    code, lines = checked(written(tmp_path, extra=text))
    assert code == 1
    assert lines[0].startswith("extra.yaml:6: step is 'soothe'")
