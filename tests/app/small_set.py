"""A set of playbooks that is whole and small: quick to read, and easy to break in one place."""

from pathlib import Path

from assist.message import Step

EXTRA = """playbook: extra
title: Something extra
causes: [booking]
priority: 3
steps:
  - step: solve
    reason: Because.
    when: {bands: [calm], contacts: 2}
    phrases:
      warm: ["I'll look now."]
      neutral: ["Looking now."]
      formal: ["I am looking now."]
cases:
  - name: A case
    lines:
      - customer: "Hello"
        band: calm
"""


def house() -> str:
    """A house that listens, then solves, and has a word for every step."""
    lines = ["playbook: house", "title: Any conversation", "flow:"]
    lines += ["  - step: listen", "    when: {not_done: [listen]}", "  - step: solve", "steps:"]
    for step in Step:
        lines += [f"  - step: {step.value}", f"    reason: Time to {step.value}.", "    phrases:"]
        lines += [f'      {tone}: ["House {step.value} {tone}."]' for tone in ("warm", "neutral", "formal")]
    return "\n".join(lines) + "\n"


def written(folder: Path, **files: str) -> Path:
    """A folder with the house and the files given, by their names without `.yaml`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in {"house": house(), **files}.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder
