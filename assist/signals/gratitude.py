"""Gratitude: thanks that are meant. "Thanks for nothing" and "thanks, but" are not."""

from assist.signals.patterns import Table

GRATITUDE = Table(
    "gratitude",
    """
    thanks: 0.8
        thank YOU
        thanks|thx|thnx|cheers|ty
    it helped: 0.6
        that|this ~2 helped|helps
        YOU ~3 helpful|great|amazing|wonderful
    """,
)
