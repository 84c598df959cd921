"""Names that are words: a customer called Joy is not happy for it, and Dick is nobody's insult where it is a name.

Such a word is read as another name of the same length where it stands as one: with a capital inside a sentence, or at
its beginning before what only a person does. "You dick", "you Dick!" and text all in capitals stay as they are.
"""

import re

WORDS = """
    angel bill bliss blessing champion charity chastity chuck comfort constance cox darling destiny dick
    earnest faith fanny felicity frank gay gift glory godwin goodluck grace happy harmony honor honour hope innocent
    jesus joy justice liberty love lucky melody mercy merry moody noble patience peace precious prince princess promise
    prudence queen randy rich rod savage serenity star sterling storm sunny sweet treasure trinity trust victor victory
    violet virtue wang will willy winner wise wolf
"""
LIKE = {3: "Ana", 4: "Anna", 5: "Alice", 6: "Andrea", 7: "Michael", 8: "Isabella", 9: "Charlotte"}  # by length
NAMES = frozenset(word.capitalize() for word in WORDS.split())
NAME = re.compile(rf"(?<![\w'\u2019])(?:{'|'.join(sorted(NAMES))})(?![\w'\u2019]|-\w)")
CAPITALISED = re.compile(r"[A-Z][a-z]{2,8}")
# Before a word that is no name, though it has a capital: "you Dick", "a Christian", "I Hope".
NO_NAME_AFTER = frozenset(
    """
    a an the you ya u i we they he she not such what total complete real absolute utter fucking bloody little stupid
    your my our big this that these those no any pure so very much more most some every each all being another
    """.split()  # noqa: SIM905 - a list of words reads better without quotes
)
BEGINS = re.compile(r"(?:^|[.!?:;\n\"“(])\s*$")
LAST_WORD = re.compile(r"([^\W\d_]+)\s+$")  # with no comma after it: who is called by name stands after one
ACTS = re.compile(
    r",|\s+(?:here|from|told|said|says|promised|lied|hung|laughed|has|had|is|was|did|does|called|sent|gave|asked|wrote"
    r"|never|just|still|again|at|who|and\s+I)\b"
)
LOOK_BACK = 30  # characters
FREE = 4  # words of a text so short that its capitals are not counted


def renamed(text: str) -> str:
    """The text with plain names of the same length in the place of names that are words."""
    if NAMES.isdisjoint(CAPITALISED.findall(text)) or _shouted(text):
        return text
    return NAME.sub(lambda found: LIKE[len(found.group())] if _is_name(text, *found.span()) else found.group(), text)


def _is_name(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - LOOK_BACK) : start]
    if BEGINS.search(before):
        return ACTS.match(text, end) is not None
    last = LAST_WORD.search(before)
    return last is None or last.group(1).lower() not in NO_NAME_AFTER


def _shouted(text: str) -> bool:
    """Whether most words of a longer text have a capital anyway, so that it tells nothing."""
    words = [word for word in text.split() if word[0].isalpha()]
    return len(words) > FREE and sum(word[0].isupper() for word in words) * 2 > len(words)
