"""Confusion: the customer does not follow, or does not know what to do."""

from assist.signals.patterns import Table

CONFUSION = Table(
    "confusion",
    """
    does not understand: 0.7 plain
        don't|didn't|can't|cannot|not|doesn't ~2 understand|follow|get_it|get_this|get_what|get_why|make_sense|
            makes_sense
        i|we ~1 can't|cannot|couldn't ~1 figure
        confus*|baffl*|puzzl*|bewilder*|perplex*
        makes|made no|zero|any|little sense
        unclear|misleading|contradict*|conflicting|mixed_messages|ambiguous
        no idea|clue
        what|whats do|does|did|is ~1 you|this|that|it ~2 mean|means|meaning|meant
        what|how|huh you|is|are ~1 mean|talking_about
        i'm|im|i_am [VERY|a_bit|completely] lost
        which ~2 right|true|correct|one
        told|said|says|saying|tells ~5 but|yet ~5 told|said|says|saying|different|something_else|opposite
        different ~1 answer|answers|information|stories|things ~3 every|each|from|time
    does not know how: 0.45 plain
        not|don't|never|unsure [quite|really|even] sure|know|certain|clear how|what|why|where|which|if|whether|who
        unsure|wondering how|what|why|where|which|if|whether|who|about
        how do|can|does|should|would i|we|one|it|this
        how to ~5 $
        where do|can|should|would i|we
        what am|are|should|do|must i|we ~1 supposed|do|need
        can't|cannot|couldn't find|see|tell|locate where|how|what|the|a|any
        could|can|would|please YOU ~2 explain|clarify|elaborate
        please|pls explain|clarify|elaborate
        huh|eh|pardon|sorry_what|come_again $
        what $
        explain|clarify ~2 why|how|what|this|that|me
    """,
)
