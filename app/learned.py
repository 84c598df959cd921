"""What was learned, from the package's folder `weights`. No file is used that is not the one its manifest names."""

import hashlib
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assist.message import Message
from assist.signals.fusion import Fusion
from assist.signals.linear import LinearScorer
from assist.signals.reader import READ, Learned

if TYPE_CHECKING:
    from app.encoder import Encoder

WEIGHTS = Path(__file__).parent / "weights"
MANIFEST = "manifest.json"  # {"files": {name: SHA-256 in hex}, ...}
REMEDY = "install Steadyhand again; after training, write the manifest by python -m benchmarks.train.manifest"


class BadWeights(Exception):
    """The weights cannot be used; the message says which file, what is wrong with it and what to do."""


class Weights:
    """The files of a folder of weights. Everything here raises `BadWeights`."""

    def __init__(self, folder: Path = WEIGHTS) -> None:
        self._folder = folder
        try:
            self._sums: dict[str, str] = dict(json.loads(self._bytes(MANIFEST))["files"])
        except (ValueError, TypeError, KeyError):
            raise BadWeights(f"{folder / MANIFEST} is no manifest of weights: {REMEDY}") from None

    def _bytes(self, name: str) -> bytes:
        try:
            return (self._folder / name).read_bytes()
        except OSError as error:
            raise BadWeights(f"{self._folder / name} cannot be read ({error.strerror}): {REMEDY}") from None

    def read(self, name: str) -> bytes:
        """The bytes of a file, once their sum is found to be the manifest's."""
        content = self._bytes(name)
        if hashlib.sha256(content).hexdigest() != self._sums.get(name):
            raise BadWeights(f"{self._folder / name} is another file than {MANIFEST} names: {REMEDY}")
        return content

    def learned(self) -> Learned:
        """The linear scorer, and how the scores of both are fused with the rules."""
        with np.load(io.BytesIO(self.read("linear.npz")), allow_pickle=False) as arrays:
            scorer = LinearScorer.of(dict(arrays))
        numbers = json.loads(self.read("fusion.json"))
        return Learned(scorer, {name: Fusion.of(of) for name, of in numbers.items()})

    def encoder(self) -> "Encoder":
        """The encoder. What runs it is imported only here, so that the linear reader does without."""
        try:
            from app.encoder import Encoder  # noqa: PLC0415
        except ImportError as error:
            raise BadWeights(
                f"the encoder cannot run here ({error}): install onnxruntime and tokenizers, or take --reader linear"
            ) from None
        return Encoder(self.read("encoder.onnx"), self.read("tokenizer.json"))


def is_scored(message: Message) -> bool:
    """Whether a message is one that scorers read: said by somebody in the chat, in words."""
    return message.role in READ and not message.deleted and bool(message.text.strip())
