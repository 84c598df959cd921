"""Files of a message, by what they are or how they are called. They are shown and never read for tension.

A message of files alone is one: the customer has said it, and waits. A file's name is the customer's text: cut, and
without what cannot be printed.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from app.chat_tools import fields

LONGEST = 80  # characters of a name
MOST = 20  # files of a message
SHOWN = ("image", "video", "audio", "location", "contact", "sticker")  # by these words; of the rest the name is more
ENDINGS = {
    "image": ("jpg", "jpeg", "png", "gif", "webp", "heic", "bmp", "svg"),
    "video": ("mp4", "mov", "webm", "avi", "mkv", "3gp"),
    "audio": ("mp3", "ogg", "oga", "opus", "m4a", "wav", "aac", "amr"),
}
KIND = {ending: kind for kind, endings in ENDINGS.items() for ending in endings}
SOMETHING = ("file",)  # where a tool says no more than that there are no words


class File(NamedTuple):
    """One thing that came: its kind in the tool's word or as a media type, and its name."""

    kind: str | None = None
    name: str | None = None


def files(listed: Any, *, kind: str, name: str) -> list[File]:
    """The files of a list of objects, by the keys under which each says what it is and how it is called."""
    found = listed if isinstance(listed, list) else []
    return [File(fields.text(one, kind), fields.text(one, name)) for one in found if isinstance(one, dict)]


def names(came: Iterable[File]) -> tuple[str, ...]:
    """Each in a word, `image`, or by its name, `invoice.pdf`; `file` where it has none."""
    return tuple(_name(file) for file in came)[:MOST]


def _name(file: File) -> str:
    told = (file.kind or "").lower().removeprefix("m.").partition("/")[0]
    kind = told if told in SHOWN else KIND.get((file.name or "").rpartition(".")[2].lower(), "file")
    name = "".join(char for char in file.name or "" if char.isprintable()).strip()[:LONGEST].strip()
    return name if name and kind == "file" else kind


def words(said: str | None, came: tuple[str, ...]) -> str | None:
    """The words of a message: empty, not missing, where files came without any."""
    return "" if came and not (said or "").strip() else said


def name_in(url: str | None) -> str | None:
    """The name at the end of an address."""
    try:
        return unquote(urlsplit(url or "").path.rpartition("/")[2]) or None
    except ValueError:
        return None
