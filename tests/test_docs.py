"""The documents name all that there is: every setting, frame, close code, command, playbook key and metric."""

import importlib
import pkgutil
import re
from pathlib import Path

import pytest
import typer

from app import protocol
from app.cli import app
from app.errors import STATUS
from app.metrics import Metrics
from app.protocol import FRAMES
from app.settings import Settings
from assist import playbook
from tests.conftest import ROOT

SENT = [
    "welcome",
    "snapshot",
    "resumed",
    "update",
    "ack",
    "draft_review",
    "explanation",
    "rewritten",
    "answers",
    "whisper",
    "alert",
    "typing",
    "board",
    "tiles",
    "ping",
    "error",
]
CODES = {
    name: value
    for name, value in vars(protocol).items()
    if name.isupper() and isinstance(value, int) and 4000 <= value <= 4999
}


def documents() -> str:
    """README and all of docs/."""
    return "\n".join(path.read_text() for path in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))))


def commands() -> list[str]:
    """Every verb, with the group it is in."""

    def walk(group: typer.Typer, prefix: str) -> list[str]:
        names = [prefix + (info.name or info.callback.__name__) for info in group.registered_commands]
        return names + [verb for info in group.registered_groups for verb in walk(info.typer_instance, f"{info.name} ")]

    return walk(app, "")


def keys_taken() -> set[str]:
    """The keys that the parser takes in every part of a playbook."""
    found: set[str] = set()
    for info in pkgutil.iter_modules(playbook.__path__, "assist.playbook."):
        module = importlib.import_module(info.name)
        text = Path(str(module.__file__)).read_text()
        for named, listed in re.findall(r'reader\.mapping\([^"]+"[^"]+", (?:(\w+)|\(([^)]*)\))\)', text):
            found |= set(getattr(module, named)) if named else set(re.findall(r'"(\w+)"', listed))
    return found


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_documented(name: str):
    """By its variable."""
    assert f"STEADYHAND_{name.upper()}" in documents()


@pytest.mark.parametrize("name", sorted({"hello", *SENT, *(name for door in FRAMES.values() for name in door)}))
def test_every_frame_is_documented(name: str):
    """As it stands in a frame."""
    assert re.search(rf'["`]{name}["`]', documents())


@pytest.mark.parametrize(("name", "code"), CODES.items())
def test_every_close_code_is_documented(name: str, code: int):
    """By its number."""
    assert re.search(rf"\b{code}\b", documents()), name


@pytest.mark.parametrize("code", STATUS)
def test_every_error_code_is_documented(code: str):
    """As it stands in an error."""
    assert re.search(rf'["`]{code}["`]', documents())


@pytest.mark.parametrize("verb", commands())
def test_every_command_is_documented(verb: str):
    """As it is typed."""
    assert f"steadyhand {verb}" in documents()


@pytest.mark.parametrize("metric", sorted(family.name for family in Metrics().registry.collect()))
def test_every_metric_is_documented(metric: str):
    """For operators."""
    assert metric in (ROOT / "docs" / "operations.md").read_text()


@pytest.mark.parametrize("key", sorted(keys_taken()))
def test_every_key_of_a_playbook_is_documented(key: str):
    """For those who write them."""
    assert re.search(rf"\b{key}\b", (ROOT / "docs" / "playbooks.md").read_text())


LINK = re.compile(r"\]\((?!https?:|mailto:)([^()\s]+)\)")
FENCED = re.compile(r"^ *```.*?^ *```", re.DOTALL | re.MULTILINE)


def anchors(path: Path) -> set[str]:
    """Where a link into a document may point: its headings, as GitHub and others name them."""
    text = FENCED.sub("", path.read_text())
    headings = re.findall(r"^#+ +(.+)$", text, re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings)
    return set(plain)


@pytest.mark.parametrize(
    "path", [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))], ids=lambda path: path.stem
)
def test_every_link_points_to_something(path: Path):
    """To a file that is there, and to a heading in it."""
    for link in LINK.findall(FENCED.sub("", path.read_text())):
        name, _, anchor = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        assert target.exists(), link
        assert not anchor or target.suffix != ".md" or anchor in anchors(target), link
