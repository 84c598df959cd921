"""What the coach remarks of a whole draft: how it is written, what must not be sent, what it lacks."""

import pytest

from assist.coach import review
from assist.reading import Language, Reading
from tests.assist.drafts import kinds, moment, seen, taken

LONG = (
    "I have looked at your order in our warehouse system this morning and I found that the parcel was scanned twice at "
    "the depot in Leeds, but the driver did not take it with him on Monday because the label could not be read."
)


def test_a_sentence_without_an_end_is_split_at_a_joint():
    """Near its middle, so that both halves can be read; nothing else is changed."""
    (remark,) = [one for one in review(LONG) if one.kind == "run_on"]
    assert LONG[remark.start : remark.end] == ", but the"
    assert remark.better == ". But the"


@pytest.mark.parametrize(
    "draft",
    [
        "I found your order and it will come on Friday.",
        " ".join(["word"] * 60) + ".",
        "If " + " ".join(["you send me the form"] * 8) + ", I will check it for you right away today.",
    ],
)
def test_a_sentence_that_is_short_or_has_no_joint_is_let_pass(draft):
    """A split that cannot be made by rule is not offered."""
    assert "run_on" not in kinds(draft)


@pytest.mark.parametrize(
    ("draft", "better"),
    [
        ("Your card 4111 1111 1111 1111 was charged.", "Your card \u2022\u2022\u2022\u2022 1111 was charged."),
        ("Pay to DE89 3704 0044 0532 0130 00 IN EUR.", "Pay to \u2022\u2022\u2022\u2022 0 00 IN EUR."),
        ("Your password is hunter2024.", "Your password is \u2022\u2022\u2022\u2022."),
        ("Write to jane.doe@gmail.example today.", "Write to j\u2022\u2022\u2022\u2022@gmail.example today."),
        ("The driver has the number +44 7700 900123.", "The driver has the number \u2022\u2022\u2022\u2022 0123."),
        ("Your SSN is 123-45-6789.", "Your SSN is \u2022\u2022\u2022\u2022 6789."),
        ("Su DNI es 12345678Z.", "Su DNI es \u2022\u2022\u2022\u2022 678Z."),
    ],
)
def test_what_must_not_be_sent_is_masked(draft, better):
    """Enough is left to know which one is meant."""
    assert taken(draft, "personal_data") == better


@pytest.mark.parametrize(
    "draft",
    [
        "Your order 4111111111111112 left today.",  # no check digit fits
        "Your reference is 20210421115826.",
        "Call us on 0800 123 4567 or write to support@shop.example.",
        "Your password is at least 8 characters long.",
        "A password of 8-20 characters is best.",
        "See https://shop.example/p/4111111111111111.",
        "Your DNI is 12345678A.",
        "It came at 10:30 on 12-03-2026 for 1,234.50.",
    ],
)
def test_numbers_that_may_be_sent_are_let_pass(draft):
    """Order numbers, dates, the house's own addresses, and what no check digit fits."""
    assert "personal_data" not in kinds(draft)


def test_what_the_chat_is_about_may_be_sent():
    """The customer's own order number and address are no remark, even where a check digit fits by chance."""
    draft = "Order 4111 1111 1111 1111 goes to jo@home.example."
    told = {"4111111111111111", "Jo@home.example"}
    assert len([one for one in review(draft) if one.kind == "personal_data"]) == 2
    assert review(draft, known=told) == ()


EVASIVE = "Our team works very hard for every customer."


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("When will my parcel come?", "It leaves on Friday by noon, I promise."),
        ("Where is my order?", "It is at the depot in Leeds since then."),
        ("Can you refund me?", "No, but the money is yours as a voucher."),
        ("Why was I charged twice?", "The second one was a mistake of ours."),
        ("How much does it cost?", "It is free for you this time."),
        ("How do I reset it?", "Press the button for ten seconds, please."),
        ("What is the status?", "The status has not moved, sadly for us."),
        ("When will my parcel come?", "I will find that out for you today."),
        ("Where is my order?", "May I have your postcode, please, Maria?"),
    ],
)
def test_a_question_has_to_be_answered(question, answer):
    """An answer of its kind passes, so does finding out or asking back; talk beside it does not."""
    about = moment(f"Hello there. {question} Thanks.")
    assert "no_answer" in seen(EVASIVE, about)
    assert "no_answer" not in seen(answer, about)


@pytest.mark.parametrize("said", ["Are you kidding me?", "Do you even care?", "Nobody answers.", "Why?"])
def test_what_asks_for_no_answer_needs_none(said):
    """A question that is a complaint, or none."""
    assert "no_answer" not in seen(EVASIVE, moment(said))


def test_the_open_question_is_repeated_for_its_answer():
    """Without handles and without what would look like a gap to fill; the last one counts."""
    about = moment("@shop Where is my [order]?", "Hello again.")
    remark = next(one for one in review(EVASIVE, moment=about) if one.kind == "no_answer")
    assert EVASIVE[remark.start : remark.end] == "customer."
    assert remark.better == "customer. To your question \u201cWhere is my order?\u201d: [your answer]."


def test_who_is_still_typing_is_not_told_what_is_missing():
    """Only a draft that ends like a sentence is judged by what it lacks."""
    about = moment("When will my parcel come?", tension=80.0)
    assert seen("Our team works very hard for every", about) == set()


def test_a_heated_customer_is_to_be_seen_first():
    """Where nobody has shown it yet and the draft does not; the line goes in after the greeting."""
    draft = "Hi Maria, the parcel is at the depot in Leeds."
    remark = next(one for one in review(draft, moment=moment(tension=70.0)) if one.kind == "missing_empathy")
    made = draft[: remark.start] + remark.better + draft[remark.end :]
    assert made == "Hi Maria, I can see how much trouble this has given you. The parcel is at the depot in Leeds."


@pytest.mark.parametrize(
    "about",
    [
        moment(tension=40.0),
        moment(tension=70.0, run=0),
        moment(tension=70.0, steps={"empathize": None}),
        moment(tension=70.0, next_step="boundary"),
        moment(tension=70.0, reading=Reading(language=Language("en", 0.9), steps={"apologize": 0.8})),
    ],
)
def test_empathy_is_not_asked_for_twice_nor_where_a_limit_is_due(about):
    """Calm chats, answered ones, those where it was said, and those that need a limit first."""
    assert "missing_empathy" not in seen("The parcel is at the depot in Leeds.", about)


def test_another_language_than_the_customers_is_remarked():
    """With a line in theirs to put before it; where nobody has spoken of it. English rules read only English."""
    about = moment(language="de")
    remark = next(one for one in review("It is here.", moment=about) if one.kind == "wrong_language")
    assert remark.better.startswith("Ich schreibe hier nicht in Ihrer Sprache")
    assert remark.better.endswith(". It")
    assert "wrong_language" not in seen("We write in English here, is German needed?", about)
    german = moment(language="de", reading=Reading(language=Language("de", 0.9)))
    assert seen("No. So was gibt es nicht.", german) == set()


def test_thanks_may_be_answered_with_a_stock_phrase():
    """In a calm chat, to a customer who is pleased."""
    pleased = moment(heard=Reading(signals={"gratitude": 0.9}))
    assert "canned" in seen("We appreciate your feedback.", moment())
    assert seen("We appreciate your feedback.", pleased) == set()
