"""`/hooks/intercom/{connector}/canvas`: Intercom asks for its card, when it is opened and when it is refreshed.

Answered at once, out of our own rooms. The card shows what the sidebar would; who may see a conversation in Intercom is
Intercom's to say. The link to the live panel carries a token of ours: only for agents whom the connector names.
"""

from datetime import timedelta
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from app.api import In
from app.chat_tools import Event
from app.chat_tools.asked import Asked
from app.chat_tools.fields import Json
from app.chat_tools.intercom_card import asked, card, notice
from app.connectors import Connector
from app.errors import Refused
from app.inbox import conversation_of
from app.pages import SIDEBAR
from app.rooms import Rooms
from app.store.rows import Unavailable
from app.webhooks import Name, admitted

TTL = timedelta(minutes=60)  # of the link; the card that is opened or refreshed later has a new one
EMPTY = "No messages yet. The card fills with the first one; then press Refresh."
AWAY = "Steadyhand's database does not answer now. Press Refresh in a moment."
NOBODY = "There is nothing to see here: this card is for teammates, in the details of a conversation."
UNNAMED = "The live panel needs a name for you. Your id in Intercom is {id}: have it named with --agent {id}=YOUR-NAME."
ELSEWHERE = "The live panel is with whom this chat is assigned to."
UNPLACED = "The live panel has no address: public_url is not set on the server."
router = APIRouter(include_in_schema=False)


@router.post("/hooks/intercom/{connector}/canvas")
async def post_canvas(request: Request, rooms: In, connector: Name) -> Response:
    """Initialize and submit alike: the card as it is now."""
    known, _, raw = await admitted(request, rooms, "intercom", connector, by="x-body-signature")
    wanted = asked(raw)
    if wanted is None:
        outcome, shown = "nobody", notice(NOBODY)
    else:
        try:
            outcome, shown = await _card(rooms, known, wanted)
        except Unavailable:
            outcome, shown = "failed", notice(AWAY)
    rooms.metrics.cards.labels("intercom", outcome).inc()
    return JSONResponse(shown)


async def _card(rooms: Rooms, connector: Connector, wanted: Asked) -> tuple[str, Json]:
    conversation = conversation_of(connector, Event("message", wanted.conversation))
    glance = await rooms.views.glance(connector.principal("admin"), conversation)
    if glance is None:
        return "empty", notice(EMPTY)
    subject = connector.agent(wanted.by)
    if subject is None:
        return "stranger", card(glance, remark=UNNAMED.format(id=wanted.by))
    if not rooms.settings.public_url:
        return "shown", card(glance, remark=UNPLACED)
    token = _token(rooms, connector, subject, conversation)
    try:
        await rooms.views.glance(rooms.verify(token), conversation)
    except Refused:
        return "shown", card(glance, remark=ELSEWHERE)
    return "shown", card(glance, live=_place(rooms.settings.public_url, conversation, token))


def _token(rooms: Rooms, connector: Connector, subject: str, conversation: str) -> str:
    """An embed token, for this conversation only."""
    return rooms.tokens.sign(
        role="agent",
        subject=subject,
        tenant=connector.tenant,
        teams=(connector.team,),
        now=rooms.clock(),
        ttl=TTL,
        claims={"conversation": conversation},
    )


def _place(public_url: str, conversation: str, token: str) -> str:
    """The sidebar in a window of its own; what is behind `#` is sent to no server."""
    return f"{public_url.rstrip('/')}{SIDEBAR}#{urlencode({'conversation': conversation, 'token': token})}"
