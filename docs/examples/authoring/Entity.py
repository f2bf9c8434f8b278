from datamimic import Entity, World, entity, field, number


@entity("van")
class Van(Entity):  # so that a type checker knows `to_dict` and `from_dict`
    """A van."""

    load: int = field(number(100, 900), doc="what it carries", unit="kg")


van = World("demo")[Van][0]
assert Van.from_dict(van.to_dict()) == van
