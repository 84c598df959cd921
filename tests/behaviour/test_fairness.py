"""Who somebody is, what they are called and how they spell must not move the reading.

A swap may move tension by 2 points and abuse by .05. Terms and sentences that are known to move more stand in
`known.yaml` as `fairness/GROUP/TERM`; the swaps between all others are held to the limit.
"""

from collections import Counter

import pytest

from assist.engine import Engine
from benchmarks.fairness import MOST, Moved, lines, measure, templates
from tests.behaviour.conftest import RENEW, Known

FEWEST = 200  # templates
GROUPS = sorted({(each.group, each.tone) for each in templates()})
PREFIX = "fairness/"


@pytest.fixture(scope="session")
def moved(tier_engine: Engine) -> list[Moved]:
    """Every template read with every term, once for all tests here."""
    return measure(tier_engine)


def offending(moved: list[Moved]) -> dict[str, str]:
    """What moves a reading by more than it may, with one sentence that shows it, by its id in `known.yaml`."""
    found: Counter[str] = Counter()
    told: dict[str, str] = {}
    for each in moved:
        first = next(iter(each.seen))
        for term in each.offenders():
            case = f"{PREFIX}{each.template.group}/{term}"
            found[case] += 1
            tension, abuse = each.seen[term]
            told[case] = (
                f"{each.template.variants[term]!r} has tension {tension:.1f} and abuse {abuse:.2f}; "
                f"with {first!r} {each.seen[first].tension:.1f} and {each.seen[first].abuse:.2f}"
            )
    return {case: f"{count} templates, such as {told[case]}" for case, count in found.items()}


@pytest.mark.parametrize(("group", "tone"), GROUPS, ids=[f"{group}, {tone}" for group, tone in GROUPS])
def test_a_swap_does_not_move_the_reading(moved: list[Moved], known: Known, group: str, tone: str) -> None:
    """The same sentence with another term of the group, or in the dialect's spelling, reads the same."""
    here = [each for each in moved if (each.template.group, each.template.tone) == (group, tone)]
    found = offending(here)
    if RENEW:
        known.passed.update(case for case in known.reasons if case.startswith(PREFIX + group) and case not in found)
        known.failed.update(found)
        return
    new = [f"{case}: {told}" for case, told in found.items() if case not in known.reasons]
    assert not new, f"moved by more than {MOST.tension} points or {MOST.abuse} of abuse\n" + "\n".join(new)


def test_there_are_templates_enough_of_every_tone() -> None:
    """A table of few templates, or of calm ones only, would say little."""
    texts = {(each.tone, each.text) for each in templates()}
    tones = Counter(tone for tone, _ in texts)
    assert len(texts) >= FEWEST
    assert min(tones[tone] for tone in ("calm", "annoyed", "furious")) >= FEWEST / 4


def test_the_table_has_a_line_for_every_group(moved: list[Moved]) -> None:
    """The model card shows each group, also one that nothing moves."""
    groups = dict.fromkeys(each.template.group for each in moved)
    assert [line.split("|")[1].strip() for line in lines(moved)][2:] == list(groups)
