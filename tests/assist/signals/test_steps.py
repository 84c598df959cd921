"""Steps in an agent's message."""

import re
from pathlib import Path

import pytest
import yaml

from assist.message import Role, Step
from tests.assist.signals.conftest import Read

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
    (
        {"listen"},
        "So I have it right: this is your third message and nobody has given you a clear answer. Is that correct?",
    ),
    ({"listen"}, "You were promised a call and it never came. Did I get that right?"),
    ({"listen"}, "Could you describe what you see on the screen when it stops?"),
    ({"listen"}, "What happened after the courier rang?"),
    (
        {"empathize", "apologize"},
        "I can see why that is maddening, being left without an answer. I'm sorry about that.",
    ),
    ({"empathize"}, "Three weeks without heating must be exhausting."),
    ({"empathize"}, "Anyone would be fed up after that, and you have every right to be."),
    ({"own"}, "Leave it with me, I'm responsible for this from here on."),
    ({"solve"}, "Would you rather have a replacement or your money back?"),
    ({"solve"}, "I'll send you a new reset link now."),
    ({"solve"}, "Go to Settings, then Privacy, and turn the switch off."),
    ({"solve"}, "The credit has been applied to your account."),
    ({"escalate"}, "I'm handing this to our duty manager, who can decide on it."),
    ({"follow_up"}, "You'll hear from me by Wednesday noon."),
    ({"close"}, "Glad we could sort it out. Enjoy your weekend!"),
]
# Small talk, vague promises, questions for data, greetings and hand-offs: none of them is a step.
NOTHING = [
    "Hello, how can I help?",
    "Hi there, thanks for reaching out!",
    "Good morning, you're through to Dana.",
    "Let me look into that for you.",
    "Let me have a look.",
    "I'll see what I can do.",
    "We're looking into it.",
    "Our team is working on it.",
    "We are aware of the issue.",
    "Someone will take care of it at some point.",
    "We appreciate your patience.",
    "Thank you for your patience while we check.",
    "Please bear with me.",
    "One moment please.",
    "Can you hold on a second?",
    "Can you send me your order number?",
    "What's your order number?",
    "Could you give me the email address on the account?",
    "Which version of the app are you on?",
    "What model is it?",
    "Which postcode was it sent to?",
    "Please send us a direct message with your details.",
    "DM us your account number so we can help.",
    "Please follow us and send us a private message.",
    "Follow the link to join us in a private chat.",
    "We would like to help you with this.",
    "We'd like to take a closer look.",
    "I would like to have a word with you about the bill.",
    "You will need to call the billing department.",
    "You'd have to ask the shop about that.",
    "The seller is responsible for the parcel.",
    "The warehouse handles that.",
    "Have a look at this.",
    "Have a look at the week ahead in the calendar.",
    "Everything else looks fine from here.",
    "The order was placed on Monday.",
    "Your parcel left the depot two days ago.",
    "Our shop opens at nine.",
    "I can hear you now.",
    "I understand.",
    "I see.",
    "Got it.",
    "Right, okay.",
    "Noted.",
    "I know what you mean.",
    "We know how important your order is.",
    "Your call is important to us.",
    "I appreciate your understanding.",
    "I hear the line is bad today.",
    "You can say that again.",
    "Did the light on the router change its colour?",
    "Do you have our premium plan?",
    "Are you at home today?",
    "Is the box still there?",
    "Is there a number I can reach you on?",
    "We've sent you a private message.",
    "We have received your message.",
    "We've passed your comments on.",
    "I've read about that.",
    "It is our policy not to refund tickets.",
    "I can't refund that.",
    "We don't have a replacement for it.",
    "No refund has been issued.",
    "The manager of that store is called Kim.",
    "Your account manager left a note.",
    "So far so good.",
    "So what would you like?",
    "That sounds good.",
    "It looks like rain.",
    "Are you still there?",
    "I'll be back.",
    "Let us know how it goes.",
    "Keep us posted.",
    "It will be back on Monday.",
    "Stay tuned.",
    "How can we help?",
    "It is difficult to diagnose that from here.",
    "I'm not sure why the change has been applied.",
]


@pytest.mark.parametrize(("expected", "text"), CASES)
def test_an_agents_message_does_its_steps_and_no_others(read: Read, expected: set[str], text: str):
    """Every step has a probability; those done stand at a half or more."""
    steps = read(text, Role.AGENT).steps
    assert list(steps) == list(Step)
    assert {step.value for step, value in steps.items() if value >= 0.5} == expected


@pytest.mark.parametrize("text", NOTHING)
def test_what_only_sounds_helpful_is_no_step(read: Read, text: str):
    """Nothing is heard, felt, owned or solved by good manners and questions for data."""
    steps = read(text, Role.AGENT).steps
    assert [step.value for step, value in steps.items() if value >= 0.5] == []


def test_a_question_for_data_is_a_question(read: Read):
    """It is no step, but it asks."""
    assert read("Can you send me your order number?", Role.AGENT).acts["question"] >= 0.5


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
    "product": "lamp",
    "promised": "by Friday",
    "feeling": "let down",
    "wish": "a replacement",
    "since": "since Monday",
}
PLAYBOOKS = Path(__file__).parents[3] / "playbooks"
BOOKS = sorted([*PLAYBOOKS.glob("*.yaml"), *PLAYBOOKS.glob("house/*.yaml")])


def _phrases(*, silence: bool = True) -> list[tuple[Step, str]]:
    """Every phrase of every playbook with its step, the slots filled; without *silence* none that is said into one."""
    return [
        (Step(entry["step"]), re.sub(r"\{\{(\w+)\}\}", lambda slot: SAMPLES[slot[1]], phrase))
        for book in BOOKS
        for entry in yaml.safe_load(book.read_text(encoding="utf8")).get("steps", [])
        if silence or "quiet" not in entry.get("when", {})
        for phrases in entry.get("phrases", {}).values()
        for phrase in phrases
    ]


def test_a_phrase_sent_as_it_stood_does_its_step_and_nothing_else(read: Read):
    """Every phrase of the playbooks, offered and sent, ticks its own step; only an apology may stand beside it."""
    wrong = []
    for step, phrase in _phrases():
        done = read(phrase, Role.AGENT, offered=((step, phrase),)).steps
        others = [other for other in Step if other not in (step, Step.APOLOGIZE) and done[other] >= 0.5]
        if done[step] < 0.95 or others:
            wrong.append((step, others, phrase))
    assert wrong == []


def test_what_is_written_beside_a_phrase_counts_too(read: Read):
    """A phrase with a message of its own behind it does both steps."""
    phrase = "Waiting without a clear answer would make me angry too."
    sent = read(
        f"{phrase} I've refunded the full amount to your card, and you'll find the confirmation in your inbox.",
        Role.AGENT,
        offered=((Step.EMPATHIZE, phrase),),
    ).steps
    assert sent[Step.EMPATHIZE] >= 0.95
    assert sent[Step.SOLVE] >= 0.5


@pytest.mark.parametrize("step", list(Step))
def test_most_of_the_playbooks_phrases_are_recognised_by_their_words_alone(read: Read, step: Step):
    """Typed by an agent to whom nothing was offered, three phrases of four still do their step.

    Those that are said into a silence ask or wait, whatever the step: they are known by having been offered.
    """
    told = _phrases(silence=False)
    seen = [read(phrase, Role.AGENT).steps[step] >= 0.5 for wanted, phrase in told if wanted is step]
    assert sum(seen) >= 0.75 * len(seen)
