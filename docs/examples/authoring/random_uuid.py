from uuid import UUID

from datamimic import World, entity, field, random_bytes, random_uuid


@entity("token")
class Token:
    """A token."""

    token_id: UUID = field(random_uuid(), key=True, doc="id")
    secret: bytes = field(random_bytes(16, 32), doc="secret")


token = World("demo")[Token][0]
assert token.token_id.version == 4 and 16 <= len(token.secret) <= 32
