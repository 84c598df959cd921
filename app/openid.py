"""The room where an agent proves by her homeserver who she is, and gets a token for the sidebar for it.

Who asks has no token of ours yet. So the homeserver is the connector's, at the address that its integrator has given,
and no more than a few are asked about at the same time.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import httpx
import structlog

from app.auth import Tokens
from app.chat_tools import Account
from app.chat_tools.matrix_api import user
from app.connectors import Connector
from app.errors import Refused
from app.reach import Unmet, hold

TTL = timedelta(minutes=15)  # of a token that is minted
AT_ONCE = 16  # proofs that a worker has in hand; each waits for the homeserver
NOT_HERS = frozenset({400, 401, 403})  # how homeservers answer a token that is forged or has run out
log = structlog.get_logger()


class OpenId:
    """Mints tokens for proven agents. Raises `Refused` for everybody else."""

    def __init__(self, tokens: Tokens, over: httpx.AsyncClient, clock: Callable[[], datetime]) -> None:
        self._tokens = tokens
        self._over = over
        self._clock = clock
        self._slots = asyncio.Semaphore(AT_ONCE)

    async def token(self, connector: Connector, proof: str, server: str, conversation: str | None) -> str:
        """An agent's token of the connector's team, good for `TTL`; where a conversation is given, for that one only.

        Raises `Refused`: `not_found` where the connector has no homeserver, `unauthorized` for a proof that is none,
        `forbidden` for who is none of its agents, `too_many`, and `unavailable` where the homeserver does not answer.
        """
        account = connector.api
        if account is None:
            raise Refused("not_found", f"the connector '{connector.name}' has no homeserver that could be asked")
        if server != account.id:
            raise Refused("forbidden", f"agents are known by the homeserver {account.id} alone")
        agent = connector.agent(await self._proven(connector.name, account, proof))
        if agent is None:
            raise Refused("forbidden", "this user is none of the connector's agents")
        scope = {"conversation": conversation} if conversation else {}
        return self._tokens.sign(
            role="agent",
            subject=agent,
            tenant=connector.tenant,
            teams=(connector.team,),
            now=self._clock(),
            ttl=TTL,
            claims={**scope, "confined": True},
        )

    async def _proven(self, name: str, account: Account, proof: str) -> str:
        """The user, by the homeserver's word."""
        if self._slots.locked():
            raise Refused("too_many", f"{AT_ONCE} others are proving who they are just now; come again")
        async with self._slots:
            try:
                found = await hold(user(account, proof), self._over)
            except Unmet as unmet:
                if unmet.status in NOT_HERS:
                    raise Refused("unauthorized", "the homeserver does not know this token") from None
                log.warning("openid_not_asked", connector=name, error=str(unmet))
                raise Refused("unavailable", "the homeserver does not answer now; come again") from None
        if found is None:
            raise Refused("unauthorized", f"the token is of no user of {account.id}")
        return found
