"""What must not be sent in a chat: numbers of cards and accounts, passwords, other people's addresses, national ids.

A remark marks only what surely is one: a check digit has to fit, or the words beside it have to say so. The better
wording keeps as much as is needed to know which one is meant.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from assist.coach_rules import REASONS, Remark

HIDDEN = "\u2022\u2022\u2022\u2022"
SHOWN = 4  # characters at the end of a number that are kept
CARD = re.compile(r"(?<![\w./=-])\d(?:[ -]?\d){12,18}(?![\w-])")
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}")
IBAN_LENGTHS = {
    country: int(length)
    for length, countries in (
        line.split(maxsplit=1)
        for line in (
            "15 NO",
            "16 BE",
            "18 DK FI NL",
            "20 AT LU",
            "21 CH HR",
            "22 BG DE GB IE",
            "24 CZ ES RO SE SK",
            "25 PT",
            "26 TR",
            "27 FR GR IT",
            "28 HU PL",
        )
    )
    for country in countries.split()
}  # where it is not told, the whole run of letters and figures is looked at
NI_NUMBER = re.compile(r"\b(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b")
SSN = re.compile(r"(?<![\w-])(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\w-])")
DNI = re.compile(r"\b(?:\d{8}|[XYZ]\d{7})-?[A-Z]\b")
NIR = re.compile(r"(?<!\w)[12] ?\d{2} ?(?:0[1-9]|1[0-2]) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}(?!\w)")
TAX_ID = re.compile(r"(?<!\w)[1-9]\d(?: ?\d){9}(?!\w)")
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
SECRET = re.compile(
    r"\b(?:pass ?word|passwort|kennwort|mot de passe|contrase\u00f1a|passcode|pin(?: code| number)?|cvv2?|cvc2?"
    r"|security code)(?: (?:is|was|ist|lautet|est|es))? ?[:=]? ?[\"'\u201c\u2018]?"
    r"(?P<value>(?=[^\s\d]{0,30}\d)[^\s\"'\u201d\u2019,;]{3,40})",
    re.IGNORECASE,
)
LENGTH = re.compile(r" ?(?:character|digit|letter|symbol|zeichen|minute|hour)", re.IGNORECASE)  # how long one has to be
SECRET_SAID = re.compile(r"(?: (?:is|was|ist|lautet|est|es)\b|[:=])")
# Whose number it is, when it is neither the house's nor the customer's.
OTHERS = re.compile(
    r"\b(?:(?:driver|courier|colleague|neighbou?r|technician|landlord|recipient|sender|wife|husband)(?:'?s)?"
    r"|(?:his|her|their|private|personal)(?= (?:own )?(?:private|personal|mobile|cell|home)))\b",
    re.IGNORECASE,
)
OTHERS_NUMBER = re.compile(rf"{OTHERS.pattern}[^.!?\n]{{0,40}}$", re.IGNORECASE)
LOOK_BACK = 80  # characters before a number that tell whose it is
PHONE = re.compile(r"(?<![\w.])(?:\+|00)?\d(?:[ ()/.-]{0,2}\d){7,14}(?!\w)")
# Mailboxes that belong to a house and not to a person.
HOUSE = re.compile(
    r"(?:accounts?|admin|billing|care|claims|contact|customer\w*|dpo|feedback|hello|help\w*|hr|info|jobs|legal|mail|news"
    r"|no-?reply|office|orders?|press|privacy|refunds?|returns?|sales|security|service\w*|shop|social\w*|support\w*|team)"
    r"(?:[._+-]|$)",
    re.IGNORECASE,
)
DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
FEWEST_DIGITS = 2  # different ones in a card's number
# How the numbers of payment cards begin, by their length.
CARDS: Mapping[int, tuple[str, ...]] = {
    13: ("4",),
    14: ("30", "36", "38"),
    15: ("34", "37"),
    16: ("4", "5", "6", "35", *map(str, range(22, 28))),
    19: ("6",),
}


def digits(text: str) -> str:
    """Only the digits."""
    return "".join(filter(str.isdigit, text))


def is_card(found: str) -> bool:
    """Whether it has the length, the beginning and the check digit (Luhn, 1960) of a payment card's number."""
    number = digits(found)
    if not number.startswith(CARDS.get(len(number), ())) or len(set(number)) < FEWEST_DIGITS:
        return False
    doubled = [int(digit) * (2 if at % 2 else 1) for at, digit in enumerate(reversed(number))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def is_iban(found: str) -> bool:
    """Whether its check digits fit (ISO 13616, modulo 97)."""
    number = found.replace(" ", "")
    return int("".join(str(int(char, 36)) for char in number[4:] + number[:4])) % 97 == 1


def _iban(found: str) -> str:
    """As much of a run of letters and figures as an account number of its country has."""
    wanted, seen = IBAN_LENGTHS.get(found[:2], len(found)), 0
    for at, char in enumerate(found):
        seen += char != " "
        if seen == wanted:
            return found[: at + 1]
    return found


def is_dni(found: str) -> bool:
    """Whether its letter fits (Spain: DNI and NIE, modulo 23)."""
    number = found.replace("-", "")
    value = int(number[:-1].replace("X", "0").replace("Y", "1").replace("Z", "2"))
    return DNI_LETTERS[value % 23] == number[-1]


def is_nir(found: str) -> bool:
    """Whether its key fits (France, modulo 97; the two departments of Corsica count as 19 and 18)."""
    number = found.replace(" ", "").replace("2A", "19").replace("2B", "18")
    return number.isdigit() and len(number) == 15 and 97 - int(number[:13]) % 97 == int(number[13:])


def is_tax_id(found: str) -> bool:
    """Whether its check digit fits (Germany, ISO 7064 MOD 11,10) and one digit stands twice or three times."""
    number = digits(found)
    counts = sorted(number[:10].count(digit) for digit in set(number[:10]))
    if len(number) != 11 or counts[-1] not in (2, 3) or len(counts) < 8:
        return False
    product = 10
    for digit in number[:10]:
        product = ((int(digit) + product) % 10 or 10) * 2 % 11
    return (11 - product) % 10 == int(number[10])


def surely(_: str) -> bool:
    """For what its form alone tells."""
    return True


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of number: its form, whether one of that form really is one, and how much of what was found is it."""

    pattern: re.Pattern[str]
    fits: Callable[[str], bool]
    cut: Callable[[str], str] = str


NUMBERS = (
    Kind(IBAN, is_iban, _iban),
    Kind(CARD, is_card),
    Kind(SSN, surely),
    Kind(NI_NUMBER, surely),
    Kind(DNI, is_dni),
    Kind(NIR, is_nir),
    Kind(TAX_ID, is_tax_id),
)


def personal_data(draft: str, known: Collection[str] = ()) -> Iterator[Remark]:
    """Remarks on what must not be sent.

    *known* are values that the chat is about, such as the customer's order number and their own e-mail address: these
    are no remark. Spans are code points of the draft; linear in it.
    """
    own = {_bare(value) for value in known}
    yield from _numbers(draft, own)
    yield from _secrets(draft)
    yield from _addresses(draft, own)
    if OTHERS.search(draft):
        yield from _phones(draft, own)


def _bare(value: str) -> str:
    return value.replace(" ", "").lower()


def _numbers(draft: str, own: Collection[str]) -> Iterator[Remark]:
    for kind in NUMBERS:
        for match in kind.pattern.finditer(draft):
            found = kind.cut(match.group())
            if _bare(found) not in own and kind.fits(found):
                yield _remark(match.start(), match.start() + len(found), f"{HIDDEN} {found[-SHOWN:]}")


def _secrets(draft: str) -> Iterator[Remark]:
    for match in SECRET.finditer(draft):
        start = match.start("value")
        said = SECRET_SAID.search(draft, match.start(), start)
        if said and not LENGTH.match(draft, match.end()):
            yield _remark(start, start + len(match["value"].rstrip(".!?")), HIDDEN)


def _addresses(draft: str, own: Collection[str]) -> Iterator[Remark]:
    for match in EMAIL.finditer(draft):
        name, _, place = match.group().partition("@")
        if _bare(match.group()) not in own and not HOUSE.match(name):
            yield _remark(*match.span(), f"{name[0]}{HIDDEN}@{place}")


def _phones(draft: str, own: Collection[str]) -> Iterator[Remark]:
    for match in PHONE.finditer(draft):
        before = draft[max(0, match.start() - LOOK_BACK) : match.start()]
        if _bare(match.group()) not in own and OTHERS_NUMBER.search(before):
            yield _remark(*match.span(), f"{HIDDEN} {digits(match.group())[-SHOWN:]}")


def _remark(start: int, end: int, better: str) -> Remark:
    return Remark(start, end, "personal_data", REASONS["personal_data"], better)
