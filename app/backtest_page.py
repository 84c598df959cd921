"""A backtest as one HTML file that needs nothing beside it; built as a tree, so that what people wrote stays text."""

import shutil
from collections.abc import Iterable, Iterator
from typing import TextIO
from xml.etree.ElementTree import Element, SubElement, tostring  # only to build and write, never to read

from app.backtest import KINDS, Counts, Turn
from app.backtest_sums import Table, rules, sums
from app.replay import visible
from app.settings import resource
from app.side_by_side import Cell, Row
from app.side_by_side import rows as sides
from assist.conversation.tension import band

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
STYLES = ("tokens.css", "backtest.css")


class Page:
    """Takes changed turns one by one into a file of its own, and at the end writes the page with the counts first."""

    def __init__(self, turns: TextIO) -> None:
        self._turns = turns

    def add(self, turn: Turn) -> None:
        """One more turn that differs."""
        self._turns.write(_text(_turn(turn)))

    def write(self, file: TextIO, facts: Iterable[tuple[str, str]], counts: Counts) -> None:
        """The whole page; `facts` are what was compared with what."""
        file.write('<!doctype html>\n<html lang="en">\n')
        file.write(_text(_head()))
        file.write("<body>\n<main>\n")
        tables = (_table("In all", sums(counts)), _table("By playbook and step", rules(counts)))
        file.writelines(_text(part) for part in (_top(facts), *tables, *_choices(counts)))
        self._turns.seek(0)
        shutil.copyfileobj(self._turns, file)
        file.write("</main>\n</body>\n</html>\n")


def _text(element: Element) -> str:
    return tostring(element, encoding="unicode", method="html") + "\n"


def _add(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    element = SubElement(parent, tag, {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()})
    element.text = visible(text)
    return element


def _head() -> Element:
    head = Element("head")
    _add(head, "meta", charset="utf-8")
    _add(head, "meta", http_equiv="Content-Security-Policy", content=POLICY)
    _add(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    _add(head, "title", "Backtest of playbooks")
    folder = resource("static") / "style"
    SubElement(head, "style").text = "\n".join((folder / name).read_text(encoding="utf-8") for name in STYLES)
    return head


def _top(facts: Iterable[tuple[str, str]]) -> Element:
    top = Element("header")
    _add(top, "h1", "Backtest of playbooks")
    listed = _add(top, "dl")
    for term, text in facts:
        pair = _add(listed, "div")
        _add(pair, "dt", term)
        _add(pair, "dd", text)
    return top


def _table(title: str, table: Table) -> Element:
    section = Element("section")
    _add(section, "h2", title)
    drawn = _add(section, "table", class_="numbers")
    head = _add(_add(drawn, "thead"), "tr")
    for name in table.head:
        _add(head, "th", name, scope="col")
    body = _add(drawn, "tbody")
    for label, *numbers in table.lines:
        line = _add(body, "tr")
        _add(line, "th", label, scope="row")
        for number in numbers:
            _add(line, "td", number)
    return section


def _choices(counts: Counts) -> Iterator[Element]:
    """What is shown of the turns: plain radio buttons, which the style sheet reads, for nothing may run here."""
    head = Element("h2")
    head.text = "Turns that differ"
    yield head
    if not counts.changed:
        nothing = Element("p", {"class": "quiet"})
        nothing.text = "None: both sets would have shown the same after every message."
        yield nothing
        return
    choices = Element("fieldset")
    _add(choices, "legend", "Show")
    for kind, number in (("all", counts.changed), *((kind, counts.by_kind[kind]) for kind in KINDS)):
        label = _add(choices, "label")
        told = {"checked": ""} if kind == "all" else {}
        SubElement(label, "input", {"type": "radio", "name": "show", "id": f"show-{_word(kind)}", **told})
        _add(label, "span", f"{kind} {number:,}")
    yield choices


def _word(kind: str) -> str:
    return kind.replace(" ", "-")


def _turn(turn: Turn) -> Element:
    article = Element("article", {"class": " ".join(map(_word, turn.differs))})
    state = turn.after.state
    head = _add(article, "h3")
    _add(head, "bdi", turn.conversation)
    _add(head, "span", f" message {turn.message.seq}, {turn.message.role.value} ", class_="quiet")
    level = band(state.tension)
    _add(head, "span", f"{int(state.tension)} {level}", class_="band", data_band=level)
    _add(article, "blockquote", turn.message.text or "(attachments only)", dir="auto")
    table = _add(article, "table", class_="sides")
    columns = _add(_add(table, "thead"), "tr")
    for name in ("", "before", "after"):
        _add(columns, "th" if name else "td", name, **({"scope": "col"} if name else {}))
    body = _add(table, "tbody")
    for row in sides(turn):
        _row(body, row)
    return article


def _row(body: Element, row: Row) -> None:
    line = _add(body, "tr", class_="same" if row.same else "changed")
    _add(line, "th", row.label, scope="row")
    if row.same:
        _cell(line, row.before, "both", colspan="2")
    else:
        _cell(line, row.before, "before")
        _cell(line, row.after, "after")


def _cell(line: Element, cell: Cell, side: str, **attributes: str) -> None:
    drawn = _add(line, "td", class_=side, data_side=side, **attributes)
    whole = all(run.only_here for run in cell.runs)  # nothing in it is the same: there is no word to pick out
    words = _add(drawn, "p", dir="auto", class_="whole" if whole else "part")
    for place, run in enumerate(cell.runs):
        marked = "span" if not run.only_here else "del" if side == "before" else "ins"
        _add(words, marked, run.text).tail = " " if place + 1 < len(cell.runs) else ""
    if not cell.runs:
        _add(drawn, "p", "nothing", class_="quiet")
    if cell.rule:
        _add(drawn, "p", cell.rule, class_="rule")
