"""The brief for whoever takes over: nothing in it that no message says, and no text in it that makes structure."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.brief import MOST, QUOTED, SECTIONS, Brief, make_brief
from assist.message import Message, Role, Step
from assist.reading import Fact
from assist.record import Entry
from tests.assist.test_record import HOSTILE, PARSER

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
RANT = "This is the third time. Where is order 48213, you idiot? I want my money back!"
CLOSED = ("warning", "They speak of leaving. Do not plead: settle what drives them away.")


def entry(seq: int, role: Role, text: str, tension: float = 20.0, **read: object) -> Entry:
    """A message with what was read of it."""
    message = Message(f"m{seq}", seq, role, text, START + timedelta(minutes=seq), deleted=bool(read.pop("deleted", 0)))
    return Entry(message, tension, **{"steps": {}, "cause": "other", "facts": (), "acts": {}, **read})  # type: ignore[arg-type]


def at(text: str, words: str) -> tuple[int, int]:
    """Where words stand in a text."""
    return text.index(words), text.index(words) + len(words)


TALK = [
    entry(
        1,
        Role.CUSTOMER,
        RANT,
        70,
        cause="delivery",
        signals={"abuse": 0.8, "churn": 0.6},
        alerts=(CLOSED,),
        facts=(
            Fact("contact", "third", *at(RANT, "the third time")),
            Fact("order", "48213", *at(RANT, "order 48213")),
            Fact("wish", "your money back", *at(RANT, "my money back")),
        ),
    ),
    entry(2, Role.AGENT, "I'm sorry. Please keep it respectful.", 66, steps={Step.APOLOGIZE: 0.9, Step.BOUNDARY: 0.7}),
    entry(3, Role.CUSTOMER, "Don't tell me what to do.", 80, cause="delivery", alerts=(CLOSED,)),
    entry(4, Role.AGENT, "I can send a replacement.", 72, steps={Step.SOLVE: 0.8}),
    entry(5, Role.CUSTOMER, "No. Get me your manager.", 74, acts={"refusal": 0.9, "supervisor": 0.8}, cause="delivery"),
    entry(6, Role.AGENT, "My lead calls you within two hours.", 60, acts={"promise": 0.9}),
    entry(7, Role.NOTE, "Careful with this one.", 60),
    entry(8, Role.CUSTOMER, "Forget that.", 60, deleted=True),
]


def brief(entries: list[Entry] = TALK) -> Brief:
    """The brief on a talk."""
    return make_brief("c-1", customer="Marta Keller", entries=entries, agent="ann")


def told(section: str, entries: list[Entry] = TALK) -> list[tuple[str, tuple[str, ...]]]:
    """The sentences of a section with the messages they stand on."""
    return [(sentence.text, sentence.messages) for sentence in brief(entries).sections[section]]


def test_the_situation_is_the_cause_their_own_words_and_the_facts():
    """Each with the message that says so."""
    assert told("situation") == [
        ("It is about delivery.", ("m1",)),
        (f"They wrote “{RANT}”.", ("m1",)),
        ("Contact: third (“the third time”).", ("m1",)),
        ("Order: 48213 (“order 48213”).", ("m1",)),
    ]


def test_a_cause_that_is_not_known_is_said_to_be_so():
    """Nothing is guessed."""
    assert told("situation", [entry(1, Role.CUSTOMER, "Hello?")])[0] == (
        "What it is about is not clear yet.",
        ("m1",),
    )


def test_what_they_wish_is_in_their_words():
    """What they ask for, somebody above, to be gone."""
    assert told("wishes") == [
        ("They ask for “my money back”.", ("m1",)),
        (f"They speak of leaving: “{RANT}”.", ("m1",)),
        ("They ask for somebody above: “No. Get me your manager.”.", ("m5",)),
    ]


def test_what_was_done_names_who_and_when():
    """The first message of each step."""
    assert told("tried") == [
        ("Apologize, by ann at 09:02 UTC: “I'm sorry. Please keep it respectful.”.", ("m2",)),
        ("Boundary, by ann at 09:02 UTC: “I'm sorry. Please keep it respectful.”.", ("m2",)),
        ("Solve, by ann at 09:04 UTC: “I can send a replacement.”.", ("m4",)),
    ]


def test_a_solution_that_was_refused_says_so_with_both_messages():
    """And is not to be offered again."""
    ids = ("m4", "m5")
    assert told("solutions") == [("Offered “I can send a replacement.”, and refused: “No. Get me your manager.”.", ids)]
    assert ("The same offer again: “I can send a replacement.” was refused.", ids) in told("avoid")


def test_a_solution_they_were_content_with_or_did_not_answer_is_told_apart():
    """What comes after our next message is no answer to it."""
    offer = entry(1, Role.AGENT, "I refund it.", steps={Step.SOLVE: 0.8})
    content = entry(2, Role.CUSTOMER, "Great.", acts={"reassured": 0.9})
    assert told("solutions", [offer, content]) == [
        ("Offered “I refund it.”, and they were content: “Great.”.", ("m1", "m2"))
    ]
    between = entry(3, Role.AGENT, "Anything else?")
    late = entry(4, Role.CUSTOMER, "No.", acts={"refusal": 0.9})
    assert told("solutions", [offer, between, late]) == [("Offered “I refund it.”.", ("m1",))]


@pytest.mark.parametrize(
    ("text", "words", "due"),
    [
        ("My lead calls you within two hours.", "within two hours", START + timedelta(hours=2, minutes=1)),
        ("I'll write to you in 10 minutes.", "in 10 minutes", START + timedelta(minutes=11)),
        ("You hear from me in a day.", "in a day", START + timedelta(days=1, minutes=1)),
        ("I'll call you by 5 pm.", "by 5 pm", None),
        ("It will be there by Friday.", "by Friday", None),
        ("You have it Tomorrow.", "Tomorrow", None),
        ("I'll see to it.", None, None),
        ("İ call you by 5 pm.", "by 5 pm", None),
    ],
)
def test_a_promise_says_when_it_is_due(text: str, words: str | None, due: datetime | None):
    """In its own words, and as a moment where that follows from when it was said."""
    (promise,) = brief([entry(1, Role.AGENT, text, acts={"promise": 0.9})]).sections["promises"]
    assert promise.due == due
    assert (f"Due: “{words}”" in promise.text) is (words is not None)
    assert ("Due" in promise.text) is (words is not None)
    assert ("due" in promise.as_json()) is (due is not None)


def test_the_tension_is_that_of_their_last_message_and_its_peak():
    """With the messages that made them."""
    assert told("tension") == [
        ("74 of 100 (tense) after their last message, “No. Get me your manager.”.", ("m5",)),
        ("At its peak 80 of 100 (critical), after “Don't tell me what to do.”.", ("m3",)),
    ]


def test_an_alert_is_told_once_with_what_raised_it():
    """However long it stood."""
    assert told("alerts") == [(f"Warning: {CLOSED[1]} Raised by “{RANT}”.", ("m1",))]


def test_what_made_it_worse_is_better_left_out():
    """What they refused, what they have told before, and what was followed by a rise."""
    texts = [text for text, _ in told("avoid")]
    assert f"Asking them to start over: they have written before, “{RANT}”." in texts
    rise = (
        "More of “I'm sorry. Please keep it respectful.”: with the answer to it tension rose by 14, "
        "“Don't tell me what to do.”."
    )
    assert (rise, ("m2", "m3")) in told("avoid")


def test_insults_and_limits_are_quoted_and_counted():
    """As who ends a chat has to show them."""
    assert told("boundaries") == [
        (f"Abuse, 1 of 1: “{RANT}”.", ("m1",)),
        ("Limit named, 1 of 1: “I'm sorry. Please keep it respectful.”.", ("m2",)),
    ]


def test_notes_and_deleted_messages_are_not_in_it():
    """Who deletes a message means it."""
    whole = json.dumps(brief().as_json())
    assert "Careful" not in whole
    assert "Forget" not in whole
    assert brief().as_json()["last_at"] == "2026-01-05T09:06:00Z"


def test_an_empty_conversation_has_a_brief_without_sentences():
    """Sections are all there."""
    wire = brief([]).as_json()
    assert set(SECTIONS) <= set(wire)
    assert wire["last_at"] is None
    assert all(wire[name] == [] for name in SECTIONS)
    assert brief([]).as_markdown().count("- none") == len(SECTIONS)


@given(
    st.lists(
        st.tuples(
            st.sampled_from([Role.CUSTOMER, Role.AGENT, Role.BOT, Role.NOTE]),
            st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=QUOTED + 9),
            st.dictionaries(st.sampled_from(["refusal", "promise", "impatience", "supervisor"]), st.floats(0, 1)),
            st.dictionaries(st.sampled_from(["abuse", "threat", "churn"]), st.floats(0, 1)),
            st.dictionaries(st.sampled_from(list(Step)), st.floats(0, 1)),
            st.floats(0, 100),
        ),
        max_size=30,
    )
)
def test_every_sentence_stands_on_messages_and_quotes_only_these(talk: list[tuple]):
    """Whatever was said and read: it is bounded, and every quoted word stands in a message that is named."""
    entries = [
        entry(seq, role, text, tension, acts=acts, signals=signals, steps=steps)
        for seq, (role, text, acts, signals, steps, tension) in enumerate(talk, 1)
    ]
    texts = {item.message.id: " ".join(item.message.text.split()) for item in entries}
    for sentences in brief(entries).sections.values():
        assert len(sentences) <= MOST
        for sentence in sentences:
            assert sentence.messages
            assert set(sentence.messages) <= texts.keys()
            first = sentence.text.partition("“")[2]
            assert (
                not first
                or any(first.startswith(texts[name][: QUOTED - 1]) for name in sentence.messages)
                or ("Due" in sentence.text)
            )


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_makes_structure(text: str):
    """In the Markdown a text is shown and does nothing: headings, lists and paragraphs are those of ours."""
    hostile = [
        entry(1, Role.CUSTOMER, text, 70, signals={"abuse": 0.9}, facts=(Fact("order", text, 0, len(text)),)),
        entry(2, Role.AGENT, text, 50, steps={Step.SOLVE: 0.9, Step.BOUNDARY: 0.9}, acts={"promise": 0.9}),
        entry(3, Role.CUSTOMER, text, 90, acts={"refusal": 0.9}),
    ]
    plain = [
        Entry(
            Message(e.message.id, e.message.seq, e.message.role, "plain", e.message.at),
            e.tension,
            e.steps,
            e.cause,
            tuple(Fact("order", "plain", 0, 5) for _ in e.facts),
            e.acts,
            e.signals,
        )
        for e in hostile
    ]
    made, wanted = brief(hostile).as_markdown(), brief(plain).as_markdown()
    assert [token.type for token in PARSER.parse(made)] == [token.type for token in PARSER.parse(wanted)]
    inline = {child.type for token in PARSER.parse(made) for child in token.children or ()}
    assert inline <= {"text", "text_special", "softbreak"}


def test_long_texts_are_read_in_time():
    """A promise of 20,000 characters that nearly tell a time."""
    for piece in ("in a couple of ", "by the end of the ", "within 1 ", "a few whole "):
        make_brief(
            "c", customer="", entries=[entry(1, Role.AGENT, piece * (20_000 // len(piece)), acts={"promise": 0.9})]
        )
