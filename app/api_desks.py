"""REST for what supervisors set and see of alerts: the desk's budget, its measured quality, the alerts themselves."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from app.alert_marks import alert_wire
from app.api import In, Json, Who, body
from app.auth import Principal, allow
from app.errors import Refused
from app.models import DeskIn, Id
from app.store.rows import AlertRow, Conflict

MOST_DAYS = 30
MOST_HOURS = 7 * 24
MOST_ALERTS = 500  # of a list, the newest
router = APIRouter(prefix="/api/v1")
Team = Annotated[Id, Path()]


def _supervises(who: Principal, team: str) -> None:
    allow(who, "supervisor", "admin")
    if who.role != "admin" and team not in who.teams:
        raise Refused("forbidden", f"team '{team}' is not one of yours")


@router.get("/desks/{team}")
async def get_desk(who: Who, rooms: In, team: Team) -> Json:
    """What a desk is set to, and what follows from it."""
    _supervises(who, team)
    return await rooms.desks.state(who.tenant, team)


@router.put("/desks/{team}")
async def put_desk(who: Who, rooms: In, team: Team, desk: Annotated[DeskIn, Depends(body(DeskIn))]) -> Json:
    """How many alerts on risk an hour the desk wants at most."""
    _supervises(who, team)
    try:
        await rooms.desks.set(who.tenant, team, desk.alerts_per_hour)
    except Conflict:
        raise Refused("superseded", "somebody else has just set this desk: look at it again") from None
    return await rooms.desks.state(who.tenant, team)


@router.get("/desks/{team}/quality")
async def get_quality(who: Who, rooms: In, team: Team, days: Annotated[int, Query(ge=1, le=MOST_DAYS)] = 7) -> Json:
    """What the desk's alerts were worth."""
    _supervises(who, team)
    return await rooms.desks.quality(who.tenant, team, days)


@router.get("/alerts")
async def get_alerts(
    who: Who,
    rooms: In,
    team: Annotated[Id | None, Query()] = None,
    hours: Annotated[int, Query(ge=1, le=MOST_HOURS)] = 24,
) -> Json:
    """The alerts of her teams, or of one, newest first."""
    allow(who, "supervisor", "admin")
    if team is not None:
        _supervises(who, team)
    teams = [team] if team is not None else None if who.role == "admin" else who.teams
    since = rooms.clock() - timedelta(hours=hours)
    return {"alerts": [_wire(alert) for alert in await rooms.store.alerts(who.tenant, teams, since, MOST_ALERTS)]}


def _wire(alert: AlertRow) -> Json:
    where = {"conversation": alert.conversation, "team": alert.team, "turn": alert.turn}
    return {**where, **alert_wire(alert), "mail": dict(alert.mail)}
