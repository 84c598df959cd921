"""What every store promises of the documents that supervisors share."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from app.store.rows import Conflict, Document, Store, Unavailable
from tests.app.store.store_samples import NOON

DESK = Document("default", "desk", "support", {"alerts_per_hour": 6, "why": "«quiet» \x00"}, NOON)


async def test_a_document_comes_back_as_it_was_put(store: Store) -> None:
    """With its JSON, its time and its revision; others of its kind beside it, and none of another kind."""
    other = replace(DESK, tenant="acme")
    await store.put_document(DESK)
    await store.put_document(other)
    await store.put_document(replace(DESK, kind="incident"))
    assert sorted(await store.documents("desk"), key=lambda one: one.tenant) == [other, DESK]
    assert await store.documents("nothing") == []


async def test_the_next_revision_replaces_the_one_before(store: Store) -> None:
    """Only the body, the time and the revision are new."""
    await store.put_document(DESK)
    later = replace(DESK, body={"alerts_per_hour": 0}, updated_at=NOON + timedelta(days=1), revision=2)
    await store.put_document(later)
    assert await store.documents("desk") == [later]


@pytest.mark.parametrize("revision", [1, 3])
async def test_another_revision_is_refused(store: Store, revision: int) -> None:
    """Who has not seen the last change may not make the next one."""
    await store.put_document(DESK)
    with pytest.raises(Conflict):
        await store.put_document(replace(DESK, body={}, revision=revision))
    assert await store.documents("desk") == [DESK]


async def test_of_two_at_once_one_wins(store: Store) -> None:
    """The other is told, and nothing of hers is kept."""
    await store.put_document(DESK)
    rivals = [replace(DESK, body={"by": name}, revision=2) for name in ("one", "two", "three")]
    told = await asyncio.gather(*map(store.put_document, rivals), return_exceptions=True)
    assert sorted(type(answer).__name__ for answer in told) == ["Conflict", "Conflict", "NoneType"]
    assert await store.documents("desk") == [rivals[told.index(None)]]


async def test_a_document_that_cannot_be_kept_is_refused_at_once(store: Store) -> None:
    """NaN is no JSON, and a time without a zone is no moment."""
    with pytest.raises(ValueError, match="JSON"):
        await store.put_document(replace(DESK, body={"level": float("nan")}))
    with pytest.raises(ValueError, match="zone"):
        await store.put_document(replace(DESK, updated_at=NOON.replace(tzinfo=None)))


async def test_a_closed_store_takes_none(store: Store) -> None:
    """The sender is told to come again."""
    await store.close()
    with pytest.raises(Unavailable):
        await store.put_document(DESK)
