"""What breaks mean for an entity or a message: which of its columns hold the date, the amount, the account and the status."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from datamimic.base.frozen import FrozenMapping


def _frozen(lists: Mapping[str, Breaks]) -> FrozenMapping[str, Breaks]:
    return FrozenMapping(lists)


@frozen(kw_only=True)
class Breaks:
    """Which columns breaks change: `late` the `date`, `altered` the `amount`, `wrong_account` the `account`, `rejected` the
    `status`, which becomes `rejected`. A column may be a member of a record, `money.amount`; of several, `iban|number`, the
    first that a row has is changed. What is left empty is found by the columns' names and types, and what a message does not
    write cannot be broken in it; `without` are kinds that mean nothing here. `lists` says the same of the items of a list,
    which are broken apart: `entries.missing`.

    `missing`, `duplicate` and `out_of_order` need no column.
    """

    date: str = ""
    amount: str = ""
    account: str = ""
    status: str = ""
    rejected: str | bool = ""
    without: tuple[str, ...] = ()
    lists: Mapping[str, Breaks] = field(factory=FrozenMapping, converter=_frozen)


def inherited_breaks(cls: type) -> Breaks:
    """Those of the entity that the class extends."""
    return next((spec.breaks for base in cls.__mro__ if (spec := vars(base).get("__entity__")) is not None), Breaks())
