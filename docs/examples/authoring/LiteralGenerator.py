from datamimic import Context, LiteralGenerator, Text, World, entity, field
from datamimic.columns import digits, join


class CabinGenerator(LiteralGenerator[str]):
    """Cabins of a ship, such as `C-017`."""

    python_type = str

    def column(self, context: Context) -> Text:
        return join("C-", digits(context.draw.integers(1, 400), 3))


@entity("passage")
class Passage:
    """A passage on the ship."""

    cabin: str = field(CabinGenerator(), doc="where to sleep")


assert CabinGenerator(seed="demo").generate_batch(2) == CabinGenerator(seed="demo").generate_batch(2)
assert World("demo")[Passage][0].cabin.startswith("C-")
