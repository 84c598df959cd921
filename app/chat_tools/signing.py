"""The signatures of chat tools: over the raw bytes, compared in constant time, good for some minutes only."""

import base64
import hmac
from math import isfinite

from app.chat_tools.event import Verdict

TOLERANCE = 300  # seconds that the sender's clock and ours may be apart, one way or the other


def mac(secret: str, data: bytes, digest: str = "sha256") -> bytes:
    """The HMAC of the bytes."""
    return hmac.new(secret.encode("utf-8", "surrogatepass"), data, digest).digest()


def base64_of(found: bytes) -> str:
    """As it stands in a header."""
    return base64.b64encode(found).decode()


def same(ours: str, theirs: str | None) -> bool:
    """Whether two texts are equal, in a time that does not tell where they differ. Nothing is equal to nothing."""
    if not ours or not theirs:
        return False
    return hmac.compare_digest(ours.encode("utf-8", "surrogatepass"), theirs.encode("utf-8", "surrogatepass"))


def verdict(*, signed: bool, sent: float | None, now: float) -> Verdict:
    """What becomes of a delivery with a time in its signature: a forged one is called that whatever its time."""
    if not signed or sent is None:
        return "bad_signature"
    return "ok" if abs(now - sent) <= TOLERANCE else "too_old"


def without_time(signed: bool) -> Verdict:
    """What becomes of one whose tool signs no time: repeats are told by their ids."""
    return "ok" if signed else "bad_signature"


def seconds(value: str | None) -> float | None:
    """The number in a header, or None."""
    try:
        number = float(value or "")
    except ValueError:
        return None
    return number if isfinite(number) else None


def too_short(secret: str, least: int = 8) -> str | None:
    """What is wrong with a secret that anybody could guess."""
    if secret != secret.strip() or not secret.isprintable():
        return "the secret has blanks around it or characters that cannot be typed"
    if len(secret) < least:
        return f"the secret has {len(secret)} characters; at least {least} are expected"
    return None
