"""The pages of imitated chat tools, of our apps in them, and a backend that mints tokens: one server."""

import json
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import httpx

PAGES = Path(__file__).parent / "pages"
DASHBOARD = "/app/accounts/"  # Chatwoot's own addresses, all of one page


class Handler(SimpleHTTPRequestHandler):
    """Files of the pages and of the tools' software; `POST /token` and `/hear` as an integrator's backend."""

    extensions_map: ClassVar = {**SimpleHTTPRequestHandler.extensions_map, ".js": "text/javascript"}
    server: "Tools"

    def do_GET(self):
        """A page with the addresses put in, or a file of the software."""
        path = self.path.partition("?")[0]
        if path.startswith(DASHBOARD):
            self._page(PAGES / "chatwoot_dashboard.html")
        elif path.startswith("/pages/"):
            self._page(PAGES / Path(path).name)
        else:
            super().do_GET()

    def do_POST(self):
        """The agent's own session is taken for granted here."""
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        if self.path == "/hear":
            self.server.hear(asked["conversation"], asked["text"], asked["role"])
            self._answer(b"{}", "application/json")
            return
        self.server.asked.append(asked["conversation"])
        self._answer(json.dumps({"token": self.server.mint(asked["conversation"])}).encode(), "application/json")

    def _page(self, file):
        text = file.read_text("utf-8")
        for name, address in self.server.addresses.items():
            text = text.replace(f"{{{{{name}}}}}", address)
        self._answer(text.encode(), self.guess_type(str(file)))

    def _answer(self, body, kind):
        self.send_response(200)
        self.send_header("content-type", f"{kind}; charset=utf-8")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args):
        """Nothing."""


class Tools(ThreadingHTTPServer):
    """At 127.0.0.1 the tool, at localhost our app in it, at my.lc:3000 the tool that must be called so."""

    daemon_threads = True

    def __init__(self, software: Path) -> None:
        super().__init__(("127.0.0.1", 0), partial(Handler, directory=str(software)))
        self.host = f"http://127.0.0.1:{self.server_port}"
        self.app = f"http://localhost:{self.server_port}"
        self.assist: httpx.Client | None = None
        self.asked: list[str] = []
        self.addresses = {"HOST": self.host, "APP": self.app}
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def serves(self, assist: httpx.Client) -> None:
        """The server of ours for which the pages are, and a client of it with an ingest token."""
        self.assist = assist
        self.addresses["ASSIST"] = f"{assist.base_url.scheme}://{assist.base_url.netloc.decode()}"

    def mint(self, conversation: str) -> str:
        """A token for the agent who has this chat."""
        wanted = {"subject": "dana", "conversation": conversation, "ttl": 900}
        return str(self.assist.post("embed-tokens", json=wanted).raise_for_status().json()["token"])

    def hear(self, conversation: str, text: str, role: str = "customer") -> None:
        """What the tool's webhook, or the agent's page, tells the server."""
        self.assist.put(f"conversations/{conversation}", json={"customer": {"name": "Casey"}, "agent": "dana"})
        said = {"role": role, "text": text}
        self.assist.post(f"conversations/{conversation}/messages", json=said).raise_for_status()
