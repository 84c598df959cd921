"""The coach: what it remarks, what it lets pass, where its spans point, and the effect it expects."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.playbook_files import load
from app.settings import resource
from assist.coach import MOST_REMARKS, review
from assist.coach_rules import REASONS
from assist.effect_table import TABLE
from tests.assist.drafts import kinds, moment, taken
from tests.conftest import MS

FAULTY = [
    ("calm_down", "Please calm down, sir."),
    ("calm_down", "You need to relax."),
    ("calm_down", "There is no need to be rude."),
    ("calm_down", "Watch your tone."),
    ("blaming", "You should have read the conditions."),
    ("blaming", "You didn't follow the instructions."),
    ("blaming", "That is actually your own fault."),
    ("blaming", "It happened because you entered the wrong address."),
    ("defensive", "I am only doing my job here."),
    ("defensive", "That is not our fault."),
    ("defensive", "Nobody else has complained about it."),
    ("dismissive", "There is nothing I can do."),
    ("dismissive", "You will just have to be patient."),
    ("dismissive", "It is only two days."),
    ("dismissive", "Well. Whatever."),
    ("dismissive", "This happens all the time."),
    ("as_i_said", "As I said, the parcel is in the depot."),
    ("as_i_said", "I've already told you that."),
    ("as_i_said", "Per my last email: the form is missing."),
    ("as_i_said", "For the last time, it is in the depot."),
    ("vague_promise", "I will get back to you soon."),
    ("vague_promise", "It will be repaired as soon as possible."),
    ("vague_promise", "Someone will contact you."),
    ("vague_promise", "I'll see what I can do."),
    ("jargon", "Your RMA number is on its way."),
    ("jargon", "I escalate it to tier 2 support."),
    ("jargon", "Your ticket was actioned."),
    ("passing_on", "That is not my department."),
    ("passing_on", "You need to contact the courier."),
    ("passing_on", "Please call the billing team."),
    ("passing_on", "I will transfer you."),
    ("apology_with_but", "I am sorry for the delay, but we had a lot of orders."),
    ("apology_with_but", "Sorry, but I can't do that."),
    ("non_apology", "I am sorry you feel that way."),
    ("non_apology", "We apologise if this caused trouble."),
    ("self_deprecating", "Our system is a mess."),
    ("self_deprecating", "I have no idea."),
    ("self_deprecating", "We always get this wrong."),
    ("shouting", "I TOLD YOU THAT it is on its way."),
    ("shouting", "You must NOT open it."),
    ("shouting", "Done!!!"),
    ("absolute_no", "That is impossible."),
    ("absolute_no", "No. We do not refund."),
    ("absolute_no", "I cannot help you with that."),
    ("policy_wall", "That is against our policy."),
    ("policy_wall", "Our policy does not allow that."),
    ("policy_wall", "I am not allowed to refund it."),
    ("canned", "Your message is important to us."),
    ("canned", "We apologize for any inconvenience."),
    ("canned", "Dear customer, it is here."),
    ("overpromise", "This will never happen again."),
    ("overpromise", "I guarantee you that it works."),
    ("rude", "You are being paid by me, you are an idiot."),
    ("rude", "Are you even listening?"),
    ("rude", "lol, no idea what you want"),
]
NEAR_MISSES = [
    ("calm_down", "Once things calm down in the depot, the parcel moves on."),
    ("calm_down", "You can relax now, the refund has gone out."),
    ("calm_down", "There is no need to return the old kettle."),
    ("blaming", "You should have received an email from me just now."),
    ("blaming", "You should have been told on Monday."),
    ("blaming", "I see that you didn't get what you ordered."),
    ("blaming", "This is not your fault."),
    ("defensive", "It is not your fault, and I will put it right."),
    ("defensive", "I did not say clearly enough which form you need."),
    ("dismissive", "There is something I can do right away."),
    ("dismissive", "There is nothing I can do about the storm, but I can send a new one today."),
    ("dismissive", "I will write to you tomorrow at 10, whatever I find."),
    ("dismissive", "You only wait two days for the new one."),
    ("as_i_said", "As you said, it was due on Monday."),
    ("as_i_said", "As I promised yesterday, here is the label."),
    ("as_i_said", "Once more, and for the last time: no insults, please."),
    ("vague_promise", "I will get back to you today by 5 pm."),
    ("vague_promise", "I will let you know within two hours."),
    ("vague_promise", "I will write to you as soon as the courier confirms."),
    ("vague_promise", "I will get back to you by [time]."),
    ("vague_promise", "I am sorry about that. I will look into it now."),
    ("jargon", "Your return number is on its way."),
    ("jargon", "The number is ARMADA-2."),
    ("passing_on", "I will call the courier myself."),
    ("passing_on", "You can contact me here at any time, please write to me."),
    ("passing_on", "If you are in danger, please call 112."),
    ("passing_on", "If you are in danger, please call your local emergency number."),
    ("passing_on", "I will transfer you to Ana, and you do not have to explain anything again."),
    ("apology_with_but", "I am sorry for the delay. It left the depot today."),
    ("apology_with_but", "I am sorry for the wait, but I have found your parcel."),
    ("apology_with_but", "I am sorry that you had nothing but trouble with it."),
    ("non_apology", "I am sorry that you feel left alone with this."),
    ("non_apology", "I am sorry. If you send me the number, I will check it."),
    ("self_deprecating", "Our system shows the order as paid."),
    ("self_deprecating", "I am new to this chat and have read all of it."),
    ("shouting", "The IBAN and the BIC are on the invoice! Have a look."),
    ("shouting", "It has USB and HDMI."),
    ("absolute_no", "That is not possible on a Sunday. What I can do is Monday at 9 am."),
    ("absolute_no", "No problem, I will do that."),
    ("policy_wall", "Our policy lets me refund you today."),
    ("policy_wall", "That is against our policy, instead I send you a voucher."),
    ("canned", "I am sorry that you waited for two days."),
    ("canned", "Thank you for telling me about the broken lamp."),
    ("overpromise", "I promise to call you at 5 pm."),
    ("rude", "Going back and forth like that would annoy me too."),
    ("rude", "What is the problem with the lamp?"),
]
GOOD = "I understand how frustrating this is, I'll fix it now"


@pytest.mark.parametrize(("kind", "draft"), FAULTY)
def test_a_fault_is_remarked(kind, draft):
    """Each kind is found in the words that show it."""
    assert kind in kinds(draft)


@pytest.mark.parametrize(("kind", "draft"), NEAR_MISSES)
def test_a_near_miss_passes(kind, draft):
    """Words that only look like the fault get no remark of that kind."""
    assert kind not in kinds(draft)


def test_every_kind_has_a_reason_points_a_fault_and_a_near_miss():
    """No kind of the coach is left out of its tables or of the tests; the others are tested from a chat or a policy."""
    elsewhere = {"forbidden", "run_on", "no_answer", "missing_empathy", "wrong_language", "personal_data"}
    assert REASONS.keys() == TABLE.harm.keys()
    assert REASONS.keys() - elsewhere == {kind for kind, _ in FAULTY} == {kind for kind, _ in NEAR_MISSES}


@pytest.mark.parametrize(
    "draft",
    [
        GOOD,
        "I am sorry that your lamp did not come on Monday. I have found it and it will be with you tomorrow by noon.",
        "I want to help you with this, and I will. Please do not call me names.",
        "Which would you prefer: a new lamp on Thursday, or your 64.90 back today?",
        "So it was promised for Monday and nobody wrote to you. Have I got that right?",
    ],
)
def test_a_good_draft_gets_no_remark(draft):
    """The coach is silent when there is nothing to say."""
    assert review(draft) == ()


def test_no_phrase_of_our_playbooks_is_remarked():
    """What the sidebar suggests, the coach lets pass."""
    playbooks = load(resource("playbooks"))
    phrases = [
        phrase
        for playbook in playbooks.all
        if playbook.language == "en"
        for entry in playbook.entries
        for tone in entry.phrases.values()
        for phrase in tone
    ]
    assert len(phrases) > 100
    assert [(phrase.text, kinds(phrase.text)) for phrase in phrases if kinds(phrase.text)] == []


def test_no_better_wording_would_be_remarked_itself():
    """What the coach puts in the place of a fault has no fault."""
    for _, draft in FAULTY:
        for remark in review(draft):
            assert not kinds(remark.better or ""), remark


def test_a_better_wording_fits_in_place_of_the_span():
    """Put in for the span, it leaves a sentence that can be sent once its slots are filled."""
    draft = "As I said, it is in the depot."
    (remark,) = review(draft)
    assert draft[: remark.start] + remark.better + draft[remark.end :] == "In other words: it is in the depot."


def test_every_remark_has_a_better_wording():
    """One click takes it."""
    assert [(draft, one.kind) for _, draft in FAULTY for one in review(draft) if one.better is None] == []


@pytest.mark.parametrize(
    ("kind", "draft", "better"),
    [
        (
            "calm_down",
            "Hi Maria, please calm down.",
            "Hi Maria, I can hear how upsetting this is, and I want to sort it out with you.",
        ),
        (
            "calm_down",
            "Please calm down, your parcel 48213 comes on Friday.",
            "I can hear how upsetting this is, and I want to sort it out with you. Your parcel 48213 comes on Friday.",
        ),
        (
            "calm_down",
            "Your parcel comes on Friday, so calm down.",
            "Your parcel comes on Friday. I can hear how upsetting this is, and I want to sort it out with you.",
        ),
        (
            "blaming",
            "If you had read it, your parcel would be here.",
            "Let me look at what happened and how I can put it right.",
        ),
        (
            "passing_on",
            "Thanks. Please contact the courier at https://a.example/b.html?c=1 now.",
            "Thanks. I will contact them for you and write to you by [time].",
        ),
        ("as_i_said", "The parcel, as I said, is in the depot.", "The parcel is in the depot."),
        (
            "as_i_said",
            "It is ours. I have already told you.",
            "It is ours. Let me say it in other words: [what they need to know].",
        ),
        (
            "vague_promise",
            "Please wait and we'll look into your case.",
            "Please wait and by [time] I will check your case.",
        ),
        ("vague_promise", "I'll do my best to help.", "By [time] I will help."),
        ("vague_promise", "We want to meet ASAP.", "We want to meet by [time]."),
        ("vague_promise", "We will get back to you shortly.", "I will write to you by [time]."),
        (
            "apology_with_but",
            "I am sorry for the delay, but we had a lot of orders.",
            "I am sorry for the delay. We had a lot of orders.",
        ),
        ("canned", "We do apologize for any inconvenience.", "We do apologize for [what happened]."),
        ("canned", "We appreciate your patience and trust.", "Thank you for your patience and trust."),
        ("canned", "Please be advised that it is closed.", "I can tell you that it is closed."),
        ("shouting", "It is on its way. PLEASE WAIT FOR it.", "It is on its way. Please wait for it."),
        ("overpromise", "I am 100% sure that it comes.", "I am confident that it comes."),
    ],
)
def test_a_better_wording_reads_well_in_its_sentence(kind, draft, better):
    """Facts beside the fault stay, and what is left is a sentence."""
    assert taken(draft, kind) == better


HOSTILE = [
    "sorry but ",
    "no. ",
    "as i said ",
    "1 ",
    "0-",
    "a@a.",
    "4111 1111 1111 1111 ",
    "and we ",
    "@a ",
    "? ",
    "\n",
    "I AM ",
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_a_hostile_draft_of_8000_characters_is_read_in_milliseconds(unit):
    """Aimed at 20 ms; twice that is let pass, for the machine is shared."""
    about = moment("what is it? " * 400, "when " * 3_000 + "?", tension=80.0)
    took = []
    for number in range(5):
        draft = f"{number} {unit * 8_000}"[:8_000]  # another one each time, for what was read before is remembered
        begin = time.thread_time()
        review(draft, ("house words",), about)
        took.append(time.thread_time() - begin)
    assert min(took) < 40 * MS


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        ("Hello. You didn\u2019t read it. Bye.", "You didn\u2019t read it."),
        ("Hello. You did\u200bn't re\u200bad it. Bye.", "You did\u200bn't re\u200bad it."),
        ("\u201cHello\u201d \U0001f600 \u2013 please caaaalm down! Bye.", "please caaaalm down!"),
        ("It was a\u0308ctioned. \u2026 Your ticket was a\u0300ctioned yesterday", "a\u0300ctioned"),
    ],
)
def test_spans_point_into_the_original(draft, words):
    """Curly quotes, zero-width characters, emoji and stretched letters before a fault do not shift its span."""
    assert words in [draft[remark.start : remark.end].split("\u2013 ")[-1] for remark in review(draft)]


def test_a_fault_deep_in_a_long_draft_is_found_in_place():
    """All of a draft is read, also what no detector would score."""
    draft = "This is fine. " * 300 + "You should have read it. " + "This is fine. " * 200
    (remark,) = review(draft)
    assert draft[remark.start : remark.end] == "You should have read it."


@given(st.text(max_size=400))
def test_any_text_gets_ordered_remarks_within_its_bounds(draft):
    """Nothing raises, spans lie in the draft, and two of a kind do not overlap."""
    check_remarks(draft)


@given(st.lists(st.sampled_from([draft for _, draft in FAULTY] + ["\u200b", "\n", "A", " ", "\u2019"]), max_size=12))
def test_faults_in_any_order_get_ordered_remarks_within_their_bounds(drafts):
    """The same holds for texts full of faults."""
    check_remarks(" ".join(drafts))


def check_remarks(draft):
    remarks = review(draft)
    assert list(remarks) == sorted(remarks, key=lambda one: one.start)
    assert len(remarks) <= MOST_REMARKS
    ends = {}
    for remark in remarks:
        assert 0 <= remark.start < remark.end <= len(draft)
        assert remark.start >= ends.get(remark.kind, 0)
        ends[remark.kind] = remark.end


def test_words_that_the_policy_forbids_are_remarked():
    """Each where it stands, whatever stands between the words; as words, never as a pattern."""
    draft = "Delightful days ahead. Delightfully dayslong. (a1b)"
    (remark,) = [one for one in review(draft, ["delightful days", "a.b"]) if one.kind == "forbidden"]
    assert draft[remark.start : remark.end] == "Delightful days"


def test_a_forbidden_word_that_has_a_remark_already_gets_no_second():
    """One reason is enough."""
    kinds = [remark.kind for remark in review("Please calm down.", ["calm down"])]
    assert kinds == ["calm_down"]


@pytest.mark.parametrize(
    "unit", ["sorry ", "sorry, ", "you ", "A'", "AB ", "i will ", "no. ", "asap ", "I AM ", "a", "!"]
)
def test_no_pattern_is_quadratic(unit):
    """Four times the draft takes far less than sixteen times the time."""

    def seconds(length):
        draft = (unit * length)[:length]
        took = []
        for _ in range(5):
            begin = time.thread_time()
            review(draft)
            took.append(time.thread_time() - begin)
        return min(took)

    # Lengths below the one at which a draft is cut in pieces, so that the patterns are seen, not the cut.
    assert seconds(4_000) < 10 * seconds(1_000) + 0.01
