"""Chats to ask about, and the questions that the ask box is measured on."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import yaml

from assist.ask import Answer, Library
from assist.conversation.state import Conversation
from assist.engine import Engine
from assist.message import Message, Role
from assist.record import Entry
from tests.conftest import START

QUESTIONS = Path(__file__).with_name("ask_questions.yaml")


@dataclass(frozen=True)
class Chat:
    """A conversation with the record of its messages."""

    state: Conversation
    entries: tuple[Entry, ...]


def chat(engine: Engine, lines: list[list[str]]) -> Chat:
    """A chat told line by line, a minute apart, its messages m1, m2 and so on."""
    state, entries = Conversation("c"), []
    for seq, (role, text) in enumerate(lines, start=1):
        heard = engine.hear(state, Message(f"m{seq}", seq, Role(role), text, START + timedelta(minutes=seq)))
        state = heard.conversation
        reading = heard.reading
        entries.append(
            Entry(heard.message, state.tension, reading.steps, state.cause.label, reading.facts, reading.acts)
        )
    return Chat(state, tuple(entries))


def is_from(answer: Answer, question: dict) -> bool:
    """Whether an answer stands where a good one does."""
    rule = answer.where if answer.kind == "line" else answer.rule.rpartition("/")[2]
    stands = any(rule == start or rule.startswith(f"{start}.") for start in question["from"])
    return stands and question.get("has", "") in answer.text


def ranks(engine: Engine, library: Library, part: str = "questions") -> dict[str, int | None]:
    """For each question of a part the place of the first good answer, from 1; None where there is none."""
    told = yaml.safe_load(QUESTIONS.read_text())
    chats = {name: chat(engine, lines) for name, lines in told["chats"].items()}
    found: dict[str, int | None] = {}
    for question in told[part]:
        about = chats[question["chat"]]
        answers = library.answers(question["ask"], about.state, about.entries)
        places = [at for at, answer in enumerate(answers, start=1) if is_from(answer, question)]
        found[question["ask"]] = places[0] if places else None
    return found
