"""Who a simulated customer is: temper, trouble and the facts of it. A profile says the same thing all chat long."""

import random
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

Key = TypeVar("Key", bound=str)


class Temper(StrEnum):
    """How a customer takes things."""

    CALM = "calm"
    GRATEFUL = "grateful"
    WORRIED = "worried"
    CONFUSED = "confused"
    ANNOYED = "annoyed"
    SARCASTIC = "sarcastic"
    FURIOUS = "furious"
    ABUSIVE = "abusive"


@dataclass(frozen=True, slots=True)
class Temperament:
    """What a temper does to a mood (0 content .. 100 boiling). The points are ours; nobody is a caricature."""

    start: tuple[int, int]  # mood at the first message, by contact and chance
    yields: float  # how much of a step's relief arrives
    flares: float  # how much of a fault's heat arrives
    accepts: int  # a solution is taken at or below this mood
    leaves: int  # at or above this mood the customer wants somebody else, then goes
    bursts: float  # chance of a second message before the agent answers
    insults: float = 0.0  # chance that a heated message is an insult
    minds: float = 0.8  # chance that a boundary is respected


TEMPERAMENTS = {
    Temper.CALM: Temperament((12, 28), 1.1, 0.6, 52, 95, 0.10),
    Temper.GRATEFUL: Temperament((5, 18), 1.3, 0.4, 60, 99, 0.10),
    Temper.WORRIED: Temperament((35, 52), 1.1, 0.9, 50, 95, 0.35),
    Temper.CONFUSED: Temperament((25, 40), 1.0, 0.8, 46, 96, 0.20),
    Temper.ANNOYED: Temperament((45, 62), 0.95, 1.0, 48, 92, 0.25),
    Temper.SARCASTIC: Temperament((50, 66), 0.85, 1.1, 46, 92, 0.20),
    Temper.FURIOUS: Temperament((66, 84), 0.8, 1.3, 46, 95, 0.45, 0.1),
    Temper.ABUSIVE: Temperament((68, 86), 0.65, 1.3, 42, 97, 0.40, 0.6, 0.55),
}

# A desk's mix, not an even one: most people who write are not furious.
TEMPER_WEIGHTS = {
    Temper.CALM: 18,
    Temper.GRATEFUL: 8,
    Temper.WORRIED: 16,
    Temper.CONFUSED: 12,
    Temper.ANNOYED: 20,
    Temper.SARCASTIC: 8,
    Temper.FURIOUS: 12,
    Temper.ABUSIVE: 6,
}
ITEMS = {
    "delivery": ("desk lamp", "winter coat", "coffee grinder", "bike helmet", "birthday present", "bookshelf"),
    "billing": ("yearly plan", "premium plan", "storage plan", "family subscription", "newspaper subscription"),
    "refund": ("hiking boots", "tent", "headphones", "office chair", "blender"),
    "defect": ("washing machine", "kettle", "laptop", "vacuum cleaner", "electric toothbrush", "e-reader"),
    "account": ("account", "customer account", "user account"),
    "outage": ("internet", "home internet", "booking app", "streaming service", "phone line"),
    "service": ("repair", "bathroom order", "kitchen delivery", "contract", "car rental"),
    "information": ("gift card", "warranty", "student discount", "return period", "delivery to Ireland"),
}
CAUSE_WEIGHTS = {
    "delivery": 26,
    "billing": 18,
    "refund": 10,
    "defect": 14,
    "account": 10,
    "outage": 8,
    "service": 8,
    "information": 6,
}
FIRST_NAMES = (
    *("Marta", "Jonas", "Aisha", "Tomasz", "Grace", "Ravi", "Elena", "Owen", "Mei", "Samuel", "Ingrid", "Diego"),
    *("Nadia", "Peter", "Yuki", "Chloe", "Femi", "Laura", "Anton", "Priya", "Hugo", "Sofia", "Karim", "Ruth"),
)
LAST_NAMES = (
    *("Keller", "Okafor", "Novak", "Reyes", "Lindqvist", "Haddad", "Barnes", "Costa", "Mehta", "Dubois", "Tanaka"),
    *("Walsh", "Petrov", "Sanders", "Moreau", "Castillo", "Jensen", "Abbott", "Nowak", "Farrell", "Iqbal", "Weber"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")


@dataclass(frozen=True, slots=True)
class Profile:
    """A customer and the facts of the trouble, as they would say them.

    `cause` is one of the cause labels; `contacts` counts this contact, 1..5; `days` is how long it has lasted, 2..21.
    """

    name: str  # first and last
    temper: Temper
    cause: str
    item: str
    order: str  # order, invoice or account number: digits
    amount: str  # with its currency sign
    date: str  # "Tuesday" or "the 14th"
    contacts: int
    days: int


def make_profile(rng: random.Random) -> Profile:
    """Draw a customer; the same state of `rng` draws the same one."""
    cause = _weighted(CAUSE_WEIGHTS, rng)
    # Who only asks something has nothing to be furious about yet.
    asking = cause == "information"
    temper = rng.choice((Temper.CALM, Temper.GRATEFUL, Temper.CONFUSED)) if asking else _weighted(TEMPER_WEIGHTS, rng)
    hot = TEMPERAMENTS[temper].start[0] >= 45
    return Profile(
        name=f"{rng.choice(FIRST_NAMES)} {rng.choice(LAST_NAMES)}",
        temper=temper,
        cause=cause,
        item=rng.choice(ITEMS[cause]),
        order=str(rng.randrange(10_000, 1_000_000)),
        amount=f"{rng.choice('$£€')}{rng.randrange(8, 480)}.{rng.choice(('00', '50', '90', '99'))}",
        date=rng.choice(WEEKDAYS) if rng.random() < 0.85 else f"the {rng.randrange(4, 21)}th",
        contacts=rng.choice((2, 2, 3, 3, 4, 5) if hot else (1, 1, 1, 2)),
        days=rng.randrange(4, 22) if hot else rng.randrange(2, 8),
    )


def _weighted(weights: dict[Key, int], rng: random.Random) -> Key:
    return rng.choices(list(weights), weights=list(weights.values()))[0]
