"""Acts: further things that a message does, each a named number beside the signals.

Customers: `refusal contact reassured swearing question shouting`. Agents: `promise dismissive handoff`.
"""

import re
from collections.abc import Iterator

from assist.reading import Cue
from assist.signals.detector import Context
from assist.signals.patterns import Table
from assist.signals.sarcasm import mocks
from assist.text import Text

REFUSAL = Table(
    "refusal",
    """
    turns it down: 0.7 plain
        no thanks|thank_you|thx|chance|deal
        not|isn't|ain't|won't|wasn't|aren't ~2 good enough|at_all
        not|isn't|never [even|really|quite|nearly|VERY] enough|interested|what_i_want|what_i_asked|what_i_need|
            what_i_wanted|an_option|a_solution|helpful $
        not|isn't|never [even|really|VERY] interested|acceptable_to|good_enough
        don't|dont|do_not|not|never ~2 want|need|accept|asked|ask ~2 voucher|coupon|credit|replacement|refund|repair|
            discount|points|offer|apology|apologies|excuses|another|your|gift|that
        no ~2 not_an_option|not_a_solution
        still nothing|no_mail|no_email|no_link|not_working|locked $
        no mail|email|e-mail|link|code|sms|text $
        didn't|did_not work|help $
        won't|will_not|wouldn't ~1 do|suffice|cut_it|accept|settle
        that|this ~1 doesn't|won't|didn't|does_not|will_not|not ~1 help|do|solve|fix|answer|change
        that ~1 doesn't|won't|didn't|does_not|will_not ~1 work
        it|this doesn't|won't|didn't|does_not help|work_for_me|solve|change
        i|we|i'm|must|have_to ~2 refuse|refusing|decline|reject ~2 this|that|your|the|to
        keep your
        absolutely|definitely|certainly|of_course not
        i|we won't|refuse|will_not|am_not|not ~1 do|doing|going|accept|accepting|wait|waiting|send|sending|call|
            calling|fill|pay|paying
        i'm|im|i_am not|done going|doing|waiting|accepting|paying|sending|calling
        already ~1 tried|did|done|restarted|reset|checked ~1 that|it|this|everything|all
        tried that|this|it|all ~2 already|before|times|twice|nothing|doesn't|didn't
        want|need|rather|prefer ~3 not ~2 voucher|credit|replacement|refund|apology|excuses|apologies
        useless to me
        what good|use is|are|does
        insult|insulting|joke offer|amount|to_me
        is that it|all
        that's|thats|that_is not_enough|no_good|no_help|useless|no_use
        forget|forgot ~1 it|that $
    """,
)
CONTACT = Table(
    "contact",
    """
    third contact: 0.8
        TIMES [bloody|damn|fucking|separate] time|attempt ~2 i've|i'm|im|i_am|we've|we're|i_have|i|we|that_i|calling|
            writing|asking|contacting|messaging|now|already|this_week|today|trying|emailing|reaching
        calling|writing|asking|contacting|messaging|emailing|telling|chasing|phoning|explaining|asked|wrote|called ~3
            TIMES time
        TIMES [bloody|damn|fucking|separate|different] email|e-mail|mail|call|phone_call|message|request|contact|
            complaint|ticket|chat|letter|agent|person|rep|tweet|representative
        asked|called|emailed|written|contacted|told|explained|messaged|rang|phoned|tweeted|complained|reported|wrote|
            spoken|talked ~5
            NUM|countless|multiple|numerous|hundred times|people|agents|reps
        asked|called|emailed|written|contacted|told|explained|messaged|rang|phoned|tweeted|complained|reported|
            wrote ~3 twice|again
        countless|multiple|numerous|repeated emails|calls|phone_calls|messages|tickets|requests|chats|complaints|tweets
        sent|made|after|written|wrote|my|despite ~2 NUM|# emails|e-mails|letters|calls|phone_calls|
            messages|tickets|requests|complaints|tweets
        over_and_over|time_and_again|again_and_again|so_many_times|how_many_times
    has said it before: 0.5
        already|have|i've|as_i ~1 told|explained|said|asked|called|emailed|written|contacted|provided|reported|
            mentioned|spoke|spoken
        as|like i ~1 said|told|wrote|mentioned|explained|stated
        i|we keep|kept calling|asking|writing|emailing|repeating|explaining|telling|saying|chasing|contacting
        told YOU|them|him|her|your|u ~3 already|before|yesterday|last|week|ago
        explain|tell|say|repeat|start|repeating|explaining|ask ~3 all_over|all_over_again|over_again
        explain|repeat|repeating|explaining ~3 again|myself
        last|previous|earlier|other time|agent|person|rep|chat|message|email|conversation|colleague|call ~2 i|we|you|
            told|said|promised
        still no|waiting|nothing ~2 reply|answer|response
    """,
)
REASSURED = Table(
    "reassured",
    """
    content with the answer: 0.7
        today|tomorrow|noon|monday|tuesday|wednesday|thursday|friday|saturday|sunday|day|time|one ~1 is|works|suits|
            would_be|will_be ~1 fine|good|great|perfect|ok|okay|me $
        at_least someone|somebody ~2 tells|told|answers|answered|helps|cares|listens
        sounds|that_sounds|sound good|great|fine|perfect|fair|reasonable|like_a_plan
        that|this|it ~1 works|would_be_great|would_be_good|would_be_perfect|makes_sense|will_do|clears
        that|this|it is ~1 fine|good|great|perfect
        that's|thats|its|it's|all [VERY] fine|good|great|perfect|ok|okay|fair|wonderful|better|cool|sorted|
            settled|set
        no worries|problem|rush|hurry
        fair enough
        i|we ~1 understand|see|appreciate|accept $
        understood|got_it|noted|will_do $
        relieved|happy|glad to know|hear
        good|great|nice to know|hear $
        i'm|im|i_am in|back_in|logged_in|online_again $
        it ~1 works|worked|arrived|came|came_through now|just_now $
        relief|relieved|reassured|happy_with_that|happy_now
        looking forward
        i'll|ill|i_will ~1 wait|try|check|do|see|let_you_know
        thanks|thank_you ~6 explaining|clarifying|help|helping|quick|sorting|fixing|looking|update|checking|
            understanding
        happy|pleased|satisfied with
    says yes: 0.6
        ^ ok|okay|great|perfect|good|cool|alright|fine|super|awesome|brilliant|excellent|lovely|wonderful|right|
            fantastic|sure|finally $
    """,
)
SWEARING = Table(
    "swearing",
    """
    swears: 0.6
        fuck*|shit|shite|shitty|bullshit|bollocks|damn|damned|dammit|goddamn|goddam|crap|crappy|bloody|arse|ass|
            asshole|bastard|bitch|wtf|ffs|hell|piss|pissed|bugger|cunt|dick|motherfuck*|bs|af|stfu|fck|fkn|fking|
            effing|frigging|freaking|frickin|dumbass|jackass|wank*|twat|bellend|shag|slut|whore
    """,
)
PROMISE = Table(
    "promise",
    """
    promises: 0.7
        ILL|you'll|you_will|they'll|it_will|it'll ~9 by|within|before|until|today|tomorrow|tonight|asap|shortly|
            soon|monday|tuesday|wednesday|thursday|friday|saturday|sunday|minutes|hour|hours|weekend
        ILL ~2 make_sure|ensure|let_you_know|get_back|check_back|follow_up|call_you|email_you|write_to_you|keep_you|
            send|confirm|inform|update|see_to
        you'll|you_will ~2 receive|get|have|hear|see
        arrives|arrive|delivered|refunded|credited|resolved|fixed ~3 by|within|today|tomorrow|monday|tuesday|
            wednesday|thursday|friday|saturday
        i promise|guarantee|assure
        promise|guarantee|assure YOU
    """,
)
DISMISSIVE = Table(
    "dismissive",
    """
    calm down: 0.9
        calm|settle|simmer|cool ~1 down
        relax|chill $
        no need to be ~2 rude|upset|angry
        don't|not ~1 overreact|be_rude|get_upset|shout|be_angry|worry_so
        overreacting|overreact
    brushes off: 0.7 plain
        nothing ~3 i|we ~1 can ~1 do
        can't|cannot|unable|won't|not_able_to|could_not ~2 help|assist|do_anything YOU|with|further|about
        not|isn't my|our ~1 problem|fault|job|department|responsibility|issue|concern
        is what it is
        that's|thats|that_is ~2 how_it_is|how_it_works|life|your_problem|the_policy|the_way_it_is
        policy is|states|says|does_not|doesn't|clearly
        per|against|according_to|due_to ~1 our|company|the ~1 policy|policies|terms|rules
        take it or leave
        as i|we ~2 said|told|explained|stated|mentioned
        already told|explained|said|answered
        like i said
        not|nothing|never ~2 possible|we_can_do|i_can_do|heard_of
        whatever $
        obviously|clearly ~2 you|your
    blames: 0.7 plain
        YOU|you_should|you_must should|must ~1 have|'ve ~2 read|checked|known|told|called|ordered|done|misread|
            misunderstood|entered|forgotten
        YOU|you've ~2 failed|forgot|misunderstood|misread|didn't|neglected ~2 to|read|follow|provide|check|it|the
        your|ur ~1 fault|mistake|own_fault|error|responsibility
        if you|u had|would_have ~1 read|checked|called|told|just
        read|check the ~1 terms|faq|manual|instructions|website|email|fine_print
        user error
        nobody|no_one|none else ~2 complained|complains|has
    """,
)
HANDOFF = Table(
    "handoff",
    """
    passes on: 0.7
        contact|call|email|phone|visit|reach|speak|talk|write|message|dm ~3 to|with|the|our|your|out|another|
            different ~3
            department|team|store|carrier|seller|support|bank|provider|manufacturer|branch|courier|line|desk|number|office
        contact|call|phone|ring our|the|your|us ~2 on|at|via|by|through
        transfer|transferring|forward|forwarding|passing|redirect|redirecting|connect|connecting|hand|handing|refer|
            referring ~1 YOU|your|this|it|over ~4 to|on|over|with|another
        you|you'll|you_will ~2 need|have|must to ~1 contact|call|email|speak|reach|visit|go|write|ask|fill
        please|kindly contact|call|email|visit|dm|message|reach|ask|fill|use|direct|submit|write
        another|different|other|relevant|right|appropriate department|team
        send|shoot|drop us|me ~2 dm|private_message|direct_message|email|pm
        dm us|me
        not my department
    """,
)

ASKING = frozenset(
    "who what when where why how which can could will would do does did is are am has have".split()  # noqa: SIM905
)
QUESTION = re.compile(rf"(?:^|[.!,\n]\s{{0,3}})(?:(?:ok|okay|and|so|but|well|then) ){{0,3}}(?:{'|'.join(ASKING)}) ")
CAPS_WORD = re.compile(r"\b[A-Z]{3,}(?:'[A-Z]+)?\b")
LETTER = re.compile(r"[A-Za-z]")
SHOUTED_WORDS = 2  # capital words of three letters or more that make a message shouted, with
SHOUTED_SHARE = 0.7  # this share of its letters in capitals, and
SHOUTED_LETTERS = 8  # so many letters at least
MARKS = re.compile(r"[!?]{3,20}|(?:[!?] ){2,9}[!?]")

BARE_NO = re.compile(r"(?:@\w{1,40}\s){0,2}\W{0,5}(?P<no>no|nope|nah|no way)\W{0,5}(?:(?:sorry|thanks|never)\W{0,5})?$")
TAKEN_BACK = re.compile(r"[\s,]{1,3}(?:but|however|though)\b")
OPEN = re.compile(r"\?|\b(?:but|still|however|another|except|only)\b")  # a yes that leaves something open is none


def refusal(text: Text, _: Context) -> Iterator[Cue]:
    """What was offered is turned down; a "no" counts when it is all that is said, else it answers a question."""
    yield from REFUSAL(text)
    if "no" in text.bag or "nope" in text.bag or "nah" in text.bag:
        match = BARE_NO.match(text.plain)
        if match:
            yield Cue(*text.span(*match.span("no")), "refusal", "says no", 0.7)


def reassured(text: Text, _: Context) -> Iterator[Cue]:
    """Contentment with the answer; none in mockery, and no "ok" that only opens the next question."""
    hits = REASSURED.matches(text)
    if not hits or mocks(text):
        return
    open_ = OPEN.search(text.plain) is not None
    for rule, start, end in hits:
        asked = text.plain.endswith("if ", 0, start) or TAKEN_BACK.match(text.plain, end)
        if not asked and (rule.rule != "says yes" or not open_):
            yield Cue(*text.span(start, end), "reassured", rule.rule, rule.strength)


def question(text: Text, _: Context) -> Iterator[Cue]:
    """Whether something is asked."""
    mark = text.plain.find("?")
    if mark >= 0:
        yield Cue(*text.span(mark, mark + 1), "question", "question mark", 0.9)
    elif not ASKING.isdisjoint(text.bag):
        match = QUESTION.search(text.plain)
        if match:
            yield Cue(*text.span(match.start(), match.end() - 1), "question", "asks", 0.6)


def shouting(text: Text, _: Context) -> Iterator[Cue]:
    """Capital letters and rows of exclamation marks, in the head of a message as it was typed."""
    head = text.original[:1000]
    if "!" in head or "??" in head:
        marks = MARKS.search(head)
        if marks:
            yield Cue(marks.start(), marks.end(), "shouting", "many exclamation marks", 0.4)
    words = list(CAPS_WORD.finditer(head))
    if len(words) < SHOUTED_WORDS:
        return
    letters = LETTER.findall(head)
    capitals = sum(letter.isupper() for letter in letters)
    if len(letters) >= SHOUTED_LETTERS and capitals >= SHOUTED_SHARE * len(letters):
        yield Cue(words[0].start(), words[-1].end(), "shouting", "all capital letters", 0.8)
    elif len(words) >= 2 * SHOUTED_WORDS:
        yield Cue(words[0].start(), words[0].end(), "shouting", "words in capital letters", 0.4)
