"""`python -m benchmarks.memory`: what a process holds that hears with the linear scorer, then with the encoder too."""

import json
import os
from pathlib import Path

STATM = Path("/proc/self/statm")
SETTLED = 17  # chats, some 200 messages, after which a stage is weighed: what the process holds, not what it was told


def resident() -> float:
    """Resident memory of this process in MB (10**6 bytes); 0 where the system does not tell as Linux does."""
    if not STATM.exists():
        return 0.0
    return int(STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    """Print the stages as JSON: the imports alone, with the linear reader, with the encoder."""
    from app.learned import Weights  # noqa: PLC0415 - what is weighed is loaded stage by stage
    from benchmarks.chats import engine, turns  # noqa: PLC0415

    stages = {"imports": resident()}
    said = turns(engine(), SETTLED)
    stages["linear"] = resident()
    encoder = Weights().encoder()
    for turn in said:
        encoder.score(turn.message.text)
    stages["encoder"] = resident()
    print(json.dumps(stages))


if __name__ == "__main__":
    main()
