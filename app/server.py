"""The composition root: the only place that names concrete parts and puts them together."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from app import api, demo, pages, silence, websocket
from app.asking import Asking
from app.auth import Tokens
from app.backplane import Backplane, open_backplane
from app.board import Board
from app.conversations import Conversations
from app.errors import STATUS, Refused
from app.health import Health
from app.language import language_model
from app.learned import Weights
from app.metrics import Metrics
from app.neighbours import Neighbours
from app.pack import static
from app.playbook_sets import PlaybookSets
from app.protocol import PULSE, Pulse
from app.publishing import Publishing
from app.rooms import Rooms
from app.scoring import Score, Scoring, unscored
from app.settings import ReaderName, Settings, cores, resource
from app.store import open_store
from app.store.rows import Store, Unavailable
from app.subscription import Watching
from app.views import Views
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
        async with _scores(encoder, metrics) as scores:
            rooms = _rooms(
                settings,
                opened,
                carrier,
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
            await rooms.conversations.worn.warm(opened, clock())
            tasks = [
                *neighbours.tasks(),
                asyncio.create_task(rooms.health.watch()),
                asyncio.create_task(playbooks.watch()),
                asyncio.create_task(_sweep(rooms.board)),
                asyncio.create_task(silence.watch(rooms.board, rooms.conversations, clock)),
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
    app.include_router(websocket.router)
    app.include_router(pages.router)
    if settings.demo:
        app.include_router(demo.router)
    app.mount("/static", static(resource("static")), name="static")
    app.add_middleware(pages.Hosts, allowed=settings.allowed_hosts)
    app.add_middleware(pages.Headers, settings=settings)
    _answer_errors(app, metrics, pages.security_headers(settings))
    return app


def _rooms(
    settings: Settings,
    store: Store,
    backplane: Backplane,
    *,
    clock: Callable[[], datetime],
    pulse: Pulse,
    metrics: Metrics,
    playbooks: PlaybookSets,
    scores: Score,
) -> Rooms:
    board = Board(secrets.token_hex(8), clock)
    health = Health(store, metrics)
    conversations = Conversations(
        store,
        Publishing(backplane, clock, board.put),
        playbooks.of,
        clock=clock,
        metrics=metrics,
        health=health,
        scores=scores,
        shared=backplane.shared,
    )
    return Rooms(
        settings=settings,
        clock=clock,
        pulse=pulse,
        tokens=Tokens(settings.secret.get_secret_value()),
        metrics=metrics,
        store=store,
        backplane=backplane,
        health=health,
        watching=Watching(metrics),
        playbooks=playbooks,
        board=board,
        conversations=conversations,
        views=Views(conversations),
        asking=Asking(conversations),
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
