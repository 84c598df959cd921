"""Frustration: trouble that goes on, help that does not come, effort in vain."""

from assist.signals.patterns import Table

FRUSTRATION = Table(
    "frustration",
    """
    says they are frustrated: 0.7
        frustrat*|exasperat*|aggravat*|annoyed|irritated|maddening|infuriating
    third contact: 0.5
        TIMES [bloody|damn|fucking] time|email|call|message|request|attempt
    nobody cares: 0.5 plain
        nobody|no_one|none ~2 cares|care|gives|bothers|bothered
        YOU don't [even|really] care
    no answer: 0.45
        nobody|no_one ~2 answers|answered|answering|replies|replied|responds|responded|helps|helped|listens|called
        no answer|reply|response
    still not settled: 0.4 plain
        still no|not|waiting|nothing|haven't|hasn't|isn't|doesn't|broken|can't
    """,
)
