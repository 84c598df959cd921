"""REST under `/api/v1`: the calls that DESIGN fixes. Bodies are JSON, read strictly and within a bound."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Annotated, Any, Literal, TypeVar

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from pydantic import BaseModel

from app.auth import Principal, allow, sees
from app.errors import Refused
from app.heatmap import ORDERS, HeatmapAsked
from app.jsontext import dumps, loads, valid
from app.models import (
    ActionIn,
    ConversationIn,
    DraftIn,
    EditIn,
    EmbedIn,
    FeedbackIn,
    Id,
    MessageIn,
    QuestionIn,
    RewriteIn,
    TypingIn,
)
from app.rooms import Rooms
from app.tile import Tile

MAX_BODY = 256 * 1024  # bytes
router = APIRouter(prefix="/api/v1")
Json = dict[str, Any]
Model = TypeVar("Model", bound=BaseModel)
ConversationId = Annotated[Id, Path()]
MessageId = Annotated[Id, Path()]
OF_TEAM = ("agent", "supervisor", "admin")


def rooms_of(request: Request) -> Rooms:
    """The rooms of the app that serves the request."""
    rooms: Rooms = request.app.state.rooms
    return rooms


def bearer(request: Request) -> Principal:
    """Who calls, by the bearer token of the `Authorization` header. Raises `Refused` (`unauthorized`)."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Refused("unauthorized", "a bearer token is needed")
    return rooms_of(request).verify(token.strip())


async def raw_body(request: Request, most: int = MAX_BODY) -> bytes:
    """The body, refused as soon as it is larger than what we read, in bytes."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Refused("unsupported_media_type", "the body must be application/json")
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > most:
            raise Refused("too_large", f"the body is larger than {most // 1024} KiB")
        parts.append(part)
    return b"".join(parts)


Who = Annotated[Principal, Depends(bearer)]
In = Annotated[Rooms, Depends(rooms_of)]


def body(model: type[Model]) -> Callable[..., Awaitable[Model]]:
    """A dependency that reads the body as a model; the token is looked at first."""

    async def read(request: Request, _: Who) -> Model:
        return valid(model, loads(await raw_body(request)))

    return read


@router.put("/conversations/{conversation}")
async def put_conversation(
    who: Who, rooms: In, conversation: ConversationId, told: Annotated[ConversationIn, Depends(body(ConversationIn))]
) -> Json:
    """Who is in it; the fields given are merged in."""
    row = await rooms.conversations.put(who, conversation, told)
    return {
        "conversation": row.id,
        "customer": {"id": row.customer_id, "name": row.customer_name},
        "agent": row.agent,
        "team": row.team,
        "channel": row.channel,
        "locale": row.locale,
        "slots": dict(row.slots),
    }


@router.post("/conversations/{conversation}/messages")
async def post_message(
    who: Who, rooms: In, conversation: ConversationId, message: Annotated[MessageIn, Depends(body(MessageIn))]
) -> Json:
    """One message; answered after it is committed."""
    return (await rooms.conversations.hear(who, conversation, message)).wire()


@router.patch("/conversations/{conversation}/messages/{message}")
async def edit_message(
    who: Who,
    rooms: In,
    conversation: ConversationId,
    message: MessageId,
    edit: Annotated[EditIn, Depends(body(EditIn))],
) -> Json:
    """A new text for a message."""
    return (await rooms.conversations.revise(who, conversation, message, edit.text)).wire()


@router.delete("/conversations/{conversation}/messages/{message}")
async def delete_message(who: Who, rooms: In, conversation: ConversationId, message: MessageId) -> Json:
    """A message taken back."""
    return (await rooms.conversations.revise(who, conversation, message, None)).wire()


@router.post("/conversations/{conversation}/typing")
async def post_typing(
    who: Who, rooms: In, conversation: ConversationId, typing: Annotated[TypingIn, Depends(body(TypingIn))]
) -> Json:
    """Who is typing."""
    await rooms.conversations.typing(who, conversation, typing.role, on=typing.on)
    return {"ok": True}


@router.get("/conversations/{conversation}")
async def get_conversation(who: Who, rooms: In, conversation: ConversationId) -> Json:
    """The state and the advice."""
    return await rooms.views.state(who, conversation)


@router.get("/conversations/{conversation}/transcript")
async def get_transcript(who: Who, rooms: In, conversation: ConversationId) -> Json:
    """Every message with its reading."""
    return await rooms.views.transcript(who, conversation)


@router.get("/conversations/{conversation}/record")
async def get_record(
    who: Who,
    rooms: In,
    conversation: ConversationId,
    form: Annotated[Literal["json", "md"], Query(alias="format")] = "json",
) -> Response:
    """The documentation of a conversation."""
    record = await rooms.views.record(who, conversation)
    if form == "md":
        return PlainTextResponse(record.as_markdown(), media_type="text/markdown")
    return JSONResponse(record.as_json())


@router.get("/conversations/{conversation}/brief")
async def get_brief(
    who: Who,
    rooms: In,
    conversation: ConversationId,
    form: Annotated[Literal["json", "md"], Query(alias="format")] = "json",
) -> Response:
    """The brief for whoever takes a conversation over."""
    brief = await rooms.views.brief(who, conversation)
    if form == "md":
        return PlainTextResponse(brief.as_markdown(), media_type="text/markdown")
    return JSONResponse(brief.as_json())


@router.get("/conversations/{conversation}/messages/{message}/explanation")
async def get_explanation(who: Who, rooms: In, conversation: ConversationId, message: MessageId) -> Json:
    """Why the tension is what it is after a message."""
    return await rooms.views.explain(who, conversation, message)


@router.post("/conversations/{conversation}/drafts")
async def post_draft(
    who: Who, rooms: In, conversation: ConversationId, draft: Annotated[DraftIn, Depends(body(DraftIn))]
) -> Json:
    """The coach's review of a draft."""
    allow(who, *OF_TEAM)
    return await rooms.views.draft(who, conversation, draft.text)


@router.post("/conversations/{conversation}/rewrites")
async def post_rewrite(
    who: Who, rooms: In, conversation: ConversationId, asked: Annotated[RewriteIn, Depends(body(RewriteIn))]
) -> Json:
    """The agent's own text in another manner."""
    allow(who, *OF_TEAM)
    return await rooms.asking.rewrite(who, conversation, asked.text, asked.manner)


@router.post("/conversations/{conversation}/questions")
async def post_question(
    who: Who, rooms: In, conversation: ConversationId, asked: Annotated[QuestionIn, Depends(body(QuestionIn))]
) -> Json:
    """Answers out of playbooks and transcript."""
    allow(who, *OF_TEAM)
    return await rooms.asking.ask(who, conversation, asked.text)


@router.post("/conversations/{conversation}/feedback")
async def post_feedback(
    who: Who, rooms: In, conversation: ConversationId, verdict: Annotated[FeedbackIn, Depends(body(FeedbackIn))]
) -> Json:
    """What the agent did with a suggestion."""
    allow(who, *OF_TEAM)
    await rooms.conversations.feedback(who, conversation, verdict)
    return {"ok": True}


@router.post("/conversations/{conversation}/actions")
async def post_action(
    who: Who, rooms: In, conversation: ConversationId, action: Annotated[ActionIn, Depends(body(ActionIn))]
) -> Json:
    """Something that a person does to a conversation."""
    allow(who, *OF_TEAM)
    await rooms.conversations.act(who, conversation, action)
    return {"ok": True}


@router.get("/conversations/{conversation}/actions")
async def get_actions(who: Who, rooms: In, conversation: ConversationId) -> Json:
    """Everything that people did to a conversation."""
    return await rooms.views.actions(who, conversation)


@router.get("/heatmap")
async def get_heatmap(who: Who, rooms: In, asked: Annotated[HeatmapAsked, Query()]) -> Response:
    """The tiles of her teams, hottest first unless asked otherwise."""
    allow(who, "supervisor", "admin")
    now = rooms.clock().timestamp()

    def wanted(tile: Tile) -> bool:
        return sees(who, tile.row) and asked.keeps(tile, now)

    seq, tiles = await rooms.board.snapshot(who.tenant, wanted, ORDERS[asked.order])
    head = dumps({"epoch": rooms.board.epoch, "seq": seq})
    return Response(f'{head[:-1]},"tiles":[{",".join(tiles)}]}}', media_type="application/json")


@router.post("/embed-tokens")
async def post_embed_token(who: Who, rooms: In, asked: Annotated[EmbedIn, Depends(body(EmbedIn))]) -> Json:
    """A short-lived agent token for a sidebar, asked for by the host's backend."""
    allow(who, "ingest", "admin")
    ttl = timedelta(seconds=asked.ttl)
    scope: Json = {"conversation": asked.conversation} if asked.conversation else {}
    if who.role != "admin":
        scope["confined"] = True
    token = rooms.tokens.sign(
        role="agent",
        subject=asked.subject,
        tenant=who.tenant,
        teams=who.teams,
        now=rooms.clock(),
        ttl=ttl,
        claims=scope,
    )
    return {"token": token, "expires_in": asked.ttl}
