"""Sarcasm where it is plain: praise or thanks for what nobody would praise."""

import re
from collections.abc import Iterator

from assist.reading import Cue
from assist.signals.detector import Context
from assist.signals.patterns import Table
from assist.text import Text

SARCASM = Table(
    "sarcasm",
    """
    thanks for nothing: 0.8
        thanks|thank_you|cheers|thx ~3 for ~1 nothing|zero|no_help|wasting|ruining|ignoring|losing|breaking|lying|
            messing|screwing|making|
            leaving|cancelling|canceling|delaying|charging|destroying|hanging|stealing|overcharging|forgetting|refusing
        thanks|thank_you|cheers|thx ~3 for your|the|such|being|another ~2 incompetence|useless|terrible|awful|lousy|
            lack|horrible|late
        thanks to your ~9 lost|losing|missed|late|ruined|stuck|without|never|cancelled|canceled
        thanks|thank_you|cheers|thx ~2 for [the|this|another|all|all_the|yet_another|your] [VERY|huge|long|massive|big|
            great|lovely|constant|usual|hours_of] delay|delays|wait|waiting|mess|cancellation|cancelling|headache|
            damage|
            disruption|hassle|disappointment|inconvenience
    mock praise: 0.6
        great|wonderful|brilliant|fantastic|lovely|awesome|excellent|fabulous|marvellous another|yet_another|yet_again
        well|nicely done ~3 losing|breaking|ruining|messing|not|again
        great|nice|good|brilliant|excellent|amazing|wonderful|fantastic|lovely|quality|classy|top [job|customer|
            work] ~2 losing|breaking|ruining|messing|ignoring|wasting|screwing|lying
        keep up the ~1 bad|terrible|great|good|awful work
        slow clap|claps
        bravo|genius $
        round of applause
        what a surprise|shock|shocker|joy|treat
        how surprising|convenient|generous
        big|shocking surprise $
    love it when: 0.6
        love|loving|enjoy|enjoyed|adore ~1 how|when|it_when|that|the_way ~2 YOU|your|it|they|my|i ~4 ignore|lose|take|
            charge|can't|don't|never|
            won't|always|keep|cancel|wait|delayed|late|not|still|hang|tell|say|doesn't|break|stop|decide|crash*
        love|loving|enjoy|enjoying being|waiting|sitting|paying|getting|standing|spending|having
        glad|nice|good|great|happy to see|know|hear ~2 YOU|my|that|your|it ~4 nothing|don't|can't|care|money|lost|
            waste
        nothing like|better|beats|says ~5 than|like|waiting|late|delay|delayed|delays|lost
        because that's|that|this is|was|really|so|clearly|obviously
        thanks|thank_you ~6 wait|sit_here|keep_waiting ~5 then $
        sure|right|fine|great ~5 just wait|sit|keep ~5 then $
    oh great: 0.5
        oh|ah|well|wow|yay|hooray|just|absolutely|simply great|wonderful|brilliant|fantastic|lovely|perfect|joy|
            awesome|terrific|marvelous|
            marvellous|fabulous
        just what|how i|we needed|wanted
        yeah|ya|yea|sure|oh right|sure|ok|whatever $
        yeah right
        as if $
        shocker|surprise_surprise|quelle_surprise|color_me_surprised|no_shit|you_don't_say|who_would_have_thought|
            imagine_my
        good luck ~1 with that
        sarcasm|sarcastic|#sarcasm|irony|ironic|ironically|#not|lol_not
        how hard ~1 can|is|could|would
        is it too much
        wtg|gg $
        real|oh_so helpful|useful|professional|reliable|talented|geniuses|genius $
        world class|leading
        your so_called
        what ~1 great|wonderful|lovely|fantastic|brilliant|amazing ~2 service|way|experience|start|help|company|day
    praise alone: 0.3
        thanks a bunch
        thanks to your
        great|nice|good|brilliant|fantastic|excellent|wonderful|superb|outstanding|lovely|amazing job|work|going|one|
            start $
    """,
)
PRAISE_IN_QUOTES = re.compile(
    r"[\"'](?:great|best|excellent|premium|priority|fast|quick|express|guaranteed|amazing|helpful|help|helping|service|"
    r"support|customer (?:service|care|support)|experts?|good|free|fixed|resolved|solved|unlimited|reliable)[\"']"
)
MOCKERY = frozenset({"thanks for nothing", "mock praise", "love it when"})


def mocks(text: Text) -> bool:
    """Whether thanks and praise in a text are plainly not meant."""
    return any(rule.rule in MOCKERY for rule, _, _ in SARCASM.matches(text))


def sarcasm(text: Text, _: Context) -> Iterator[Cue]:
    """Sarcasm as cues: the table, and single words of praise set in quotation marks."""
    yield from SARCASM(text)
    if '"' in text.plain or " '" in text.plain:
        for match in PRAISE_IN_QUOTES.finditer(text.plain):
            yield Cue(*text.span(*match.span()), "sarcasm", "praise in quotation marks", 0.5)
