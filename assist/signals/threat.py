"""Threats of violence against people, and of legal action, each under its own rule names."""

from assist.signals.patterns import Table

THREAT = Table(
    "threat",
    """
    violence: 0.85
        ILL ~3 kill|hurt|punch|strangle|stab|shoot|beat YOU
        break YOUR ~2 legs|neck|face|arms|jaw|nose
    legal: 0.5
        sue YOU
        ILL ~2 sue
        see you in court
        my|our lawyer|lawyers|solicitor|attorney
        legal action
    """,
)
