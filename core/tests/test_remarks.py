"""A set with very many children of few parents says so before it is written, and which size makes fewer."""

from __future__ import annotations

from types import SimpleNamespace

from datamimic import Pack, Registry, World, entity, field, number, parent, serial
from datamimic.related.remarks import remarks
from datamimic.related.writing import prepare


@entity("buyer", size=40)
class Buyer:
    """Who buys."""

    buyer_id: str = field(serial("B-####"), key=True, doc="id")


@entity("purchase", size=80)
class Purchase:
    """What somebody bought."""

    purchase_id: str = field(serial("P-####"), key=True, doc="id")
    buyer: Buyer = field(parent(Buyer, counts={2: 1}), doc="who")


@entity("shelf", size=100)
class Shelf:
    """Where goods lie."""

    shelf_id: str = field(serial("S-####"), key=True, doc="id")


@entity("taking", size=100_000, looks_at=("shop.purchase",))
class Taking:
    """What is taken from a shelf."""

    taking_id: str = field(serial("T-########"), key=True, doc="id")
    shelf: Shelf = field(parent(Shelf, counts={1_200: 1}), doc="from where")
    pieces: int = field(number(1, 5), doc="how many")


PLUGIN = SimpleNamespace(
    datamimic_pack=lambda: Pack("shop", "1.0", "Test"), datamimic_entities=lambda: [Buyer, Purchase, Shelf, Taking]
)


def said(shelves: int, **sizes: int) -> list[str]:
    world = World("remarks", "en_US", "2025-01-01T00:00:00Z", packs=Registry.of(PLUGIN), sizes=sizes)
    return [*remarks(prepare(world, {"shop.shelf": shelves, "shop.taking": "all"}))]


def test_many_rows_of_few_are_told_with_the_size_that_makes_fewer() -> None:
    (remark,) = said(3)
    assert remark.startswith("shop.taking: 3,600 rows of 3 rows of shop.shelf, 1,200 each;")
    assert "shop.purchase" in remark and "--size shop.buyer=COUNT" in remark


def test_who_has_given_the_size_is_told_the_number_alone() -> None:
    (remark,) = said(3, **{"shop.buyer": 5})
    assert remark.endswith("1,200 each")


def test_usual_sets_have_no_remark() -> None:
    world = World("remarks", "en_US", "2025-01-01T00:00:00Z", packs=Registry.of(PLUGIN))
    assert not [*remarks(prepare(world, {"shop.buyer": 5, "shop.purchase": "all"}))]
    assert not [*remarks(prepare(world, {"shop.taking": 3_000}))]
