"""Which language a conversation is in: what the customer writes, not what one message looks like."""

from assist.reading import Language
from assist.signals.language import letters

LONG = 25  # letters of a message that turns the conversation by itself


def turned(spoken: tuple[str, str], heard: Language, text: str, *, first: bool, expected: bool) -> tuple[str, str]:
    """The language of a conversation after a customer's message, and the one that it leans to.

    Two messages in another language turn it, or one that is long. The *first* words of a chat do, since nothing speaks
    against them yet, and so do any in the language that the host said to be *expected*.
    """
    language, leaning = spoken
    if not heard.code:
        return spoken
    if heard.code == language:
        return language, ""
    if first or expected or heard.code == leaning or letters(text) >= LONG:
        return heard.code, ""
    return language, heard.code
