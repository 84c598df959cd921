"""Views of conversations for the cards of chat tools: one as there are many, one as hostile as can be."""

from app.chat_tools.glance import Glance

THIRD = Glance(
    tension=78,
    band="critical",
    trend="rising",
    why=(("third time", "asked before"), ("Where is my refund", "complaint")),
    next_step="Apologize",
    reason="They have asked three times.",
    alerts=("A threat of harm. Bring in a supervisor now.",),
    todo=("Look the order up before you answer.",),
    phrases=("I am sorry that you had to ask three times.", "Let me look at [order] now.", "You will hear by noon."),
)
EVIL = "[free](https://evil.example) **x** ***y*** <b>&amp; <!channel> <@U1> `z` *a* _b_ ~c~ :bomb:\u202e\x00"
HOSTILE = Glance(
    tension=100,
    band="critical",
    trend="steady",
    why=((EVIL, "abuse"),) * 3,
    next_step="Set a boundary",
    reason=EVIL,
    alerts=(EVIL,) * 6,
    todo=(EVIL,) * 4,
    phrases=("é" * 2_000, "漢" * 2_000, EVIL * 20),
)
QUIET = Glance(tension=5, band="calm", trend="steady")
ALL = {"many": THIRD, "hostile": HOSTILE, "quiet": QUIET}
