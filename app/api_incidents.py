"""REST of incidents, under `/api/v1`: for supervisors, of their teams, and admins."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path

from app.api import In, Who, body
from app.auth import allow
from app.errors import Refused
from app.incident import IncidentChange, IncidentIn
from app.models import Id

router = APIRouter(prefix="/api/v1")
IncidentId = Annotated[Id, Path()]
Json = dict[str, Any]


@router.get("/incidents")
async def get_incidents(who: Who, rooms: In, team: str | None = None) -> Json:
    """Incidents that are live or ended within a day, and bursts: of her teams, or of one of them."""
    allow(who, "supervisor", "admin")
    if team is not None and who.role != "admin" and team not in who.teams:
        raise Refused("forbidden", f"team '{team}' is not one of your token's teams")
    seen = rooms.incidents.seen_by(who)
    return {name: [one for one in found if team in (None, one["team"])] for name, found in seen.items()}


@router.post("/incidents")
async def post_incident(who: Who, rooms: In, new: Annotated[IncidentIn, Depends(body(IncidentIn))]) -> Json:
    """A line for the sidebars of all chats of a team and a cause, from now on."""
    return dict(await rooms.incidents.open(who, new))


@router.patch("/incidents/{incident}")
async def patch_incident(
    who: Who, rooms: In, incident: IncidentId, change: Annotated[IncidentChange, Depends(body(IncidentChange))]
) -> Json:
    """Another line or status, by who has seen this revision."""
    return dict(await rooms.incidents.change(who, incident, change))


@router.post("/incidents/{incident}/end")
async def end_incident(who: Who, rooms: In, incident: IncidentId) -> Json:
    """Its end: the sidebars put it away."""
    return dict(await rooms.incidents.end(who, incident))
