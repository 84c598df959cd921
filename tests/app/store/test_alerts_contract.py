"""What every store promises of alerts: a turn is taken once, with its event or not at all."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.store import open_store
from app.store.rows import AlertRow, Conflict, Store, Unavailable
from tests.app.store.store_samples import NOON, conversation, message

HOUR = timedelta(hours=1)


def alert(turn: int = 1, **changes: Any) -> AlertRow:
    """An alert with every field given."""
    fields = {
        "tenant": "default",
        "team": "parcels",
        "turn": turn,
        "conversation": "c-1",
        "offset": turn,
        "at": NOON + timedelta(minutes=turn),
        "kind": "risk",
        "severity": "warning",
        "score": 0.75,
        "threshold": 2 / 3,
        "text": "Risk rose from 12 % to 71 %.",
        "mail": {"subject": "Zoë Müller: risk", "text": "who\nand why\n"},
        "due_at": NOON + timedelta(minutes=turn),
        "tries": 0,
    }
    return AlertRow(**(fields | changes))


async def raised(store: Store, *alerts: AlertRow) -> None:
    """Have these raised, each in a conversation of its own."""
    for one in alerts:
        name = f"{one.tenant}-{one.team}-{one.turn}"
        row = conversation(name, tenant=one.tenant, team=one.team)
        event = message(1, kind="alert", seq=None, message_id=None, reading=None, outcome=None)
        await store.append(row, event, alert=replace(one, conversation=name, offset=1))


def turns(alerts: list[AlertRow]) -> list[tuple[str, int]]:
    """Whose they are."""
    return [(one.team, one.turn) for one in alerts]


async def test_an_alert_comes_back_as_it_was_raised(store: Store) -> None:
    """With its event in the log of its conversation, and nothing else of the conversation changed."""
    row = conversation(offset=1)
    event = message(1, kind="alert", seq=None, message_id=None, reading=None, outcome=None)
    await store.append(row, event, alert=alert())
    assert await store.desk_alerts("default", "parcels", NOON) == [alert()]
    assert await store.events("default", "c-1") == [event]
    assert await store.conversation("default", "c-1") == row


async def test_a_turn_that_is_taken_keeps_nothing_of_the_second(store: Store) -> None:
    """Neither its alert nor its event: who was second looks at the desk again."""
    await raised(store, alert(1))
    row = conversation("late")
    with pytest.raises(Conflict):
        await store.append(row, message(1), alert=alert(1, conversation="late"))
    assert await store.conversation("default", "late") is None
    assert turns(await store.desk_alerts("default", "parcels", NOON)) == [("parcels", 1)]
    await store.append(row, message(1), alert=alert(1, team="other", conversation="late"))


async def test_of_many_who_take_one_turn_one_has_it(address: str) -> None:
    """Through two stores on one database, as two workers have them."""
    one, two = await open_store(address), await open_store(address)
    try:
        for turn in range(1, 6):
            told = await asyncio.gather(
                *(
                    store.append(conversation(f"{turn}-{name}"), message(1), alert=alert(turn))
                    for store in (one, two)
                    for name in (f"{id(store)}-a", f"{id(store)}-b")
                ),
                return_exceptions=True,
            )
            assert sorted(type(answer).__name__ for answer in told) == ["Conflict"] * 3 + ["NoneType"]
        assert turns(await two.desk_alerts("default", "parcels", NOON)) == [("parcels", turn) for turn in range(1, 6)]
    finally:
        await one.close()
        await two.close()


async def test_a_desk_tells_its_last_turn_however_old_and_all_since(store: Store) -> None:
    """In the order of turns; of another team or tenant nothing."""
    old = [alert(turn, at=NOON - timedelta(days=9 - turn)) for turn in (1, 2, 3)]
    await raised(store, *old, alert(1, team="other"), alert(1, tenant="acme"))
    assert turns(await store.desk_alerts("default", "parcels", NOON)) == [("parcels", 3)]
    await raised(store, alert(4), alert(5))
    assert turns(await store.desk_alerts("default", "parcels", NOON)) == [("parcels", 4), ("parcels", 5)]
    assert turns(await store.desk_alerts("default", "parcels", alert(4).at)) == [("parcels", 5)]
    assert await store.desk_alerts("default", "nobody", NOON) == []


async def test_alerts_are_listed_newest_first_by_team(store: Store) -> None:
    """Of the teams asked for, or of all of a tenant; not older than asked for, and not more."""
    await raised(store, alert(1), alert(2), alert(1, team="other"), alert(1, team="third"), alert(1, tenant="acme"))
    assert turns(await store.alerts("default", ["parcels", "other"], NOON, 9)) == [
        ("parcels", 2), ("other", 1), ("parcels", 1),
    ]  # fmt: skip
    assert len(await store.alerts("default", None, NOON, 9)) == 4
    assert turns(await store.alerts("default", None, NOON, 1)) == [("parcels", 2)]
    assert turns(await store.alerts("default", None, alert(2).at, 9)) == [("parcels", 2)]
    assert await store.alerts("default", [], NOON, 9) == []


async def test_what_is_due_is_claimed_by_one_more_try_once(store: Store) -> None:
    """Longest due first; who counts on from another number of tries has not got it."""
    await raised(store, alert(1), alert(2, due_at=NOON), alert(3, due_at=None), alert(4, due_at=NOON + HOUR))
    due = await store.due_alerts(NOON + timedelta(minutes=5), 9)
    assert turns(due) == [("parcels", 2), ("parcels", 1)]
    assert len(await store.due_alerts(NOON + HOUR, 1)) == 1
    claimed = replace(due[0], tries=1, due_at=NOON + HOUR)
    told = await asyncio.gather(*(store.settle_alert(claimed, 0) for _ in range(3)), return_exceptions=True)
    assert sorted(type(answer).__name__ for answer in told) == ["Conflict", "Conflict", "NoneType"]
    assert turns(await store.due_alerts(NOON + timedelta(minutes=5), 9)) == [("parcels", 1)]
    await store.settle_alert(replace(claimed, due_at=None), 1)
    assert ("parcels", 2) not in turns(await store.due_alerts(NOON + 9 * HOUR, 9))


async def test_the_conversations_of_a_team_are_found(store: Store) -> None:
    """Newest update first, not older than asked for, and not more."""
    for name, team, minutes in (("a", "parcels", 1), ("b", "parcels", 3), ("c", "other", 2), ("d", "parcels", -9)):
        await store.put(conversation(name, team=team, updated_at=NOON + timedelta(minutes=minutes), revision=1))
    found = await store.team_rows("default", "parcels", NOON, 9)
    assert [row.id for row in found] == ["b", "a"]
    assert [row.id for row in await store.team_rows("default", "parcels", NOON, 1)] == ["b"]
    assert await store.team_rows("acme", "parcels", NOON, 9) == []


async def test_an_alert_that_cannot_be_kept_is_refused_at_once(store: Store) -> None:
    """A time without a zone, a turn that is none, a letter that is no JSON."""
    for wrong in ({"at": NOON.replace(tzinfo=None)}, {"turn": 0}, {"mail": {"x": float("nan")}}, {"text": "a\x00"}):
        with pytest.raises(ValueError, match=r"zone|turn|JSON|NUL"):
            await store.append(conversation(), message(1), alert=alert(**wrong))
    assert await store.conversation("default", "c-1") is None
    await store.close()
    with pytest.raises(Unavailable):
        await store.settle_alert(alert(), 0)
