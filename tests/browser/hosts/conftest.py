"""A browser that knows the tools' names, the imitated tools, and a really running server that lets them frame it."""

import pytest

from tests.browser.conftest import FLAGS
from tests.conftest import PATIENCE, start_server, stop_server
from tests.hosts.software import software
from tests.hosts.tools import Tools
from tests.install_browser import find

DENIED = "Clipboard API has been blocked"  # by the tool's frame: the old command is tried then
LIVECHAT = "http://my.lc:3000"  # the one development host that its SDK talks to


@pytest.fixture(scope="package")
def tools():
    """The pages of all tools; skipped where their software cannot be had."""
    running = Tools(software())
    yield running
    running.shutdown()


@pytest.fixture(scope="package")
def assist(tools, tmp_path_factory):
    """Our server, framed by the tools' pages and by our apps in them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STEADYHAND_FRAME_ANCESTORS", f"{tools.host},{tools.app},{LIVECHAT}")
        running = start_server(tmp_path_factory.mktemp("assist"))
    with running.client("ingest", subject="desk") as client:
        tools.serves(client)
        yield running
    stop_server(running)


@pytest.fixture(scope="package")
def tool_browser(tools, browser):
    """Chromium, with LiveChat's name for this machine and cookies of third parties forbidden."""
    rules = f"--host-resolver-rules=MAP my.lc:3000 127.0.0.1:{tools.server_port}"
    flags = (rules, "--test-third-party-cookie-phaseout")
    running = browser.browser_type.launch(executable_path=find(), args=[*FLAGS, *flags])
    yield running
    running.close()


@pytest.fixture
def visit(tool_browser, assist, tools):
    """Opens pages; a test fails on any error in them, but for what a tool logs by itself (`quiet=False`)."""
    contexts, faults = [], []

    def opened(url, *, quiet=True):
        contexts.append(tool_browser.new_context(viewport={"width": 1200, "height": 820}))
        page = contexts[-1].new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.on("pageerror", lambda error: faults.append(f"error: {error}"))
        if quiet:
            page.on(
                "console",
                lambda said: (
                    said.type == "error" and DENIED not in said.text and faults.append(f"console: {said.text}")
                ),
            )
        page.goto(url)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not faults
