"""Stepping in: what a supervisor does in a conversation, and what its agent sees of it, over real sockets."""

import json
import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.conftest import Server

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
HOSTILE = "<img src=x onerror=\"document.title='owned'\"> {{7*7}} </textarea>"
DRAFT = "Please calm down, zebra 4711, our policy is our policy."
TALK = (
    ("customer", "This is the third time I'm writing. Where is my order 48213? Nobody there cares."),
    ("agent", "I'm sorry, Maria. I'll call the courier and write to you within two hours."),
    ("customer", "You promised that last week. I want my money back, you useless idiots!"),
    ("agent", "Please keep it respectful, I want to solve this with you."),
    ("customer", "Shut up, you moron. Give me your boss now!"),
)


@pytest.fixture
def chat(server: Server) -> str:
    """A conversation of dana's that has become abusive, in a team of its own."""
    name = f"step-{uuid4().hex[:12]}"
    with server.client("admin") as admin:
        about = {"agent": "dana", "team": name, "customer": {"id": "u1", "name": "Maria Lopez"}}
        admin.put(f"/conversations/{name}", json=about)
        for number, (role, text) in enumerate(TALK, 1):
            line = {"id": f"m{number}", "role": role, "text": text}
            assert admin.post(f"/conversations/{name}/messages", json=line).status_code == 200
    return name


@pytest.fixture
def reader(server: Server, open_page: Open, chat: str) -> Callable[..., Page]:
    """Opens the conversation for a supervisor, by name."""

    def opened(name: str = "robin", **look: object) -> Page:
        page = open_page(f"{server.base}/supervisor#token={server.token('supervisor', name, chat)}", **look)
        page.locator(".tile").first.click()
        page.locator(".message").first.wait_for()
        return page

    return opened


@pytest.fixture
def sidebar(server: Server, open_page: Open, chat: str) -> Callable[..., Page]:
    """Opens the conversation for its agent."""

    def opened(**look: object) -> Page:
        page = open_page(f"{server.base}/", **{"width": 380, "height": 760, **look})
        load(page)
        return page

    def load(page: Page) -> None:
        page.goto("about:blank")
        page.goto(f"{server.base}/sidebar#conversation={chat}&token={server.token('agent', 'dana', chat)}")
        page.locator(".phrase").first.wait_for()

    opened.again = load  # in the same tab
    return opened


def press(page: Page, action: str) -> None:
    """The button of an action, unfolded where it has to be."""
    button = page.locator(f".step-in [data-action={action}]")
    if not button.count():
        page.get_by_role("button", name="More").click()
    button.click(force=True)  # one that cannot be used says why when it is pressed


def whisper(page: Page, text: str) -> None:
    """By the keyboard alone: W, the words, Enter."""
    page.locator("h2").first.focus()
    page.keyboard.press("w")
    expect(page.locator("#step-text")).to_be_focused()
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    expect(page.locator(".step-said")).to_contain_text("dana")
    expect(page.locator("#step-text")).to_have_count(0)


def desk(page: Page) -> Locator:
    """What the agent's line says of the people around her chat."""
    return page.locator(".desk-line")


def clean(page: Page) -> None:
    """Axe finds nothing, and nothing scrolls sideways."""
    found = Axe().run(page)
    assert not found.response["violations"], found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_whisper_reaches_the_agent_alone_and_survives_a_reload(
    server: Server, chat: str, reader: Callable, sidebar: Callable, shoot: Callable
) -> None:
    """First, as it came last; after a reload it is there again, until it was put away; no message comes of it."""
    agent, boss = sidebar(), reader()
    whisper(boss, "Offer the refund now: it is within policy.")
    expect(agent.locator(".notice.whisper")).to_contain_text("robin: Offer the refund now")
    expect(agent.locator(".spoken[role=status]")).to_contain_text("robin whispers: Offer the refund now")
    expect(boss.locator(".transcript .deed[data-action=whisper]")).to_contain_text("within policy")
    press(boss, "join")
    expect(desk(agent)).to_contain_text("is here with you")
    shoot(agent, "sidebar-whisper")
    sidebar.again(agent)
    desk(agent).click()
    expect(agent.locator(".desk .whispers li")).to_contain_text("within policy")
    agent.get_by_label("Next alert").click()
    expect(agent.locator(".notice.whisper")).to_be_visible()
    agent.get_by_label("Put the whisper away").click()
    sidebar.again(agent)
    expect(desk(agent)).to_contain_text("is here with you")
    expect(agent.get_by_label("Next alert")).to_have_count(0)
    with server.client("admin") as admin:
        said = admin.get(f"/conversations/{chat}/transcript").json()["messages"]
    assert len(said) == len(TALK)


def test_hostile_words_are_only_words(reader: Callable, sidebar: Callable) -> None:
    """In the notice, the desk, the transcript, the ending and the titles."""
    agent, boss = sidebar(), reader()
    whisper(boss, HOSTILE)
    expect(agent.locator(".notice.whisper")).to_contain_text(HOSTILE)
    desk(agent).click()
    expect(agent.locator(".desk .whispers .deed-text")).to_have_text(HOSTILE)
    agent.locator("[data-form=ask_ending]").click()
    agent.locator(".desk-form textarea").fill(HOSTILE)
    agent.get_by_role("button", name="Send").click()
    expect(boss.locator(".ending .deed-text")).to_have_text(HOSTILE)
    expect(boss.locator(".transcript .deed .deed-text").last).to_have_text(HOSTILE)
    for page in (agent, boss):
        assert "owned" not in page.title()
        assert not page.evaluate("document.querySelectorAll('img[src=x]').length")


def test_a_claim_is_seen_by_the_agent_and_holds_the_second_supervisor_off(reader: Callable, sidebar: Callable) -> None:
    """The second reads who has it on what she may not do, and what came of it where both press at once."""
    agent, robin, sara = sidebar(), reader(), reader("sara")
    press(robin, "claim")
    expect(desk(agent)).to_contain_text("has this chat in hand")
    held = sara.locator(".step-in [data-action=claim][aria-disabled=true]")
    expect(held).to_have_attribute("title", re.compile("robin has claimed this chat"))
    press(sara, "takeover")
    expect(sara.locator(".step-said[data-bad]")).to_contain_text("Not now: robin has claimed this chat")
    refused = "(async () => { try { await reader.act('claim') } catch (no) { return [no.code, no.message] } })()"
    code, words = sara.evaluate(refused)
    assert code == "claimed"
    assert "robin has claimed" in words
    press(sara, "release")
    expect(desk(agent)).to_have_text("Supervisor")
    press(sara, "claim")
    expect(robin.locator(".step-said")).to_contain_text("Claimed")
    expect(robin.locator(".step-in [data-action=claim][aria-disabled=true]")).to_be_visible()


def test_a_takeover_leaves_the_agent_with_words_and_giving_back_brings_her_back(
    reader: Callable, sidebar: Callable
) -> None:
    """She is told who has it; the chat comes back by itself, with what was done meanwhile."""
    agent, boss = sidebar(), reader()
    press(boss, "takeover")
    expect(agent.locator(".advice .empty")).to_have_text(re.compile("robin.* has taken over this chat"))
    expect(agent.locator(".phrase")).to_have_count(0)
    expect(boss.locator(".reader-facts")).to_contain_text("robin")
    press(boss, "give_back")
    agent.locator(".phrase").first.wait_for()
    desk(agent).click()
    expect(agent.locator(".desk .deeds")).to_contain_text(re.compile("robin.* gave this chat to .*dana"))
    press(boss, "assign")
    boss.locator("#step-to").fill("kim")
    boss.keyboard.press("Enter")
    expect(agent.locator(".advice .empty")).to_have_text(re.compile("assigned to .*kim"))


def test_an_escalation_shows_the_brief_before_it_is_sent(reader: Callable, sidebar: Callable, shoot: Callable) -> None:
    """Situation, what was tried, what they want, quotes; it can be copied; the agent sees to whom it went."""
    agent, boss = sidebar(), reader()
    boss.context.grant_permissions(["clipboard-read", "clipboard-write"])
    press(boss, "escalate")
    brief = boss.locator(".brief-body")
    for words in ("Situation", "48213", "What the customer wants", "money back", "Tried so far", "Promised"):
        expect(brief).to_contain_text(words)
    shoot(boss, "supervisor-actions")
    boss.locator(".brief").get_by_role("button", name="Copy").click()
    expect(boss.locator(".step-said")).to_have_text("Copied.")
    copied = boss.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Conversation step-")
    assert "What the customer wants\n- " in copied
    boss.locator("#step-to").fill("legal")
    boss.locator("#step-text").fill("Third contact, wants a refund.")
    boss.locator(".step-form [type=submit]").click()
    expect(desk(agent)).to_contain_text("Escalated to")
    expect(boss.locator(".transcript .deed").last).to_contain_text(re.compile("robin.* escalated to .*legal"))
    desk(agent).click()
    agent.locator("[data-form=escalate]").click()
    agent.locator(".desk-form textarea").fill("The courier does not answer.")
    agent.get_by_role("button", name="Send").click()
    expect(boss.locator(".transcript .deed").last).to_contain_text("The courier does not answer.")


def test_an_ending_is_asked_for_seen_with_its_evidence_and_agreed_to(reader: Callable, sidebar: Callable) -> None:
    """From the alert; the supervisor reads the reason and the quotes; the agent gets leave, and words to close with."""
    agent, boss = sidebar(), reader()
    agent.locator(".notice .end").click()
    expect(agent.locator(".desk-form textarea")).to_be_focused()
    agent.keyboard.type("Third insult after a warning.")
    agent.get_by_role("button", name="Send").click()
    expect(desk(agent)).to_contain_text("waiting for a supervisor")
    expect(agent.locator(".notice .end")).to_have_count(0)
    ending = boss.locator(".ending")
    expect(ending).to_contain_text("Third insult after a warning.")
    expect(ending.locator(".evidence")).to_contain_text("Shut up, you moron")
    clean(boss)
    ending.get_by_role("button", name="Agree").click()
    expect(desk(agent)).to_contain_text(re.compile("robin.* agrees: you may end this chat"))
    expect(ending).to_have_count(0)
    agent.get_by_role("button", name="Closing words").click()
    expect(agent.locator("[data-section=ask]")).to_contain_text("My supervisor")


def test_a_declined_ending_is_told_to_who_asked(reader: Callable, sidebar: Callable) -> None:
    """And can be asked for again."""
    agent, boss = sidebar(), reader()
    agent.locator(".notice .end").click()
    agent.keyboard.type("I have had enough.")
    agent.get_by_role("button", name="Send").click()
    boss.locator(".ending").get_by_role("button", name="Decline").click()
    expect(desk(agent)).to_contain_text(re.compile("robin.* says: do not end it yet"))
    expect(agent.locator(".notice .end")).to_be_visible()


def test_closing_by_force_needs_a_reason_and_a_second_step(
    server: Server, chat: str, reader: Callable, sidebar: Callable
) -> None:
    """Nothing happens before; then it is resolved, and the reason stands with the chat."""
    agent, boss = sidebar(), reader()
    press(boss, "close")
    submit = boss.locator(".step-form [type=submit]")
    submit.click()
    expect(submit).to_have_text("Next")
    boss.locator("#step-text").fill("Nothing but insults.")
    submit.click()
    expect(boss.locator(".step-form [role=status]")).to_contain_text("Sure?")
    with server.client("admin") as admin:
        assert admin.get(f"/conversations/{chat}").json()["resolved"] is False
    submit.click()
    expect(agent.locator("header")).to_contain_text("resolved")
    expect(boss.locator(".transcript .deed").last).to_contain_text("Nothing but insults.")
    with server.client("admin") as admin:
        assert admin.get(f"/conversations/{chat}").json()["resolved"] is True


def test_what_the_agent_drafts_never_reaches_the_supervisor(
    server: Server, open_page: Open, chat: str, sidebar: Callable
) -> None:
    """Typed, reviewed, reworded: in no frame that her page gets, and not on it."""
    boss, frames = open_page(f"{server.base}/"), list[str]()
    boss.on("websocket", lambda socket: socket.on("framereceived", lambda data: frames.append(str(data))))
    boss.goto(f"{server.base}/supervisor#token={server.token('supervisor', 'robin', chat)}")
    boss.locator(".tile").first.click()
    boss.locator(".message").first.wait_for()
    agent = sidebar()
    agent.locator("textarea.draft").fill(DRAFT)
    expect(agent.locator(".coach")).to_contain_text("calm")
    press(boss, "join")
    expect(boss.locator(".transcript .deed[data-action=join]")).to_be_visible()
    kinds = {json.loads(frame)["type"] for frame in frames}
    assert {"snapshot", "update"} <= kinds
    assert not kinds & {"draft_review", "rewritten", "answers"}
    assert not any("zebra 4711" in frame for frame in frames)
    assert "zebra 4711" not in boss.content()


def test_a_point_of_the_course_leads_to_its_message(reader: Callable) -> None:
    """By a click, and by the arrows and Enter; the message is marked, with its words and their points."""
    boss = reader()
    course = boss.locator(".reader-top .timeline")
    box = course.bounding_box()
    assert box
    dot = boss.locator(".reader-top .course circle").first.bounding_box()
    assert dot
    boss.mouse.click(dot["x"] + dot["width"] / 2, box["y"] + box["height"] / 2)
    shown = boss.locator(".message[data-shown]")
    expect(shown).to_be_focused()
    expect(shown).to_contain_text(re.compile(r"\+\d"))
    course.focus()
    boss.keyboard.press("Home")
    boss.keyboard.press("Enter")
    expect(shown).to_have_attribute("data-seq", "1")
    expect(boss.locator(".step[data-done]").first).to_be_visible()


def test_the_block_why_look_here_says_what_the_priority_is_made_of(reader: Callable) -> None:
    """Each factor with its share, and the reasons in words; nothing is there where the tile has none."""
    boss = reader()
    tile = {
        "priority": 72.4,
        "factors": {"risk": 0.96, "soon": 0.9, "change": 0.85, "waiting": 0.98},
        "because": ["asks for somebody above", "insulted three times"],
    }
    boss.evaluate("(tile) => { reader.tile = tile; }", {"priority": 1})
    expect(boss.locator("[data-fold=why]")).to_have_count(0)
    boss.evaluate("(tile) => { reader.tile = tile; }", tile)
    why = boss.locator("[data-fold=why]")
    expect(why).to_contain_text("asks for somebody above")
    expect(why.locator(".factors")).to_contain_text("96 %")
    expect(why.locator(".because li")).to_have_count(2)
    clean(boss)


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 1440), ("light", 390), ("dark", 390)])
def test_axe_finds_nothing_while_somebody_steps_in(reader: Callable, scheme: str, width: int) -> None:
    """With every button in sight, the form for a hand-off and a turned-down action."""
    boss = reader(scheme=scheme, width=width)
    press(boss, "escalate")
    expect(boss.locator(".brief-body")).to_be_visible()
    clean(boss)
    boss.keyboard.press("Escape")
    expect(boss.locator(".step-form")).to_have_count(0)
    expect(boss.locator("#reader-pane")).to_be_visible()


@pytest.mark.parametrize(("scheme", "width"), [("light", 280), ("dark", 280)])
def test_axe_finds_nothing_in_the_narrow_sidebar(
    server: Server, chat: str, sidebar: Callable, scheme: str, width: int
) -> None:
    """With a whisper, a mark, and the form open."""
    with server.client("supervisor", chat, subject="robin") as boss:
        for action in ({"action": "whisper", "text": "Well done so far."}, {"action": "join"}):
            assert boss.post(f"/conversations/{chat}/actions", json=action).status_code == 200
    agent = sidebar(scheme=scheme, width=width)
    desk(agent).click()
    clean(agent)
    agent.locator("[data-form=ask_ending]").click()
    clean(agent)
    host = "document.querySelector('steadyhand-sidebar')"
    assert agent.evaluate(f"{host}.scrollHeight <= {host}.clientHeight"), "the sidebar scrolls as a whole"
