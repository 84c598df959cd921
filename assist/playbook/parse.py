"""From texts of YAML to `Playbooks`, or to every mistake in them with file and line."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from assist.errors import PlaybookProblems, Problem
from assist.message import Step
from assist.playbook.book import playbook as read_playbook
from assist.playbook.entries import digest
from assist.playbook.nodes import Reader
from assist.playbook.policy import may_be_asked
from assist.playbook.schema import COSTS, HOUSE, Playbook, Playbooks

WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")


def parse(files: Mapping[str, str]) -> Playbooks:
    """Read a set of playbooks, file name -> text.

    Raises `PlaybookProblems` with all mistakes of all files; nothing is loaded by halves.
    """
    problems: list[Problem] = []
    playbooks: list[Playbook] = []
    for file in sorted(files):
        reader = Reader(file)
        playbook = read_playbook(reader, files[file])
        problems += reader.problems
        if playbook:
            playbooks.append(playbook)
    problems += [*_owners(playbooks), *_repeats(playbooks)]
    house = next((playbook for playbook in playbooks if playbook.name == HOUSE), None)
    if house is None and not any(problem.file.startswith(HOUSE) for problem in problems):
        problems.append(Problem(f"{HOUSE}.yaml", 1, "the set has no house playbook; every set leans on one"))
    if house:
        problems += [*_house(house), *_policy(house, playbooks)]
    if problems or house is None:
        raise PlaybookProblems(problems)
    active = [playbook for playbook in playbooks if playbook.status == "active"]
    return Playbooks(
        version=digest("\0".join(f"{file}\0{files[file]}" for file in sorted(files))),
        house=house,
        by_cause=MappingProxyType({cause: p for p in active if p is not house for cause in p.causes}),
        protocols=tuple(sorted((p for p in active if p.interrupt), key=lambda p: -p.priority)),
        all=tuple(playbooks),
        policy=house.policy,
    )


def _owners(playbooks: list[Playbook]) -> Iterator[Problem]:
    """Causes that two playbooks serve."""
    owner: dict[str, str] = {}
    for playbook in playbooks:
        for cause in playbook.causes if playbook.name != HOUSE and playbook.status == "active" else ():
            if cause in owner:
                yield Problem(playbook.file, 1, f"cause '{cause}' is already served by {owner[cause]}")
            owner.setdefault(cause, playbook.file)


def _repeats(playbooks: list[Playbook]) -> Iterator[Problem]:
    """Phrases that stand twice: among all that are active, else in their own file, the next version of another."""
    texts: dict[tuple[str, str], str] = {}
    for playbook in playbooks:
        among = "" if playbook.status == "active" else playbook.file
        for line, phrase in playbook.phrases:
            first = texts.setdefault((among, phrase.text), f"{playbook.file}:{line}:{phrase.key}")
            if first != f"{playbook.file}:{line}:{phrase.key}":
                where = first.rsplit(":", 1)[0]
                yield Problem(playbook.file, line, f"the phrase of {where} stands here again")


def _house(house: Playbook) -> Iterator[Problem]:
    """Steps that the house has no words for."""
    spoken = {entry.step for entry in house.entries if any(entry.phrases.values())}
    for step in Step:
        if step not in spoken:
            yield Problem(house.file, 1, f"the house playbook has no step '{step}'")


def _policy(house: Playbook, playbooks: list[Playbook]) -> Iterator[Problem]:
    """What does not go together with the house's policy."""
    policy = house.policy
    solutions = [(book, item) for book in playbooks for item in (*book.solutions, *book.policy.goodwill)]
    known = dict.fromkeys((*COSTS, *(item.id for _, item in solutions)))
    for what in (what for listed in policy.promises.values() for what in listed):
        if what not in known:
            yield Problem(house.file, policy.line, f"promises has '{what}'; allowed: {', '.join(known)}")
    for book, item in solutions:
        if may_be_asked(policy, item) and not any(item.ask.values()) and not any(policy.ask.values()):
            what = f"solution '{item.id}' may have to be asked for, but neither it nor the policy has 'ask'"
            yield Problem(book.file, item.offer.line, what)
    forbidden = [(text, _words(text)) for text in policy.forbidden]
    for book in playbooks if forbidden else ():
        for line, phrase in book.phrases:
            said = _words(phrase.text)
            for text in (text for text, words in forbidden if words in said):
                yield Problem(
                    book.file, line, f"the policy forbids '{text}', which a phrase of tone '{phrase.tone}' says"
                )


def _words(text: str) -> str:
    """The words of a text in small letters, each between blanks, so that whole words are found."""
    return f" {' '.join(WORD.findall(text.lower()))} "
