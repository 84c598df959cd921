"""The proxy of the fault tests: it passes on, delays, cuts, refuses and swallows, and is well again when told so."""

import asyncio
from collections.abc import AsyncIterator, Awaitable

import pytest

from tests.conftest import MS, PATIENCE
from tests.fleet.proxy import Proxy, Way

Ends = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Say everything twice."""
    while chunk := await reader.read(100):
        writer.write(chunk * 2)
    writer.close()


@pytest.fixture
async def proxy() -> AsyncIterator[Proxy]:
    """A proxy before a server that says everything twice."""
    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    passing = await Proxy(server.sockets[0].getsockname()[1]).start()
    yield passing
    await passing.close()
    server.close()


async def soon(done: Awaitable[bytes]) -> bytes:
    """Within patience."""
    return await asyncio.wait_for(done, PATIENCE)


async def said(proxy: Proxy, word: bytes, ends: Ends | None = None) -> bytes:
    """What comes back for a word, over a new connection where none is given."""
    reader, writer = ends or await asyncio.open_connection("127.0.0.1", proxy.port)
    writer.write(word)
    return await soon(reader.readexactly(2 * len(word)))


async def test_it_passes_on_in_time_and_late(proxy: Proxy):
    """A delay holds for each direction."""
    assert await said(proxy, b"ab") == b"abab"
    proxy.delay(50 * MS)
    began = asyncio.get_running_loop().time()
    assert await said(proxy, b"ab") == b"abab"
    assert asyncio.get_running_loop().time() - began >= 100 * MS


async def test_a_cut_ends_what_is_open_and_nothing_else(proxy: Proxy):
    """The next connection is passed on."""
    ends = await asyncio.open_connection("127.0.0.1", proxy.port)
    assert await said(proxy, b"x", ends) == b"xx"
    proxy.cut()
    with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
        await soon(ends[0].readexactly(1))
    assert await said(proxy, b"y") == b"yy"


async def test_it_refuses_until_it_resumes(proxy: Proxy):
    """On the same port then."""
    ends = await asyncio.open_connection("127.0.0.1", proxy.port)
    await proxy.refuse()
    with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
        await said(proxy, b"x", ends)
    with pytest.raises(ConnectionError):
        await said(proxy, b"x")
    await proxy.resume()
    assert await said(proxy, b"x") == b"xx"


@pytest.mark.parametrize("way", Way)
async def test_half_a_connection_stays_open_and_is_silent(proxy: Proxy, way: Way):
    """Whichever half it is; after the resume a new one is whole."""
    ends = await asyncio.open_connection("127.0.0.1", proxy.port)
    assert await said(proxy, b"x", ends) == b"xx"
    proxy.swallow(way)
    ends[1].write(b"y")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(ends[0].read(1), 100 * MS)
    await proxy.resume()
    assert await said(proxy, b"x") == b"xx"
