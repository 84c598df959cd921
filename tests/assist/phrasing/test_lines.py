"""Every line that ships is one that a good agent would send: checked by rule, as it stands and filled."""

import itertools
import random
import re
from collections.abc import Iterator

import pytest

from app.playbook_files import load
from app.settings import resource
from assist.message import Step
from assist.phrasing.slots import fill
from assist.playbook.schema import SLOTS, TONES, Entry, Phrase

BOOKS = tuple(book for book in load(resource("playbooks")).all if book.language == "en")
ENTRIES = tuple(entry for book in BOOKS for entry in book.entries)
LINES = tuple(phrase for book in BOOKS for phrase in book.phrases)  # those of solutions and gestures too
ANYWHERE = {"house", "abuse"}  # playbooks that may speak in every chat
RENDERINGS = 1_000  # of each step
OPENING = 4  # words by which a line is told from others that begin alike
OPENINGS = 12  # different ones of each step in each tone
SENTENCE = 25  # words
SENTENCES = 3
ALIKE = 0.6  # share of the telling words of two lines from which they say the same
GRADE = 8.0
STUMBLING = 12.0  # grade of a single line: a few words alone say little about how hard they are to read

# What slots hold, of every kind: short and long, digits and words, a vowel and a consonant in front.
VALUES = {
    "name": ("Maria", "O'Brien", "Zoë", "Mr Adebayo-Smith", "Al"),
    "agent": ("Dana", "Émile", "Ms Oyelaran"),
    "order": ("48213", "INV-20931", "8A-11", "#1180-2", "ord-77x"),
    "amount": ("€49.90", "$5", "1,200 dollars", "£312.40", "80 euros"),
    "date": ("Monday", "12 May", "the 2nd of May", "Friday, 3 April", "11/02/2026"),
    "contact": ("second", "third", "fifth", "eighth", "tenth"),
    "times": ("twice", "three times", "eight times", "several times"),
    "waiting": ("an hour", "two weeks", "8 days", "eleven months", "20 minutes", "a year"),
    "problem": ("where is my order", "it won't turn on", "8 emails and no answer", "you charged me twice"),
    "product": ("headphones", "washing machine", "iPad", "umbrella", "black office chair"),
    "promised": (
        "by Friday",
        "a callback by Monday",
        "it would be replaced within 5 days",
        "my refund arrives tomorrow",
    ),
    "feeling": ("let down", "angry", "upset", "exhausted"),
    "wish": ("a refund", "an apology", "your money back", "another driver", "compensation"),
    "since": ("since Monday", "for three days", "since the last update", "for the last 6 days"),
}
# No filler, no excuse, no blame, nothing that cools nobody down.
NEVER = (
    r"unfortunately|calm down|as per|(?:our|the) policy|be patient|valued customer|inconvenience|rest assured|"
    r"feel free|kindly|shortly|as soon as possible|honestly|actually|obviously|basically|to be fair|"
    r"you should have (?!had|heard|got|found|been)|you failed|you must|your fault|our system|at this time|please note|"
    r"apologies for any|we value|I understand your frustration|no problem, but|sorry,? but|sorry if"
)
SHORTENED = r"\b\w+(?:n't|'re|'ve|'ll|'d|'m)\b|\b(?:it|that|here|there|what|let|who|where)'s\b"
CONTRACTED = re.compile(SHORTENED, re.IGNORECASE)
SMALL = """
    a an the i i'm i'll my me you your you're it it's is are be to of and or for with this that in on at as so will can
    do have has not now here what which if up by from was were
"""  # words that tell one line from another only by chance
SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[.!?]”)\s+")
QUOTED = re.compile(r"“[^”]*”")
WORD = re.compile(r"[A-Za-zÀ-ÿ0-9][\w'.,-]*")
AN = re.compile(r"[aeiou]|8|11\b|18\b", re.IGNORECASE)
SOUNDS_OTHERWISE = re.compile(r"(?:one|once|uni|use|usual|euro)", re.IGNORECASE)
SILENT_H = re.compile(r"(?:hour|honest|heir)", re.IGNORECASE)


def sentences(text: str) -> list[str]:
    """A line's sentences; what stands in quotation marks is the customer's and part of the one around it."""
    return SENTENCE_END.split(QUOTED.sub("“it”", text))


def mistakes(text: str) -> Iterator[str]:
    """What is wrong with the grammar of a line as it would be sent."""
    own = QUOTED.sub("“it”", text)
    if re.search(r"[{}\[\]<>]", text):
        yield "a slot is not filled"
    if re.search(r"\b(\w+)[ ,]+\1\b", own, re.IGNORECASE):
        yield "a word stands twice"
    if re.search(r"\s{2}|\s[.,;:?!]|[.,;:?!]{2}|^\s|\s$", own):
        yield "spaces or marks"
    if not re.search(r"[.?!]$", text):
        yield "no full stop"
    if text.count("“") != text.count("”") or re.search('["\u2018\u2019]', text):
        yield "quotation marks"
    for sentence in sentences(text):
        if re.match(r"[a-zà-ÿ]", sentence):
            yield f"a small letter opens '{sentence[:20]}'"
        if len(sentence.split()) > SENTENCE:
            yield f"{len(sentence.split())} words in '{sentence[:20]}...'"
    for article, word in re.findall(r"\b(an?) (\S+)", own, re.IGNORECASE):
        vowel = (bool(AN.match(word)) and not SOUNDS_OTHERWISE.match(word)) or bool(SILENT_H.match(word))
        if vowel != (article.lower() == "an"):
            yield f"'{article} {word}'"


def syllables(word: str) -> int:
    """Of an English word, roughly: groups of vowels, without a silent e."""
    plain = re.sub(r"(?:[^laeiouy]es|[^td]ed|[^l]e)$", "", word.lower()) if len(word) > 3 else word.lower()
    return max(1, len(re.findall(r"[aeiouyà-ÿ]+", plain)))


def grade(texts: list[str]) -> float:
    """Years of school that it takes to read the texts (Kincaid et al., 1975)."""
    words = [word for text in texts for word in WORD.findall(text)]
    count = sum(len(sentences(text)) for text in texts)
    return 0.39 * len(words) / count + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def rendered(step: Step) -> Iterator[str]:
    """Lines of a step, each with slots filled by chance, the same at every run."""
    chance = random.Random(f"lines of {step}")
    pool = [phrase for phrase in LINES if f".{step}." in phrase.key]
    for _ in range(RENDERINGS):
        text, missing = fill(chance.choice(pool), {slot: chance.choice(values) for slot, values in VALUES.items()})
        assert not missing
        yield text


def opening(phrase: Phrase) -> str:
    """The first words of a line."""
    return " ".join(phrase.text.lower().split()[:OPENING])


def telling(phrase: Phrase) -> frozenset[str]:
    """The words that make a line what it is; a slot counts as one."""
    words = re.findall(r"[\w']+", re.sub(r"\{\{(\w+)\}\}", r"slot\1", phrase.text).lower())
    return frozenset(words) - set(SMALL.split())


def test_every_slot_has_values_to_try() -> None:
    """A new slot is tried in all its kinds before it ships."""
    assert set(SLOTS) <= VALUES.keys()


@pytest.mark.parametrize("step", Step)
def test_a_thousand_renderings_of_a_step_are_grammatical(step: Step) -> None:
    """No gap, no doubled word, "an hour" and "a week", capitals and full stops where they belong, no long sentence."""
    wrong = {(text, mistake) for text in rendered(step) for mistake in mistakes(text)}
    assert not wrong, "\n".join(f"{mistake}: {text}" for text, mistake in sorted(wrong))


@pytest.mark.parametrize("tone", TONES)
@pytest.mark.parametrize("step", Step)
def test_the_pool_is_large_enough(step: Step, tone: str) -> None:
    """At least a dozen ways to begin each step in each tone, in what may come in any chat, whatever its cause."""
    openings = {
        opening(phrase)
        for entry in ENTRIES
        if entry.playbook in ANYWHERE and entry.step is step
        for phrase in entry.phrases[tone]
    }
    assert len(openings) >= OPENINGS, sorted(openings)


@pytest.mark.parametrize(
    "entry",
    [entry for entry in ENTRIES if entry.playbook == "abuse" or (entry.playbook == "house" and not entry.conditional)],
    ids=lambda entry: f"{entry.playbook}:{entry.step}:{entry.line}",
)
def test_every_step_has_short_lines_in_every_tone(entry: Entry) -> None:
    """Of the house for any time, and of each rung of the ladder: a choice for who writes briefly, and full ones too."""
    for tone in TONES:
        lengths = [phrase.length for phrase in entry.phrases[tone]]
        assert lengths.count("short") >= 2, tone
        assert "full" in lengths, tone


@pytest.mark.parametrize("tone", TONES)
@pytest.mark.parametrize("step", Step)
def test_lines_differ_in_more_than_a_word(step: Step, tone: str) -> None:
    """No two lines of a step say the same in nearly the same words, in whatever files they stand."""
    pool = [(phrase.text, telling(phrase)) for phrase in LINES if f".{step}." in phrase.key and phrase.tone == tone]
    alike = [
        (one, other)
        for (one, words), (other, others) in itertools.combinations(pool, 2)
        if len(words & others) >= ALIKE * len(words | others)
    ]
    assert not alike, alike


@pytest.mark.parametrize("phrase", LINES, ids=lambda phrase: phrase.key)
def test_a_line_keeps_the_rules_of_style(phrase: Phrase) -> None:
    """No filler, no excuse, no blame; few sentences; formal lines without contractions; easy words."""
    text, _ = fill(phrase, {slot: values[0] for slot, values in VALUES.items()})
    found = re.search(rf"\b(?:{NEVER})\b", text, re.IGNORECASE)
    assert not found, found
    assert not (phrase.tone == "formal" and CONTRACTED.search(text)), text
    assert len(sentences(text)) <= SENTENCES, text
    assert grade([text]) <= STUMBLING, (round(grade([text]), 1), text)


@pytest.mark.parametrize("tone", TONES)
@pytest.mark.parametrize("step", Step)
def test_a_step_reads_easily(step: Step, tone: str) -> None:
    """Eight years of school are enough, in every tone."""
    pool = [phrase for phrase in LINES if f".{step}.{tone}." in phrase.key]
    values = {slot: values[0] for slot, values in VALUES.items()}
    assert grade([fill(phrase, values)[0] for phrase in pool]) <= GRADE


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{entry.playbook}:{entry.line}")
def test_slots_stand_where_their_values_fit(entry: Entry) -> None:
    """A slot that begins with a small letter opens no sentence, and none that counts stands after an article."""
    for tone in TONES:
        for phrase in entry.phrases[tone]:
            assert not re.search(r"(?:^|[.!?] )\{\{(?!name|agent|amount|order)", phrase.text), phrase.text
            assert not re.search(r"\ban? \{\{", phrase.text, re.IGNORECASE), phrase.text
            assert not re.search(r"\bon \{\{date", phrase.text), phrase.text


def test_every_rule_of_grammar_can_be_broken() -> None:
    """The rules see what they are for."""
    broken = (
        "I'll look [order].",
        "I will will look.",
        "I'll look into that .",
        "I'll look into that",
        "I'll look. you'll hear.",
        "I'll bring a answer.",
        "It took an week.",
        "He said “yes.",
        "Word " + "word2 and " * 13 + "end.",
    )
    assert all(list(mistakes(text)) for text in broken)
    assert not list(mistakes("You wrote “where is it”. It took an hour, a euro and an 8-page form; is that right?"))
