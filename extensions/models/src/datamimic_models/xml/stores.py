"""Memstores: products kept in memory, as target and source."""

from __future__ import annotations

from attrs import define, field

from datamimic import DatamimicError
from datamimic.errors import excerpt
from datamimic_models.xml.bindings import together
from datamimic_models.xml.checking import nearest
from datamimic_models.xml.frames import Frame, record_frame
from datamimic_models.xml.sources import Source


@define(eq=False)
class Memstore:
    """`products` are pages by name; a product that was not written yet has no records."""

    name: str
    products: dict[str, list[Frame]] = field(factory=dict)
    other_names: dict[str, str] = field(factory=dict)
    """Of products whose generates say a type, or an entity of the target."""

    def add(self, product: str, frame: Frame) -> None:
        self.products.setdefault(product, []).append(frame)

    def source(self, product: str) -> Source:
        """The records of a product so far. Raises `DatamimicError` (`models.unknown_product`)."""
        pages = self.products.get(product) or self.products.get(self.other_names.get(product, product))
        if pages is None:
            raise DatamimicError(
                "models.unknown_product",
                f"the memstore {self.name} has no product {excerpt(product)}",
                hint=nearest(product, self.products) or f"it has {', '.join(self.products) or 'none so far'}",
            )
        if len(pages) > 1:
            # Joined once, however often it is read.
            pages[:] = [together(pages)]
        kept = pages[0]
        made = record_frame(product, kept.fields, len(kept))
        made.present = dict(kept.present)
        return Source(made)
