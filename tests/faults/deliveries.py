"""R5, R6: eight senders at once on one conversation, every delivery three times, shuffled; as if each came once."""

import asyncio

from tests.faults.crowd import TEXTS, Crowd, Size
from tests.faults.figures import Figure
from tests.faults.run import Run, whole
from tests.faults.sender import Sender

COPIES = 3
TOGETHER = 0.1  # the share of the deliveries whose copies are sent at the same moment


async def measure(run: Run) -> list[Figure]:
    """All senders write into the first conversation, each message three times and by different senders."""
    messages = run.of(60, 1_000)
    size = run.of(
        Size(conversations=1, agents=6, follows=1, senders=8), Size(conversations=1, agents=50, follows=1, senders=8)
    )
    async with run.crowd("deliveries", size) as crowd:
        run.say(f"{messages} messages, {COPIES} times each")
        seqs = await _delivered(crowd, _shuffled(crowd, messages))
        problems = await crowd.judged()
        kept = [*crowd.history.of("kept")][-1].value["messages"]
        orders = {tuple(_order(crowd, agent.name)) for agent in crowd.agents}
        return [
            whole("R5", problems),
            Figure("R5", "orders in which watchers have seen the messages", len(orders), "", 1),
            Figure("R6", "deliveries", COPIES * messages, "", COPIES * messages, least=True),
            Figure("R6", "messages that are there, and were not sent once", len(kept) - messages - 1, "", 0),
            Figure(
                "R6",
                "messages whose copies were told different numbers",
                sum(len(set(told)) > 1 for told in seqs.values()),
                "",
                0,
            ),
        ]


def _shuffled(crowd: Crowd, messages: int) -> list[list[list[int]]]:
    """For each sender what it sends, one after the other; the numbers in one list are sent at once."""
    deliveries = [[number] for number in range(messages) for _ in range(COPIES) if number % int(1 / TOGETHER)]
    deliveries += [[number] * COPIES for number in range(0, messages, int(1 / TOGETHER))]
    crowd.chance.shuffle(deliveries)
    return [deliveries[part :: len(crowd.senders)] for part in range(len(crowd.senders))]


async def _delivered(crowd: Crowd, shares: list[list[list[int]]]) -> dict[int, list[int]]:
    """The `seq` that each copy of each message was answered with."""
    (conversation,) = crowd.names
    seqs: dict[int, list[int]] = {}

    async def deliver(sender: Sender, number: int) -> None:
        role, text = TEXTS[number % len(TEXTS)]
        answer = await sender.message(conversation, f"d{number}", role, text.format(n=number))
        assert answer, f"delivery {number} was refused"
        seqs.setdefault(number, []).append(answer["seq"])

    async def share(sender: Sender, deliveries: list[list[int]]) -> None:
        for together in deliveries:
            await asyncio.gather(*(deliver(sender, number) for number in together))

    await asyncio.gather(*(share(*both) for both in zip(crowd.senders, shares, strict=True)))
    return seqs


def _order(crowd: Crowd, agent: str) -> list[str]:
    """The ids of new messages as one agent took them in."""
    return [
        entry.key
        for entry in crowd.history.of("took")
        if entry.process == agent and entry.what == "update" and entry.value["verdict"] == "apply"
    ]
