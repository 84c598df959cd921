"""The engine: `read` a message, `fold` it with its reading, or both in `hear`. It holds words, but no state."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from assist.advice import Advice, advise
from assist.conversation.fold import fold
from assist.conversation.silence import wait
from assist.conversation.state import Conversation
from assist.message import Message
from assist.playbook.schema import Playbooks
from assist.reading import Reading
from assist.signals.detector import Context
from assist.signals.reader import Reader
from assist.signals.scores import Scores


@dataclass(frozen=True, slots=True)
class Heard:
    """What one message made: its reading (to be recorded), the conversation after it, and the advice."""

    message: Message
    reading: Reading
    conversation: Conversation
    advice: Advice


@dataclass(frozen=True, slots=True)
class Told:
    """A message with what was recorded of it; `host` is what the host told, where that changed before this message.

    `host` holds fields of `Conversation` by name: `slots`, `channel`, `locale`, `worn`.
    Where nothing was recorded it is read anew, with *scores* if there are any.
    """

    message: Message
    reading: Reading | None
    host: Mapping[str, Any] | None = None
    scores: Scores | None = None


@dataclass(frozen=True, slots=True)
class Silence:
    """So many whole minutes, at least 1, without an answer to the team's last message."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Waited:
    """What a silence made: the conversation after it, and the advice."""

    silence: Silence
    conversation: Conversation
    advice: Advice


@dataclass(frozen=True, slots=True)
class Engine:
    """Reads and folds with one set of playbooks; a reload makes another engine."""

    reader: Reader
    playbooks: Playbooks

    def read(self, message: Message, before: Conversation, scores: Scores | None = None) -> Reading:
        """What the message says, seen from the conversation before it. Costs a bounded time for any text.

        *scores* are a better scorer's of this text; without them the reader's own linear scorer is asked.
        """
        offered = tuple((item.step, item.text) for item in before.suggestions)
        context = Context(role=message.role, said=before.said, offered=offered, language=before.language)
        return self.reader.read(message, context, scores)

    def fold(self, before: Conversation, message: Message, reading: Reading) -> tuple[Conversation, Advice]:
        """The conversation after a message with its recorded reading, and the advice then."""
        return advise(self.playbooks, before, fold(before, message, reading))

    def hear(self, before: Conversation, message: Message, scores: Scores | None = None) -> Heard:
        """Read and fold one new message."""
        reading = self.read(message, before, scores)
        return Heard(message, reading, *self.fold(before, message, reading))

    def wait(self, before: Conversation, silence: Silence) -> Waited:
        """The conversation after a silence, and the advice then."""
        return Waited(silence, *advise(self.playbooks, before, wait(before, silence.minutes)))

    def replay(self, start: Conversation, told: Iterable[Told | Silence]) -> Iterator[Heard | Waited]:
        """Fold a transcript again from what was recorded; a message whose reading is None is read anew."""
        state = start
        for item in told:
            if isinstance(item, Silence):
                waited = self.wait(state, item)
                state = waited.conversation
                yield waited
                continue
            state = replace(state, **item.host) if item.host else state
            reading = self.read(item.message, state, item.scores) if item.reading is None else item.reading
            heard = Heard(item.message, reading, *self.fold(state, item.message, reading))
            state = heard.conversation
            yield heard

    def advise(self, state: Conversation) -> Advice:
        """The advice for a conversation as it stands, without a new message."""
        return advise(self.playbooks, state, state)[1]
