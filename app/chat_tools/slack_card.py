"""What an agent in Slack gets to see for a shortcut on a message, she alone: blocks, and the call that posts them.

All text is `plain_text`, in which Slack reads neither marks nor mentions; only the fallback line is `mrkdwn`.
"""

from collections.abc import Collection

from app.chat_tools.fields import Json
from app.chat_tools.glance import Glance
from app.chat_tools.talk import Ask, Talk

ORIGIN = "https://hooks.slack.com"  # of every response_url
HEADER = 150  # characters that Slack takes
ESCAPED = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))  # `&` first
NOTHING = "Steadyhand has not heard anything here yet. Try the shortcut again in a moment."
STRANGER = "Steadyhand is not set up for you here. Who runs it can name you as an agent; your id is {user}."


def suggestion(glance: Glance) -> Json:
    """The tension and why, the next step, and the phrases, each in a block of its own to be copied."""
    blocks = [
        {"type": "header", "text": _plain(glance.headline[:HEADER])},
        *(_section(f"Alert: {alert}") for alert in glance.alerts),
        *_context(glance.because),
        *([_section(glance.next_line)] if glance.next_line else ()),
        *(_section(f"To do: {text}") for text in glance.todo),
    ]
    for n, phrase in enumerate(glance.phrases, 1):
        blocks += [{"type": "divider"}, *_context(f"Phrase {n}, to copy"), _section(phrase)]
    return {**_ephemeral(f"{glance.headline}. {glance.next_line}"), "blocks": blocks}


def nothing() -> Json:
    """For a conversation of which nothing is known."""
    return _ephemeral(NOTHING)


def stranger(user: str | None) -> Json:
    """For somebody whom the connector does not name."""
    return _ephemeral(STRANGER.format(user=user or "not told"))


def is_slacks(address: str, origins: Collection[str] = (ORIGIN,)) -> bool:
    """Whether an answer may be posted there: what a request names must not make us call anybody else."""
    ours = any(address.startswith(f"{origin}/") for origin in origins)
    return ours and address.isascii() and address.isprintable() and " " not in address and "\\" not in address


def answered(address: str, message: Json) -> Talk[None]:
    """Post an answer."""
    yield Ask("POST", address, body=message)


def _ephemeral(text: str) -> Json:
    for char, reference in ESCAPED:
        text = text.replace(char, reference)
    return {"response_type": "ephemeral", "replace_original": False, "text": text}


def _plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": False}


def _section(text: str) -> Json:
    return {"type": "section", "text": _plain(text)}


def _context(text: str) -> list[Json]:
    return [{"type": "context", "elements": [_plain(text)]}] if text else []
