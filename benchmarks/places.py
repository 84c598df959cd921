"""Documents with places in double braces, filled from the code's tables and from figures."""

import re
import textwrap
from collections.abc import Callable, Iterator, Mapping

PLACE = re.compile(r"\{\{(\w+)(?: ([^{}]+))?\}\}")
WIDTH = 120  # characters of a line of prose

Writers = Mapping[str, Callable[..., str]]


def filled(text: str, writers: Writers) -> str:
    """The text with each `{{writer what}}` written and its paragraphs wrapped; raises ValueError where nothing fits."""

    def written(place: re.Match[str]) -> str:
        writer, what = place.groups()
        try:
            return writers[writer](*([what] if what else []))
        except (KeyError, AttributeError, TypeError) as problem:
            raise ValueError(f"nothing fills {place.group()}: {problem!r}") from problem

    return "\n".join(_wrapped(PLACE.sub(written, text)))


def _wrapped(text: str) -> Iterator[str]:
    """Lines with the paragraphs wrapped; a place and what fills it differ in length."""
    code = False
    for block in text.rstrip("\n").split("\n\n"):
        code ^= block.count("```") % 2 == 1
        plain = block[:1] not in "|#-!<`" and not code
        yield from textwrap.wrap(block, WIDTH, break_long_words=False, break_on_hyphens=False) if plain else [block]
        yield ""


def sections(text: str) -> Iterator[tuple[str, str]]:
    """The headings of the second level, each with what stands under it."""
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        heading, _, body = part.partition("\n")
        yield heading.strip(), body.strip()
