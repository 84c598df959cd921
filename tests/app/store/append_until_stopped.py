"""A process of its own that appends to four conversations at once and prints each offset once it is acknowledged.

python append_until_stopped.py URL                 goes on until it is killed
python append_until_stopped.py URL FILE BYTES      lets FILE and what is beside it grow by BYTES only; at the first
                                                   refusal prints "refused", lifts the limit and appends once more
"""

import asyncio
import os
import resource
import sys
from pathlib import Path

from app.store import open_store
from app.store.rows import Store, Unavailable
from tests.app.store.store_samples import conversation, message


async def main(url: str, *limit: str) -> None:
    """Continue each log where it ends."""
    store = await open_store(url, outbox=True)
    if limit:
        file, growth = limit
        resource.setrlimit(resource.RLIMIT_FSIZE, (Path(file).stat().st_size + int(growth), resource.RLIM_INFINITY))
    await asyncio.gather(*(append(store, f"c-{n}") for n in range(4)))
    await store.close()


async def append(store: Store, name: str) -> None:
    """Append until the store refuses; then once more, which must work."""
    offset, refused = len(await store.events("default", name)), False
    while True:
        event = message(offset + 1, body={"text": f"{name} {offset + 1} " + "and so on " * 50})
        try:
            await store.append(conversation(name), event)
        except Unavailable:
            say("refused")
            refused = True
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            continue
        offset += 1
        say(f"{name} {offset}")
        if refused:
            return


def say(line: str) -> None:
    """In one call of the system: a killed process has said a line whole or not at all."""
    os.write(1, f"{line}\n".encode())


asyncio.run(main(*sys.argv[1:]))
