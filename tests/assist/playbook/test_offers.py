"""Solutions come one after the other, what was refused never again; what is not hers to give is not promised."""

from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.advice import Advice, advise
from assist.conversation.state import Conversation, StepDone
from assist.errors import PlaybookProblems
from assist.message import Step
from assist.playbook.offers import offer
from assist.playbook.parse import parse
from assist.playbook.policy import money
from assist.playbook.schema import Playbooks
from assist.reading import Cause
from tests.assist.playbook.sets import EXTRA, Files, with_extra

SWAP = ("swap", "")
MONEY = ("money", "needs: agent\ncosts: refund")
VISIT = ("visit", "needs: supervisor")
EACH = '      {tone}: ["{text} {tone}."]'


def lines(key: str, text: str) -> list[str]:
    """Phrases of a solution under a key, one a tone."""
    return [f"    {key}:", *(EACH.format(tone=tone, text=text) for tone in ("warm", "neutral", "formal"))]


def files(*solutions: tuple[str, str], policy: str = "", ask: bool = True) -> Files:
    """The set with an `extra` that has these solutions (id, further lines), each with lines to offer and to ask."""
    text = ["solutions:"]
    for name, rest in solutions:
        text += [
            f"  - id: {name}",
            *(f"    {line}" for line in rest.splitlines()),
            *lines("phrases", f"Take the {name}"),
        ]
        text += lines("ask", f"I will ask for the {name}") if ask else []
    made = with_extra(EXTRA.replace("steps:\n", "\n".join([*text, "steps:\n"])))
    made["house/policy.yaml"] = f"playbook: house\n{policy}"
    del made["defect.yaml"]  # whose own solutions lean on the house's policy
    return made


def cap(amount: float, more: str = "") -> str:
    """A policy with a cap on refunds."""
    return f"policy:\n  currency: EUR\n  refund_cap: {amount:g}\n{more}"


START = Conversation("c", cause=Cause("booking", 0.9), run=1, said=(frozenset({"broken"}),))
DONE = StepDone("m2", 2)


def offered(advice: Advice) -> set[str]:
    """The solutions that the phrases offer, or ask for; `solve` for none."""
    return {
        ("ask for " if item.reason.startswith("Not yours") else "") + item.rule.rsplit(".", 1)[-1]
        for item in advice.suggestions
    }


def refuse(playbooks: Playbooks, state: Conversation, *, sent: bool = True) -> tuple[Conversation, Advice]:
    """The agent offers what stands first, in these words or her own, and the customer turns it down."""
    gone = state.gone | {state.suggestions[0].key} if sent else state.gone
    answered = replace(state, gone=gone, run=0, steps=MappingProxyType({Step.SOLVE: DONE}))
    answered, _ = advise(playbooks, state, answered)
    refused = replace(answered, refusals=answered.refusals + 1, run=1, steps=MappingProxyType({Step.ESCALATE: DONE}))
    return advise(playbooks, answered, refused)


@pytest.mark.parametrize("sent", [True, False])
def test_each_refusal_brings_the_next_solution(sent: bool) -> None:
    """In the order of the file, whether the agent sent our words or her own; then the plain entries speak."""
    playbooks = parse(files(SWAP, MONEY, ("gift", "")))
    state, advice = advise(playbooks, START, START)
    seen = [offered(advice)]
    for _ in range(3):
        state, advice = refuse(playbooks, state, sent=sent)
        seen.append(offered(advice))
    assert seen[:3] == [{"swap"}, {"money"}, {"gift"}]
    assert seen[3] == {"solve"}


def test_what_was_refused_never_comes_again() -> None:
    """Not even when a solution before it begins to hold."""
    playbooks = parse(files(("late", "when: {contacts: 3}"), SWAP, MONEY))
    state, advice = advise(playbooks, START, START)
    assert offered(advice) == {"swap"}
    state, advice = refuse(playbooks, state)
    assert offered(advice) == {"money"}
    third = replace(state, contacts=3)
    state, advice = advise(playbooks, state, third)
    assert offered(advice) == {"late"}
    state, _ = refuse(playbooks, state)
    due = offer(playbooks, state, Step.SOLVE)
    assert due is not None
    assert due.solution == "money"


def test_what_was_refused_in_one_language_is_refused_in_all() -> None:
    """Somebody who goes on in German is not offered the same again."""
    made = files(SWAP, MONEY)
    text = made["extra.yaml"].replace("Take", "Nehmen").replace("ask", "fragen").replace("now", "jetzt")
    made["de/extra.yaml"] = text.replace("fragen:", "ask:").replace("title:", "language: de\ntitle:")
    made["de/house/arc.yaml"] = made["de/house/arc.yaml"].replace(", booking", "")
    playbooks = parse(made)
    state, _ = advise(playbooks, START, START)
    state, _ = refuse(playbooks, state)
    german = replace(state, language="de")
    due = offer(playbooks.speaking("de"), german, Step.SOLVE)
    assert due is not None
    assert due.phrases["warm"][0].text == "Nehmen the money warm."


def test_while_an_offer_has_no_answer_no_other_is_made() -> None:
    """A question about it gets an answer, not a second offer."""
    playbooks = parse(files(SWAP, MONEY))
    asked = replace(START, steps=MappingProxyType({Step.SOLVE: DONE}))
    _, advice = advise(playbooks, asked, asked)
    assert advice.next_step is Step.SOLVE
    assert offered(advice) == {"solve"}


@pytest.mark.parametrize(
    ("host", "customer", "promised"),
    [
        ("", "\u20ac49.90", True),
        ("", "50 euros", True),
        ("", "50,01 \u20ac", False),
        ("", "\u20ac1,000", False),
        ("", "$20", False),
        ("", "", False),
        ("500.00", "\u20ac5", False),
        ("20", "", True),
        ("20", "\u20ac900", False),
    ],
)
def test_a_refund_is_promised_only_up_to_the_cap(host: str, customer: str, promised: bool) -> None:
    """Whoever named the amount; and where it is not known, or in other money, somebody is asked."""
    playbooks = parse(files(MONEY, policy=cap(50)))
    slots = MappingProxyType({"amount": host} if host else {})
    facts = MappingProxyType({"amount": customer} if customer else {})
    state = replace(START, slots=slots, facts=facts)
    _, advice = advise(playbooks, state, state)
    assert offered(advice) == {"money" if promised else "ask for money"}
    told = [item.text for item in advice.instructions]
    assert told == ([] if promised else ["Ask your lead before you promise this. Your limit for a refund is 50 EUR."])


@pytest.mark.parametrize(("worth", "promised"), [(20, True), (20.5, False)])
def test_a_voucher_has_its_own_worth(worth: float, promised: bool) -> None:
    """Which is what its cap is for, not the price of what they bought."""
    gift = ("gift", f"costs: voucher\nworth: {worth}")
    playbooks = parse(files(gift, policy="policy:\n  currency: EUR\n  voucher_cap: 20\n"))
    state = replace(START, facts=MappingProxyType({"amount": "\u20ac900"}))
    _, advice = advise(playbooks, state, state)
    assert offered(advice) == {"gift" if promised else "ask for gift"}


def test_what_somebody_else_has_to_allow_is_asked_for() -> None:
    """By what the solution says, and by what the house says: the higher of the two."""
    playbooks = parse(files(VISIT, SWAP, policy="policy:\n  promises: {lead: [swap, visit]}\n"))
    state, advice = advise(playbooks, START, START)
    assert offered(advice) == {"ask for visit"}
    assert advice.instructions[0].text == "Ask your supervisor before you promise this."
    _, advice = refuse(playbooks, state)
    assert offered(advice) == {"ask for swap"}
    assert advice.instructions[0].text == "Ask your lead before you promise this."


def test_without_lines_of_its_own_the_policy_asks() -> None:
    """Never the promise."""
    asks = (
        "\n".join(["policy:", *(line[2:] for line in lines("ask", "Let me ask"))]).replace("\n  ask", "\n  ask") + "\n"
    )
    playbooks = parse(files(MONEY, policy=asks + "  currency: EUR\n  refund_cap: 1\n", ask=False))
    _, advice = advise(playbooks, START, START)
    assert offered(advice) == {"ask for money"}
    assert all("Let me ask" in item.text for item in advice.suggestions)


def test_a_gesture_closes_a_chat_once() -> None:
    """And not where its condition does not hold."""
    gift = "\n".join(
        [
            "  goodwill:",
            "    - id: gift",
            "      when: {contacts: 2}",
            *(f"  {line}" for line in lines("phrases", "A gift")),
        ]
    )
    playbooks = parse(files(SWAP, policy=f"policy:\n{gift}\n"))
    content = replace(START, heard=replace(START.heard, signals={**START.heard.signals, "gratitude": 0.9}))
    _, plain = advise(playbooks, content, content)
    assert plain.next_step is Step.CLOSE
    assert offered(plain) == {"close"}
    came_back = replace(content, contacts=2)
    state, advice = advise(playbooks, came_back, came_back)
    assert offered(advice) == {"gift"}
    sent = replace(state, gone=state.gone | {state.suggestions[0].key}, steps=MappingProxyType({Step.CLOSE: DONE}))
    sent, _ = advise(playbooks, state, sent)
    again = replace(sent, steps=MappingProxyType({}))
    _, advice = advise(playbooks, sent, again)
    assert advice.next_step is Step.CLOSE
    assert offered(advice) == {"close"}


@pytest.mark.parametrize(
    ("solution", "policy", "ask", "what"),
    [
        (("Swap it", ""), "", True, "id is 'Swap it'; allowed: small letters"),
        (("swap", "needs: boss"), "", True, "needs is 'boss'; allowed: agent, lead, supervisor"),
        (("swap", "costs: money"), "", True, "costs is 'money'; allowed: refund, voucher, none"),
        (("swap", "worth: -1"), "", True, "worth is -1; allowed: 0 to"),
        (("swap", "price: 1"), "", True, "a solution has no key 'price'; allowed: id, when"),
        (("swap", ""), "policy:\n  promises: {lead: [swop]}\n", True, "promises has 'swop'; allowed: refund, voucher"),
        (("swap", ""), "policy:\n  promises: {boss: [swap]}\n", True, "promises has no key 'boss'"),
        (("swap", ""), "policy:\n  refund_cap: 50\n", True, "a policy with a cap has a currency"),
        (("swap", ""), "policy:\n  currency: euro\n", True, "currency is 'euro'; allowed: a code of three capitals"),
        (("swap", ""), "policy:\n  refund_cap: much\n  currency: EUR\n", True, "refund_cap is 'much'; a number"),
        (
            ("swap", ""),
            "policy:\n  forbidden: [take THE]\n",
            True,
            "the policy forbids 'take the', which a phrase here says",
        ),
        (("swap", "costs: refund"), cap(50), False, "solution 'swap' may have to be asked for, but neither it nor"),
    ],
)
def test_a_mistake_in_a_solution_or_policy_is_told(
    solution: tuple[str, str], policy: str, ask: bool, what: str
) -> None:
    """With file and line."""
    with pytest.raises(PlaybookProblems) as caught:
        parse(files(solution, policy=policy, ask=ask))
    assert any(what in str(problem) for problem in caught.value.problems), caught.value


def test_a_word_is_forbidden_whole() -> None:
    """`able` does not forbid `unable`."""
    assert parse(files(SWAP, policy="policy:\n  forbidden: [ake the swa]\n")).house.policy.forbidden


def test_solutions_belong_to_a_cause_and_the_policy_to_the_house() -> None:
    """Elsewhere they would never be looked at."""
    made = files(SWAP)
    made["extra.yaml"] = made["extra.yaml"].replace("solutions:", "policy: {}\nsolutions:")
    made["abuse.yaml"] = made["abuse.yaml"].replace("steps:", "solutions: []\nsteps:", 1)
    with pytest.raises(PlaybookProblems) as caught:
        parse(made)
    told = str(caught.value)
    assert "only the house playbook has a policy" in told
    assert "only a playbook with causes has solutions" in told


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [
        ("$1,234.50", "USD", 1234.5),
        ("1.234,50 \u20ac", "EUR", 1234.5),
        ("\u20ac1.234", "EUR", 1234),
        ("49.9", "EUR", 49.9),
        ("20 bucks", "USD", 20),
        ("20 dollars", "CAD", 20),
        ("\u00a320", "EUR", None),
        ("CHF 20", "CHF", 20),
        ("a lot", "EUR", None),
        ("20 or 30", "EUR", None),
        ("1. 5", "EUR", None),
        ("9" * 50, "EUR", None),
        ("1'234.50", "EUR", 1234.5),
    ],
)
def test_money_is_read_or_not_at_all(text: str, currency: str, amount: float | None) -> None:
    """An amount in other money, or two amounts, are none."""
    assert money(text, currency) == amount


@given(st.text(alphabet="0123456789.,' $\u20ac-xe\u0663", max_size=30), st.sampled_from(["EUR", "USD", "CHF", ""]))
def test_no_text_is_too_odd_for_an_amount(text: str, currency: str) -> None:
    """What customers and hosts write is read as a number of money or as none."""
    amount = money(text, currency)
    assert amount is None or 0 <= amount < float("inf")
