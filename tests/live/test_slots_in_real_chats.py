"""What the phrases say in real chats: their facts, next to no gaps, and nothing twice."""

from datetime import UTC, datetime

from assist.conversation.state import Conversation
from assist.engine import Engine, Heard
from assist.message import Message, Role
from assist.phrasing.wear import KEPT, said_in, worn_out
from tests.conftest import real_chats

GAPS = 0.02  # of suggestions, at most


def told(engine: Engine, chat: dict) -> list[Heard]:
    """A chat from its first line to its last."""
    state = Conversation(chat["id"])
    heard = []
    for number, turn in enumerate(chat["turns"], 1):
        at = datetime.strptime(turn["at"], "%a %b %d %H:%M:%S %z %Y").astimezone(UTC)
        heard.append(engine.hear(state, Message(str(number), number, Role(turn["role"]), turn["text"], at)))
        state = heard[-1].conversation
    return heard


def test_suggestions_in_real_chats_are_whole_and_come_once(engine: Engine) -> None:
    """Over all chats: fewer than 2 % with a gap; none that is gone comes back, nor one that says the same."""
    shown = gaps = 0
    for chat in real_chats():
        gone: set[str] = set()
        words: list[frozenset[str]] = []
        standing: dict[str, str] = {}
        for heard in told(engine, chat):
            now = {item.id: item.text for item in heard.advice.suggestions}
            left = {name: text for name, text in standing.items() if name not in now}
            fresh = [item for item in heard.advice.suggestions if item.id not in standing]
            assert gone.isdisjoint(now), chat["id"]
            for item in fresh:
                assert not worn_out(item.text, words[-KEPT // 2 :]), (chat["id"], item.text)
            shown += len(fresh)
            gaps += sum(bool(item.missing) for item in fresh)
            gone |= left.keys()
            words += map(said_in, left.values())
            standing = now
    assert shown > 3_000
    assert gaps / shown < GAPS, f"{gaps} of {shown}"


def test_facts_of_real_chats_stand_in_their_messages(engine: Engine) -> None:
    """What is told in quotation marks is there letter for letter, and every span begins and ends with a word."""
    slots: dict[str, int] = {}
    for chat in real_chats():
        for heard in told(engine, chat):
            text = heard.message.text
            for fact in heard.reading.facts:
                slots[fact.slot] = slots.get(fact.slot, 0) + 1
                if fact.slot in ("problem", "promised", "order"):
                    assert fact.value == text[fact.start : fact.end]
                assert not text[fact.start : fact.end].startswith(" ")
                assert text[fact.start : fact.end].strip()
    assert {"product", "promised", "feeling", "wish", "since", "problem", "amount", "waiting"} <= slots.keys()
