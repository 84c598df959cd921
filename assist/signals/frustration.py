"""Frustration: trouble that goes on, help that does not come, effort in vain."""

import re
from collections.abc import Iterator

from assist.reading import Cue
from assist.signals.detector import Context
from assist.signals.patterns import Table
from assist.text import Text

FRUSTRATION = Table(
    "frustration",
    """
    says they are frustrated: 0.7
        frustrat*|exasperat*|aggravat*|annoyed|annoying|irritated|irritating|maddening|infuriating|irked|vexed
        IM ~2 upset|fed_up|exhausted|stressed|unhappy|disappointed|sick_of|tired_of|bothered|worn_out
        so|VERY upset|disappointing|disappointed|stressful|tiring|tedious|unhappy|let_down
        nightmare|headache|hassle|ordeal|pain_in_the
    third contact: 0.5
        NTH [bloody|damn|fucking|separate|different] time
        second|2nd time i|i'm|im|i've|i_am|we|we've|you|this_week|this_month|in_a_row|now|already|today
        TIMES [bloody|damn|fucking|separate|different] email|call|message|request|attempt|contact|complaint|ticket|chat
        asked|called|emailed|written|wrote|contacted|told|tried|chased|reported|rang|phoned|messaged|complained|
            explained ~5 NUM|# [bloody|damn|fucking|separate|different] times
        sent|made|after|had|written|wrote|despite ~3 NUM|# [bloody|damn|fucking|separate|different] emails|e-mails|
            letters|calls|messages|requests|tickets|chats|complaints
        NUM|# different agents|people|reps
        NUM|# agents|reps
        countless|multiple|numerous|endless emails|calls|messages|requests|tickets|chats|complaints
        over_and_over|time_and_again|time_after_time|again_and_again|countless_times|every_single_time|so_many_times|
            how_many_times
        keep|keeps|kept|constantly|continually calling|asking|writing|emailing|repeating|explaining|chasing|having|
            getting|telling
        already told|explained|said|sent|asked|called|emailed|written|contacted|tried|done|did|provided|gave|reported|
            paid
        told|asked|emailed|called ~2 already|before|repeatedly
    nobody cares: 0.5 plain
        nobody|no_one|none|noone ~2 cares|care|gives|bothers|bothered
        YOU|they ~2 don't|doesn't [even|really|seem_to|give_a] care|shit|damn|fuck
    no answer: 0.45 plain
        nobody|no_one|noone|none ~3 answers|answered|answering|replies|replied|reply|responds|responded|helps|helped|
            help|listens
        nobody|no_one|noone ~3 listening|called|knows|picks|picked|tells|told|contacted|got_back|been_in_touch|
            helping|gets_back|able
        no answer|reply|response|replies|responses|help|update|updates|word|news|sign|explanation|communication|
            resolution|solution
        haven't|not|never|didn't|don't|hasn't ~2 heard|answered|replied|received_a_reply|got_back|responded|respond|
            reply
        ignor* me|us|my|it|this|everyone|customers|emails|messages
        being|been|am|getting|keep|keeps|was ~1 ignored|ignoring
        still no|waiting ~2 reply|response|answer|news|update|word
        YOU|they ~1 never ~1 answer|reply|respond|help|call|listen|called
        hung|hang|cut|hangs up|me ~2 on|off|up
    still not settled: 0.4 plain
        still ~1 no|not|waiting|nothing|haven't|hasn't|isn't|doesn't|broken|can't|don't|unresolved|wrong|having|
            getting|won't|didn't
        still the same
        remain|remains|remained unresolved|unanswered|unsolved|open|outstanding|unpaid|unsettled
        same ~1 problem|issue|thing|error|story|mistake again|still
        yet again
        once_again|not_again|here_we_go_again|and_again
        again $
        won't|doesn't|didn't|hasn't|not ~1 been fixed|solved|resolved|sorted|refunded|answered
        nothing|none ~2 works|worked|happens|happened|changes|changed|helps|helped|done|working|fixed
        never ~2 works|worked|works|arrives|arrived|comes|came|again|get|got|happens|on_time
        keeps|keep|kept ~1 crashing|failing|freezing|happening|breaking|dropping|going|stopping|changing|saying|
            telling|buffering|logging
    long wait: 0.4
        waiting|waited|wait|hold|queue ~5 NUM|an|a|all|over DAYS
        on hold
        waiting|waited ~2 ages|forever|hours|days|weeks|months|so_long|too_long|all_day|long_enough
        NUM|over|a|an|# ~1 hour|hours|hrs|day|days|week|weeks|month|months|year|years later|now|already|late|overdue
        for hours|days|weeks|months|years|ages
        how much|many longer|more
        how long ~2 must|do_i_have_to|am_i_supposed|are_we_supposed|do_you_expect
        taking|takes|took ~2 forever|ages|too_long|so_long|weeks|months
        so|too slow|late
        been|was ~1 patient
        very late
    effort in vain: 0.4
        waste|wasted|wasting ~2 time|money|hours|day
        going|go|went|sent|send|running|run ~2 in|round ~1 circles|circle
        passed|pass|bounced|sent|transferred|pushed|shoved ~2 around|pillar|back_and_forth|from_one
        getting|get|got nowhere
        tried everything|all|multiple|several|so_many|many|countless|restarting|reinstalling|rebooting|turning
        i've|have|i|we tried ~5 nothing|but|still
        what|whats 's|is|the ~1 point
        give|giving up
        can't|cannot ~1 believe|stand|take|deal
        took|taken|take ~2 off ~1 work|for|to|just
        took|taken|take ~1 day|morning|afternoon|days|leave off
        incapable of
        send|sending|sent|go|going|gone|went ~2 to|into collections|collection|
            debt_collectors|debt_collection
        useless|pointless|hopeless|ridiculous|absurd|joke|mess|chaos|clueless|incompetent|incompetence|insane|
            laughable
    is anyone there: 0.35
        anyone|anybody|someone|is_anyone|is_anybody ~1 there|home|reading
    asks why not: 0.25
        why ~5 nobody|no_one|not|can't|isn't|won't|doesn't|still|always|never
    wants it done: 0.3
        just want|need|fix|give|send|tell|refund|help|get
        please|just|can|could|will|would ~2 finally|actually fix|help|answer|solve|sort|do
        when|how|where ~3 finally|ever
        ffs|omg|ugh|argh|grr|smh|jesus|jeez|geez|for_fuck's_sake|for_god's_sake|for_goodness_sake|come_on|good_grief|
            sigh|facepalm
    """,
    words={"NTH": "third 3rd fourth 4th fifth 5th sixth 6th seventh 7th eighth 8th ninth 9th tenth 10th umpteenth"},
)
# A greeting is none with a question mark behind it: somebody knocks once more.
KNOCK = re.compile(r"(?:^|[.!?\n])\s{0,3}(?:@\w{1,40}\s){0,2}(?P<hello>hello)\s?\?")
KNOCKS = 0.2
# "Again" under these words is no trouble that comes back.
FRIENDLY_AGAIN = re.compile(
    r"\b(?:try|thanks|thank you|works?|working|see you|use|order|once|over|love|please|you|is|was) $"
)


def frustration(text: Text, _: Context) -> Iterator[Cue]:
    """Frustration as cues: the table but for a friendly "again", and an impatient "hello?"."""
    for rule, start, end in FRUSTRATION.matches(text):
        if text.plain[start:end] != "again" or not FRIENDLY_AGAIN.search(text.plain, max(0, start - 12), start):
            yield Cue(*text.span(start, end), "frustration", rule.rule, rule.strength)
    if "hello" in text.bag:
        knock = KNOCK.search(text.plain)
        if knock:
            yield Cue(*text.span(*knock.span("hello")), "frustration", "hello with a question mark", KNOCKS)
