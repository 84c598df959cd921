"""A real Chromium, and the demo as `make run` starts it."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.small_png import small
from tests.conftest import PATIENCE, ROOT, Server, start_server, stop_server
from tests.install_browser import find

FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-lcd-text",  # grey edges of letters: pictures of half the size
]
BUSY = "Failed to load resource: the server responded with a status of 503"
expect.set_options(timeout=PATIENCE * 1000)


def until(page: Page, seen: Callable[[], bool]) -> None:
    """Waits for what only this process sees."""
    deadline = time.monotonic() + PATIENCE
    while not seen():
        assert time.monotonic() < deadline, "it never came"
        page.wait_for_timeout(20)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, or the one playwright brought."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The demo with its simulated chats, read by the encoder as newcomers see it."""
    running = start_server(tmp_path_factory.mktemp("demo"), "--reader", "encoder", command="demo")
    yield running
    stop_server(running)


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens pages of one visitor; a test fails on any console error, page error or blocked resource in them.

    A server on a busy machine may answer 503, as it promises; Chromium writes that to the console by itself.
    """
    contexts, complaints = [], list[str]()

    def opened(url: str, *, width: int = 1440, height: int = 900, scheme: str = "light") -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        page.on("console", lambda said: said.type == "error" and BUSY not in said.text and complaints.append(said.text))
        page.goto(url)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints


@pytest.fixture
def shoot(tmp_path: Path) -> Callable[[Page, str], None]:
    """Saves a screenshot: into docs/images when `STEADYHAND_SCREENSHOTS` is set, else where the test's files go."""
    folder = ROOT / "docs" / "images" if os.environ.get("STEADYHAND_SCREENSHOTS") else tmp_path

    def shot(page: Page, name: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.png").write_bytes(small(page, page.screenshot()))

    return shot
