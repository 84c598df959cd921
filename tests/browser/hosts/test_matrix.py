"""The sidebar as a widget in a room of a real Synapse: the client shows it, the homeserver says who looks at it."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pytest

from tests.browser.conftest import until
from tests.hosts.matrix import CONNECTOR, Desk, Person

pytestmark = pytest.mark.browser

COMPLAINT = "This is the third time I am writing. Where is my order? I am really angry now!"
CAPABILITY = "org.matrix.msc2762.receive.event:m.room.message"
TOLD = "() => messages.map(({ conversation, role, text }) => [conversation, role, text])"


@pytest.fixture(scope="module")
def desk(tools, tmp_path_factory):
    """Synapse and a server of ours, whose connector is for the widget's page; the client's page may frame that too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STEADYHAND_FRAME_ANCESTORS", tools.host)
        running = Desk(tmp_path_factory.mktemp("matrix"), tools.app)
    tools.addresses["MATRIX_ASSIST"] = running.server.base
    yield running
    running.close()


def apart(deed):
    """What a coroutine comes to, in a loop of its own: the browser's is running here."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, deed).result()


async def begun(desk, *texts):
    """A room with the agent and another one in it, where the customer has written."""
    people = [Person(desk, name) for name in ("casey", "dana", "mallory")]
    room = await people[0].opens(*people[1:])
    for text in texts:
        await people[0].says(room, text)
    for person in people:
        await person.client.close()
    return room


async def written(desk, room, text):
    """The customer writes."""
    casey = Person(desk, "casey")
    await casey.says(room, text)
    await casey.client.close()


def client(visit, tools, desk, room, name, *, quiet=True, **more):
    """The client's page, the widget in it, and the sidebar in that."""
    account = desk.accounts[name]
    who = {"base": desk.synapse.base, "token": account["access_token"], "user": account["user_id"], "room": room}
    page = visit(f"{tools.host}/pages/matrix_client.html#{urlencode({**who, **more})}", quiet=quiet)
    app = page.frame_locator("iframe")
    return page, app.locator("body"), app.frame_locator("steadyhand-sidebar >> iframe")


def test_an_agent_opens_the_widget_and_is_signed_in_by_her_homeserver(visit, tools, desk, shoot):
    """No backend mints a token; what was written before is read, what comes is heard, a phrase is copied and sent."""
    room = apart(begun(desk, "Hi, I ordered a lamp two weeks ago.", COMPLAINT))
    chat = f"{CONNECTOR}:{room}"
    page, app, side = client(visit, tools, desk, room, "dana")
    first = side.locator(".phrase").first
    words = first.locator(".words").inner_text()
    assert page.evaluate("asked") == [CAPABILITY]
    until(page, lambda: len(app.evaluate(TOLD)) == 2)
    assert app.evaluate(TOLD)[1] == [chat, "customer", COMPLAINT]
    first.locator("button.insert").click()
    side.get_by_text("Copied: paste it in the reply box").wait_for()
    page.get_by_label("Message").focus()
    page.keyboard.press("Control+V")
    assert page.get_by_label("Message").input_value() == words
    shoot(page, "host-matrix")
    page.keyboard.press("Enter")
    until(page, lambda: ("agent", words) in desk.transcript(room))
    until(page, lambda: app.evaluate(TOLD)[-1] == [chat, "agent", words])
    apart(written(desk, room, "Still nothing!"))
    until(page, lambda: app.evaluate(TOLD)[-1] == [chat, "customer", "Still nothing!"])


def test_who_is_no_agent_or_does_not_prove_it_sees_nothing(visit, tools, desk):
    """A member of the room whom the connector does not name, and an agent who refuses when her client asks."""
    room = apart(begun(desk, COMPLAINT))
    for name, more, why in (
        ("mallory", {}, "forbidden: this user is none of the connector's agents"),
        ("dana", {"refuses": "yes"}, "the Matrix client gives no proof of who you are"),
    ):
        _, app, side = client(visit, tools, desk, room, name, quiet=False, **more)
        app.get_by_text(f"Not signed in: {why}").wait_for()
        side.get_by_text("Not connected").wait_for()
        assert side.locator(".phrase").count() == 0
