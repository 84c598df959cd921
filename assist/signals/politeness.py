"""Politeness 0..1 from its markers (after Danescu-Niculescu-Mizil and others, 2013), around a neutral .5."""

from assist.signals.patterns import Table
from assist.text import Text

NEUTRAL = 0.5
# Strengths are what one marker adds, or takes away in the second table.
POLITE = Table(
    "politeness",
    """
    please: 0.16
        please|pls|plz|kindly
    thanks: 0.2
        thank YOU
        thanks|thankyou|thx|cheers|appreciate|appreciated|grateful|appreciative
    asks indirectly: 0.14
        could|would|may|might YOU|i|we
        would|do you mind
        is|would_it_be|was it|there possible|any_way|a_way
        if you|it ~1 could|would|don't_mind|is_possible
        wondering|wonder if|whether
    apologizes: 0.16
        sorry|apologies|apologise|apologize|pardon|forgive|excuse_me
    greets: 0.08
        hi|hello|dear|hey|greetings
        good morning|afternoon|evening|day
    shows regard: 0.12
        happy|glad|pleased|love|delighted to ~1 help|assist|hear|have
        welcome|pleasure|my_pleasure|of_course|certainly|absolutely|great|nice|good_work|interesting|impressive|
            respect
        i|we [can] understand|see|hear
        have a ~1 great|good|nice|lovely|wonderful
        let me know
    hedges: 0.06
        perhaps|maybe|possibly|i_think|i_believe|seems|a_bit|suggest|by_the_way|btw|i_guess|i_hope
    """,
)
IMPOLITE = Table(
    "politeness",
    """
    orders: 0.14
        ^ give|send|tell|fix|answer|explain|get|do|stop|refund|call|read|look|show|listen|put|take|make|go
        YOU need|have|must|better to
        now|immediately $
        YOU ~1 should|must
    asks sharply: 0.12
        ^ why|what|how_come|who are|is|do|did|don't|didn't|the|would|have|was|were
        ^ so|and why|what
    denies: 0.1
        no|nope $
        not true|acceptable|good_enough
        in_fact|actually|really $
    harsh words: 0.3
        stupid|idiot*|useless|ridiculous|pathetic|nonsense|rubbish|bullshit|crap|shit|fuck*|damn|hell|liar|lie|lies|
            shut_up|wtf|moron*|
            incompetent|joke|disgusting|disgrace*
    """,
)


def politeness(text: Text) -> float:
    """Politeness 0..1 of a message; each marker counts once."""
    up = {rule.rule: rule.strength for rule, _, _ in POLITE.matches(text)}
    down = {rule.rule: rule.strength for rule, _, _ in IMPOLITE.matches(text)}
    return round(min(1.0, max(0.0, NEUTRAL + sum(up.values()) - sum(down.values()))), 4)
