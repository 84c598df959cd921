"""One entry of the stream: a frame and a change as JSON; nothing is read out of it but what its schema allows."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from app.backplane.protocol import Change, topic_of
from app.jsontext import dumps

FIELD = b"entry"  # the one field of an entry in the stream
MAX_BYTES = 128 * 1024  # an update with the longest message in four-byte letters, its reading and its advice
MAX_COUNT = 2**53  # what every JSON reader takes for a whole number


def _plain(change: Change | None) -> Change | None:
    if change is not None:
        dumps(change.row)  # JSON has no NaN, but 1e999 is read as one: it would raise far from here
    return change


class Entry(BaseModel):
    """What one worker tells the others. `count` numbers a worker's entries from 1 without a gap."""

    model_config = ConfigDict(strict=True, frozen=True)

    worker: str = Field(min_length=1, max_length=32)
    count: int = Field(ge=1, le=MAX_COUNT)
    topic: str = Field(min_length=1, max_length=1000)
    offset: int = Field(ge=0, le=MAX_COUNT)
    text: str
    change: Annotated[Change | None, AfterValidator(_plain)] = None

    @model_validator(mode="after")
    def _of_one_conversation(self) -> "Entry":
        if self.change is not None and self.topic != topic_of(self.change.notice):
            raise ValueError("the frame is for one conversation and the change of another")
        return self


def written(worker: str, count: int, topic: str, offset: int, text: str, change: Change | None) -> bytes:
    """An entry as bytes. Raises `ValueError` for what is not JSON, no text, or longer than `MAX_BYTES`."""
    fields = {
        "worker": worker,  # first: see `own`
        "count": count,
        "topic": topic,
        "offset": offset,
        "text": text,
        "change": None if change is None else {"notice": change.notice, "row": change.row},
    }
    raw = dumps(fields).encode()
    if len(raw) > MAX_BYTES:
        raise ValueError(f"an entry of {len(raw)} bytes; at most {MAX_BYTES} are sent")
    return raw


def own(worker: str) -> bytes:
    """How every entry of a worker begins, so that it knows its own without reading them."""
    return f'{{"worker":{dumps(worker)},'.encode()


def read(fields: list[bytes]) -> Entry | None:
    """The entry behind the fields of a stream's, or None for what none of our workers wrote."""
    if len(fields) != 2 or fields[0] != FIELD or len(fields[1]) > MAX_BYTES:
        return None
    try:
        return Entry.model_validate_json(fields[1])
    except ValidationError:
        return None
