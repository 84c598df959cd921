"""What is refused at the doors, as it goes over the wire: `{"error": {"code", "message", "detail"?}}`.

Refused                    anything said to the sender; `status` on HTTP, the same code in an `error` frame on a socket
├── 400 bad_json           not JSON, or JSON that we do not take (NaN, repeated keys, too deep)
├── 400 bad_host           meant for another host name than ours
├── 401 unauthorized       no token, or one that is foreign, expired or forged
├── 401 bad_signature      a delivery that none of the connector's keys signed
├── 401 too_old            a delivery whose signature is more than five minutes old, or from the future
├── 403 forbidden          a known person, but not her role or not her conversation
├── 404 not_found          no such conversation, message or page
├── 409 claimed            another supervisor has this conversation in hand
├── 409 exists             there is one of this already
├── 409 superseded         something newer of the same kind took its place
├── 413 too_large          the body is larger than we read
├── 429 too_many           more frames in a second than a browser may send, more proofs at a time than we ask about
├── 415 unsupported_media_type
├── 422 invalid, too_long, empty_text, invalid_text, unknown_type
└── 503 unavailable        the database, or an agent's homeserver, does not answer: come again
"""

from typing import Any

STATUS = {
    "bad_json": 400,
    "bad_host": 400,
    "unauthorized": 401,
    "bad_signature": 401,
    "too_old": 401,
    "forbidden": 403,
    "not_found": 404,
    "method_not_allowed": 405,
    "claimed": 409,
    "exists": 409,
    "superseded": 409,
    "too_large": 413,
    "too_many": 429,
    "unsupported_media_type": 415,
    "unavailable": 503,
}


class Refused(Exception):
    """Something was refused; `code` is one word of the tree above, `message` says what is wrong and what is allowed."""

    def __init__(self, code: str, message: str, detail: Any = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.detail = detail

    @property
    def status(self) -> int:
        """The HTTP status of the code; 422 for everything that is only not valid."""
        return STATUS.get(self.code, 422)

    def wire(self) -> dict[str, Any]:
        """`{"code", "message", "detail"?}`."""
        error: dict[str, Any] = {"code": self.code, "message": self.message}
        if self.detail is not None:
            error["detail"] = self.detail
        return error
