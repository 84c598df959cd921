"""The bridges with the tools' own SDKs: a phrase goes into the tool's box, never into another chat's."""

import pytest

pytestmark = pytest.mark.browser

COMPLAINT = "This is the third time I am writing. Where is my order? I am really angry now!"
STORY = [  # as the imitated pages show it
    ("customer", "Hello. My order was promised for Friday."),
    ("agent", "Hi Casey, let me look into it."),
    ("customer", COMPLAINT),
]


def told(tools, conversation):
    """The server hears what the tool's page shows."""
    for role, text in STORY:
        tools.hear(conversation, text, role)


def sidebar(page, *frames):
    """The sidebar's page, within the frames around it."""
    inner = page
    for frame in (*frames, "steadyhand-sidebar >> iframe"):
        inner = inner.frame_locator(frame)
    return inner


def chosen(side):
    """Click the first phrase; what it says."""
    first = side.locator(".phrase").first
    text = first.locator(".words").inner_text()
    first.locator("button.insert").click()
    return text


def test_zendesk_takes_a_phrase_by_its_own_call(visit, tools, shoot):
    """The phrase goes in by `ticket.editor.insert`, and the page hears what the customer says."""
    told(tools, "acme:1234")
    page = visit(f"{tools.host}/pages/zendesk_host.html")
    side = sidebar(page, "#app")
    text = chosen(side)
    side.get_by_text("In the reply box").wait_for()
    assert page.input_value("#reply") == text
    shoot(page, "host-zendesk")
    assert "iframe.handshake" in page.evaluate("log")
    app = page.frame_locator("#app").locator("body")
    page.evaluate("say('end-user', 'Hello?')")
    app.evaluate(
        "() => new Promise((done) => { const look = () => messages.length ? done() : setTimeout(look, 10); look(); })"
    )
    assert app.evaluate("() => messages.map(({ conversation, role, text }) => [conversation, role, text])") == [
        ["acme:1234", "customer", "Hello?"]
    ]


def test_zendesk_that_shows_another_ticket_gets_no_phrase(visit, tools):
    """Asked at the moment of the click: the app had not been told yet."""
    tools.hear("acme:1234", COMPLAINT)
    page = visit(f"{tools.host}/pages/zendesk_host.html")
    side = sidebar(page, "#app")
    side.locator(".phrase").first.wait_for()
    page.evaluate("switchTo(99)")
    chosen(side)
    side.get_by_text("another chat is open").wait_for()
    assert page.input_value("#reply") == ""


def test_livechat_takes_a_phrase_and_tells_what_the_agent_writes(visit, tools, shoot):
    """`put_message` by its SDK; the theme and the draft come over the same wire."""
    told(tools, "acme:PJ0")
    page = visit("http://my.lc:3000/pages/livechat_host.html")
    side = sidebar(page, "#app")
    text = chosen(side)
    side.get_by_text("In the reply box").wait_for()
    assert page.input_value("#reply") == text
    side.locator("html[data-theme=dark]").wait_for()
    shoot(page, "host-livechat")
    assert side.locator("textarea.draft").count() == 1
    page.fill("#reply", "Calm down, please.")
    side.locator("textarea.draft").wait_for(state="detached")


def test_livechat_that_has_gone_on_gets_no_phrase(visit, tools):
    """The sidebar follows to the chat that is open now; from the archives there is none to write in."""
    tools.hear("acme:PJ0", COMPLAINT)
    tools.hear("acme:PJ1", COMPLAINT)
    page = visit("http://my.lc:3000/pages/livechat_host.html")
    side = sidebar(page, "#app")
    side.locator(".phrase").first.wait_for()
    app = page.frame_locator("#app").locator("body")
    page.evaluate("switchTo('PJ1')")
    side.locator("steadyhand-sidebar[conversation='acme:PJ1'] .phrase").first.wait_for()
    assert app.evaluate("() => bridge.insert('late', { conversation: 'PJ0' })") == {"ok": False, "how": "moved"}
    page.evaluate("switchTo('PJ1', 'archives')")
    side.locator("steadyhand-sidebar[conversation='']").wait_for()
    assert page.input_value("#reply") == ""


def test_front_takes_a_phrase_into_the_draft(visit, tools, shoot):
    """A draft that answers the newest message, then one that grows, then a new one when that was sent."""
    told(tools, "acme:cnv_1")
    page = visit(f"{tools.host}/pages/front_host.html")
    side = sidebar(page, "#app")
    text = chosen(side)
    side.get_by_text("Added to the draft").wait_for()
    assert page.input_value("#reply") == text
    assert page.get_attribute("#reply", "data-answers") == "msg_2"
    shoot(page, "host-front")
    app = page.frame_locator("#app").locator("body")
    put = "(_, words) => bridge.insert(words, { conversation: 'cnv_1' })"
    assert app.evaluate(put, " More.") == {"ok": True, "how": "draft"}
    assert page.input_value("#reply") == f"{text} More."
    page.evaluate("sent()")
    assert app.evaluate(put, "Again.") == {"ok": True, "how": "draft"}
    assert page.input_value("#reply") == "Again."
    page.evaluate("switchTo('cnv_2')")
    side.locator("steadyhand-sidebar[conversation='acme:cnv_2']").wait_for()
    assert app.evaluate(put, "late") == {"ok": False, "how": "moved"}


def test_chatwoot_takes_a_phrase_by_paste_beside_its_messages(visit, tools, shoot):
    """Its editor keeps what the agent wrote; a note to colleagues and another conversation are left alone."""
    told(tools, "acme:17")
    page = visit(f"{tools.host}/app/accounts/1/inbox/3/conversations/17")
    side = sidebar(page)
    side.locator(".phrase").first.wait_for()
    page.locator(".ProseMirror-woot-style").click()
    page.keyboard.type("Hello Casey. ")
    text = chosen(side)
    side.get_by_text("Pasted into the reply box").wait_for()
    assert page.evaluate("written()") == f"Hello Casey. {text}"
    shoot(page, "host-chatwoot")
    module = f"{tools.addresses['ASSIST']}/static/hosts/chatwoot.js"
    put = (
        f"([text, to]) => import('{module}').then(({{ chatwoot }}) => chatwoot().insert(text, {{ conversation: to }}))"
    )
    assert page.evaluate(put, ["late", "16"]) == {"ok": False, "how": "moved"}
    page.evaluate("document.querySelector('.reply-box').classList.add('is-private')")
    assert page.evaluate(put, ["note", "17"]) == {"ok": False, "how": "none"}
    assert page.evaluate("written()") == f"Hello Casey. {text}"


def test_chatwoots_paragraphs_and_marks_stay_as_they_are(visit, tools):
    """Two paragraphs stay two; no stray backslash, nothing eaten."""
    tools.hear("acme:17", COMPLAINT)
    page = visit(f"{tools.host}/app/accounts/1/conversations/17")
    sidebar(page).locator(".phrase").first.wait_for()
    text = "You are right, and I am sorry.\n\nI will fix order #12 & <refund> now."
    module = f"{tools.addresses['ASSIST']}/static/hosts/chatwoot.js"
    put = f"(text) => import('{module}').then(({{ chatwoot }}) => chatwoot().insert(text, {{ conversation: '17' }}))"
    assert page.evaluate(put, text) == {"ok": True, "how": "paste"}
    assert page.evaluate("written()") == text


def test_the_loader_follows_chatwoots_address_and_gives_way(visit, tools):
    """Beside a conversation of its account it is there, elsewhere it is not, and folded it takes no room."""
    tools.hear("acme:17", COMPLAINT)
    tools.hear("acme:18", COMPLAINT)
    page = visit(f"{tools.host}/app/accounts/1/conversations/17")
    side = sidebar(page)
    side.locator(".phrase").first.wait_for()
    assert page.evaluate("document.getElementById('app').style.width") == "calc(100% - 340px)"
    page.evaluate("history.pushState({}, '', '/app/accounts/1/inbox/3/conversations/18')")
    side.locator("steadyhand-sidebar[conversation='acme:18'] .phrase").first.wait_for()
    page.get_by_role("button", name="Steadyhand").click()
    assert page.evaluate("document.getElementById('app').style.width") == ""
    page.evaluate("history.pushState({}, '', '/app/accounts/2/conversations/18')")
    page.locator("aside").wait_for(state="hidden")


def test_chatwoots_tab_copies_and_says_where_to_paste(visit, tools, shoot):
    """No way into the box from there: nothing promises one; the words land on the clipboard."""
    told(tools, "acme:19")
    page = visit(f"{tools.host}/pages/chatwoot_tab_host.html?id=19")
    side = sidebar(page, "#app")
    side.get_by_role("button", name="Copy phrase 1").wait_for()
    text = chosen(side)
    side.get_by_text("Copied: go to the messages and paste it").wait_for()
    shoot(page, "host-chatwoot-tab")
    page.get_by_role("button", name="Messages").click()
    page.focus("#reply")
    page.keyboard.press("Control+v")
    assert page.input_value("#reply") == text
    assert "chatwoot-dashboard-app:fetch-info" in page.evaluate("log")
    page.get_by_role("button", name="Steadyhand").click()
    page.evaluate("switchTo(19, 2)")
    side.locator("steadyhand-sidebar[conversation='']").wait_for()


def test_matrix_proves_the_agent_and_tells_messages(visit, tools):
    """The handshake, the openid token and the room's events by the widget API on both sides; phrases are copied."""
    room = "acme:!room:localhost"
    tools.hear(room, COMPLAINT)
    page = visit(f"{tools.host}/pages/matrix_host.html")
    side = sidebar(page, "#app")
    chosen(side)
    side.get_by_text("Copied: paste it in the reply box").wait_for()
    app = page.frame_locator("#app").locator("body")
    assert app.evaluate("() => context.proof.access_token") == "proof"
    page.evaluate("say('@casey:localhost', 'Hello?')")
    app.evaluate(
        "() => new Promise((done) => { const look = () => messages.length ? done() : setTimeout(look, 10); look(); })"
    )
    assert app.evaluate("() => messages.map(({ conversation, role }) => [conversation, role])") == [[room, "customer"]]


def test_rocketchat_copies_beside_its_messages(visit, tools, shoot):
    """Its frame has no way into the box; what is copied is really on the clipboard."""
    told(tools, "acme:room")
    page = visit(f"{tools.host}/pages/rocketchat_host.html")
    side = sidebar(page, "#app")
    side.get_by_role("button", name="Copy phrase 1").wait_for()
    text = chosen(side)
    side.get_by_text("Copied: paste it in the reply box").wait_for()
    page.focus("#reply")
    page.keyboard.press("Control+v")
    assert page.input_value("#reply") == text
    shoot(page, "host-rocketchat")
