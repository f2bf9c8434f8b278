from datamimic import World, constant, entity, field, serial
from datamimic_pack_common import City


@entity("capital", version="v1", stream="metropolis", aliases=("seat",), hide=("population",))
class Capital(City):
    """A city of the pack common with a number of its own; `stream` is what it was called before."""

    capital_id: str = field(serial("C-####"), key=True, doc="number")
    country_code: str = field(constant("XX"), doc="made anew: every other field is that of a city")


capital = World("demo", "de_DE")[Capital][0]
assert capital.country_code == "XX" and capital.name
assert "population" not in capital.to_dict()
