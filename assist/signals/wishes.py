"""Wishes: what a customer asks of the chat itself rather than of the company.

Deeds instead of words, somebody above, an answer at all, to be forgiven, or to be gone.
"""

import re
from collections.abc import Iterator

from assist.reading import Cue
from assist.signals.detector import Context
from assist.signals.patterns import Table
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


def greeting(text: Text, _: Context) -> Iterator[Cue]:
    """A message that is only a greeting, or only calls out whether anybody is there."""
    plain = text.plain.strip()
    if len(plain) <= LONGEST_GREETING and (GREETING.fullmatch(plain) or not plain.strip("?!. ")):
        yield Cue(0, len(text.original), "greeting", "only a greeting", 0.9)
