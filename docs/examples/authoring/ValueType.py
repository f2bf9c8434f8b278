from datetime import datetime
from decimal import Decimal
from typing import Annotated

from datamimic import ValueType, World, decimals, entity, field, spec_of, unsigned, zone


@entity("tariff")
class Tariff:
    """A tariff."""

    price: Annotated[Decimal, decimals(4, precision=9)] = field(lambda draw: draw.integers(2_500, 4_500), doc="EUR/kWh")
    serial: Annotated[int, unsigned()] = field(lambda draw: draw.bits(), doc="number")
    begins: Annotated[datetime, zone("Europe/Berlin")] = field(lambda clock, rows: clock.instant + 0 * rows, doc="from")


tariff = World("demo", clock="2026-07-01T10:00:00Z")[Tariff][0]
assert Decimal("0.2500") <= tariff.price <= Decimal("0.4500") and tariff.begins.hour == 12
kind: ValueType = spec_of(Tariff).fields["price"].kind
assert str(kind.arrow) == "decimal128(9, 4)"
