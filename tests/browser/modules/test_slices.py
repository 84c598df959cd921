"""A long chat is parsed and drawn slice by slice, so that no task holds the agent's keys for long."""

import pytest

from tests.browser.modules.far_server import Far, snapshot

pytestmark = pytest.mark.browser
WATCH = """window.slices = [];
const sidebar = () => document.querySelector('steadyhand-sidebar').shadowRoot;
const drawn = () => ['.phrase', '.coach'].map((part) => Boolean(sidebar().querySelector(part)));
const parse = JSON.parse;
JSON.parse = (text) => {
  const frame = parse(text);
  if (frame.type === 'snapshot') void endOfTask();
  return frame;
};
async function endOfTask() {
  for (let turn = 0; turn < 100; turn += 1) await null;
  window.slices.push(['parsed', ...drawn()]);
  new MutationObserver(() => window.slices.push(['drawn', ...drawn()]))
    .observe(sidebar(), { childList: true, subtree: true });
}"""


def test_a_chat_is_parsed_then_the_advice_is_drawn_and_what_is_below_it_last(page, port):
    """Each is a task of its own; in the end all of it is there."""
    page.add_init_script(WATCH)
    Far(page, snapshot())
    page.goto(f"http://127.0.0.1:{port}/sidebar#conversation=c&token=secret")
    page.wait_for_selector(".coach")
    slices = page.evaluate("window.slices")
    assert slices[:2] == [["parsed", False, False], ["drawn", True, False]]
    assert slices[-1] == ["drawn", True, True]
