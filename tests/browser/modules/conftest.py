"""The files of the pages, served on two origins without the server behind them."""

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from tests.conftest import PATIENCE, ROOT

STATIC = ROOT / "static"
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "font-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors http://localhost:*; "
    "require-trusted-types-for 'script'; trusted-types lit-html"
)
BLANK = '<!doctype html><title>blank</title><link rel="icon" href="data:,">'
HOST = """<!doctype html><title>host</title><link rel="icon" href="data:,">
<textarea id="reply"></textarea><div id="side"></div>
<script src="http://127.0.0.1:PORT/static/embed.js"></script>
<script src="http://127.0.0.1:PORT/static/embed.js"></script>"""

TAG = """<script src="http://127.0.0.1:PORT/static/embed.js" data-container="#side" data-conversation="c"
  data-input="#reply" data-theme="dark" data-token-url="/steadyhand/token"></script>"""
BOX = '<textarea id="reply"></textarea><div id="side" style="height: 600px"></div>'
HEAD = '<!doctype html><title>desk</title><link rel="icon" href="data:,">'
HOSTS = {"/host": HOST, "/tag-behind": HEAD + BOX + TAG, "/tag-before": HEAD + TAG + BOX, "/tag-alone": HEAD + TAG}


class Pages(SimpleHTTPRequestHandler):
    """The repository's files, `/sidebar` under the real policy, and host pages that embed it."""

    extensions_map: ClassVar = {**SimpleHTTPRequestHandler.extensions_map, ".js": "text/javascript"}

    def do_GET(self):
        name = self.path.partition("?")[0]
        if name == "/blank":
            return self._page(BLANK)
        if name in HOSTS:
            return self._page(HOSTS[name].replace("PORT", str(self.server.server_port)))
        if name == "/sidebar":
            return self._page((STATIC / "sidebar.html").read_text("utf-8"), CSP)
        return super().do_GET()

    def _page(self, text, policy=None):
        body = text.encode()
        self.send_response(200)
        self.send_header("content-type", "text/html; charset=utf-8")
        self.send_header("content-length", str(len(body)))
        if policy:
            self.send_header("content-security-policy", policy)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args):
        pass


@pytest.fixture(scope="module")
def port():
    """Where they are: 127.0.0.1 is the server's origin, localhost the host's."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Pages, directory=ROOT))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()


@pytest.fixture
def page(browser, port):
    """A blank page; the test fails on any error in it or in what it is sent to."""
    context = browser.new_context(viewport={"width": 340, "height": 860})
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda line: page.faults.append(line.text) if line.type == "error" else None)
    page.goto(f"http://127.0.0.1:{port}/blank")
    yield page
    context.close()
    assert page.faults == []
