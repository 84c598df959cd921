"""`/hooks/{tool}/{connector}`: what chat tools send, verified over the raw bytes and answered once it is kept."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import JSONResponse, Response
from starlette.datastructures import Headers as Received

from app.api import In
from app.chat_tools import URL, Verdict
from app.connectors import Connector
from app.errors import Refused
from app.models import Id
from app.rooms import Rooms

MAX_DELIVERY = 1024 * 1024  # bytes
WHY = {
    "bad_signature": "the signature is not of one of this connector's keys over the bytes that have come",
    "too_old": "the signature is good, but its time is more than five minutes from ours",
}
router = APIRouter(include_in_schema=False)  # no REST calls: each tool knows its own
Name = Annotated[Id, Path()]


async def whole(request: Request) -> bytes:
    """The body as it came, refused as soon as it is larger than what we read."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > MAX_DELIVERY:
            raise Refused("too_large", f"the body is larger than {MAX_DELIVERY // 1024} KiB")
        parts.append(part)
    return b"".join(parts)


async def found(rooms: Rooms, tool: str, name: str) -> Connector:
    """The connector. Raises `Refused` (`not_found`), also for one of another tool."""
    connector = await rooms.connectors.find(name)
    if connector is None or connector.tool != tool:
        raise Refused("not_found", f"there is no connector '{name}' of the tool '{tool}'")
    return connector


async def verified(
    rooms: Rooms, connector: Connector, headers: dict[str, str], raw: bytes, ending: str | None = None
) -> Verdict:
    """Whether a live key signed it, or ends the address; where none does, whether one has been changed just now."""
    now = rooms.clock().timestamp()

    def looked_at(by: Connector) -> Verdict:
        if ending is not None:
            return "ok" if by.lets_in(ending) else "bad_signature"
        return by.of_tool().verified(headers, raw, by.secrets, now)

    verdict = looked_at(connector)
    if verdict != "bad_signature":
        return verdict
    await rooms.connectors.look_again()
    renewed = await rooms.connectors.find(connector.name)
    return verdict if renewed is None or renewed == connector else looked_at(renewed)


def headers_of(request: Request, connector: Connector) -> dict[str, str]:
    """The headers, and the address that the tool called, as it is known outside."""
    received: Received = request.headers
    query = f"?{request.url.query}" if request.url.query else ""
    return {**dict(received.items()), URL: connector.url + query if connector.url else str(request.url)}


async def admitted(
    request: Request, rooms: Rooms, tool: str, name: str, *, by: str = "", ending: str | None = None
) -> tuple[Connector, dict[str, str], bytes]:
    """The connector, headers and body of a delivery that was signed, in the header *by* where there are several.

    Of a version that does not sign, the *ending* of its address stands for that.

    Raises `Refused` (`not_found`, `too_large`, `bad_signature`, `too_old`).
    """
    known = await found(rooms, tool, name)
    raw = await whole(request)
    headers = headers_of(request, known)
    verdict: str = await verified(rooms, known, headers, raw, ending) if not by or by in headers else "bad_signature"
    if verdict != "ok":
        rooms.connectors.note_aside(known, verdict, raw, request.headers)
        rooms.metrics.deliveries.labels(tool, verdict).inc()
        raise Refused(verdict, WHY[verdict])
    return known, headers, raw


@router.post("/hooks/{tool}/{connector}")
async def post_hook(request: Request, rooms: In, tool: Name, connector: Name) -> Response:
    """One delivery of a chat tool."""
    return await _taken_in(rooms, *await admitted(request, rooms, tool, connector))


@router.post("/hooks/{tool}/{connector}/{ending}")
async def post_unsigned(request: Request, rooms: In, tool: Name, connector: Name, ending: str) -> Response:
    """The same, of a version of the tool that does not sign. The ending is a secret: it is logged and shown nowhere."""
    return await _taken_in(rooms, *await admitted(request, rooms, tool, connector, ending=ending))


async def _taken_in(rooms: Rooms, known: Connector, headers: dict[str, str], raw: bytes) -> Response:
    asked = known.of_tool().asked(headers, raw)
    strange = asked is not None and known.agent(asked.by) is None  # what she points at is not ours to hear
    events = [] if strange else known.of_tool().parse(headers, raw)
    if events:
        await rooms.inbox.take(known, events)
    elif asked is None:
        rooms.connectors.note_aside(known, "ignored", raw, {name: "" for name in headers if name != URL})
    if asked:
        rooms.shortcuts.begin(known, asked)
    rooms.metrics.deliveries.labels(known.tool, "ok" if events or asked else "ignored").inc()
    answer = known.of_tool().answer(headers, raw)
    return Response(answer.body, media_type=answer.kind)


@router.put("/hooks/matrix/{connector}/_matrix/app/v1/transactions/{transaction}")
@router.put("/hooks/matrix/{connector}/transactions/{transaction}")
async def put_transaction(request: Request, rooms: In, connector: Name, transaction: str) -> Response:  # noqa: ARG001
    """The same, as homeservers send it. A transaction's id says nothing: its events are known by their own."""
    return await post_hook(request, rooms, "matrix", connector)


@router.post("/hooks/matrix/{connector}/_matrix/app/v1/ping")
async def post_ping(request: Request, rooms: In, connector: Name) -> Response:
    """Whether a homeserver can reach us."""
    return await post_hook(request, rooms, "matrix", connector)


@router.get("/hooks/matrix/{connector}/_matrix/app/v1/{kind}/{name}")
async def get_matrix(connector: str, kind: str, name: str) -> Response:  # noqa: ARG001
    """We have no users and rooms of our own."""
    return JSONResponse({"errcode": "M_NOT_FOUND", "error": "there is none"}, status_code=404)
