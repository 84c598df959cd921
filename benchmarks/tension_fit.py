"""`python -m benchmarks.tension_fit`: the table of tension and the forecast fitted, beside what is in force.

Reads the sets that may be trained on and our own simulated chats, with the weights that ship; needs no torch. Whoever
changes the numbers in `assist.conversation` does so by hand, from what this prints: nothing is written but the scores,
kept for the next run. `--only table` or `--only risk` does one of the two; the forecast stands on the table in force.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from pathlib import Path

import numpy as np
from scipy.stats import rankdata, spearmanr

from app.learned import Weights
from assist.conversation.forecast import BASE, WEIGHTS
from assist.conversation.tension import TABLE, Table
from assist.message import Role
from benchmarks import conversations, risk_fit
from benchmarks.calibration import expected_error
from benchmarks.conversations import Chat
from benchmarks.labelled import DATA
from benchmarks.risk_fit import Weighed
from benchmarks.scored import ScoredReader
from benchmarks.tension_table import BY_HAND, course, fitted

KEPT = Path("build") / "fit"
STEPS = 20  # of the descent
THREADS = ("ukp_adhominem", "github_threads")
MEASURED = (("ukp_adhominem",), ("github_threads",), THREADS, ("simulated",))
SETS = (conversations.ukp, conversations.github, conversations.casino)
OWN = (conversations.simulated, conversations.written_by_us)
Say = Callable[[str], None]


def main(say: Say = print) -> None:
    """Fit what is asked for and print it."""
    cli = argparse.ArgumentParser(prog="benchmarks.tension_fit", description=__doc__)
    cli.add_argument("--only", choices=("table", "risk"))
    cli.add_argument("--data", type=Path, default=DATA / "dev", help="labelled sets")
    asked = cli.parse_args()
    chats = told(asked.data)
    if asked.only != "risk":
        fit_table(chats, say)
    if asked.only != "table":
        fit_risk(chats, say)


def told(data: Path) -> list[Chat]:
    """All conversations, read."""
    reader = ScoredReader(Weights(), KEPT)
    found = [chat for load in SETS for chat in load(data, reader)]
    found += [chat for load in OWN for chat in load(reader)]
    reader.keep()
    return found


def of(chats: Sequence[Chat], part: str, *sources: str) -> list[Chat]:
    """The chats of a part, of some sources or all."""
    return [chat for chat in chats if chat.part == part and (not sources or chat.source in sources)]


def fit_table(chats: Sequence[Chat], say: Say) -> None:
    """Fit the table; print it beside that in force, and what each is worth on `check`."""
    table = fitted(of(chats, "fit"), STEPS)
    say(f"{'number':24}{'by hand':>9}{'in force':>9}{'fitted':>9}")
    for (name, first), (_, now), (_, then) in zip(_flat(BY_HAND), _flat(TABLE), _flat(table), strict=True):
        say(f"{name:24}{first:9.3f}{now:9.3f}{then:9.3f}")
    for what, each in (("by hand", BY_HAND), ("in force", TABLE), ("fitted", table)):
        say(what)
        for name, value in measured(of(chats, "check"), each).items():
            say(f"  {name:32}{value:6.1f}")


def _flat(table: Table) -> Iterator[tuple[str, float]]:
    for field in fields(Table):
        value = getattr(table, field.name)
        if isinstance(value, float):
            yield field.name, value
        else:
            yield from ((f"{field.name}.{key}", one) for key, one in value.items())


def measured(chats: Sequence[Chat], table: Table) -> dict[str, float]:
    """How well tension follows what is known: see the names."""
    levels = {id(chat): course(chat.turns, table) for chat in chats}
    mood, tension = [], []
    for chat in of(chats, "check", "simulated"):
        for (message, _), level, truth in zip(chat.turns, levels[id(chat)], chat.moods, strict=True):
            if message.role is Role.CUSTOMER:
                mood.append(truth)
                tension.append(level)
    uncivil, seen = [], []
    for chat in of(chats, "check", "github_threads"):
        for (message, _), level, truth in zip(chat.turns, levels[id(chat)], chat.uncivil, strict=True):
            if message.role is Role.CUSTOMER:
                uncivil.append(truth)
                seen.append(level)
    casino, own = of(chats, "check", "casino"), of(chats, "check", "own")
    return {
        "mood: Spearman": 100 * float(spearmanr(mood, tension).statistic),
        "points off": float(np.mean(np.abs(np.array(mood) - np.array(tension)))),
        "uncivil comments: AUC": auc(uncivil, seen),
        "dissatisfied negotiators: AUC": auc([c.bad for c in casino], [levels[id(c)][-1] for c in casino]),
        "our dissatisfied customers: AUC": auc([c.bad for c in own], [levels[id(c)][-1] for c in own]),
    }


def fit_risk(chats: Sequence[Chat], say: Say) -> None:
    """Fit the forecast; print it beside that in force, and what each is worth on `check`."""
    forecast, force = risk_fit.fitted(of(chats, "fit")), Weighed(BASE, WEIGHTS)
    say(f"{'weight':24}{'in force':>9}{'fitted':>9}")
    say(f"{'BASE':24}{force.base:9.2f}{forecast.base:9.2f}")
    for name in WEIGHTS:
        say(f"{name:24}{force.weights[name]:9.2f}{forecast.weights[name]:9.2f}")
    for what, each in (("in force", force), ("fitted", forecast)):
        say(what)
        for sources in MEASURED:
            say(f"  {' + '.join(sources):32}{_forecast(of(chats, 'check', *sources), each)}")


def _forecast(chats: Sequence[Chat], forecast: Weighed) -> str:
    courses = [[forecast.at(state) for state in risk_fit.states(chat)] for chat in chats]
    bad = [chat.bad for chat in chats]
    last, most = [course[-1] for course in courses], [max(course) for course in courses]
    rang = risk_fit.alerts(chats, forecast)
    figures = {
        "bad": 100 * sum(bad) / len(bad),
        "AUC of max": auc(bad, most),
        "of last": auc(bad, last),
        "ECE of last x100": _error(last, bad),
        "of max": _error(most, bad),
        "caught %": 100 * rang.caught,
        "false %": 100 * rang.false,
    }
    return f"n {len(bad):4}  " + "  ".join(f"{name} {value:.1f}" for name, value in figures.items())


def _error(said: Sequence[float], bad: Sequence[bool]) -> float:
    return 100 * expected_error(np.array(said), np.array(bad, float))


def auc(truth: Sequence[bool], seen: Sequence[float]) -> float:
    """Area under the ROC curve x100; 50 is chance."""
    yes = np.array(truth, bool)
    ranks = rankdata(np.array(seen))
    count = int(yes.sum())
    return float(100 * (ranks[yes].sum() - count * (count + 1) / 2) / (count * (len(yes) - count)))


if __name__ == "__main__":
    main()
