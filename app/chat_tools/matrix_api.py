"""What a Matrix homeserver is asked: whose an OpenID token is. Nothing is written there."""

from urllib.parse import quote

from app.chat_tools import fields
from app.chat_tools.talk import Account, Api, Ask, Talk


def problem(account: Account) -> str | None:
    """Without the server's own name nobody can be told to be one of its users."""
    return None if account.id else "--account is missing: the homeserver's name, which stands behind the : of its users"


def user(account: Account, proof: str) -> Talk[str | None]:
    """The user whose OpenID token it is; None for one of another server than the account's.

    The server itself is asked at the account's address, never one that the token's bearer names. Source: the
    server-server API of Matrix, `GET /_matrix/federation/v1/openid/userinfo`.
    """
    place = f"{account.base}/_matrix/federation/v1/openid/userinfo?access_token={quote(proof, safe='')}"
    there = yield Ask("GET", place)
    found = fields.ident(there.body, "sub")
    return found if found and found.startswith("@") and found.partition(":")[2] == account.id else None


API = Api(problem=problem)
