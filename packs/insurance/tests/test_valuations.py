"""Claims by valuation date: triangles add up to the claims, and each valuation is what the books said on its day."""

from __future__ import annotations

import pandas as pd
import pytest

from datamimic import World

CLAIMS = 1_500
SINCE_REPORT = 12_000


def tables(world: World) -> tuple[pd.DataFrame, pd.DataFrame]:
    claims = world["insurance.claim"][0:CLAIMS].to_arrow().to_pandas().set_index("claim_number")
    valued = world["insurance.claim_valuation"][0:SINCE_REPORT].to_arrow().to_pandas()
    assert valued.claim_id.nunique() > CLAIMS
    return claims, valued[valued.claim_id.isin(claims.index)]


@pytest.mark.parametrize(("country", "clock"), [("US", "2026-01-01"), ("DE", "2025-06-15T12:00:00Z")])
def test_a_triangle_adds_up_to_the_claims(country: str, clock: str) -> None:
    claims, valued = tables(World("triangles", country, clock))
    assert (valued.groupby("claim_id", sort=False).paid_in_period.sum() == claims.paid_amount).all()
    last = valued.groupby("claim_id").last()
    for name in ("reserve", "incurred"):
        assert (last[name] == claims[name].loc[last.index]).all()
    assert (last.status.astype(str) == claims.status.loc[last.index].astype(str)).all()
    years = pd.to_datetime(claims.loss_date).dt.year
    cells = valued.assign(paid=valued.paid_in_period.astype(float)).pivot_table(
        index="accident_year", columns="development_year", values="paid", aggfunc="sum"
    )
    by_year = claims.paid_amount.astype(float).groupby(years).sum()
    assert (cells.sum(axis=1) - by_year).abs().max() < 0.01
    assert len(cells) >= 8
    assert len(cells.columns) >= 8


def test_a_valuation_is_what_was_known_on_its_day() -> None:
    world = World("known", "US")
    _, valued = tables(world)
    then = world.as_of("2023-12-31T23:59:59Z")
    seen = then["insurance.claim"][0:CLAIMS].to_arrow().to_pandas().set_index("claim_number")
    at = valued[valued.valuation_date.astype(str) == "2023-12-31"].set_index("claim_id")
    assert set(at.index) == set(seen.index)
    assert len(at) > 300
    assert (at.status.astype(str) == seen.status.loc[at.index].astype(str)).all()
    for ours, theirs in (("paid_to_date", "paid_amount"), ("reserve", "reserve"), ("incurred", "incurred")):
        assert (at[ours] == seen[theirs].loc[at.index]).all(), ours
    earlier = then["insurance.claim_valuation"][0:SINCE_REPORT].to_arrow()["valuation_id"].to_pylist()
    by_then = valued[valued.valuation_date.astype(str) <= "2023-12-31"].valuation_id
    assert set(by_then) <= set(earlier)
    assert not set(valued.valuation_id) - set(by_then) & set(earlier)


def test_quarters_lead_to_the_same_years() -> None:
    world = World("quarters", "US")
    claims, years = tables(world)
    by_quarter = world.with_options("insurance.claim_valuation", every_months=3)["insurance.claim_valuation"]
    quarters = by_quarter[0 : 5 * SINCE_REPORT].to_arrow().to_pandas()
    both = years.merge(quarters, on=["claim_id", "valuation_date"])
    assert len(both) == len(years)
    for name in ("paid_to_date", "reserve", "status"):
        assert (both[f"{name}_x"].astype(str) == both[f"{name}_y"].astype(str)).all()
    own = quarters[quarters.claim_id.isin(claims.index)]
    assert (own.groupby("claim_id", sort=False).paid_in_period.sum() == claims.paid_amount).all()


def test_reserves_are_off_before_a_claim_is_looked_into_and_right_when_it_is_paid() -> None:
    world = World("reserves", "US")
    claims, valued = tables(world)
    closed = claims[(claims.status == "closed") & (claims.paid_amount > 0)].paid_amount.astype(float)
    own = valued[valued.claim_id.isin(closed.index)].copy()
    own["off"] = own.incurred.astype(float) / closed.loc[own.claim_id].to_numpy()
    off = (own.off - 1).abs().groupby(own.status.astype(str)).mean()
    assert off["reported"] > 1.2 * off["under_review"] > 0.05
    assert off["in_payment"] == off["closed"] == 0
