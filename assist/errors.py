"""What can be wrong with what is handed to `assist`.

AssistError                an inside or outside mistake that carries a code for the wire
├── InvalidMessage         a message or draft that cannot be read (empty, too long, not text)
└── PlaybookProblems       a set of playbooks with mistakes, all of them, each with file and line
"""

from dataclasses import dataclass


class AssistError(ValueError):
    """Base of all errors raised by `assist`; `code` is the word on the wire."""

    code = "invalid"


class InvalidMessage(AssistError):
    """A text, role or time that cannot become a message."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake in a playbook; `line` counts from 1."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


class PlaybookProblems(AssistError):
    """Every mistake found in a set of playbooks; none of the set was loaded."""

    code = "invalid_playbooks"

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        count = len(self.problems)
        lines = "\n".join(str(problem) for problem in self.problems)
        super().__init__(f"{lines}\n{count} problem{'s' if count != 1 else ''}, nothing loaded")
