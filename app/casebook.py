"""Running the cases that stand in playbooks: what was expected in the sidebar, and what came."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType

from app.playbook_files import PACKS, load, packs_in
from app.settings import ReaderName
from app.transcripts import START, Score, open_listener
from assist.conversation.state import Conversation
from assist.conversation.tension import band
from assist.engine import Engine, Heard, Silence, Waited
from assist.message import Message, Role
from assist.playbook.cases import PHRASE, QUIET, Case, CaseLine
from assist.playbook.schema import Playbook, Playbooks, by_priority

NOTHING = ("nothing",)


@dataclass(frozen=True, slots=True)
class Failure:
    """What was expected after a line and what came; `line` is where it stands in its file."""

    line: int
    said: str
    expected: str
    came: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A case that was run. It holds when there are no failures."""

    case: Case
    failures: tuple[Failure, ...]

    def __str__(self) -> str:
        case = self.case
        lines = [f"{'FAILED' if self.failures else 'ok':6} {case.file}:{case.line}: {case.name}"]
        for failure in self.failures:
            lines.append(f"  {case.file}:{failure.line}: after “{failure.said}”")
            lines.append(f"    expected {failure.expected}")
            lines += [f"    {'came' if place == 0 else '':8} {text}" for place, text in enumerate(failure.came)]
        return "\n".join(lines)


def run_folder(reader: ReaderName, folder: Path, packs: Sequence[str] = ()) -> Iterator[Outcome]:
    """Every case of a folder with packs over it; without, those of each of its packs too, laid over it by itself.

    Raises `BadWeights` and `PlaybookProblems` before the first case.
    """
    listener = open_listener(reader, folder, packs)
    alone = () if packs else packs_in(folder)
    laid = [(f"{PACKS}/{pack}/", load(folder, (pack,))) for pack in alone]
    yield from run(listener.engine, listener.score)
    for place, playbooks in laid:
        yield from run(replace(listener.engine, playbooks=playbooks), listener.score, place)


def run(engine: Engine, score: Score | None = None, place: str = "") -> Iterator[Outcome]:
    """Every case of the engine's playbooks whose file's name begins with *place*, in the order of the files.

    The cases of a draft are run as if it were in force, those of retired playbooks not at all.
    """
    for playbook in engine.playbooks.all:
        if playbook.status != "retired":
            tried = trial(engine.playbooks, playbook) if playbook.status == "draft" else engine.playbooks
            for case in (case for case in playbook.cases if case.file.startswith(place)):
                yield Outcome(case, tuple(_failures(replace(engine, playbooks=tried), score, case)))


def trial(playbooks: Playbooks, draft: Playbook) -> Playbooks:
    """The set with a draft in force: it speaks for its causes, or is one more protocol."""
    own = playbooks.speaking(draft.language)
    protocols = (*own.protocols, *([draft] if draft.interrupt else []))
    tried = replace(
        own,
        by_cause=MappingProxyType({**own.by_cause, **dict.fromkeys(draft.causes, draft)}),
        protocols=by_priority(protocols),
    )
    if own is playbooks:
        return tried
    return replace(playbooks, by_language=MappingProxyType({**playbooks.by_language, draft.language: tried}))


def _failures(engine: Engine, score: Score | None, case: Case) -> Iterator[Failure]:
    start = Conversation(f"{case.file}: {case.name}", slots=case.slots, channel=case.channel, locale=case.locale)
    state, at = start, START
    for line in case.lines:
        said = _offered(state, line.text) if line.speaker == PHRASE else line.text
        if not said and line.speaker == PHRASE:
            tones = tuple(f"one in tone {item.tone}" for item in state.suggestions)
            yield Failure(line.line, f"phrase: {line.text}", f"a phrase in tone {line.text}", tones or NOTHING)
            return  # what follows would answer something that was never said
        at += timedelta(seconds=line.after)
        if line.speaker == QUIET:
            waited = engine.wait(state, Silence(int(line.after // 60)))
            state = waited.conversation
            said = f"{waited.silence.minutes} minutes without an answer"
            yield from (Failure(line.line, said, expected, came) for expected, came in _differences(line, waited))
            continue
        role = Role.CUSTOMER if line.speaker == Role.CUSTOMER else Role.AGENT
        message = Message(f"m{state.seq + 1}", state.seq + 1, role, said, at)
        heard = engine.hear(state, message, score(said) if score else None)
        state = heard.conversation
        yield from (Failure(line.line, said, expected, came) for expected, came in _differences(line, heard))


def _offered(state: Conversation, tone: str) -> str:
    return next((item.text for item in state.suggestions if item.tone == tone), "")


def _differences(line: CaseLine, heard: Heard | Waited) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What was expected and what came instead, for all that differs."""
    expected, advice, state = line.expected, heard.advice, heard.conversation
    for key, wanted, came in (
        ("next_step", expected.next_step, advice.next_step.value if advice.next_step else "none"),
        ("band", expected.band, band(state.tension)),
        ("cause", expected.cause, state.cause.label),
    ):
        if wanted and wanted != came:
            yield f"{key} {wanted}", (came,)
    shown = tuple(item.text for part in (advice.suggestions, advice.instructions) for item in part)
    for words in expected.must_say:
        if not any(words.lower() in text.lower() for text in shown):
            yield f"“{words}” in a phrase or an instruction", shown or NOTHING
    for words in expected.must_not_say:
        if said := tuple(text for text in shown if words.lower() in text.lower()):
            yield f"no “{words}”", said
