"""What an account is: its type, its bank's numbers, its currency."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Draw, Ref, Table, Text, World
from datamimic.columns import Ints, from_bytes, select, where
from datamimic_pack_finance import customers
from datamimic_pack_finance.generators.digits import characters, numbers_of
from datamimic_pack_finance.generators.iban import account_digits, account_format, bban, has_iban, iban_text
from datamimic_pack_finance.ledger.options import asked
from datamimic_pack_finance.money import currency_of

OLDEST_STUDENT = 29
PREMIUM, PREMIUM_OF_AFFLUENT = 0.06, 0.4


def account_counts(world: World, data: Data) -> dict[int, float]:
    """How many accounts holders have: one where accounts of one type are asked for."""
    if asked(world).account_type is not None:
        return {1: 1.0}
    table: Table = data["account_counts"]
    return dict(zip(table.ints("count").tolist(), table.weights, strict=True))


def account_type(holder: Any, draw: Draw, data: Data, world: World) -> Text:
    """The first account is a current one that fits the holder; then come savings, each type once."""
    wanted = asked(world).account_type
    if wanted is not None:
        return Text.constant(wanted, len(draw))
    student = holder.employment.isin({"student", "pupil"}) & (holder.age <= OLDEST_STUDENT)
    rich = holder.income >= data["net_incomes"].ints("affluent_from")[0] * 100
    premium = draw.chance(np.where(rich, PREMIUM_OF_AFFLUENT, PREMIUM), "premium")
    types = data["account_types"]
    first = types["account_type"].take(draw.pick(types.by("account_class"), Text.constant("savings", len(draw))))
    # The second savings account is of the type that the first one is not; its draw is that of the row before.
    before = Draw(draw.address, np.maximum(draw.rows - 1, 0))
    other = types["account_type"].take(before.pick(types.by("account_class"), Text.constant("savings", len(draw))))
    second = where(other == "savings", "money_market", "savings")
    current = select(
        np.where(student, 2, np.where(premium, 1, 0)), ["checking", "premium_checking", "student_checking"]
    )
    return select(np.minimum(holder.index, 2), [current, first, second])


JOINT = 0.3
"""Of current accounts of heads of households with a partner, those that are the partner's as well."""


def joint_holder_name(holder: Any, account_class: Text, draw: Draw) -> Text:
    """The name of the partner in the household; of a population of its own nobody has one."""
    shared = (holder.index == 0) & (account_class == "current") & (holder.household_role == "head")
    return holder.partner.full_name.where(shared & draw.chance(JOINT, "joint"))


def bank(holder: Any, draw: Draw, world: World) -> Ints:
    """A bank; where banks keep to a region, one that is at home in that of the holder."""
    regions = world.memo("finance.banks by region", lambda: _banks_by_region(world))
    everywhere, among = regions[""]
    codes, vocabulary = holder.address.state_code.coding()
    bits = draw.bits()
    regional = draw.chance(1 - len(everywhere) / among, "regional")
    found = everywhere[(bits % np.uint64(len(everywhere))).astype(np.int64)]
    for code, name in enumerate(vocabulary.values):
        rows, _ = regions.get(name or "", regions[""])
        at = np.flatnonzero((codes == code) & regional)
        found[at] = rows[(bits[at] % np.uint64(len(rows))).astype(np.int64)]
    return found


def _banks_by_region(world: World) -> dict[str, tuple[Ints, int]]:
    """Rows of banks by the state that they keep to, and how many banks there are; "" are those that keep to none."""
    spec = world.spec("finance.bank")
    every = np.arange(world.size(spec), dtype=np.int64)
    region: Text = Ref(world, spec, every).column("region", Text)
    names = np.array([value or "" for value in region.tolist()])
    found = {name: (every[names == name], len(every)) for name in set(names.tolist())}
    return found if "" in found else found | {"": (every, len(every))}


def transaction_profile(holder: Any, draw: Draw, data: Data) -> Text:
    return customers.profile(
        holder.transaction_profile, holder.employment, holder.marital_status, holder.age, holder.income, draw, data
    )


def product(account_type: Text, data: Data) -> Ints:
    return data["account_types"].lookup("account_type", account_type)


def currency(rows: Ints, data: Data) -> Text:
    return Text.constant(currency_of(data).code, len(rows))


def account_number(number_base: Text, bank: Any, data: Data) -> Text:
    digits = account_digits(data, numbers_of(characters(number_base, 8)), bank)
    return from_bytes((digits + 48).astype(np.uint8))


def iban(account_number: Text, bank: Any, data: Data) -> Text:
    country = data.country
    if not has_iban(data):
        return Text.constant(None, len(account_number))
    account = numbers_of(characters(account_number, account_format(data).account))
    return iban_text(country, bban(country, bank.bank_code, bank.routing_number, account))
