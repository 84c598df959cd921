"""Steps in an agent's message."""

import re
from pathlib import Path

import pytest
import yaml
from conftest import Read

from assist.message import Role, Step

CASES = [
    (
        {"apologize", "own", "solve"},
        "I'm sorry about this. I'll look after this myself: I have just sent a replacement, it arrives Thursday.",
    ),
    ({"listen"}, "If I understand you correctly, the parcel was promised for Monday?"),
    ({"empathize"}, "I understand how frustrating that is"),
    ({"boundary"}, "Please keep this respectful so I can help"),
    ({"escalate"}, "I'll bring in my supervisor"),
    ({"follow_up"}, "I'll check back with you tomorrow"),
    ({"close"}, "Is there anything else I can help with? Have a good day"),
    ({"apologize"}, "My apologies for the wait."),
    ({"listen"}, "What happened when you pressed the button?"),
    ({"own"}, "I will take care of it personally."),
    ({"solve"}, "I've refunded the full amount."),
    (set(), "Calm down."),
    (set(), "Ok"),
    (set(), "No."),
]


@pytest.mark.parametrize(("expected", "text"), CASES)
def test_an_agents_message_does_its_steps_and_no_others(read: Read, expected: set[str], text: str):
    """Every step has a probability; those done stand at a half or more."""
    steps = read(text, Role.AGENT).steps
    assert list(steps) == list(Step)
    assert {step.value for step, value in steps.items() if value >= 0.5} == expected


def test_a_phrase_from_the_sidebar_does_the_step_it_was_offered_for(read: Read):
    """Sent with small changes it counts, sent as something else it does not."""
    offered = ((Step.OWN, "This blue lamp stays on my own desk until the very end, Anna."),)
    sent = read("This blue lamp stays on my desk until the very end, Bob!", Role.AGENT, offered=offered)
    other = read("A lamp is a lamp", Role.AGENT, offered=offered)
    assert sent.steps[Step.OWN] >= 0.95
    assert other.steps[Step.OWN] < 0.5


def test_a_customer_does_no_steps(read: Read):
    """Steps belong to the agent."""
    assert read("I'm sorry, I'll look after it myself").steps == {}


SAMPLES = {
    "name": "Anna",
    "order": "48213",
    "amount": "$40",
    "date": "Monday",
    "contact": "third",
    "times": "three times",
    "waiting": "two weeks",
    "problem": "Where is my order",
    "agent": "Sam",
}
BOOKS = sorted((Path(__file__).parents[3] / "playbooks").glob("*.yaml"))


@pytest.mark.parametrize("book", BOOKS, ids=lambda path: path.stem)
def test_the_playbooks_own_phrases_do_their_steps(read: Read, book: Path):
    """Whatever the sidebar offers for a step is recognised as that step, with the slots filled."""
    unseen = [
        (entry["step"], phrase)
        for entry in yaml.safe_load(book.read_text(encoding="utf8")).get("steps", [])
        for phrases in entry["phrases"].values()
        for phrase in phrases
        if read(_filled(phrase), Role.AGENT).steps[Step(entry["step"])] < 0.5
    ]
    assert unseen == []


def _filled(phrase: str) -> str:
    return re.sub(r"\{\{(\w+)\}\}", lambda slot: SAMPLES[slot[1]], phrase)
