from datamimic import World, entity, field, quantity


@entity("firm")
class Firm:
    """A firm."""

    age: float = field(quantity("common.company_ages", decimals=1), doc="how old it is", unit="a")


assert all(firm.age >= 0 for firm in World("demo")[Firm][0:50])
