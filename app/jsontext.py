"""JSON from outside, read strictly: no NaN, no repeated keys, no bottomless nesting; and JSON out, compact."""

import json
from typing import Any, NoReturn, TypeVar

from pydantic import BaseModel, ValidationError

from app.errors import Refused

Model = TypeVar("Model", bound=BaseModel)


def loads(raw: str | bytes) -> dict[str, Any]:
    """The object in a text. Raises `Refused` (`bad_json`) for anything else."""
    try:
        value = json.loads(raw, parse_constant=_no_constant, object_pairs_hook=_unique)
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


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("an object has the same key twice")
    return found


def dumps(value: Any) -> str:
    """Compact JSON with the characters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def valid(model: type[Model], value: dict[str, Any]) -> Model:
    """The value as a model. Raises `Refused` (`invalid`, `invalid_text`) naming each field that is wrong."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        problems = error.errors(include_url=False, include_context=False, include_input=False)
        code = "invalid_text" if any(problem["type"] == "string_unicode" for problem in problems) else "invalid"
        detail = [{"field": ".".join(map(str, problem["loc"])), "message": problem["msg"]} for problem in problems]
        first = detail[0]
        raise Refused(code, f"{first['field'] or 'value'}: {first['message']}", detail) from None
