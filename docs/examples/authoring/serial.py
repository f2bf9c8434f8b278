from datamimic import World, entity, field, serial


@entity("plate", size=100)
class Plate:
    """A number plate."""

    plate_id: str = field(serial("B-??-####"), key=True, doc="what it shows")


plates = World("demo")[Plate]
assert len({plate.plate_id for plate in plates[0:5_000]}) == 5_000
assert plates.find(plates[77].plate_id) == 77
