from datamimic import World, entity, field, number, row_rule


def fee_of_one(age: int) -> int:
    return 0 if age < 18 else 500


@entity("visitor")
class Visitor:
    """A visitor."""

    age: int = field(number(0, 99), doc="age", unit="a")
    fee: int = field(row_rule(fee_of_one), doc="entrance fee", unit="ct")


assert all(each.fee == fee_of_one(each.age) for each in World("demo")[Visitor][0:50])
