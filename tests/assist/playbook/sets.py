"""Small sets of playbooks for tests: the ones that ship, with one more or with a line changed."""

from app.playbook_files import read_folder
from app.settings import resource
from assist.playbook.parse import parse
from assist.playbook.schema import Playbooks

Files = dict[str, str]
EXTRA = """playbook: extra
title: Something extra
causes: [booking]
steps:
  - step: solve
    reason: Because.
    phrases:
      warm: ["I'll look now."]
      neutral: ["Looking now."]
      formal: ["I am looking now."]
"""


def with_extra(extra: str = EXTRA) -> Files:
    """The playbooks that ship, with one more that serves the cause `booking`."""
    files = read_folder(resource("playbooks"))
    files["house/arc.yaml"] = files["house/arc.yaml"].replace(", booking", "")
    return {**files, "extra.yaml": extra}


def entry(step: str, reason: str, rest: str = "") -> str:
    """One more entry for `EXTRA`, with three phrases that name its reason; *rest* is further lines of it."""
    lines = [f"  - step: {step}", f"    reason: {reason}", *(f"    {line}" for line in rest.splitlines())]
    tones = [f'      {tone}: ["A {tone} line for {reason}"]' for tone in ("warm", "neutral", "formal")]
    return "\n".join([*lines, "    phrases:", *tones, ""])


def made(*entries: str, top: str = "") -> Playbooks:
    """The set with an `extra` of these entries and further keys at its top."""
    return parse(with_extra(EXTRA.replace("steps:\n", f"{top}steps:\n") + "".join(entries)))
