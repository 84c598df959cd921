r"""The small language of the rewriting tables: one row a line, `words => words`.

`a|b` is either word, `word?` may be missing, `,` and `,?` are a comma. On the right `*` is what was found, `\1` the
first word found, and nothing at all lets it go. Conditions, on either side: `^` only at the beginning of a sentence,
`$` only at its end, `>` only before a word, `??` and `..` only in a question or outside of one, `+a|b` only before one
of these words and `-a|b` never before them, `<a|b` never after them, `~a|b` never in a sentence that has one of them.
"""

import re
from dataclasses import dataclass
from functools import cache

WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)?")
GAP = r"[ \u00a0]{1,3}"
END = re.compile(r"[ \u00a0]*(?:[.!?;\n)]|$)")


@dataclass(frozen=True, slots=True)
class Row:
    """One change that a manner makes, under its rule's name. `first` are the words of which a text must hold one."""

    rule: str
    expression: str
    now: str
    first: frozenset[str]
    opens: bool = False
    ends: bool = False
    follows: bool = False
    asks: bool | None = None
    before: frozenset[str] = frozenset()
    not_before: frozenset[str] = frozenset()
    not_after: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()

    @property
    def pattern(self) -> re.Pattern[str]:
        """The expression, compiled when it is first needed."""
        return _compiled(self.expression)

    def fits(self, sentence: str, before: str, after: str) -> bool:
        """Whether the conditions hold for a match in a sentence, with the whole text before and after it."""
        if self.asks is not None and sentence.rstrip().endswith("?") is not self.asks:
            return False
        if self.ends and not END.match(after):
            return False
        follower = _next(after)
        if (
            (self.follows and not follower)
            or (self.before and follower not in self.before)
            or follower in self.not_before
        ):
            return False
        if self.not_after and _last(before) in self.not_after:
            return False
        return not self.unless or self.unless.isdisjoint(map(_plain, WORD.findall(sentence)))


def _plain(word: str) -> str:
    return word.lower().replace("\u2019", "'")


def _next(after: str) -> str:
    """The word that follows with nothing but space between; empty where there is none."""
    found = WORD.match(after[:60].lstrip(" \u00a0")) if after[:1] in (" ", "\u00a0") else None
    return _plain(found.group()) if found else ""


def _last(before: str) -> str:
    words = WORD.findall(before[-60:]) if before[-1:] in (" ", "\u00a0") else []
    return _plain(words[-1]) if words else ""


def rows(rule: str, lines: str) -> tuple[Row, ...]:
    """The rows of a table under one rule."""
    return tuple(_row(rule, line.strip()) for line in lines.strip().splitlines())


FLAGS = frozenset({"^", "$", ">", "??", ".."})


def _row(rule: str, line: str) -> Row:
    said, now = (side.split() for side in line.split("=>"))
    flags = FLAGS.intersection((*said, *now))
    marks = {token[0]: frozenset(token[1:].split("|")) for token in (*said, *now) if _is_mark(token)}
    words = [token for token in said if token not in FLAGS and not _is_mark(token)]
    return Row(
        rule=rule,
        expression=_expression(words),
        now=" ".join(token for token in now if token not in FLAGS and not _is_mark(token)),
        first=_first(words),
        opens="^" in flags,
        ends="$" in flags,
        follows=">" in flags,
        asks=True if "??" in flags else False if ".." in flags else None,
        before=marks.get("+", frozenset()),
        not_before=marks.get("-", frozenset()),
        not_after=marks.get("<", frozenset()),
        unless=marks.get("~", frozenset()),
    )


def _is_mark(token: str) -> bool:
    return token[0] in "+-<~" and len(token) > 1


def _first(words: list[str]) -> frozenset[str]:
    """Words of which each text that matches has one: the alternatives of the first word that cannot be missing."""
    sure = next(word for word in words if not word.endswith("?") and word != ",")
    return frozenset(re.split("['_]", word.lower())[0] for word in sure.split("|"))


def _expression(words: list[str]) -> str:
    made, pending = "", False
    for token in words:
        optional = token.endswith("?")
        body = token.removesuffix("?")
        comma = body == ","
        one = "," if comma else "(" + "|".join(map(_escaped, body.split("|"))) + ")"
        if not pending:
            made += f"(?:{one}{GAP})?" if optional else one
            pending = pending or not optional
        elif optional:
            made += f"(?:{one})?" if comma else f"(?:{GAP}{one})?"
        else:
            made += one if comma else GAP + one
    return rf"(?<![\w'\u2019@#/.&-]){made}(?![\w@/]|['\u2019-]\w)"


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE)


def _escaped(word: str) -> str:
    return re.escape(word.replace("_", " ")).replace("\\ ", GAP).replace("'", "['\u2019]")
