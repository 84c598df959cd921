"""Solutions and gestures: which one is offered now, as a promise or as something to ask for, and which were refused."""

from collections.abc import Iterator
from dataclasses import replace

from assist.conversation.state import Conversation
from assist.message import Step
from assist.playbook.holds import holds
from assist.playbook.policy import needs
from assist.playbook.schema import Entry, Playbooks, Solution


def offer(playbooks: Playbooks, state: Conversation, step: Step) -> Entry | None:
    """The entry that offers the next solution or gesture at a step: the first that holds and was not refused.

    None at other steps, where all are used up, and while the last one offered has no answer yet.
    """
    if step in state.steps:
        return None
    solution = next(_open(playbooks, state, step), None)
    return spoken(playbooks, solution, state) if solution else None


def _open(playbooks: Playbooks, state: Conversation, step: Step) -> Iterator[Solution]:
    """Those of the step that hold and were not refused. A gesture is made once."""
    cause = playbooks.by_cause.get(state.cause.label)
    used = state.refused
    listed: tuple[Solution, ...] = ()
    if step is Step.SOLVE and cause:
        listed = cause.solutions
    elif step is Step.CLOSE:
        listed, used = playbooks.house.policy.goodwill, state.offered
    for solution in listed:
        if _name(solution.offer.rule) not in used and holds(solution.offer.when, state):
            yield solution


def spoken(playbooks: Playbooks, solution: Solution, state: Conversation) -> Entry:
    """A promise where it is the agent's to give, else what she can say before somebody else has agreed."""
    policy = playbooks.policy
    who = needs(policy, solution, state)
    if who == "agent":
        return solution.offer
    lines = solution.ask if any(solution.ask.values()) else playbooks.house.policy.ask
    cap = policy.caps.get(solution.costs)
    limit = f" Your limit for a {solution.costs} is {cap:g} {policy.currency}." if cap is not None else ""
    told = f"Ask your {who} before you promise this.{limit}"
    return replace(
        solution.offer,
        phrases=lines,
        reason=f"Not yours to promise: offer to ask your {who}.",
        does=(told, *solution.offer.does),
    )


def remembered(playbooks: Playbooks, before: Conversation, state: Conversation) -> Conversation:
    """The conversation that knows what was offered, from the phrases that were sent, and what has been refused.

    A refusal is of what was sent. Where the agent used her own words it is taken to be of what stood first.
    """
    sent = {_name(item.rule) for item in before.suggestions if item.key in state.gone}
    offered = state.offered | (sent & _names(playbooks)) if sent else state.offered
    refused = state.refused
    if state.refusals > before.refusals:
        first = next(_open(playbooks, before, Step.SOLVE), None)
        stood = {_name(first.offer.rule)} if first else set()
        refused |= {name for name in offered - refused if f".{Step.SOLVE}." in name} or stood
    if (offered, refused) == (state.offered, state.refused):
        return state
    return replace(state, offered=offered, refused=refused)


def _names(playbooks: Playbooks) -> set[str]:
    books = (*playbooks.by_cause.values(), playbooks.house)
    return {_name(item.offer.rule) for book in books for item in book.offers}


def _name(rule: str) -> str:
    """A solution's rule without the language of its playbook: what was refused in one is refused in all."""
    return rule.rpartition("/")[2]
