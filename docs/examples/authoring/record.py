from datamimic import Draw, Struct, Text, World, entity, field, record


@record
class Contact:
    """Whom to call."""

    name: str
    extension: int


def contact(draw: Draw) -> Struct:
    return Struct({"name": Text.constant("Kim", len(draw)), "extension": draw.integers(100, 999)})


@entity("desk")
class Desk:
    """A desk."""

    contact: Contact = field(contact, doc="whom to call")


desk = World("demo")[Desk][0]
assert desk.contact.name == desk.contact["name"] == "Kim"  # type: ignore[index]
