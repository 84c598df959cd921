"""Conversations for a board, and what a browser makes of its frames."""

from dataclasses import replace
from typing import Any

from app.live import new_row
from app.store.rows import ConversationRow
from tests.app.clients import Clock
from tests.app.shapes import band_of

URGENT = 600  # seconds of waiting


def row(
    clock: Clock, name: str, tension: float = 0, *, tenant: str = "t", team: str = "a", **more: Any
) -> ConversationRow:
    """A conversation in which something was said; what is no field of a row goes into its summary."""
    told = {
        key: more.pop(key) for key in ("agent", "customer_name", "customer_id", "channel", "resolved_at") if key in more
    }
    summary = {"tension": tension, "band": band_of(tension), "trend": "steady", "risk": 0.1, "cause": "delivery"}
    summary |= {"next_step": "listen", "waiting_since": None, **more}
    return replace(new_row(tenant, name, team, clock()), summary=summary, **told)
