"""The documentation of a conversation, and that no text in it can make structure."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assist.message import Message, Role, Step
from assist.reading import Fact
from assist.record import QUOTED, Entry, escaped, make_record

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
# HTML, tables and strike-through on: what a lenient viewer would draw.
PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
HOSTILE = [
    "# heading",
    "\n\n# heading\n\n- list\n1. list\n> quote\n---\n",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!-- comment",
    "[link](javascript:alert(1)) ![image](http://evil.example/x.png)",
    "[ref]: http://evil.example",
    "<http://evil.example> https://evil.example www.evil.example a@evil.example",
    "`code` ``` \n```\ncode\n```",
    "*em* **strong** _em_ __strong__ ~~gone~~ ***",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "&lt;b&gt; &amp; &#60;script&#62;",
    "\\*not escaped\\* \\\\[x](y) \\",
    "text  \nbreak\\\nbreak\u2028line\u2029line\x85line\x0bline",
    "\u202eevil\u202c \u200b# \ufeff- x",
    "{{ template }} {% tag %} ${x} $x^2$ ==mark== :smile: #12 @everyone",
    "    indented code",
    "“ ” quote ends",
]


def entry(seq, role, text, tension=20.0, **read):
    message = Message(f"m{seq}", seq, role, text, START + timedelta(minutes=seq), deleted=read.pop("deleted", False))
    read = {"steps": {}, "cause": "other", "facts": (), "acts": {}} | read
    return Entry(message, tension, **read)


TALK = [
    entry(1, Role.CUSTOMER, "Where is order 48213?", 30, facts=(Fact("order", "48213", 9, 20),), cause="delivery"),
    entry(2, Role.CUSTOMER, "It was due on Monday!", 55, facts=(Fact("date", "Monday", 14, 20),), cause="delivery"),
    entry(3, Role.AGENT, "I am sorry, I will check.", 50, steps={Step.APOLOGIZE: 0.9, Step.OWN: 0.4}),
    entry(4, Role.CUSTOMER, "Hurry up.", 58, cause="delivery"),
    entry(5, Role.NOTE, "This one is difficult.", 58),
    entry(6, Role.AGENT, "It comes today. I call you at 5 pm.", 52, steps={Step.SOLVE: 0.8}, acts={"promise": 0.9}),
    entry(7, Role.CUSTOMER, "Great, thank you.", 20, cause="other", acts={"reassured": 0.9}),
    entry(8, Role.AGENT, "Gone wrong.", 20, steps={Step.CLOSE: 0.9}, deleted=True),
]


ASKED = "Goodbye! How satisfied are you with how this went, from 1 to 5?"
ENDED = [
    entry(
        1,
        Role.CUSTOMER,
        "Where is order 48213?",
        offered=(("house.own", "I've got this, Maria, and I'll stay on it."),),
    ),
    entry(2, Role.AGENT, "I've got this, Maria, and I'll stay on it.", steps={Step.OWN: 0.95}),
    entry(3, Role.CUSTOMER, "Thanks!", offered=(("house.close", "Is anything else open on your side, Maria?"),)),
    entry(4, Role.AGENT, "Bye bye then.", steps={Step.CLOSE: 0.9}),
    entry(5, Role.AGENT, ASKED, steps={Step.CLOSE: 0.9}),
]


def record(entries=TALK, **told):
    return make_record("c-1", customer="Marta Keller", entries=entries, **told)


def test_a_record_tells_the_frame_of_the_talk():
    """Who, about what, from when to when, and how often the word passed."""
    made = record()
    assert (made.conversation, made.customer, made.cause) == ("c-1", "Marta Keller", "delivery")
    assert (made.opened_at, made.last_at) == (TALK[0].message.at, TALK[6].message.at)
    assert made.turns == 5


def test_what_was_reported_is_in_the_customers_own_words():
    """All before the first answer, later only what is new; with the facts."""
    made = record()
    assert [quote.text for quote in made.reported] == ["Where is order 48213?", "It was due on Monday!"]
    assert made.facts == {"order": "48213", "date": "Monday"}
    later = entry(9, Role.CUSTOMER, "It is order 5, not 48213.", facts=(Fact("order", "5", 12, 13),))
    assert record([*TALK, later]).reported[-1].text == "It is order 5, not 48213."


def test_each_step_is_told_once_with_who_and_when():
    """Only steps that were surely done, the first time they were."""
    again = entry(9, Role.AGENT, "Sorry again.", steps={Step.APOLOGIZE: 0.9})
    steps = record([*TALK, again], agent="ana").steps
    assert [(one.step, one.by, one.message) for one in steps] == [
        (Step.APOLOGIZE, "ana", "m3"),
        (Step.SOLVE, "ana", "m6"),
    ]
    assert steps[0].at == START + timedelta(minutes=3)


def test_promises_are_the_agents_only():
    """A promise act or a follow-up step of the agent; a customer promises nothing here."""
    threat = entry(9, Role.CUSTOMER, "I promise you a review.", acts={"promise": 0.9})
    follow = entry(10, Role.AGENT, "I check tomorrow.", steps={Step.FOLLOW_UP: 0.7})
    assert [quote.message for quote in record([*TALK, threat, follow]).promises] == ["m6", "m10"]


def test_turning_points_are_the_large_moves_with_their_message():
    """Small moves are not told, rises and falls come in the order of the talk."""
    assert [(one.before, one.after, one.quote.message) for one in record().turning_points] == [
        (30, 55, "m2"),
        (50, 58, "m4"),
        (52, 20, "m7"),
    ]


def test_of_many_turning_points_the_largest_are_told():
    """At most three rises and three falls."""
    levels = [10, 40, 10, 60, 10, 70, 10, 80, 10, 90, 10]
    points = record([entry(n, Role.CUSTOMER, "x", level) for n, level in enumerate(levels, 1)]).turning_points
    assert [one.after for one in points if one.after > one.before] == [70, 80, 90]
    assert len(points) == 6


@pytest.mark.parametrize(
    ("last", "told", "outcome"),
    [
        (entry(9, Role.CUSTOMER, "Hello?"), {}, "open"),
        (entry(9, Role.CUSTOMER, "Thanks.", acts={"reassured": 0.8}), {}, "resolved"),
        (entry(9, Role.AGENT, "My lead takes over.", steps={Step.ESCALATE: 0.9}), {}, "escalated"),
        (entry(9, Role.AGENT, "My lead takes over.", steps={Step.ESCALATE: 0.9}), {"resolved": True}, "resolved"),
    ],
)
def test_the_outcome_is_what_the_team_says_or_the_talk_shows(last, told, outcome):
    """Closed by the team, escalated by the agent, good by the customer's last word, else open."""
    assert record([*TALK, last], **told).outcome == outcome


def test_notes_and_deleted_messages_are_not_told():
    """What the team says among itself, and what was taken back, is no part of the record."""
    written = record().as_markdown() + json.dumps(record().as_json())
    assert "difficult" not in written
    assert "Gone wrong" not in written


def test_a_conversation_without_messages_has_a_record():
    """Put, but nothing said yet."""
    made = record([])
    assert made.as_json()["opened_at"] is None
    assert made.outcome == "open"
    assert "nothing said yet" in made.as_markdown()


def test_json_holds_everything_as_plain_values_with_times_in_utc():
    """It survives JSON unchanged, texts as they were written."""
    plain = record([entry(1, Role.CUSTOMER, "<b>a*b</b>"), *TALK[1:]]).as_json()
    assert json.loads(json.dumps(plain)) == plain
    assert plain["opened_at"] == "2026-01-05T09:01:00Z"
    assert plain["reported"][0] == {"message": "m1", "at": "2026-01-05T09:01:00Z", "text": "<b>a*b</b>"}


def test_a_long_message_is_quoted_in_part():
    """A record stays readable."""
    (quote,) = record([entry(1, Role.CUSTOMER, "a" * 20_000)]).reported
    assert len(quote.text) == QUOTED
    assert quote.text.endswith("…")


def test_plain_sentences_stay_readable_as_source():
    """Escaping touches only what could make structure."""
    assert escaped("Hello, I'm here. It (still) does not work - at 10!") == (
        "Hello, I'm here. It (still) does not work - at 10!"
    )


def test_breaks_of_every_kind_become_spaces():
    """Words on either side of a break stay apart."""
    assert escaped("a\n\nb\u2028c\td") == "a b c d"


def structure(markdown):
    """The kinds of all blocks and inlines, without their words."""
    tokens = PARSER.parse(markdown)
    return [(token.type, token.tag, [child.type for child in token.children or ()]) for token in tokens]


def written(text):
    """A record with this text in every place that somebody else fills."""
    said = text if text.strip() else "x"
    talk = [
        entry(1, Role.CUSTOMER, said, 20, facts=(Fact("order", text, 0, 1),)),
        entry(2, Role.AGENT, said, 60, steps={Step.OWN: 0.9}, acts={"promise": 0.9}),
    ]
    return make_record(text or "x", customer=text or "x", entries=talk, agent=text or "x").as_markdown()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_and_makes_no_structure(text):
    """The parsed document has the blocks and inlines of a harmless one, and no address becomes a link."""
    assert structure(written(text)) == structure(written("harmless"))
    assert not {"http://", "https://", "www.", "<script", "<img"} & {part for part in SIGNS if part in written(text)}


SIGNS = ("http://", "https://", "www.", "<script", "<img")


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=200))
def test_no_text_makes_structure(text):
    """The same for any text that the door lets in."""
    assert structure(written(text)) == structure(written("harmless"))


@given(st.text(st.sampled_from("\\`*_[](){}<>!#|~$^=@:&;.-+ \n\tab1\u2028\u200b"), max_size=60))
def test_no_run_of_markdown_characters_makes_structure(text):
    """The same where nearly every character means something."""
    assert structure(written(text)) == structure(written("harmless"))


def test_what_is_escaped_is_shown_as_it_was_written():
    """A viewer shows the customer's characters, not the escapes."""
    text = r"5 * 3 <b> & [x](y) `z` \ https://evil.example #1 a_b_c 64.90"
    (heading,) = [token for token in PARSER.parse(f"# x {escaped(text)}") if token.type == "inline"]
    assert "".join(child.content for child in heading.children) == f"x {text}"


def test_what_they_answer_to_how_it_was_stands_with_the_advice_that_was_taken() -> None:
    """Only the phrases that were sent as they stood; a mark that comes to nothing is none."""
    said = record([*ENDED, entry(6, Role.CUSTOMER, "4, thanks")]).as_json()["satisfaction"]
    assert (said["score"], said["top"], said["content"], said["message"]) == (4, 5, True, "m6")
    assert said["advice"] == ["house.own"]
    assert "“4, thanks” (4 of 5)" in record([*ENDED, entry(6, Role.CUSTOMER, "4, thanks")]).as_markdown()


@pytest.mark.parametrize(
    "entries",
    [
        ENDED,
        [*ENDED[:4], entry(6, Role.CUSTOMER, "4")],
        [*ENDED, entry(6, Role.CUSTOMER, "Where is my parcel?"), entry(7, Role.CUSTOMER, "4")],
        [*ENDED[:3], entry(5, Role.AGENT, ASKED), entry(6, Role.CUSTOMER, "4")],
    ],
    ids=["no answer", "no question", "too late", "before the end"],
)
def test_without_a_question_and_an_answer_nothing_is_claimed(entries) -> None:
    """A figure in a chat is not a mark."""
    assert record(entries).as_json()["satisfaction"] is None
