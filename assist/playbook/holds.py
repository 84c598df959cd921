"""Whether conditions hold for a conversation as it stands."""

from assist.conversation.fold import CLEAR
from assist.conversation.state import Conversation
from assist.conversation.tension import band
from assist.playbook.schema import When


def holds(when: When, state: Conversation) -> bool:
    """Whether every condition holds for the conversation as it stands."""
    return (
        state.steps.keys().isdisjoint(when.not_done)
        and state.run >= when.run
        and state.contacts >= when.contacts
        and state.insults >= when.insults
        and state.refusals >= when.refusals
        and (not when.answered or state.run == 0)
        and (not when.rated or state.rated)
        and (not when.unclear or state.cause.confidence < CLEAR)
        and (not when.trend or state.trend == when.trend)
        and (not when.bands or band(state.tension) in when.bands)
        and (not when.done or state.steps.keys() >= set(when.done))
        and (not when.styles or state.style in when.styles)
        and (not when.waiting or waited(state) >= when.waiting)
        and (not when.quiet or (state.silent > 0 and state.silences >= when.quiet))
        and (not when.channels or state.channel in when.channels)
        and (not when.locales or any(_within(state.locale, locale) for locale in when.locales))
        and (not when.signals or all(strength(state, name) >= least for name, least in when.signals.items()))
    )


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
