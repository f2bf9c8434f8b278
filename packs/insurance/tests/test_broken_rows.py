"""One cell changed: exactly the rules that concern it are named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from datamimic import World, spec_of
from datamimic.checks.checking import check_batches

Row = dict[str, Any]
CENT = Decimal("0.01")


def broken(entity: str, pick: Callable[[Row], bool], change: Callable[[Row], None], country: str = "US") -> set[str]:
    """The checks that a table fails after `change` to its first row that `pick` accepts, and that no other row fails."""
    world = World("broken", country)
    rows = world[f"insurance.{entity}"][0:800]
    table = rows.to_arrow()
    listed = table.to_pylist()
    number = next(i for i, row in enumerate(listed) if pick(row))
    change(listed[number])
    schema = pa.schema(
        [pa.field(f.name, f.type.value_type if pa.types.is_dictionary(f.type) else f.type) for f in table.schema]
    )
    changed = pa.Table.from_pylist(listed, schema=schema)
    findings = check_batches(changed.to_batches(), spec_of(world.packs.entity(f"insurance.{entity}")), world)
    assert all(finding.samples in ([], [number]) for finding in findings)
    own = {check.name for check in spec_of(world.packs.entity(f"insurance.{entity}")).own_checks}
    assert not [finding for finding in findings if finding.skipped and finding.check in own]
    return {finding.check for finding in findings if not finding.holds}


def paid(row: Row) -> bool:
    return bool(row["status"] == "closed" and row["paid_amount"] > 100)


def overpay(row: Row) -> None:
    row["paid_amount"] += CENT


def put(**values: Any) -> Callable[[Row], None]:
    return lambda row: row.update(values)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (overpay, {"paid_follows_from_loss", "payments_add_up", "reserve_while_open"}),
        (lambda row: row.update(loss_amount=row["loss_amount"] - CENT), {"paid_follows_from_loss"}),
        (lambda row: row.update(loss_date=row["policy_start"] - timedelta(1)), {"timeline_in_order"}),
        (put(cause="meteorite"), {"cause_is_covered"}),
        (put(coverage_code="XX"), {"cause_is_covered"}),
        (put(payments=[]), {"payments_add_up"}),
        (put(status_history=[]), {"history_leads_to_status"}),
        (put(reserve=Decimal(5)), {"reserve_while_open"}),
        (put(close_date=None), {"closed_with_date"}),
        (lambda row: row.update(fraud_flag=not row["fraud_flag"]), {"fraud_flag_agrees"}),
    ],
)  # fmt: skip
def test_a_changed_claim(change: Callable[[Row], None], expected: set[str]) -> None:
    assert broken("claim", paid, change) == expected


def foreign(row: Row) -> None:
    row["coverages"][0]["product_code"] = "HO-3"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda row: row.update(premium=row["premium"] + 1), {"premium_adds_up", "instalments_add_up"}),
        (lambda row: row.update(net_premium=row["net_premium"] + 1), {"net_premium_adds_up", "premium_adds_up"}),
        (foreign, {"coverages_of_own_product"}),
        (put(line="home"), {"coverages_of_own_product", "vehicle_is_described"}),
        (put(status="expired"), {"status_follows_dates"}),
        (put(cancellation_reason="boredom"), {"reason_with_cancellation"}),
        (put(instalments=[]), {"instalments_add_up"}),
        (put(beneficiaries=[{"relationship": "child", "share_percent": 100}]), {"shares_add_up"}),
        (put(premium_tax=Decimal(9)), {"premium_adds_up", "tax_at_the_rate"}),
    ],
)  # fmt: skip
def test_a_changed_policy(change: Callable[[Row], None], expected: set[str]) -> None:
    assert (
        broken("insurance_policy", lambda row: row["status"] == "active" and row["line"] == "auto", change) == expected
    )


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda row: row.update(score=row["score"] + 1), {"score_adds_up"}),
        (put(age=5), {"points_follow_from_factors", "insured_is_adult"}),
        (put(product_code="HO-9"), {"points_follow_from_factors", "line_of_product"}),
        (put(licence_years=None), {"points_follow_from_factors", "driver_has_licence"}),
    ],
)
def test_a_changed_risk_profile(change: Callable[[Row], None], expected: set[str]) -> None:
    found = broken(
        "risk_profile",
        lambda row: row["line"] == "auto" and row["age"] > 40 and 0 < row["claim_free_years"] < 3,
        change,
    )
    assert found == expected


def test_a_changed_insured() -> None:
    def too_early(row: Row) -> None:
        row["licence_date"] = row["birthdate"] + timedelta(days=365 * 15)

    found = broken("insured", lambda row: row["licence_date"] is not None, too_early)
    assert "licence_not_before_sixteen" in found
    found = broken("insured", lambda row: row["age"] > 30, put(age=17, birthdate=date(2008, 6, 1)), "DE")
    assert "holder_is_adult" in found
