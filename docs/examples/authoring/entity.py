from datamimic import World, entity, field, serial


@entity("car", size=500, zone="Europe/Berlin", unique=[("brand", "number")])
class Car:
    """A car of the fleet."""

    car_id: str = field(serial("CAR-####"), key=True, doc="number")
    brand: str = field(lambda draw: draw.integers(0, 2).astype(str), doc="which brand")
    number: int = field(lambda rows: rows, doc="number within the brand")


assert World("demo")[Car][17].car_id.startswith("CAR-")
