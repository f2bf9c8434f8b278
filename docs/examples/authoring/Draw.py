from datamimic import Draw, Text, World, entity, field
from datamimic.columns import Bools, Ints

COLOURS = ("red", "green", "blue")


def colour(draw: Draw) -> Text:
    return Text.coded(draw.one_of(COLOURS), COLOURS)


def weight(draw: Draw, colour: Text) -> Ints:
    heavy: Bools = draw.chance(0.2, "heavy")
    return draw.integers(1, 9, "weight") + 100 * (heavy & (colour == "red"))


@entity("ball")
class Ball:
    """A ball; every draw of a rule has a label of its own."""

    colour: str = field(colour, doc="colour")
    weight: int = field(weight, doc="weight", unit="g")


assert {ball.colour for ball in World("demo")[Ball][0:50] if ball.weight > 100} <= {"red"}
