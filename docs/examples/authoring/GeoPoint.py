from datamimic import Draw, GeoPoint, Struct, World, entity, field


def position(draw: Draw) -> Struct:
    return Struct({"latitude": 50 + draw.uniform("latitude"), "longitude": 8 + draw.uniform("longitude")})


@entity("mast")
class Mast:
    """A mast."""

    position: GeoPoint = field(position, doc="where it stands")


assert 50 <= World("demo")[Mast][0].position.latitude < 51
