"""Two sets on the same recorded chats: what differs, what is counted, and how it is shown in the terminal."""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.backtest import Backtest, Turn
from app.cli import app
from app.learned import Weights
from app.playbook_files import load
from app.settings import resource
from app.transcripts import KEPT, parse
from assist.engine import Engine
from assist.signals.scores import Scores
from assist.text import normalise
from tests.app.small_set import EXTRA, written
from tests.conftest import real_chats

SOLVE = EXTRA.replace("    when: {bands: [calm], contacts: 2}\n", "")
LISTENED = "So you have told us this before. Is that right?"
CHAT = (("customer", "Where is my booking?"), ("agent", LISTENED), ("customer", "Yes, my booking."))
Sides = Callable[..., Backtest]


def told(*lines: tuple[str, str], conversation: str = "c") -> list[str]:
    """Lines of a file."""
    return [json.dumps({"conversation": conversation, "role": role, "text": text}) for role, text in lines]


@pytest.fixture
def sides(engine: Engine, tmp_path: Path) -> Sides:
    """Two small sets beside each other, by the texts of their extra playbook."""

    def opened(before: str, after: str) -> Backtest:
        folders = (written(tmp_path / "before", extra=before), written(tmp_path / "after", extra=after))
        return Backtest(*(replace(engine, playbooks=load(folder)) for folder in folders))

    return opened


def heard(backtest: Backtest, lines: Iterable[str]) -> list[Turn]:
    """The turns after all lines."""
    return [backtest.hear(parse(line)) for line in lines]


def test_a_set_beside_itself_differs_in_nothing(sides: Sides) -> None:
    """And counts the same."""
    backtest = sides(SOLVE, SOLVE)
    assert [turn.differs for turn in heard(backtest, told(*CHAT))] == [(), (), ()]
    counts = backtest.counts
    assert (counts.conversations, counts.messages, counts.changed) == (1, 3, 0)
    assert counts.before == counts.after
    assert counts.before.by_rule == {"house.listen": 3, "extra.solve": 3}


def test_a_phrase_that_changed_is_told_once_where_it_first_stands(sides: Sides) -> None:
    """After the agent had listened; while it merely stands there it is not told again."""
    backtest = sides(SOLVE, SOLVE.replace("Looking now.", "On my way."))
    assert [turn.differs for turn in heard(backtest, told(*CHAT, CHAT[2]))] == [(), ("phrases",), (), ()]
    counts = backtest.counts
    assert (counts.changed, dict(counts.by_kind)) == (1, {"phrases": 1})
    assert counts.by_rule == {"extra.solve": 1}


def test_a_next_step_and_an_instruction_that_changed_are_told(sides: Sides) -> None:
    """Each under its own name."""
    before = SOLVE.replace("step: solve", "step: listen")
    after = before.replace("    phrases:", '    does: ["Look at the calendar."]\n    phrases:')
    (turn,) = heard(sides(before, after), told(CHAT[0]))
    assert turn.differs == ("instructions",)
    protocol = SOLVE.replace("causes: [booking]", "interrupt: {signal: complaint, at_least: 0.3}").replace(
        "step: solve", "step: escalate"
    )
    (turn,) = heard(sides(SOLVE, protocol), told(("customer", "This is a terrible, useless service!")))
    assert turn.differs == ("next step", "phrases")


def test_unfilled_slots_are_counted(sides: Sides) -> None:
    """A line with a gap comes up only where nothing whole is left."""
    gaps = re.sub(r'\["(I.ll look|Looking|I am looking) now\."\]', r'["\1 now, {{order}}."]', SOLVE)
    house_has_none = gaps.replace("step: solve", "step: listen")
    backtest = sides(SOLVE, house_has_none)
    heard(backtest, told(CHAT[0]))
    assert (backtest.counts.before.unfilled, backtest.counts.after.unfilled) == (0, 0)
    backtest = sides(gaps.replace("causes: [booking]", "interrupt: {signal: complaint, at_least: 0.3}"), SOLVE)
    heard(backtest, told(("customer", "This is a terrible, useless service!")))
    assert (backtest.counts.before.unfilled, backtest.counts.after.unfilled) == (3, 0)


@dataclass
class Counting:
    """The linear scorer, which knows how often it was asked."""

    asked: int = 0

    def __call__(self, text: str) -> Scores:
        self.asked += 1
        return Weights().learned().scorer.score(normalise(text))


def test_every_message_is_read_once(sides: Sides) -> None:
    """For both sets, so that only the playbooks differ."""
    score = Counting()
    backtest = sides(SOLVE, SOLVE.replace("Looking now.", "On my way."))
    backtest.score = score
    turns = heard(backtest, told(*CHAT))
    assert score.asked == len(CHAT)
    assert all(turn.before.state.heard is turn.after.state.heard for turn in turns)
    assert all(turn.before.state.tension == turn.after.state.tension for turn in turns)


def test_a_conversation_costs_no_more_when_it_is_long(sides: Sides) -> None:
    """Only its last states are kept, and those of the conversations last heard."""
    backtest = sides(SOLVE, SOLVE)
    heard(backtest, told(*CHAT))
    (few,) = (len(repr(kept)) for kept in backtest.states.values())
    heard(backtest, told(*CHAT * 30))
    (many,) = (len(repr(kept)) for kept in backtest.states.values())
    assert many < 4 * few
    for number in range(KEPT - 1):
        backtest.states[str(number)] = backtest.states["c"]
    heard(backtest, told(CHAT[0], conversation="new"))
    assert len(backtest.states) == KEPT
    assert "c" not in backtest.states


def typed(*words: str) -> tuple[int, str, str]:
    """Exit code, output and complaints of `steadyhand playbooks backtest`."""
    done = CliRunner().invoke(app, ["playbooks", "backtest", *words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture
def recorded(tmp_path: Path) -> str:
    """A file with two chats, of which one tries to steer the terminal."""
    lines = [*told(*CHAT), *told(("customer", "Where is my booking?\x1b[31m [red]"), CHAT[1], conversation="d")]
    (tmp_path / "chats.jsonl").write_text("\n".join(lines) + "\n\n")
    return str(tmp_path / "chats.jsonl")


@pytest.fixture
def folders(tmp_path: Path) -> tuple[str, str]:
    """A set in force and its next version."""
    after = SOLVE.replace("Looking now.", "Looking right now.")
    return str(written(tmp_path / "old", extra=SOLVE)), str(written(tmp_path / "new", extra=after))


def test_the_terminal_shows_both_sides_and_the_counts(recorded: str, folders: tuple[str, str]) -> None:
    """The turn with what was said, the lines that differ marked by signs too, then what was counted."""
    old, new = folders
    code, out, err = typed(new, "--on", recorded, "--against", old, "--reader", "linear")
    assert (code, err) == (0, "")
    said = re.sub(r"\s+", " ", out)
    assert "c #2 agent" in said
    assert "- Looking now. extra.solve + Looking right now. extra.solve" in said
    assert "the same: next step solve, warm, formal" in said
    assert "extra.solve 6 6 2" in said
    assert "suggested 12 12" in said
    for side, folder in (("before", old), ("after", new)):
        assert f"{side}: {folder}, version {load(Path(folder)).version}" in said
    assert out.splitlines()[-1] == (
        "5 messages of 2 conversations: 2 (40.0 %) turns differ (next step 0, phrases 2, instructions 0, tension 0)"
    )
    assert "\x1b" not in out


def test_only_so_many_turns_are_shown(recorded: str, folders: tuple[str, str]) -> None:
    """The rest is counted."""
    old, new = folders
    _, out, _ = typed(new, "--on", recorded, "--against", old, "--reader", "linear", "--most", "1")
    assert "c #2 agent" in out
    assert "d #2 agent" not in out
    assert "1 more turns differ; --most shows more, --html all" in out


def test_two_packs_over_one_set_are_compared(recorded: str, tmp_path: Path) -> None:
    """Both are named, so that nobody takes one for the other."""
    folder = written(tmp_path / "set", extra=SOLVE)
    for pack, words in (("quick", "On my way."), ("slow", "One moment.")):
        (folder / "packs" / pack).mkdir(parents=True)
        (folder / "packs" / pack / "extra.yaml").write_text(SOLVE.replace("I'll look now.", words))
    sets = [str(folder), "--pack", "slow", "--against", str(folder), "--against-pack", "quick"]
    code, out, _ = typed(*sets, "--on", recorded, "--reader", "linear")
    assert code == 0
    said = re.sub(r"\s+", " ", out)
    assert "- On my way. extra.solve + One moment. extra.solve" in said
    assert f"before: {folder} with quick, version " in said
    assert f"after: {folder} with slow, version " in said


def test_bad_lines_are_told_and_the_rest_is_compared(tmp_path: Path, folders: tuple[str, str]) -> None:
    """By their number, on standard error; exit code 1 at the end."""
    old, new = folders
    (tmp_path / "bad.jsonl").write_text("nonsense\n" + "\n".join(told(*CHAT)))
    code, out, err = typed(new, "--on", str(tmp_path / "bad.jsonl"), "--against", old, "--reader", "linear")
    assert code == 1
    assert err.startswith("line 1: bad_json: ")
    assert "3 messages of 1 conversation:" in out


def test_what_cannot_be_compared_is_said_in_a_few_words(
    recorded: str, folders: tuple[str, str], tmp_path: Path
) -> None:
    """A broken set by its folder, a file that is not there, a page that cannot be written."""
    old, new = folders
    (Path(new) / "extra.yaml").write_text("cause: [")
    code, out, err = typed(new, "--on", recorded, "--against", old, "--reader", "linear")
    assert (code, out) == (2, "")
    assert err.startswith(f"steadyhand: {new}/extra.yaml:")
    assert typed(old, "--on", "nowhere.jsonl")[0] == 2
    code, _, err = typed(old, "--on", recorded, "--against", old, "--reader", "linear", "--html", str(tmp_path / "a/b"))
    assert (code, len(err.splitlines())) == (2, 1)
    assert "cannot write" in err


def test_our_set_on_real_chats(tmp_path: Path) -> None:
    """No line comes twice in a chat, and fewer than two in a hundred have a gap."""
    chats = real_chats()[:150]
    lines = [
        line
        for number, chat in enumerate(chats)
        for line in told(*((turn["role"], turn["text"]) for turn in chat["turns"]), conversation=f"c{number}")
    ]
    (tmp_path / "chats.jsonl").write_text("\n".join(lines))
    ours = str(resource("playbooks"))
    code, out, _ = typed(ours, "--on", str(tmp_path / "chats.jsonl"), "--reader", "linear")
    assert code == 0
    assert f"{len(lines):,} messages of {len(chats)} conversations: 0 turns differ" in out
    found = dict(
        re.findall(
            r"^(suggested|of them with an unfilled slot|of them for the second time in a chat) +(\S+)",
            out,
            re.MULTILINE,
        )
    )
    suggested, unfilled, again = (int(number.replace(",", "")) for number in found.values())
    assert suggested > 100
    assert unfilled < 0.02 * suggested
    assert again == 0
