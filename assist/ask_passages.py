"""What the ask box can find in a set of playbooks: phrases, instructions, solutions and the house's policy."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from assist.ask_words import concepts, said, stems
from assist.playbook.schema import PEOPLE, Entry, Phrase, Playbook, Playbooks, Policy, Solution, When

ALWAYS = frozenset({"house"})  # playbooks that are about every cause


@dataclass(frozen=True, slots=True)
class Passage:
    """Something to be found: its kind, its text (of a phrase with the slots open), where it stands and its words."""

    kind: str  # phrase, instruction, solution or policy
    text: str
    name: str
    where: str
    rule: str
    words: tuple[str, ...]
    group: str  # passages of one group say the same thing in other words
    causes: frozenset[str] = frozenset()
    step: str = ""
    signal: str = ""  # of a protocol, that calls for it
    entry: Entry | None = None
    phrase: Phrase | None = None
    solution: Solution | None = None


def passages(playbooks: Playbooks) -> tuple[Passage, ...]:
    """All that can be found in one language's set."""
    found: list[Passage] = []
    for book in playbooks.all:
        if book.language == playbooks.house.language and book.status == "active":
            found += (*_steps(book), *_solutions(book))
    return (*found, *_policy(playbooks.policy, playbooks.house))


def _about(book: Playbook) -> list[str]:
    """The concepts of a whole playbook."""
    if book.name in ALWAYS:
        return []
    return [f"@{name}" for name in book.causes] + (
        [MOMENTS.get(book.interrupt.signal, book.interrupt.signal)] if book.interrupt else []
    )


def _steps(book: Playbook) -> Iterator[Passage]:
    for entry in book.entries:
        place = f"{entry.file}:{entry.line}"
        about = Passage(
            kind="instruction",
            text="",
            name=book.title,
            where=place,
            rule=entry.rule,
            words=_entry_words(book, entry),
            group=place,
            causes=frozenset(book.causes),
            step=entry.step.value,
            signal=book.interrupt.signal if book.interrupt else "",
            entry=entry,
        )
        yield from (_saying(about, text) for text in (entry.reason, *entry.does) if text)
        for phrase in _lines(entry):
            where = f"{phrase.file or entry.file}:{phrase.line or entry.line}"
            yield replace(_saying(about, phrase.text), kind="phrase", where=where, phrase=phrase)


def _saying(about: Passage, text: str) -> Passage:
    """A passage with a text of its own, and its words before those of all of its entry."""
    return replace(about, text=text, words=(*stems(said(text)), *about.words))


def _lines(entry: Entry) -> Iterator[Phrase]:
    return (phrase for lines in entry.phrases.values() for phrase in lines)


def _entry_words(book: Playbook, entry: Entry) -> tuple[str, ...]:
    """What all of an entry is about: its reason, its step, its playbook, and the moment that it is made for."""
    reason = said(entry.reason)
    step = f"@{entry.step.value}"
    return (
        *stems(reason),
        *stems(said(book.title)),
        step,
        step,
        *_about(book),
        *_moment(entry.when),
        *concepts(reason),
    )


# Acts and signals that a condition asks for, as concepts.
MOMENTS = {
    "abuse": "@boundary",
    "threat": "@threat",
    "distress": "@distress",
    "churn": "@churn",
    "gratitude": "@thanks",
    "farewell": "@close",
    "foreign": "@foreign",
    "urgency": "@hurry",
    "impatience": "@hurry",
    "supervisor": "@escalate",
    "refusal": "@refused",
    "repetition": "@again",
}


def _moment(when: When) -> Iterator[str]:
    yield from (MOMENTS[name] for name in when.signals if name in MOMENTS)
    if when.refusals:
        yield "@refused"
    if when.refusals >= 3:  # the third offer turned down: there is nothing left but a no
        yield "@decline"
    if when.contacts:
        yield "@again"
    if when.insults:
        yield "@boundary"
    if when.answered:
        yield "@silent"


def _solutions(book: Playbook) -> Iterator[Passage]:
    for solution in book.offers:
        offer = solution.offer
        yield Passage(
            kind="solution",
            text=offer.reason,
            name=book.title,
            where=f"{offer.file}:{offer.line}",
            rule=offer.rule,
            words=(*_offer_words(book, solution), *_about(book), *_moment(offer.when)),
            group=offer.rule,
            causes=frozenset(book.causes),
            step=offer.step.value,
            entry=offer,
            solution=solution,
        )


def _offer_words(book: Playbook, solution: Solution) -> Iterator[str]:
    """What a solution is: its name, what it costs, its reason, and how its lines begin."""
    named = stems(solution.id.split("_"))
    yield from (*named, *named, f"@{solution.id}", "@solve", "@solve")
    if solution.costs != "none":
        yield f"@{solution.costs}"
    if solution in book.policy.goodwill:
        yield "@voucher"
    yield from (*stems(said(solution.offer.reason)), *stems(said(book.title)))
    for phrase in _lines(solution.offer):
        yield from stems(said(phrase.text))[:6]


def _policy(policy: Policy, house: Playbook) -> Iterator[Passage]:
    for text, words in _rules(policy):
        tokens = (*stems(said(text)), *words, "@policy")
        yield Passage("policy", text, house.title, f"{policy.file}:{policy.line}", "house.policy", tokens, group=text)


def _rules(policy: Policy) -> Iterator[tuple[str, Iterable[str]]]:
    """The policy in sentences, each with its concepts."""
    whose = {name: who for who in PEOPLE for name in policy.promises.get(who, ())}
    for cost, cap in policy.caps.items():
        amount = f"{cap:g} {policy.currency}"
        who = whose.get(cost, "agent")
        text = (
            f"A {cost} of up to {amount} is yours to promise; ask your lead for more."
            if who == "agent"
            else f"A {cost} is for your {who} to promise, and {amount} is the limit: ask first."
        )
        yield text, ("@cap", "@cap", f"@{cost}")
    for name, who in whose.items():
        if name not in policy.caps:
            what = name.replace("_", " ")
            own = f"A {what} is yours to promise."
            yield own if who == "agent" else f"A {what} is for your {who} to promise: ask first.", ("@cap", f"@{name}")
    if policy.forbidden:
        listed = ", ".join(f"“{words}”" for words in policy.forbidden)
        yield f"The house does not want these words: {listed}.", ("@forbidden", "@forbidden")
