"""Hostile text through every door, in a real browser against the real server: it is read, and nothing of it runs."""

import json
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.hostile_text import HOSTILE
from tests.conftest import PATIENCE, Server, start_server, stop_server

pytestmark = pytest.mark.browser

CHATS = [HOSTILE[at : at + 6] for at in range(0, len(HOSTILE), 6)]  # as many as one set of phrases holds
DRAFTED = 20  # in one draft: as many as there are remarks
LOST = "Where is my parcel? I am furious and nobody tells me anything."
MOST_SLOT = 200  # characters of a name and of a slot
STEPS = ("listen", "empathize", "apologize", "own")  # what comes first, whatever was said
WATCH = """window.broken = [];
addEventListener('securitypolicyviolation', (report) => window.broken.push(report.violatedDirective));"""
MADE = "img, script, iframe, object, embed, audio, video, math, base, meta, marquee, form[action], [onload], [onerror]"


def phrases(name: str, texts: list[str]) -> dict[str, list[str]]:
    """Two texts in each of the three tones; the name makes them different from all others."""
    pairs = [f"{name} {at} {texts[at]} and {texts[at + 1]}" for at in (0, 2, 4)]
    return {tone: [pair] for tone, pair in zip(("warm", "neutral", "formal"), pairs, strict=True)}


def playbook(chats: list[tuple[str, ...]]) -> str:
    """An entry for each chat and step, chosen by its channel; without braces, which would be slots."""
    entries = []
    for number, texts in enumerate(chats):
        plain = [text.replace("{", "(").replace("}", ")") for text in (texts * 3)[:6]]
        entry = {"priority": 100, "when": {"channels": [f"c{number}"]}, "reason": plain[0], "does": [plain[1]]}
        entries += [{"step": step, **entry, "phrases": phrases(f"{step} {number}", plain)} for step in STEPS]
    return json.dumps({"playbook": "delivery", "steps": entries})


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose delivery playbook was written by an enemy."""
    folder = tmp_path_factory.mktemp("hostile")
    pack = folder / "pack"
    pack.mkdir()
    (pack / "delivery.yaml").write_text(playbook(CHATS))
    running = start_server(folder, "--pack", str(pack))
    yield running
    stop_server(running)


@pytest.fixture
def watched(browser: Browser) -> Iterator[Callable[[str], Page]]:
    """Opens pages that note what must not happen: a dialog, a flag that is set, a report of the policy, a fault."""
    context = browser.new_context(viewport={"width": 360, "height": 900}, reduced_motion="reduce")
    context.add_init_script(WATCH)
    said: list[str] = []

    def opened(address: str) -> Page:
        page = context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.on("dialog", lambda dialog: (said.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("pageerror", lambda error: said.append(f"error {error}"))
        page.on("console", lambda line: line.type == "error" and said.append(line.text))
        page.on("framenavigated", lambda frame: frame.parent_frame and said.append(f"frame {frame.url}"))
        page.on("request", lambda asked: asked.url.partition("#")[0].endswith("/q") and said.append(asked.url))
        page.goto(address)
        return page

    yield opened
    for page in context.pages:
        assert page.evaluate("[window.hit ?? 0, window.broken]") == [0, []]
    context.close()
    assert said == []


def test_five_hundred_hostile_texts_are_shown_and_none_runs(desk: Server, watched: Callable[[str], Page]) -> None:
    """As message, name, order number and phrase, on the agent's and the supervisor's page; each is read as sent."""
    assert len(set(HOSTILE)) == 500
    board = watched(f"{desk.base}/supervisor#token={desk.token('supervisor')}")
    page = watched(f"{desk.base}/sidebar#conversation=h0&token={desk.token('agent')}")
    sidebar, shown = page.locator("steadyhand-sidebar"), 0
    with desk.client("ingest") as tool:
        for number, texts in enumerate(CHATS):
            for text in texts:
                told = {
                    "customer": {"name": text[:MOST_SLOT]},
                    "slots": {"order": text[:MOST_SLOT]},
                    "channel": f"c{number}",
                }
                assert tool.put(f"/conversations/h{number}", json=told).status_code == 200
                said = {"role": "customer", "text": f"Where is my parcel? I am furious. {text}"}
                assert tool.post(f"/conversations/h{number}/messages", json=said).status_code == 200
            page.evaluate("(id) => { document.querySelector('steadyhand-sidebar').conversation = id; }", f"h{number}")
            sidebar.get_by_text(texts[-1]).first.wait_for()
            shown += sum(f" {number} " in one for one in sidebar.locator(".phrase .words").all_inner_texts())
            assert sidebar.locator(MADE).count() == 0
    assert shown > len(CHATS) / 2
    board.get_by_label("Search customer, agent or id").fill(f"h{len(CHATS) - 1}")
    board.get_by_text(HOSTILE[-1]).first.wait_for()
    assert board.locator("main").locator(MADE).count() == 0


def test_hostile_drafts_and_questions_are_read_and_none_runs(desk: Server, watched: Callable[[str], Page]) -> None:
    """All five hundred in drafts whose remarks quote them; taken, reworded, and asked of the enemy's playbook."""
    with desk.client("ingest") as tool:
        assert tool.put("/conversations/own", json={"channel": "c0"}).status_code == 200
        assert tool.post("/conversations/own/messages", json={"role": "customer", "text": LOST}).status_code == 200
    page = watched(f"{desk.base}/sidebar#conversation=own&token={desk.token('agent')}")
    draft, quoted = page.locator("textarea.draft"), 0
    page.locator("[data-section=ask] summary").click()
    for at in range(0, len(HOSTILE), DRAFTED):
        texts = HOSTILE[at : at + DRAFTED]
        before = page.locator(".remarks").count() and page.locator(".remarks").inner_html()
        draft.fill("\n".join(f"Our policy does not allow refunds {text}" for text in texts))
        page.locator(".coach:not([data-stale]) .remarks li").first.wait_for()
        assert page.locator(".remarks").inner_html() != before
        quoted += sum("hit=1" in words for words in page.locator(".remarks q").all_inner_texts())
        page.get_by_role("button", name="firmer").click()
        page.locator(".rewritten").wait_for()
        page.get_by_label("Question about this chat").fill(f"How do I say no to a refund? {texts[0]}")
        page.keyboard.press("Enter")
        page.locator(".asked").get_by_text(texts[0]).wait_for()
        page.locator(".answers li").first.wait_for()
        assert page.locator("steadyhand-sidebar").locator(MADE).count() == 0
    assert quoted > len(HOSTILE) / 2
