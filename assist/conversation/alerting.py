"""When a forecast is worth a person's attention: a decision from costs, apart from the belief.

Looking in on a conversation that would have ended well costs attention, and trust in the next alert; not looking in on
one that goes bad costs what could have been saved. An alert is worth it where the second is the greater by its odds.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Policy:
    """What a false alarm and a miss cost, in the same unit; both above 0.

    `hold` 0..1 is the share of the threshold that a risk must fall below before it can be news again.
    """

    false_alarm: float = 2.0  # of our simulated chats that end well this disturbs a sixth, of real ones a fiftieth
    miss: float = 1.0
    hold: float = 0.7

    @property
    def threshold(self) -> float:
        """The risk from which an alert costs less than silence."""
        return self.false_alarm / (self.false_alarm + self.miss)

    def alerts(self, risk: float, *, stands: bool, falling: bool) -> bool:
        """Whether there is an alert at this risk; *stands* is whether there was one before.

        It begins at the threshold unless things are getting better by themselves, and ends well below it: a risk that
        hovers there is one piece of news, not ten.
        """
        return risk >= self.threshold * self.hold if stands else risk >= self.threshold and not falling


POLICY = Policy()
