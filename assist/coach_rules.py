"""What the coach looks for in a draft: kinds with their reasons, and named patterns on normalised text.

Every gap in a pattern is bounded and no repetition stands inside another, so that a review is linear in the draft.
A better wording replaces the span of its remark; `[slot]` in it is for the agent to fill in.
"""

import re
from dataclasses import dataclass
from typing import Literal

REASONS = {
    "calm_down": "Being told to calm down makes people angrier. Name what upset them instead.",
    "blaming": "This puts the fault on the customer. Say what happens next, not who did it.",
    "defensive": "This defends us instead of helping the customer.",
    "dismissive": "This makes the customer's trouble small. Say what you can do.",
    "as_i_said": "This tells the customer off for asking again. If it did not arrive, say it in other words.",
    "vague_promise": "No time and no name: the customer cannot rely on it. Say who does what by when.",
    "jargon": "A word from our side of the desk. The customer may not know it.",
    "passing_on": "This sends the customer away. Do it for them, or stay until the other person has taken over.",
    "apology_with_but": "The 'but' takes the apology back. End the sentence after the apology.",
    "non_apology": "This doubts that anything happened. Be sorry for the event itself.",
    "self_deprecating": "This talks down yourself or the company, and with it the help you offer.",
    "shouting": "Capitals and rows of exclamation marks read as shouting.",
    "absolute_no": "A closed door. Say what is possible instead.",
    "policy_wall": "A rule is not a reason. Say why it is so and what you can do within it.",
    "canned": "A stock phrase that fits everybody. Name what happened to this customer.",
    "overpromise": "Nobody can keep this. Promise what you yourself will do.",
    "forbidden": "The house's policy does not want these words. Say it in your own.",
    "rude": "This insults or mocks. Whatever was said before, it will be read again with a cooler head.",
    "run_on": "A long sentence is hard to take in when upset. Make two of it.",
    "no_answer": "They asked something that this does not answer. An answer, or when there will be one, calms most.",
    "missing_empathy": "They are upset and nobody has said so yet. One line about it first, and the rest is heard.",
    "wrong_language": "This is in another language than the customer's.",
    "personal_data": "This must not stand in a chat, which is kept and read by others.",
}

Scope = Literal["sentence", "draft"]


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing in a draft; `better`, where there is one, is to stand in the place of the span."""

    start: int
    end: int
    kind: str  # one of `REASONS`
    reason: str
    better: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern for a kind.

    `better` replaces the span; where the rule `grows`, the span is the whole sentence around the match. The rule is
    silent when `unless` is found in the sentence or anywhere in the draft, by `scope`.
    """

    kind: str
    pattern: re.Pattern[str]
    better: str | None = None
    grows: bool = False
    unless: re.Pattern[str] | None = None
    scope: Scope = "sentence"


def says(kind: str, better: str | None, *patterns: str) -> list[Rule]:
    """Rules whose better wording stands in the place of the matched words."""
    return [Rule(kind, pattern, better) for pattern in _joined(patterns)]


def sentence(kind: str, better: str | None, *patterns: str) -> list[Rule]:
    """Rules whose better wording is a sentence in the place of the sentence around the match."""
    return [Rule(kind, pattern, better, grows=True) for pattern in _joined(patterns)]


def _joined(patterns: tuple[str, ...]) -> list[re.Pattern[str]]:
    """One pattern of all that begin at a word: where none begins all are ruled out at once."""
    at_word = [f"(?:{pattern.removeprefix(WORD_BEGINS)})" for pattern in patterns if pattern.startswith(WORD_BEGINS)]
    others = [pattern for pattern in patterns if not pattern.startswith(WORD_BEGINS)]
    return [re.compile(pattern) for pattern in (*([rf"\b(?=\w)(?:{'|'.join(at_word)})"] if at_word else []), *others)]


def _unless(unless: re.Pattern[str], scope: Scope, *groups: list[Rule]) -> list[Rule]:
    return [Rule(one.kind, one.pattern, one.better, one.grows, unless, scope) for rules in groups for one in rules]


def unless(unless_said: str, *rules: Rule) -> list[Rule]:
    """Rules that are silent where this is found in their sentence."""
    return _unless(re.compile(unless_said), "sentence", [*rules])


WORD_BEGINS = r"\b"

# A time makes a promise one that can be kept; so does a slot that the agent still fills in.
TIME = re.compile(
    r"\b(?:today|tonight|tomorrow|now(?=[.!,]|$)|right now|at once|straight away|immediately|within|noon"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|\d{1,2}(?::\d\d)? ?(?:am|pm)|at \d|(?:minutes?|hours?|working days|business days)\b)|\[[a-z]"
)
# An open door beside the closed one.
ALTERNATIVE = re.compile(
    r"\b(?:instead|alternatively|either|another way|what (?:i|we) can|(?:i|we) (?:can|could)\b(?! ?n[o']t|'t)"
    r"|would you (?:like|prefer|rather))"
)
# A hand-over in which nobody is left alone.
WARM = re.compile(
    r"\b(?:stay with you|with you (?:on the line|until)|i (?:have |will )?(?:already )?(?:told|brief|explain)"
    r"|you (?:do not|don't|will not|won't) (?:have|need) to|i(?:'ll| will) (?:stay|wait|check back|follow)"
    r"|(?:do|would) you (?:want|like|prefer|rather))"
)

HEAR = "I can hear how upsetting this is, and I want to sort it out with you."
PUT_RIGHT = "Let me look at what happened and how I can put it right."
CAN_DO = "Here is what I can do for you: [what you can do]."
MATTERS = "I see that this matters to you, and I will help you with it."
SORRY_FOR_IT = "I am sorry that this happened, and I will help you put it right."
FOR_THEM = "I will contact them for you and write to you by [time]."
REASON_AND_WAY = "The reason is [the reason]. What I can do is [what you can do]."
WENT_WRONG = "Something went wrong on our side, and I will put it right."
IN_OTHER_WORDS = "in other words:"
FIND_OUT = "Let me find that out, so that you get the right answer."
WRITE_BY = "I will write to you by [time]"
DO_AND_TELL = "I will [what you will do] and tell you the result by [time]"

MERELY = r"(?:all |really |just |simply |clearly |actually |obviously |absolutely |completely )?"
WILL = r"(?:'ll| will)"
# Whom a customer in danger, or one who is asked to come back here, has to call themselves.
HELP_NUMBER = (
    r"(?! (?:me|us|back|someone|somebody)\b| \d| an ambulance"
    r"| (?:the |a |your )?(?:local )?(?:police|doctor|emergency|crisis))"
)
REACH = r"(?:contact|call|phone|email|write to|speak (?:to|with)|talk to|reach out to|get in touch with)\b"
THE_CASE = r"(?:this|it|you|your (?:case|request|issue|problem|complaint))"
GOOD_NEWS = (
    r"(?! also\b| their\b| you (?:can|could|may)\b(?! ?n[o']t|'t)| here\b"
    r"| let me\b| now\b| this time\b| the good news| it(?:'ll| will) be"
    r"| (?:i|we)'(?:ve|ll|m|re)\b(?! not)| (?:i|we) (?:can|have|will|am|are|found)\b(?! not|'t|n't))"
)
SHOULD_HAVE = (
    r"(?:read|checked|told|called|asked|contacted|known|followed|ordered|thought|kept|written|noticed|cancell?ed"
    r"|mentioned|entered|paid|waited)\b"
)
DID_NOT = r"(?:read|follow|provide|give|fill|enter|check|pay|respond|reply|send|include|mention|update|listen)\b"
OURS = r"our (?:systems?|website|app|company|service|couriers?|warehouse|team|department) (?:is|are)"
BAD = r"(?:a |an )?(?:terrible|mess|useless|awful|rubbish|bad|hopeless|broken|joke|chaos)\b"
INSULT = r"(?:idiot|stupid|dumb|moron|liar|ridiculous|pathetic|annoying|rude|crazy|ignorant)\b"
SMALL = r"(?:small|minor|tiny|few|\d{1,3}|one|two|three) (?:issue|problem|delay|days?|weeks?|mistake)\b"

CALM_DOWN = sentence(
    "calm_down",
    HEAR,
    r"\b(?=calm )(?<!things )(?<!it )(?<!everything )(?<!\bi )(?<!help )calm (?:yourself )?down\b",
    r"\b(?:please|just|need to|have to|should|try to) (?:relax|chill|settle down|stay calm|be calm)\b",
    r"\b(?:take it easy|get a grip|chill out)\b",
    r"\bno (?:need|reason) to (?:be|get) (?:so )?(?:rude|upset|angry|aggressive|emotional|dramatic|worked up)\b",
    r"\bno (?:need|reason) to (?:shout|yell|scream|raise your voice)\b",
    r"\b(?:don't|do not) (?:be|get) (?:so )?(?:upset|angry|emotional|mad|worked up|dramatic)\b",
    r"\bstop (?:shouting|yelling|screaming|whining|complaining)\b",
    r"\b(?:watch|mind) your (?:tone|language|mouth)\b",
)
BLAMING = sentence(
    "blaming",
    PUT_RIGHT,
    rf"\byou (?:should|could|must|ought to)(?:'ve| have) {MERELY}{SHOULD_HAVE}",
    rf"\byou {MERELY}(?:failed|forgot|neglected) to\b",
    rf"\byou {MERELY}(?:didn't|did not) (?:even )?{DID_NOT}",
    rf"\b(?:it|that|this)(?:'s| is| was) {MERELY}your (?:own )?(?:fault|mistake|error|responsibility|problem)\b",
    r"\b(?:because|since) you (?:chose|entered|gave|typed|used|clicked|ordered|put|selected)\b",
    r"\bif you had (?:only |just )?(?:read|checked|told|called|asked|listened|followed|paid|ordered)\b",
    r"\b(?:you claim|you allegedly|according to you|you are lying|you're lying)\b",
    r"\byou(?:'re| are) (?:wrong|mistaken|confused|not listening)\b",
)
DEFENSIVE = sentence(
    "defensive",
    PUT_RIGHT,
    r"\b(?:just|only) doing (?:my|our) job\b",
    r"\b(?:not|isn't|wasn't) (?:my|our) (?:fault|mistake|doing)\b|\bit wasn't me\b",
    r"\b(?:don't|do not|stop) blam(?:e|ing) (?:me|us)\b",
    r"\b(?:we|i) (?:did|have done) nothing wrong\b",
    r"\b(?:nobody|no one|no-one) else (?:has )?(?:ever )?(?:complain|had|has|report)",
    r"\b(?:i|we) (?:never|didn't|did not) (?:say|said|promised?|tell|told)(?: you)? that\b",
    r"\b(?:short-? ?staffed|under-? ?staffed|(?:we are|we're) (?:very|really|so|extremely) busy)\b",
)
DISMISSIVE = [
    *sentence(
        "dismissive",
        CAN_DO,
        r"\bnothing (?:else |more )?(?:that )?(?:i|we) can do\b(?![^.!?\n]{0,60}\bbut\b)",
        r"\b(?:not|isn't) (?:my|our) problem\b",
        r"\b(?=you)(?<!that )you(?:'ll| will)? (?:just |simply )?(?:have|need) to "
        r"(?:be patient|accept|live with|deal with|get over)\b",
        r"\b(?=just|simply)(?<!let's )(?:just|simply) (?:wait|be patient|deal with it|accept)\b",
        r"\bthat(?:'s| is) (?:just |simply )?(?:how|the way) (?:it|things|this) (?:is|are|works?)\b",
        r"\bit is what it is\b|\bthat's life\b",
    ),
    *sentence(
        "dismissive",
        MATTERS,
        r"\b(?:not (?:that |such |really )?(?:a )?big (?:of a )?deal|no big deal|get over it)\b",
        r"\byou(?:'re| are) (?:just )?(?:overreacting|exaggerating|being)\b",
        r"\bhappens (?:all the time|to every(?:one|body)|a lot|every day)\b",
        rf"\b(?:only|just) (?:a )?{SMALL}",
        r"\bother (?:customers|people) (?:also |have to )?(?:wait|manage|have it|are waiting)",
        r"\b(?:i|we) (?:don't|do not) (?:really )?care\b|\bso what[?!]",
        r"\b(?=whatever)(?<![^.!?\n] )(?<![\w,;:'\"-])whatever(?=[.!,]|$)",
    ),
]
AS_I_SAID = says(
    "as_i_said",
    IN_OTHER_WORDS,
    r"\b(?:as|like) (?:i|we)(?: have|'ve)? (?:already |just )?(?:said|told you|mentioned|explained)\b(?! i)[,:]?",
    r"\bas (?:already )?(?:mentioned|stated|explained|said)(?: before| above| earlier)?\b"
    r"(?! (?:there|here|in|on)\b)[,:]?",
    r"\bper my last (?:email|message|reply|mail)\b[,:]?",
    r"\b(?:i|we)(?:'ve| have)? already (?:told you|said|explained|answered)\b(?: that| this| it)?[,:]?",
    r"\bfor the (?:last|second|third|hundredth) time\b,?(?= (?:i|we|it|this|that|you|the|your|our|there)\b)",
    r"\bhow many times do i\b[,:]?",
)
VAGUE_PROMISE = _unless(
    TIME,
    "sentence",
    says("vague_promise", "by [time]", r"\b(?:as soon as (?:possible|we can|i can)|asap)\b"),
    says(
        "vague_promise",
        WRITE_BY,
        r"\b(?:some(?:one|body)|a colleague|(?:our|the) team) will (?:get back to|contact|call|write to) you\b"
        r"(?: (?:very )?(?:soon|shortly))?",
        rf"\b(?:i|we){WILL} (?:get back to you|be in touch|let you know|keep you (?:posted|updated))\b"
        r"(?: (?:very )?(?:soon|shortly))?",
    ),
    says("vague_promise", "by [time] I will check", rf"\b(?:i|we){WILL} (?:look|check) into\b"),
    says("vague_promise", "by [time] I will tell you what I can do", rf"\b(?:i|we){WILL} see what (?:i|we) can do\b"),
    says("vague_promise", "by [time] I will", rf"\b(?:i|we){WILL} (?:try|do) (?:my|our) (?:very )?best to\b"),
    says("vague_promise", DO_AND_TELL, rf"\b(?:i|we){WILL} (?:try|do) (?:my|our) (?:very )?best\b(?! to\b)"),
    says("vague_promise", "on [date]", r"\b(?:in due course|at some point|sooner or later|in the near future)\b"),
    says("vague_promise", DO_AND_TELL, r"\b(?:we are|we're|they are|they're) working on (?:it|this)\b"),
)
JARGON = [
    *says("jargon", "return number", r"\brma\b(?: number)?"),
    *says("jargon", "promised time", r"\bslas?\b"),
    *says("jargon", "item number", r"\bskus?\b"),
    *says("jargon", "our specialists", r"\b(?:tier|level) ?[123]\b(?: support| team)?", r"\bl[123] (?:support|team)\b"),
    *says("jargon", "our specialists", r"\b(?:second|third)-line support\b", r"\bescalation (?:matrix|path|queue)\b"),
    *says("jargon", "our system", r"\bback-?end\b"),
    *says("jargon", "the website", r"\bfront-?end\b"),
    *says("jargon", "done", r"\bactioned\b"),
    *says("jargon", "set up", r"\bprovisioned\b"),
    *says("jargon", "identity check", r"\bkyc\b"),
    *says("jargon", "tracking number", r"\bawb\b"),
    *says("jargon", "a check of what went wrong", r"\b(?:rca|root cause analysis)\b"),
    *says("jargon", "do what is needed", r"\bdo the needful\b"),
    *says("jargon", "write back", r"\b(?:revert back|revert to you)\b"),
    *says("jargon", "following", r"\b(?:pursuant to|as per)\b"),
    *says("jargon", "this", r"\baforementioned\b"),
    *says("jargon", "with this message", r"\bherewith\b"),
    *says("jargon", "use", r"\butili[sz]e\b"),
]
PRAISED = r"\b(?:shout-?out|feedback|kind words|compliment|suggestion|insight|(?:glad|happy|love) to hear)"
PASSING_ON = _unless(
    re.compile(f"{WARM.pattern}|{PRAISED}"),
    "draft",
    sentence(
        "passing_on",
        FOR_THEM,
        r"\b(?:not|isn't) (?:my|our) (?:department|job|area|responsibility|team)\b",
        rf"\byou(?:'ll| will|'d)? (?:need to|have to|must|should) {REACH}{HELP_NUMBER}",
        rf"\bplease {REACH}{HELP_NUMBER}",
        rf"\b(?:i|we)(?:{WILL}| can| have to) (?:just )?(?:transfer|redirect|refer) you\b",
        rf"\b(?:i|we)(?:{WILL}| can) (?:pass|forward|hand) {THE_CASE} (?:on|over|to)\b",
        r"\b(?:handled|done|managed) by (?:another|a different|some other|the other) (?:team|office)\b",
        r"\b(?:another|a different|the other) department\b",
    ),
)
NON_APOLOGY = sentence(
    "non_apology",
    SORRY_FOR_IT,
    r"\bsorry (?:that )?you (?:feel|felt|see it) (?:that way|this way|like that|so\b)",
    r"\b(?:sorry|apologi[sz]e|apologies) (?:that )?if\b[^.!?\n]{0,40}?\b"
    r"(?:feel|felt|caus|offend|upset|hurt|inconvenien|trouble|came across|seem|sound|bother)",
    r"\binconvenience (?:that )?(?:this |that |it )?(?:may|might|could) (?:have )?",
)
SELF_DEPRECATING = [
    *sentence(
        "self_deprecating",
        WENT_WRONG,
        rf"\b{OURS} (?:so |always |totally )?{MERELY}{BAD}",
        r"\bwe (?:always|often|constantly) (?:mess|get (?:this|it|that) wrong|lose|fail|forget)\b",
        r"\btypical (?:of us|for us|for this company)\b",
        r"\bi (?:hate|can't stand) (?:this|my) (?:job|company|place|system)\b",
    ),
    *sentence(
        "self_deprecating",
        FIND_OUT,
        r"\bi(?:'m| am) (?:so |only |just )?(?:a )?(?:useless|stupid|new here|clueless|hopeless|trainee)\b",
        r"\bi (?:have no (?:idea|clue)|haven't (?:a|got a) clue|don't know what i'm doing)\b",
    ),
]
ABSOLUTE_NO = _unless(
    ALTERNATIVE,
    "draft",
    sentence(
        "absolute_no",
        CAN_DO,
        r"\b(?:absolutely|definitely|certainly|simply) not(?=[.!,]|$)",
        r"\bno way(?=[.!,]|$)|\b(?:out of the question|never going to happen|under no circumstances)\b",
        rf"\b(?=that|it|this)(?<!if )(?:that|it|this)(?:'s| is) {MERELY}(?:impossible|not possible)\b",
        r"\b(?:i|we) (?:can't|cannot|can not|won't|will not) (?:help|assist) you\b",
        r"\b(?=no[.!])(?<![^.!?\n] )(?<![\w,;:'\"-])no[.!](?=\s|$)",
        r"\b(?:we|i) (?:never|don't) (?:make exceptions|make an exception|do refunds|give refunds)\b",
    ),
)
POLICY_WALL = _unless(
    ALTERNATIVE,
    "draft",
    sentence(
        "policy_wall",
        REASON_AND_WAY,
        r"\b(?:it's|that's|is|against|due to|because of|per) (?:our|the|company) (?:company )?polic(?:y|ies)\b",
        r"\bpolicy (?:doesn't|does not|says|states|is (?:clear|that)|prohibits|forbids|prevents|won't)\b",
        r"\b(?:rules are (?:the )?rules|(?:i'm|i am|we're|we are) not allowed to|i don't make the rules)\b",
        r"\b(?:terms and conditions|terms of (?:service|use)|the fine print) (?:clearly )?(?:say|state|are clear)",
    ),
)
CANNED = [
    *sentence(
        "canned",
        "I have read what you wrote about [the problem].",
        r"\byour (?:call|message|feedback|request|satisfaction|business|opinion) is (?:very |so )?important to us\b",
        r"\byour satisfaction is our\b",
    ),
    *says("canned", "hello [name]", r"^(?:dear )?valued customer\b"),
    *says(
        "canned",
        "thank you for your",
        r"\bwe (?:really |do |truly |greatly )?(?:value|appreciate) your"
        r"(?= (?:business|feedback|understanding|patience|loyalty)\b)",
    ),
    *says("canned", "I can tell you that", r"\bplease be (?:advised|informed) that\b"),
    *says(
        "canned",
        "for [what happened]",
        r"\b(?=for )(?:(?<=sorry )|(?<=apologize )|(?<=apologise )|(?<=apologies ))"
        r"for (?:any|the|this|all the) inconveniences?\b"
        r"(?! (?:that )?(?:this |that |it )?(?:may|might|could))"
        r"(?: (?:that )?(?:this|that|it) (?:has |have )?(?:caused|brought|given)(?: you)?)?",
    ),
    *says(
        "canned", "thank you for telling us about [the problem]", r"\bthank you for (?:contacting|reaching out to) us\b"
    ),
    *says("canned", "hello [name]", r"\bdear (?:customer|client|user|sir or madam|sir/madam)\b"),
]
OVERPROMISE = [
    *says("overpromise", "should not happen again", r"\b(?:will never|will not ever|won't(?: ever)?) happen again\b"),
    *says("overpromise", "confident", r"\b(?:100 ?%|(?:one|a) hundred percent) (?:sure|certain)\b"),
    *says("overpromise", "expected", r"\b(?:100 ?%|(?:one|a) hundred percent) guaranteed?\b|\bguaranteed(?= to\b)"),
    *says("overpromise", "I will make sure by [time] that", r"\bi (?:can )?guarantee (?:you )?(?:that|it|this)\b"),
]
RUDE = sentence(
    "rude",
    HEAR,
    rf"\byou(?:'re| are) (?:so |such )?{MERELY}(?:an? )?{INSULT}",
    r"\b(?:shut up|wtf|stfu|bullshit|idiots?|morons?|f[u*]ck\w{0,6}|sh[i*]t\w{0,4}|go to hell|piss off|asshole)\b",
    r"\b(?:lol|lmao|rofl|duh)\b",
    r"\b(?:what is|what's) (?:wrong with you|your problem)\b",
    r"\bare you (?:stupid|deaf|blind|kidding me|even listening)\b",
)

RULES: tuple[Rule, ...] = (
    *CALM_DOWN,
    *BLAMING,
    *DEFENSIVE,
    *DISMISSIVE,
    *AS_I_SAID,
    *VAGUE_PROMISE,
    *JARGON,
    *PASSING_ON,
    *NON_APOLOGY,
    *SELF_DEPRECATING,
    *ABSOLUTE_NO,
    *POLICY_WALL,
    *CANNED,
    *OVERPROMISE,
    *RUDE,
)
