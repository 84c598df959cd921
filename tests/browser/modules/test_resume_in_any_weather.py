"""Whatever is lost, repeated, cut or restarted: in the end the browser knows what the server knows, each event once."""

import pytest

pytestmark = pytest.mark.browser
EXAMPLES = 2000


def test_the_view_is_the_servers_after_any_weather(page):
    """No update twice, none after a hole, no subscription given up; and live again."""
    script = """async (count) => {
        const { weather } = await import('/tests/browser/modules/weather.js');
        const faults = [];
        for (let seed = 1; seed <= count && faults.length < 3; seed += 1) {
            const fault = await weather(seed);
            if (fault) faults.push(fault);
        }
        return faults;
    }"""
    assert page.evaluate(script, EXAMPLES) == []
