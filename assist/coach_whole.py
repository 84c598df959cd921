"""Remarks about a draft as a whole, seen from the chat: the question asked, the heat, the customer's language.

The span of each is the word of the draft beside which a sentence is missing, and the better wording has that word with
the sentence. Only a draft that is a whole sentence is judged by what it lacks: who is still typing may be about to
write it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from assist.coach_questions import answers, open_question
from assist.coach_rules import REASONS, Remark
from assist.conversation.state import Conversation
from assist.conversation.tension import EDGES
from assist.message import Step
from assist.reading import ENGLISH, Reading
from assist.signals.language import NAMES, SURE, name
from assist.text import WORD, normalise

WHOLE = re.compile(r"[.!?\u2026\u3002\uff01\uff1f)][\"'\u201d\u2019]?\s*$")
# The first word of what is said, after handles and a greeting.
FIRST_WORD = re.compile(
    r"\s*(?:@\w{1,40}[\s,:]+)*(?:(?:hi|hello|hey|dear|good \w+|hallo|guten \w+|hola|buen\w+ \w+|bonjour|salut)\b"
    r"[^,.!?\n-]{0,40}[,.!?\n-]+\s*)?(?P<word>[^\s,;.!?]{1,60})",
    re.IGNORECASE,
)
HANDLES = re.compile(r"@\w{1,40}")
FEWEST = 6  # words of a draft that is judged by what it lacks
QUOTED = 80  # characters of a question that are repeated
HOT = EDGES[1]  # tension from which it has to be said that they are upset
CALM, THANKS = EDGES[0], 0.5
HEARD = 0.35  # probability of a step from which a draft may well do it
WARM = (Step.LISTEN, Step.EMPATHIZE, Step.APOLOGIZE)
FIRM = (Step.BOUNDARY, Step.ESCALATE, Step.CLOSE)  # these come before any empathy

# By the customer's language; `{}` is the question.
TO_YOUR_QUESTION = "To your question \u201c{}\u201d: [your answer]."
SEEN = MappingProxyType(
    {
        "en": "I can see how much trouble this has given you.",
        "de": "Ich sehe, wie viel \u00c4rger Ihnen das gemacht hat.",
        "es": "Veo cu\u00e1ntas molestias le ha causado esto.",
        "fr": "Je vois \u00e0 quel point cela vous a caus\u00e9 des ennuis.",
    }
)
# What a customer is told in their language before a message in another one.
NOT_YOURS = MappingProxyType(
    {
        "en": "I am not writing in your language here; if you would rather have English, please tell me.",
        "de": "Ich schreibe hier nicht in Ihrer Sprache; wenn Ihnen Deutsch lieber ist, sagen Sie es mir bitte.",
        "es": "No le escribo aqu\u00ed en su idioma; si prefiere que sea en espa\u00f1ol, d\u00edgamelo, por favor.",
        "fr": (
            "Je n'\u00e9cris pas ici dans votre langue\u00a0; si vous pr\u00e9f\u00e9rez le fran\u00e7ais, "
            "dites-le-moi, s'il vous pla\u00eet."
        ),
    }
)

IN_ENGLISH = "I am writing in {} because I do not write {}; please tell me if that is difficult for you."
OF_LANGUAGE = re.compile(
    rf"\b(?:language|sprache|idioma|langue|deutsch|espa\u00f1ol|fran\u00e7ais|{'|'.join(NAMES.values()).lower()})\b"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """The chat that a draft is for: its state, the draft's own reading, the customer's texts that wait, in order."""

    state: Conversation
    reading: Reading
    unanswered: Sequence[str] = ()

    @property
    def pleased(self) -> bool:
        """Whether the customer's last words were thanks or praise, in a calm chat."""
        return self.state.tension < CALM and self.state.heard.signal("gratitude") >= THANKS


def whole(draft: str, moment: Moment) -> Iterator[Remark]:
    """Remarks on what the draft lacks, seen from the chat."""
    if _foreign(draft, moment):
        yield _before(draft, "wrong_language", _not_yours(moment))
        return
    plain = normalise(draft).plain
    if len(WORD.findall(plain)) < FEWEST or not WHOLE.search(draft):
        return
    if _cold(moment):
        yield _before(draft, "missing_empathy", _empathy(moment.state))
    asked = _asked(moment)
    if asked and not answers(plain, asked):
        yield _after(draft, "no_answer", TO_YOUR_QUESTION.format(_quoted(asked)))


def _before(draft: str, kind: str, sentence: str | None) -> Remark:
    """A sentence that is missing before the first word."""
    found = FIRST_WORD.match(draft)
    start, end = found.span("word") if found else (0, len(draft))
    word = draft[start].upper() + draft[start + 1 : end]
    return Remark(start, end, kind, REASONS[kind], sentence and f"{sentence} {word}")


def _after(draft: str, kind: str, sentence: str) -> Remark:
    """A sentence that is missing after the last word."""
    end = len(draft.rstrip())
    start = max(draft.rfind(" ", 0, end), draft.rfind("\n", 0, end)) + 1
    return Remark(start, end, kind, REASONS[kind], f"{draft[start:end]} {sentence}")


def _foreign(draft: str, moment: Moment) -> bool:
    """Whether the draft surely is in another language than what the customer writes, and nobody has spoken of it."""
    state, spoken = moment.state, moment.reading.language
    if not state.settled or spoken.certainty < SURE or spoken.code in ("", state.language):
        return False
    return not any(OF_LANGUAGE.search(text.lower()) for text in (draft, *moment.unanswered))


def _not_yours(moment: Moment) -> str:
    theirs, mine = moment.state.language, moment.reading.language.code
    return NOT_YOURS.get(theirs) or IN_ENGLISH.format(name(mine), name(theirs))


def _cold(moment: Moment) -> bool:
    """Whether a heated customer waits, nobody has shown that they see it, and this draft does not either."""
    state = moment.state
    if state.tension < HOT or not state.run or Step.EMPATHIZE in state.steps or state.next_step in FIRM:
        return False
    return max((moment.reading.steps.get(step, 0.0) for step in WARM), default=0.0) < HEARD


def _empathy(state: Conversation) -> str | None:
    """The line that stands in the sidebar for it, which is about this very matter; else a plain one."""
    ready = [item.text for item in state.suggestions if item.step is Step.EMPATHIZE and not item.missing]
    return ready[0] if ready else SEEN.get(state.language)


def _asked(moment: Moment) -> str | None:
    """The customer's open question, where both write English."""
    if moment.state.language != ENGLISH or moment.reading.language.foreign:
        return None
    return open_question(moment.unanswered)


def _quoted(question: str) -> str:
    """A question in one line; what would look like a gap to fill is taken out."""
    line = " ".join(HANDLES.sub("", question).translate(str.maketrans("", "", "[]{}\u201c\u201d")).split())
    return line if len(line) <= QUOTED else f"{line[: QUOTED - 1]}\u2026"
