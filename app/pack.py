"""The sidebar's modules as one file, so that a page in a frame waits for one answer and not for sixty.

The files stay what they are, and are served one by one, too; only the entry of the sidebar's page is put together, when
it is asked for and has changed. It knows the few forms in which our own modules import and export, and fails on others.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from fastapi.staticfiles import StaticFiles
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp, Scope

ENTRY = "sidebar-page.js"
NOTES = re.compile(
    r"(?s)^[ \t]*/\*(?:(?!\*/).)*\*/[ \t]*\n|^[ \t]*//[^\n]*\n|[ \t]*/\*\*(?:(?!\*/).)*\*/", re.MULTILINE
)
ENDS = re.compile(r"(?<=[;,{(\[])[ \t]+//[^\n]*$", re.MULTILINE)  # notes behind a line of code
MARGINS = re.compile(r"^[ \t]+|\n(?=\n)", re.MULTILINE)
IMPORT = re.compile(r'^import (?:\{([^}]*)\} from )?"(\.[^"]+)";$', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:(?:async )?function|class|const) (\w+))", re.MULTILINE)
EXPORTS = re.compile(r"\bexport\s*\{([^}]*)\};?")
LATER = re.compile(r'\bimport\("(\.[^"]+)"\)')
LEFT = re.compile(r"^\s*(?:import|export)\b(?!\()", re.MULTILINE)


def static(folder: Path) -> ASGIApp:
    """The folder of the pages, the sidebar's modules packed, all compressed; nothing in it is secret."""
    return GZipMiddleware(Static(directory=folder), minimum_size=500)


class Static(StaticFiles):
    """Files as they are, but for the packed one."""

    _made: tuple[float, bytes] = (0.0, b"")

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The answer for a path within the folder."""
        if path == ENTRY and self.directory:
            return Response(self._packed(Path(self.directory)), media_type="text/javascript")
        return await super().get_response(path, scope)

    def _packed(self, folder: Path) -> bytes:
        newest = max(file.stat().st_mtime for file in folder.rglob("*.js"))
        if self._made[0] != newest:
            self._made = (newest, pack(folder, ENTRY).encode())
        return self._made[1]


def pack(folder: Path, entry: str) -> str:
    """One module that does what the entry does with all that it imports.

    Raises:
        ValueError: A module imports or exports in a form that is not known here, or two import each other.
    """
    files = list(_in_order(folder.resolve(), (folder / entry).resolve(), []))
    names = {file: f"$${number}" for number, file in enumerate(files)}
    return "\n".join(_wrapped(folder.resolve(), file, names) for file in files)


def _in_order(folder: Path, file: Path, above: list[Path], seen: set[Path] | None = None) -> Iterator[Path]:
    """A module after all that it imports, each once."""
    seen = set() if seen is None else seen
    if file in above:
        raise ValueError(f"{file.name} imports itself by way of {above[-1].name}")
    if file in seen:
        return
    for _, target in IMPORT.findall(_read(file)):
        yield from _in_order(folder, (file.parent / target).resolve(), [*above, file], seen)
    seen.add(file)
    yield file


def _read(file: Path) -> str:
    text = file.read_text("utf-8")
    return text if file.parent.name == "vendor" else MARGINS.sub("", ENDS.sub("", NOTES.sub("", text)))


def _wrapped(folder: Path, file: Path, names: dict[Path, str]) -> str:
    text = _read(file)
    given = [f"{name}" for name in EXPORT.findall(text)]
    given += [
        _renamed(pair, given=True) for pairs in EXPORTS.findall(text) for pair in pairs.split(",") if pair.strip()
    ]
    text = EXPORTS.sub("", EXPORT.sub("", text))
    text = IMPORT.sub(lambda found: _taken(found, names[(file.parent / found[2]).resolve()]), text)
    text = LATER.sub(lambda found: f'import("/static/{(file.parent / found[1]).resolve().relative_to(folder)}")', text)
    if LEFT.search(text):
        raise ValueError(f"{file.name} imports or exports in a form that cannot be packed")
    return f"const {names[file]}=(()=>{{\n{text}\nreturn{{{','.join(given)}}}}})();"


def _taken(found: re.Match[str], module: str) -> str:
    """An import as a destructuring of the module's object."""
    pairs = [_renamed(pair, given=False) for pair in (found[1] or "").split(",") if pair.strip()]
    return f"const {{{','.join(pairs)}}}={module};" if pairs else ""


def _renamed(pair: str, *, given: bool) -> str:
    """`a as b` as a property: of what is given out `b:a`, of what is taken in `a:b`."""
    first, _, second = (part.strip() for part in pair.partition(" as "))
    if not second:
        return first
    return f"{second}:{first}" if given else f"{first}:{second}"
