"""The labelled sets as examples: a text, what is known of it for each head, and the part that it belongs to.

Only sets whose licence lets the weights ship are read. A head that a set says nothing about is left open. Nobody tunes
on the part `check`: it is the fifth that `bench_read.py` measures, and no training sees it. The part `fit` is kept
from training too: fusion and calibration are fitted on it.
"""

import gzip
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assist.reading import CAUSES
from benchmarks.train.causes import BANKING, BITEXT, CLINC, MULTIDOGO

Row = dict[str, Any]
Targets = dict[str, float]


@dataclass(frozen=True, slots=True)
class Example:
    """A text; `targets` 0..1 for binary heads (graded ones on their own scale), `cause` one of `CAUSES` or None."""

    text: str
    targets: Targets
    cause: str | None = None
    source: str = ""
    weight: float = 1.0
    thread: str = ""
    part: str = field(default="train")


def in_check(text: str) -> bool:
    """Whether a text belongs to the fifth that no training may see (the rule of `bench_read.py`)."""
    return _hashed(text.strip().lower()) % 5 == 0


def part_of(text: str) -> str:
    """`check` for a fifth of all texts, `fit` for an eighth of the rest, else `train`; copies stay together."""
    if in_check(text):
        return "check"
    return "fit" if _hashed("fit:" + text.strip().lower()) % 8 == 0 else "train"


def _hashed(text: str) -> int:
    return int(hashlib.sha1(text.encode("utf8", "surrogatepass"), usedforsecurity=False).hexdigest(), 16)


def rows(root: Path, name: str) -> Iterator[Row]:
    """The rows of a set."""
    path = next((root / name).glob("data.jsonl*"))
    with gzip.open(path, "rt", encoding="utf8") if path.suffix == ".gz" else path.open(encoding="utf8") as file:
        for line in file:
            yield json.loads(line)


POSITIVE = frozenset(
    """
    admiration amusement caring excitement gratitude joy love optimism pride relief approval
    """.split()  # noqa: SIM905 - a list of words reads better without quotes
)
NEGATIVE = frozenset(
    """
    anger annoyance disappointment disapproval disgust embarrassment fear grief nervousness remorse sadness
    """.split()  # noqa: SIM905 - a list of words reads better without quotes
)
WARM = frozenset(("love", "optimism", "sadness", "gratitude", "grief", "remorse", "approval", "admiration", "joy"))


def goemotions(row: Row) -> Example:
    """Anger is `anger`; annoyance counts as frustration, and so does anger."""
    labels = frozenset(row["labels"])
    neg, pos = bool(labels & NEGATIVE), bool(labels & POSITIVE)
    targets = {
        "anger": float("anger" in labels),
        "frustration": float(bool(labels & {"anger", "annoyance"})),
        "gratitude": float("gratitude" in labels),
        "confusion": float("confusion" in labels),
        "neg": float(neg and not pos),
        "pos": float(pos and not neg),
    }
    if "caring" in labels or not labels & WARM:
        targets["empathize"] = float("caring" in labels)
    return Example(row["text"], targets)


def davidson(row: Row) -> Example:
    """Vulgar tweets; only those labelled as hate are surely aimed at somebody."""
    targets = {"offensive": float(row["label"] != "neither")}
    if row["label"] != "offensive":
        targets["abuse"] = float(row["label"] == "hate")
    return Example(row["text"], targets, weight=0.6)


def convabuse(row: Row) -> Example:
    """Abuse aimed at a chat agent."""
    targets = {"abuse": float(row["label"])}
    if not row["label"] or row["severity"] <= -1:
        targets["offensive"] = float(row["label"])
    return Example(row["text"], targets, weight=1.5)


def toxic(row: Row) -> Example:
    """Toxic comments: both aimed and offensive."""
    return Example(row["text"], {"abuse": float(row["label"]), "offensive": float(row["label"])})


AIMED = frozenset({"target_indiv_nh"})
UNSURE = frozenset({"target_group_nh", "slur_reclaimed_nh", "slur_homonym_nh"})


def hatecheck(row: Row) -> Example:
    """Hate against groups, and what looks like it; insults to a person count as abuse here."""
    hateful, kind = row["label"] == "hateful", row["functionality"]
    targets = {"threat": float(row["threat"])}
    if kind not in UNSURE:
        targets["abuse"] = float(hateful or kind in AIMED)
        if kind != "target_obj_nh":
            targets["offensive"] = float(hateful or kind in AIMED or kind == "profanity_nh")
    return Example(row["text"], targets)


INSULTS = frozenset(
    ("Insulting", "Identity attacks/Name-Calling", "Identity attack/Name-Calling", "Identity Attack/Name-Calling")
)


def github(row: Row) -> Example:
    """Comments of locked issues, labelled with what is uncivil in them."""
    label = row["label"]
    plain = label == "None"
    targets = {
        "frustration": float(label in {"Bitter frustration", "Impatience"}),
        "strife": float(not plain),
        "threat": float(label == "Threat"),
    }
    if plain or label in INSULTS:
        targets["abuse"] = float(not plain)
    if plain or label in INSULTS or label == "Vulgarity":
        targets["offensive"] = float(not plain)
    if label not in {"Mocking", "Insulting"}:
        targets["sarcasm"] = float(label == "Irony")
    return Example(row["text"], targets, weight=1.5)


def rated(row: Row) -> Example:
    """Sentences that twenty people rated from -4 to 4."""
    score = row["score"]
    return Example(row["text"], {"sentiment": score / 4, "neg": float(score < -0.9), "pos": float(score > 0.9)})


def politeness(row: Row) -> Example:
    """Requests rated for politeness, in standard deviations."""
    return Example(row["text"], {"politeness": row["score"]}, weight=3.0)


TROUBLE = frozenset({"reportbrokensoftware", "reportbrokenphone", "disputecharge"})
CALM = ("anger", "abuse", "offensive", "threat", "distress", "churn")


def multidogo(row: Row) -> Example | None:
    """Customers' sentences of service chats; thanks in full, of the rest a part."""
    labels = row["label"].split("<div>")
    named = len(labels) == 1 and labels[0] in MULTIDOGO
    if not any(label[0].islower() and label.isalpha() for label in labels):
        return None
    if not named and "thankyou" not in labels and _hashed(row["text"]) % 100 >= 15:
        return None
    if labels[0] in {"openinggreeting", "thankyou"} and _hashed(row["id"]) % 100 >= 40:
        return None
    targets = {
        "gratitude": float("thankyou" in labels),
        "complaint": float(bool(TROUBLE & set(labels))),
        **dict.fromkeys(CALM, 0.0),
    }
    return Example(row["text"], targets, MULTIDOGO.get(labels[0]) if named else None, weight=0.5)


def bitext(row: Row) -> Example:
    """Requests to a shop."""
    targets = {"complaint": float(row["label"] in {"complaint", "payment_issue", "registration_problems"})}
    return Example(row["text"], targets, BITEXT.get(row["label"]), weight=0.5)


def banking(row: Row) -> Example:
    """Questions to a bank."""
    return Example(row["text"], dict.fromkeys(CALM, 0.0), BANKING.get(row["label"]), weight=0.7)


def clinc(row: Row) -> Example | None:
    """Requests to an assistant; those that say nothing of a cause are thinned out."""
    cause = CLINC.get(row["label"])
    if (cause is None or cause == "other") and row["label"] != "thank_you" and _hashed(row["text"]) % 100 >= 20:
        return None
    return Example(row["text"], {"gratitude": float(row["label"] == "thank_you")}, cause, weight=0.5)


def emowoz(row: Row) -> Example:
    """An agent's turns in task dialogues."""
    return Example(row["text"], {"apologize": float(row["label"] == "apologetic")})


SINGLE: Mapping[str, Callable[[Row], Example | None]] = {
    "goemotions": goemotions,
    "davidson": davidson,
    "convabuse": convabuse,
    "surge_toxicity": toxic,
    "context_toxicity": toxic,
    "hatecheck": hatecheck,
    "github_incivility": github,
    "hutto_tweets": rated,
    "hutto_amazon": rated,
    "hutto_movie": rated,
    "hutto_nyt": rated,
    "politeness": politeness,
    "multidogo_intents": multidogo,
    "bitext_intents": bitext,
    "banking77": banking,
    "clinc150": clinc,
    "emowoz_conduct": emowoz,
}
THREADS = ("ukp_adhominem", "github_threads")
LATEST = 6  # turns of a thread that count: what is said last tells most


def examples(root: Path, own: Path) -> Iterator[Example]:
    """All examples of the sets in *root* and of our own files in *own*, each with its part."""
    for name, read in SINGLE.items():
        for row in rows(root, name):
            example = read(row) if row["text"].strip() else None
            if example is not None:
                yield _placed(example, name, row["text"])
    for name in THREADS:
        for row in rows(root, name):
            yield from _thread(row, name)
    for path in sorted(own.glob("*.tsv")):
        for example in written(path):
            yield _placed(example, f"own:{path.stem}", example.text)


def _placed(example: Example, source: str, text: str) -> Example:
    return Example(
        text, example.targets, example.cause, source, weight=example.weight, thread=example.thread, part=part_of(text)
    )


def _thread(row: Row, name: str) -> Iterator[Example]:
    """The last turns of a thread; all of them belong to the part of the last one."""
    texts = [turn["text"] for turn in row["turns"] if turn["text"].strip()]
    part = part_of(texts[-1]) if texts else "check"
    for text in texts[-LATEST:]:
        if not in_check(text) or part == "check":
            yield Example(
                text, {"derail": float(row["label"])}, None, name, weight=0.5, thread=f"{name}-{row['id']}", part=part
            )


def written(path: Path) -> Iterator[Example]:
    """Our own examples; raises ValueError for a label that the file's first line does not name."""
    lines = path.read_text(encoding="utf8").splitlines()
    heads = lines[0].removeprefix("# heads:").split()
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip() or line.startswith("# "):
            continue
        labels, _, text = line.partition("\t")
        named = [] if labels.strip() == "-" else labels.split()
        cause = next((label.removeprefix("cause:") for label in named if label.startswith("cause:")), None)
        marks = {label for label in named if not label.startswith("cause:")}
        if not text or marks - set(heads) or (cause is not None and cause not in CAUSES):
            raise ValueError(f"{path.name}:{number}: {labels!r} is not made of this file's labels")
        targets = {head: float(head in marks) for head in heads if head != "cause"}
        yield Example(text.replace("\\n", "\n"), targets, cause, weight=2.0)
