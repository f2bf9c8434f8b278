from datamimic import Embedded, Text, World, copy_of, embed, entity, field, ref, serial, via
from datamimic_pack_common import City


def greeting(city: Embedded) -> Text:
    name: Text = city.name
    return name.upper()


@entity("hotel", size=50)
class Hotel:
    """A hotel: the city is a part of it, not a table of its own."""

    hotel_id: str = field(serial("H-###"), key=True, doc="number")
    city: City = field(embed(City, only=("name", "postal_code")), doc="where it is")
    sign: str = field(greeting, doc="what stands on the sign")


@entity("stay")
class Stay:
    """A stay in a hotel."""

    hotel: Hotel = field(ref(Hotel), doc="where")
    town: str = field(via("hotel.city.name"), doc="name of the town")
    city: City = field(copy_of("hotel.city"), doc="the same city")


stay = World("demo", "de_DE")[Stay][0]
assert stay.town == stay.city.name == stay.hotel.city.name
assert stay.hotel.sign == stay.town.upper()
