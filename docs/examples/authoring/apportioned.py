from datamimic import World, apportioned, entity, field, ref, serial


@entity("depot", size=400)
class Depot:
    """A depot: as many in every state as its places have weight, and one at least."""

    depot_id: str = field(serial("D-####"), key=True, doc="number")
    state_code: str = field(apportioned("common.places", "state_code", minimum=1), doc="where it is")


@entity("lorry")
class Lorry:
    """A lorry of a depot in its own state."""

    state_code: str = field(apportioned("common.places", "state_code"), doc="where it is registered")
    depot: Depot = field(ref(Depot, same="state_code"), doc="where it stands")


assert all(lorry.depot.state_code == lorry.state_code for lorry in World("demo", "de_DE")[Lorry][0:100])
