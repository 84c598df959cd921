"""`POST /api/v1/connectors/{name}/openid`: a token for the sidebar, for the OpenID token of a Matrix user."""

from fnmatch import fnmatchcase
from typing import Annotated, Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import AfterValidator, StringConstraints

from app.api import In, raw_body
from app.connectors import Connector
from app.jsontext import loads, valid
from app.models import Id, Incoming, printable
from app.openid import TTL
from app.webhooks import Name, found

MAX_BODY = 8 * 1024  # bytes
PREFLIGHT = {"Access-Control-Allow-Methods": "POST", "Access-Control-Allow-Headers": "content-type"}
router = APIRouter(prefix="/api/v1")


class Proof(Incoming):
    """What a Matrix client gives a widget, as it is, and the chat that the sidebar is for."""

    access_token: Annotated[str, StringConstraints(min_length=1, max_length=4_000), AfterValidator(printable)]
    matrix_server_name: Id
    conversation: Id | None = None


@router.post("/connectors/{connector}/openid")
async def post_openid(request: Request, rooms: In, connector: Name) -> dict[str, Any]:
    """What the widget's page asks, which has no backend of its own."""
    known = await found(rooms, "matrix", connector)
    _let(request, known)
    proof = valid(Proof, loads(await raw_body(request, MAX_BODY)))
    token = await rooms.openid.token(known, proof.access_token, proof.matrix_server_name, proof.conversation)
    return {"token": token, "expires_in": int(TTL.total_seconds())}


@router.options("/connectors/{connector}/openid", include_in_schema=False)
async def ask_openid(request: Request, rooms: In, connector: Name) -> Response:
    """Whether a page may ask, which browsers want to know first."""
    _let(request, await found(rooms, "matrix", connector))
    return Response(status_code=204, headers=PREFLIGHT)


def _let(request: Request, connector: Connector) -> None:
    """Let the connector's own pages, and no others, read the answer, also where it is an error."""
    origin = request.headers.get("origin", "")
    if fnmatchcase(origin.lower(), connector.origin):
        request.state.headers = {"Access-Control-Allow-Origin": origin, "Vary": "Origin"}
