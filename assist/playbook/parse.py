"""From texts of YAML to `Playbooks`, or to every mistake in them with file and line."""

import re
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from types import MappingProxyType

from assist.errors import PlaybookProblems, Problem
from assist.message import Step
from assist.playbook.book import Part, part
from assist.playbook.entries import digest
from assist.playbook.nodes import Reader
from assist.playbook.packs import laid
from assist.playbook.parts import grouped, joined
from assist.playbook.policy import may_be_asked
from assist.playbook.schema import COSTS, ENGLISH, HOUSE, Phrase, Playbook, Playbooks, Solution, by_priority

WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")


Found = tuple[Part | None, tuple[Problem, ...]]


def read_file(file: str, text: str) -> Found:
    """What a file by itself says, None where it is not YAML, and the mistakes in it."""
    reader = Reader(file)
    return part(reader, text), tuple(reader.problems)


def parse(
    files: Mapping[str, str], *packs: Mapping[str, str], read_one: Callable[[str, str], Found] = read_file
) -> Playbooks:
    """Read a set of playbooks, file name -> text, with packs that lie over it one after the other.

    Who reads several sets of the same files gives a `read_one` that remembers: they share what the files hold.
    Raises `PlaybookProblems` with all mistakes of all files; nothing is loaded by halves.
    """
    problems: list[Problem] = []
    read: list[Playbook] = []
    for texts in (files, *packs):
        found = {file: read_one(file, texts[file]) for file in sorted(texts)}
        layer = _layer(found, {playbook.name for playbook in read}, problems)
        problems += _twice(layer)
        read = laid(read, layer)
    languages = dict.fromkeys((ENGLISH, *(playbook.language for playbook in read)))
    groups = {code: [playbook for playbook in read if playbook.language == code] for code in languages}
    for group in groups.values():
        problems += [*_owners(group), *_repeats(group)]
    houses = {code: next((book for book in group if book.name == HOUSE), None) for code, group in groups.items()}
    problems += [problem for code, house in houses.items() for problem in _house(house, code, problems)]
    known = [solution for playbook in read for solution in playbook.offers]
    for code, house in houses.items():
        problems += _policy(house, houses[ENGLISH], groups[code], known) if house else ()
    base = houses[ENGLISH]
    if problems or base is None:
        raise PlaybookProblems(problems)
    version = digest("\0".join(f"{file}\0{texts[file]}" for texts in (files, *packs) for file in sorted(texts)))
    whole = _set(version, base, groups[ENGLISH])
    others = {
        code: _leaning(whole, house, groups[code]) for code, house in houses.items() if house and house is not base
    }
    every = tuple(playbook for group in groups.values() for playbook in group)
    return replace(whole, all=every, by_language=MappingProxyType(others))


def _layer(read: Mapping[str, Found], below: AbstractSet[str], problems: list[Problem]) -> list[Playbook]:
    """The playbooks of some files; those whose name is *below* change another."""
    problems += [problem for _, wrong in read.values() for problem in wrong]
    unread = {_shelf(file) for file, (found, _) in read.items() if not found}
    layer = []
    for parts in grouped([found for found, _ in read.values() if found]):
        torn = bool(parts[0].folder) and parts[0].folder in unread  # what is missing may stand in what was not read
        playbook, wrong = joined(parts, whole=parts[0].book.name not in below and not torn)
        layer.append(playbook)
        problems += wrong
    return layer


def _shelf(file: str) -> str:
    """The folder of a file."""
    return file.rpartition("/")[0]


def _twice(playbooks: list[Playbook]) -> Iterator[Problem]:
    """Files that are the same playbook in the same language."""
    first: dict[tuple[str, str], str] = {}
    for playbook in playbooks:
        file = first.setdefault((playbook.language, playbook.name), playbook.file)
        if file != playbook.file:
            what = f"playbook '{playbook.name}' of language '{playbook.language}' is {file} already"
            yield Problem(playbook.file, 1, what)


def _set(version: str, house: Playbook, playbooks: list[Playbook]) -> Playbooks:
    """The set of one language: what is active in it speaks."""
    active = [playbook for playbook in playbooks if playbook.status == "active"]
    return Playbooks(
        version=version,
        house=house,
        by_cause=MappingProxyType({cause: p for p in active if p.name != HOUSE for cause in p.causes}),
        protocols=by_priority([p for p in active if p.interrupt]),
        all=tuple(playbooks),
        policy=house.policy,
    )


def _leaning(whole: Playbooks, house: Playbook, playbooks: list[Playbook]) -> Playbooks:
    """The set of another language: the flow, the limits and the protocols that it has not are the English ones.

    The flow without its lines about a language that nobody speaks.
    """
    flow = house.flow or tuple(turn for turn in whole.house.flow if "foreign" not in turn.when.signals)
    own = _set(whole.version, replace(house, flow=flow), playbooks)
    names = {protocol.name for protocol in own.protocols}
    lent = [protocol for protocol in whole.protocols if protocol.name not in names]
    return replace(own, protocols=by_priority([*own.protocols, *lent]), policy=whole.policy)


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
    texts: dict[tuple[str, str], Phrase] = {}
    for playbook in playbooks:
        among = "" if playbook.status == "active" else playbook.file
        shelf = _shelf(playbook.file)
        for phrase in sorted(playbook.phrases, key=lambda phrase: _shelf(phrase.file) != shelf):  # a pack's own last
            first = texts.setdefault((among, phrase.text), phrase)
            if first is not phrase:
                what = f"the phrase of {first.file}:{first.line} stands here again"
                yield Problem(phrase.file, phrase.line, what)


def _house(house: Playbook | None, language: str, before: list[Problem]) -> Iterator[Problem]:
    """A house that is missing, and steps that it has no words for."""
    home = HOUSE if language == ENGLISH else f"{language}/{HOUSE}"
    broken = {_shelf(problem.file) for problem in before}
    if house is None:
        file = f"{home}.yaml"
        if home not in broken and all(problem.file != file for problem in before):
            yield Problem(file, 1, "the set has no house playbook; every set leans on one")
        return
    if home in broken:
        return  # what seems to be missing may stand in the part with the mistake
    spoken = {entry.step for entry in house.entries if any(entry.phrases.values())}
    for step in Step:
        if step not in spoken:
            yield Problem(house.file, 1, f"the house playbook has no step '{step}'")


def _policy(
    house: Playbook, base: Playbook | None, playbooks: list[Playbook], solutions: list[Solution]
) -> Iterator[Problem]:
    """What does not go together with the policy of a language's house and the caps of the English one."""
    policy, limits = house.policy, (base or house).policy
    known = dict.fromkeys((*COSTS, *(solution.id for solution in solutions)))
    for what in (what for listed in policy.promises.values() for what in listed):
        if what not in known:
            yield Problem(house.file, policy.line, f"promises has '{what}'; allowed: {', '.join(known)}")
    for item in (item for playbook in playbooks for item in playbook.offers):
        if may_be_asked(limits, item) and not any(item.ask.values()) and not any(policy.ask.values()):
            what = f"solution '{item.id}' may have to be asked for, but neither it nor the policy has 'ask'"
            yield Problem(item.offer.file, item.offer.line, what)
    forbidden = [(text, _words(text)) for text in policy.forbidden]
    for book in playbooks if forbidden else ():
        for phrase in book.phrases:
            said = _words(phrase.text)
            for text in (text for text, words in forbidden if words in said):
                yield Problem(phrase.file, phrase.line, f"the policy forbids '{text}', which a phrase here says")


def _words(text: str) -> str:
    """The words of a text in small letters, each between blanks, so that whole words are found."""
    return f" {' '.join(WORD.findall(text.lower()))} "
