"""`steadyhand connect relay`: an agent's XMPP session beside hers."""

import asyncio
import logging
import sys
from typing import Annotated

import typer

from app.cli_connect import DATABASE, DatabaseOption, connect_app, kept
from app.cli_io import stop

HERE = ("127.0.0.1", "::1", "localhost")


@connect_app.command("relay")
def relay(
    name: Annotated[str, typer.Argument(help="The connector, of the tool xmpp.")],
    jid: Annotated[str, typer.Option(help="The agent's address, as dana@example.com.")],
    password: Annotated[str, typer.Option(help="Her password; - reads it from standard input.")],
    server: Annotated[str, typer.Option(help="Where the server of Steadyhand answers.")] = "http://127.0.0.1:8000",
    host: Annotated[str, typer.Option(help="Where her XMPP server is; found by her address if not given.")] = "",
    port: Annotated[int, typer.Option(help="The port there.")] = 5222,
    plain: Annotated[
        bool, typer.Option("--without-tls", help="In clear text: only to a --host on this machine.")
    ] = False,
    database: DatabaseOption = DATABASE,
) -> None:
    """Hand on what an agent and her customers write by XMPP, until it is stopped."""
    if plain and host not in HERE:
        stop(f"--without-tls is for a --host on this machine: {', '.join(HERE)}")
    connector = kept(name, database)
    if connector.tool != "xmpp":
        stop(f"'{name}' is of the tool {connector.tool}; a relay is for xmpp")
    secret = sys.stdin.readline().rstrip("\n") if password == "-" else password  # noqa: S105 - where it is
    try:
        from app.xmpp_relay import NotSignedIn, Relay, without_tls
    except ImportError:
        stop("slixmpp is missing: pip install 'steadyhand[xmpp]'")
    logging.getLogger("slixmpp").setLevel(logging.CRITICAL)  # what matters of it we say ourselves
    logging.getLogger("httpx").setLevel(logging.WARNING)

    async def run() -> None:
        place = f"{server.rstrip('/')}/hooks/xmpp/{name}"
        running = Relay(jid, secret, place, connector.secrets[0])
        if plain:
            without_tls(running.session)
        await running.run(host, port)

    try:
        asyncio.run(run())
    except NotSignedIn:
        stop(f"the XMPP server does not take this password of {jid}")
    except KeyboardInterrupt:
        return
