"""Anger: what a customer says who is past annoyed, at the matter or at those who answer."""

from assist.signals.patterns import Table

ANGER = Table(
    "anger",
    """
    says they are angry: 0.75
        furious|livid|fuming|seething|enraged|outraged|raging|infuriated
        IM ~2 angry|mad
    angry at what happened: 0.6
        makes|making|made me|us [VERY] angry|mad|sick
        makes|making my blood boil
        drives|driving me|us crazy|mad|insane|nuts
    nobody cares: 0.5 plain
        nobody|no_one|none ~2 cares|care|gives|bothers|bothered
        YOU don't [even|really] care
    disgusted: 0.6
        disgusted|disgusting|disgrace|disgraceful|appalling|appalled|outrageous|scandalous|shameful
    had enough: 0.55
        sick_and_tired|sick_to_death|fed_up|had_enough|had_it|last_straw|enough_is_enough
    being taken for a fool: 0.5
        taking the mick|mickey|piss|p*ss
        playing games
        kidding|joking me|right
        take|taking|took me|us for a|an ~2 fool|idiot|ride
    shame on you: 0.55
        shame on YOU
        ashamed of yourselves|yourself
    """,
)
