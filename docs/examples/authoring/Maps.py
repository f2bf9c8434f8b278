import numpy as np
from datamimic import Maps, Text, World, entity, field
from datamimic.columns import Ints


def stock(rows: Ints) -> Maps:
    """Two sizes of each."""
    return Maps(np.full(len(rows), 2), Text.of(["S", "L"] * len(rows)), np.repeat(rows, 2))


@entity("shirt")
class Shirt:
    """A shirt."""

    stock: dict[str, int] = field(stock, doc="pieces by size")


assert World("demo")[Shirt][3].stock == {"S": 3, "L": 3}
