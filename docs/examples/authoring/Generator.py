from datamimic import Context, Generator, World, entity, field
from datamimic.columns import Ints


class EvenNumber(Generator[int]):
    """Even numbers below a limit."""

    python_type = int

    def __init__(self, limit: int) -> None:
        self.limit = limit

    def column(self, context: Context) -> Ints:
        return 2 * context.draw.integers(0, self.limit // 2 - 1)


@entity("house")
class House:
    """A house on the even side."""

    house_number: int = field(EvenNumber(100), doc="number")


assert all(house.house_number % 2 == 0 for house in World("demo")[House][0:50])
