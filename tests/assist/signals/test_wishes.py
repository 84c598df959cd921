"""Wishes: what a customer asks of the chat itself; each with sentences of its own and near misses."""

import pytest

from tests.assist.signals.conftest import Read

MEANT = [
    ("impatience", "I don't want your sorry, I want my money"),
    ("impatience", "I DONT CARE ABOUT SORRY FIND IT"),
    ("impatience", "ok and what are you going to do about it"),
    ("impatience", "Just cancel it."),
    ("impatience", "Wonderful. Another script."),
    ("supervisor", "Let me talk to your manager"),
    ("supervisor", "Then get me someone who can."),
    ("greeting", "hi"),
    ("greeting", "Good morning, is anybody there??"),
    ("greeting", "??"),
    ("remorse", "Sorry, that was out of line."),
    ("remorse", "I know it's not your fault"),
    ("remorse", "I shouldn't have said that"),
    ("farewell", "No that's all, thanks, bye"),
    ("farewell", "hm ok. thank you anyway"),
    ("foreign", "Wo ist mein Paket? Ich warte seit drei Wochen."),
    ("foreign", "Hola, no puedo entrar en mi cuenta y nadie me ayuda."),
    ("foreign", "где мой заказ"),
]
NOT_MEANT = [
    ("impatience", "Could you send it to my new address, please?"),
    ("impatience", "I just wanted to ask about my order"),
    ("supervisor", "My manager told me to write to you"),
    ("greeting", "Hi, where is my order?"),
    ("greeting", "hello kitty backpack"),
    ("remorse", "Sorry, I don't understand"),
    ("remorse", "You should be sorry"),
    ("farewell", "I want to buy a ticket"),
    ("farewell", "That's all you have to say?"),
    ("foreign", "I can't log in to my account"),
    ("foreign", "my café order n° 12 was wrong"),
    ("foreign", "no"),
]


@pytest.mark.parametrize(("act", "text"), MEANT)
def test_a_wish_is_heard(read: Read, act: str, text: str) -> None:
    """From one half on a playbook may answer it."""
    assert read(text).signal(act) >= 0.5


@pytest.mark.parametrize(("act", "text"), NOT_MEANT)
def test_a_near_miss_is_no_wish(read: Read, act: str, text: str) -> None:
    """Words alone do not make it."""
    assert read(text).signal(act) < 0.5
