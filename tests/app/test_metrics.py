"""What operators watch: every number moves when its thing happens, and two apps in one process do not mix."""

import re
from pathlib import Path

import httpx

from app.metrics import Metrics
from tests.app.clients import browser, house
from tests.app.shapes import is_error


def numbers(text: str) -> dict[str, float]:
    """Sample -> value."""
    found = re.findall(r"^(steadyhand\w*(?:\{[^}]*\})?) ([0-9.e+-]+)$", text, re.MULTILINE)
    return {name: float(value) for name, value in found}


async def test_every_metric_moves_with_its_thing(tmp_path: Path, chat: str):
    """Messages, repeats, refusals, sockets, tiles, loads; none holds the name of a conversation or a customer."""
    async with (
        house(tmp_path) as home,
        home.client("ingest") as tool,
        httpx.AsyncClient(base_url=home.base, verify=False) as client,
    ):
        message = {"role": "customer", "text": "hello", "id": "m1"}
        for _ in range(2):
            await tool.post(f"/conversations/{chat}/messages", json=message)
        is_error((await tool.get(f"/conversations/{chat}")).json(), "forbidden")
        async with browser(home.ws, "agent", home.token("agent")) as ann:
            is_error(await ann.ask("nonsense"), "bad_json")
            answer = await client.get("/metrics")
            assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
            now = numbers(answer.text)
        assert now['steadyhand_messages_total{role="customer"}'] == 1
        assert now["steadyhand_duplicates_total"] == 1
        assert now['steadyhand_refused_total{code="forbidden"}'] == 1
        assert now['steadyhand_refused_total{code="bad_json"}'] == 1
        assert now['steadyhand_sockets{role="agent"}'] == 1
        assert now["steadyhand_live_conversations"] == 1
        assert now['steadyhand_playbook_loads_total{outcome="loaded"}'] == 1
        assert now["steadyhand_hear_seconds_count"] == 1
        assert now["steadyhand_commit_seconds_count"] == 1
        assert chat not in answer.text
        async with browser(home.ws, "agent", home.token("agent", seconds=2.5)) as short:
            assert await short.closed() == 4501
        assert numbers((await client.get("/metrics")).text)['steadyhand_sockets_closed_total{code="4501"}'] == 1


def test_two_apps_do_not_mix():
    """Each has a registry of its own."""
    one, two = Metrics(), Metrics()
    one.duplicates.inc()
    assert numbers(two.text().decode())["steadyhand_duplicates_total"] == 0
