"""When and how often, as a customer tells it: a promised day, how long they have waited, since when, how many contacts.

Each reader gives facts with the words that told them; the values are brought into one form ("2 wks" is "2 weeks").
"""

import re
from collections.abc import Iterator

from assist.reading import Fact
from assist.text import Text

ORDINALS = (
    ("second", "2nd", "twice"),
    ("third", "3rd", "three times"),
    ("fourth", "4th", "four times"),
    ("fifth", "5th", "five times"),
    ("sixth", "6th", "six times"),
    ("seventh", "7th", "seven times"),
    ("eighth", "8th", "eight times"),
    ("ninth", "9th", "nine times"),
    ("tenth", "10th", "ten times"),
)
SPELLED = {short: word for word, short, _ in ORDINALS}
TIMES = {word: times for word, _, times in ORDINALS}
ORDINAL = "|".join(name for word, short, _ in ORDINALS for name in (word, short))
# How many times somebody has written, by either form in which a fact tells it: "third", "three times".
HOW_MANY = {told: number for number, (word, _, times) in enumerate(ORDINALS, start=2) for told in (word, times)}
COUNTS = {str(number): times.split()[0] for number, (_, _, times) in enumerate(ORDINALS[1:], start=3)}
COUNT = "two|three|four|five|six|seven|eight|nine|ten|[2-9]|10|several|countless|multiple|many"

UNITS = {"min": "minute", "mins": "minutes", "hr": "hour", "hrs": "hours", "wk": "week", "wks": "weeks", "yrs": "years"}
UNIT = "minutes?|mins?|hours?|hrs?|days?|weeks?|wks?|months?|years?|yrs"
SHORT_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
# A stretch of time. Never the end of a longer number ("2.5 hours" is not "5 hours").
STRETCH = (
    rf"(?<![\w.,/'-])(?:(?:a|an|{SHORT_WORDS}|\d{{1,3}}(?:\.5|-\d{{1,3}})?\+?|several|a few|(?:a )?couple(?: of)?)"
    rf"(?: (?:whole|full|entire|long|bloody|damn|fucking|business|working|solid))? ?(?:{UNIT})(?![\w-])"
    r"(?: and a half)?|half an hour|a fortnight|hours|days|weeks|months|ages)(?!\w)"
)
DROPPED = re.compile(r" (?:long|bloody|damn|fucking|solid)(?= )|\+")
JOINED = re.compile(r"(?<=\d)(?=[a-z])")

MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
DATE = re.compile(
    rf"\b(?P<value>(?:(?:last|this|next) )?{DAY}(?:,? (?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?: (?:of )?(?:{MONTH}))?)?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{MONTH})|(?:{MONTH}) \d{{1,2}}(?:st|nd|rd|th)?"
    rf"|yesterday|tomorrow|\d{{1,2}}[./]\d{{1,2}}(?:[./]\d{{2,4}})?)(?!\w)"
)
PROMISED = re.compile(
    r"\b(?:promis|suppos|due|expect|schedul|guarantee|meant|estimat|deliver(?:y|ed)? (?:date|day|by|for|on)|"
    r"arriv(?:e|ing)|"
    r"(?:it|parcel|package|order|delivery|they|someone) (?:will|would|'d|'ll) (?:come|be)|get here|should have|"
    r"(?:by|until|till)(?: the| this| next| last)?$)"
)
PROMISED_ANY = re.compile(PROMISED.pattern.replace("$)", ")"))  # anywhere, for a quick look
# "We will be back Friday", "if I don't by Friday", "do I have to wait till Friday": their own day.
THEIRS = re.compile(r"\bif\b|\b(?:i|we)\b[^,;:]{0,24}$")
OURS = re.compile(r"\b(?:told|promised|assured|guaranteed|supposed|meant|expect\w*|due|scheduled)\b")
ULTIMATUM = re.compile(r",? (?:or|otherwise)\b")  # "by Friday or you will hear from me" is their date, not ours
DONE_THEN = re.compile(
    r"\b(?:ordered|bought|paid|purchased|placed|called|wrote|emailed|since|contacted|spoke|asked|charged|sent|received|"
    r"arrived|delivered on|delivered yesterday|came|got|told me on|happened|broke|started)\b"
)

ASKING = (
    r"(?:call|phon|ring|rang|rung|writ|wrot|ask|e-?mail|contact|messag|tweet|told|tell|explain|chas|complain|report|"
    r"request|reach|chat|speak|spok|dm|get in touch|got in touch|been in touch|try(?:ing)? to (?:get|reach|contact))"
)
NTH = re.compile(
    rf"\b(?P<value>{ORDINAL})(?: (?:bloody|damn|fucking|separate|different))?"
    rf"(?: (?:e-?mail|(?:phone )?call|message|contact|request|complaint|ticket|chat|letter|tweet|attempt)\b"
    rf"|(?P<time> time)\b(?P<rest>[^.!?\n]{{0,60}}))"
)
# "I'm contacting you for the third time": the asking stands before, with a few small words between.
ASKED_BEFORE = re.compile(rf"\b{ASKING}[a-z']*(?: (?:you|u|this|about|it|for|now|the|your))*[ ]*$")
ASKED = (
    "call(?:ed|ing)?|phoned|rung|rang|written|wrote|write|asked|asking|e-?mail(?:ed|ing)?|contact(?:ed|ing)?|"
    "message[ds]?|messaging|tweet(?:ed|ing)?|told|explained|explain|chased|chase|complained|complaining|reported|requested|"
    "reached out|chatted|spoken|spoke|dm|dmed|dm'd|been in touch|(?:tried|trying) to (?:call|get|reach|contact)"
)
# "I have called you 4 times", "Called 4 times": they are who asked, and little stands between the deed and its number.
SO_OFTEN = re.compile(
    rf"(?:\b(?:i|we|i've|ive|we've|weve|i'd|having|had to|have to)(?: \w+){{0,2}} |^|[.!?,\n] ?|@\w+ )(?:{ASKED})"
    rf"(?: \S+){{0,4}}? (?P<value>(?:{COUNT})(?: different| separate)? times|twice)\b"
)

ABOUT = "(?:over |about |around |almost |nearly |more than |well over |at least |like |approx |roughly )?"
WAITED = (
    r"\b(?:wait(?:ed|ing)|(?<!to )(?:i|we|u) (?:just )?wait|hold|it'?s been|it has been|already been|been over"
    r"|queu(?:ed|ing)|late by|without[^.!?\n]{0,20}? for|down for|out for)(?: (?:for|here|now|already|on|this|my)){0,3}"
)
SO_LONG = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{WAITED} {ABOUT}(?P<value>{STRETCH})",
        rf"\b(?:for|after) {ABOUT}(?P<value>{STRETCH}) (?:of waiting|and (?:still )?(?:nothing|no )|on hold)\b",
        rf"(?P<value>(?!(?:\S+ ){{1,3}}min){STRETCH})(?: (?:late|overdue)\b|[, ]{{1,2}}(?:and )?(?:still|no) )",
        rf"\bordered[^.!?\n]{{0,30}}? (?P<value>{STRETCH}) ago\b",
    )
)
# Minutes on the telephone are not how long they have waited for the thing itself.
ON_THE_LINE = re.compile(
    r"(?: now| already| just)? (?:on (?:hold|the (?:phone|line))|in (?:the |a |your )?queue"
    r"|for (?:someone|somebody|an? agent))"
)

POINT = (
    rf"(?:(?:last|this) )?{DAY}(?: (?:morning|afternoon|evening|night))?|yesterday(?: (?:morning|afternoon|evening))?"
    rf"|(?:early |late |mid )?(?:{MONTH})(?: \d{{1,2}}(?:st|nd|rd|th)?)?|\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{MONTH})"
    r"|last (?:night|week|weekend|month|year|summer|winter|spring|autumn|fall)"
    r"|this (?:morning|afternoon|evening|week|weekend)|\d{1,2}(?::\d\d)? ?(?:am|pm)|noon|midnight|day (?:one|1)"
)
EVENT = (
    r"(?:the|your|this) (?:last |latest |new |newest |recent )?(?:ios |software |app )?(?:update|upgrade|outage|storm)"
    r"|(?:updating|upgrading|switching|moving)"
)
SINCE = re.compile(rf"\b(?:ever )?since (?:about |around )?(?P<value>{POINT}|{EVENT})(?![\w'])")
STARTED = re.compile(
    rf"\b(?:it|this|problem|issue|trouble|outage)(?: \w+)? (?:started|began)(?: on)? (?P<value>{POINT})(?!\w)"
)
BECAUSE = re.compile(r" (?:is|was|are|were|isn't|wasn't|has|i|you|we|they|it|he|she)\b")
GOES_ON = re.compile(
    r"\b(?:(?:been|is|are|was|were|went|gone|it's|still) (?:totally |still |now )?"
    r"(?:down|out|off|slow|dead|stuck|like this|the same)"
    r"|offline|broken|crash\w*|locked out|happening|going on|issues?|problems?|(?:not|n'?t|stopped) work\w*|without"
    r"|no (?:\w+ )?(?:service|signal|internet|power|connection|wifi))\b"
    rf"[^.!?\n]{{0,20}}? for {ABOUT}(?P<value>(?:the (?:last|past) )?{STRETCH})"
    rf"|\b(?:been|keeps?|still)\b[^.!?\n]{{0,30}}? for {ABOUT}"
    rf"(?P<now>(?:the (?:last|past) )?{STRETCH}) (?:now|already)\b"
)
# How long they are a customer, or had the thing, is not how long the trouble goes on.
LOYAL = re.compile(
    r"\b(?:customer|member|client|user|subscriber|subscribed|fan|loyal|with (?:you|u|@)|had|have|owned|used|using|paid|"
    r"paying|lived|living|worked|married|first time|shopped|flown|ordered|happy|great|good|fine)\b[^.!?\n]{0,40}$"
)


def capital(words: str) -> str:
    """Names of days and months as they are written."""
    return re.sub(rf"\b(?:{DAY}|{MONTH})\b", lambda word: word.group().capitalize(), words)


def stretch(words: str) -> str:
    """A stretch of time in plain words: "a fortnight" is two weeks, "2wks" are 2 weeks."""
    plain = DROPPED.sub("", JOINED.sub(" ", words)).replace("a fortnight", "two weeks")
    plain = re.sub(r"^(?:a )?couple(?: of)?", "a couple of", plain)
    plain = " ".join(UNITS.get(word, word) for word in plain.split())
    return re.sub(r"^((?!1 )\d\S*) (minute|hour)$", r"\1 \2s", plain)


def date(text: Text) -> Iterator[Fact]:
    """A day that something was promised for, not one on which something was done."""
    if not PROMISED_ANY.search(text.plain):
        return
    for match in DATE.finditer(text.plain):
        before = re.split(r"[.!?\n]", text.plain[max(0, match.start() - 60) : match.start()])[-1].rstrip()
        promises = [found.start() for found in PROMISED.finditer(before)]
        others = [found.start() for found in DONE_THEN.finditer(before)]
        if ULTIMATUM.match(text.plain, match.end()) or (THEIRS.search(before) and not OURS.search(before)):
            continue
        if promises and (not others or others[-1] < promises[-1]):
            start, end = text.span(*match.span("value"))
            yield Fact("date", capital(match["value"]), start, end)
            return


def _asking(plain: str, match: re.Match[str]) -> bool:
    """Whether "the third time" is one of asking, by the words after it or before."""
    after = re.search(rf"\b{ASKING}|^ (?:i'm|im|i am) (?:here|on)\b", match["rest"])
    return bool(after or ASKED_BEFORE.search(plain[max(0, match.start() - 30) : match.start()]))


def contact(text: Text) -> Iterator[Fact]:
    """How many times they have written: from "the third time I'm writing", else from "called three times"."""
    for match in NTH.finditer(text.plain):
        if match["time"] and not _asking(text.plain, match):
            continue
        ordinal = SPELLED.get(match["value"], match["value"])
        start, end = text.span(match.start(), match.start("rest") if match["time"] else match.end())
        yield Fact("contact", ordinal, start, end)
        yield Fact("times", TIMES[ordinal], start, end)
        return
    often = SO_OFTEN.search(text.plain)
    if often:
        start, end = text.span(*often.span("value"))
        number, _, rest = often["value"].partition(" ")
        yield Fact("times", " ".join([COUNTS.get(number, number), rest]).strip(), start, end)


def waiting(text: Text) -> Iterator[Fact]:
    """How long they have waited."""
    for pattern in SO_LONG:
        for match in pattern.finditer(text.plain):
            if ON_THE_LINE.match(text.plain, match.end()):
                continue
            start, end = text.span(*match.span("value"))
            yield Fact("waiting", stretch(match["value"]), start, end)
            return


def since(text: Text) -> Iterator[Fact]:
    """How long the trouble goes on, with its preposition: "since Monday", "for three days"."""
    for pattern in (SINCE, STARTED):
        for match in pattern.finditer(text.plain):
            before = text.plain[max(0, match.start() - 60) : match.start()]
            if not LOYAL.search(before) and not BECAUSE.match(text.plain, match.end()):
                yield Fact("since", f"since {capital(match['value'])}", *text.span(*match.span("value")))
                return
    for match in GOES_ON.finditer(text.plain):
        group = "value" if match["value"] else "now"
        before = text.plain[max(0, match.start() - 30) : match.start(group)]
        if not LOYAL.search(before) and "year" not in match[group]:
            yield Fact("since", f"for {stretch(match[group])}", *text.span(*match.span(group)))
            return
