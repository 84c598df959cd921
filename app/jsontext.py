"""JSON from outside, read strictly: no NaN, no repeated keys, no bottomless nesting; and JSON out, compact."""

import json
from math import isinf
from typing import Any, NoReturn, TypeVar

from pydantic import BaseModel, ValidationError

from app.errors import Refused

MAX_FIELD = 100  # characters of a key that are named in an error
Model = TypeVar("Model", bound=BaseModel)


def loads(raw: str | bytes) -> dict[str, Any]:
    """The object in a text, all of which could be sent on. Raises `Refused` (`bad_json`, `invalid_text`)."""
    value = parse(raw)
    if not is_text(json.dumps(value, ensure_ascii=False)):
        raise Refused("invalid_text", "the JSON holds half of a surrogate pair")
    return value


def parse(raw: str | bytes) -> dict[str, Any]:
    """The object in a text, whose strings may hold half a surrogate pair. Raises `Refused` (`bad_json`)."""
    try:
        text = raw if isinstance(raw, str) else raw.decode()
        value = json.loads(text, parse_constant=_no_constant, parse_float=_finite, object_pairs_hook=_unique)
    except RecursionError:
        raise Refused("bad_json", "the JSON is nested too deep") from None
    except UnicodeDecodeError:
        raise Refused("bad_json", "the body is not UTF-8") from None
    except ValueError as error:
        raise Refused("bad_json", f"not JSON that is taken here: {error}") from None
    if not isinstance(value, dict):
        raise Refused("bad_json", f"a JSON object is meant, not {type(value).__name__}")
    return value


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON number")


def _finite(digits: str) -> float:
    if isinf(number := float(digits)):
        raise ValueError("a number is too large")
    return number


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("an object has the same key twice")
    return found


def dumps(value: Any) -> str:
    """Compact JSON with the characters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def is_text(value: str) -> bool:
    """Whether it can be sent: a string out of JSON may hold half of a surrogate pair, which no encoding takes."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def valid(model: type[Model], value: dict[str, Any]) -> Model:
    """The value as a model. Raises `Refused` (`invalid`) naming each field that is wrong."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        problems = error.errors(include_url=False, include_context=False, include_input=False)
        detail = [
            {"field": ".".join(map(str, problem["loc"]))[:MAX_FIELD], "message": problem["msg"]} for problem in problems
        ]
        first = detail[0]
        raise Refused("invalid", f"{first['field'] or 'value'}: {first['message']}", detail) from None
