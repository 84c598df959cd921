"""The page of a backtest: one file, nothing runs in it, and what customers wrote is text."""

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import app
from tests.app.small_set import EXTRA, written

SOLVE = EXTRA.replace("    when: {bands: [calm], contacts: 2}\n", "").replace("step: solve", "step: listen")
HOSTILE = '</blockquote></style><script>alert(1)</script><img src=x onerror="alert(1)"> & booking \u202e \x07'
VOID = {"meta", "input", "br"}


class Seen(HTMLParser):
    """Every element with its attributes, and the text."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.text.append(data)


@pytest.fixture
def page(tmp_path: Path) -> str:
    """Of a chat with a customer who tries everything, in the conversation's name too."""
    lines = [{"conversation": f"<b>{number}", "role": "customer", "text": HOSTILE} for number in range(3)]
    (tmp_path / "chats.jsonl").write_text("\n".join(map(json.dumps, lines)))
    old = written(tmp_path / "old", extra=SOLVE)
    new = written(tmp_path / "new", extra=SOLVE.replace("Looking now.", "Looking right <i>now</i>."))
    words = ["--on", str(tmp_path / "chats.jsonl"), "--against", str(old), "--html", str(tmp_path / "out.html")]
    done = CliRunner().invoke(app, ["playbooks", "backtest", str(new), *words, "--reader", "linear", "--most", "1"])
    assert done.exit_code == 0, done.output
    return (tmp_path / "out.html").read_text(encoding="utf-8")


def test_what_customers_wrote_is_text(page: str) -> None:
    """No element of theirs, none that runs or loads, control characters as a mark."""
    seen = Seen()
    seen.feed(page)
    assert seen.open == []
    kinds = {tag for tag, _ in seen.elements}
    assert kinds.isdisjoint({"script", "img", "b", "i", "link", "iframe", "form", "a"})
    assert all(not name.startswith("on") for _, attributes in seen.elements for name in attributes)
    text = "".join(seen.text)
    assert HOSTILE.replace("\x07", "�") in text
    assert "right <i>now</i>" not in kinds
    assert "<i>now</i>." in text
    assert "url(" not in page
    assert "http" not in page.replace("http-equiv", "")


def test_nothing_may_run_even_if_something_slipped_through(page: str) -> None:
    """The page says so itself, before anything else that it loads."""
    seen = Seen()
    seen.feed(page)
    policies = [attributes for _, attributes in seen.elements if attributes.get("http-equiv")]
    assert [policy["content"] for policy in policies] == ["default-src 'none'; style-src 'unsafe-inline'"]
    assert page.index("Content-Security-Policy") < page.index("<style>")


def test_every_turn_that_differs_is_there(page: str) -> None:
    """Not only those that the terminal shows; with the counts before them and the words that changed marked."""
    seen = Seen()
    seen.feed(page)
    turns = [attributes for tag, attributes in seen.elements if tag == "article"]
    assert turns == [{"class": "phrases"}] * 3
    assert page.count("<ins>right &lt;i&gt;now&lt;/i&gt;.</ins>") == 3
    assert page.count("<del>now.</del>") == 3
    assert "3 messages of 3 conversations: 3 (100.0 %) turns differ" in page
    assert page.index("By playbook and step") < page.index("<article")
    assert {attributes.get("id") for tag, attributes in seen.elements if tag == "input"} == {
        "show-all",
        "show-next-step",
        "show-phrases",
        "show-instructions",
        "show-tension",
    }
