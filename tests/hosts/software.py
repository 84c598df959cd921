"""The chat tools' own software from npm, installed once for each lock file into `build/`; never shipped."""

import hashlib
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest
from filelock import FileLock

from tests.conftest import ROOT

HERE = Path(__file__).parent
FLAGS = ("--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
LONGEST = 300  # seconds for npm; about 15 are usual


@cache
def software() -> Path:
    """The folder with `node_modules` and modules for the browser in `sdk`; skips where npm cannot have them."""
    parts = [HERE / "package-lock.json", *sorted((HERE / "entries").iterdir())]
    mark = hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()[:12]
    folder = ROOT / "build" / f"hosts-{mark}"
    folder.parent.mkdir(exist_ok=True)
    with FileLock(folder.with_suffix(".lock")):
        if not folder.exists():
            _install(folder)
    return folder


def _install(folder: Path) -> None:
    """Beside its place first: what stands there is whole."""
    if not shutil.which("npm"):
        pytest.skip("npm is not on this machine, so the chat tools' own software cannot be had")
    making = folder.with_suffix(".making")
    shutil.rmtree(making, ignore_errors=True)
    shutil.copytree(HERE / "entries", making / "entries")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, making)
    command = ["npm", "ci", *FLAGS]
    got = subprocess.run(command, check=False, cwd=making, capture_output=True, text=True, timeout=LONGEST)
    if got.returncode:
        pytest.skip(f"npm could not install the chat tools' own software: {got.stderr.strip()[-300:]}")
    _bundle(making)
    making.rename(folder)


def _bundle(folder: Path) -> None:
    """Each package as one module that a browser can import."""
    entries = sorted(str(entry) for entry in (folder / "entries").iterdir())
    esbuild = folder / "node_modules" / ".bin" / "esbuild"
    flags = ("--bundle", "--format=esm", "--outdir=sdk", "--log-level=error", "--loader:.css=empty")
    subprocess.run([esbuild, *entries, *flags], cwd=folder, check=True, timeout=60)
