"""Cases are read with the playbook they stand in, and a mistake in them is one of the playbook."""

import pytest
import yaml

from assist.playbook.cases import Case, CaseLine, Expected, cases
from assist.playbook.nodes import Reader

GOOD = """- name: Twice asked
  slots: {name: Maria}
  channel: Email
  locale: de-AT
  lines:
    - customer: "Where is it?"
      after: 5
      next_step: listen
      must_say: ["order"]
      must_not_say: ["calm down", "policy"]
      band: uneasy
      cause: delivery
    - phrase: warm
    - agent: On it.
      next_step: none
"""


def read(text: str) -> tuple[tuple[Case, ...], list[str]]:
    """The cases of a text, and what is wrong with it."""
    reader = Reader("delivery.yaml")
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    assert node
    found = cases(reader, node)
    return found, [str(problem) for problem in reader.problems]


def test_a_case_is_read_with_its_lines_and_where_they_stand() -> None:
    """So that a failure can be found in the file; what is left out asks nothing."""
    (case,), problems = read(GOOD)
    assert problems == []
    assert (case.name, case.file, case.line) == ("Twice asked", "delivery.yaml", 1)
    assert (dict(case.slots), case.channel, case.locale) == ({"name": "Maria"}, "email", "de-at")
    expected = Expected("listen", ("order",), ("calm down", "policy"), "uneasy", "delivery")
    assert case.lines == (
        CaseLine("customer", "Where is it?", 5, 6, expected),
        CaseLine("phrase", "warm", 30, 13, Expected()),
        CaseLine("agent", "On it.", 30, 14, Expected(next_step="none")),
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("- name: Twice asked\n  slots", "- slots", 1, "the case has no name"),
        ("slots: {name: Maria}", "slots: {city: Rome}", 2, "slots has no key 'city'; allowed: name, order"),
        ("slots: {name: Maria}", "slots: Maria", 2, "slots must be a mapping of name, order"),
        ("lines:", "line:", 1, "the case has no lines"),
        ("phrase: warm", "phrase: cold", 13, "phrase is 'cold'; allowed: warm, neutral, formal"),
        ("phrase: warm", "bot: Hi", 13, "a line of a case has no key 'bot'; allowed: customer, agent, phrase"),
        ("phrase: warm", "after: 3", 13, "said by one of customer, agent, phrase, quiet, not by 0"),
        ("after: 5", "after: -1", 7, "after is -1; allowed: 0 to 86400"),
        ("next_step: listen", "next_step: hear", 8, "next_step is 'hear'; allowed: listen"),
        ('must_say: ["order"]', "must_say: order", 9, "must_say must be a list"),
        ("band: uneasy", "band: hot", 11, "band is 'hot'; allowed: calm, uneasy, tense, critical"),
        ("cause: delivery", "cause: parcels", 12, "cause is 'parcels'; allowed: delivery"),
        ("agent: On it.", "agent: ''", 14, "agent must be a text"),
        ("agent: On it.", f"agent: {'x' * 20_001}", 14, "the text has 20,001 characters"),
    ],
)
def test_a_mistake_in_a_case_is_told_with_its_line(old: str, new: str, line: int, what: str) -> None:
    """And with what is allowed."""
    assert old in GOOD
    _, problems = read(GOOD.replace(old, new))
    assert any(problem.startswith(f"delivery.yaml:{line}: ") and what in problem for problem in problems), problems


def test_a_case_that_cannot_fail_is_a_mistake() -> None:
    """It would be green for ever."""
    _, problems = read("- name: Nothing\n  lines:\n    - customer: Hi\n")
    assert problems == [
        "delivery.yaml:1: the case expects nothing; a line may expect next_step, must_say, must_not_say, band, cause"
    ]


def test_two_cases_of_one_name_are_a_mistake() -> None:
    """A failure is known by the name."""
    _, problems = read(GOOD + GOOD)
    assert problems == ["delivery.yaml:16: the case 'Twice asked' stands at line 1 already"]
