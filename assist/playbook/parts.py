"""A playbook may stand in several files, the parts in a folder of its name: they are made one, and checked as one."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from assist.errors import Problem
from assist.playbook.book import Part
from assist.playbook.schema import ENGLISH, HOUSE, Entry, Playbook, by_step

# Keys of which a playbook has one. The others are lists, one after the other in the order of the files' names.
ONCE = ("title", "status", "causes", "interrupt", "priority", "policy", "flow")


def grouped(parts: Sequence[Part]) -> list[list[Part]]:
    """The parts of each playbook together, in the order in which they come."""
    groups: dict[str, list[Part]] = {}
    for part in parts:
        groups.setdefault(part.folder or part.book.file, []).append(part)
    return list(groups.values())


def joined(parts: Sequence[Part], *, whole: bool) -> tuple[Playbook, list[Problem]]:
    """One playbook of its parts, and what does not go together in them.

    Not *whole* is one that changes another: all but its name may be left out.
    """
    head = next((part for part in parts if "title" in part.keys), parts[0])
    of = {key: next((part.book for part in parts if key in part.keys), head.book) for key in ONCE}
    entries = tuple(chain.from_iterable(part.book.entries for part in parts))
    playbook = replace(
        head.book,
        causes=of["causes"].causes,
        entries=entries,
        by_step=by_step(entries),
        flow=of["flow"].flow,
        interrupt=of["interrupt"].interrupt,
        priority=of["priority"].priority,
        status=of["status"].status,
        policy=of["policy"].policy,
        solutions=tuple(chain.from_iterable(part.book.solutions for part in parts)),
        cases=tuple(chain.from_iterable(part.book.cases for part in parts)),
    )
    return playbook, [*_twice(parts), *_misplaced(parts, playbook), *_missing(parts, head, whole=whole)]


def _twice(parts: Sequence[Part]) -> Iterator[Problem]:
    """What stands in one part and again in a later one."""
    for place, part in enumerate(parts):
        yield from _keys_twice(parts[:place], part)
        yield from _lists_twice([one.book for one in parts[:place]], part.book)


def _keys_twice(before: Sequence[Part], part: Part) -> Iterator[Problem]:
    file = part.book.file
    for key in ONCE:
        first = next((one for one in before if key in one.keys and key in part.keys), None)
        if first:
            yield _again(file, part.keys[key], f"'{key}'", f"{first.book.file}:{first.keys[key]}")
    if before and part.book.language != before[0].book.language:
        what = f"language is '{part.book.language}' but {before[0].book.file} is of '{before[0].book.language}'"
        yield Problem(file, part.keys.get("language", part.line), what)


def _lists_twice(before: Sequence[Playbook], book: Playbook) -> Iterator[Problem]:
    for entry in book.entries:
        for one in _like(before, entry):
            yield _again(book.file, entry.line, f"step '{entry.step}' with these conditions", f"{one.file}:{one.line}")
    for solution in book.solutions:
        for offer in (one.offer for earlier in before for one in earlier.solutions if one.id == solution.id):
            what = f"the solution '{solution.id}'"
            yield _again(book.file, solution.offer.line, what, f"{offer.file}:{offer.line}")
    for case in book.cases:
        for told in (one for earlier in before for one in earlier.cases if one.name == case.name):
            yield _again(book.file, case.line, f"the case '{case.name}'", f"{told.file}:{told.line}")


def _like(books: Sequence[Playbook], entry: Entry) -> list[Entry]:
    """The entry of other parts for the same step and moment: which comes first would hang on the files' names."""
    return [one for book in books for one in book.entries if (one.step, one.when) == (entry.step, entry.when)][:1]


def _again(file: str, line: int, what: str, first: str) -> Problem:
    return Problem(file, line, f"{what} stands at {first} already")


def _misplaced(parts: Sequence[Part], playbook: Playbook) -> Iterator[Problem]:
    for key, allowed, where in (
        ("flow", playbook.name == HOUSE, "only the house playbook has a flow"),
        ("policy", playbook.name == HOUSE, "only the house playbook has a policy"),
        ("solutions", playbook.name != HOUSE and not playbook.interrupt, "only a playbook with causes has solutions"),
    ):
        for part in parts if not allowed else ():
            if key in part.keys:
                yield Problem(part.book.file, part.keys[key], where)


def _missing(parts: Sequence[Part], head: Part, *, whole: bool) -> Iterator[Problem]:
    """What a playbook must have; asked only where every part says whose it is."""
    keys = set().union(*(part.keys for part in parts))
    if any("playbook" not in part.keys for part in parts):
        return
    book = head.book
    for key in ("title", "steps") if whole else ():
        if key not in keys:
            yield Problem(book.file, head.line, f"the playbook has no '{key}'")
    served, called = any(part.book.causes for part in parts), any(part.book.interrupt for part in parts)
    if book.name != HOUSE and (served == called if whole else served and called):
        yield Problem(book.file, head.line, "a playbook has either causes or an interrupt")
    if whole and book.name == HOUSE and "flow" not in keys and book.language == ENGLISH:
        yield Problem(book.file, head.line, "the house playbook has no 'flow'")
