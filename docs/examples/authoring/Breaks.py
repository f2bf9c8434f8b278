from datetime import date

from datamimic import Breaks, Registry, World, choice, days_before, entity, field, number, serial
from datamimic.plugin import Pack, hookimpl


@entity("invoice", breaks=Breaks(date="due_on", amount="gross", rejected="RJCT", without=("wrong_account",)))
class Invoice:
    """What a customer has to pay."""

    invoice_id: str = field(serial("INV-######"), key=True)
    issued_on: date = field(days_before("clock", up_to=90))
    due_on: date = field(days_before("clock", up_to=60))
    net: int = field(number(10, 900))
    gross: int = field(number(12, 1_080))
    status: str = field(choice(["open", "paid"]))


class Billing:
    @hookimpl
    def datamimic_pack(self) -> Pack:
        return Pack("billing", "1.0.0", "Invoices")

    @hookimpl
    def datamimic_entities(self) -> list[type]:
        return [Invoice]


invoices = World("demo", packs=Registry.of(Billing()))["invoice"][0:1_000]
broken = invoices.broken(missing=3, altered=2, late=1, rejected=1)
key = broken.answers().to_pylist()
assert broken.to_arrow().num_rows == 997
assert sorted(each["kind"] for each in key) == ["altered"] * 2 + ["late"] + ["missing"] * 3 + ["rejected"]
assert {each["field"] for each in key if each["field"]} == {"gross", "due_on", "status"}
