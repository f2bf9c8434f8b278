"""Names of the described product for what entities of packs have under others: `account.bank_data`, `patient.person_data`."""

from __future__ import annotations

from typing import Any, Final

_DATA: Final = "_data"


def other_name(spec: Any, world: Any, name: str) -> tuple[str, ...] | None:
    """The way to what a name means that the entity does not have: a reference, or one of what it refers to; `()` for the row
    itself; None where it means nothing.

    `card_holder_data` of a card is the `holder` of its `account`; `company_data` of a company is its row.
    """
    if not name.endswith(_DATA):
        return None
    stem = name.removesuffix(_DATA)
    wanted = (stem, stem.rpartition("_")[2])
    for known in _referred(spec):
        if known in wanted:
            return (known,)
    for known in _referred(spec):
        there = world.spec(spec.fields[known].generator.target)
        for further in _referred(there):
            if further in wanted:
                return (known, further)
    return () if spec.name.rpartition(".")[2].endswith(wanted[1]) else None


def _referred(spec: Any) -> list[str]:
    """Fields that refer to one row of another entity."""
    return [each.name for each in spec.fields.values() if each.is_relation and hasattr(each.generator, "target")]
