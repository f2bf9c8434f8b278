"""What one pack knows that people pay is booked by another, on the same day, with the same amount, mandate and reference."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from datamimic import Dues, Owed, Pack, Registry, Told, World, check_rows
from datamimic.columns import Ints
from datamimic.errors import PackError
from datamimic_pack_common import plugin as common
from datamimic_pack_finance import plugin as finance

SIZES = {
    "common.person": 60, "finance.bank_account": 40, "finance.credit_card": 20, "finance.loan": 20,
    "insurance.insurance_policy": 60, "ecommerce.order": 150,
}  # fmt: skip
SIZES_OF_FINANCE = {name: size for name, size in SIZES.items() if name.startswith(("common", "finance"))}
BY_CARD = {"Kreditkarte", "Debit Card", "Apple Pay", "Google Pay"}
CLOCK = "2025-06-15T00:00:00Z"
BOOKED = [
    "account_number", "transaction_date", "direction", "amount", "counterparty_name", "mandate_id", "end_to_end_id",
    "transaction_type", "purpose_code", "mcc",
]  # fmt: skip


@pytest.fixture(scope="module", params=["DE", "US"])
def world(request: pytest.FixtureRequest) -> World:
    return World("dues", request.param, CLOCK, sizes=SIZES)


def bookings(world: World) -> Any:
    accounts = world["finance.bank_account"].select(["account_number", "holder.person_id", "transaction_count"])
    accounts = accounts[0 : SIZES["finance.bank_account"]].to_pandas()
    count = int(accounts["transaction_count"].sum())
    return accounts, world["finance.transaction"].select(BOOKED)[0:count].to_pandas()


def test_every_instalment_is_booked_once_as_the_term_has_it(world: World) -> None:
    accounts, booked = bookings(world)
    paid = booked[booked["end_to_end_id"].str.startswith("TRM", na=False)].set_index("end_to_end_id")
    assert paid.index.is_unique and len(paid) > 50
    policies = world["insurance.insurance_policy"][0 : SIZES["insurance.insurance_policy"]]
    holder = policies.select(["id", "policy_holder.person_id", "company.name"]).to_arrow().to_pylist()
    holder_of = dict(zip(accounts["account_number"], accounts["holder.person_id"], strict=True))
    paying = {holder_of[number] for number in paid["account_number"]}
    windows = booked.groupby(booked["account_number"].map(holder_of))["transaction_date"].agg(["min", "max"])
    near = timedelta(days=10)
    known = {each["id"]: each for each in holder}
    terms = world["insurance.policy_term"].select(
        ["term_id", "policy", "premium", "refund", "cover_ends", "instalments"]
    )
    seen = 0
    for term in terms[0:400].to_arrow().to_pylist():
        policy = known.get(term["policy"])
        if policy is None:
            continue
        for number, part in enumerate(term["instalments"], start=1):
            reference = f"{term['term_id']}-{number:02}"
            person = policy["policy_holder.person_id"]
            if reference not in paid.index:
                inside = person in paying and windows["min"][person].date() + near < part["due_on"]
                inside = inside and part["due_on"] < windows["max"][person].date() - near
                assert not inside or term["cover_ends"], reference
                continue
            seen += 1
            row = paid.loc[reference]
            late = (row["transaction_date"].date() - part["due_on"]).days
            assert row["amount"] == part["amount"] and -1 <= late <= 6
            assert (row["mandate_id"], row["counterparty_name"]) == (term["policy"], policy["company.name"])
            assert (row["direction"], row["purpose_code"]) == ("debit", "INSU")
            assert holder_of[row["account_number"]] == person
    back = paid[paid.index.str.endswith("-00")]
    assert seen == len(paid) - len(back) and (back["direction"] == "credit").all()
    insured = booked["account_number"].isin(paid["account_number"])
    assert not (booked["mcc"][insured] == "6300").any(), "no other insurer beside"
    assert (booked["mcc"] == "6300").any()


def orders_of(world: World, count: int = SIZES["ecommerce.order"]) -> dict[str, Any]:
    names = ["order_id", "user_id", "payment_method", "total_amount", "refund_total", "settled_at", "refunded_at"]
    names += ["seller.name", "customer.person.person_id"]
    rows = world["ecommerce.order"].select(names)[0:count].to_arrow().to_pylist()
    return {each["order_id"]: each for each in rows}


def test_orders_that_no_card_pays_are_booked_as_the_shop_has_them(world: World) -> None:
    _, booked = bookings(world)
    paid = booked[booked["end_to_end_id"].str.startswith("ORD", na=False) & booked["mcc"].isna()]
    orders = orders_of(world)
    assert len(paid) > 1 and not paid.duplicated(["end_to_end_id", "direction"]).any()
    for _, row in paid.iterrows():
        order, back = orders[row["end_to_end_id"]], row["direction"] == "credit"
        day = order["refunded_at" if back else "settled_at"].date()
        assert row["amount"] == order["refund_total" if back else "total_amount"]
        assert -1 <= (row["transaction_date"].date() - day).days <= 6
        collected = row["transaction_type"] == "Direct Debit"
        assert row["mandate_id"] == order["user_id"] if collected else not isinstance(row["mandate_id"], str)
        assert row["counterparty_name"] == order["seller.name"] and row["purpose_code"] == "GDDS"
    assert not {orders[each]["payment_method"] for each in paid["end_to_end_id"]} & BY_CARD


@pytest.mark.parametrize("country", ["US", "DE"])
def test_orders_that_a_card_pays_are_payments_of_that_card_and_bookings_of_its_account(country: str) -> None:
    sizes = {"common.person": 400, "finance.bank_account": 300, "finance.credit_card": 700, "ecommerce.order": 1_500}
    world = World("dues by card", country, CLOCK, sizes=sizes)
    names = ["transaction_count", "is_main", "account_id", "holder.person_id"]
    accounts = world["finance.bank_account"].select(names)[0:300].to_pandas()
    names = ["card_id", "payment_count", "account.account_id", "is_main"]
    cards = world["finance.credit_card"].select(names)[0:700].to_pandas()
    rows = int(accounts["transaction_count"].sum()), int(cards["payment_count"].sum())
    names = [
        "card_id",
        "card_payment_number",
        "transaction_date",
        "amount",
        "direction",
        "end_to_end_id",
        "merchant_name",
    ]
    every = world["finance.transaction"].select([*names, "account_id"])[0 : rows[0]].to_pandas()
    booked = every[every["end_to_end_id"].str.startswith("ORD", na=False) & every["card_id"].notna()]
    names = ["card_id", "payment_number", "authorised_at", "amount", "payment_type", "order_reference", "status", "mcc"]
    paid = world["finance.card_payment"].select([*names, "merchant_name"])[0 : rows[1]].to_pandas()
    paid = paid[paid["order_reference"].notna()].rename(columns={"payment_number": "card_payment_number"})
    both = booked.merge(paid, on=["card_id", "card_payment_number"], suffixes=("", "_of_card"))
    assert len(both) == len(booked) == len(paid) > 20
    assert (both["amount"] == both["amount_of_card"]).all() and (both["mcc"] == "5999").all()
    assert (both["transaction_date"] == both["authorised_at"]).all()
    assert both["status"].isin(["authorised", "cleared"]).all()
    assert (both["end_to_end_id"] == both["order_reference"]).all()
    assert ((both["payment_type"] == "refund") == (both["direction"] == "credit")).all()

    # Each is of the holder's order, whole, at its moment, in the name of the shop; and none of them is missing.
    orders = orders_of(world, sizes["ecommerce.order"])
    holder = dict(zip(accounts["account_id"], accounts["holder.person_id"], strict=True))
    for _, row in both.iterrows():
        order, back = orders[row["order_reference"]], row["direction"] == "credit"
        assert row["amount"] == order["refund_total" if back else "total_amount"]
        moment = order["refunded_at" if back else "settled_at"]
        assert moment is not None and abs((row["authorised_at"] - moment).total_seconds()) < 1
        assert row["merchant_name"] == row["merchant_name_of_card"] == order["seller.name"]
        assert order["payment_method"] in BY_CARD and holder[row["account_id"]] == order["customer.person.person_id"]
    spans = every[every["card_id"].notna()].groupby("card_id")["transaction_date"].agg(["min", "max"])
    main = accounts[accounts["is_main"]].merge(
        cards[cards["is_main"]], left_on="account_id", right_on="account.account_id"
    )
    card_of = dict(zip(main["holder.person_id"], main["card_id"], strict=True))
    known = set(both[both["direction"] == "debit"]["order_reference"])
    for number, order in orders.items():
        card = card_of.get(order["customer.person.person_id"])
        if order["payment_method"] in BY_CARD and card in spans.index and order["settled_at"] is not None:
            assert number in known or not spans["min"][card] < order["settled_at"] < spans["max"][card]
    for name, count in (
        ("finance.transaction", 20_000),
        ("finance.card_payment", 20_000),
        ("finance.bank_account", 300),
    ):
        assert [each.sentence for each in check_rows(world[name][0:count]) if not each.holds] == []


def test_checks_hold_and_any_slice_is_the_same(world: World) -> None:
    rows = world["finance.transaction"]
    whole = rows[2_000:2_400].to_arrow()
    assert whole.slice(250, 50).equals(
        World("dues", world.locale, CLOCK, sizes=SIZES)["finance.transaction"][2_250:2_300].to_arrow()
    )
    for name, count in (("finance.transaction", 5_000), ("finance.bank_account", 40)):
        assert [each.sentence for each in check_rows(world[name][0:count]) if not each.holds] == []


def test_a_world_without_policies_has_no_premiums_and_a_pack_more_moves_nothing() -> None:
    alone = Registry.of(common, finance)
    rows = World("dues", "DE", CLOCK, sizes=SIZES_OF_FINANCE, packs=alone)["finance.transaction"][0:900].to_arrow()
    assert rows.equals(World("dues", "DE", CLOCK, sizes=SIZES_OF_FINANCE)["finance.transaction"][0:900].to_arrow())
    assert not any((each or "").startswith("TRM") for each in rows["end_to_end_id"].to_pylist())


class Nothing(Dues):
    """Sums of nothing."""

    name = "nothing"
    entity = "common.person"

    def owed(self, people: Ints, since: int, until: int, world: World) -> Owed:
        none = np.zeros(1, dtype=np.int64)
        return Owed(none, none + since, none, none, none, none)

    def told(self, contract: Ints, number: Ints, world: World) -> Told:
        raise AssertionError("nobody asks for what is refused")


def test_dues_that_are_no_sums_are_refused() -> None:
    plugin = SimpleNamespace(datamimic_pack=lambda: Pack("poor", "1.0", "Test"), datamimic_dues=lambda: [Nothing])
    world = World("dues", "DE", CLOCK, sizes=SIZES_OF_FINANCE, packs=Registry.of(common, finance, plugin))
    with pytest.raises(PackError, match="the dues nothing have amounts that are no sums above 0"):
        world["finance.bank_account"][0:3].to_arrow()
