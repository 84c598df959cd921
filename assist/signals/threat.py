"""Threats: harm to people, and legal or public action. They have different rule names and very different strengths.

Several legal words make no more than one legal threat, whatever is said beside them: only violence passes .65.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from assist.reading import Cue
from assist.signals.detector import Context
from assist.signals.patterns import Table
from assist.text import Text

THREAT = Table(
    "threat",
    """
    threat of violence: 0.9
        ILL|i|we|gonna|going_to|want_to|wanna|need_to|could|would|should|might ~2 HARM YOU|him|her
        ILL|i|we|gonna|going_to|want_to|could ~2 kill|shoot|stab|murder|strangle|butcher him|her|them|everyone|
            everybody|somebody|someone
        ILL|gonna|going_to|want_to|wanna|could|would|i'd|might ~3 break|smash|punch|snap|cut|bash|kick|rip|slit|crack|
            cave YOUR|you|his|her|their|somebody's|someone's ~2 BODY
        break|smash|snap|slit|bash|crack|rip YOUR ~1 BODY
        cut|rip|tear|blow|chop YOUR ~1 head|throat|face|balls|brains ~1 off|out|open
        ILL|gonna|going_to ~2 burn|blow|bomb|torch|shoot|trash|set|smash ~2 down|up|fire|office|building|store|shop|
            place|windows|house
        bring|bringing|buy|buying|get|getting|got|have ~2 gun|knife|bat|rifle|pistol|machete|acid|petrol ~5 you|your|
            there|office|store|shop
        put a bullet|knife in
        come|coming|turn|show|visit|be ~5 with ~2 gun|knife|bat|rifle|pistol|machete|acid|petrol
        beat|kick|knock ~2 crap|shit|hell|living|daylights|teeth|ass|out_of you|out_of|out
        beat YOU up|to
        knock YOU out
        ILL ~2 make YOU|sure ~2 bleed|suffer
        YOUARE|you're dead ~1 $
        YOUARE a dead man|woman
        YOU|you'll|you_will ~1 be dead
        i|i'd|we|id ~2 kill|strangle|murder|shoot whoever|the_person|that_agent|your|one_of_you
        someone|somebody should|ought ~2 HARM YOU
        YOU|people_like_you ~2 should|ought|need|deserve|deserves ~3 shot|killed|hanged|stabbed|beaten|slapped|punched
        kill YOU all
        end|finish your life
    knows where you are: 0.85
        know|found|find|finding|have|got where YOU|u|he|she|they live|work|park|sleep|lives|works|parks|sleeps
        find|found|finding|track out where YOU|u live|work|are
        ILL|gonna|going_to ~2 find|hunt|track YOU down|and
        ILL|gonna|going_to ~2 find|hunt YOU $
        coming|come for|after YOU
        ILL|i|we|gonna|going_to ~2 come|drive|be|turn|show ~2 there|over|round|office|up|house ~2 and ~3 HARM|show|
            make|teach|break|smash
        wait|waiting for YOU outside|after
        know|have YOUR [home] address
        watch YOUR|ur back
    threatens regret: 0.72
        YOU|you'll|you_will|u'll|he'll|she'll|they'll ~1 regret this|it|that|the_day|ever|messing
        he's|she's|they're|is|are going_to|gonna regret this|it|that|the_day
    dark hints: 0.72
        make|making YOU ~1 suffer|regret|bleed
        sleep with one eye
        hurt|harm YOUR family|kids|children|wife
        something|accident ~2 happen|happens to YOU
    vague warning: 0.4
        YOU|you'll|you_will|u'll ~1 be sorry $
        YOU|you'll|you_will|u'll ~1 pay for this|that|it
        make|making YOU pay
        teach YOU ~1 lesson
        or else $
        don't know who you're|you_are dealing|messing
    legal threat: 0.5
        ILL|gonna|going_to|i'd|want_to|could|can|might|would ~3 sue|sueing
        sue|suing|sued YOU|your|the|this|them
        see|meet YOU in court
        take|taking|go|going|taken ~3 to court|tribunal
        small claims
        legal|court action|actions|proceedings|steps|case|advice|team|claim
        my|our lawyer|lawyers|solicitor|solicitors|attorney|attorneys
        hire|hiring|contact|contacting|call|calling|get|getting|involve|involving|see|seeing ~2 lawyer|lawyers|
            solicitor|solicitors|attorney|attorneys
        lawyer|lawyers|solicitor|attorney ~2 hear|contact|touch|involved|letter
        hear|hearing from ~1 lawyer|lawyers|solicitor|attorney
        ombudsman|trading_standards|consumer_protection|consumer_rights|better_business_bureau|bbb|attorney_general|
            ftc|ofcom|ofgem
        report|reporting|reported YOU|this|it ~2 to ~2 police|authorities|regulator|fca|ftc|bbb|watchdog|ombudsman|
            council
        call|calling|go|going|contact|contacting|report ~3 police|regulator|authorities|watchdog
        press charges
        lawsuit|class_action|litigation
    violent talk: 0.3
        kill|shoot|hang|burn|murder|stab|gas|exterminate|behead|beat|attack|execute|slaughter ~2 them|those|these|
            people|everyone|all_of
        should|must|deserve|need|ought ~3 shot|killed|hanged|stabbed|beaten|executed|burned|murdered|die
    goes public: 0.42
        go|going to ~1 press|media|newspaper|newspapers|papers|tv|news
        tell|telling|contact|contacting|email|emailing|call|calling ~2 press|media|newspaper|newspapers|journalist|
            journalists|bbc
        everyone|everybody|world|internet|twitter|facebook will|is|going ~2 know|hear|see
    """,
    words={
        "HARM": """
            kill hurt punch strangle stab shoot beat slap smash murder slaughter knock choke hit attack destroy harm
            hunt            burn bomb bash batter crush torture whack behead
        """,
        "BODY": """
            legs leg neck face arms arm jaw nose bones fingers skull kneecaps knees head teeth hands throat ass
        """,
    },
)

# Ways to speak that sound like harm and mean none; what a scorer makes of them is not believed.
IDIOMS = Table(
    "idiom",
    """
    harmless words: 0.5 plain
        shoot|shooting|shot|drop|fire ~1 you|me|us|them|him|her|over a|an|the|your|my ~1 email|mail|message|text|line|
            note|dm|pm|question
        kill|kills|killing|killed ~2 time|weeds|weed|moths|ants|bugs|bacteria|germs|mould|mold|lights|engine|app|
            process|task|job|session|battery|mood|vibe|switch
        killing|killed it|me $
        killer deal|feature|app|look|price|offer
        bomb|bombs bath|calorie|seed
        bath|photo|glitter bomb|bombs
        blow|blew|blown ~1 mind|away
        to die for
        drop dead gorgeous
        dying to|of
        hit|hits me up|back|the_spot
        knock it|that off|out_of_the_park
    """,
)

LAWFUL = frozenset({"legal threat", "goes public"})
MILD = LAWFUL | {"vague warning", "violent talk"}
REGRET = "threatens regret"
WARNING = 0.4  # "you'll regret this" from somebody who speaks of lawyers or the press
BESIDE = 0.08  # what each further mild rule counts beside the strongest: all five together stay below .65


def harmless(text: Text, cues: Iterable[Cue]) -> bool:
    """Whether a text only sounds like a threat: an idiom, and no rule that holds."""
    return not any(cue.kind == "threat" for cue in cues) and bool(IDIOMS.matches(text))


def _meant(cues: list[Cue], idioms: list[Cue]) -> list[Cue]:
    return [cue for cue in cues if not any(cue.start < idiom.end and idiom.start < cue.end for idiom in idioms)]


def threat(text: Text, _: Context) -> Iterator[Cue]:
    """Threats as cues; without violence the strongest rule stands and the others hardly add to it."""
    cues = _meant(THREAT(text), IDIOMS(text))
    rules = {cue.rule for cue in cues}
    if not LAWFUL.isdisjoint(rules):
        cues = [replace(cue, strength=WARNING) if cue.rule == REGRET else cue for cue in cues]
        rules.discard(REGRET)
    if not rules <= MILD:
        yield from cues
        return
    first = max(cues, key=lambda cue: cue.strength, default=None)
    for cue in cues:
        yield cue if first is None or cue.rule == first.rule else replace(cue, strength=BESIDE)
