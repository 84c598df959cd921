"""The weights: what ships is what its manifest names, and whatever is wrong with it is said with what to do."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.learned import MANIFEST, WEIGHTS, BadWeights, Weights, is_scored
from assist.message import Message, Role
from assist.text import normalise
from benchmarks.train.manifest import write_manifest
from tests.app.test_cli import Done, stops_in_one_line
from tests.conftest import PATIENCE, START


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Weights that a test may spoil."""
    copied = tmp_path / "weights"
    copied.mkdir()
    for name in (MANIFEST, "linear.npz", "fusion.json", "tokenizer.json", "encoder.onnx"):
        shutil.copy(WEIGHTS / name, copied)
    return copied


def test_what_ships_is_what_the_manifest_names():
    """Every file, by its SHA-256, and nothing that it does not name."""
    sums = json.loads((WEIGHTS / MANIFEST).read_text())["files"]
    assert {"linear.npz", "fusion.json", "encoder.onnx", "tokenizer.json"} <= sums.keys()
    for path in WEIGHTS.iterdir():
        if path.name != MANIFEST and path.is_file():
            assert hashlib.sha256(path.read_bytes()).hexdigest() == sums.get(path.name), path.name


def test_the_linear_scorer_and_both_fusions_are_there():
    """The scorer tells thanks from anger."""
    learned = Weights().learned()
    assert set(learned.fusions) == {"linear", "encoder"}
    thanks, rage = (learned.scorer.score(normalise(text)) for text in ("thank you so much", "I am so angry"))
    assert thanks.value("gratitude") > rage.value("gratitude")
    assert thanks.value("anger") < rage.value("anger")


@pytest.mark.parametrize("name", ["linear.npz", "fusion.json"])
def test_another_file_than_the_manifest_names_is_not_used(folder: Path, name: str):
    """One byte is enough; the error names the file and says what to do."""
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(content)
    with pytest.raises(BadWeights, match=rf"{name} is another file than {MANIFEST} names: install") as bad:
        Weights(folder).learned()
    assert "\n" not in str(bad.value)


@pytest.mark.parametrize("name", ["encoder.onnx", "tokenizer.json"])
def test_a_missing_file_is_named(folder: Path, name: str):
    """The linear scorer does without those of the encoder."""
    (folder / name).unlink()
    Weights(folder).learned()
    with pytest.raises(BadWeights, match=f"{name} cannot be read .*: install"):
        Weights(folder).encoder()


def test_a_manifest_is_written_for_what_is_there(folder: Path):
    """As training does at its end."""
    (folder / "fusion.json").write_text("{}")
    write_manifest(folder, seed=20)
    assert Weights(folder).read("fusion.json") == b"{}"
    assert json.loads((folder / MANIFEST).read_text())["seed"] == 20


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"files": 1}'])
def test_a_manifest_that_is_none_is_refused(folder: Path, text: str):
    """Whatever it is instead."""
    (folder / MANIFEST).write_text(text)
    with pytest.raises(BadWeights, match=MANIFEST):
        Weights(folder).read("linear.npz")


def test_what_is_not_said_in_words_is_not_scored():
    """Notes, system messages, deleted ones, and pictures without words."""

    def message(role: str, text: str, **more) -> Message:
        return Message("m", 1, Role(role), text, START, **more)

    assert [role for role in Role if is_scored(message(role, "hello"))] == [Role.CUSTOMER, Role.AGENT, Role.BOT]
    assert not is_scored(message("customer", "", deleted=True))
    assert not is_scored(message("customer", " ", attachments=("a.png",)))


@pytest.mark.parametrize("library", ["onnxruntime", "tokenizers"])
def test_without_a_library_of_the_encoder_one_line_names_the_way_out(tmp_path: Path, library: str):
    """And the linear reader does without."""
    (tmp_path / f"{library}.py").write_text("raise ImportError('not on this machine')")
    given = json.dumps({"conversation": "c", "role": "customer", "text": "hello"})

    def read(reader: str) -> Done:
        done = subprocess.run(
            [sys.executable, "-m", "app", "read", "--reader", reader],
            env={**os.environ, "PYTHONPATH": str(tmp_path)},
            input=given,
            capture_output=True,
            text=True,
            timeout=6 * PATIENCE,
            check=False,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    stops_in_one_line(read("encoder"), "not on this machine", library, "--reader linear")
    linear = read("linear")
    assert (linear.code, linear.err) == (0, "")
    assert json.loads(linear.out)["scorer"] == "linear"
