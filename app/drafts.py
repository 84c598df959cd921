"""A draft seen from its chat: what is looked up for the coach, and its review as it goes over the wire."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from app.store.rows import Event
from assist.coach import Moment, Remark, review
from assist.conversation.state import Conversation
from assist.engine import Engine
from assist.message import Message, Role
from assist.signals.scores import Scores
from assist.what_if import because, expected_effect

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Chat:
    """What a draft is reviewed by: the chat as it stands, the customer's texts without an answer, what may be sent."""

    state: Conversation
    engine: Engine
    unanswered: Sequence[str]
    known: Collection[str]


def unanswered(recent: Sequence[Event]) -> list[str]:
    """The customer's texts since the team's last message, oldest first, as they are after their edits."""
    texts: list[str] = []
    for event in recent:
        if event.kind != "message":
            continue
        role = event.body["role"]
        if role == Role.CUSTOMER:
            texts.append(event.body["text"])
        elif role in (Role.AGENT, Role.BOT):
            texts.clear()
    return texts


def known(host: Mapping[str, str], facts: Mapping[str, str]) -> frozenset[str]:
    """Values that the host or the customer told, which the agent may write."""
    return frozenset((*host.values(), *facts.values()))


def reviewed(chat: Chat, drafts: Sequence[Message], scores: Sequence[Scores | None]) -> Json:
    """The review of the first of some drafts beside the effects of the others."""
    first, *others = (_reviewed(chat, draft, score) for draft, score in zip(drafts, scores, strict=True))
    remarks, effect = first
    return {
        "remarks": [{key: value for key, value in asdict(remark).items() if value is not None} for remark in remarks],
        **effect,
        "alternatives": [{"text": draft.text, **effect} for draft, (_, effect) in zip(drafts[1:], others, strict=True)],
    }


def _reviewed(chat: Chat, draft: Message, scores: Scores | None) -> tuple[Sequence[Remark], Json]:
    state = chat.state
    reading = chat.engine.read(draft, state, scores)
    forbidden = chat.engine.playbooks.policy.forbidden
    remarks = review(draft.text, forbidden, Moment(state, reading, chat.unanswered), chat.known)
    said = state.tension, reading, remarks, state.next_step
    return remarks, {
        "effect": asdict(expected_effect(*said)),
        "because": [asdict(reason) for reason in because(draft.text, *said)],
    }
