"""What is picked up from real chats for the slots, to be judged by eye: `python -m tests.live.finds 60 [seed]`.

One find a line: its slot, its value, and the message that told it. The chats stay where they are.
"""

import json
import random
import sys
from collections.abc import Iterator

from app.language import language_model
from app.learned import Weights
from assist.message import Message, Role
from assist.signals.detector import Context
from assist.signals.reader import Reader
from assist.signals.sentiment import SentimentAnalyzer
from tests.conftest import SHARED, START


def finds() -> Iterator[tuple[str, str, str]]:
    """Slot, value and message of every find, as the linear reader has them."""
    reader = Reader(SentimentAnalyzer(), Weights().learned(), identify=language_model())
    for line in (SHARED / "data" / "chats" / "twcs.jsonl").read_text(encoding="utf-8").splitlines():
        for number, turn in enumerate(json.loads(line)["turns"], 1):
            if turn["role"] == "customer":
                message = Message(str(number), number, Role.CUSTOMER, turn["text"], START)
                for fact in reader.read(message, Context(Role.CUSTOMER)).facts:
                    yield fact.slot, fact.value, turn["text"]


if __name__ == "__main__":
    found = list(finds())
    count = int(sys.argv[1]) if len(sys.argv) > 1 else len(found)
    for slot, value, text in random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1).sample(found, count):
        print(f"{slot:9} {value!r:50} {' '.join(text.split())}")
    print(f"{count} of {len(found)} finds")
