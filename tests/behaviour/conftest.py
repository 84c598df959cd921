"""Which reader the suite runs on, and what is known to fail with it.

`STEADYHAND_KNOWN=renew pytest tests/behaviour` writes `known.yaml` anew: what passes now goes, what fails now comes in
with a reason that a person has yet to give (a test fails until then).
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
import yaml

from tests.behaviour.cases import KNOWN, load

RENEW = os.environ.get("STEADYHAND_KNOWN") == "renew"
UNEXPLAINED = "UNEXPLAINED"
HEAD = """\
# Known failures by reader: each a limit that is documented here with its reason.
# Renew with `STEADYHAND_KNOWN=renew pytest tests/behaviour`, then give every UNEXPLAINED one its reason.
"""


@dataclass
class Known:
    """The known failures of one reader, and what was seen in this run."""

    reasons: dict[str, str]
    passed: set[str] = field(default_factory=set)
    failed: dict[str, str] = field(default_factory=dict)

    def check(self, case: str, *, holds: bool, told: str) -> None:
        """Fail what is not known to fail. What passes after all may be at a limit: int8 differs between processors."""
        if holds:
            self.passed.add(case)
        else:
            self.failed[case] = told
        if RENEW:
            return
        if case in self.reasons and not holds:
            pytest.xfail(self.reasons[case])
        assert holds, f"{case}\n{told}"

    def renewed(self) -> dict[str, str]:
        """Reasons for all that fails, known ones as they were; what did not run in this session stays."""
        kept = {case: reason for case, reason in self.reasons.items() if case not in self.passed}
        new = {case: f"{UNEXPLAINED}: {told}" for case, told in self.failed.items() if case not in kept}
        return dict(sorted({**kept, **new}.items()))


@pytest.fixture(scope="session")
def known(tier: str) -> Iterator[Known]:
    """Known failures of this reader; written back at the end when they are to be renewed."""
    listed = Known(load(KNOWN).get(tier) or {})
    yield listed
    if RENEW:
        everything = {**load(KNOWN), tier: listed.renewed()}
        KNOWN.write_text(HEAD + yaml.safe_dump(everything, allow_unicode=True, width=1000, sort_keys=True), "utf-8")
