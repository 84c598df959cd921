"""A chat that is turned around: told once to its agent and in the team's view, about the chat and about nobody."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.conftest import Server

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
HEATED = (
    ("customer", "This is the third time I'm writing. Where is my order 48213? Nobody there cares."),
    ("customer", "You are useless idiots and liars. I hate you all! Give me your boss now!"),
)
SOOTHED = (
    ("agent", "I'm so sorry, Maria. I have sent a new one by courier just now, it is with you at six today."),
    ("customer", "Oh. Thank you so much, that is perfect, you are very kind."),
    ("agent", "You're welcome. Is there anything else that I can do for you?"),
    ("customer", "No, thanks a lot, that's all. You have been wonderful, great help!"),
    ("agent", "Have a lovely evening!"),
    ("customer", "You too, thank you again, I'm very happy now."),
)


@pytest.fixture
def chat(server: Server) -> str:
    """A critical conversation of dana's, in a team of its own."""
    name = f"turn-{uuid4().hex[:12]}"
    with server.client("admin") as admin:
        admin.put(f"/conversations/{name}", json={"agent": "dana", "team": name, "customer": {"name": "Maria Lopez"}})
    say(server, name, HEATED)
    return name


def say(server: Server, chat: str, lines: tuple[tuple[str, str], ...]) -> dict[str, object]:
    """So many messages; the answer to the last."""
    with server.client("admin") as admin:
        for role, text in lines:
            answer = admin.post(f"/conversations/{chat}/messages", json={"role": role, "text": text})
            assert answer.status_code == 200
    return answer.json()


def test_the_agent_reads_once_that_she_turned_it_around(server: Server, open_page: Open, chat: str) -> None:
    """At 280 px, politely, without a rank; not again after a reload."""
    address = f"{server.base}/sidebar#conversation={chat}&token={server.token('agent', 'dana', chat)}"
    page = open_page(address, width=280, height=760)
    page.locator(".phrase").first.wait_for()
    last = say(server, chat, SOOTHED)
    assert last["band"] == "calm", last["tension"]
    notice = page.locator(".notice")
    expect(notice).to_contain_text("You turned this around: ")
    expect(notice).to_contain_text("→")
    found = Axe().run(page)
    assert not found.response["violations"], found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.goto("about:blank")
    page.goto(address)
    expect(page.locator(".notice")).to_contain_text("Cause")
    expect(page.locator(".notice")).not_to_contain_text("turned")


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_team_sees_its_hours_and_what_was_turned(
    server: Server, open_page: Open, shoot: Callable[[Page, str], None], chat: str, scheme: str, width: int
) -> None:
    """Plots with a table of the same, causes, the recovery with its step; a click opens the chat. Nobody is named."""
    say(server, chat, SOOTHED)
    token = server.token("supervisor", "rob", chat)
    page = open_page(f"{server.base}/supervisor?view=team#token={token}", scheme=scheme, width=width)
    expect(page.locator(".team-plot")).to_have_count(2)
    expect(page.locator(".team-turned")).to_contain_text("after:")
    expect(page.locator("steadyhand-team")).not_to_contain_text("dana")
    expect(page.locator("steadyhand-team")).to_contain_text("fewer than 5 agents")
    if (scheme, width) == ("light", 1440):
        shoot(page, "supervisor-team")
    page.get_by_text("The same as a table").click()
    expect(page.locator(".team-table tbody tr")).to_have_count(8)
    expect(page.locator(".team-table tbody tr").last.locator("td").first).to_have_text("1")
    found = Axe().run(page)
    assert not found.response["violations"], found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator(".team-turned button").first.click()
    expect(page.locator("#reader-pane h2")).to_have_text("Maria Lopez")


def test_the_board_says_in_a_line_that_a_chat_was_turned(server: Server, open_page: Open, chat: str) -> None:
    """When it happens, not for what had happened before the page was opened."""
    token = server.token("supervisor", "rob", chat)
    page = open_page(f"{server.base}/supervisor#token={token}")
    expect(page.locator(".tile")).to_have_count(1)
    say(server, chat, SOOTHED)
    expect(page.locator(".recovered")).to_contain_text("Turned around: ")
    late = open_page(f"{server.base}/supervisor#token={token}")
    expect(late.locator(".tile")).to_have_count(1)
    expect(late.locator(".recovered")).to_be_empty()
