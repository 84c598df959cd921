"""Chromium by its own protocol, for measurements: of a page, nothing is switched on but what is asked for.

A test driver listens to the page's network, and Chromium then hands it a copy of every websocket frame, in the task
that brought the frame: with a snapshot of 500 messages that alone is 25 ms of the page's own thread.
"""

import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import sync_playwright
from websockets.sync.client import ClientConnection, connect

from tests.install_browser import find

PATIENCE = 30.0  # seconds
LOOK = 0.02  # seconds between two looks at what is waited for
FLAGS = ("--headless", "--no-sandbox", "--no-first-run", "--disable-background-networking", "--remote-debugging-port=0")


class Page:
    """One page, and the browser around it where that is asked."""

    def __init__(self, line: ClientConnection, width: int, height: int) -> None:
        self._line, self._last, self._session = line, 0, ""
        self._events: list[dict[str, Any]] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.call("Emulation.setDeviceMetricsOverride", **size)
        self.call("Page.enable")

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Its result; what the browser tells meanwhile is kept."""
        self._last += 1
        session = {"sessionId": self._session} if self._session else {}
        self._line.send(json.dumps({"id": self._last, "method": method, "params": parameters, **session}))
        while (told := json.loads(self._line.recv(PATIENCE))).get("id") != self._last:
            self._events.append(told)
        if "error" in told:
            raise RuntimeError(f"{method}: {told['error']}")
        return dict(told["result"])

    def begin_with(self, script: str) -> None:
        """Run it in every document, before the document's own."""
        self.call("Page.addScriptToEvaluateOnNewDocument", source=script)

    def go(self, address: str) -> None:
        """Without waiting for anything in it."""
        self.call("Page.navigate", url=address)

    def value(self, expression: str) -> Any:
        """What it comes to in the page, after any promise."""
        found = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in found:
            raise RuntimeError(f"{expression}: {found['exceptionDetails']}")
        return found["result"].get("value")

    def until(self, expression: str) -> None:
        """Wait until it is true."""
        end = time.monotonic() + PATIENCE
        while not self.value(expression):
            if time.monotonic() > end:
                raise TimeoutError(expression)
            time.sleep(LOOK)

    @contextmanager
    def traced(self, categories: list[str]) -> Iterator[list[dict[str, Any]]]:
        """The trace's events; there when the block has ended."""
        found: list[dict[str, Any]] = []
        self.call("Tracing.start", traceConfig={"includedCategories": categories}, transferMode="ReportEvents")
        yield found
        self._events.clear()
        self.call("Tracing.end")
        while not any(told["method"] == "Tracing.tracingComplete" for told in self._events):
            self._events.append(json.loads(self._line.recv(PATIENCE)))
        for told in self._events:
            if told["method"] == "Tracing.dataCollected":
                found += told["params"]["value"]

    def close(self) -> None:
        """The page; the browser stays."""
        self.call("Page.close")


@contextmanager
def chromium() -> Iterator[ClientConnection]:
    """A browser of its own, as it is installed, and the line to it."""
    with TemporaryDirectory(prefix="steadyhand-chromium-") as name:
        command = [_path(), *FLAGS, f"--user-data-dir={name}"]
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            with connect(_address(Path(name) / "DevToolsActivePort"), max_size=None, compression=None) as line:
                yield line
        finally:
            running.terminate()
            running.wait()


def _path() -> str:
    if installed := find():
        return installed
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def _address(file: Path) -> str:
    end = time.monotonic() + PATIENCE
    while not (file.exists() and len(lines := file.read_text().splitlines()) > 1):
        if time.monotonic() > end:
            raise TimeoutError("Chromium did not say where it listens")
        time.sleep(LOOK)
    return f"ws://127.0.0.1:{lines[0]}{lines[1]}"
