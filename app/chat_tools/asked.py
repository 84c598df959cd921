"""Somebody in a chat tool asks for a suggestion: by opening a card, or by a shortcut on a message."""

from dataclasses import dataclass, field

from app.chat_tools.event import Event


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks about which conversation, by the tool's own ids.

    `event` is the message that was pointed at, if any. `answer_to` is where the answer is to be posted; empty where it
    stands in the answer to the request itself. Whoever has that address can post there: it is not for any log.
    """

    conversation: str
    by: str | None
    event: Event | None = None
    answer_to: str = field(default="", repr=False)
