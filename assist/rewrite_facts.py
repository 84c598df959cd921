"""What a rewrite must keep: facts letter by letter, and how often something is denied, promised, left open or asked."""

import re
from collections import Counter
from collections.abc import Iterator

# Nothing inside of these is touched: quoted words, links, addresses, handles, gaps to fill, and whatever holds a digit.
HELD = re.compile(
    r"\"[^\"\n]{1,400}\"|\u201c[^\u201c\u201d\n]{1,400}\u201d|\u201e[^\u201e\u201c\u201d\n]{1,400}[\u201c\u201d]"
    r"|\u00ab[^\u00ab\u00bb\n]{1,400}\u00bb|\u2018[^\u2018\u2019\n]{1,200}\u2019(?!\w)|`[^`\n]{1,200}`"
    r"|\[[^\]\n]{1,60}\]|https?://\S+|www\.\S+|[@#]\w+|(?<!\S)(?=\S{0,200}[@\d])\S+"
)
DAYS = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|today|tonight|tomorrow|yesterday|noon|midnight|weekends?"
    r"|mornings?|afternoons?|evenings?"
)
COUNTS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|hundreds?|thousands?"
    "|twice|half|double"
)
WHEN = re.compile(
    rf"\b(?:{DAYS}|{COUNTS}|minutes?|hours?|days?|weeks?|months?|years?|dollars?|euros?|pounds?)\b", re.IGNORECASE
)
MONTHS = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b(?! [Ii]\b)"
)
NAME = re.compile(r"(?<=[a-z,;] )[A-Z]\w*")
WORD = re.compile(r"\w+")
NO_NAME = re.compile(
    r"(?:I|DMs?|ASAP|FYI|BTW|OK|Okay|PLS|Sir|Madam|Customer|Please|Hi|Hello|Thanks|Thank|Could|We|You"
    r"|It|There|Sorry|Private|Direct|Message|Best|Kind|Regards|Sincerely|Yours)"
)
TRAILING = ".,;:!?)'\u2019\"\u201d"

# Turns of phrase in which "not", "no", "may" and the like deny and leave open nothing.
IDIOMS = re.compile(
    r"\b(?:(?:do not|don't) hesitate to|whether or not|no (?:problem|worries)(?: at all)?|not a problem"
    r"|if (?:you )?(?:do not|don't) mind|if you wouldn't mind|if you would not mind|not only|not to mention"
    r"|(?:this|that|it|you) (?:may|might) have (?:caused|experienced)(?: you)?|you (?:may|might) want to|if i may|may i"
    r"|(?:as )?you may (?:already )?(?:know|be aware)|cannot wait|can't wait|don't worry|do not worry"
    r"|it goes without saying|you (?:may|might) have)\b"
)
DENIED = re.compile(r"\b(?:not|never|no|none|nothing|nobody|neither|nor|cannot|without|unable|nope)\b|n't\b")
PROMISED = re.compile(r"\b(?:will|shall|won't)\b|'ll\b")
OPEN = re.compile(r"\b(?:may|might|perhaps i|maybe i|maybe we|hopefully|probably|possibly we|try|hope)\b")
BOUND = re.compile(r"\b(?:must|have to|has to|required to|need to|needs to|gotta)\b")


def protected(text: str) -> list[tuple[int, int]]:
    """Spans that no rule may touch."""
    return [match.span() for match in HELD.finditer(text)]


def fixed(text: str) -> Counter[str]:
    """The facts of a text, each as it is written: what is held, days, counts, spans of time and months."""
    return Counter(_facts(text))


def _facts(text: str) -> Iterator[str]:
    for match in HELD.finditer(text):
        yield match.group().rstrip(TRAILING)
    rest = HELD.sub(" ", text)
    yield from (match.group().lower() for match in WHEN.finditer(rest))
    yield from (match.group() for match in MONTHS.finditer(rest))


def names_lost(before: str, after: str) -> list[str]:
    """Names inside of the sentences of one text that are nowhere in the other."""
    there = set(map(str.lower, WORD.findall(after)))
    found = (match.group() for match in NAME.finditer(HELD.sub(" ", before)))
    return [name for name in found if name.lower() not in there and not NO_NAME.fullmatch(name)]


def meaning(text: str) -> tuple[tuple[str, int], ...]:
    """How often a text denies, promises, leaves open, obliges and asks, each with its name in words."""
    plain = IDIOMS.sub(" ", HELD.sub(" ", text).lower().replace("\u2019", "'"))
    return (
        ("what is denied", len(DENIED.findall(plain))),
        ("what is promised", len(PROMISED.findall(plain))),
        ("what is left open", len(OPEN.findall(plain))),
        ("what has to be done", len(BOUND.findall(plain))),
        ("a question", text.count("?")),
    )
