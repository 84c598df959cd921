"""Which phrases to offer: one a tone where there are some, each the one that says most of what is known.

No line comes back in a chat once it is gone. Variation is a hash of conversation and line, so that two chats differ and
the same chat replays to the same words.
"""

import hashlib
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from assist.conversation.state import Conversation, Evidence, Suggestion
from assist.message import Step
from assist.phrasing.slots import fill, known, worth
from assist.playbook.schema import TONES, Entry, Phrase

MOST = 3  # phrases offered at once
SPECIFIC = 1.1  # each entry further down is worth so much less: a fact does not make up for a line made for the case
EVIDENCE = 3  # pieces of evidence shown with a phrase
SHADE = 2**32
FILLED_IN = frozenset(
    {"name", "agent", "order", "amount"}
)  # gaps the agent can fill; others would claim what nobody said

# The kinds of evidence that speak for a step, where it is not simply the hottest words.
SPEAKS_FOR: Mapping[Step, frozenset[str]] = {
    Step.BOUNDARY: frozenset({"abuse", "threat"}),
    Step.CLOSE: frozenset({"gratitude", "reassured"}),
    Step.SOLVE: frozenset({"cause", "complaint", "refusal", "confusion", "urgency"}),
    Step.OWN: frozenset({"cause", "contact", "complaint"}),
}


def choose(
    state: Conversation, step: Step, entries: tuple[Entry, ...], kept: tuple[Suggestion, ...] = ()
) -> tuple[Suggestion, ...]:
    """Fresh suggestions for a step, so many that there are three with the `kept` ones; none that was shown before.

    One of each tone that no kept one has, then the best of the rest. A line with a gap is only offered when there is
    nothing else, and only when the agent can fill it.
    """
    if len(kept) >= MOST:
        return ()
    values = known(state)
    fresh = list(_fresh(state, entries, {item.key for item in kept}))
    whole = [line for line in fresh if values.keys() >= set(line[1].slots)]
    gaps = [line for line in fresh if set(line[1].slots) - values.keys() <= FILLED_IN]
    best = sorted(_placed(state, whole or ([] if kept else gaps), values), key=lambda item: item[:2])
    open_tones = [tone for tone in TONES if all(item.tone != tone for item in kept)]
    firsts = [next((item for item in best if item[2].tone == tone), None) for tone in open_tones]
    picked = [item for item in firsts if item is not None]
    picked += [item for item in best if item not in picked]
    picked = sorted(picked[: MOST - len(kept)], key=lambda item: TONES.index(item[2].tone))
    why = _evidence(state, step)
    return tuple(_suggestion(state, phrase, entry, values, why) for _, _, phrase, entry in picked)


def _fresh(
    state: Conversation, entries: tuple[Entry, ...], kept: AbstractSet[str]
) -> Iterator[tuple[int, Phrase, Entry]]:
    """Every line not shown before, with its entry and the place of that."""
    for rank, entry in enumerate(entries):
        for phrases in entry.phrases.values():
            for phrase in phrases:
                if phrase.key not in state.gone and phrase.key not in kept:
                    yield rank, phrase, entry


def _placed(
    state: Conversation, lines: list[tuple[int, Phrase, Entry]], values: Mapping[str, str]
) -> Iterator[tuple[float, int, Phrase, Entry]]:
    """Of each line how little it fits and its place in this chat's own order."""
    for rank, phrase, entry in lines:
        yield rank * SPECIFIC - worth(phrase, values), _shade(state.id, phrase.key), phrase, entry


def _shade(conversation: str, key: str) -> int:
    digest = hashlib.blake2b(f"{conversation}\0{key}".encode("utf-8", "surrogatepass"), digest_size=4).digest()
    return int.from_bytes(digest, "big") % SHADE


def _suggestion(
    state: Conversation, phrase: Phrase, entry: Entry, values: Mapping[str, str], why: tuple[Evidence, ...]
) -> Suggestion:
    text, missing = fill(phrase, values)
    return Suggestion(
        id=f"{phrase.key}-{_shade(state.id, phrase.key):08x}",
        key=phrase.key,
        step=entry.step,
        text=text,
        tone=phrase.tone,
        missing=missing,
        rule=f"{entry.playbook}.{entry.step}",
        reason=entry.reason,
        evidence=why,
    )


def _evidence(state: Conversation, step: Step) -> tuple[Evidence, ...]:
    """The customer's last words that speak for the step, else the hottest of them, else what named the cause."""
    wanted = SPEAKS_FOR.get(step)
    fitting = [item for item in state.evidence if wanted and item.kind in wanted]
    hottest = [item for item in state.evidence if item.points > 0]
    return tuple((fitting or hottest or list(state.evidence) or list(state.cause_evidence))[:EVIDENCE])
