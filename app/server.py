"""The composition root: the only place that names concrete parts and puts them together."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import httpx
import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from app import (
    api,
    api_connectors,
    api_desks,
    api_incidents,
    api_ingest,
    api_openid,
    api_team,
    canvas,
    demo,
    notify,
    owed,
    pages,
    silence,
    webhooks,
    websocket,
)
from app.alerts import Alerts
from app.asking import Asking
from app.auth import Tokens
from app.backplane import Backplane, open_backplane
from app.board import Board
from app.connectors import Connectors
from app.conversations import Conversations
from app.desks import Desks
from app.errors import STATUS, Refused
from app.feed import Feed
from app.health import Health
from app.inbox import Inbox
from app.incidents import Incidents
from app.language import language_model
from app.learned import Weights
from app.metrics import Metrics
from app.missed import Missed
from app.neighbours import Neighbours
from app.notify import board_link
from app.openid import OpenId
from app.pack import static
from app.playbook_sets import PlaybookSets
from app.protocol import PULSE, Pulse
from app.publishing import Publishing
from app.reach import client
from app.rooms import Rooms
from app.scoring import Score, Scoring, unscored
from app.settings import ReaderName, Settings, cores, resource
from app.shortcuts import Shortcuts
from app.store import open_store
from app.store.rows import Store, Unavailable
from app.subscription import Watching
from app.team import Team
from app.views import Views
from app.write_back import WriteBack
from assist.signals.reader import Reader
from assist.signals.sentiment import SentimentAnalyzer

if TYPE_CHECKING:
    from app.encoder import Encoder

SCORING = 4  # threads that score, at most; one core is left to the event loop
SWEEP_EVERY = 5.0  # seconds between two looks for tiles that are over
RETRY_AFTER = "2"  # seconds, told to senders while the database is away
log = structlog.get_logger()


def now_utc() -> datetime:
    """The clock of a running server."""
    return datetime.now(UTC)


def create_app(
    settings: Settings,
    *,
    store: Store | None = None,
    backplane: Backplane | None = None,
    clock: Callable[[], datetime] = now_utc,
    pulse: Pulse = PULSE,
) -> FastAPI:
    """A server as an ASGI app.

    Raises `PlaybookProblems`, `BadWeights` or `Refused` (an unknown backplane) at once; `StoreError` when it starts up.
    """
    metrics = Metrics()
    weights = Weights()
    reader = Reader(SentimentAnalyzer(), weights.learned(), identify=language_model())
    playbooks = PlaybookSets(settings.playbooks, reader, metrics, settings.pack, settings.teams)
    encoder = weights.encoder() if settings.reader is ReaderName.ENCODER else None
    carrier = backplane or open_backplane(settings.backplane)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        opened = store or await open_store(settings.database, outbox=carrier.shared)
        async with _scores(encoder, metrics) as scores, client() as over:
            rooms = _rooms(
                settings,
                opened,
                carrier,
                over=over,
                clock=clock,
                pulse=pulse,
                metrics=metrics,
                playbooks=playbooks,
                scores=scores,
            )
            app.state.rooms = rooms
            neighbours = _neighbours(rooms)
            await carrier.start(neighbours)
            rooms.board.fill(await opened.live())
            await rooms.connectors.look()
            await rooms.conversations.worn.warm(opened, clock())
            await rooms.incidents.start()
            await rooms.desks.look()
            tasks = [
                *neighbours.tasks(),
                asyncio.create_task(rooms.health.watch()),
                asyncio.create_task(playbooks.watch()),
                asyncio.create_task(_sweep(rooms.board)),
                asyncio.create_task(rooms.incidents.watch()),
                asyncio.create_task(rooms.connectors.watch()),
                asyncio.create_task(rooms.inbox.watch()),
                asyncio.create_task(rooms.missed.watch()),
                asyncio.create_task(rooms.write_back.watch()),
                asyncio.create_task(rooms.shortcuts.watch()),
                asyncio.create_task(silence.watch(rooms.board, rooms.conversations, clock)),
                asyncio.create_task(owed.watch(rooms.board, rooms.conversations, clock)),
                asyncio.create_task(rooms.desks.watch()),
                asyncio.create_task(notify.watch(settings, opened, metrics, clock)),
            ]
            if settings.demo:
                tasks.append(asyncio.create_task(demo.keep_alive(rooms)))
            log.info(
                "started",
                playbooks=playbooks.engine.playbooks.version,
                teams=playbooks.versions,
                tiles=len(rooms.board),
            )
            yield
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        await carrier.close()
        await opened.close()

    app = FastAPI(title="Steadyhand", lifespan=lifespan, docs_url=None, redoc_url=None, redirect_slashes=False)
    app.include_router(api.router)
    app.include_router(api_incidents.router)
    app.include_router(api_desks.router)
    app.include_router(api_team.router)
    app.include_router(canvas.router)  # before the endings of addresses, which may be any word
    app.include_router(webhooks.router)
    app.include_router(api_connectors.router)
    app.include_router(api_ingest.router)
    app.include_router(api_openid.router)
    app.include_router(websocket.router)
    app.include_router(pages.router)
    if settings.demo:
        app.include_router(demo.router)
    app.mount("/static", static(resource("static")), name="static")
    app.add_middleware(pages.Hosts, allowed=settings.allowed_hosts)
    app.add_middleware(pages.Headers, settings=settings)
    _answer_errors(app, metrics, pages.security_headers())
    return app


def _rooms(
    settings: Settings,
    store: Store,
    backplane: Backplane,
    *,
    over: httpx.AsyncClient,
    clock: Callable[[], datetime],
    pulse: Pulse,
    metrics: Metrics,
    playbooks: PlaybookSets,
    scores: Score,
) -> Rooms:
    board = Board(secrets.token_hex(8), clock)
    health = Health(store, metrics)
    watching = Watching(metrics)
    incidents = Incidents(store, backplane, watching, clock=clock, rows=lambda: board.rows)
    board.incident = incidents.of
    incidents.on_change(board.again)
    publishing = Publishing(backplane, clock, board.put, incidents.known)
    desks = Desks(store, clock, lambda: {(row.tenant, row.team) for row in board.rows})
    link, delivers = board_link(settings.public_url), settings.alert_webhook is not None
    conversations = Conversations(
        store,
        publishing,
        playbooks.of,
        clock=clock,
        metrics=metrics,
        health=health,
        alerts=Alerts(store, publishing, desks, clock=clock, metrics=metrics, link=link, delivers=delivers),
        scores=scores,
        shared=backplane.shared,
    )
    connectors = Connectors(store, clock)
    views = Views(conversations, incidents.known)
    tokens = Tokens(settings.secret.get_secret_value())
    inbox = Inbox(store, conversations, connectors, over, clock=clock, metrics=metrics)
    return Rooms(
        settings=settings,
        clock=clock,
        pulse=pulse,
        tokens=tokens,
        metrics=metrics,
        store=store,
        backplane=backplane,
        health=health,
        watching=watching,
        playbooks=playbooks,
        board=board,
        feed=Feed(board),
        conversations=conversations,
        views=views,
        asking=Asking(conversations),
        incidents=incidents,
        desks=desks,
        team=Team(store, clock),
        connectors=connectors,
        inbox=inbox,
        openid=OpenId(tokens, over, clock),
        missed=Missed(store, connectors, inbox, over, clock=clock, metrics=metrics),
        write_back=WriteBack(store, board, views, connectors, over, clock=clock, metrics=metrics),
        shortcuts=Shortcuts(store, views, over, metrics),
    )


def _neighbours(rooms: Rooms) -> Neighbours:
    """What hears of other workers, and has everything compared with the store when the database is back."""
    neighbours = Neighbours(
        store=rooms.store,
        backplane=rooms.backplane,
        board=rooms.board,
        lives=rooms.conversations.lives,
        watching=rooms.watching,
        health=rooms.health,
        metrics=rooms.metrics,
    )

    def turned() -> None:
        rooms.tell_health()
        if rooms.health.database:
            neighbours.missed()

    rooms.health.on_change(turned)
    return neighbours


@asynccontextmanager
async def _scores(encoder: "Encoder | None", metrics: Metrics) -> AsyncIterator[Score]:
    """What gives the encoder's scores, warm; nothing does where there is no encoder."""
    if encoder is None:
        yield unscored
        return
    await asyncio.to_thread(encoder.warm_up)
    scoring = Scoring(encoder.score, metrics, threads=max(1, min(SCORING, cores() - 1)))
    try:
        yield scoring.score
    finally:
        await scoring.close()


async def _sweep(board: Board) -> None:
    while True:
        await asyncio.sleep(SWEEP_EVERY)
        board.sweep()


def _answer_errors(app: FastAPI, metrics: Metrics, security: dict[str, str]) -> None:
    """Every error leaves as `{"error": {"code", "message", "detail"?}}`."""

    def answer(refused: Refused, headers: dict[str, str] | None = None) -> JSONResponse:
        metrics.refused.labels(refused.code).inc()
        if refused.status == STATUS["unavailable"]:
            headers = {**(headers or {}), "Retry-After": RETRY_AFTER}
        return JSONResponse({"error": refused.wire()}, status_code=refused.status, headers=headers)

    @app.exception_handler(Refused)
    async def _refused(_: Request, refused: Refused) -> JSONResponse:
        headers = {"WWW-Authenticate": "Bearer"} if refused.code == "unauthorized" else None
        return answer(refused, headers)

    @app.exception_handler(Unavailable)
    async def _unavailable(_: Request, __: Unavailable) -> JSONResponse:
        return answer(Refused("unavailable", "the database does not answer now; come again"))

    @app.exception_handler(RequestValidationError)
    async def _invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        detail = [{"field": ".".join(map(str, item["loc"])), "message": item["msg"]} for item in error.errors()]
        return answer(Refused("invalid", f"{detail[0]['field']}: {detail[0]['message']}", detail))

    @app.exception_handler(HTTPException)
    async def _http(_: Request, error: HTTPException) -> JSONResponse:
        code = next((name for name, status in STATUS.items() if status == error.status_code), "invalid")
        response = answer(Refused(code, str(error.detail)), dict(error.headers or {}))
        response.status_code = error.status_code
        return response

    @app.exception_handler(ClientDisconnect)
    async def _gone(_: Request, __: ClientDisconnect) -> Response:
        return Response(status_code=400)  # to nobody: who was asking has left in the middle of her words

    @app.exception_handler(Exception)
    async def _broken(_: Request, __: Exception) -> JSONResponse:
        # Starlette sends this one from outside of all middleware.
        response = answer(Refused("internal", "something went wrong on our side; it has been logged"), security)
        response.status_code = 500
        return response
