from datamimic import World, entity, field, rank_within
from datamimic.columns import Ints, Text, digits, join


def ring(year: Ints, rank: Ints, rows: Ints) -> Text:
    """The year and a number: of every block up to 4,096 hens of a year."""
    return join(digits(year, 4), "-", digits(rows // 16_384 * 4_096 + rank, 5))


@entity("hen")
class Hen:
    """A hen, whose ring tells the year."""

    year: int = field(lambda draw: draw.integers(2019, 2025), doc="when it hatched")
    rank: int = field(rank_within("year"), internal=True, doc="which of those that hatched in the year")
    ring: str = field(ring, doc="what the ring shows")


rings = World("demo")[Hen][0:40_000].select(["ring"]).to_arrow()["ring"].to_pylist()
assert len({*rings}) == 40_000
