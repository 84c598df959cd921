"""The manifest of the weights, by which the package checks its files: `python -m benchmarks.train.manifest`."""

import hashlib
import json
from pathlib import Path
from typing import Any

WEIGHTS = Path(__file__).resolve().parents[2] / "app" / "weights"
MANIFEST = "manifest.json"


def write_manifest(folder: Path = WEIGHTS, **more: Any) -> None:
    """Write the SHA-256 of every file in the folder, beside what else is to be said of them."""
    files = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.is_file() and path.name != MANIFEST
    }
    text = json.dumps({"files": files, **more}, ensure_ascii=False, indent=2)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf8")


if __name__ == "__main__":
    write_manifest()
