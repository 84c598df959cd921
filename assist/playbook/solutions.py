"""Solutions of a cause and the house's policy, read from YAML."""

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import yaml

from assist.message import Step
from assist.playbook.conditions import MAX_WAIT, when
from assist.playbook.entries import does, phrases
from assist.playbook.nodes import Reader
from assist.playbook.schema import COSTS, PEOPLE, SILENT, Entry, Phrase, Policy, Solution, When

MOST_SILENCES = 2  # that are told before the customer writes again; a third would press
MAX_MONEY = 1_000_000  # of a cap, in the policy's currency
ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
CURRENCY = re.compile(r"[A-Z]{3}")
SOLUTION = ("id", "when", "reason", "needs", "costs", "worth", "does", "phrases", "ask")
POLICY = ("refund_cap", "voucher_cap", "currency", "promises", "forbidden", "goodwill", "ask", "quiet_after")
OFFER = "What the house offers next for this. Say what, who and by when."
GESTURE = "A gesture within the house's limits, so that they do not leave empty-handed."


def solutions(reader: Reader, node: yaml.Node, playbook: str) -> tuple[Solution, ...]:
    """The alternatives for the step `solve`, in the order in which they are offered."""
    return _listed(reader, node, "solutions", Entry(playbook, Step.SOLVE, OFFER, When(), SILENT, 0, file=reader.file))


def policy(reader: Reader, node: yaml.Node, playbook: str) -> Policy:
    """What may be promised, by whom and up to which amount, and what is never said."""
    found = {key: value for key, (_, value) in reader.mapping(node, "policy", POLICY).items()}
    caps = {
        name: reader.number(found[f"{name}_cap"], f"{name}_cap", 0, MAX_MONEY)
        for name in COSTS
        if f"{name}_cap" in found
    }
    currency = reader.text(found["currency"], "currency") if "currency" in found else ""
    if currency and not CURRENCY.fullmatch(currency):
        reader.problem(found["currency"], f"currency is '{currency}'; allowed: a code of three capitals, as EUR")
    if caps and "currency" not in found:
        reader.problem(node, "a policy with a cap has a currency")
    words = (
        [reader.text(item, "forbidden").lower() for item in reader.items(found["forbidden"], "forbidden")]
        if "forbidden" in found
        else []
    )
    close = Entry(playbook, Step.CLOSE, GESTURE, When(), SILENT, 0, file=reader.file)
    return Policy(
        caps=MappingProxyType(caps),
        currency=currency,
        promises=_promises(reader, found["promises"]) if "promises" in found else MappingProxyType({}),
        forbidden=tuple(words),
        goodwill=_listed(reader, found["goodwill"], "goodwill", close) if "goodwill" in found else (),
        ask=phrases(reader, found["ask"], f"{playbook}.ask", "policy") if "ask" in found else SILENT,
        quiet_after=_quiet_after(reader, found["quiet_after"]) if "quiet_after" in found else None,
        file=reader.file,
        line=node.start_mark.line + 1,
    )


def _quiet_after(reader: Reader, node: yaml.Node) -> tuple[int, ...]:
    """Minutes, each more than the one before, so that the second silence comes after the first."""
    found = tuple(reader.whole(item, "quiet_after", 1, MAX_WAIT) for item in reader.items(node, "quiet_after"))
    if len(found) > MOST_SILENCES or list(found) != sorted(set(found)):
        what = f"quiet_after is a list of up to {MOST_SILENCES} numbers of minutes, each more than the one before"
        reader.problem(node, what)
    return found


def _promises(reader: Reader, node: yaml.Node) -> Mapping[str, tuple[str, ...]]:
    """Person -> the ids or costs of solutions that she may promise."""
    found = reader.mapping(node, "promises", PEOPLE)
    return MappingProxyType(
        {who: tuple(reader.text(item, who) for item in reader.items(value, who)) for who, (_, value) in found.items()}
    )


def _listed(reader: Reader, node: yaml.Node, what: str, like: Entry) -> tuple[Solution, ...]:
    found: dict[str, Solution] = {}
    for item in reader.items(node, what):
        solution = _solution(reader, item, like)
        if solution and solution.id in found:
            reader.problem(item, f"the solution '{solution.id}' stands at line {found[solution.id].offer.line} already")
        elif solution:
            found[solution.id] = solution
    return tuple(found.values())


def _solution(reader: Reader, node: yaml.Node, like: Entry) -> Solution | None:
    found = {key: value for key, (_, value) in reader.mapping(node, "a solution", SOLUTION).items()}
    missing = [key for key in ("id", "phrases") if key not in found]
    if missing:
        reader.problem(node, f"the solution has no {' and no '.join(missing)}")
        return None
    name = reader.text(found["id"], "id")
    if name and not ID.fullmatch(name):
        reader.problem(found["id"], f"id is '{name}'; allowed: small letters, digits and '_'")
    needs = reader.choice(found["needs"], "needs", PEOPLE) if "needs" in found else ""
    rule = f"{like.playbook}.{like.step}.{name}"
    said = phrases(reader, found["phrases"], rule, f"solution '{name}'")
    offer = replace(
        like,
        reason=reader.text(found["reason"], "reason") if "reason" in found else like.reason,
        when=when(reader, found["when"]) if "when" in found else When(),
        phrases=said,
        line=node.start_mark.line + 1,
        conditional=True,
        does=does(reader, found["does"]) if "does" in found else (),
        solution=name,
    )
    asked: Mapping[str, tuple[Phrase, ...]] = said if needs not in ("", "agent") else SILENT
    return Solution(
        id=name,
        needs=needs or "agent",
        costs=reader.choice(found["costs"], "costs", (*COSTS, "none")) if "costs" in found else "none",
        worth=reader.number(found["worth"], "worth", 0, MAX_MONEY) if "worth" in found else None,
        offer=offer,
        ask=phrases(reader, found["ask"], f"{rule}.ask", f"'ask' of solution '{name}'") if "ask" in found else asked,
    )
