"""The checks over a history find what they are there for, and nothing in a good one."""

from pathlib import Path

import pytest

from tests.faults.checks import differences, problems
from tests.faults.history import History

EPOCH = "e"


def good() -> History:
    """Two messages of one sender, the second of them changed, and an agent who saw it all."""
    history = History("good", 7)
    for number in (1, 2):
        send(history, f"m{number}", f"text {number}", number)
    send(history, "m2", "other text", 2, what="edit")
    took(history, "snapshot", 1)
    took(history, "update", 2)
    took(history, "update", 3)
    kept(history, ("m1", "text 1"), ("m2", "other text"))
    history.add("agent", "end", "conversation", "c", differences=[])
    return history


def send(history: History, message: str, text: str, seq: int | None, what: str = "message", end: str = "ok") -> None:
    """A call that ended so."""
    key = f"{message} {len(history.entries)}"
    history.add("sender", "invoke", what, "c", key, id=message, text=text)
    history.add("sender", end, what, "c", key, seq=seq)  # type: ignore[arg-type]


def took(history: History, what: str, offset: int, verdict: str = "apply", asked: int = 1, epoch: str = EPOCH) -> None:
    """A frame that an agent got."""
    about = {} if what == "update" else {"epoch": epoch}
    history.add("agent", "took", what, "c", verdict=verdict, waiting=False, asked=asked, offset=offset, **about)


def kept(history: History, *messages: tuple[str, str]) -> None:
    """What is there in the end."""
    told = [{"id": name, "seq": number, "text": text} for number, (name, text) in enumerate(messages, 1)]
    history.add("server", "kept", "transcript", "c", messages=told)


def lost(history: History) -> None:
    """An acknowledged message is missing."""
    kept(history, ("m1", "text 1"))


def renumbered(history: History) -> None:
    """A message has another number than its sender was told."""
    send(history, "m1", "text 1", 9)


def made_up(history: History) -> None:
    """A message that nobody sent."""
    kept(history, ("m1", "text 1"), ("m2", "other text"), ("m3", "?"))


def refused_and_kept(history: History) -> None:
    """A message that was refused for good, and is there."""
    send(history, "m3", "text 3", None, end="fail")
    kept(history, ("m1", "text 1"), ("m2", "other text"), ("m3", "text 3"))


def changed(history: History) -> None:
    """Other words than were sent."""
    kept(history, ("m1", "text 1 "), ("m2", "other text"))


def forgotten(history: History) -> None:
    """An acknowledged edit that did not stay."""
    kept(history, ("m1", "text 1"), ("m2", "text 2"))


def gap_in_numbers(history: History) -> None:
    """Two messages with the numbers 1 and 3."""
    messages = [{"id": "m1", "seq": 1, "text": "text 1"}, {"id": "m2", "seq": 3, "text": "other text"}]
    history.add("server", "kept", "transcript", "c", messages=messages)


def doubled(history: History) -> None:
    """The same id twice."""
    kept(history, ("m1", "text 1"), ("m2", "other text"), ("m2", "other text"))


def disordered(history: History) -> None:
    """The second message, sent after the first was acknowledged, stands before it."""
    kept(history, ("m2", "other text"), ("m1", "text 1"))


def taken_twice(history: History) -> None:
    """A client that applies an offset again."""
    took(history, "update", 3)


def hole(history: History) -> None:
    """A client that applies what is not the next."""
    took(history, "update", 5)


def sent_twice(history: History) -> None:
    """A socket on which an offset comes again, though the client drops it."""
    took(history, "update", 3, "drop")


def resumed_short(history: History) -> None:
    """A socket that is told less than it was sent."""
    took(history, "resumed", 2)


def back(history: History) -> None:
    """A snapshot that is older than what the client had."""
    took(history, "snapshot", 1, asked=2)


def another_epoch(history: History) -> None:
    """A log that was lost."""
    took(history, "snapshot", 3, asked=2, epoch="f")


def not_equal(history: History) -> None:
    """A client that ended with something else."""
    history.add("agent", "end", "conversation", "c", differences=[".state.tension: 1 is not 2"])


WRONGS = {
    lost: "lost",
    renumbered: "renumbered",
    made_up: "made up",
    refused_and_kept: "made up",
    changed: "changed",
    forgotten: "forgotten",
    gap_in_numbers: "numbers",
    doubled: "doubled",
    disordered: "order",
    taken_twice: "hole",
    hole: "hole",
    sent_twice: "turn",
    resumed_short: "turn",
    back: "back",
    another_epoch: "epoch",
    not_equal: "end",
}


def test_a_good_history_has_no_problems():
    """Nothing is found where nothing is."""
    assert problems(good()) == []


@pytest.mark.parametrize(("wrong", "name"), WRONGS.items(), ids=lambda value: getattr(value, "__name__", ""))
def test_each_wrong_is_found(wrong, name: str):
    """One thing wrong in a good history, and it is named."""
    history = good()
    wrong(history)
    assert any(problem.startswith(f"{name}:") for problem in problems(history)), problems(history)


def test_what_nobody_knows_may_be_there_or_not():
    """A call without an answer binds nobody: its message may be missing, and may come late."""
    for messages in ([], [("m3", "text 3")]):
        history = good()
        send(history, "m3", "text 3", None, end="info")
        kept(history, ("m1", "text 1"), ("m2", "other text"), *messages)
        assert problems(history) == []


def test_a_client_may_know_more_than_the_worker_it_comes_back_to():
    """It is told an older position on its new socket, is sent what it has, and drops it."""
    history = good()
    took(history, "resumed", 2, asked=2)
    took(history, "update", 3, "drop", asked=2)
    assert problems(history) == []


def test_a_kept_history_is_the_same_when_read(tmp_path: Path):
    """With its seed, and with what is wrong with it."""
    history = good()
    lost(history)
    read = History.read(history.keep(tmp_path))
    assert (read.name, read.seed, read.entries) == (history.name, history.seed, history.entries)
    assert problems(read) == problems(history)


def test_differences_are_told_by_their_path():
    """Down to the key, and a list of another length as one."""
    ours, theirs = {"a": [{"b": 1}, 2], "c": [1]}, {"a": [{"b": 3}, 2], "c": []}
    assert differences(ours, theirs) == [".a[0].b: 1 is not 3", ".c: [1] is not []"]
    assert differences(ours, ours) == []
