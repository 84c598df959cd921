"""Intercom's card in the details of a conversation: Canvas Kit components, which are text and buttons.

Text components read two things of Markdown, links and bold. What comes from a customer must become neither.
"""

from app.chat_tools import fields
from app.chat_tools.asked import Asked
from app.chat_tools.fields import Json
from app.chat_tools.glance import Glance

BROKEN = (("](", "] ("), ("**", "* *"), ("__", "_ _"))  # nothing of it means anything any more
QUIETED = (*BROKEN, ("://", ": //"), ("<", "\u2039"), (">", "\u203a"))  # of words that nobody copies from here
REFRESH: Json = {
    "type": "button", "id": "refresh", "label": "Refresh", "style": "secondary", "action": {"type": "submit"},
}  # fmt: skip


def asked(raw: bytes) -> Asked | None:
    """Which conversation a teammate looks at; None where no teammate looks, or at nothing.

    A card in the Messenger, for the customer to see, is asked for in the same way and with the same signature: that
    request names no teammate, and its conversation elsewhere.
    """
    body = fields.json_of(raw)
    conversation, admin = fields.ident(body, "conversation", "id"), fields.ident(body, "admin", "id")
    return Asked(conversation, admin) if conversation and admin else None


def card(glance: Glance, *, live: str = "", remark: str = "") -> Json:
    """The card of a conversation; `live` is the address of its live panel, `remark` a line at its end."""
    parts = [
        _text("tension", plain(glance.headline), "header"),
        *(_text(f"alert-{n}", plain(alert), "error") for n, alert in enumerate(glance.alerts, 1)),
        _text("why", plain(glance.because, QUIETED), "muted"),
        _text("next", plain(glance.next_line)),
        *(_text(f"todo-{n}", plain(f"To do: {text}")) for n, text in enumerate(glance.todo, 1)),
    ]
    for n, phrase in enumerate(glance.phrases, 1):
        parts += [{"type": "divider"}, _text(f"label-{n}", f"Phrase {n}, to copy", "muted"), _phrase(n, phrase)]
    parts += [{"type": "spacer", "size": "s"}, _text("remark", plain(remark), "muted"), REFRESH]
    if live:
        action = {"type": "url", "url": live}
        parts.append({"type": "button", "id": "live", "label": "Open live panel", "style": "link", "action": action})
    return _canvas([part for part in parts if part.get("text") != ""])


def notice(text: str) -> Json:
    """A quiet card with one sentence."""
    return _canvas([_text("notice", plain(text), "muted"), REFRESH])


def plain(text: str, apart: tuple[tuple[str, str], ...] = BROKEN) -> str:
    """The text with its Markdown taken apart; it reads as before."""
    for mark, broken in apart:
        while mark in text:  # a run of three has another one in what was left
            text = text.replace(mark, broken)
    return text


def _phrase(n: int, phrase: str) -> Json:
    return _text(f"phrase-{n}", plain(phrase))


def _text(name: str, text: str, style: str = "paragraph") -> Json:
    return {"type": "text", "id": name, "text": text, "style": style}


def _canvas(components: list[Json]) -> Json:
    return {"canvas": {"content": {"components": components}}}
