"""HTML as the plain text that its reader saw. Never used to make HTML: what comes out is text and stays text."""

from html.parser import HTMLParser

BREAKS = frozenset({"br", "hr"})
BLOCKS = frozenset(
    {"p", "div", "ul", "ol", "li", "blockquote", "pre", "table", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "section"}
)
UNSEEN = frozenset({"script", "style", "head", "title", "template", "noscript"})


class _Reader(HTMLParser):
    """Collects what is seen, a line a block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in UNSEEN:
            self._unseen += 1
        elif tag in BLOCKS or tag in BREAKS:
            self.parts.append("\n")
        if tag == "li":
            self.parts.append("- ")

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in BLOCKS:
            self.parts.append("\n")

    def parse_marked_section(self, i: int, report: int = 1) -> int:  # noqa: ARG002
        """Up to its end, unread: the library's own raises where no name stands behind `<![`."""
        return self.rawdata.find(">", i) + 1 or -1

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(data)


def plain_text(html: str) -> str:
    """The text of a piece of HTML, however broken: tags gone, references read, one line a block."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (line.strip() for line in "".join(reader.parts).replace("\xa0", " ").splitlines())
    return "\n".join(line for line in lines if line)


def is_rendered(content: str) -> bool:
    """Whether a text is HTML out of a Markdown renderer: blocks from its first character to its last.

    What a customer typed can have `<` and `&` anywhere, but no block around all of it.
    """
    inner = content.strip()
    if not (inner.startswith("<") and inner.endswith(">")):
        return False
    first = inner[1:].partition(">")[0].partition(" ")[0]
    last = inner.rpartition("</")[2][:-1]
    return first in BLOCKS and last in BLOCKS
