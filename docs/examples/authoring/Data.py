from datamimic import Data, Draw, Text, World, entity, field
from datamimic.columns import Ints


def place(draw: Draw, data: Data) -> Ints:
    return draw.pick(data["common.places"])


def city(place: Ints, data: Data) -> Text:
    return data["common.places"]["city"].take(place)


@entity("parcel", tables=("common.places",))
class Parcel:
    """A parcel: its city and state are of one row of the table."""

    place: int = field(place, hidden=True, doc="row of the table")
    city: str = field(city, doc="where it goes")


assert World("demo", "de_DE")[Parcel][0].city
