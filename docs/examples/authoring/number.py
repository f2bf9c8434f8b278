from datamimic import World, entity, field, number


@entity("die")
class Die:
    """A die."""

    shown: int = field(number(1, 6), doc="what it shows")


assert {die.shown for die in World("demo")[Die][0:200]} == {1, 2, 3, 4, 5, 6}
