"""Who may frame the sidebar, on three origins of this machine; and that it needs neither cookies nor storage."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.browser.conftest import FLAGS
from tests.conftest import PATIENCE, free_port, start_server, stop_server
from tests.install_browser import find

pytestmark = pytest.mark.browser

DESKS = ("127.0.0.1", "127.0.0.2", "127.0.0.3")  # the first is allowed
PAGE = """<!doctype html><title>desk</title><link rel="icon" href="data:,">
<steadyhand-sidebar conversation="c-17" style="height: 700px"></steadyhand-sidebar>
<script src="{assist}/static/embed.js"></script>
<script>document.querySelector("steadyhand-sidebar").setToken("{token}")</script>"""
AROUND = (
    '<!doctype html><title>around</title><link rel="icon" href="data:,"><iframe src="{desk}" width="400" height="720">'
)


class Desk(ThreadingHTTPServer):
    """One page that embeds the sidebar, and one around the allowed desk's page."""

    daemon_threads = True

    def __init__(self, host, port):
        super().__init__((host, port), Page)
        self.address, self.pages = f"http://{host}:{port}", {}
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Page(BaseHTTPRequestHandler):
    """Any page that its desk has."""

    def do_GET(self):
        """Its text."""
        body = self.server.pages[self.path].encode()
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args):
        """Nothing."""


@pytest.fixture(scope="module")
def desks(tmp_path_factory):
    """Three origins, of which the server knows one; the server itself is on a site of another name."""
    port = free_port()
    running = [Desk(host, port) for host in DESKS]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STEADYHAND_FRAME_ANCESTORS", running[0].address)
        server = start_server(tmp_path_factory.mktemp("framed"))
    with server.client("ingest", subject="desk") as client:
        client.put("conversations/c-17", json={"customer": {"name": "Mara"}, "agent": "dana"})
        said = {"role": "customer", "text": "This is the third time I am writing. Where is my order?"}
        client.post("conversations/c-17/messages", json=said)
        token = client.post("embed-tokens", json={"subject": "dana", "conversation": "c-17"}).json()["token"]
    for desk in running:
        desk.pages["/"] = PAGE.format(assist=server.base.replace("127.0.0.1", "localhost"), token=token)
        desk.pages["/around"] = AROUND.format(desk=running[0].address)
    yield [desk.address for desk in running]
    for desk in running:
        desk.shutdown()
    stop_server(server)


@pytest.fixture(scope="module")
def guarded(browser, tmp_path_factory):
    """A browser whose user has forbidden cookies of third parties."""
    profile = tmp_path_factory.mktemp("profile")
    (profile / "Default").mkdir()
    wish = {"profile": {"cookie_controls_mode": 1, "block_third_party_cookies": True}}
    (profile / "Default" / "Preferences").write_text(json.dumps(wish))
    running = browser.browser_type.launch_persistent_context(profile, executable_path=find(), args=FLAGS)
    running.set_default_timeout(PATIENCE * 1000)
    yield running
    running.close()


def errors_of(page):
    """What the page logs as an error from now on."""
    said = []
    page.on("console", lambda line: line.type == "error" and said.append(line.text))
    return said


def test_the_allowed_origin_shows_the_sidebar_without_any_cookie(guarded, desks):
    """Third-party cookies are forbidden here: the frame cannot keep one, and works all the same."""
    page = guarded.new_page()
    errors = errors_of(page)
    page.goto(desks[0])
    side = page.frame_locator("steadyhand-sidebar >> iframe")
    side.locator(".phrase").first.wait_for()
    keep = "() => { document.cookie = 'kept=1; SameSite=None; Secure'; return document.cookie; }"
    assert side.locator("body").evaluate(keep) == ""
    assert guarded.cookies() == []
    assert errors == []
    page.close()


def test_without_storage_it_works_and_forgets(guarded, desks):
    """Where the browser forbids the frame's storage altogether, nothing is missing but memory over a reload."""
    page = guarded.new_page()
    page.add_init_script(
        """const get = () => { throw new DOMException("forbidden", "SecurityError"); };
           for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, { get });"""
    )
    errors = errors_of(page)
    page.goto(desks[0])
    side = page.frame_locator("steadyhand-sidebar >> iframe")
    side.locator(".phrase").first.locator("button.insert").click()
    side.get_by_text("Copied: paste it in the reply box").wait_for()
    assert errors == []
    page.close()


@pytest.mark.parametrize("desk", [1, 2])
def test_any_other_origin_is_refused(guarded, desks, desk):
    """The browser will not draw it: another address is another origin, though it is the same machine and port."""
    page = guarded.new_page()
    with page.expect_console_message(lambda said: "frame-ancestors" in said.text):
        page.goto(desks[desk])
    assert page.frame_locator("steadyhand-sidebar >> iframe").locator("steadyhand-sidebar").count() == 0
    page.close()


def test_a_page_around_the_allowed_one_is_refused_too(guarded, desks):
    """Every ancestor counts: nobody gets the sidebar by framing a desk that may."""
    page = guarded.new_page()
    with page.expect_console_message(lambda said: "frame-ancestors" in said.text):
        page.goto(f"{desks[1]}/around")
    page.close()
