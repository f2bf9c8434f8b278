from datamimic import World, check, check_rows, entity, field, number
from datamimic.columns import Bools, Ints


@entity("span")
class Span:
    """From one number to another."""

    first: int = field(number(0, 9), doc="first")
    last: int = field(lambda first: first + 3, doc="last")


@check(Span, "a span does not end before it begins", sql="first <= last")
def ordered(first: Ints, last: Ints) -> Bools:
    return first <= last


[finding] = check_rows(World("demo")[Span][0:100])
assert finding.holds and finding.rows == 100
