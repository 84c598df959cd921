"""Whether conditions hold for a conversation as it stands."""

from collections.abc import Callable, Mapping

from assist.conversation.fold import CLEAR
from assist.conversation.state import Conversation
from assist.conversation.tension import band
from assist.playbook.schema import When

# Whether each condition holds, by its name in `When`.
TESTS: Mapping[str, Callable[[When, Conversation], bool]] = {
    "not_done": lambda when, state: state.steps.keys().isdisjoint(when.not_done),
    "run": lambda when, state: state.run >= when.run,
    "contacts": lambda when, state: state.contacts >= when.contacts,
    "insults": lambda when, state: state.insults >= when.insults,
    "refusals": lambda when, state: state.refusals >= when.refusals,
    "answered": lambda _, state: state.run == 0,
    "unclear": lambda _, state: state.cause.confidence < CLEAR,
    "trend": lambda when, state: state.trend == when.trend,
    "bands": lambda when, state: band(state.tension) in when.bands,
    "done": lambda when, state: state.steps.keys() >= set(when.done),
    "styles": lambda when, state: state.style in when.styles,
    "rated": lambda _, state: state.rated,
    "quiet": lambda when, state: state.silent > 0 and state.silences >= when.quiet,
    "waiting": lambda when, state: waited(state) >= when.waiting,
    "channels": lambda when, state: state.channel in when.channels,
    "locales": lambda when, state: any(_within(state.locale, locale) for locale in when.locales),
    "signals": lambda when, state: _shown(when.signals, state),
}


def holds(when: When, state: Conversation) -> bool:
    """Whether every condition holds for the conversation as it stands."""
    for name in when.asked:  # noqa: SIM110 - a generator costs more than the tests
        if not TESTS[name](when, state):
            return False
    return True


def _shown(signals: Mapping[str, float], state: Conversation) -> bool:
    for name, least in signals.items():  # noqa: SIM110 - as in `holds`
        if strength(state, name) < least:
            return False
    return True


def waited(state: Conversation) -> int:
    """Whole minutes from the customer's first unanswered message to the last one; 0 once they have an answer."""
    if state.waiting_since is None or state.at is None:
        return 0
    return int((state.at - state.waiting_since).total_seconds() // 60)


def _within(locale: str, prefix: str) -> bool:
    return locale == prefix or locale.startswith(f"{prefix}-")


def strength(state: Conversation, signal: str) -> float:
    """Of a signal or act in the customer's last message; an alarm keeps the strength with which it was raised."""
    heard = state.heard.signal(signal)
    return max(heard, state.alarms.get(signal, 0.0)) if state.alarms else heard
