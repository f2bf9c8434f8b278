"""What must hold in every row, in every country, at several clocks; and between entities."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from sample_size import CHECKED

from datamimic import World
from datamimic.checks.checking import check_rows

COUNTRIES = ("US", "DE", "VN", "GB", "FR")
ENTITIES = (
    "insurance_company",
    "insurance_coverage",
    "insurance_product",
    "insured",
    "risk_profile",
    "insurance_policy",
    "policy_term",
    "endorsement",
    "catastrophe",
    "claim",
    "claim_fraud",
    "claim_valuation",
)


@pytest.mark.slow
@pytest.mark.parametrize("entity", ENTITIES)
@pytest.mark.parametrize("country", COUNTRIES)
def test_no_row_breaks_a_rule(country: str, entity: str) -> None:
    world = World("coherence", country, strict=True)
    broken = [finding for finding in check_rows(world[f"insurance.{entity}"][0:CHECKED]) if not finding.holds]
    assert broken == []


@pytest.mark.parametrize("clock", ["2024-02-29", "2025-01-01", "2025-12-31T23:59:59Z", "2031-07-01T12:00:00Z"])
@pytest.mark.parametrize("country", ["US", "DE", "VN"])
def test_rules_hold_at_any_clock(country: str, clock: str) -> None:
    world = World("clocks", country, clock, strict=True)
    for entity in ("insured", "risk_profile", "insurance_policy", "endorsement", "claim", "claim_valuation"):
        broken = [finding for finding in check_rows(world[f"insurance.{entity}"][0:5_000]) if not finding.holds]
        assert broken == [], entity


@pytest.mark.parametrize("country", COUNTRIES)
def test_claims_agree_with_their_policies(country: str) -> None:
    """The claim's columns, recomputed here from the policy's coverages as they stand in the policy table."""
    world = World("relations", country)
    claims = list(world["insurance.claim"][0:30])
    for claim in claims:
        policy = claim.policy
        coverage = next(each for each in policy.coverages if each.code == claim.coverage_code)
        changed = any(each.sum_after for each in policy.endorsements)
        assert claim.limit == coverage.limit or changed
        if claim.limit is not None:
            assert (claim.deductible, claim.coinsurance) == (coverage.deductible, 0)
        assert (
            claim.term.start_date <= claim.loss_date < min(filter(None, (claim.term.end_date, claim.term.cover_ends)))
        )
        assert claim.term.policy_id == claim.policy_id
        assert claim.coverage.code == claim.coverage_code
        assert claim.coverage.product_code == policy.product_code == claim.product_code
        assert claim.cause in claim.coverage.causes.split("; ")
        assert policy.claim_count > 0
        expected = claim.loss_amount - claim.deductible - claim.coinsurance
        expected = max(0, expected if claim.limit is None else min(expected, claim.limit))
        assert claim.paid_amount == (0 if claim.status == "denied" else expected)
        assert sum(payment.amount for payment in claim.payments) == claim.paid_amount


@pytest.mark.parametrize("country", COUNTRIES)
def test_policies_agree_with_holder_product_and_insurer(country: str) -> None:
    world = World("relations", country)
    for policy in world["insurance.insurance_policy"][0:25]:
        holder, product, profile = policy.policy_holder, policy.product, policy.risk_profile
        assert policy.id in holder.policy_ids
        assert policy.company.id == product.company.id
        assert policy.company.segment == product.segment
        assert product.code == policy.product_code == profile.product_code
        assert [each.code for each in policy.coverages] == [each.code for each in product.coverages]
        assert profile.insured_id == policy.policy_holder_id
        assert policy.risk_score == profile.score
        if policy.line in ("auto", "motorcycle"):
            assert holder.licence_date is not None
            assert holder.licence_date <= policy.start_date
        assert (policy.start_date.year - holder.birthdate.year) >= 18


def test_an_insured_names_the_policies() -> None:
    world = World("relations", "DE")
    for holder in world["insurance.insured"][0:30]:
        policies = world["insurance.insurance_policy"][holder.first_policy : holder.first_policy + holder.policy_count]
        assert [policy.id for policy in policies] == holder.policy_ids
        assert {policy.policy_holder_id for policy in policies} == {holder.insured_id}


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_term_never_pays_more_than_its_aggregate_limit(country: str) -> None:
    world = World("aggregate", country)
    table = world["insurance.claim"][0:15_000].select(["term_id", "coverage_code", "paid_amount"]).to_arrow()
    paid = pa.table(
        {
            "key": pc.binary_join_element_wise(
                table["term_id"].cast(pa.string()), table["coverage_code"].cast(pa.string()), "/"
            ),
            "paid": table["paid_amount"],
        }
    )
    totals = dict(
        zip(*[column.to_pylist() for column in paid.group_by("key").aggregate([("paid", "sum")]).columns], strict=True)
    )
    seen = 0
    for claim in world["insurance.claim"][0:150]:
        coverage = next(each for each in claim.policy.coverages if each.code == claim.coverage_code)
        if coverage.aggregate_limit is not None:
            seen += 1
            assert totals[f"{claim.term_id}/{claim.coverage_code}"] <= coverage.aggregate_limit
    assert seen or country != "DE"


def test_lines_and_forms_are_of_the_country() -> None:
    codes = {
        country: set(World("forms", country)["insurance.insurance_product"][0:960].to_arrow()["code"].to_pylist())
        for country in COUNTRIES
    }
    assert {"HO-3", "HO-4", "HO-5", "PAP-L"} <= codes["US"]
    assert {"KFZ-HP", "KFZ-TK", "KFZ-VK", "HR", "PHV"} <= codes["DE"]
    assert {"TNDS-XM", "TNDS-OTO", "VCX-OTO"} <= codes["VN"]
    for one in COUNTRIES:
        for other in COUNTRIES:
            assert one == other or not codes[one] & codes[other], (one, other)


def test_partial_cover_excludes_collision() -> None:
    table = (
        World("kasko", "DE")["insurance.claim"][0:60_000].select(["product_code", "coverage_code", "cause"]).to_arrow()
    )
    own_damage = {
        (product, cause)
        for product, coverage, cause in zip(*(table[name].to_pylist() for name in table.column_names), strict=True)
        if coverage != "KH" and product.startswith("KFZ")
    }
    assert ("KFZ-VK", "collision") in own_damage
    assert ("KFZ-TK", "collision") not in own_damage
    assert ("KFZ-TK", "glass breakage") in own_damage


@pytest.mark.parametrize("country", ["US", "DE", "VN"])
def test_ids_are_unique(country: str) -> None:
    world = World("ids", country)
    for entity, key in (
        ("insurance_policy", "id"),
        ("claim", "claim_number"),
        ("insured", "insured_id"),
        ("insurance_company", "code"),
    ):
        column = world[f"insurance.{entity}"][0:50_000].select([key]).to_arrow()[key]
        assert pc.count_distinct(column).as_py() == 50_000, key
    names = world["insurance.insurance_company"][0:3_000].select(["name"]).to_arrow()["name"]
    assert pc.count_distinct(names).as_py() == 3_000


def test_any_slice_has_the_same_values() -> None:
    world = World("slices", "DE")
    for entity in ENTITIES:
        rows = world[f"insurance.{entity}"]
        whole = rows[0:400].to_arrow().to_pylist()
        assert World("slices", "DE")[f"insurance.{entity}"][123:140].to_arrow().to_pylist() == whole[123:140], entity
        assert rows[399].to_dict() == rows[390:400].objects(np.array([399]))[0].to_dict()
