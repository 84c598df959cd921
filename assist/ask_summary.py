"""A summary of a chat by rule: what it is about, the facts, what was tried, refused, wished, promised, how it stands.

Every sentence is a fixed one with the chat's own words in its gaps, and names the message that these come from.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assist.ask_summary_words import ASKED, ENGLISH, FRENCH, NAMES, SENTENCES, SPANISH
from assist.ask_words import said
from assist.conversation.state import Conversation
from assist.message import Role, Step
from assist.record import DONE, Entry

QUOTED = 160  # characters of a message
MOST = 24  # sentences
MOST_TRIED = 8  # of them on what was done and turned down, the last
SHOWN = ("order", "amount", "product", "date", "promised", "contact", "times", "waiting", "since", "problem", "feeling")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, what it tells (`kind`), and the message that it comes from; none where nothing has been said."""

    kind: str
    text: str
    message: str | None


def wanted_in(question: str) -> str:
    """The language in which a question asks for a summary, as `en`; empty where it asks for something else."""
    words = said(question)
    there = frozenset(words) | {f"{one}_{other}" for one, other in pairwise(words)}
    there |= {"_".join(words[at : at + size]) for size in (3, 4) for at in range(len(words) - size + 1)}
    found = [code for code, asked in ASKED.items() if any(_asks(there, words, trigger) for trigger in asked)]
    if "resume" in words and "en" not in found:
        if not ENGLISH.isdisjoint(words):
            return ""
        french = "\u00e9" in question.lower() or len(FRENCH & there) > len(SPANISH & there)
        found = ["fr" if french else "es"]
    return found[0] if found else ""


def _asks(there: frozenset[str], words: Sequence[str], trigger: str) -> bool:
    """Whether a trigger stands in a question; one in two parts may have words between them."""
    if not trigger.count("*"):
        return trigger in there
    beginning, _, rest = trigger.partition("*")
    return any(word.startswith(beginning) for word in words) and (not rest or rest.strip("_") in words)


def summarise(state: Conversation, entries: Sequence[Entry], language: str = "en") -> tuple[Sentence, ...]:
    """At most `MOST` sentences on a chat, in one of four languages, English for any other."""
    told = [entry for entry in entries if not entry.message.deleted and entry.message.role is not Role.NOTE]
    words = _Words(language if language in SENTENCES else "en")
    parts = (
        _cause(words, state, told),
        _facts(words, told),
        _wishes(words, told),
        [*_tried(words, told)][-MOST_TRIED:],
        _promises(words, state),
        _standing(words, state, told),
    )
    return tuple(sentence for part in parts for sentence in part)[:MOST]


@dataclass(frozen=True, slots=True)
class _Words:
    """Sentences and names in one language."""

    language: str

    def name(self, key: str) -> str:
        return NAMES[self.language].get(key, key.replace("_", " "))

    def make(self, kind: str, message: str | None, sentence: str = "", **gaps: str) -> Sentence:
        """A sentence with its gaps filled in one pass; what is put in is not looked at again."""
        parts = SENTENCES[self.language][sentence or kind].split("{")
        text = parts[0] + "".join(gaps[part.partition("}")[0]] + part.partition("}")[2] for part in parts[1:])
        return Sentence(kind, text, message)


def _cause(words: _Words, state: Conversation, told: Sequence[Entry]) -> Iterator[Sentence]:
    message = state.cause_evidence[0].message if state.cause_evidence else None
    entry = next((entry for entry in told if entry.message.id == message), None)
    if entry is None or state.cause.label in ("", "other"):
        first = next((entry.message.id for entry in told if entry.message.role is Role.CUSTOMER), None)
        yield words.make("cause", first, "cause_unknown")
    else:
        yield words.make("cause", message, cause=words.name(state.cause.label), quote=_quoted(entry))


def _facts(words: _Words, told: Sequence[Entry]) -> Iterator[Sentence]:
    """The facts that customers told, each as it was told last."""
    last = {fact.slot: (fact.value, entry.message.id) for entry in _customers(told) for fact in entry.facts}
    for slot in SHOWN:
        if slot in last and not (slot == "times" and "contact" in last):
            value, message = last[slot]
            yield words.make("fact", message, slot=words.name(slot), value=value)


def _wishes(words: _Words, told: Sequence[Entry]) -> Iterator[Sentence]:
    wish = None
    for entry in _customers(told):
        wish = next(((fact.value, entry.message.id) for fact in entry.facts if fact.slot == "wish"), wish)
    if wish:
        yield words.make("wish", wish[1], value=wish[0])
    asks = [entry for entry in _customers(told) if entry.acts.get("supervisor", 0.0) >= DONE]
    if asks:
        yield words.make("wish", asks[-1].message.id, "supervisor", quote=_quoted(asks[-1]))


def _tried(words: _Words, told: Sequence[Entry]) -> Iterator[Sentence]:
    """Each step when it was done first, every offer, and what was turned down, in the order of the chat."""
    done: set[Step] = set()
    for entry in told:
        if entry.message.role is Role.CUSTOMER:
            if entry.acts.get("refusal", 0.0) >= DONE and Step.SOLVE in done:
                yield words.make("refused", entry.message.id, quote=_quoted(entry))
            continue
        new = [step for step in Step if entry.steps.get(step, 0.0) >= DONE and (step not in done or step is Step.SOLVE)]
        done.update(new)
        if new:
            names = ", ".join(words.name(step.value) for step in new)
            yield words.make("step", entry.message.id, step=names, quote=_quoted(entry))


def _promises(words: _Words, state: Conversation) -> Iterator[Sentence]:
    for promise in state.promises:
        yield words.make("promise", promise.message, quote=_short(promise.text))


def _standing(words: _Words, state: Conversation, told: Sequence[Entry]) -> Iterator[Sentence]:
    if told:
        tension = f"{state.tension:.0f}"
        last = told[-1]
        yield words.make(
            "standing", last.message.id, tension=tension, trend=words.name(state.trend), quote=_quoted(last)
        )


def _customers(told: Sequence[Entry]) -> list[Entry]:
    return [entry for entry in told if entry.message.role is Role.CUSTOMER]


def _quoted(entry: Entry) -> str:
    return _short(entry.message.text)


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= QUOTED else f"{plain[: QUOTED - 1]}…"
