"""The pages and static files, each with headers that let nothing in that is not ours."""

import re
from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.datastructures import Headers as RequestHeaders
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import Refused
from app.settings import Settings, resource

router = APIRouter(include_in_schema=False)
SIDEBAR = "/sidebar"
PAGES = {
    "/": "index.html",
    "/demo": "demo.html",
    "/supervisor": "supervisor.html",
    "/connectors": "connectors.html",
    SIDEBAR: "sidebar.html",
}


def security_headers(hosts: Sequence[str] = ()) -> dict[str, str]:
    """What goes out with every answer: nothing that is not ours may run or load, and only *hosts* may frame it."""
    policy = (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "frame-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        " ".join(("frame-ancestors", *(dict.fromkeys(hosts) or ("'none'",)))),
        "require-trusted-types-for 'script'",
        "trusted-types lit-html",
    )
    return {
        "Content-Security-Policy": "; ".join(policy),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cache-Control": "no-store",
    }


class Hosts:
    """Lets nothing in that was meant for another host: a page elsewhere cannot point its own name at us."""

    def __init__(self, app: ASGIApp, allowed: Sequence[str]) -> None:
        self._app = app
        self._allowed = frozenset(allowed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is for one of the allowed hosts; a port beside the name does not matter."""
        if scope["type"] == "lifespan" or "*" in self._allowed or self._is_allowed(scope):
            await self._app(scope, receive, send)
        else:
            refused = Refused("bad_host", "this server does not answer to that host name")
            await JSONResponse({"error": refused.wire()}, status_code=refused.status)(scope, receive, send)

    def _is_allowed(self, scope: Scope) -> bool:
        hosts = RequestHeaders(scope=scope).getlist("host")
        return len(hosts) == 1 and re.sub(r":\d*$", "", hosts[0]).lower() in self._allowed


class Headers:
    """Adds the security headers to every HTTP answer, also to errors; the chat tools may frame the sidebar alone."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._hosts = ("'self'",) * settings.demo + settings.frame_ancestors
        self._headers = security_headers()

    def _of(self, scope: Scope) -> dict[str, str]:
        """Those of a path."""
        if scope["path"] != SIDEBAR:
            return self._headers
        return security_headers((*self._hosts, *scope["app"].state.rooms.connectors.origins))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; the start of an HTTP answer gets our headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update({**self._of(scope), **scope.get("state", {}).get("headers", {})})
                if scope["app"].state.rooms.leaving:
                    headers["Connection"] = "close"  # a sender that keeps its connection finds who stays
                if scope["path"].startswith("/static/"):
                    headers["Cache-Control"] = "no-cache"
                if scope["path"].startswith("/static/hosts/"):
                    headers["Access-Control-Allow-Origin"] = "*"  # pages of chat tools import these modules
            await send(message)

        await self._app(scope, receive, with_headers)


def _page(file: str) -> Any:
    async def page() -> Response:
        return FileResponse(resource("static") / file, media_type="text/html")

    return page


for path, name in PAGES.items():
    router.add_api_route(path, _page(name), methods=["GET", "HEAD"], name=name)


@router.get("/favicon.ico")
async def favicon() -> Response:
    """The icon that browsers ask for by themselves."""
    return FileResponse(resource("static") / "favicon.svg", media_type="image/svg+xml")


@router.get("/healthz")
async def healthz() -> Response:
    """Whether the process answers."""
    return PlainTextResponse("ok\n")


@router.get("/readyz")
async def readyz(request: Request) -> Response:
    """Whether it should get messages: it is not about to end, and the database answers and takes writes.

    Without the backplane, or with mistakes in changed playbooks, it serves all the same, and says so.
    """
    rooms = request.app.state.rooms
    if rooms.leaving:
        return PlainTextResponse("draining\n", status_code=503)
    if not (rooms.health.database and await rooms.store.ready()):
        return PlainTextResponse("the database does not answer\n", status_code=503)
    lines = ["ready"]
    if not rooms.health.backplane:
        lines.append("the backplane does not answer: this worker shows what comes to itself")
    if rooms.playbooks.problems:
        lines.append("changed playbooks have mistakes: the last good set is in force")
    return PlainTextResponse("\n".join(lines) + "\n")


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """Everything that is counted, for Prometheus."""
    rooms = request.app.state.rooms
    rooms.metrics.live.set(len(rooms.board))
    return Response(rooms.metrics.text(), media_type="text/plain; version=0.0.4; charset=utf-8")
