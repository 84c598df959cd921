"""Which phrases to offer: one a tone where there are some, each the one that says most of what is known.

No line comes back in a chat once it is gone, nor does one that says nearly the same (`wear`). Variation is a hash of
conversation and line, so that two chats differ and the same chat replays to the same words.
"""

import hashlib
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from assist.conversation.state import Conversation, Evidence, Suggestion
from assist.message import Step
from assist.phrasing.slots import fill, known, worth
from assist.phrasing.suit import suits
from assist.phrasing.wear import Words, recalled, said_in, worn_out
from assist.playbook.schema import TONES, Entry, Phrase

MOST = 3  # phrases offered at once
EVIDENCE = 3  # pieces of evidence shown with a phrase
# Gaps that the agent can fill; a phrase with another one would claim what nobody said.
FILLED_IN = frozenset({"name", "agent", "order", "amount"})

# The kinds of evidence that speak for a step, where it is not simply the hottest words.
SPEAKS_FOR: Mapping[Step, frozenset[str]] = {
    Step.BOUNDARY: frozenset({"abuse", "threat"}),
    Step.CLOSE: frozenset({"gratitude", "reassured"}),
    Step.SOLVE: frozenset({"cause", "complaint", "refusal", "confusion", "urgency"}),
    Step.OWN: frozenset({"cause", "contact", "complaint"}),
}


@dataclass(frozen=True, slots=True)
class Ground:
    """What a line may lean on: values of slots, slots that may stay open, and what was said that it must not repeat.

    `taken` are the keys of the lines picked beside it, `beside` their words, `used` their slots.
    """

    values: Mapping[str, str]
    gaps: AbstractSet[str]
    said: tuple[Words, ...]
    taken: AbstractSet[str] = frozenset()
    beside: tuple[Words, ...] = ()
    used: AbstractSet[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Stands:
    """What all suggestions of one moment have in common."""

    values: Mapping[str, str]
    evidence: tuple[Evidence, ...]
    version: str


def choose(
    state: Conversation,
    step: Step,
    entries: tuple[Entry, ...],
    kept: tuple[Suggestion, ...] = (),
    *,
    said: tuple[str, ...] = (),
    version: str = "",
) -> tuple[Suggestion, ...]:
    """Fresh suggestions for a step, so many that there are three with the `kept` ones; none that was shown before.

    *said* is what nothing may repeat, as `wear.remembered` keeps it; *version* is that of the set of playbooks.

    One of each tone that no kept one has, then the best of the rest. A line with a gap is only offered when there is
    nothing else, and only when the agent can fill it.
    """
    if len(kept) >= MOST:
        return ()
    values, earlier = known(state), recalled(said)
    picked = _picked(state, entries, kept, Ground(values, frozenset(), earlier))
    if not picked and not kept:
        picked = _picked(state, entries, kept, Ground(values, FILLED_IN, earlier))
    stands = Stands(values, _evidence(state, step), version)
    return tuple(_suggestion(state, phrase, entry, stands) for phrase, entry in picked)


def _picked(
    state: Conversation,
    entries: tuple[Entry, ...],
    kept: tuple[Suggestion, ...],
    ground: Ground,
) -> list[tuple[Phrase, Entry]]:
    """Lines in the order of their tones."""
    taken = {item.key for item in kept}
    beside = [said_in(item.text) for item in kept]
    used: set[str] = set()
    open_tones = [(tone,) for tone in TONES if all(item.tone != tone for item in kept)]
    picked: list[tuple[Phrase, Entry]] = []
    for tones in (*open_tones, *[TONES] * MOST):
        now = Ground(ground.values, ground.gaps, ground.said, taken, tuple(beside), used)
        best = _best(state, entries, tones, now) if len(picked) + len(kept) < MOST else None
        if best:
            picked.append(best)
            taken.add(best[0].key)
            used.update(best[0].slots)
            beside.append(said_in(fill(best[0], ground.values)[0]))
    return sorted(picked, key=lambda line: TONES.index(line[0].tone))


def _best(
    state: Conversation,
    entries: tuple[Entry, ...],
    tones: tuple[str, ...],
    ground: Ground,
) -> tuple[Phrase, Entry] | None:
    """The best line in these tones of the first entry that has a fresh one.

    One that says nearly what stands beside it, or one that is worn, only where no other is left.
    """
    worn: tuple[Phrase, Entry] | None = None
    alike: tuple[Phrase, Entry] | None = None
    for entry in entries:
        lines = [
            phrase
            for tone in tones
            for phrase in entry.phrases[tone]
            if phrase.key not in state.gone
            and phrase.key not in ground.taken
            and all(slot in ground.values or slot in ground.gaps for slot in phrase.slots)
        ]
        for phrase in _ranked(state, lines, ground):
            text = fill(phrase, ground.values)[0]
            if worn_out(text, ground.said):
                continue
            if phrase.key in state.worn:
                worn = worn or (phrase, entry)
            elif worn_out(text, ground.beside):
                alike = alike or (phrase, entry)
            else:
                return phrase, entry
    return alike or worn


def _ranked(state: Conversation, lines: list[Phrase], ground: Ground) -> Iterator[Phrase]:
    """Lines in the order in which they are taken: with the customer's facts, in their style, then by chance."""
    by_worth: dict[tuple[float, int], list[Phrase]] = {}
    for line in lines:
        suited = suits(state.style, line) if state.style else 0
        by_worth.setdefault((worth(line, ground.values, ground.used), suited), []).append(line)
    for equal in sorted(by_worth, reverse=True):
        yield from sorted(by_worth[equal], key=lambda line: _shade(state.id, line.key))


def _shade(conversation: str, key: str) -> int:
    digest = hashlib.blake2b(f"{conversation}\0{key}".encode("utf-8", "surrogatepass"), digest_size=4).digest()
    return int.from_bytes(digest, "big")


def _suggestion(state: Conversation, phrase: Phrase, entry: Entry, stands: Stands) -> Suggestion:
    text, missing = fill(phrase, stands.values)
    return Suggestion(
        id=f"{phrase.key}-{_shade(state.id, phrase.key):08x}",
        key=phrase.key,
        step=entry.step,
        text=text,
        tone=phrase.tone,
        missing=missing,
        rule=entry.rule,
        reason=entry.reason,
        evidence=stands.evidence,
        critical=entry.critical,
        version=stands.version,
    )


def _evidence(state: Conversation, step: Step) -> tuple[Evidence, ...]:
    """The customer's last words that speak for the step, else the hottest of them, else what named the cause."""
    wanted = SPEAKS_FOR.get(step)
    fitting = [item for item in state.evidence if wanted and item.kind in wanted]
    hottest = [item for item in state.evidence if item.points > 0]
    return tuple((fitting or hottest or list(state.evidence) or list(state.cause_evidence))[:EVIDENCE])
