import numpy as np
from datamimic import MEANS, Dues, Owed, Text, Told, World
from datamimic.columns import Ints, digits, join
from datamimic.plugin import Pack


class Fares(Dues):
    """A pass for buses: who has an even number pays for it every thirty days."""

    name = "fares"
    entity = "common.person"

    def owed(self, people: Ints, since: int, until: int, world: World) -> Owed:
        days = np.arange(since - since % 30 + 30, until + 1, 30)
        riders = np.flatnonzero(people % 2 == 0)
        person, day = np.repeat(riders, len(days)), np.tile(days, len(riders))
        amount, means = np.full(len(day), 49_00), np.full(len(day), MEANS.index("collected"))
        return Owed(person, day, amount, means, contract=people[person], number=day // 30)

    def told(self, contract: Ints, number: Ints, world: World) -> Told:
        ticket = join("BUS", digits(contract, 9))
        party, purpose = (Text.constant(text, len(contract)) for text in ("City Buses", "TRPT"))
        return Told(party, mandate=ticket, reference=join(ticket, "-", digits(number, 4)), purpose=purpose)


class Buses:
    def datamimic_pack(self) -> Pack:
        return Pack("buses", "1.0.0", "Fares")

    def datamimic_dues(self) -> list[type]:
        return [Fares]


world = World("docs-demo", "en_US", "2025-01-01T00:00:00Z", sizes={"common.person": 100})
owed = Fares().owed(np.array([3, 4, 8]), 20_000, 20_050, world)
assert owed.person.tolist() == [1, 1, 2, 2] and owed.day.tolist() == [20_010, 20_040] * 2
assert Fares().told(owed.contract, owed.number, world).reference.tolist()[0] == "BUS000000004-0667"
