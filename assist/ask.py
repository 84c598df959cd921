"""The ask box: answers out of the playbooks, the policy, past cases and this chat's own lines, by BM25. No model.

Nothing is made up. What is found is ranked by the words of the question, weighed by what the chat is about: its cause,
its next step, what holds at this moment and what has been said. A question is words, never a pattern and never a query
language.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log

import numpy as np
from bm25s import BM25

from assist.ask_cases import Case, Experience, experiences, lines_of
from assist.ask_passages import ALWAYS, MOMENTS, Passage, passages
from assist.ask_words import CONCEPTS, CONSUMED, NAMED, TOLD, WANTED, asked_for, concepts, said, stems, whose
from assist.conversation.state import Conversation
from assist.message import Role, Step
from assist.phrasing.slots import fill, known, worth
from assist.playbook.holds import holds, strength
from assist.playbook.offers import spoken
from assist.playbook.policy import needs
from assist.playbook.schema import Phrase, Playbooks
from assist.record import DONE, Entry

MOST = 5  # answers
MOST_LINES = 400  # of a transcript that are searched, the last ones
QUOTED = 300  # characters of a line
LEAST = 0.08  # score below which something is no answer,
BESIDE = 0.45  # or below this share of the best one's
# Answers of one entry, by kind.
OF_A_GROUP = {"phrase": 1, "instruction": 1, "solution": 1, "policy": 1, "line": 5, "case": 1}

# How much what is known of the chat counts; tried on `tests/assist/ask_questions.yaml`.
THEIR_CAUSE = 1.35  # a playbook for the cause of the chat
ONCE_THEIR_CAUSE = 1.25  # or for one that it was about before,
EARLIER = 0.3  # with at least this share of the votes that the leading one has
ANY_CAUSE = 1.1  # the house's, which fits every cause
OTHER_CAUSE = 0.75  # one for another cause, unless the question names it
NAMED_CAUSE = 1.3
NOT_CALLED = 0.6  # a protocol that nothing calls for
NEXT_STEP = 1.12
HOLDS = 1.1  # its condition holds now
NOT_NOW = 0.85
# The question asks for this kind of answer; solutions are few, and what is asked for most.
WANTED_KIND = {"phrase": 1.4, "instruction": 1.4, "policy": 1.6, "solution": 1.9}
OTHER_KIND = 0.85
GAP = 0.6  # a phrase with a fact missing
USED = 0.5  # one that was shown or sent in this chat
ASKED_OF_CHAT = 1.5  # a line, where the question is about what was said
NOT_ASKED = 0.6
OTHER_SPEAKER = 0.7  # a line of the agent, where it is about the customer's, and the other way round
NOT_OF_CHAT = 0.4  # what is no line then
ASKED_OF_CASES = 4.0  # a past case, where the question is what worked before
BESIDE_OFFERS = 0.65  # and where it is what can be offered,
MOST_BESIDE = 2  # of which there are no more than these then
UNKNOWN = 1.0  # what a word of the question that stands nowhere takes from every score


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: `score` 0..1 is the share of the question that it meets; `who` has to agree to a solution."""

    text: str
    kind: str
    name: str
    where: str
    rule: str
    score: float
    missing: tuple[str, ...] = ()
    who: str = ""
    note: str = ""


class Index:
    """BM25 over some documents, each a list of words. Built once, then only read, so threads may share it."""

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        self._size = len(documents)
        self._held = Counter(word for words in documents for word in set(words))
        self._bm25 = BM25(k1=1.2, b=0.5)
        if self._held:
            self._bm25.index([list(words) or [""] for words in documents], show_progress=False)

    def scores(self, asked: Mapping[str, int]) -> np.ndarray:
        """For each document the share 0..1 of the question that it meets, each word by its weight and what it tells."""
        here = [word for word, weight in asked.items() if word in self._held for _ in range(weight)]
        if not here:
            return np.zeros(self._size, dtype=np.float32)
        found: np.ndarray = self._bm25.get_scores(here)
        strange = UNKNOWN * sum(
            weight for word, weight in asked.items() if word not in self._held and weight > CONSUMED
        )
        return found / (sum(map(self._tells, here)) + strange)

    def _tells(self, word: str) -> float:
        """Lucene's inverse document frequency, the most that a word can bring."""
        held = self._held[word]
        return log(1 + (self._size - held + 0.5) / (held + 0.5))


class Library:
    """One language's set of playbooks, ready to be asked."""

    def __init__(self, playbooks: Playbooks) -> None:
        self.version = playbooks.version
        self._playbooks = playbooks
        self._lines = lines_of(playbooks)
        found = passages(playbooks)
        self._index = Index([passage.words for passage in found])
        self._passages = tuple(replace(passage, words=()) for passage in found)  # the index has them now

    def answers(
        self, question: str, state: Conversation, entries: Sequence[Entry], cases: Sequence[Case] = ()
    ) -> tuple[Answer, ...]:
        """At most `MOST` answers to a question of an agent, best first, for a chat and the record of its messages.

        `cases` are those of the team that the chat is with.
        """
        words = said(question)
        wanted = frozenset(concepts(words, WANTED))
        asked = asked_for(words, CONCEPTS)
        if not asked:  # "and now?": the chat itself is the question
            asked = {f"@{state.next_step or Step.LISTEN}": NAMED, f"@{state.cause.label}": NAMED}
            wanted |= {"instruction"}
        if "@case" in asked:
            wanted = wanted - {"line"} | {"case"}
        found = [*self._found(asked, wanted, state), *_lines(words, wanted, entries)]
        told = self._cases(asked, wanted, state, cases) if wants_cases(question) else []
        best = tuple(_best([*found, *told]))
        if told and not any(answer.kind == "case" for answer in best):
            return (*best[: MOST - 1], told[0][1])  # beside the playbooks' answers there is a place for one
        return best

    def _cases(
        self, asked: Mapping[str, int], wanted: frozenset[str], state: Conversation, cases: Sequence[Case]
    ) -> list[tuple[str, Answer]]:
        """What worked in past chats; where other answers are asked for only the best of it."""
        told = list(experiences(cases, self._lines, self._playbooks, state))
        scores = Index([_case_words(one) for one in told]).scores(asked)
        weight = ASKED_OF_CASES if "case" in wanted else BESIDE_OFFERS
        weighed = [(float(score) * weight * _near(one, state), one) for score, one in zip(scores, told, strict=True)]
        ranked = sorted((item for item in weighed if item[0] >= LEAST), key=lambda item: -item[0])
        most = MOST if "case" in wanted else MOST_BESIDE
        return [(one.line.rule, _case_answer(one, score)) for score, one in ranked[:most]]

    def _found(
        self, asked: Mapping[str, int], wanted: frozenset[str], state: Conversation
    ) -> Iterator[tuple[str, Answer]]:
        """The best passages, each with its group; many times what can be shown, for some of a group fall away."""
        scores = self._index.scores(asked) * self._weights(asked, wanted, state)
        values = known(state)
        for at in np.argsort(-scores, kind="stable")[: 20 * MOST]:
            passage, score = self._passages[at], float(scores[at])
            if score < LEAST:
                return
            answer = self._answer(passage, score, state, values)
            if answer:
                yield passage.group, answer

    def _weights(self, asked: Mapping[str, int], wanted: frozenset[str], state: Conversation) -> np.ndarray:
        named = {word.removeprefix("@") for word in asked if word.startswith("@")}
        values = known(state)
        return np.array(
            [_about(p, state, named) * _kind(p, wanted) * _usable(p, state, values) for p in self._passages],
            dtype=np.float32,
        )

    def _answer(self, passage: Passage, score: float, state: Conversation, values: Mapping[str, str]) -> Answer | None:
        if passage.solution:
            return self._solution(passage, score, state, values)
        text, missing = fill(passage.phrase, values) if passage.phrase else (passage.text, ())
        return _as_answer(passage, text, score, missing=missing)

    def _solution(
        self, passage: Passage, score: float, state: Conversation, values: Mapping[str, str]
    ) -> Answer | None:
        """A solution as it may be said now: as a promise, or as something to ask for. None where it was refused."""
        solution = passage.solution
        assert solution is not None
        if passage.rule.rpartition("/")[2] in state.refused:
            return None
        entry = spoken(self._playbooks, solution, state)
        lines = [phrase for tone in ("neutral", "warm", "formal") for phrase in entry.phrases[tone]]
        line: Phrase | None = max(lines, key=lambda phrase: worth(phrase, values), default=None)
        text, missing = fill(line, values) if line else (entry.reason, ())
        who = needs(self._playbooks.policy, solution, state)
        note = "" if who == "agent" else entry.does[0]
        return _as_answer(passage, text, score, missing=missing, who=who, note=note)


def wants_cases(question: str) -> bool:
    """Whether past cases answer a question: it asks what worked before, or what can be offered."""
    words = said(question)
    return "@case" in concepts(words, CONCEPTS) or "solution" in concepts(words, WANTED)


def _as_answer(
    passage: Passage, text: str, score: float, *, missing: tuple[str, ...] = (), who: str = "", note: str = ""
) -> Answer:
    score = round(min(1.0, score), 4)
    return Answer(text, passage.kind, passage.name, passage.where, passage.rule, score, missing, who, note)


def _about(passage: Passage, state: Conversation, named: set[str]) -> float:
    """How much a passage is about this chat, or about what the question names."""
    if passage.kind == "policy":
        return 1.0
    if passage.signal:
        called = strength(state, passage.signal) >= DONE or MOMENTS.get(passage.signal, "")[1:] in named
        return NAMED_CAUSE if called else NOT_CALLED
    house = passage.rule.rpartition("/")[2].partition(".")[0] in ALWAYS
    if named & passage.causes:
        weight = NAMED_CAUSE
    elif house or not passage.causes:
        weight = ANY_CAUSE
    else:
        weight = _of_cause(passage, state)
    weight *= NEXT_STEP if state.next_step == passage.step else 1.0
    return weight * (HOLDS if passage.entry is None or holds(passage.entry.when, state) else NOT_NOW)


def _of_cause(passage: Passage, state: Conversation) -> float:
    """By the cause of the chat, or one that it was about before."""
    if state.cause.label in passage.causes:
        return THEIR_CAUSE
    most = max(state.causes.values(), default=0.0)
    earlier = any(state.causes.get(cause, 0.0) >= EARLIER * most > 0 for cause in passage.causes)
    return ONCE_THEIR_CAUSE if earlier else OTHER_CAUSE


def _kind(passage: Passage, wanted: frozenset[str]) -> float:
    if "line" in wanted:
        return NOT_OF_CHAT
    if not wanted:
        return 1.0
    return WANTED_KIND[passage.kind] if passage.kind in wanted else OTHER_KIND


def _usable(passage: Passage, state: Conversation, values: Mapping[str, str]) -> float:
    if passage.phrase is None:
        return 1.0
    weight = GAP if worth(passage.phrase, values) < 0 else 1.0
    return weight * (USED if passage.phrase.key in state.gone else 1.0)


def _lines(words: Sequence[str], wanted: frozenset[str], entries: Sequence[Entry]) -> Iterator[tuple[str, Answer]]:
    """Lines of the transcript that answer a question, mostly where it asks what was said."""
    spoken_lines = [entry for entry in entries if _is_line(entry)][-MOST_LINES:]
    asked = asked_for(words, TOLD)
    if not spoken_lines or not asked:
        return
    weight = ASKED_OF_CHAT if "line" in wanted else NOT_ASKED
    index = Index([_line_words(entry) for entry in spoken_lines])
    roles = whose(words)
    for entry, score in zip(spoken_lines, index.scores(asked), strict=True):
        role = entry.message.role.value
        value = min(1.0, float(score) * weight * (OTHER_SPEAKER if roles and role not in roles else 1.0))
        if value >= LEAST:
            text = " ".join(entry.message.text.split())
            short = text if len(text) <= QUOTED else f"{text[: QUOTED - 1]}…"
            yield entry.message.id, Answer(short, "line", role, entry.message.id, "transcript", round(value, 4))


def _near(told: Experience, state: Conversation) -> float:
    """How much a past case is about this chat, and how often it worked, with few chats drawn towards a half."""
    near = THEIR_CAUSE if told.cause == state.cause.label else OTHER_CAUSE
    near *= NEXT_STEP if told.line.step == state.next_step else 1.0
    return near * (0.5 + (told.worked + 1) / (told.sent + 2))


def _case_words(told: Experience) -> list[str]:
    return [*stems(said(told.line.phrase.text)), *2 * ("@case", f"@{told.line.step}"), f"@{told.cause}"]


def _case_answer(told: Experience, score: float) -> Answer:
    where = f"{told.sent} chat{'s' * (told.sent != 1)} since {told.since}"
    value = round(min(1.0, score), 4)
    name = "Past chats of your team"
    return Answer(told.text, "case", name, where, told.line.rule, value, told.missing, note=told.note)


def _is_line(entry: Entry) -> bool:
    talking = entry.message.role in (Role.CUSTOMER, Role.AGENT, Role.BOT)
    return talking and not entry.message.deleted and bool(entry.message.text.strip())


def _line_words(entry: Entry) -> list[str]:
    """The words of a line, the facts it tells and the acts it does."""
    told = [f"@fact_{fact.slot}" for fact in entry.facts]
    did = [f"@{act}" for act in ("promise", "refusal") if entry.acts.get(act, 0.0) >= DONE]
    return [*stems(said(entry.message.text)), *told, *told, *did, *did]


def _best(found: Iterable[tuple[str, Answer]]) -> Iterator[Answer]:
    """The best answers, of each group not more than its kind may have, no text twice."""
    taken: Counter[tuple[str, str]] = Counter()
    texts: set[str] = set()
    ranked = sorted(found, key=lambda item: -item[1].score)
    for group, answer in ranked:
        if answer.score < BESIDE * ranked[0][1].score:
            return
        if taken[group, answer.kind] >= OF_A_GROUP[answer.kind] or answer.text in texts:
            continue
        taken[group, answer.kind] += 1
        texts.add(answer.text)
        yield answer
        if len(texts) == MOST:
            return
