"""The engine: `read` a message, `fold` it with its reading, or both in `hear`. It holds words, no state and no clock."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from assist.advice import Advice, advise
from assist.conversation.fold import fold
from assist.conversation.state import Conversation
from assist.message import Message
from assist.playbook.schema import Playbooks
from assist.reading import Reading
from assist.signals.detector import Context
from assist.signals.reader import Reader


@dataclass(frozen=True, slots=True)
class Heard:
    """What one message made: its reading (to be recorded), the conversation after it, and the advice."""

    message: Message
    reading: Reading
    conversation: Conversation
    advice: Advice


@dataclass(frozen=True, slots=True)
class Engine:
    """Reads and folds with one set of playbooks; a reload makes another engine."""

    reader: Reader
    playbooks: Playbooks

    def read(self, message: Message, before: Conversation) -> Reading:
        """What the message says, seen from the conversation before it. Costs a bounded time for any text."""
        offered = tuple((item.step, item.text) for item in before.suggestions)
        return self.reader.read(message, Context(role=message.role, said=before.said, offered=offered))

    def fold(self, before: Conversation, message: Message, reading: Reading) -> tuple[Conversation, Advice]:
        """The conversation after a message with its recorded reading, and the advice then."""
        return advise(self.playbooks, before, fold(before, message, reading))

    def hear(self, before: Conversation, message: Message) -> Heard:
        """Read and fold one new message."""
        reading = self.read(message, before)
        return Heard(message, reading, *self.fold(before, message, reading))

    def replay(self, start: Conversation, told: Iterable[tuple[Message, Reading | None]]) -> Iterator[Heard]:
        """Fold a transcript again from its recorded readings; a message whose reading is None is read anew."""
        state = start
        for message, recorded in told:
            reading = self.read(message, state) if recorded is None else recorded
            heard = Heard(message, reading, *self.fold(state, message, reading))
            state = heard.conversation
            yield heard

    def advise(self, state: Conversation) -> Advice:
        """The advice for a conversation as it stands, without a new message."""
        return advise(self.playbooks, state, state)[1]

    def told(self, state: Conversation, slots: dict[str, str]) -> Conversation:
        """The conversation with what the host tells about it (names, order number)."""
        return replace(state, slots={**state.slots, **slots})
