from datamimic import Entity, World, entity, field, number


@entity("trip")
class Trip(Entity):
    """A trip."""

    metres: int = field(number(1, 9_000), hidden=True, doc="its length", unit="m")
    kilometres: int = field(lambda metres: metres // 1_000, doc="its length, rounded down", unit="km")


trip = World("demo")[Trip][3]
assert trip.kilometres == trip.metres // 1_000
assert trip.to_dict() == {"kilometres": trip.kilometres}
