"""Packs: playbooks of one trade or team that lie over a set. What a pack does not say stays as it is below it."""

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from assist.playbook.schema import Entry, Playbook, Policy, Solution, by_step


def laid(below: Sequence[Playbook], pack: Sequence[Playbook]) -> list[Playbook]:
    """A set with a pack over it.

    A file of the same name and language changes the one below; another is added, and takes over the causes it serves.
    """
    over = {(playbook.language, playbook.name): playbook for playbook in pack}
    names = {(playbook.language, playbook.name) for playbook in below}
    added = [playbook for key, playbook in over.items() if key not in names]
    taken = {(playbook.language, cause) for playbook in pack for cause in playbook.causes}
    kept = [
        replace(playbook, causes=tuple(c for c in playbook.causes if (playbook.language, c) not in taken))
        for playbook in below
    ]
    changed = [
        _changed(playbook, over[playbook.language, playbook.name])
        if (playbook.language, playbook.name) in over
        else playbook
        for playbook in kept
    ]
    return [*changed, *added]


def _changed(below: Playbook, over: Playbook) -> Playbook:
    entries = _entries(below.entries, over.entries)
    return replace(
        below,
        title=over.title or below.title,
        causes=tuple(dict.fromkeys((*below.causes, *over.causes))),
        entries=entries,
        by_step=by_step(entries),
        flow=over.flow or below.flow,
        interrupt=over.interrupt or below.interrupt,
        priority=over.priority or below.priority,
        status=below.status if over.status == "active" else over.status,
        cases=over.cases,  # those below speak of the words below
        solutions=_solutions(below.solutions, over.solutions),
        policy=_policy(below.policy, over.policy),
    )


def _entries(below: Sequence[Entry], over: Sequence[Entry]) -> tuple[Entry, ...]:
    """Entries of the same step and conditions take the place of those below; others come before all."""
    left = list(over)
    placed: list[Entry] = []
    for entry in below:
        same = [new for new in over if (new.step, new.when) == (entry.step, entry.when)]
        placed += [new for new in same if new in left] if same else [entry]
        left = [new for new in left if new not in same]
    return (*left, *placed)


def _solutions(below: Sequence[Solution], over: Sequence[Solution]) -> tuple[Solution, ...]:
    """Solutions of the same id take the place of those below; others come after all."""
    return tuple({item.id: item for item in (*below, *over)}.values())


def _policy(below: Policy, over: Policy) -> Policy:
    return Policy(
        caps=MappingProxyType({**below.caps, **over.caps}),
        currency=over.currency or below.currency,
        promises=MappingProxyType({**below.promises, **over.promises}),
        forbidden=tuple(dict.fromkeys((*below.forbidden, *over.forbidden))),
        goodwill=_solutions(below.goodwill, over.goodwill),
        ask=over.ask if any(over.ask.values()) else below.ask,
        quiet_after=below.quiet_after if over.quiet_after is None else over.quiet_after,
        file=below.file,
        line=below.line,
    )
