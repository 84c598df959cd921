"""Facts: what a customer's message tells that a phrase can use, each with the words that gave it.

A slot is filled only where the words leave no doubt: a wrong fact in a reply is worse than none.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from assist.reading import Cue, Fact
from assist.signals.problem import problem
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
COUNTS = {str(number): times.split()[0] for number, (_, _, times) in enumerate(ORDINALS[1:], start=3)}
COUNT = "two|three|four|five|six|seven|eight|nine|ten|[2-9]|10|several|countless|multiple|many"
UNIT = "minutes?|mins?|hours?|hrs?|days?|weeks?|wks?|months?|years?"
AMOUNT_OF_TIME = (
    rf"(?:(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{{1,3}}|several|a few|a couple of)"
    rf"(?: (?:whole|full|entire|long|bloody|business|working))? (?:{UNIT})|hours|days|weeks|months|ages)"
)
MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
ASKING = (
    r"(?:call|phon|ring|rang|writ|wrot|ask|e-?mail|contact|messag|tweet|told|tell|explain|chas|complain|report|request|"
    r"reach|chat|speak|spok|get in touch|got in touch|been in touch|try(?:ing)? to (?:get|reach|contact))"
)

# A number said to be one of an order, a ticket and the like; it holds a digit.
ORDER = re.compile(
    r"\b(?:orders?|ord|reference|ref|booking|reservation|ticket|case|confirmation|invoice|tracking|parcel|shipment|claim)"
    r"\s?(?:number|num|nr|no|id|code|ref|reference)?\.?\s?(?:is|was|:|=|-)?\s?#?"
    r"(?P<value>(?=[a-z-]{0,8}\d)[a-z0-9][a-z0-9-]{3,29})(?![\w])"
)
# A number after a hash sign; "#ios11" is a topic.
HASH = re.compile(r"(?<![\w&])#(?P<value>(?:[a-z]{1,4}-|[a-z]{1,2})?\d{4,20}(?:-\d{1,12}){0,3})(?![\w])")
# A sentence that is nothing but a number, as the answer to "what is your order number?".
BARE = re.compile(
    r"\s{0,3}(?:(?:ok|okay|sure|yes|yeah)\b[,.]? )?(?:(?:it'?s|it is|that'?s|here(?: it is)?)[:,]? )?"
    r"(?P<value>(?=[a-z-]{0,6}\d)(?!\d{1,2}[./-]\d)[a-z0-9]{2,}-?[a-z0-9]{2,}(?:-[a-z0-9]{2,})?)\s?(?:[.!,;\n]|$)"
)
AMOUNT = re.compile(
    r"(?P<value>[$\u00a3\u20ac]\s?\d{1,3}(?:[,.]?\d{1,3}){0,4}(?!\d)"
    r"|(?<![\w.,$\u00a3\u20ac])\d{1,3}(?:[,.]?\d{1,3}){0,4}\s?(?:dollars|bucks|euros?|pounds|quid|usd|eur|gbp|[\u20ac\u00a3$])(?!\w))"
)
DATE = re.compile(
    rf"\b(?P<value>(?:(?:last|this|next) )?{DAY}(?:,? (?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?: (?:of )?(?:{MONTH}))?)?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{MONTH})|(?:{MONTH}) \d{{1,2}}(?:st|nd|rd|th)?"
    rf"|yesterday|tomorrow|\d{{1,2}}[./]\d{{1,2}}(?:[./]\d{{2,4}})?)(?!\w)"
)
PROMISED = re.compile(
    r"\b(?:promis|suppos|due|expect|schedul|guarantee|meant|estimat|deliver(?:y|ed)? (?:date|day|by|for|on)|"
    r"arriv(?:e|ing)|"
    r"come|be here|get here|should have|would be|will be|by|until)"
)
ULTIMATUM = re.compile(r",? (?:or|otherwise)\b")  # "by Friday or you will hear from me" is their date, not ours
DONE_THEN = re.compile(
    r"\b(?:ordered|bought|paid|purchased|placed|called|wrote|emailed|since|contacted|spoke|asked|charged|sent|received|"
    r"arrived|delivered on|delivered yesterday|came|got|told me on|happened|broke|started)\b"
)
NTH = re.compile(
    rf"\b(?P<value>{ORDINAL})(?: (?:bloody|damn|fucking|separate|different))?"
    rf"(?: (?:e-?mail|(?:phone )?call|message|contact|request|complaint|ticket|chat|letter|tweet|attempt)\b"
    rf"|(?P<time> time)(?P<rest>[^.!?\n]{{0,60}}))"
)
SO_OFTEN = re.compile(
    rf"\b{ASKING}[^.!?\n]{{0,40}}?(?<!\w)(?P<value>(?:{COUNT})(?: different| separate)? times|twice)\b"
)
ABOUT = "(?:over |about |around |almost |nearly |more than |well over |at least )?"
WAITED = (
    r"\b(?:wait(?:ed|ing)?|hold|been|queu(?:ed|ing)|delayed|late by|without[^.!?\n]{0,20}? for|down for|out for)"
    r"(?: (?:for|here|now|already|on|this|my)){0,3}"
)
SO_LONG = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{WAITED} {ABOUT}(?P<value>{AMOUNT_OF_TIME})\b",
        rf"\b(?:for|after|it'?s been) {ABOUT}(?P<value>{AMOUNT_OF_TIME}) (?:now|already|of waiting)\b",
        rf"\b(?P<value>{AMOUNT_OF_TIME})(?: (?:late|overdue|later)\b|[, ]{{1,2}}(?:and )?(?:still|no) )",
        rf"\bordered[^.!?\n]{{0,30}}? (?P<value>{AMOUNT_OF_TIME}) ago\b",
    )
)
# Minutes on the telephone are not how long they have waited for the thing itself.
ON_THE_LINE = re.compile(
    r"(?: now| already| just)? (?:on (?:hold|the (?:phone|line))|in (?:the |a |your )?queue"
    r"|for (?:someone|somebody|an? agent))"
)
NAME = re.compile(
    r"(?:\b[Mm]y name(?: is|'s|\u2019s)|\b[Tt]he name(?:'s|\u2019s| is)"
    r"|(?:\b[Ii]['\u2019]?m|^[Tt]his is)(?= [A-Z][a-z]+ (?:here|from)\b)) (?P<value>[A-Z][\w'\u2019-]{1,24})(?![\w'])"
)
NO_NAMES = frozenset("Not The A An In On So Just Very Still Here And But My Your Customer Sir Sorry".split())  # noqa: SIM905


def facts(text: Text, cues: Sequence[Cue]) -> tuple[Fact, ...]:
    """The facts of a customer's message, one a slot; `cues` are what else was read in it."""
    found = [fact for words, read in READERS if not words.isdisjoint(text.bag) for fact in read(text)]
    return (*found, *problem(text, cues))


def _order(text: Text) -> Iterator[Fact]:
    match = HASH.search(text.plain) or ORDER.search(text.plain) or BARE.match(text.plain)
    if match:
        start, end = text.span(*match.span("value"))
        yield Fact("order", text.original[start:end], start, end)


def _amount(text: Text) -> Iterator[Fact]:
    match = AMOUNT.search(text.plain)
    if match:
        start, end = text.span(*match.span("value"))
        yield Fact("amount", text.original[start:end], start, end)


def _date(text: Text) -> Iterator[Fact]:
    """A day that something was promised for, not one on which something was done."""
    for match in DATE.finditer(text.plain):
        before = re.split(r"[.!?\n]", text.plain[max(0, match.start() - 60) : match.start()])[-1]
        promises = [found.start() for found in PROMISED.finditer(before)]
        others = [found.start() for found in DONE_THEN.finditer(before)]
        if ULTIMATUM.match(text.plain, match.end()):
            continue
        if promises and (not others or others[-1] < promises[-1]):
            start, end = text.span(*match.span("value"))
            yield Fact("date", _capital(match["value"]), start, end)
            return


def _capital(date: str) -> str:
    return re.sub(rf"\b(?:{DAY}|{MONTH})\b", lambda word: word.group().capitalize(), date)


def _contact(text: Text) -> Iterator[Fact]:
    """How many times they have written: from "the third time I'm writing", else from "called three times"."""
    for match in NTH.finditer(text.plain):
        if match["time"] and not re.search(rf"\b{ASKING}|^ (?:i'm|im|i am) (?:here|on)\b", match["rest"]):
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


def _waiting(text: Text) -> Iterator[Fact]:
    for pattern in SO_LONG:
        for match in pattern.finditer(text.plain):
            if ON_THE_LINE.match(text.plain, match.end()):
                continue
            start, end = text.span(*match.span("value"))
            yield Fact("waiting", match["value"], start, end)
            return


def _name(text: Text) -> Iterator[Fact]:
    match = NAME.search(text.original[:300])
    if match and match["value"] not in NO_NAMES:
        yield Fact("name", match["value"], *match.span("value"))


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Each reader with the words (see `Text.bag`) of which a text must hold one for it to be tried.
READERS: tuple[tuple[frozenset[str], Callable[[Text], Iterator[Fact]]], ...] = (
    (frozenset("#"), _order),
    (frozenset("#"), _amount),
    (_words(f"# yesterday tomorrow {' '.join(WEEKDAYS)}"), _date),
    (_words(f"times twice {' '.join((*SPELLED, *TIMES))}"), _contact),
    (_words("min mins minu* hour* hrs hr day days week* wk wks mont* year* ages"), _waiting),
    (_words("name names here from"), _name),
)
