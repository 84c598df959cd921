"""`/api/v1/connectors`: what an integrator looks at, the connectors and what has come to each; no key and no text."""

from typing import Annotated, Any

from fastapi import APIRouter, Path

from app.api import In, Who
from app.auth import allow
from app.connectors import KEPT, Aside, Connector
from app.errors import Refused
from app.inbox import masked
from app.models import Id
from app.store.inbox_rows import Delivery
from app.wire import stamp

router = APIRouter(prefix="/api/v1")


@router.get("/connectors")
async def get_connectors(who: Who, rooms: In) -> dict[str, Any]:
    """All connectors of the tenant, by name."""
    allow(who, "admin")
    await rooms.connectors.look()
    known = sorted(rooms.connectors.all(), key=lambda one: one.name)
    return {"connectors": [_shown(one) for one in known if one.tenant == who.tenant]}


def _shown(connector: Connector) -> dict[str, Any]:
    return {
        "name": connector.name,
        "tool": connector.tool,
        "team": connector.team,
        "webhook": f"/hooks/{connector.tool}/{connector.name}",
        "signed": not connector.unsigned,
        "keys": len(connector.secrets),
        "origin": connector.origin,
        "agents": len(connector.agents),
        "api": connector.api is not None,
        "writes": list(connector.writes),
    }


@router.get("/connectors/{connector}/events")
async def get_events(who: Who, rooms: In, connector: Annotated[Id, Path()]) -> dict[str, Any]:
    """The last deliveries of a connector, for its integrator; nothing of what anybody wrote."""
    allow(who, "admin")
    known = await rooms.connectors.find(connector)
    if known is None or known.tenant != who.tenant:
        raise Refused("not_found", f"there is no connector '{connector}'")
    taken = [_taken(one) for one in await rooms.store.inbox.last(known.tenant, known.name, KEPT)]
    aside = [_aside(one) for one in rooms.connectors.aside(known)]
    events = sorted((*taken, *aside), key=lambda one: str(one["received_at"]), reverse=True)[:KEPT]
    return {"connector": known.name, "tool": known.tool, "events": events}


def _taken(delivery: Delivery) -> dict[str, Any]:
    return {
        "received_at": stamp(delivery.received_at),
        "verdict": "ok",
        "state": delivery.state,
        "outcome": delivery.outcome,
        "tries": delivery.tries,
        "conversation": delivery.conversation,
        "event": masked(delivery.body) if delivery.state == "waiting" else dict(delivery.body),
    }


def _aside(one: Aside) -> dict[str, Any]:
    return {"received_at": stamp(one.at), "verdict": one.verdict, "bytes": one.size, "headers": list(one.headers)}
