"""Wishes: what a customer asks of the chat itself rather than of the company.

Deeds instead of words, somebody above, an answer at all, to be forgiven, to be gone, or their own language.
"""

import re
from collections.abc import Iterator

from assist.reading import Cue
from assist.signals.detector import Context
from assist.signals.patterns import COMMON, Table
from assist.text import Text

IMPATIENCE = Table(
    "impatience",
    """
    wants deeds, not words: 0.7 plain
        don't|do_not|not|no ~1 care ~2 sorry|apology|apologies|excuses
        don't|do_not|no ~1 want|need ~2 sorry|sympathy|platitudes|excuses|speeches|pity
        stop|enough|quit ~2 apologizing|apologising|sorry|excuses|platitudes|sympathy
        without ~1 platitudes|excuses
        sorry doesn't|does_not|won't|isn't ~2 help|fix|bring|solve|enough|get|pay
        another|same|your|scripted script|scripts|template|canned_answer|standard_reply
        copy_paste|copy_and_paste|copy_pasted|copied_and_pasted
        what are|will YOU ~3 do ~1 about
        do something $
        ^ just|then cancel|refund|fix|find|send|unlock|credit|replace|solve|sort|do it|that|them|my|this|the
        get on with it
    tells you to go ahead: 0.5 plain
        ^ yes ~1 cancel|refund|send|replace|unlock|credit ~1 it|that|them|my|this|the
    """,
)
SUPERVISOR = Table(
    "supervisor",
    """
    asks for somebody above: 0.8
        speak|talk|speaking|talking|put|pass|transfer|connect|get|give|want|need|call|where's ~4 manager|supervisor|
            boss|superior|team_leader|someone_higher|somebody_higher|someone_above|somebody_above|someone_in_charge|
            somebody_in_charge|whoever_is_in_charge
        get|give|want|need|put|talk|speak ~3 someone|somebody ~1 can|knows|decides|competent
        escalate ~1 this|it|my
    """,
)
REMORSE = Table(
    "remorse",
    """
    takes it back: 0.75 plain
        sorry|apologies|apologize|apologise ~4 out_of_line|rude|yelling|shouting|snapped|snapping|swearing|
            language|unfair|harsh|outburst|tone|lashing|mean_to_you|angry_at_you|taking_it
        sorry again $
        that|this|i was|were ~1 out_of_line|uncalled_for|unfair|not_fair|rude|over_the_top|too_harsh
        i shouldn't|should_not have ~1 said|yelled|shouted|called|snapped|written|sworn|insulted
        didn't|did_not mean that $
        didn't|did_not|don't mean to ~1 yell|shout|insult|offend|snap|swear|be_rude|be_mean|take_it_out
        not|isn't your|ur fault
        took|taking|take it|this|that out on you
        not mad|angry at|with you
    """,
)
FAREWELL = Table(
    "farewell",
    """
    says goodbye: 0.7 plain
        bye|goodbye|bye_bye|cya|take_care|have_a_good_one
        have a ~1 good|nice|great|lovely ~1 day|evening|weekend|night
        that's|that_is|that_was|that_will_be|that'll_be all $
        that's|that_is|that_was all ~1 i|we ~1 needed|need|wanted|wished|wanted_to_know
        nothing else $
        thanks|thank_you anyway
    """,
)

GREETING_WORDS = (
    "hi|hiya|hello|hey|howdy|yo|greetings|good (?:morning|afternoon|evening|day)|any ?(?:one|body)|some ?(?:one|body)|"
    "is|are|you|guys|still|there|here|home|again|team|everyone|support|dear|sir|madam|or|ping"
)
GREETING = re.compile(rf"\W{{0,9}}(?:(?:{GREETING_WORDS})\b\W{{0,9}}){{1,7}}")
LONGEST_GREETING = 60  # characters

# Small words of other languages that English does not have; compared after accents are gone.
FOREIGN = frozenset(
    """
    ich du sie wir ihr mein meine ist nicht und oder aber das der mit fur auf ein eine warum wo wann wie bitte danke
    nein ja habe haben konnen kann seit immer noch kein keine keiner sehr deutsch hallo
    el los las una por para pero que porque donde cuando como estoy esta esto muy nadie hola gracias puedo quiero tengo
    mi mis cuenta pedido usted ustedes espanol en con
    je tu nous vous est pas et ou mais pourquoi quand comment bonjour merci mon ma mes votre une des les avec suis jai
    cest depuis francais commande personne
    io non sono che perche dove quando ciao grazie il gli della mio mia ho ancora nessuno italiano
    nao voce meu minha obrigado obrigada estou onde por ainda ninguem
    ik jij niet het een mijn waarom waar hoe bedankt geen heb hebben nog wacht
    nie jest gdzie moje moja dlaczego prosze dziekuje czekam
    """.split()  # noqa: SIM905 - a list of words reads better without quotes
)
FEWEST_FOREIGN = 3  # different ones in a message, and
MORE_THAN_ENGLISH = 2  # so many times the common English words
OTHER_SCRIPT = 0.5  # share of letters beyond Latin that is another language by itself


def greeting(text: Text, _: Context) -> Iterator[Cue]:
    """A message that is only a greeting, or only calls out whether anybody is there."""
    plain = text.plain.strip()
    if len(plain) <= LONGEST_GREETING and (GREETING.fullmatch(plain) or not plain.strip("?!. ")):
        yield Cue(0, len(text.original), "greeting", "only a greeting", 0.9)


def foreign(text: Text, _: Context) -> Iterator[Cue]:
    """Another language than English, by its small words or its letters."""
    strange = FOREIGN & text.bag
    if len(strange) >= FEWEST_FOREIGN:
        english = sum(word in COMMON for word in text.words)
        found = sum(word in strange for word in text.words) >= MORE_THAN_ENGLISH * english
    else:
        found = not text.plain.isascii() and _other_script(text.plain)
    if found:
        yield Cue(0, len(text.original), "foreign", "not in English", 0.9)


def _other_script(plain: str) -> bool:
    letters = [char for char in plain[:400] if char.isalpha()]
    return len(letters) >= 4 and sum(char > "\u024f" for char in letters) >= OTHER_SCRIPT * len(letters)
