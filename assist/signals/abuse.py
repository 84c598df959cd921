"""Abuse: insults aimed at whoever reads them. Swearing at the matter or the weather is the act `swearing`."""

from assist.signals.patterns import Table

ABUSE = Table(
    "abuse",
    """
    insult: 0.85
        YOUARE|YOU ~3 idiot|idiots|moron|morons|imbecile*|stupid|clown|clowns|loser|losers|useless|pathetic
    """,
)
