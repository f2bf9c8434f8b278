from enum import Enum

from datamimic import World, choice, entity, field


class Status(Enum):
    OPEN = "open"
    CLOSED = "closed"


@entity("ticket")
class Ticket:
    """A ticket."""

    status: Status = field(choice(Status, weights=[9, 1]), doc="how it stands")
    topic: str = field(choice(["power", "gas"]), doc="what it is about")


tickets = World("demo")[Ticket][0:1_000]
assert 850 < sum(each.status is Status.OPEN for each in tickets) < 950
