"""Facts: what a customer's message tells that a phrase can use, each with the words that gave it.

A slot is filled only where the words leave no doubt: a wrong fact in a reply is worse than none.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from assist.reading import Cue, Fact
from assist.signals import story, times
from assist.signals.problem import problem
from assist.text import Text

# Not an order's number, however it looks: "10am", "30mins", "ios11", "2017".
NO_NUMBER = (
    r"(?!\d{1,4}(?:am|pm|mins?|minutes?|hours?|hrs?|days?|weeks?|months?|years?|st|nd|rd|th|k|g|gb|mb|mbps|ml|kg|cm|mm|"
    r"x|p|usd|eur|gbp|s)\b|(?:ios|ps|xbox|iphone|windows|android|mac|covid|win|v|flt|flight)-?\d|(?:19|20)\d\d(?![\w-]))"
)
# A number said to be one of an order, a ticket and the like; it holds a digit.
ORDER = re.compile(
    r"\b(?:orders?|ord|reference|ref|booking|reservation|ticket|case|confirmation|invoice|tracking|parcel|shipment|claim)"
    r"\s?(?:number|num|nr|no|id|code|ref|reference)?\.?\s?(?:is|was|:|=|-)?\s?#?"
    rf"(?P<value>{NO_NUMBER}(?=[a-z-]{{0,8}}\d)[a-z0-9][a-z0-9-]{{3,29}})(?![\w])"
)
# A number after a hash sign; "#ios11" is a topic, and so is "#2017".
HASH = re.compile(
    rf"(?<![\w&])#(?P<value>{NO_NUMBER}(?:[a-z]{{1,4}}-|[a-z]{{1,2}})?\d{{4,20}}(?:-\d{{1,12}}){{0,3}})(?![\w])"
)
# A sentence that is nothing but a number, as the answer to "what is your order number?".
BARE = re.compile(
    r"\s{0,3}(?:(?:ok|okay|sure|yes|yeah)\b[,.]? )?(?:(?:it'?s|it is|that'?s|here(?: it is)?)[:,]? )?"
    rf"(?P<value>{NO_NUMBER}(?=[a-z-]{{0,6}}\d)(?!\d{{1,2}}[./-]\d)[a-z0-9]{{2,}}-?[a-z0-9]{{2,}}(?:-[a-z0-9]{{2,}})?)"
    r"\s?(?:[.!,;\n]|$)"
)

SIGNS = "$\u00a3\u20ac\u20b9\u00a5"
WRITTEN_OUT = {
    **dict.fromkeys(("$", "dollars", "bucks", "usd"), "$"),
    **dict.fromkeys(("euro", "euros", "eur"), "\u20ac"),
    **dict.fromkeys(("\u00a3", "pounds", "quid", "gbp"), "\u00a3"),
}
DIGITS = r"\d{1,3}(?:[,.]?\d{1,3}){0,4}"
AMOUNT = re.compile(
    rf"(?<![\w.,])(?:(?P<sign>[{SIGNS}])\s?(?P<sum>{DIGITS})|(?P<code>aud|cad|usd|eur|gbp|inr|nzd|chf|rs\.?)\s?(?P<coded>{DIGITS})"
    rf"|(?P<before>{DIGITS})\s?(?P<unit>dollars|bucks|euros?|pounds|quid|usd|eur|gbp|[{SIGNS}]))"
    r"(?!\w|[.,]\d|-\d|\+| (?:billion|million|thousand|of weight))"
)
CURRENCIES = (
    *SIGNS,
    "dollar",
    "bucks",
    "euro",
    "pound",
    "quid",
    "usd",
    "eur",
    "gbp",
    "aud",
    "cad",
    "inr",
    "nzd",
    "chf",
    " rs",
)
# An amount is theirs to talk about where money moved or should move: "$50 charge", "I paid 40 euros"; a price seen
# somewhere is not.
MONEY = re.compile(
    r"\b(?:charg\w*|overcharg\w*|paid|pay|paying|payments?|bill(?:ed|s|ing)?|refund\w*|took|taken|take|back|spent|fees?|"
    r"debit\w*|deduct\w*|bought|ow(?:e|ed|es)|cost|costs|credit(?:ed)?|lost|stole\w*|stealing|invoice[ds]?|deposit|fine|"
    r"\d orders?|orders? (?:for|of|was|is|came)|purchase[ds]?|missing|transferr?\w*|in all|balance|"
    r"withdr\w+|subscription|total)\b"
)
LESS = re.compile(r"\b(?:less|more) than $")
ANSWER = 4  # words of a message that is only the answer to "how much?"
NEAR = 60  # characters before an amount, and half as many after it, in which money has to move

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
    """The first amount of money that moved or is to move, with the sign of its currency before it."""
    if not any(sign in text.plain for sign in CURRENCIES):
        return
    for match in AMOUNT.finditer(text.plain):
        if LESS.search(text.plain, 0, match.start()):
            continue
        around = text.plain[max(0, match.start() - NEAR) : match.end() + NEAR // 2]
        if MONEY.search(around) or (len(text.words) <= ANSWER and "@" not in text.plain):
            yield Fact("amount", _money(match), *text.span(*match.span()))
            return


def _money(match: re.Match[str]) -> str:
    if match["sign"]:
        return f"{match['sign']}{match['sum']}"
    if match["code"]:
        return f"{match['code'].upper().rstrip('.')} {match['coded']}"
    sign = WRITTEN_OUT.get(match["unit"])
    return f"{sign}{match['before']}" if sign else f"{match['before']} {match['unit']}"  # "40 \u20ac" as in Europe


def _name(text: Text) -> Iterator[Fact]:
    match = NAME.search(text.original[:300])
    if match and match["value"] not in NO_NAMES:
        yield Fact("name", match["value"], *match.span("value"))


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


UNITS = "min mins minu* hour* hrs hr day days week* wk wks mont* ages fort*"
DAYS = f"yesterday tomorrow {' '.join(times.WEEKDAYS)}"
# Each reader with the words (see `Text.bag`) of which a text must hold one for it to be tried.
READERS: tuple[tuple[frozenset[str], Callable[[Text], Iterator[Fact]]], ...] = (
    (frozenset("#"), _order),
    (frozenset("#"), _amount),
    (_words(f"# {DAYS}"), times.date),
    (_words(f"times twice {' '.join((*times.SPELLED, *times.TIMES))}"), times.contact),
    (_words(f"{UNITS} waited waiting hold late"), times.waiting),
    (_words(f"since started began {UNITS}"), times.since),
    (_words("name names here from"), _name),
    (_words(story.TELLING), story.promised),
    (_words(story.FEELS), story.feeling),
    (_words(story.WISHED_FOR), story.wish),
    (frozenset(story.OWNED), story.product),
)
