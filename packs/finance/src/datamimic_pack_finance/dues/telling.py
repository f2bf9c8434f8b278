"""What a bank prints of payments that another pack knows of."""

from __future__ import annotations

import numpy as np

from datamimic import Dues, Struct, Text, World, record
from datamimic.columns import Ints, select


@record
class Due:
    """Creditor or payer, mandate, what both sides call the payment, and its purpose; all null for other transactions."""

    party: str | None
    mandate: str | None
    reference: str | None
    purpose: str | None


NAMES = ("party", "mandate", "reference", "purpose")


def due(source: Ints, contract: Ints, payment_of_it: Ints, world: World) -> Struct:
    """`Due` of transactions; `source` is a place among the world's dues, -1 for others."""
    kinds = Dues.of(world) if bool((source >= 0).any()) else ()
    index = np.zeros(len(source), dtype=np.int64)
    parts: dict[str, list[Text | str | None]] = {name: [None] for name in NAMES}
    for number, kind in enumerate(kinds):
        at = np.flatnonzero(source == number)
        if not len(at):
            continue
        told = kind.told(contract[at], payment_of_it[at], world)
        place = np.zeros(len(source), dtype=np.int64)
        place[at] = np.arange(len(at))
        index[at] = len(parts["party"])
        for name in NAMES:
            parts[name].append(getattr(told, name).take(place))
    return Struct({name: select(index, parts[name]) for name in NAMES})
