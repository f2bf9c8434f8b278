"""Loans and their payments, recomputed with pandas from the tables alone."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd
import pytest

from datamimic import World

LOANS = 2_000
LOCALES = ["US", "VN"]
CLOCK = "2025-06-15T00:00:00Z"


@lru_cache
def loans(locale: str) -> pd.DataFrame:
    columns = [
        "loan_id", "loan_type", "borrower_id", "account.housing", "principal", "balance", "status", "payments_made",
        "days_past_due", "written_off_on", "debt_to_income", "month_count",
    ]  # fmt: skip
    frame: pd.DataFrame = World("credit", locale, CLOCK)["finance.loan"][0:LOANS].select(columns).to_arrow().to_pandas()
    return frame


@lru_cache
def payments(locale: str) -> pd.DataFrame:
    count = int(loans(locale)["month_count"].sum())
    frame: pd.DataFrame = World("credit", locale, CLOCK)["finance.loan_payment"][0:count].to_arrow().to_pandas()
    return frame


@pytest.mark.parametrize("locale", LOCALES)
def test_balance_status_and_days_past_due_come_from_the_payments(locale: str) -> None:
    lines, known = payments(locale), loans(locale).set_index("loan_id")
    assert set(lines["loan_id"]) == set(known.index[known["month_count"] > 0])
    paid = lines[lines["paid_date"].notna()].groupby("loan_id")
    repaid = paid["principal"].sum().astype(float).reindex(known.index, fill_value=0.0)
    assert np.abs(known["principal"].astype(float) - repaid - known["balance"].astype(float)).max() < 0.001
    made = paid["deferred"].apply(lambda deferred: int((~deferred).sum())).reindex(known.index, fill_value=0)
    assert (made == known["payments_made"]).all()
    oldest = lines[lines["paid_date"].isna()].groupby("loan_id")["due_date"].min().reindex(known.index)
    clock, off = pd.Timestamp(CLOCK[:10]), pd.to_datetime(known["written_off_on"])
    late = (off.fillna(clock) - pd.to_datetime(oldest)).dt.days.fillna(0)
    assert (late == known["days_past_due"]).all()
    assert ((known["status"] == "default") == ((late >= 90) & off.isna())).all()
    assert (known["status"] == "paid off").sum() > 100 and (known["status"] == "written off").sum() > 10


@pytest.mark.parametrize("locale", LOCALES)
def test_nobody_is_later_than_a_month_more_than_the_month_before(locale: str) -> None:
    """Arrears grow month by month: on a due day at most one month more is owed than on the one before."""
    lines = payments(locale)
    due, paid = pd.to_datetime(lines["due_date"]), pd.to_datetime(lines["paid_date"])
    assert (paid.dropna().dt.day_of_week < 5).all()
    for _, own in lines.assign(due=due, paid=paid.fillna(pd.Timestamp("2200-01-01"))).groupby("loan_id"):
        days, settled = own["due"].to_numpy(), own["paid"].to_numpy()
        owed = [int((settled[: month + 1] > day).sum()) for month, day in enumerate(days)]
        assert max(np.diff([0, *owed])) <= 1 and max(owed) <= 6
        assert (np.diff(settled) >= np.timedelta64(0)).all()
        deferred = own["deferred"].to_numpy()
        if deferred.any():
            before = int(np.argmax(deferred)) - 1
            assert own["status"].iloc[before] == "paid late"


@pytest.mark.parametrize("locale", LOCALES)
def test_mortgages_are_of_households_with_a_mortgaged_home_one_each(locale: str) -> None:
    known = loans(locale)
    homes = known[known["loan_type"] == "mortgage"]
    assert len(homes) >= 10 and set(homes["account.housing"]) == {"mortgaged"}
    assert homes["borrower_id"].is_unique
    assert (known["debt_to_income"] < 0.5).all()


def test_a_loan_on_an_earlier_day_is_the_loan_of_an_earlier_clock() -> None:
    then = World("credit", "US", CLOCK).as_of("2024-02-20")
    known = then["finance.loan"][0:LOANS].select(["loan_id", "status", "principal", "balance"]).to_arrow().to_pandas()
    count = int(loans("US")["month_count"].sum())
    lines = then["finance.loan_payment"][0:count].to_arrow().to_pandas()
    assert len(known) < LOANS and {"delinquent", "default", "written off"} <= set(known["status"])
    assert lines["paid_date"].dropna().astype(str).max() <= "2024-02-20"
    repaid = (
        lines[lines["paid_date"].notna() & lines["loan_id"].isin(known["loan_id"])]["principal"].astype(float).sum()
    )
    assert repaid == pytest.approx((known["principal"].astype(float) - known["balance"].astype(float)).sum())
