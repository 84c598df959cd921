"""Who speaks and what she may reach. Deny is the default: no rule means no."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt

from app.errors import Refused
from app.store.rows import ConversationRow

ALGORITHM = "HS256"
AUDIENCE = "steadyhand"
ROLES = ("agent", "supervisor", "ingest", "admin")
DEFAULT_TEAM = "default"


@dataclass(frozen=True, slots=True)
class Principal:
    """The bearer of a token, who is in one team at least.

    `scope` names the one conversation that an embed token is for, or is None. A `confined` agent stays within the teams
    even where a conversation of another team is assigned to her: who had her token made speaks for these teams only.
    """

    subject: str
    role: str
    tenant: str
    teams: tuple[str, ...]
    expires: datetime
    scope: str | None = None
    confined: bool = False

    @property
    def home(self) -> str:
        """The team that a conversation made by this bearer belongs to."""
        return self.teams[0]


@dataclass(frozen=True, slots=True)
class Tokens:
    """Signs and verifies tokens with one key of 32 bytes or more."""

    key: str = field(repr=False)

    def sign(
        self,
        *,
        role: str,
        subject: str,
        now: datetime,
        tenant: str = "default",
        teams: tuple[str, ...] = (),
        ttl: timedelta = timedelta(hours=12),
        claims: Mapping[str, Any] | None = None,
    ) -> str:
        """A signed token."""
        body = {"sub": subject, "role": role, "tenant": tenant, "teams": list(teams), "aud": AUDIENCE, "exp": now + ttl}
        return jwt.encode({**body, **(claims or {})}, self.key, algorithm=ALGORITHM)

    def claims(self, token: str, now: datetime) -> dict[str, Any]:
        """The claims of a token that we signed and that has not expired. Raises `Refused` (`unauthorized`)."""
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                self.key,
                algorithms=[ALGORITHM],
                audience=AUDIENCE,
                options={"require": ["exp", "aud", "sub", "role"], "verify_exp": False},
            )
            expires = datetime.fromtimestamp(float(claims["exp"]), UTC)
        except (jwt.PyJWTError, ValueError, OverflowError, OSError, TypeError, RecursionError):
            raise Refused("unauthorized", "the token is not one of ours") from None
        if expires <= now:
            raise Refused("unauthorized", f"the token has expired at {expires.isoformat()}")
        return claims

    def verify(self, token: str, now: datetime) -> Principal:
        """The bearer of a token. Raises `Refused` (`unauthorized`)."""
        claims = self.claims(token, now)
        teams = claims.get("teams", [])
        tenant = claims.get("tenant", "default")
        texts = [claims["sub"], claims["role"], tenant, *(teams if isinstance(teams, list) else [None])]
        if not all(isinstance(text, str) and text for text in texts) or claims["role"] not in ROLES:
            raise Refused("unauthorized", "the token's claims are not ones that we sign")
        return Principal(
            subject=claims["sub"],
            role=claims["role"],
            tenant=tenant,
            teams=tuple(teams) or (DEFAULT_TEAM,),
            expires=datetime.fromtimestamp(float(claims["exp"]), UTC),
            scope=claims.get("conversation"),
            confined=claims.get("confined") is True,
        )


def reaches(who: Principal, row: ConversationRow) -> bool:
    """Whether a conversation is one of hers: an agent's own and unassigned ones of her teams, a supervisor's teams."""
    if who.tenant != row.tenant or (who.scope is not None and who.scope != row.id):
        return False
    match who.role:
        case "admin":
            return True
        case "supervisor" | "ingest":
            return row.team in who.teams
        case "agent":
            own = row.agent == who.subject and not who.confined
            return own or (row.agent in (None, who.subject) and row.team in who.teams)
    return False


def sees(who: Principal, row: ConversationRow) -> bool:
    """Whether she may read a conversation. An `ingest` token brings messages and reads nothing."""
    return who.role != "ingest" and reaches(who, row)


def allow(who: Principal, *roles: str) -> None:
    """Raise `Refused` (`forbidden`) unless she has one of the roles."""
    if who.role not in roles:
        raise Refused("forbidden", f"this is for {' or '.join(roles)}; your token is for {who.role}")
