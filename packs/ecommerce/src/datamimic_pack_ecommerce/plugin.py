"""The hooks of the ecommerce pack."""

from __future__ import annotations

from importlib.metadata import version

from datamimic.plugin import DatasetSource, Meaning, Pack, hookimpl, read_meanings

_ENTITIES = "datamimic_pack_ecommerce.entities"


@hookimpl
def datamimic_pack() -> Pack:
    return Pack("ecommerce", version("datamimic-pack-ecommerce"), "Products, customers, orders, order lines, reviews")


@hookimpl
def datamimic_entities() -> list[str]:
    return [
        f"{_ENTITIES}.product:Product",
        f"{_ENTITIES}.customer:Customer",
        f"{_ENTITIES}.order:Order",
        f"{_ENTITIES}.order_line:OrderLine",
        f"{_ENTITIES}.review:Review",
    ]


@hookimpl
def datamimic_datasets() -> list[DatasetSource]:
    return [DatasetSource("ecommerce", "datamimic_pack_ecommerce")]


@hookimpl
def datamimic_meanings() -> tuple[Meaning, ...]:
    return read_meanings("datamimic_pack_ecommerce")
