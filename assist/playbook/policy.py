"""Who may promise a solution: by what it needs, who the house says, and the cap on what it costs."""

import re

from assist.conversation.state import Conversation
from assist.playbook.schema import PEOPLE, Policy, Solution

NUMBER = re.compile(r"[0-9][0-9.,' ]{0,20}")
# What people write for a currency. A dollar may be any country's.
SIGNS = {
    "EUR": ("\u20ac", "eur", "euro"),
    "GBP": ("\u00a3", "gbp", "pound", "quid"),
    "USD": ("$", "usd", "dollar", "buck"),
    "CAD": ("$", "cad", "dollar", "buck"),
    "AUD": ("$", "aud", "dollar", "buck"),
    "NZD": ("$", "nzd", "dollar", "buck"),
}
CENTS = 2  # digits after the last separator that make it a decimal one; three are thousands


def needs(policy: Policy, solution: Solution, state: Conversation) -> str:
    """Who has to agree: `agent`, `lead` or `supervisor`.

    A cap that is passed, or that cannot be told from what is known, asks for the lead.
    """
    who = _least(policy, solution)
    return "lead" if who == "agent" and _above_cap(policy, solution, state) else who


def may_be_asked(policy: Policy, solution: Solution) -> bool:
    """Whether it may turn out that somebody else has to agree."""
    return _least(policy, solution) != "agent" or solution.costs in policy.caps


def _least(policy: Policy, solution: Solution) -> str:
    named = [who for who, listed in policy.promises.items() if {solution.id, solution.costs} & set(listed)]
    return max(solution.needs, *named, key=PEOPLE.index) if named else solution.needs


def _above_cap(policy: Policy, solution: Solution, state: Conversation) -> bool:
    cap = policy.caps.get(solution.costs)
    if cap is None:
        return False
    if solution.worth is not None:
        return solution.worth > cap
    # The host's and the customer's word: neither alone may open the till.
    told = [amount for amount in (state.slots.get("amount"), state.facts.get("amount")) if amount]
    worths = [money(amount, policy.currency) for amount in told]
    return not worths or any(worth is None or worth > cap for worth in worths)


def money(text: str, currency: str) -> float | None:
    """The amount that a text names, in a currency; None where that is not sure. A bare number is in the currency.

    The last of `.` and `,` with one or two digits behind it is the decimal one, as in 1.234,50 and 1,234.50.
    """
    found = NUMBER.search(text)
    if not found:
        return None
    unit = " ".join((text[: found.start()] + text[found.end() :]).lower().split()).rstrip("s")
    if unit and unit not in (*SIGNS.get(currency, ()), currency.lower()):
        return None
    digits = found.group().strip(" .,'")
    whole, cents = digits, ""
    last = max(digits.rfind("."), digits.rfind(","))
    if last >= 0 and len(digits) - last - 1 <= CENTS:
        whole, cents = digits[:last], digits[last + 1 :]
    whole = re.sub(r"[.,' ]", "", whole)
    return float(f"{whole}.{cents or 0}") if not cents or cents.isdigit() else None
