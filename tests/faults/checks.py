"""What must be true of every history, whatever was broken on the way. Each check gives one line for each violation."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.faults.history import Entry, History

Check = Callable[["Told"], Iterator[str]]
WRITES = ("message", "edit", "delete")


@dataclass(slots=True)
class Operation:
    """A message, edit or deletion of one sender: what was asked, and what is known of it."""

    invoked: Entry
    done: Entry | None = None  # the `ok`; None where it failed or nobody knows
    failed: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """Conversation and message id."""
        return self.invoked.conversation, self.invoked.value["id"]


@dataclass(slots=True)
class Told:
    """A history sorted for the checks."""

    history: History
    operations: list[Operation] = field(default_factory=list)
    kept: dict[str, list[dict[str, Any]]] = field(default_factory=dict)  # conversation -> messages at the end

    @classmethod
    def of(cls, history: History) -> "Told":
        """Operations with their ends, and the transcripts."""
        told = cls(history)
        open_ones: dict[tuple[str, str], Operation] = {}
        for entry in history.entries:
            name = (entry.process, entry.key)
            if entry.kind == "invoke":
                open_ones[name] = Operation(entry)
                told.operations.append(open_ones[name])
            elif entry.kind == "ok":
                open_ones[name].done = entry
            elif entry.kind == "fail":
                open_ones[name].failed = True
            elif entry.kind == "kept":
                told.kept[entry.conversation] = entry.value["messages"]
        return told

    def messages(self) -> dict[tuple[str, str], dict[str, Any]]:
        """Every message that is there, by conversation and id."""
        return {(name, message["id"]): message for name, kept in self.kept.items() for message in kept}


def acknowledged_is_there(told: Told) -> Iterator[str]:
    """Nothing that was answered with success is missing, and it has the number that was told."""
    there = told.messages()
    for operation in told.operations:
        if operation.done is None or operation.key[0] not in told.kept:
            continue
        message = there.get(operation.key)
        if message is None:
            yield f"lost: {operation.key} was acknowledged at {operation.done.at:.2f} s and is not there"
        elif message["seq"] != operation.done.value.get("seq", message["seq"]):
            yield f"renumbered: {operation.key} was told to be {operation.done.value['seq']} and is {message['seq']}"


def what_is_there_was_sent(told: Told) -> Iterator[str]:
    """Nothing is made up, changed on the way, or kept although the sender was told that it is not."""
    texts: dict[tuple[str, str], set[str]] = defaultdict(set)
    for operation in told.operations:
        if not operation.failed:
            texts[operation.key].add(operation.invoked.value.get("text", ""))
    for key, message in told.messages().items():
        if key not in texts:
            yield f"made up: {key} was never sent, or was refused"
        elif message["text"] not in texts[key]:
            yield f"changed: {key} has a text that was not sent: {message['text']!r}"


def revised_as_acknowledged(told: Told) -> Iterator[str]:
    """The last acknowledged edit or deletion of a message stands, unless a later one may have come through."""
    there = told.messages()
    by_message: dict[tuple[str, str], list[Operation]] = defaultdict(list)
    for operation in told.operations:
        by_message[operation.key].append(operation)
    for key, operations in by_message.items():
        last = max((one.done.at for one in operations if one.done), default=None)
        if last is None or key not in there:
            continue
        possible = {one.invoked.value.get("text", "") for one in operations if not _surely_before(one, operations)}
        if there[key]["text"] not in possible:
            yield f"forgotten: {key} has the text {there[key]['text']!r}, though it was changed after that"


def _surely_before(one: Operation, others: list[Operation]) -> bool:
    """Whether another one began after this one had ended, and was acknowledged."""
    return one.done is not None and any(
        other.done is not None and other.invoked.at > one.done.at for other in others if other is not one
    )


def numbers_have_no_gap(told: Told) -> Iterator[str]:
    """`seq` counts 1, 2, 3, … in every conversation."""
    for name, messages in told.kept.items():
        numbers = [message["seq"] for message in messages]
        if numbers != list(range(1, len(numbers) + 1)):
            yield f"numbers: {name} has {numbers[:20]}…"


def nothing_is_there_twice(told: Told) -> Iterator[str]:
    """No message id stands twice in a conversation."""
    for name, messages in told.kept.items():
        ids = [message["id"] for message in messages]
        for twice in sorted({one for one in ids if ids.count(one) > 1} if len(set(ids)) < len(ids) else ()):
            yield f"doubled: {name} has {twice} {ids.count(twice)} times"


def order_is_that_of_time(told: Told) -> Iterator[str]:
    """What was acknowledged before another message was first sent stands before it, whoever sent the two."""
    there = told.messages()
    sent: dict[tuple[str, str], float] = {}
    acknowledged: dict[tuple[str, str], float] = {}
    for operation in told.operations:
        if operation.invoked.what == "message" and operation.key in there:
            sent.setdefault(operation.key, operation.invoked.at)
            if operation.done:
                acknowledged[operation.key] = min(operation.done.at, acknowledged.get(operation.key, operation.done.at))
    moments = [(at, True, key) for key, at in sent.items()] + [(at, False, key) for key, at in acknowledged.items()]
    highest: dict[str, tuple[int, str]] = defaultdict(lambda: (0, ""))
    for _, begins, key in sorted(moments):
        seq = there[key]["seq"]
        before, whose = highest[key[0]]
        if begins and seq < before:
            yield f"order: {key} is {seq}, but {whose} was acknowledged as {before} before it was sent"
        elif not begins:
            highest[key[0]] = max((before, whose), (seq, key[1]))


def nothing_taken_twice(told: Told) -> Iterator[str]:
    """No client takes an offset twice or after a hole, and what confirms its position is not beyond it."""
    at: dict[tuple[str, str], tuple[str, int]] = {}
    for entry in told.history.of("took"):
        name, value = (entry.process, entry.conversation), entry.value
        if value["verdict"] != "apply":
            continue
        if entry.what == "snapshot":
            at[name] = (value["epoch"], value["offset"])
            continue
        epoch, offset = at.get(name, ("", -1))
        if entry.what == "resumed":
            if value["epoch"] != epoch or value["offset"] > offset:
                yield f"resumed: {entry.process} stood at {offset} of {entry.conversation} and was told {value}"
        elif value["offset"] != offset + 1:
            yield f"hole: {entry.process} took {entry.conversation} {value['offset']} after {offset}"
        else:
            at[name] = (epoch, value["offset"])


def each_offset_comes_once(told: Told) -> Iterator[str]:
    """After a subscription its socket gets every offset once and in turn, and is told truly how far it has come.

    The answer may be older than what the client had from another worker; what it knows comes again, and is dropped.
    """
    reached: dict[tuple[str, str], tuple[int, int]] = {}  # by which subscription, and the last offset on its socket
    for entry in told.history.of("took"):
        name, value = (entry.process, entry.conversation), entry.value
        asked, offset = reached.get(name, (0, 0))
        expected = offset + (entry.what == "update")
        if entry.what != "snapshot" and asked == value["asked"] and value["offset"] != expected:
            yield f"turn: {entry.process} got {entry.what} {value['offset']} of {entry.conversation} after {offset}"
        reached[name] = (value["asked"], value["offset"])


def never_backwards(told: Told) -> Iterator[str]:
    """In one epoch no snapshot is older than what the client had, and no epoch changes while the store stands."""
    at: dict[tuple[str, str], tuple[str, int]] = {}
    for entry in told.history.of("took"):
        name, value = (entry.process, entry.conversation), entry.value
        epoch, offset = at.get(name, (value.get("epoch"), 0))
        if entry.what == "snapshot":
            if value["epoch"] != epoch:
                yield f"epoch: {entry.conversation} was {epoch} and became {value['epoch']} for {entry.process}"
            elif value["offset"] < offset:
                yield f"back: {entry.process} had {entry.conversation} at {offset} and was given {value['offset']}"
        if value["verdict"] == "apply":
            at[name] = (value.get("epoch", epoch), value["offset"])


def ends_are_equal(told: Told) -> Iterator[str]:
    """Every client ended with what the server has."""
    for entry in told.history.of("end"):
        for difference in entry.value["differences"]:
            yield f"end: {entry.process} and the server differ in {entry.conversation or entry.what}: {difference}"


CHECKS: tuple[Check, ...] = (
    acknowledged_is_there,
    what_is_there_was_sent,
    revised_as_acknowledged,
    numbers_have_no_gap,
    nothing_is_there_twice,
    order_is_that_of_time,
    nothing_taken_twice,
    each_offset_comes_once,
    never_backwards,
    ends_are_equal,
)


def problems(history: History) -> list[str]:
    """Everything that is wrong with a history."""
    told = Told.of(history)
    return [problem for check in CHECKS for problem in check(told)]


def differences(ours: Any, theirs: Any, where: str = "") -> list[str]:
    """Where two JSON values differ, by path; a list of another length is one difference."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return [
            line
            for key in sorted({*ours, *theirs})
            for line in differences(ours.get(key), theirs.get(key), f"{where}.{key}")
        ]
    if isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        return [
            line
            for number, pair in enumerate(zip(ours, theirs, strict=True))
            for line in differences(*pair, f"{where}[{number}]")
        ]
    return [] if ours == theirs else [f"{where or 'all'}: {str(ours)[:120]} is not {str(theirs)[:120]}"]
