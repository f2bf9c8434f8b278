from datamimic import DatamimicError, World, entity, field, limited
from datamimic.columns import Ints, Text, digits, join


def berth(rows: Ints) -> Text:
    """Where it lies: pier and place."""
    return join(digits(rows // 40, 2), "-", digits(rows % 40, 2))


@entity("boat")
class Boat:
    """A boat in a harbour of 100 piers with 40 places each."""

    berth: str = field(limited(berth, 4_000), doc="where it lies")


assert World("demo")[Boat][3_999].berth == "99-39"
try:
    World("demo")[Boat][0:4_001]
except DatamimicError as error:
    print(error.code)  # not_enough_ids
