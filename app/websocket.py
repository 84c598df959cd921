"""The sockets' door: the only place that knows FastAPI's `WebSocket`. One session a socket."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import Any

import structlog
from fastapi import APIRouter, WebSocket
from starlette.websockets import WebSocketDisconnect, WebSocketState

from app.auth import Principal
from app.errors import Refused
from app.jsontext import dumps
from app.newest import Newest
from app.outbox import Outbox
from app.pace import Pace
from app.protocol import (
    BAD_FIRST_FRAME,
    BAD_TOKEN,
    MAX_FRAMES,
    MAX_SUBSCRIPTIONS,
    NO_HELLO,
    NO_PONG,
    SHUTTING_DOWN,
    SLOW,
    TOO_MANY,
    WRONG_ROLE,
    ActionFrame,
    AskFrame,
    DeleteFrame,
    DraftFrame,
    EditFrame,
    ExplainFrame,
    FeedbackFrame,
    Frame,
    IngestTyping,
    MessageFrame,
    Ping,
    Protocol,
    RewriteFrame,
    Subscribe,
    TypingFrame,
    Unsubscribe,
    ref_of,
)
from app.rooms import Rooms
from app.store.rows import Unavailable
from app.subscription import Subscription

IN_FLIGHT = 200  # frames of one ingest socket that are being committed at once; all their acks fit into the outbox
LEAVE_WITHIN = 2.0  # seconds in which a session that has to leave may answer what has come in
router = APIRouter()
log = structlog.get_logger()


async def socket(websocket: WebSocket) -> None:
    """Agents, supervisors and chat tools come in here."""
    door = websocket.path_params["door"]
    if door not in ("agent", "supervisor", "ingest"):
        await websocket.close(1008)
        return
    await websocket.accept()
    await Session(websocket, door, websocket.app.state.rooms).run()


# Not by FastAPI's decorator, whose dependencies each socket would carry along for as long as it is open.
router.add_websocket_route("/ws/v1/{door}", socket)


class Session:
    """One socket from hello to goodbye."""

    def __init__(self, websocket: WebSocket, door: str, rooms: Rooms) -> None:
        self._socket = websocket
        self._rooms = rooms
        self._door = door
        self._protocol = Protocol(door, rooms.verify)
        self._outbox = Outbox(rooms.pulse.send_within)
        self._heard = asyncio.Event()
        self._watching: dict[str, Subscription] = {}
        self._room_for_more = asyncio.Semaphore(IN_FLIGHT)
        self._work: set[asyncio.Task[None]] = set()
        self._drafts = Newest()
        self._pace = Pace(MAX_FRAMES)
        self._leaving = False
        self._boarded = asyncio.Event()  # the board has been sent: what it is about comes after it

    async def run(self) -> None:
        """Until either side closes."""
        who = await self._hello()
        if who is None:
            return
        gauge = self._rooms.metrics.sockets.labels(self._door)
        gauge.inc()
        self._rooms.sessions.add(self)
        tasks = [asyncio.create_task(self._write()), asyncio.create_task(self._ping(who))]
        if self._door == "supervisor":
            tasks.append(asyncio.create_task(self._board(who)))
            tasks.append(asyncio.create_task(self._incidents(who)))
        try:
            await self._read(who)
        except (WebSocketDisconnect, RuntimeError):
            pass  # closed: by the browser, or by us while a frame was on its way
        finally:
            gauge.dec()
            self._rooms.sessions.discard(self)
            self._drafts.stop()
            for subscription in self._watching.values():
                subscription.stop()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def close(self, code: int, reason: str) -> None:
        """Close from our side; harmless when the socket is closed already."""
        self._rooms.metrics.closed.labels(str(code)).inc()
        if self._socket.application_state is not WebSocketState.DISCONNECTED:
            with suppress(RuntimeError, WebSocketDisconnect):
                await self._socket.close(code, reason)

    def tell(self, text: str) -> None:
        """Send a frame that nobody asked for; a chat tool, which only brings messages, gets none."""
        if self._door != "ingest":
            self._outbox.put(text)

    async def leave(self) -> None:
        """Take in no more, answer what has come in, then ask the browser to come again."""
        with suppress(TimeoutError):
            async with asyncio.timeout(LEAVE_WITHIN):
                for _ in range(IN_FLIGHT):
                    await self._room_for_more.acquire()
                await self._outbox.room()
        self._leaving = True
        await self.close(SHUTTING_DOWN, "shutting down")
        self._room_for_more.release()  # for the reader, if it waits with a frame that nobody is going to answer

    async def _hello(self) -> Principal | None:
        try:
            async with asyncio.timeout(self._rooms.pulse.hello_within):
                message = await self._socket.receive()
        except TimeoutError:
            await self.close(NO_HELLO, "no hello in time")
            return None
        if message["type"] == "websocket.disconnect":
            return None
        try:
            who = self._protocol.hello(text_of(message))
        except Refused as refused:
            code = {"unauthorized": BAD_TOKEN, "forbidden": WRONG_ROLE}.get(refused.code, BAD_FIRST_FRAME)
            await self._end(code, refused)
            return None
        known = {"role": who.role, "subject": who.subject, "teams": list(who.teams)}
        self._put({"type": "welcome", "epoch": self._rooms.board.epoch, **known})
        if not self._rooms.health.whole:
            self.tell(dumps(self._rooms.health.wire()))
        return who

    def _put(self, frame: dict[str, Any]) -> None:
        self._outbox.put(dumps(frame))

    async def _end(self, code: int, refused: Refused) -> None:
        """Say why, then close."""
        self._rooms.metrics.refused.labels(refused.code).inc()
        with suppress(RuntimeError, WebSocketDisconnect):
            await self._socket.send_text(dumps({"type": "error", "error": refused.wire()}))
        await self.close(code, refused.code)

    async def _write(self) -> None:
        with suppress(WebSocketDisconnect, RuntimeError):
            await self._outbox.run(self._socket.send_text)
            await self.close(SLOW, "too slow")

    async def _ping(self, who: Principal) -> None:
        pulse = self._rooms.pulse
        while True:
            left = (who.expires - self._rooms.clock()).total_seconds()
            if left <= 0:
                await self._end(BAD_TOKEN, Refused("unauthorized", "the token has expired"))
                return
            await asyncio.sleep(min(pulse.ping_every, left))
            self._heard.clear()
            self._put({"type": "ping"})
            try:
                async with asyncio.timeout(pulse.pong_within):
                    await self._heard.wait()
            except TimeoutError:
                await self.close(NO_PONG, "no pong")
                return

    async def _read(self, who: Principal) -> None:
        while True:
            message = await self._socket.receive()
            if message["type"] == "websocket.disconnect":
                return
            self._heard.set()
            if self._door != "ingest" and not self._pace.keeps(monotonic()):
                await self._end(TOO_MANY, Refused("too_many", f"more than {MAX_FRAMES} frames in a second"))
                return
            await self._room_for_more.acquire()  # a sender that outruns the commits waits here
            if self._leaving:
                return
            if self._door == "ingest":
                task = asyncio.create_task(self._answer(who, message))
                self._work.add(task)
                task.add_done_callback(self._done)
            else:
                await self._answer(who, message)
                self._room_for_more.release()

    def _done(self, task: asyncio.Task[None]) -> None:
        self._work.discard(task)
        self._room_for_more.release()

    def _refuse(self, refused: Refused, text: str) -> None:
        self._rooms.metrics.refused.labels(refused.code).inc()
        self._put({"type": "error", "error": refused.wire(), **ref_of(text)})

    async def _answer(self, who: Principal, message: Mapping[str, Any]) -> None:
        """Do what a frame asks; whatever is wrong with it is answered and the socket stays open."""
        text = message.get("text") or ""

        async def work() -> None:
            frame = self._protocol.receive(text_of(message))
            handler = HANDLERS.get(type(frame))  # a pong has been noted by being heard
            if handler:
                await handler(self, who, frame)

        await self._guarded(work, text)

    async def _guarded(self, work: Callable[[], Awaitable[None]], text: str) -> None:
        """Do the work for a frame with this text, or say what is wrong."""
        try:
            await work()
        except Refused as refused:
            self._refuse(refused, text)
        except Unavailable:
            self._refuse(Refused("unavailable", "the database does not answer now; come again"), text)
        except Exception:
            log.exception("frame_failed", door=self._door)
            self._refuse(Refused("internal", "something went wrong on our side; send it again"), text)

    def _ack(self, frame: Any, **more: Any) -> None:
        ref = {"ref": frame.ref} if frame.ref is not None else {}
        self._put({"type": "ack", "conversation": frame.conversation, **more, **ref})

    async def _subscribe(self, who: Principal, frame: Subscribe) -> None:
        previous = self._watching.pop(frame.conversation, None)
        if previous:
            previous.stop()
        self._watching = {name: watched for name, watched in self._watching.items() if not watched.ended}
        if len(self._watching) >= MAX_SUBSCRIPTIONS:
            raise Refused("invalid", f"at most {MAX_SUBSCRIPTIONS} conversations can be watched on one socket")
        subscription = Subscription(who, frame.conversation, self._rooms.views, self._outbox, self._rooms.watching)
        resume = frame.resume.model_dump() if frame.resume else None
        await subscription.start(self._rooms.backplane, resume)
        self._watching[frame.conversation] = subscription

    async def _unsubscribe(self, _: Principal, frame: Unsubscribe) -> None:
        subscription = self._watching.pop(frame.conversation, None)
        if subscription:
            subscription.stop()
        self._ack(frame)

    async def _message(self, who: Principal, frame: MessageFrame) -> None:
        receipt = await self._rooms.conversations.hear(who, frame.conversation, frame)
        self._ack(frame, id=receipt.id, seq=receipt.seq, duplicate=receipt.duplicate)

    async def _edit(self, who: Principal, frame: EditFrame) -> None:
        receipt = await self._rooms.conversations.revise(who, frame.conversation, frame.id, frame.text)
        self._ack(frame, id=receipt.id, seq=receipt.seq, duplicate=False)

    async def _delete(self, who: Principal, frame: DeleteFrame) -> None:
        receipt = await self._rooms.conversations.revise(who, frame.conversation, frame.id, None)
        self._ack(frame, id=receipt.id, seq=receipt.seq, duplicate=False)

    async def _draft(self, who: Principal, frame: DraftFrame) -> None:
        """Reviewed beside the other frames; a draft that waits while a newer one comes is told so and left."""
        about = dumps({"ref": frame.ref, "conversation": frame.conversation})

        async def review() -> None:
            answer = await self._rooms.views.draft(who, frame.conversation, frame.text)
            self._put({"type": "draft_review", "conversation": frame.conversation, "ref": frame.ref, **answer})

        def passed() -> None:
            self._refuse(Refused("superseded", "a newer draft of this conversation took its place"), about)

        self._drafts.ask(frame.conversation, partial(self._guarded, review, about), passed)
        await asyncio.sleep(0)  # a row of drafts must not keep the writer from its turn

    async def _explain(self, who: Principal, frame: ExplainFrame) -> None:
        answer = await self._rooms.views.explain(who, frame.conversation, frame.message)
        self._put({"type": "explanation", "conversation": frame.conversation, "ref": frame.ref, **answer})

    async def _rewrite(self, who: Principal, frame: RewriteFrame) -> None:
        answer = await self._rooms.asking.rewrite(who, frame.conversation, frame.text, frame.manner)
        self._put({"type": "rewritten", "conversation": frame.conversation, "ref": frame.ref, **answer})

    async def _ask(self, who: Principal, frame: AskFrame) -> None:
        answer = await self._rooms.asking.ask(who, frame.conversation, frame.text)
        self._put({"type": "answers", "conversation": frame.conversation, "ref": frame.ref, **answer})

    async def _typing(self, who: Principal, frame: TypingFrame | IngestTyping) -> None:
        await self._rooms.conversations.typing(who, frame.conversation, frame.role, on=frame.on)
        self._ack(frame)

    async def _feedback(self, who: Principal, frame: FeedbackFrame) -> None:
        await self._rooms.conversations.feedback(who, frame.conversation, frame)
        self._ack(frame)

    async def _action(self, who: Principal, frame: ActionFrame) -> None:
        await self._rooms.conversations.act(who, frame.conversation, frame)
        self._ack(frame)

    async def _pong(self, _: Principal, __: Ping) -> None:
        self._put({"type": "pong"})

    async def _board(self, who: Principal) -> None:
        """The board at once, or what she missed of it, then what changed; the next is made when the last has left."""
        feed, at = self._rooms.feed, self._protocol.board
        await self._outbox.room()
        told = (feed.resumed(who, at.epoch, at.seq) if at else None) or await feed.whole(who)
        while True:
            if told.text:
                self._outbox.put_whole([told.text])
            self._boarded.set()
            await self._outbox.room()
            told = await feed.next(who, told.seq)

    async def _incidents(self, who: Principal) -> None:
        """The incidents and bursts of her teams, after the board, where there are any, and whenever they change."""
        await self._boarded.wait()
        # Who comes again with a board may know of some that have ended since.
        told: dict[str, Any] | None = None if self._protocol.board else {"incidents": [], "bursts": []}
        while True:
            news, now = self._rooms.incidents.news, self._rooms.incidents.seen_by(who)
            if now != told:
                incidents = [_without_history(one) for one in now["incidents"]]
                self._put({"type": "incidents", "incidents": incidents, "bursts": now["bursts"]})
                told = now
            await news.wait()


def _without_history(incident: Mapping[str, Any]) -> dict[str, Any]:
    """An incident without what was done to it, which whoever wants it asks for."""
    return {name: value for name, value in incident.items() if name != "history"}


def text_of(message: Mapping[str, Any]) -> str:
    """The text of a frame as it comes in. Raises `Refused` (`bad_json`) for a binary one."""
    text = message.get("text")
    if not isinstance(text, str):
        raise Refused("bad_json", "frames are JSON text, not binary")
    return text


Handler = Callable[[Session, Principal, Any], Awaitable[None]]
HANDLERS: dict[type[Frame], Handler] = {
    Subscribe: Session._subscribe,  # noqa: SLF001 - the table of this class's own handlers
    Unsubscribe: Session._unsubscribe,  # noqa: SLF001
    MessageFrame: Session._message,  # noqa: SLF001
    EditFrame: Session._edit,  # noqa: SLF001
    DeleteFrame: Session._delete,  # noqa: SLF001
    DraftFrame: Session._draft,  # noqa: SLF001
    ExplainFrame: Session._explain,  # noqa: SLF001
    RewriteFrame: Session._rewrite,  # noqa: SLF001
    AskFrame: Session._ask,  # noqa: SLF001
    TypingFrame: Session._typing,  # noqa: SLF001
    IngestTyping: Session._typing,  # noqa: SLF001
    FeedbackFrame: Session._feedback,  # noqa: SLF001
    ActionFrame: Session._action,  # noqa: SLF001
    Ping: Session._pong,  # noqa: SLF001
}
