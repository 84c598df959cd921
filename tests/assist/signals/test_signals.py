"""Each signal on examples of its own and on their near misses."""

import pytest

from tests.assist.signals.conftest import Read, quoted

# signal, at least, at most, text
CASES = [
    # anger and frustration
    ("anger", 0.7, 1, "I am absolutely furious with you"),
    ("anger", 0.5, 1, "This makes my blood boil"),
    ("anger", 0.5, 1, "how dare you"),
    ("anger", 0.5, 1, "I've had enough"),
    ("anger", 0.5, 1, "Nobody there cares."),
    ("anger", 0, 0, "I'm not angry at all, just asking"),
    ("anger", 0, 0, "Could you tell me your opening hours?"),
    ("anger", 0.3, 1, "WHERE IS MY ORDER???"),
    ("frustration", 0.6, 1, "This is so frustrating"),
    ("frustration", 0.6, 1, "I'm soooo frustrateddd"),
    ("frustration", 0.4, 1, "Still no answer from you"),
    ("frustration", 0.4, 1, "I keep getting passed from one person to the next"),
    ("frustration", 0.4, 1, "you are ignoring me"),
    ("frustration", 0.4, 1, "I've been waiting for three weeks"),
    ("frustration", 0.3, 1, "What a waste of time"),
    ("frustration", 0, 0, "The parcel came today, it looks good"),
    ("frustration", 0, 0, "Hello"),
    ("frustration", 0, 0, "Hi there"),
    ("frustration", 0, 0, "Hello, can you help me?"),
    ("frustration", 0.1, 0.3, "Hello?"),
    ("frustration", 0.1, 0.45, "hello???"),
    ("frustration", 0, 0, "How long does shipping take?"),
    ("frustration", 0, 0, "Thanks again"),
    ("frustration", 0, 0, "I'll try again"),
    ("frustration", 0, 0, "We saw the show for a second time"),
    ("frustration", 0.4, 1, "It crashed again"),
    ("frustration", 0.4, 1, "I've called you three times"),
    ("anger", 0, 0, "Are reviews taken seriously?"),
    ("anger", 0.5, 1, "I'm sick of this"),
    # abuse
    ("abuse", 0.8, 1, "You are a useless idiot"),
    ("abuse", 0.8, 1, "you people are useless"),
    ("abuse", 0.8, 1, "You're a joke"),
    ("abuse", 0.8, 1, "Idiots!"),
    ("abuse", 0.8, 1, "you f***ing idiot"),
    ("abuse", 0.8, 1, "Fuck you"),
    ("abuse", 0.8, 1, "you stupid woman"),
    ("abuse", 0.8, 1, "are you stupid?"),
    ("abuse", 0.8, 1, "you \u0456diot"),
    ("abuse", 0.8, 1, "go to hell"),
    ("abuse", 0.8, 1, "\U0001f595"),
    ("abuse", 0.5, 1, "You're nothing but liars"),
    ("abuse", 0, 0, "This damn thing works, thanks"),
    ("abuse", 0, 0, "What a shitty day, the fucking bus was late"),
    ("abuse", 0, 0, "you are ignoring me"),
    ("abuse", 0, 0, "Your stupid app crashed again"),
    ("abuse", 0, 0, "You are not an idiot, I know that"),
    ("abuse", 0, 0, "I feel like an idiot for asking you this"),
    ("abuse", 0, 0.49, "Your colleague is an idiot"),
    ("abuse", 0.7, 1, "send me nudes"),
    ("abuse", 0, 0, "You bend over backwards for new customers only"),
    # threats
    ("threat", 0.8, 1, "I will find you and break your legs"),
    ("threat", 0.8, 1, "I'm going to kill you"),
    ("threat", 0.8, 1, "I know where you live"),
    ("threat", 0.8, 1, "I'll come to your office with a gun"),
    ("threat", 0.7, 1, "You'll regret this"),
    ("threat", 0.45, 0.6, "I'll sue you"),
    ("threat", 0.45, 0.6, "My lawyer will be in touch, I'll sue, see you in court, this is legal action"),
    ("threat", 0, 0, "no threat intended"),
    ("threat", 0, 0, "This waiting is killing me"),
    ("threat", 0, 0, "I would kill for a coffee"),
    ("threat", 0, 0, "I'll get you the receipt"),
    ("threat", 0, 0, "I'm not going to hurt you"),
    ("threat", 0, 0, "My name is Sue"),
    ("threat", 0, 0, "I need these papers for a solicitor"),
    ("threat", 0.45, 0.6, "I'm calling my lawyer"),
    # distress
    ("distress", 0.8, 1, "I can't go on, I want to end it all"),
    ("distress", 0.8, 1, "I want to kill myself"),
    ("distress", 0.8, 1, "there is no reason to live"),
    ("distress", 0.8, 1, "everyone would be better off without me"),
    ("distress", 0.3, 0.49, "I'm desperate, I was in tears and couldn't sleep"),
    ("distress", 0, 0, "I'm dying to know when it comes"),
    ("distress", 0, 0, "I can't go on holiday without the tickets"),
    ("distress", 0, 0, "My phone is about to die"),
    ("distress", 0, 0, "I cut my finger on the box"),
    # urgency
    ("urgency", 0.6, 1, "This is urgent!"),
    ("urgency", 0.6, 1, "I need it by Friday for a wedding"),
    ("urgency", 0.5, 1, "we are stranded at the airport"),
    ("urgency", 0.5, 1, "my baby is hungry and there is no heating here, I have no insulin"),
    ("urgency", 0, 0, "No hurry, whenever you can"),
    ("urgency", 0, 0, "so what now?"),
    ("urgency", 0, 0, "It is done now"),
    ("urgency", 0, 0, "If I pre-order it right now, do I get the bonus?"),
    ("urgency", 0, 0, "My flight was delayed by 2 hours"),
    ("urgency", 0, 0, "I am locked out of my account"),
    ("urgency", 0, 0, "Can I add several songs at once?"),
    ("urgency", 0.6, 1, "I need it now"),
    ("urgency", 0.6, 1, "Fix it right now"),
    ("urgency", 0.6, 1, "My flight leaves in two hours"),
    # confusion
    ("confusion", 0.6, 1, "I don't understand what you mean"),
    ("confusion", 0.6, 1, "This is really confusing"),
    ("confusion", 0.4, 1, "How do I change it?"),
    ("confusion", 0, 0, "I understand, thank you"),
    # gratitude
    ("gratitude", 0.8, 1, "Thank you so much, that really helped!"),
    ("gratitude", 0.8, 1, "Thanks a lot"),
    ("gratitude", 0.6, 1, "You've been very helpful"),
    ("gratitude", 0, 0, "Thanks for nothing"),
    ("gratitude", 0, 0, "Thanks @shop for the huge delay"),
    ("gratitude", 0, 0, "Great, another delay. Thanks."),
    ("gratitude", 0.8, 1, "Oh great, thank you!"),
    ("gratitude", 0, 0, "thanks but that's no use to me"),
    ("gratitude", 0, 0, "No thanks"),
    ("gratitude", 0, 0, "Thanks a lot for ruining my weekend"),
    ("gratitude", 0, 0.3, "Where is the order that I placed in May? Thanks"),
    ("gratitude", 0, 0.3, "Please send the invoice, thanks in advance"),
    # complaint
    ("complaint", 0.4, 1, "Where is my order?"),
    ("complaint", 0.4, 1, "It never arrived"),
    ("complaint", 0.4, 1, "The screen doesn't work"),
    ("complaint", 0.4, 1, "You charged me twice"),
    ("complaint", 0.5, 1, "I am very disappointed"),
    ("complaint", 0.6, 1, "I want to make a complaint"),
    ("complaint", 0, 0, "Lovely weather today"),
    ("complaint", 0, 0, "That is why you are my favourite shop"),
    ("complaint", 0, 0, "How do you add a second driver?"),
    ("complaint", 0.4, 1, "Why is my screen dark?"),
    # churn
    ("churn", 0.6, 1, "Close my account"),
    ("churn", 0.6, 1, "I'm switching to another provider"),
    ("churn", 0.6, 1, "I will never order from you again"),
    ("churn", 0.6, 1, "you've lost a customer"),
    ("churn", 0, 0, "Can I cancel my order?"),
    ("churn", 0, 0, "I'm moving to a new address"),
    # sarcasm
    ("sarcasm", 0.7, 1, "thanks for nothing"),
    ("sarcasm", 0.5, 1, "Oh great, another delay"),
    ("sarcasm", 0.5, 1, "Great job losing my parcel"),
    ("sarcasm", 0.5, 1, "I love how you ignore your customers"),
    ("sarcasm", 0.4, 1, 'your "express" delivery took a month'),
    ("sarcasm", 0, 0, "Great, that works for me"),
    ("sarcasm", 0, 0, "Thanks a lot for your help"),
    ("sarcasm", 0, 0.35, "Great job!"),
    ("sarcasm", 0.7, 1, "Great, another delay. Just what I needed."),
    ("sarcasm", 0, 0, "You did a wonderful thing, thank you"),
]


@pytest.mark.parametrize(("signal", "least", "most", "text"), CASES)
def test_a_signal_is_as_strong_as_the_words(read: Read, signal: str, least: float, most: float, text: str):
    """Each line of the table holds."""
    assert least <= read(text).signals[signal] <= most


def test_the_three_sentences_of_the_demo_show_heat_cause_and_facts(read: Read):
    """What a newcomer types first is read in full, with the words that show it."""
    text = "This is the third time I'm writing. Where is my order? Nobody there cares."
    reading = read(text)
    assert max(reading.signals["frustration"], reading.signals["anger"]) >= 0.5
    assert reading.signals["complaint"] > 0.4
    assert reading.cause.label == "delivery"
    told = {fact.slot: fact.value for fact in reading.facts}
    assert told == {"contact": "third", "times": "three times", "problem": "Where is my order?"}
    assert "third time" in quoted(reading, text, "frustration")
    assert "Where is my order" in quoted(reading, text, "complaint")
    assert "Nobody there cares" in quoted(reading, text, "anger")


def test_thanks_for_nothing_is_cross_and_not_thankful(read: Read):
    """Gratitude stays at nothing, sarcasm does not."""
    reading = read("thanks for nothing")
    assert reading.signals["gratitude"] == 0
    assert reading.signals["sarcasm"] + reading.signals["anger"] > 0


def test_an_insult_shows_anger_too(read: Read):
    """Who insults is angry, by the same words."""
    assert read("You are an idiot").signals["anger"] >= 0.5


def test_a_legal_threat_has_a_rule_of_its_own(read: Read):
    """The sidebar can tell lawyers from violence by the rule."""
    assert {cue.rule for cue in read("I'll sue you").cues if cue.kind == "threat"} == {"legal threat"}
    assert {cue.rule for cue in read("I'll hurt you").cues if cue.kind == "threat"} == {"threat of violence"}


@pytest.mark.parametrize(
    "text",
    [
        "I'll sue you, you'll pay for this, everyone will know and you'll be sorry",
        "My lawyer will call, I'm going to the press, they should all be shot, and that will teach you a lesson",
        "You'll regret this, my lawyer will be in touch",
        "My lawyer will call, I go to the press, you'll pay for this, they all should be shot, you'll regret this",
        "Answer me or else. I'll report you to the ombudsman and everybody will hear about it. You'll be sorry",
    ],
)
def test_lawyers_and_the_press_together_never_come_near_violence(read: Read, text: str):
    """However many legal, public and vague warnings stand together, the alert for harm stays away."""
    assert 0.4 <= read(text).signals["threat"] <= 0.65


def test_violence_beside_lawyers_is_still_violence(read: Read):
    """What is mild takes nothing from what is not."""
    assert read("I'll sue you and then I will break your legs").signals["threat"] >= 0.9


@pytest.mark.parametrize("text", ["This is bad, sad, horrible, awful and terrible", "NOT GOOD AT ALL!!!! horrible"])
def test_a_bad_mood_alone_is_no_abuse_and_no_threat(read: Read, text: str):
    """VADER and capital letters corroborate anger, frustration and complaint only."""
    signals = read(text).signals
    assert signals["abuse"] == signals["threat"] == signals["distress"] == 0
    assert signals["complaint"] > 0


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("it came today \U0001f621", "anger"),
        ("ok \U0001f44d", "reassured"),
        ("\U0001f64f", "gratitude"),
        ("\U0001f644 sure", "frustration"),
        ("my parcel :(", "complaint"),
        ("fine :)", "reassured"),
    ],
)
def test_plain_emoji_are_cues(read: Read, text: str, kind: str):
    """An angry face, a thumb and folded hands say what they say, at their place in the original."""
    cues = [cue for cue in read(text).cues if cue.kind == kind]
    assert cues
    assert all(text[cue.start : cue.end].strip() for cue in cues)


def test_an_emoticon_inside_an_address_is_no_face(read: Read):
    """`https://` and `10:30` hold no emoticon."""
    assert not [cue for cue in read("see https://a.example/x at 10:30 (today)").cues if "face" in cue.rule]
