"""Words that matter most, misspelt, in leetspeak or spelled out with gaps: found and written as they are meant.

Only words that carry a feeling, an insult or a threat are looked for, so that names, orders and product codes stay; and
the words of `assist.dialect`.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from assist.dialect import Change, standard

# Looked for with one slip of the keyboard: a letter lost, doubled, wrong, or two swapped.
STRONG = """
    absolutely angry annoyed annoying appalled appalling awful completely disappointed disappointing disgrace
    disgraceful disgusted disgusting dreadful frustrated frustrating frustration furious horrendous horrible
    incompetent infuriating irritated nobody outraged outrageous pathetic ridiculous shameful terrible
    unacceptable unbelievable unprofessional useless worthless
""".split()  # noqa: SIM905 - a list of words reads better without quotes
# One slip away from them, and words all the same.
OTHERS = frozenset(
    """
    anger annoy annoyer appealed appealing curious disgraced disguised disguising frustrate frustrates frustrations
    horribly horribles irritate irritates nobodys outrage outrages terribly unacceptably unbelievably
    """.split()  # noqa: SIM905 - a list of words reads better without quotes
)
# Looked for with figures and marks in the place of letters, or with gaps between the letters.
PLAIN = frozenset(
    """
    arse arsehole ass asshole bastard bitch bitches bullshit cunt crap damn dick dumb fraud fuck fucked fucker fucking
    hate hell hurt idiot idiots kill kills liar liars loser losers moron morons pathetic piss pissed prick rubbish
    scam scammed scammer scammers shit shitty shoot slut stab steal stolen stupid suck sucks thief thieves trash twat
    useless whore will worthless you your
    """.split()  # noqa: SIM905 - a list of words reads better without quotes
)
LETTERS = str.maketrans("013457@$!", "oieastasi")
FIGURE = re.compile(r"[0-9@$!]")
ODD = re.compile(r"(?<![\w@$#./-])(?=[a-z0-9@$!]{0,14}[a-z])(?=[a-z]{0,14}[0-9@$!])[a-z0-9@$!]{2,15}(?![\w@$#/-])")
GAPPED = re.compile(r"(?<![\w'])[a-z](?:[ .*_-][a-z]){2,14}(?![\w'])")
WORD = re.compile(r"[a-z]{5,16}")
SHORTEST = 5  # letters of a word that is looked at for slips


def changes(plain: str) -> list[Change]:
    """What is to be read otherwise in a lower-case text: spans that do not overlap, in order, each with its word."""
    found = list(standard(plain))
    if any(map(_meant, WORD.findall(plain))):  # in most texts all words are written as they are meant
        for match in WORD.finditer(plain):
            meant = _meant(match.group())
            if meant is not None:
                found.append((match.start(), match.end(), meant))
    found.extend(_figures(plain))
    found.extend(_gaps(plain))
    found.sort()
    return [one for at, one in enumerate(found) if at == 0 or one[0] >= found[at - 1][1]]


def _figures(plain: str) -> Iterator[Change]:
    """Leetspeak, where it makes one of the plain words."""
    if not FIGURE.search(plain):
        return
    for match in ODD.finditer(plain):
        word = match.group().rstrip("!").translate(LETTERS)
        if word in PLAIN:
            yield match.start(), match.start() + len(word), word


def _gaps(plain: str) -> Iterator[Change]:
    """Letters with gaps between them, where they make a plain word; "i" may stand before it on its own."""
    for match in GAPPED.finditer(plain):
        letters = match.group()[::2]
        for lead in (0, 1):
            if letters[lead:] in PLAIN and (not lead or letters[0] in "ai"):
                yield match.start() + 2 * lead, match.end(), letters[lead:]
                break


@lru_cache(maxsize=50_000)
def _meant(word: str) -> str | None:
    """The strong word that a word is one slip away from; None for those themselves and for all others."""
    if word in KNOWN or word in OTHERS:
        return None
    return next((SLIPS[key] for key in (word, *_shorter(word)) if key in SLIPS), None)


def _shorter(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for at in range(1, len(word)))


KNOWN = frozenset(STRONG)
# What is left of each strong word with one letter lost, and the word: two words one slip apart share such a rest. The
# first letter stays as it is.
SLIPS = {rest: word for word in STRONG if len(word) >= SHORTEST for rest in (*_shorter(word), word)}
