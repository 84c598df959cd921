"""Golden transcripts: whole chats, told line by line, with what a good team lead would expect to see beside them.

A file of `tests/transcripts/` has a `title` and `lines`. A line is said by `customer` or `agent`, is the `phrase` of a
tone that the agent takes from the sidebar, or so many minutes in which the customer is `quiet`; `after` is the pause
before it in seconds (30). What may be expected after it: `band`, `cause`, `next_step` (`none` for nothing to say),
`wait`, `done` (steps that are ticked), `not_done`, `alerts` (their kinds), `style`, what some phrase `must_say` and
none may (`must_not_say`), what the instructions to the agent `must_do`, and which words of the customer are quoted as
the reason (`must_quote`). `pack` names a folder of `tests/transcripts/packs/` that lies over the playbooks from this
line on, as when they are changed while a chat runs. A comment at its top names the capabilities of the product that it
shows.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.casebook import run as run_cases
from app.playbook_files import load
from app.settings import resource
from assist.conversation.state import Conversation
from assist.conversation.tension import band
from assist.engine import Engine, Heard, Waited
from assist.message import Role
from assist.playbook.schema import Playbooks
from tests.conftest import Talk

PACKS = Path(__file__).parent.parent / "transcripts" / "packs"
FILES = sorted((Path(__file__).parent.parent / "transcripts").glob("*.yaml"))
SAID_BY = {"customer", "agent", "phrase", "quiet"}
SAFETY = {"threat", "distress"}
WORDS = {"must_say", "must_not_say", "must_do", "must_quote"}
EXPECTED = {"band", "cause", "next_step", "wait", "done", "not_done", "alerts", "style"} | WORDS
SHOWN = {*(f"C{n}" for n in range(1, 16)), "C20", "C21", "B6", "B7", "B8"}  # capabilities that advice has a part in


def test_there_are_transcripts() -> None:
    """An empty folder would pass everything."""
    assert len(FILES) >= 40


def test_every_capability_of_the_advice_is_shown_by_a_transcript() -> None:
    """Each is named in the comment at the top of one."""
    tops = [file.read_text(encoding="utf-8").partition("\n")[0] for file in FILES]
    assert set() == SHOWN - {name for top in tops if top.startswith("#") for name in top.partition(":")[0].split()}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_advice_is_what_a_good_team_lead_would_whisper(better_engine: Engine, file: Path) -> None:
    """At every line: how tense, about what, what next, in which words, and what is ticked."""
    story = yaml.safe_load(file.read_text(encoding="utf-8"))
    talk = Talk(better_engine, Conversation(file.stem, slots={"name": "Maria", "agent": "Dana"}))
    standing, gone = set[str](), set[str]()
    for number, line in enumerate(story["lines"], 1):
        assert len(SAID_BY & line.keys()) == 1, f"line {number}"
        assert not line.keys() - SAID_BY - EXPECTED - {"after", "pack"}, f"line {number}"
        heard, where = tell(talk, line), f"line {number}: {line}"
        seen = what_is_seen(heard)
        assert {name: seen[name] for name in line.keys() & seen.keys()} == {
            name: line[name] for name in line.keys() & seen.keys()
        }, where
        check_words(heard, line, where)
        shown = {item.text for item in heard.advice.suggestions}
        gone |= standing - shown
        standing = shown
        assert not gone & shown, f"line {number}: a line that was gone came back"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_linear_reader_raises_the_same_alarms_of_safety(engine: Engine, file: Path) -> None:
    """The quicker reader may differ in a band or a step, never in whether somebody is in danger."""
    story = yaml.safe_load(file.read_text(encoding="utf-8"))
    talk = Talk(engine, Conversation(file.stem, slots={"name": "Maria", "agent": "Dana"}))
    for number, line in enumerate((line for line in story["lines"] if "phrase" not in line), 1):
        heard = tell(talk, line)
        if "alerts" in line:
            seen = {alert.kind for alert in heard.advice.alerts} & SAFETY
            assert seen == SAFETY & set(line["alerts"]), f"line {number}: {line}"


def with_pack(name: str) -> Playbooks:
    """The playbooks that ship with a pack of the transcripts over them."""
    return load(resource("playbooks"), (str(PACKS / name),))


@pytest.mark.parametrize("pack", sorted(folder.name for folder in PACKS.iterdir()))
def test_a_pack_of_the_transcripts_holds_what_its_own_cases_ask(better_engine: Engine, pack: str) -> None:
    """As an author tries it before it is in force."""
    outcomes = [*run_cases(replace(better_engine, playbooks=with_pack(pack)), place=str(PACKS))]
    assert outcomes
    assert not [str(outcome) for outcome in outcomes if outcome.failures]


def tell(talk: Talk, line: dict[str, Any]) -> Heard | Waited:
    """Say one line of a transcript."""
    if "pack" in line:
        talk.engine = replace(talk.engine, playbooks=with_pack(line["pack"]))
    pause = line.get("after", 30)
    if "customer" in line:
        return talk.customer(line["customer"], pause)
    if "quiet" in line:
        return talk.quiet(line["quiet"])
    if "agent" in line:
        return talk.agent(line["agent"], pause)
    return talk.agent(next(item.text for item in talk.state.suggestions if item.tone == line["phrase"]), pause)


def what_is_seen(heard: Heard | Waited) -> dict[str, Any]:
    """What the sidebar shows, in the words of a transcript."""
    advice, state = heard.advice, heard.conversation
    return {
        "band": band(state.tension),
        "cause": state.cause.label,
        "next_step": advice.next_step.value if advice.next_step else "none",
        "wait": advice.wait,
        "alerts": [alert.kind for alert in advice.alerts],
        "style": state.style,
    }


def check_words(heard: Heard | Waited, line: dict[str, Any], where: str) -> None:
    """What is ticked, and what the phrases say."""
    ticked = {item.step.value for item in heard.advice.steps if item.done}
    phrases = [item.text for item in heard.advice.suggestions]
    assert set(line.get("done", ())) <= ticked, (where, ticked)
    assert not set(line.get("not_done", ())) & ticked, (where, ticked)
    for words in line.get("must_say", ()):
        assert any(words in phrase for phrase in phrases), (where, words, phrases)
    for words in line.get("must_not_say", ()):
        assert not any(words.lower() in phrase.lower() for phrase in phrases), (where, words, phrases)
    to_do = [item.text for item in heard.advice.instructions]
    for words in line.get("must_do", ()):
        assert any(words in text for text in to_do), (where, words, to_do)
    quotes = [item.text for suggestion in heard.advice.suggestions for item in suggestion.evidence]
    for words in line.get("must_quote", ()):
        assert any(words in text for text in quotes), (where, words, quotes)
    if not (isinstance(heard, Heard) and heard.message.role is not Role.CUSTOMER) and heard.advice.next_step:
        assert len({item.tone for item in heard.advice.suggestions}) == 3, (where, phrases)
        assert not any(mark in phrase for phrase in phrases for mark in "[]{}"), (where, phrases)
