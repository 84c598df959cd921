"""Cases run through the engine: what holds, what failed and where, for drafts too."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.casebook import Outcome, run
from app.cli import app
from app.playbook_files import load
from app.settings import resource
from assist.engine import Engine
from tests.app.small_set import EXTRA, house, written

ANGRY = '      - customer: "Where is my booking? I want to know now."\n'
Run = Callable[..., list[Outcome]]


@pytest.fixture
def outcomes(engine: Engine, tmp_path: Path) -> Run:
    """Of the cases of a small set."""
    return lambda **files: list(run(replace(engine, playbooks=load(written(tmp_path / "set", **files)))))


def with_case(lines: str, text: str = EXTRA) -> str:
    """The playbook with other lines in its case."""
    return text[: text.index('      - customer: "Hello"')] + lines


def failures(outcomes: list[Outcome]) -> list[tuple[int, str, tuple[str, ...]]]:
    """Line, what was expected, and what came, of the only case."""
    (outcome,) = outcomes
    return [(failure.line, failure.expected, failure.came) for failure in outcome.failures]


def test_our_own_cases_hold() -> None:
    """Those of delivery, billing and abuse at least, as typed by who changed a word in them."""
    done = CliRunner().invoke(app, ["playbooks", "test", str(resource("playbooks"))])
    assert done.exit_code == 0, done.output
    *cases, last = done.output.splitlines()
    assert all(re.match(r"ok +[\w/]+\.yaml:\d+: \S", case) for case in cases), cases
    assert {case.split()[1].split(".")[0] for case in cases} >= {"delivery", "billing", "abuse"}
    assert last == f"{len(cases)} cases, 0 failed"


def test_our_own_cases_hold_by_the_encoder_too(better_engine: Engine) -> None:
    """A case that hangs on one reader says little about the words."""
    assert [str(outcome) for outcome in run(better_engine) if outcome.failures] == []


def test_what_holds_has_no_failures(outcomes: Run) -> None:
    """Every kind of expectation, and a phrase taken from the sidebar."""
    told = ANGRY + (
        "        band: calm\n        next_step: listen\n        cause: booking\n"
        '        must_say: ["house LISTEN formal"]\n        must_not_say: ["looking"]\n'
        "      - phrase: neutral\n"
    )
    assert failures(outcomes(extra=with_case(told))) == []


def test_a_failure_says_what_was_expected_and_what_came(outcomes: Run) -> None:
    """For each thing that a line expects, with its place in the file."""
    told = ANGRY + (
        "        band: tense\n        next_step: close\n        cause: billing\n"
        '        must_say: ["sorry"]\n        must_not_say: ["listen WARM"]\n'
    )
    phrases = tuple(f"House listen {tone}." for tone in ("warm", "neutral", "formal"))
    assert failures(outcomes(extra=with_case(told))) == [
        (16, "next_step close", ("listen",)),
        (16, "band tense", ("calm",)),
        (16, "cause billing", ("booking",)),
        (16, "“sorry” in a phrase or an instruction", phrases),
        (16, "no “listen WARM”", ("House listen warm.",)),
    ]


def test_an_instruction_counts_as_said(outcomes: Run) -> None:
    """What the agent is told to do stands in the sidebar as well."""
    does = EXTRA.replace("    when: {bands: [calm], contacts: 2}", '    does: ["Look at the calendar"]')
    assert 'does: ["Look' in does
    told = ANGRY + '      - agent: "So you have told us this before. Is that right?"\n        must_say: ["calendar"]\n'
    assert failures(outcomes(extra=with_case(told, does))) == []


def test_a_phrase_that_does_not_stand_ends_the_case(outcomes: Run) -> None:
    """What follows would answer something that nobody said."""
    told = "      - phrase: warm\n      - agent: Hello\n        next_step: close\n"
    assert failures(outcomes(extra=with_case(told))) == [(16, "a phrase in tone warm", ("nothing",))]


def test_time_slots_channel_and_locale_are_the_cases_own(outcomes: Run) -> None:
    """So that conditions on them can be tried."""
    text = EXTRA.replace("{bands: [calm], contacts: 2}", "{waiting: 3, channels: [email], locales: [de]}")
    text = text.replace("I'll look now.", "I'll look now, {{name}}.")
    told = "      - customer: Book me in please.\n      - agent: So you have told us this before. Is that right?\n"
    told += "      - customer: My booking!\n"
    told += "      - customer: My booking!\n        after: {after}\n        must_say: [Maria]\n"
    host = "    slots: {name: Maria}\n    channel: email\n    locale: de-AT\n    lines:"
    for after, host_told, holds in ((200, host, True), (20, host, False), (200, "    lines:", False)):
        case = with_case(told.replace("{after}", str(after)), text).replace("    lines:", host_told)
        assert (failures(outcomes(extra=case)) == []) is holds, (after, host_told)


def test_a_draft_is_tried_as_if_it_were_in_force(outcomes: Run) -> None:
    """Although it does not speak in a chat yet; what is retired is left alone."""
    told = ANGRY + '      - agent: "So you have told us this before. Is that right?"\n        must_say: [ll look now]\n'
    text = with_case(told, EXTRA.replace("    when: {bands: [calm], contacts: 2}\n", ""))
    assert failures(outcomes(extra=text)) == []
    assert failures(outcomes(extra=text.replace("priority: 3", "status: draft"))) == []
    assert outcomes(extra=text.replace("priority: 3", "status: retired")) == []
    draft = text.replace("playbook: extra", "playbook: next").replace("priority: 3", "status: draft")
    both = outcomes(extra=text, next=draft.replace('warm: ["I\'ll look now."]', 'warm: ["On my way."]'))
    assert [bool(outcome.failures) for outcome in both] == [False, True], "the draft's words, not those in force"


def test_the_command_tells_a_failure_and_ends_with_1(tmp_path: Path) -> None:
    """For continuous integration; a broken set is told as `check` does, one without cases says so."""

    def typed(**files: str) -> tuple[int, list[str]]:
        done = CliRunner().invoke(app, ["playbooks", "test", str(written(tmp_path, **files))])
        return done.exit_code, done.output.splitlines()

    assert typed(extra=EXTRA) == (0, ["ok     extra.yaml:14: A case", "1 case, 0 failed"])
    assert typed(extra=EXTRA.replace("band: calm", "band: critical")) == (
        1,
        [
            "FAILED extra.yaml:14: A case",
            "  extra.yaml:16: after “Hello”",
            "    expected band critical",
            "    came     calm",
            "1 case, 1 failed",
        ],
    )
    code, lines = typed(extra=EXTRA.replace("solve", "soothe"))
    assert (code, lines[-1]) == (1, "1 problem, nothing loaded")
    code, lines = typed(extra=EXTRA[: EXTRA.index("cases:")])
    assert (code, len(lines)) == (0, 1)
    assert lines[0].startswith("no cases in ")


def test_the_cases_of_packs_are_run_over_the_set(tmp_path: Path) -> None:
    """Each pack's by itself, after those of the set; with one named, as a server with it would speak."""
    told = ANGRY + '      - agent: "So you have told us this before. Is that right?"\n        must_say: [ll look now]\n'
    text = with_case(told, EXTRA.replace("    when: {bands: [calm], contacts: 2}\n", ""))
    folder = written(tmp_path, extra=text)
    for pack, words in (("quick", "On my way."), ("slow", "One moment.")):
        (folder / "packs" / pack).mkdir(parents=True)
        changed = text.replace("I'll look now.", words).replace("ll look now", words)
        changed = changed.replace("ooking now", f"ooking {pack}").replace("name: A case", f"name: {pack}")
        (folder / "packs" / pack / "extra.yaml").write_text(changed)

    def lines(*options: str) -> list[str]:
        done = CliRunner().invoke(app, ["playbooks", "test", str(folder), *options])
        assert done.exit_code == 0, done.output
        return done.output.splitlines()

    assert lines() == [
        "ok     extra.yaml:13: A case",
        "ok     packs/quick/extra.yaml:13: quick",
        "ok     packs/slow/extra.yaml:13: slow",
        "3 cases, 0 failed",
    ]
    assert lines("--pack", "slow") == ["ok     packs/slow/extra.yaml:13: slow", "1 case, 0 failed"]
    (folder / "packs" / "slow" / "extra.yaml").write_text("cause: [")
    done = CliRunner().invoke(app, ["playbooks", "test", str(folder)])
    assert done.exit_code == 1
    assert "ok     " not in done.output, "nothing is run by halves"


def test_a_silence_is_told_as_the_server_would(outcomes: Run) -> None:
    """A line without words: what is offered then is looked at like after any other."""
    waiting = house().replace("flow:\n", "flow:\n  - step: close\n    when: {quiet: 2}\n")
    lines = (
        '      - customer: "Where is my booking? I want to know now."\n'
        '      - agent: "Which booking is it?"\n'
        "      - quiet: 3\n"
        "        next_step: close\n"
        "      - quiet: 10\n"
        "        next_step: close\n"
    )
    ((line, expected, _),) = failures(outcomes(house=waiting, extra=with_case(lines)))
    assert (line, expected) == (with_case(lines).split("\n").index("      - quiet: 3") + 1, "next_step close")
