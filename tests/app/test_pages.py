"""Pages, files and probes: headers that let nothing in, on every answer; nothing outside of `static/` is served."""

import re
import shutil
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from websockets import InvalidStatus

from app.settings import resource
from tests.app.clients import House, house, raw_socket
from tests.app.shapes import is_error
from tests.conftest import PATIENCE, Server, soon

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "connect-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "frame-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "lit-html",
}


def has_headers(answer: httpx.Response, ancestors: str = "'none'") -> None:
    """Every security header, to the letter."""
    policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
    assert policy == {**POLICY, "frame-ancestors": ancestors}
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] in ("no-store", "no-cache")
    assert "server" not in answer.headers
    assert "set-cookie" not in answer.headers


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[House]:
    """A server here."""
    async with house(tmp_path) as running:
        yield running


@pytest.mark.parametrize("path", ["/", "/demo", "/supervisor", "/connectors", "/sidebar"])
def test_a_page_is_html_of_our_own(server: Server, path: str):
    """With not one inline script, style or handler."""
    answer = httpx.get(f"{server.base}{path}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    has_headers(answer)
    for inline in ("<style", " style=", " onclick=", " onload=", "javascript:", "<script>"):
        assert inline not in answer.text
    assert httpx.head(f"{server.base}{path}").status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/static/style/tokens.css", 200),
        ("GET", "/static/live/connection.js", 200),
        ("GET", "/static/nothing.js", 404),
        ("GET", "/static/", 404),
        ("GET", "/favicon.ico", 200),
        ("GET", "/healthz", 200),
        ("GET", "/readyz", 200),
        ("GET", "/metrics", 200),
        ("GET", "/nothing", 404),
        ("POST", "/", 405),
        ("GET", "/api/v1/heatmap", 401),
        ("POST", "/api/v1/conversations/c/messages", 401),
        ("POST", "/demo/session", 404),
        ("OPTIONS", "/api/v1/heatmap", 405),
        ("TRACE", "/", 405),
    ],
)
def test_every_answer_has_the_headers(server: Server, method: str, path: str, status: int):
    """Also files, probes and errors; an error is JSON with a code."""
    answer = httpx.request(method, f"{server.base}{path}")
    assert answer.status_code == status
    has_headers(answer)
    if status >= 400:
        assert set(answer.json()) == {"error"}


async def test_an_answer_to_our_own_mistake_has_them_too(home: House):
    """500, with a code, the headers and not a word of what went wrong."""

    async def broken(*_: object) -> None:
        raise RuntimeError("a secret of the inside")

    home.rooms.store.ready = broken
    async with httpx.AsyncClient() as client:
        answer = await client.get(f"{home.base}/readyz")
    assert answer.status_code == 500
    is_error(answer.json(), "internal")
    assert "secret" not in answer.text
    has_headers(answer)


async def test_readiness_tells_of_the_database(home: House):
    """Not so the liveness: a restart would not help."""

    async def away() -> bool:
        return False

    async with httpx.AsyncClient(base_url=home.base, verify=False) as client:
        assert (await client.get("/readyz")).status_code == 200
        home.rooms.store.ready = away
        answer = await client.get("/readyz")
        assert (answer.status_code, answer.text) == (503, "the database does not answer\n")
        assert (await client.get("/healthz")).status_code == 200


async def test_readiness_tells_of_what_it_can_do_without(tmp_path: Path):
    """It serves without the backplane, and with playbooks that were broken while it ran; whoever looks is told."""
    folder = Path(shutil.copytree(resource("playbooks"), tmp_path / "playbooks"))
    async with (
        house(tmp_path, backplane="redis://127.0.0.1:1", playbooks=folder) as home,
        httpx.AsyncClient(base_url=home.base, verify=False) as client,
    ):
        await soon(lambda: not home.rooms.health.backplane)
        assert "backplane does not answer" in (await client.get("/readyz")).text
        (folder / "delivery.yaml").write_text("cause: [")
        home.rooms.playbooks.reload()
        answer = await client.get("/readyz")
        assert answer.status_code == 200
        assert [line.split()[0] for line in answer.text.splitlines()] == ["ready", "the", "changed"]
        home.rooms.leaving = True
        answer = await client.get("/readyz")
        assert (answer.status_code, answer.text) == (503, "draining\n")


async def test_other_sites_may_frame_it_only_where_they_are_named(tmp_path: Path):
    """By the setting, and nobody else; a demo frames itself."""
    async with house(tmp_path, frame_ancestors="https://desk.example.org") as home, httpx.AsyncClient() as client:
        has_headers(await client.get(f"{home.base}/sidebar"), "https://desk.example.org")
    async with house(tmp_path, demo=True) as home, httpx.AsyncClient() as client:
        has_headers(await client.get(f"{home.base}/sidebar"), "'self'")
        has_headers(await client.get(f"{home.base}/supervisor"))


async def test_a_name_that_is_not_ours_is_refused(tmp_path: Path):
    """So that no page elsewhere can point its own name at this machine; on the sockets as well."""
    hosts = ["evil.example", "127.0.0.1.evil.example", "evil.example:8000", "127.0.0.1@evil.example", ""]
    async with (
        house(tmp_path, allowed_hosts="127.0.0.1,localhost") as home,
        httpx.AsyncClient(base_url=home.base, timeout=PATIENCE, verify=False) as client,
    ):
        for host in hosts:
            for path in ("/", "/healthz", "/api/v1/heatmap", "/static/favicon.svg"):
                answer = await client.get(path, headers={"Host": host})
                assert answer.status_code == 400
                is_error(answer.json(), "bad_host")
                has_headers(answer)
            with pytest.raises(InvalidStatus, match="400"):
                async with raw_socket(f"{home.ws}/ws/v1/agent", additional_headers={"Host": host}):
                    pass
        for good in ("127.0.0.1", "LOCALHOST:1", "localhost"):
            assert (await client.get("/healthz", headers={"Host": good})).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/static/../pyproject.toml",
        "/static/%2e%2e/pyproject.toml",
        "/static/..%2f..%2fetc%2fpasswd",
        "/static/%2fetc/passwd",
        "/static/....//pyproject.toml",
        "/static/..%5cpyproject.toml",
        "/static/live/%00",
        "/static/jsconfig.json/..%2f..%2fREADME.md",
        "//etc/passwd",
    ],
)
def test_nothing_outside_of_static_is_served(server: Server, path: str):
    """However the way out is written."""
    host, port = server.base.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=PATIENCE) as raw:
        raw.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: raw.recv(65_536), b""))
    assert answer.split(b" ")[1] in (b"404", b"400", b"405")
    assert b"[project]" not in answer
    assert b"root:" not in answer


def test_many_ranges_cost_nothing(server: Server):
    """10,000 of them are no work, whatever the answer."""
    ranges = ",".join(f"{start}-{start}" for start in range(2_000))
    answer = httpx.get(f"{server.base}/static/vendor/lit.js", headers={"Range": f"bytes={ranges}"})
    assert answer.status_code in (200, 206, 400, 416, 431)
    assert len(answer.content) < 1_000_000


def test_every_page_names_files_that_are_there(server: Server):
    """A script or style that a page asks for is served."""
    with httpx.Client(base_url=server.base, verify=False) as client:
        for path in ("/", "/demo", "/supervisor", "/connectors", "/sidebar"):
            wanted = re.findall(r'(?:src|href)="(/static/[^"#?]+)"', client.get(path).text)
            assert wanted
            for file in wanted:
                assert client.get(file).status_code == 200, file


def test_the_files_are_those_of_the_package():
    """Nothing else lies in the folder that is served."""
    kinds = {path.suffix for path in resource("static").rglob("*") if path.is_file()}
    assert kinds <= {".html", ".js", ".css", ".svg", ".ts", ".json", ".txt", ".md", ".png"}


def test_pages_of_chat_tools_may_import_the_bridges_and_nothing_else(server: Server):
    """A module of another origin is only run where the server says so; what is not meant for that stays closed."""
    from_elsewhere = {"origin": "https://desk.example"}
    bridge = httpx.get(f"{server.base}/static/hosts/attach.js", headers=from_elsewhere)
    assert bridge.headers["access-control-allow-origin"] == "*"
    for path in ("/static/sidebar-page.js", "/static/embed.js", "/api/v1/heatmap", "/sidebar"):
        other = httpx.get(f"{server.base}{path}", headers=from_elsewhere)
        assert "access-control-allow-origin" not in other.headers
