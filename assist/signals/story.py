"""Their story: what the trouble is with, what they were told, how they feel about it and what they ask for.

Closed lists of words and a few forms around them: what is not on a list is not known. Each fact has the words that told
it. What they were told is quoted as they wrote it; the rest is brought into one form.
"""

import re
from collections.abc import Iterator, Mapping

from assist.reading import Fact
from assist.signals.patterns import negated
from assist.signals.problem import HOSTILE
from assist.signals.times import DAY, POINT, STRETCH
from assist.text import Text

LONGEST = 60  # characters of what they were told

# Things that are sold, as one says "your ..."; a word before may narrow them down.
THINGS = """
    phone iphone ipad ipod imac macbook pixel galaxy kindle laptop notebook tablet computer pc chromebook xbox ps4 ps5
    playstation console controller headset headphones earphones earbuds airpods tv television monitor screen printer
    router modem camera watch charger cable keyboard mouse speaker drone console sofa couch bed mattress table desk
    chair lamp fridge freezer oven microwave kettle toaster vacuum washer dryer dishwasher boiler heater blender bike
    scooter stroller pram car dress shirt coat jacket jeans trousers shoes boots trainers sneakers bag suitcase luggage
    wallet ring necklace bracelet glasses book books game toy pizza burger burrito meal food groceries cake flowers gift
    hamper flight train bus room hotel cottage seat seats ticket tickets holiday cruise taxi internet broadband wifi
    landline sim subscription membership licence license warranty insurance prescription app voucher
""".split()  # noqa: SIM905 - a list of words reads better without quotes
WRITTEN: Mapping[str, str] = {
    "iphone": "iPhone",
    "ipad": "iPad",
    "ipod": "iPod",
    "imac": "iMac",
    "macbook": "MacBook",
    "airpods": "AirPods",
    "pixel": "Pixel",
    "galaxy": "Galaxy",
    "kindle": "Kindle",
    "chromebook": "Chromebook",
    "xbox": "Xbox",
    "ps4": "PS4",
    "ps5": "PS5",
    "playstation": "PlayStation",
    "apple": "Apple",
    "pro": "Pro",
    "plus": "Plus",
    "one": "One",
    "x": "X",
    "xs": "XS",
    "xr": "XR",
    "se": "SE",
    "pc": "PC",
    "tv": "TV",
    "sim": "SIM",
    "wifi": "Wi-Fi",
}
NARROWED = (
    "washing machine|coffee machine|coffee maker|dining table|coffee table|vacuum cleaner|air fryer|fire stick|"
    "car seat|season ticket|train ticket|smart watch|gift card|game pass|sim card|hard drive"
)
KIND = (
    "gaming|running|winter|wedding|birthday|gold|silver|leather|dining|office|desk|floor|bedside|electric|smart|return|"
    "outbound|connecting|hotel|concert|monthly|annual|mobile|home|bluetooth|wireless|garden|kitchen|dinner|mountain|apple"
)
COLOUR = "black|white|red|blue|green|grey|gray|brown|pink|yellow|purple"
MODEL = r"(?: (?:\d{1,2}s?|x|xs|xr|se|pro|plus|mini|one)(?!\w))?"
THING = rf"(?:(?:{KIND}|{COLOUR}) )?(?:{NARROWED}|{'|'.join(THINGS)}){MODEL}"
PRODUCT = re.compile(
    rf"\b(?:(?P<mine>my|our) (?:new |brand new |old |whole |poor |other )?|(?:i|we) (?:just |have |only ){{0,2}}"
    rf"(?:bought|ordered|purchased|booked|received|got) (?:a |an |the |this |these |some |two |one of your |your )?"
    rf"(?:new |brand new )?)(?P<value>{THING})(?![\w'-])"
)
# "my phone number", "my cable modem": another thing.
OTHER_THING = re.compile(
    r" (?:numbers?|bills?|calls?|company|case|cover|contract|plan|line|network|provider|signal|screen|park|door|code|"
    r"box|account|points?|details|reference|ref|price|page|delivery|order|shop|store|club|status|time|name|tags?|id|"
    r"card|keys?|driver|service|league|battery|upgrade|staff|crew|support|hire|rental|conductor|attendants?|gate|operator|"
    rf"live|history|library|warranty|{'|'.join(THINGS)})\b|/|'"
)
# "on my phone" tells where they do it, not what it is about; and these are around, whatever it is about.
WITH_IT = re.compile(r"\b(?:on|from|via|through|by|over|using|to|into|off|in|with|for|at|check|use|under) $")
TOOLS = frozenset({*WRITTEN, "phone", "laptop", "computer", "app", "television", "tablet", "watch"})
AROUND = frozenset("couch sofa bed table desk chair car room screen bag wallet glasses book".split())  # noqa: SIM905

FUTURE = re.compile(
    r"\b(?:will|would|'ll|by|within|tomorrow|today|tonight|next|going to|gonna|refund|replacement|callback|call back|"
    rf"credit(?:ed)?|in (?:a|an|one|two|three|\d+)|\d+[ -]?(?:min\w*|hours?|hrs?|days?|weeks?)|{DAY})\b|[a-z]'ll\b"
)
TOLD_NOT = re.compile(
    r"n't\b|\b(?:not|never|no|nothing|cannot|wont|cant|unable|only|have to|had to|has to|need to|must|if|because|why|"
    r"what|how|was (?:it|they|a)|reset|restart|call|email|contact|download|upload|go to|get told)\b"
)
CLAUSE = r"(?P<value>(?:[^.!?\n,;:\"]|,(?=\d)|[.:](?=\d)){4,90})"
SHARE = r"(?: by [@\w]+(?: \w+)?)?(?: that)? "
PASSIVE = r"\b(?:was|were|been|got|being|am|we're|i'm) (?:just )?"
TOLD = (
    re.compile(rf"{PASSIVE}(?P<sure>promised|guaranteed|assured|quoted){SHARE}{CLAUSE}"),
    re.compile(rf"{PASSIVE}(?:told|advised|informed){SHARE}{CLAUSE}"),
    re.compile(rf"(?P<they>)\b(?:(?P<sure>promised|assured|guaranteed)|told) (?:me|us)(?: that)? {CLAUSE}"),
    re.compile(
        rf"(?P<they>)\b(?:said|says)(?: to me| to us)?(?: that)? (?=(?:it|they|i|we|the|my|double|\d)\b){CLAUSE}"
    ),
)
# "was supposed to be here by Monday": only the time is theirs to quote.
DUE = re.compile(
    rf"\b(?:promised|supposed|meant|scheduled|due|expected|guaranteed)(?: to \w+(?: \w+){{0,3}}?)? "
    rf"(?P<value>(?:by|before|within|in|for|on) (?:the )?(?:next )?(?:{STRETCH}|{POINT}|today|tomorrow|noon)"
    rf"|today|tomorrow|yesterday)(?![\w'])"
)
DUE_NOT = re.compile(r"(?:n't|\bnot)(?: even)? $")
OBJECT = re.compile(r"(?:it|this|that|them|one) +(?=(?:by|for|on|in|within|before|at|until|today|tomorrow|tonight)\b)")
CUT = re.compile(
    r" (?:but|and|yet|still|so|however|then|because|although|though|when|where|which|who|even|after|before|now|it's|"
    r"its been|and's|lol|smh)\b.*| ?(?:@|#|https?|[(\[]).*| [-\u2013\u2014]+ .*",
    re.DOTALL,
)
SPEAKER = re.compile(r"\b(?:i|we)(?: \w+){0,2} $")
NOW = re.compile(r"\b(?:today|tomorrow|yesterday|by|within)\b|\d")

FEELINGS = (
    "angry|upset|frustrated|disappointed|annoyed|furious|livid|fuming|outraged|irritated|unhappy|dissatisfied|worried|"
    "anxious|scared|stressed(?: out)?|gutted|devastated|heartbroken|disgusted|appalled|shocked|embarrassed|humiliated|"
    "ignored|cheated|betrayed|exhausted|helpless|hopeless|desperate|sad|mad|discouraged|let down|fed up|ripped off|"
    "lied to|left alone|taken for a ride|insulted|confused|nervous|concerned"
)
HOW_MUCH = "(?:so|very|really|extremely|absolutely|beyond|just|quite|pretty|totally|completely|more than|still|getting)"
FEELING = re.compile(
    rf"(?:\b(?:i'?m|i am|we're|we are|i was|i've been|i feel|we feel|i felt|i'm feeling|feeling|left feeling|"
    rf"(?:makes?|made|making|leaves?|left|has|have) (?:me|us)(?: feel(?:ing)?)?)(?: {HOW_MUCH}){{0,2}} "
    rf"(?:sad and |angry and |upset and )?"
    rf"|(?:^|[.!?\n] ?|@\w+[,:]? )(?:{HOW_MUCH} ){{1,2}})(?P<value>{FEELINGS})(?![\w'-])"
)
UNLIKE = re.compile(r"\b(?:if|unless|would|will|won't|when|hope|until|before|don't want)\b[^.!?\n,]{0,25}$")
NOT_MINE = re.compile(
    r" (?:to say|cat|face|reacts?|to hear (?:you|about your)|for (?:you|him|her|them)|(?:that )?i (?:missed|didn't))\b"
)

# What they ask for, as a noun that can stand after "you'd like" and "ask for".
WISHES: Mapping[str, str] = {
    r"(?:a |the |my |an? )?(?P<full>full |complete )?refunds?": "a refund",
    r"(?:a |the )?partial refund": "a partial refund",
    r"(?:all )?(?:my|our|the) (?:own |bloody |damn |fucking |hard earned )?(?:money|cash)(?: back)?": "your money back",
    r"(?:a |the |my )?replacements?(?! drive| part| phone)": "a replacement",
    r"(?:an? |the )?exchange": "an exchange",
    r"(?:some |a |any |the )?compensation": "compensation",
    r"(?:a |some |my )?(?:account )?credit(?= (?:for|on|to|back|please)|[.!?,]|$)": "a credit",
    r"(?:a )?discount": "a discount",
    r"(?:a |some )?(?:call ?-?back|phone call|call)": "a call",
    r"(?:an? |some |the |any )?(?:real |proper |straight |clear |honest )?explanation": "an explanation",
    r"(?:an? |some |the )?(?:real |proper |straight |clear |honest )?answers?": "an answer",
    r"(?:an? |the )?(?:real |proper |sincere |honest )?apology": "an apology",
    r"(?:a |the )?(?:new|different|another) (?:one|room|seat|flight|driver|card)": "",
    r"(?:a |the |my )?(?:tracking|confirmation) number": "the tracking number",
    r"(?:a |the |my )(?:vat )?(?:receipt|invoice)": "",
    r"(?:a |the |my )(?:voucher|return label|prepaid label)": "",
}
WISHED = "|".join(f"(?:{form})" for form in WISHES).replace("?P<full>", "?:")
ASKED = (
    r"(?:i|we)(?: (?:just|still|now|only|really|also|simply)){0,2} (?:want|need|demand|expect|deserve|require|request|"
    r"wanted|asked for|requested|am asking for|would like|will take|insist on)"
    r"|(?:i|we)'d (?:just |really )?(?:like|love|appreciate)|(?:i'm|we're|i am|we are) (?:just )?"
    r"(?:asking for|owed|due|after|still waiting (?:for|on)|waiting (?:for|on)|looking for|entitled to)"
    r"|(?:can|could|may|do|will|would|when (?:do|will|can)|how (?:do|can|would)|should) (?:i|we)"
    r"(?: (?:please|just|even|still|at least))? (?:get|have|receive|request|claim|expect|ask for|go about getting)"
    r"|(?:please|pls|plz|just|kindly|can you|could you|will you|would you) (?:please |just |kindly )?"
    r"(?:give|issue|send|offer|get|arrange|process|provide)(?: (?:me|us))?(?: with)?"
    r"|(?:what can (?:i|we) do|how) to (?:get|have)|(?:^|[.!?,\n] ?|@\w+ )(?:give|issue|send|get|offer) (?:me|us)"
)
WISH = re.compile(rf"\b(?:{ASKED}) (?P<value>{WISHED})(?![\w'-])".replace(r"\b(?:", r"(?<!\w)(?:", 1))
REFUND_ME = re.compile(
    r"(?:\b(?:please|pls|plz|just|urgently|immediately|either|can you|could you|want you to|need you to|"
    r"want (?:it|this|them)|want to be)|(?:^|[.!?,\n] ?|@\w+ ?))(?: please)? ?(?P<value>refund(?:ed)?)"
    r"(?: (?:me|us|my|our|the|it|this|in full)\b|[.!?]|$)"
)
DENIED = re.compile(r"\b(?:told|said|promised|if|denied|refused|before|offered|gave|given)\b[^.!?\n]{0,40}$")


# One of these words has to be in a text for it to be tried at all.
TELLING = "told said says promised assured guaranteed quoted advised informed supposed meant scheduled due expected"
FEELS = " ".join(re.sub(r"[(].*?[)][?]", "", word).split()[0] for word in FEELINGS.split("|"))
WISHED_FOR = (
    "refu* money cash repl* exch* comp* credit disc* callback call phone expl* answer answers apology one room seat "
    "flight driver card tracking confirmation receipt invoice voucher return prepaid"
)
OWNED = (*THINGS, *(kind.split()[-1] for kind in NARROWED.split("|")))


def product(text: Text) -> Iterator[Fact]:
    """What they have or ordered, to stand after "your"."""
    for match in PRODUCT.finditer(text.plain):
        start, end = match.span("value")
        words = match["value"].split()
        before = text.plain[max(0, match.start() - 12) : match.start()]
        around = match["mine"] and not AROUND.isdisjoint(words)
        if around or OTHER_THING.match(text.plain, end) or (WITH_IT.search(before) and not TOOLS.isdisjoint(words)):
            continue
        yield Fact("product", " ".join(WRITTEN.get(word, word) for word in words), *text.span(start, end))
        return


def promised(text: Text) -> Iterator[Fact]:
    """What they were told would be, in their own words, to be quoted."""
    for pattern in TOLD:
        for match in pattern.finditer(text.plain):
            start = match.start("value")
            told = match.groupdict()
            if "they" in told and SPEAKER.search(text.plain[max(0, match.start() - 30) : match.start()]):
                continue
            value = CUT.sub("", match["value"]).rstrip(" -'\"")
            if thing := OBJECT.match(value):  # "promised it for Monday": what they were told is "for Monday"
                start, value = start + thing.end(), value[thing.end() :]
            sure = told.get("sure") or FUTURE.search(value)
            if not sure or TOLD_NOT.search(value) or (" " not in value and not NOW.search(value)):
                continue
            if fact := _quoted(text, start, start + len(value)):
                yield fact
                return
    due = DUE.search(text.plain)
    if due and not DUE_NOT.search(text.plain, 0, due.start()) and (fact := _quoted(text, *due.span("value"))):
        yield fact


def _quoted(text: Text, start: int, end: int) -> Fact | None:
    """Their own words as a fact, where they are fit to be read back."""
    at, until = text.span(start, end)
    words = text.original[at:until]
    shouted = words.isupper() and len(words) > 4
    if len(words) > LONGEST or HOSTILE.search(words) or shouted:
        return None
    return Fact("promised", words, at, until)


def feeling(text: Text) -> Iterator[Fact]:
    """The customer's own word for how they feel, to stand after "feel"."""
    for match in FEELING.finditer(text.plain):
        start, end = match.span("value")
        before = text.plain[max(0, start - 40) : start]
        if UNLIKE.search(before) or negated(text.plain, start) or NOT_MINE.match(text.plain, end):
            continue
        yield Fact("feeling", match["value"], *text.span(start, end))
        return


def wish(text: Text) -> Iterator[Fact]:
    """What they ask for, as a noun."""
    for match in WISH.finditer(text.plain):
        start, end = match.span("value")
        if negated(text.plain, match.start()) or DENIED.search(text.plain[max(0, match.start() - 50) : match.start()]):
            continue
        if value := _named(match["value"]):
            yield Fact("wish", value, *text.span(start, end))
            return
    match_refund = REFUND_ME.search(text.plain)
    if match_refund and not negated(text.plain, match_refund.start()):
        yield Fact("wish", "a refund", *text.span(*match_refund.span("value")))


def _named(words: str) -> str:
    """The wish in one form, from the customer's side of the table to the agent's ("my money" is "your money")."""
    for form, value in WISHES.items():
        found = re.fullmatch(form, words)
        if found:
            full = found.groupdict().get("full")
            return f"a full {value.removeprefix('a ')}" if full else value or _yours(words)
    return ""


def _yours(words: str) -> str:
    first, _, rest = words.partition(" ")
    article = {"my": "your", "our": "your"}.get(first, first)
    return f"{article} {rest}" if article in ("a", "an", "the", "your", "another") else f"a {words}"
