"""What one pack knows that people pay is booked by another, on the same day, with the same amount, mandate and reference."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from datamimic import Registry, World, check_rows
from datamimic_pack_common import plugin as common
from datamimic_pack_finance import plugin as finance

SIZES = {
    "common.person": 60, "finance.bank_account": 40, "finance.credit_card": 20, "finance.loan": 20,
    "insurance.insurance_policy": 60,
}  # fmt: skip
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
        for number, part in enumerate(term["instalments"] if policy else [], start=1):
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


def test_checks_hold_and_any_slice_is_the_same(world: World) -> None:
    rows = world["finance.transaction"]
    whole = rows[2_000:2_400].to_arrow()
    assert whole.slice(250, 50).equals(
        World("dues", world.locale, CLOCK, sizes=SIZES)["finance.transaction"][2_250:2_300].to_arrow()
    )
    for name, count in (("finance.transaction", 5_000), ("finance.bank_account", 40)):
        assert [each.sentence for each in check_rows(world[name][0:count]) if not each.holds] == []


def test_a_world_without_policies_has_no_premiums_and_a_pack_more_moves_nothing() -> None:
    sizes = {name: size for name, size in SIZES.items() if not name.startswith("insurance")}
    alone = Registry.of(common, finance)
    rows = World("dues", "DE", CLOCK, sizes=sizes, packs=alone)["finance.transaction"][0:900].to_arrow()
    assert rows.equals(World("dues", "DE", CLOCK, sizes=sizes)["finance.transaction"][0:900].to_arrow())
    assert not any((each or "").startswith("TRM") for each in rows["end_to_end_id"].to_pylist())
