"""The page of a backtest in a real browser: legible on every screen, and its turns are chosen without a script."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from typer.testing import CliRunner

from app.cli import app
from tests.app.small_set import EXTRA, written

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
LISTEN = EXTRA.replace("    when: {bands: [calm], contacts: 2}\n", "").replace("step: solve", "step: listen")
HOSTILE = "<img src=x onerror=\"document.title='owned'\"> my booking " + "x" * 300
INSULT = "You useless idiots!"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a page with a phrase that changed in one turn, and a step that changed in another."""
    folder = tmp_path_factory.mktemp("backtest")
    lines = [{"conversation": name, "role": "customer", "text": text} for name, text in (("a", HOSTILE), ("b", INSULT))]
    (folder / "chats.jsonl").write_text("\n".join(map(json.dumps, lines)))
    old = written(folder / "old", extra=LISTEN)
    protocol = EXTRA.replace("causes: [booking]", "interrupt: {signal: abuse, at_least: 0.3}").replace(
        ": extra", ": rude"
    )
    protocol = protocol.replace(" now.", " at once.").replace("bands: [calm], contacts: 2", "insults: 1")
    new = written(folder / "new", extra=LISTEN.replace("Looking now.", "Looking right now."), rude=protocol)
    words = ["--on", str(folder / "chats.jsonl"), "--against", str(old), "--html", str(folder / "out.html")]
    done = CliRunner().invoke(app, ["playbooks", "backtest", str(new), *words, "--reader", "linear"])
    assert done.exit_code == 0, done.output
    return Path(folder / "out.html").as_uri()


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_legible_on_every_screen(report: str, open_page: Open, scheme: str, width: int) -> None:
    """Nothing scrolls sideways, axe finds no fault, and what customers wrote does nothing."""
    page = open_page(report, scheme=scheme, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []
    expect(page.locator("blockquote").first).to_contain_text("<img src=x")
    assert page.locator("img, script").count() == 0
    assert page.title() == "Backtest of playbooks"


def test_turns_are_chosen_by_what_differs_in_them(report: str, open_page: Open) -> None:
    """By keyboard too, for they are radio buttons."""
    page = open_page(report)
    expect(page.locator("article")).to_have_count(2)
    page.get_by_label("next step 1").check()
    expect(page.locator("article:visible")).to_have_count(1)
    expect(page.locator("article:visible blockquote")).to_have_text(INSULT)
    page.keyboard.press("ArrowLeft")
    expect(page.locator("article:visible")).to_have_count(2)
