"""docs/signals.md says what the code's tables say."""

import pytest

from assist.conversation.forecast import WEIGHTS
from assist.message import Step
from assist.reading import ACTS, CAUSES, SIGNALS
from assist.signals.cause import LABEL_OF
from assist.signals.fusion import AGENT_ACTS, CUSTOMER_ACTS
from assist.signals.steps import DETECTORS
from benchmarks.places import filled
from benchmarks.signals_page import PAGE, TABLES, TEMPLATE, page

NAMES = [*SIGNALS, *ACTS, *CUSTOMER_ACTS, *AGENT_ACTS, "promise", "dismissive", "handoff", *CAUSES, *Step, *WEIGHTS]
RULES = {row.rule for table in (*TABLES.values(), *DETECTORS.values()) for row in table.rows} | set(LABEL_OF)


def test_the_page_is_what_the_tables_say():
    """Who changes a table writes the page anew: `make docs`."""
    assert PAGE.read_text(encoding="utf-8") == page(), "docs/signals.md is not what the tables say: make docs"


@pytest.mark.parametrize("name", dict.fromkeys(NAMES))
def test_everything_that_is_read_has_its_place_in_the_template(name: str):
    """A new signal, act, cause or step is explained by hand, in the first column of a table; steps are listed whole."""
    told = TEMPLATE.read_text(encoding="utf-8")
    assert f"\n| `{name}` |" in told or (name in list(Step) and "{{steps}}" in told)


@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_rule_is_on_the_page(rule: str):
    """By the name that the sidebar shows under Why."""
    assert rule in page().replace("\n", " ")


def test_a_place_that_nothing_fills_is_refused():
    """A table that is gone must not leave a hole in the page."""
    with pytest.raises(ValueError, match="nothing fills"):
        filled("{{value tension.GONE}}", {"value": {}.__getitem__})


def test_paragraphs_are_wrapped_and_tables_are_not():
    """What fills a place may be long."""
    told = filled("{{words}}\n\n| {{words}} |\n", {"words": lambda: "word " * 60 + "end"})
    assert [len(line) > 120 for line in told.splitlines()] == [False, False, False, False, True]
