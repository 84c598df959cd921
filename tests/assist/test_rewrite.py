"""Rewriting: each manner does what it says, nothing is lost, nothing is promised, and it comes to an end."""

import json
import re
from collections import Counter
from time import perf_counter

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assist.errors import InvalidMessage
from assist.message import MAX_DRAFT
from assist.rewrite import MANNERS, Rewritten, by_rule, rewrite
from assist.rewrite_tables import TABLES
from tests.conftest import MS, SHARED

CHATS = SHARED / "data" / "chats" / "twcs.jsonl"
DIGITS = re.compile(r"\S*\d\S*|https?://\S+")
QUOTED = re.compile(r"\"[^\"\n]{1,80}\"|\u201c[^\u201c\u201d\n]{1,80}\u201d")
NOT = re.compile(r"\b(?:not|never|no|nobody|nothing)\b|\bcannot\b|n't\b|\bunable\b")
WILL = re.compile(r"\bwill\b|'ll\b|\bwon't\b|\bshall\b")
MAY = re.compile(r"\b(?:may|might|hope|try|probably|hopefully)\b")

GIVEN = [
    ("friendlier", "I am unable to assist you at this time.", "I can't help you right now."),
    (
        "friendlier",
        "Dear customer, we regret to inform you that it is late.",
        "Hi there, we're sorry to say that it's late.",
    ),
    ("friendlier", "Can you send me the order number?", "Could you please send me the order number?"),
    ("friendlier", "Send us the photo of the box.", "Please send us the photo of the box."),
    ("friendlier", "Your refund has been issued.", "We've issued your refund."),
    ("friendlier", "Hi Maria, send us the number.", "Hi Maria, please send us the number."),
    ("formal", "Hey, we'll fix this asap, thanks!", "Hello, we will resolve this as soon as possible, thank you!"),
    ("formal", "Don't you have it? It's been sent.", "Do you not have it? It has been sent."),
    ("formal", "I can't find it.", "I cannot find it."),
    ("formal", "I'd like that, and I'll call; I've seen it.", "I would like that, and I will call; I have seen it."),
    ("formal", "yeah, gimme a moment", "yes, please give me a moment"),
    ("formal", "Let me know if it\u2019s there.", "Please let me know if it is there."),
    ("shorter", "I was wondering if you could send me the number.", "Please send me the number."),
    ("shorter", "I was wondering if you could send me the number?", "Could you send me the number?"),
    ("shorter", "Due to the fact that it rained, we are basically late.", "Because it rained, we are late."),
    ("shorter", "Please note that the shop is closed.", "The shop is closed."),
    ("shorter", "I just wanted to let you know that it is here.", "It is here."),
    ("shorter", "To be honest, it took too long.", "It took too long."),
    ("shorter", "It broke and, to be honest, it took long.", "It broke and it took long."),
    ("shorter", "It kind of depends on what kind of phone it is.", "It depends on what kind of phone it is."),
    ("firmer", "Unfortunately, I think you should restart it.", "You should restart it."),
    ("firmer", "Would you be able to send it?", "Could you send it?"),
    ("firmer", "I'm afraid that we cannot do this.", "We cannot do this."),
    ("firmer", "You might want to restart the router.", "Please restart the router."),
    ("firmer", "I would recommend a new one, if that's okay with you.", "I recommend a new one."),
]
LEFT = [
    ("friendlier", "Yes, I am."),
    ("friendlier", "It is as good as it is."),
    ("friendlier", "I have a question."),
    ("friendlier", "Please let us know, and let us alone."),
    ("formal", "Why don't you try it"),
    ("shorter", "What kind of phone is it?"),
    ("shorter", "It is not really sorry work."),
    ("firmer", "I think it will arrive on Friday."),
    ("firmer", "Maybe it comes today. I hope so."),
    ("firmer", "We might be able to refund it."),
    ("firmer", "Hopefully it will be there."),
    ("firmer", "I'll try to call you."),
    ("shorter", "He said \u201cplease note that I was wondering\u201d."),
    ("formal", 'It says "I can\'t".'),
    ("friendlier", "I AM NOT SURE"),
]


@pytest.mark.parametrize(("manner", "text", "wanted"), GIVEN)
def test_a_text_is_put_in_the_manner(manner: str, text: str, wanted: str):
    """Word for word."""
    assert rewrite(text, manner).text == wanted


@pytest.mark.parametrize(("manner", "text"), LEFT)
def test_what_is_no_padding_stays(manner: str, text: str):
    """What is uncertain, asked, quoted or only looks like a filler is left alone, with a reason."""
    done = rewrite(text, manner)
    assert done.text is None
    assert done.changes == ()
    assert done.because


@pytest.mark.parametrize("manner", MANNERS)
def test_each_manner_has_rules_enough(manner: str):
    """The tables are the craft: a hundred rows over all would be too few for any one of them."""
    assert sum(by_rule(manner).values()) >= 80
    assert len(by_rule(manner)) >= 3


def test_changes_say_what_was_where_and_by_which_rule():
    """Laid over the text as it was they give the text as it is now, also where one row changed another's words."""
    text = "Hey \U0001f44b, DM us so we'll fix it. I\u2019m here, it\u2019s fine."
    done = rewrite(text, "formal")
    assert done.text == laid_over(text, done.changes)
    assert all(text[change.start : change.end] == change.was and change.rule for change in done.changes)
    assert "it is fine" in str(done.text)


def laid_over(text: str, changes: tuple) -> str:
    """A text with its changes made, from the last to the first."""
    for change in reversed(changes):
        text = text[: change.start] + change.now + text[change.end :]
    return text


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("language", ["de", "es", "und"])
def test_only_english_is_rewritten(manner: str, language: str):
    """Another language is not guessed at."""
    done = rewrite("I am here.", manner, language)
    assert done.text is None
    assert "English" in done.because


@pytest.mark.parametrize(("text", "code"), [("", "empty_text"), ("x" * 8_001, "too_long"), ("a\x00b", "invalid_text")])
def test_what_is_no_draft_is_refused(text: str, code: str):
    """By the code that a draft gets."""
    with pytest.raises(InvalidMessage) as refused:
        rewrite(text, "formal")
    assert refused.value.code == code


def test_a_text_of_fillers_alone_is_left():
    """A rewrite without a word is none."""
    assert rewrite(", kind of", "shorter") == Rewritten("shorter", None, (), "no word would be left")


WORDS = """
    I am,I'm,we will,we'll,I was wondering if you could,please,Send us,the order,48213,$40.50,by Friday,tomorrow,Maria
    “as I said”,"don't",https://x.example/a?b=1,don't you,can't,cannot,it's been,kind of,basically,.,?,!,Unfortunately
    I think,maybe,you should,might want to,do not hesitate to,very sorry,so sorry,Hi,Dear customer,May,at this time
    in order to,not,never,really,[order],@tom,#12,DM us,let's,has been,your refund,shipped,just wanted to,feel free to
    go ahead and,in the process of,would you be able to,will,may,that,and,to,rest assured,\u2019,\u00a0
"""
PIECES = [piece.strip(" ") for line in WORDS.strip("\n ").split("\n") for piece in line.split(",")]
TEXTS = st.one_of(
    st.lists(st.sampled_from([*PIECES, ",", "\n"]), min_size=1, max_size=14).map(" ".join),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=120),
)


@settings(max_examples=1_500, deadline=None)
@given(text=TEXTS, manner=st.sampled_from(MANNERS))
def test_nothing_is_lost_and_twice_is_once(text: str, manner: str):
    """For any text: facts stay letter by letter, as does what is denied and promised; a second time changes nothing."""
    assume(text.strip())
    done = rewrite(text, manner)
    if done.text is None:
        assert done.because
        return
    keeps(text, done.text)
    assert done.text == laid_over(text, done.changes)
    assert rewrite(done.text, manner).text is None


LETTERS = re.compile(r"[^\W\d_]+")
OWN_WORDS = {word.lower() for rows in TABLES.values() for row in rows for word in LETTERS.findall(row.now)}


def keeps(before: str, after: str) -> None:
    """By this test's own words, not by those of the code."""
    for pattern in (DIGITS, QUOTED):
        old = Counter(found.strip(".,!?;:'\u2019") for found in pattern.findall(before))
        assert old == Counter(found.strip(".,!?;:'\u2019") for found in pattern.findall(after))
    assert before.count("?") == after.count("?")
    whole = re.sub(r"\w+['\u2019]\w+", " ", after)  # "isn't" is made of two
    new = {word.lower() for word in LETTERS.findall(whole)} - {word.lower() for word in LETTERS.findall(before)}
    assert new <= OWN_WORDS, new  # nothing runs together, nothing is made up
    plain = [
        re.sub(r"(?:do not|don't) hesitate to|might want to", " ", t.lower().replace("\u2019", "'"))
        for t in (before, after)
    ]
    for pattern in (NOT, WILL, MAY):
        assert len(pattern.findall(plain[0])) == len(pattern.findall(plain[1])), pattern.pattern


@pytest.mark.skipif(not CHATS.exists(), reason="the recorded chats are not on this machine")
def test_agents_own_lines_keep_their_facts():
    """On real lines, each manner, twice: nothing lost, nothing left to do; and it finds something in many of them."""
    chats = [json.loads(line) for line in CHATS.read_text().splitlines()]
    lines = [
        turn["text"] for chat in chats for turn in chat["turns"] if turn["role"] == "agent" and turn["text"].strip()
    ]
    found: Counter[str] = Counter()
    for line in lines[::3]:
        for manner in MANNERS:
            done = rewrite(line, manner)
            if done.text is not None:
                found[manner] += 1
                keeps(line, done.text)
                assert rewrite(done.text, manner).text is None, done.text
    assert found["formal"] >= 200
    assert found["friendlier"] >= 100
    assert found["shorter"] >= 50
    assert found["firmer"] >= 10


@pytest.mark.parametrize(
    "piece", ["i am ", "kindly ", "it's ", "a.", '" ', "12 ", "very sorry ", "Send me the ", "\n\n x"]
)
def test_a_hostile_text_costs_little(piece: str):
    """The longest draft that is nothing but matches or marks is done before somebody would notice that it hangs."""
    start = perf_counter()
    for manner in MANNERS:
        rewrite((piece * MAX_DRAFT)[: MAX_DRAFT - 1] + "x", manner)
    assert perf_counter() - start < 8_000 * MS
