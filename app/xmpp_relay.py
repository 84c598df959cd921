"""An agent's own XMPP session that hands on what she and her customers write, as signed webhooks of the tool `xmpp`.

It signs in beside her client with a negative priority, so that nothing is delivered to it instead of to her, and asks
for carbons (XEP-0280): copies of what her other sessions receive and send. What was written while it was away it reads
in her archive (XEP-0313), where her server keeps one, as if it had been carbons. The stanzas go to the server of
Steadyhand as they are, one after the other; what is not taken now is offered again, with the same id.
"""

import asyncio
import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import httpx
import structlog
from slixmpp import ClientXMPP
from slixmpp.exceptions import IqError, IqTimeout
from slixmpp.xmlstream import StanzaBase
from slixmpp.xmlstream.handler import Callback
from slixmpp.xmlstream.matcher import MatchXPath
from standardwebhooks import Webhook

from app.jsontext import dumps

BEHIND = -1  # priority: messages to the bare address go to her other sessions
WAITING = 10_000  # stanzas that are kept while the server does not take them
PAUSES = (1.0, 2.0, 5.0, 15.0, 30.0)  # seconds between offers of one stanza, the last one again and again
BACK_AFTER = 5.0  # seconds until a lost session is opened again
WITHIN = 10.0  # seconds for one offer
ALIVE = {"keepalive": True, "interval": 60, "timeout": 20}  # seconds: so a dead line is noticed
AT_START = timedelta(hours=1)  # of her archive that is read at the start
UNNOTICED = timedelta(minutes=5)  # before a session was lost: what may have gone by on a dead line, with some to spare
PAGE = 100  # messages of her archive that are asked for at once
HOPELESS = frozenset({400, 413, 422})  # the server will never take this one
RESOURCE = "steadyhand"
ARCHIVE, CARBONS = "urn:xmpp:mam:2", "urn:xmpp:carbons:2"
FORWARDED = "{urn:xmpp:forward:0}forwarded"
MESSAGE = "{jabber:client}message"
log = structlog.get_logger()


class NotSignedIn(Exception):
    """Her server does not take the password; the same one again could only lock her out."""


class Relay:
    """One agent's session. `place` is the address of the webhook, `key` the connector's."""

    def __init__(self, jid: str, password: str, place: str, key: str) -> None:
        self._place = place
        self._signing = Webhook(key)
        self._stanzas: asyncio.Queue[str] = asyncio.Queue(WAITING)
        self._address: tuple[str, int] | tuple[()] = ()
        self._leaving = self._barred = False
        self._running: asyncio.Task[None] | None = None
        self._since = datetime.now(UTC) - AT_START  # from then on her archive may hold what was not handed on
        self._whole = False  # what was written until now was handed on, as far as it can be known
        self._held: list[str] | None = None  # what comes while her archive is read, and belongs behind it
        self.session = ClientXMPP(f"{jid}/{RESOURCE}", password)
        self.session.register_plugin("xep_0199", ALIVE)
        self.session.register_plugin("xep_0280")
        self.session.register_plugin("xep_0313")
        self.session.register_handler(Callback("relay", MatchXPath(MESSAGE), self._hear))
        for event, handler in self._handlers().items():
            self.session.add_event_handler(event, handler)

    def _handlers(self) -> dict[str, Callable[..., Any]]:
        return {"session_start": self._begin, "failed_all_auth": self._bar, "disconnected": self._lost}

    async def run(self, host: str = "", port: int = 0) -> None:
        """Hand on until cancelled. Where no host is given it is found by the address, as XMPP does.

        Raises `NotSignedIn`.
        """
        self._running = asyncio.current_task()
        self._address = (host, port) if host else ()
        self._connect()
        try:
            async with httpx.AsyncClient(timeout=WITHIN, follow_redirects=False) as client:
                while True:
                    await self._hand_on(await self._stanzas.get(), client)
        except asyncio.CancelledError:
            if self._barred:
                raise NotSignedIn from None
            raise
        finally:
            self._leaving = True
            with suppress(TimeoutError):
                async with asyncio.timeout(WITHIN):
                    await self.session.disconnect()

    def _connect(self) -> None:
        """Tries again by itself until somebody answers; each time the address has to be said anew."""
        self.session.connect(*self._address)

    async def _begin(self, _event: object) -> None:
        self._held = []
        await self.session["xep_0280"].enable()
        self.session.send_presence(ppriority=BEHIND)
        log.info("relay_signed_in", jid=self.session.boundjid.bare)
        try:
            await self._catch_up()
            self._whole = True
        except (IqError, IqTimeout) as error:
            log.warning("relay_archive_not_read", reason=error.condition, since=self._since.isoformat())
        held, self._held = self._held, None
        for stanza in held or ():
            self._take(stanza)

    async def _catch_up(self) -> None:
        """Take what her archive has since we listened last; what was handed on before changes nothing."""
        me, known = self.session.boundjid.bare, 0
        info = await self.session["xep_0030"].get_info(jid=me)
        if ARCHIVE not in info["disco_info"]["features"]:
            return
        async for found in self.session["xep_0313"].iterate(start=self._since, rsm={"max": PAGE}):
            stanza = _as_carbon(found.xml.find(f".//{FORWARDED}"), me)
            if stanza:
                self._take(stanza)
                known += 1
        log.info("relay_archive_read", messages=known, since=self._since.isoformat())

    def _bar(self, _event: object) -> None:
        self._barred = self._leaving = True
        if self._running:
            self._running.cancel()

    def _lost(self, reason: object) -> None:
        if not self._leaving:
            if self._whole:  # nothing is missing but from about now on; a try that fails changes nothing of it
                self._since = datetime.now(UTC) - UNNOTICED
            self._whole, self._held = False, None
            log.warning("relay_cut_off", reason=str(reason), again_in_seconds=BACK_AFTER)
            self.session.loop.call_later(BACK_AFTER, self._connect)

    def _hear(self, stanza: StanzaBase) -> None:
        if stanza.xml.find(f"{{{ARCHIVE}}}result") is not None:
            return  # read where it was asked for
        if self._held is None:
            self._take(str(stanza))
        else:
            self._held.append(str(stanza))

    def _take(self, stanza: str) -> None:
        try:
            self._stanzas.put_nowait(stanza)
        except asyncio.QueueFull:
            log.error("relay_full", lost="a stanza")  # noqa: TRY400 - no mistake of ours

    async def _hand_on(self, stanza: str, client: httpx.AsyncClient) -> None:
        """Offer one until it is taken, or until it is clear that it never will be."""
        name, body, tries = f"msg_{secrets.token_hex(12)}", dumps({"stanza": stanza}), 0
        while True:
            status = await self._offered(name, body, client)
            if 200 <= status < 300:
                return
            if status in HOPELESS:
                log.error("relay_refused", status=status)
                return
            pause = PAUSES[min(tries, len(PAUSES) - 1)]
            tries += 1
            log.warning("relay_waits", status=status, seconds=pause, waiting=self._stanzas.qsize() + 1)
            await asyncio.sleep(pause)

    async def _offered(self, name: str, body: str, client: httpx.AsyncClient) -> int:
        """The status of the answer; 0 for none."""
        now = datetime.now(UTC)
        headers = {
            "content-type": "application/json",
            "webhook-id": name,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": self._signing.sign(name, now, body),
        }
        try:
            answer = await client.post(self._place, content=body.encode(), headers=headers)
        except (httpx.HTTPError, OSError):
            return 0
        return answer.status_code


def _as_carbon(forwarded: ET.Element | None, me: str) -> str | None:
    """A message of the archive as her server would have copied it to us; None where nothing was written in it."""
    message = None if forwarded is None else forwarded.find(MESSAGE)
    if message is None or forwarded is None:
        return None
    ours = (message.get("from") or "").partition("/")[0].lower() == me.lower()
    outer = ET.Element(MESSAGE, {"from": me, "to": me})
    ET.SubElement(outer, f"{{{CARBONS}}}{'sent' if ours else 'received'}").append(forwarded)
    return ET.tostring(outer, encoding="unicode")


def without_tls(session: ClientXMPP) -> None:
    """Let a session go on in clear text: for a server on the same machine."""
    session.enable_starttls = session.enable_direct_tls = False
    session.enable_plaintext = True
    session.plugin["feature_mechanisms"].unencrypted_plain = True
    session.plugin["feature_mechanisms"].unencrypted_scram = True
