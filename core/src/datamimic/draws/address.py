"""Where randomness comes from: an address says of which seed, country, entity and field a stream is, and
which of the field's draws."""

from __future__ import annotations


class Address(tuple[str, ...]):
    """`(seed, country, entity, field, label, …)`: the name of a stream of random bits. Two draws of one address are the same
    draw; the same seed in two countries shares none.

    `country` is the ISO code of the world's locale, `entity` is `pack.entity`, and for an embedded entity `pack.entity.field`.
    An address is made by a world (`world.address(entity, field)`) and longer by labels; nobody else builds that tuple.
    """

    __slots__ = ()

    @classmethod
    def of(cls, seed: str, country: str, entity: str, field: str) -> Address:
        return cls((seed, country, entity, field))

    @staticmethod
    def read(parts: tuple[str, ...]) -> Address:
        """An address from its parts, as a document has them."""
        return parts if isinstance(parts, Address) else Address(parts)

    def labelled(self, *labels: str) -> Address:
        """The address of one of the field's draws, permutations or layouts."""
        return Address((*self, *labels))

    def beside(self, field: str) -> Address:
        """The address of another field of the entity."""
        return Address((*self[:3], field))

    @property
    def country(self) -> str:
        return self[1]

    @property
    def entity(self) -> str:
        return self[2]

    @property
    def where(self) -> str:
        """`pack.entity.field` and labels: what errors call it."""
        return ".".join(self[2:])
