"""Gratitude: thanks that are meant.

"Thanks for nothing", "no thanks" and "thanks, but" are not; a closing "thanks" under a request is manners more than
relief.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from assist.reading import Cue
from assist.signals.detector import Context
from assist.signals.patterns import Table
from assist.signals.sarcasm import mocks
from assist.text import Text

GRATITUDE = Table(
    "gratitude",
    """
    thanks: 0.8
        thank YOU
        thanks|thankyou|thx|thnx|thanx|tks|ty|tysm|cheers|ta|tq|merci|gracias|danke|thankful|grateful|gratitude
        many|big thanks
        much|greatly|really|VERY appreciated
        appreciate YOU|it|that|this|your|the|all|everything
        appreciated $
        bless YOU
    it helped: 0.7
        that|this|it|you|u|which|really|VERY ~2 helped|solved|fixed
        YOU|that|this|it ~1 've|'re|was|is|were|have|has|are|been ~3 helpful|great_help|lifesaver|life_saver|star|
            legend|amazing|wonderful
        VERY|so|most|super|extremely helpful
        lifesaver|life_saver|you_rock|you're_the_best|you_are_the_best|you_guys_rock|you_are_awesome|you're_awesome|
            made_my_day
        solved|fixed|resolved|sorted my|the|it ~1 problem|issue|now|finally
        it's|its|now|all|everything ~2 working|works|sorted|fixed|solved|resolved ~1 now|again|fine|perfectly
        great|excellent|amazing|fantastic|outstanding|brilliant|awesome|superb|wonderful|best|good [customer] service|
            help|support|job|work
        well done
        kudos|shoutout|shout_out|props to
    """,
)

# What turns thanks into their opposite or takes them back, right after them.
TURNED = re.compile(
    r"[\s,.!-]{0,3}(?:(?:so|very) (?:much )?|a (?:lot|bunch|million) )?"
    r"(?:for (?:nothing|(?:absolutely |literally )?(?:no|zero) |not |"
    r"the (?:nothing|trouble|terrible|awful|worst|horrible)|"
    r"(?:your |the )?(?:incompeten|useless|terrible|awful|bad|lack|lousy)|"
    r"(?:wasting|ruining|ignoring|losing|breaking|lying|messing|screwing|making|leaving|cancell?ing|delaying|charging|"
    r"destroying|hanging|killing|stealing|robbing|overcharging|forgetting|refusing|keeping me))"
    r"|(?:\w+ ){0,3}(?:but|however|though)\b|any ?ways?\b|to your|to you(?:r)? (?:guys )?(?:i|my|we)\b)"
)
TAKEN_BACK = re.compile(r"[^.!?\n]{0,80}\b(?:but|however|still|unfortunately|yet|although)\b")
FORMAL = re.compile(
    r"[\s,]{0,2}(?:in advance|and regards|for (?:your|the|ur) (?:quick |prompt |fast )?(?:reply|response|answer|time))"
)
AFTER_REQUEST = re.compile(r"[?.!,\n]\s{0,3}(?:please )?(?:many )?$")
CLOSING_WORDS = 6  # with so many words before a closing "thanks" it closes a message about something else
WEAK = 0.25


def gratitude(text: Text, _: Context) -> Iterator[Cue]:
    """Thanks as cues; none in mockery, weaker where they are taken back in the sentence or only close a request."""
    hits = GRATITUDE.matches(text)
    if hits and mocks(text):
        return
    helped = any(rule.rule != "thanks" for rule, _, _ in hits)
    for rule, start, end in hits:
        if TURNED.match(text.plain, end):
            continue
        cue = Cue(*text.span(start, end), "gratitude", rule.rule, rule.strength)
        if rule.rule == "thanks" and TAKEN_BACK.match(text.plain, end):
            cue = replace(cue, rule="thanks with a but", strength=WEAK)
        elif rule.rule == "thanks" and not helped and _formal(text, start, end):
            cue = replace(cue, rule="polite thanks", strength=WEAK)
        yield cue


def _formal(text: Text, start: int, end: int) -> bool:
    """Whether thanks belong to the manners of a request: "thanks in advance", or the last word after a long text."""
    if FORMAL.match(text.plain, end):
        return True
    before, after = text.plain[:start], text.plain[end:]
    return len(before.split()) >= CLOSING_WORDS and len(after.split()) <= 2 and bool(AFTER_REQUEST.search(before))
