from datamimic import World, combinations, entity, field

seats = combinations(row=("A", "B", "C"), place=range(1, 21))


@entity("seat", size=60)
class Seat:
    """A seat of the theatre; there are sixty."""

    row: str = field(seats["row"], key=True, doc="row")
    place: int = field(seats["place"], key=True, doc="place in the row")


assert len({(seat.row, seat.place) for seat in World("demo")[Seat][0:60]}) == 60
