"""`POST /api/v1/ingest/messages`: a batch of messages, signed by Standard Webhooks instead of a token."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from app.api import In
from app.chat_tools import Verdict
from app.connectors import Connector
from app.errors import Refused
from app.jsontext import loads, valid
from app.models import Id, MessageIn
from app.rooms import Rooms
from app.webhooks import WHY, headers_of, verified, whole

TOOLS = ("generic", "agent-assist")  # whose keys are good here
MOST = 500  # messages of a batch
AWAY = "unavailable"
router = APIRouter(prefix="/api/v1")


class Batch(BaseModel):
    """What is signed; each message is looked at by itself."""

    model_config = ConfigDict(extra="ignore")

    messages: Annotated[list[dict[str, Any]], Field(max_length=MOST)]


class Said(MessageIn):
    """One message and where it was said."""

    conversation: Id


@router.post("/ingest/messages")
async def post_messages(request: Request, rooms: In) -> dict[str, Any]:
    """Each message in its turn; answered after all are committed."""
    raw = await whole(request)
    connector = await _signer(request, rooms, raw)
    batch = valid(Batch, loads(raw))
    delivery = request.headers["webhook-id"]
    who = connector.principal()
    results = []
    for place, message in enumerate(batch.messages):
        message.setdefault("id", f"{delivery[:150]}-{place}")  # the same in every retry
        try:
            said = valid(Said, message)
            receipt = await rooms.conversations.hear(who, said.conversation, said)
        except Refused as refused:
            if refused.code == AWAY:
                raise
            results.append({"id": message["id"], "error": refused.wire()})
        else:
            results.append({"id": receipt.id, "seq": receipt.seq, "duplicate": receipt.duplicate})
    return {"messages": results}


async def _signer(request: Request, rooms: Rooms, raw: bytes) -> Connector:
    """The connector that is named, or else the one whose key signed it. Raises `Refused`."""
    name = request.headers.get("steadyhand-connector") or request.query_params.get("connector")
    verdict: Verdict = "bad_signature"
    for connector in await _candidates(rooms, name):
        found = await verified(rooms, connector, headers_of(request, connector), raw)
        if found == "ok":
            rooms.metrics.deliveries.labels(connector.tool, found).inc()
            return connector
        verdict = "too_old" if found == "too_old" else verdict
        if name:
            rooms.connectors.note_aside(connector, found, raw, request.headers)
            rooms.metrics.deliveries.labels(connector.tool, found).inc()
    raise Refused(verdict, WHY[verdict])


async def _candidates(rooms: Rooms, name: str | None) -> list[Connector]:
    if name:
        connector = await rooms.connectors.find(name)
        return [connector] if connector and connector.tool in TOOLS else []
    if not any(rooms.connectors.of(tool) for tool in TOOLS):
        await rooms.connectors.look_again()
    return [connector for tool in TOOLS for connector in rooms.connectors.of(tool)]
