"""Where a conversation is going, in one word."""

from collections.abc import Sequence

WINDOW = 3  # customer's messages that the trend looks back over
SLACK = 6.0  # points of tension within which a trend is steady


def trend(levels: Sequence[float]) -> str:
    """`rising`, `steady` or `falling`, from tension after each of the customer's messages, oldest first."""
    if len(levels) < 2:
        return "steady"
    change = levels[-1] - levels[-min(WINDOW, len(levels))]
    last = levels[-1] - levels[-2]
    if change >= SLACK and last >= 0:
        return "rising"
    if change <= -SLACK and last <= 0:
        return "falling"
    return "rising" if last >= SLACK else "falling" if last <= -SLACK else "steady"
