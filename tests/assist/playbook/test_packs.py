"""A pack lies over the set: it changes single steps, adds others, and leaves the rest as it is."""

import pytest

from assist.errors import PlaybookProblems
from assist.playbook.parse import parse
from assist.playbook.schema import Playbook, Playbooks
from tests.assist.playbook.sets import EXTRA, entry, with_extra

BASE = EXTRA + entry("solve", "Again.", "when: {refusals: 1}") + entry("own", "Mine.")


def overlay(*entries: str, top: str = "") -> str:
    """A pack's `extra.yaml`, with only what it changes."""
    return "playbook: extra\n" + top + ("steps:\n" + "".join(entries) if entries else "")


def laid(*packs: dict[str, str], base: str = BASE) -> Playbooks:
    """The set with packs over it."""
    return parse(with_extra(base), *({f"packs/p/{name}": text for name, text in pack.items()} for pack in packs))


def extra(playbooks: Playbooks) -> Playbook:
    """The playbook that the packs change."""
    return next(playbook for playbook in playbooks.all if playbook.name == "extra")


def reasons(playbooks: Playbooks) -> list[str]:
    """Of its entries, in order."""
    return [item.reason for item in extra(playbooks).entries]


def test_an_entry_of_the_same_step_and_conditions_is_replaced() -> None:
    """In its place; all others stay."""
    assert reasons(laid()) == ["Because.", "Again.", "Mine."]
    assert reasons(laid({"extra.yaml": overlay(entry("solve", "Ours."))})) == ["Ours.", "Again.", "Mine."]
    same = overlay(entry("solve", "Ours.", "when: {refusals: 1}"))
    assert reasons(laid({"extra.yaml": same})) == ["Because.", "Ours.", "Mine."]


def test_an_entry_with_other_conditions_is_added_before() -> None:
    """So that what is made for a trade is looked at first."""
    new = overlay(entry("solve", "Ours.", "when: {refusals: 2}"))
    playbooks = laid({"extra.yaml": new})
    assert reasons(playbooks) == ["Ours.", "Because.", "Again.", "Mine."]
    step = extra(playbooks).entries[0].step
    assert [item.reason for item in extra(playbooks).by_step[step]] == ["Ours.", "Because.", "Again."]


def test_later_packs_lie_over_earlier_ones() -> None:
    """A team's own words over its trade's."""
    packs = [{"extra.yaml": overlay(entry("solve", reason))} for reason in ("Trade.", "Team.")]
    assert reasons(laid(*packs)) == ["Team.", "Again.", "Mine."]


def test_a_new_playbook_takes_over_its_causes() -> None:
    """The one below keeps the others."""
    text = EXTRA.replace("playbook: extra", "playbook: swaps").replace("[booking]", "[damaged]")
    text = text.replace("ook now", "ook at the swap now").replace("ooking now", "ooking at the swap now")
    playbooks = laid({"swaps.yaml": text.replace("looking", "checking")})
    assert playbooks.by_cause["damaged"].name == "swaps"
    assert playbooks.by_cause["defect"].name == "defect"


def test_solutions_and_policy_change_by_their_names() -> None:
    """A cap, an id; what is not named stays."""
    phrases = "".join(f"\n      {tone}: ['A {tone} fix.']" for tone in ("warm", "neutral", "formal"))
    defect = "playbook: defect\nsolutions:\n"
    defect += f"  - id: refund\n    phrases:{phrases}\n"
    house = "playbook: house\npolicy:\n  refund_cap: 7\n  currency: EUR\n  forbidden: [xyzzy]\n"
    before, after = laid(), laid({"defect.yaml": defect, "house.yaml": house})
    ids = [item.id for item in before.by_cause["defect"].solutions]
    assert [item.id for item in after.by_cause["defect"].solutions] == ids
    assert after.by_cause["defect"].solutions[ids.index("refund")].offer.phrases["warm"][0].text == "A warm fix."
    assert dict(after.policy.caps) == {**before.policy.caps, "refund": 7}
    assert after.policy.promises == before.policy.promises
    assert set(after.policy.forbidden) == {*before.policy.forbidden, "xyzzy"}
    assert len(after.house.entries) == len(before.house.entries)
    assert after.house.flow == before.house.flow


def test_the_version_is_of_the_set_with_its_packs() -> None:
    """So that a suggestion can be traced."""
    assert laid({"extra.yaml": overlay(entry("solve", "Ours."))}).version != laid().version


@pytest.mark.parametrize(
    ("pack", "told"),
    [
        ({"extra.yaml": overlay(entry("soothe", "Ours."))}, "packs/p/extra.yaml:3: step is 'soothe'"),
        ({"new.yaml": "playbook: new\n"}, "packs/p/new.yaml:1: the playbook has no 'title'"),
        ({"extra.yaml": "title: none\n"}, "packs/p/extra.yaml:1: the playbook has no 'playbook'"),
        (
            {"extra.yaml": overlay(entry("listen", "X").replace("A warm line for X", "A warm line for Mine."))},
            "packs/p/extra.yaml:6: the phrase of extra.yaml:21 stands here again",
        ),
        ({"extra.yaml": overlay(top="policy: {}\n")}, "packs/p/extra.yaml:2: only the house playbook has a policy"),
    ],
)
def test_a_mistake_in_a_pack_is_told_where_it_is(pack: dict[str, str], told: str) -> None:
    """Not at the file below."""
    with pytest.raises(PlaybookProblems) as caught:
        laid(pack)
    assert any(str(problem).startswith(told) for problem in caught.value.problems), caught.value


def test_two_files_of_one_playbook_are_refused() -> None:
    """Which one speaks would be chance."""
    with pytest.raises(PlaybookProblems, match=r"playbook 'house' of language 'en' is house\.yaml already"):
        parse({**with_extra(), "house.yaml": with_extra()["house/arc.yaml"]})


def test_what_a_pack_replaces_may_be_said_again() -> None:
    """Its words are free once they are gone."""
    again = overlay(entry("solve", "Because.").replace("A warm line for Because.", "I'll look now."))
    assert reasons(laid({"extra.yaml": again})) == ["Because.", "Again.", "Mine."]
