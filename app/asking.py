"""The room of the agent's own tools: her text in another manner, and her questions to playbooks, cases and chat."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from app.auth import Principal
from app.conversations import LONG, Conversations, problem_of
from app.entries import entries_of
from app.past import Past
from app.row import seen
from app.store.rows import Event
from assist.ask import Answer, Library, wants_cases
from assist.ask_cases import Case
from assist.ask_summary import summarise, wanted_in
from assist.conversation.state import Conversation
from assist.engine import Engine
from assist.message import MAX_DRAFT, Message, Role
from assist.playbook.schema import Playbooks
from assist.rewrite import Rewritten, rewrite

MOST_KEPT = 8  # indices: of the sets of a few teams, in the languages of their chats
Json = dict[str, Any]
logging.getLogger("bm25s").setLevel(logging.WARNING)  # it turns itself to debug, for every handler


class Asking:
    """Answers on behalf of a principal; raises `Refused` for what she may not see or what is no text."""

    def __init__(self, conversations: Conversations) -> None:
        self._room = conversations
        self._libraries: dict[tuple[str, str], Library] = {}
        self._building = asyncio.Lock()
        self._past = Past(conversations.store, conversations.clock)

    async def rewrite(self, who: Principal, conversation: str, text: str, manner: str) -> Json:
        """The agent's own text in another manner, or the reason why there is none."""
        state, engine, _ = await self._now(who, conversation, text)
        if len(text) > LONG:
            done = await asyncio.to_thread(self._rewritten, engine, state, text, manner)
        else:
            done = self._rewritten(engine, state, text, manner)
        return asdict(done) | {"changes": [asdict(change) for change in done.changes]}

    def _rewritten(self, engine: Engine, state: Conversation, text: str, manner: str) -> Rewritten:
        draft = Message(id="draft", seq=state.seq + 1, role=Role.AGENT, text=text, at=self._room.clock())
        return rewrite(text, manner, engine.read(draft, state).language.code)

    async def ask(self, who: Principal, conversation: str, question: str) -> Json:
        """Answers with their sources, best first; where a summary is asked for, that."""
        state, engine, team = await self._now(who, conversation, question)
        events = await self._room.store.events(who.tenant, conversation)
        language = wanted_in(question)
        if language:
            return await asyncio.to_thread(_summary, state, events, language)
        library = await self._library(engine.playbooks.speaking(state.language))
        cases = await self._past.cases(who.tenant, team, conversation) if wants_cases(question) else []
        return await asyncio.to_thread(_answers, library, question, state, events, cases)

    async def _now(self, who: Principal, conversation: str, text: str) -> tuple[Conversation, Engine, str]:
        """The conversation as it stands, and its team with the engine that speaks for it."""
        problem = problem_of(text, limit=MAX_DRAFT)
        if problem:
            raise problem
        async with self._room.lives.hold(who.tenant, conversation) as live:
            row = seen(who, live.row)
            return live.state, self._room.engine(row.team), row.team

    async def _library(self, playbooks: Playbooks) -> Library:
        """The index of a set, built in a thread when it is asked first; the oldest are let go."""
        key = playbooks.version, playbooks.house.language
        async with self._building:
            if key not in self._libraries:
                built = await asyncio.to_thread(Library, playbooks)
                self._libraries = dict([*self._libraries.items(), (key, built)][-MOST_KEPT:])
            return self._libraries[key]


def _summary(state: Conversation, events: Sequence[Event], language: str) -> Json:
    return {"answers": [], "summary": [asdict(sentence) for sentence in summarise(state, entries_of(events), language)]}


def _answers(
    library: Library, question: str, state: Conversation, events: Sequence[Event], cases: Sequence[Case]
) -> Json:
    found = library.answers(question, state, entries_of(events), cases)
    return {"answers": [answer_wire(answer) for answer in found]}


def answer_wire(answer: Answer) -> Json:
    """`{"text", "kind", "source": {"name", "where", "rule"}, "score", "missing", "who"?, "note"?}`."""
    wire: Json = {
        "text": answer.text,
        "kind": answer.kind,
        "source": {"name": answer.name, "where": answer.where, "rule": answer.rule},
        "score": answer.score,
        "missing": list(answer.missing),
    }
    return wire | {key: value for key, value in (("who", answer.who), ("note", answer.note)) if value}
