"""REST under `/api/v1/teams`: what a team had and has to carry, by the hour."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query

from app.api import In, Who
from app.models import Id

router = APIRouter(prefix="/api/v1")


@router.get("/teams/{team}/hours")
async def get_hours(
    who: Who, rooms: In, team: Annotated[Id, Path()], hours: Annotated[int, Query(ge=1, le=168)] = 24
) -> dict[str, Any]:
    """Volume, heat, causes and recoveries by the hour."""
    return await rooms.team.hours(who, team, hours)
