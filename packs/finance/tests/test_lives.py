"""What an account books over the years follows from the life of its holder: recomputed with pandas from the tables alone."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
import pytest

from datamimic import World
from datamimic.errors import InvalidOption
from datamimic_pack_finance import TransactionService

ACCOUNTS = 130


@lru_cache
def accounts(locale: str) -> pd.DataFrame:
    frame: pd.DataFrame = World("lives", locale)["finance.bank_account"][0:ACCOUNTS].to_arrow().to_pandas()
    return frame.set_index("account_id")


@lru_cache
def bookings(locale: str) -> pd.DataFrame:
    count = int(accounts(locale)["transaction_count"].sum())
    rows = World("lives", locale)["finance.transaction"][0:count]
    frame: pd.DataFrame = (
        rows.select([*rows.columns, "day", "account.holder.housing", "account.window_start"]).to_arrow().to_pandas()
    )
    frame["signed"] = frame["amount"].where(frame["direction"] == "credit", -frame["amount"])
    return frame


@pytest.mark.parametrize("locale", ["US", "VN"])
def test_transfers_between_own_accounts_have_two_legs(locale: str) -> None:
    lines = bookings(locale)
    known = accounts(locale)
    own = lines[lines["end_to_end_id"].fillna("").str.startswith("OWN")]
    # The accounts of the last holder may be cut by the end of the slice.
    own = own[own["account_id"].map(known["holder_id"]) != known["holder_id"].iloc[-1]]
    legs = own.groupby("end_to_end_id").agg(
        count=("signed", "size"),
        sum=("signed", "sum"),
        moments=("transaction_date", "nunique"),
        accounts=("account_id", "nunique"),
    )
    assert len(legs) > 100
    assert (legs == [2, 0, 1, 2]).all().all()
    number = "account_number"
    other = own.merge(own, on="end_to_end_id")
    other = other[other["account_id_x"] != other["account_id_y"]]
    assert (other["counterparty_account_x"] == other[f"{number}_y"]).all()


@pytest.mark.parametrize("locale", ["US", "DE"])
def test_interest_is_on_the_balance_of_every_day(locale: str) -> None:
    """Actual days over 365, on balances that interest has already been added to."""
    known = accounts(locale)
    seen = 0
    for account, lines in bookings(locale).groupby("account_id"):
        if known.loc[account, "account_type"] not in ("savings", "money_market"):
            continue
        rate = float(known.loc[account, "interest_rate"]) / 100
        balance, since, area = float(known.loc[account, "opening_balance"]), None, 0.0
        since = (lines["account.window_start"].iloc[0] - pd.Timestamp("1970-01-01").date()).days
        for line in lines.itertuples():
            area += balance * (line.day - since)
            since = line.day
            if line.transaction_type == "Interest":
                assert float(line.amount) == pytest.approx(max(area * rate / 365, 0.01), abs=0.0101)
                area = 0.0
                seen += 1
            balance = float(line.balance_after)
    assert seen > 150


def test_salaries_come_in_the_rhythms_of_the_country() -> None:
    """[bls_pay_period] 43 % biweekly, 27 weekly, 19.8 semimonthly, 10.3 monthly."""
    paid = (
        World("rhythm", "US")["finance.bank_account"][0:6_000]
        .select(["rhythm", "income_kind", "gross_income"])
        .to_arrow()
        .to_pandas()
    )
    rhythm = paid.loc[(paid["income_kind"] == "salary") & (paid["gross_income"] > 0), "rhythm"]
    shares = 100 * np.bincount(rhythm, minlength=4) / len(rhythm)
    assert shares == pytest.approx([10.3, 19.8, 43.0, 27.0], abs=2.5)
    salaries = bookings("US").query("transaction_type == 'Salary'")
    gaps = salaries.groupby("account_id")["transaction_date"].diff().dt.round("D").dt.days.dropna()
    assert set(gaps.groupby(salaries["account_id"]).median().round().astype(int)) <= {7, 14, 15, 16, 28, 29, 30, 31, 32}
    assert (gaps.between(13, 15).mean() > 0.2) and (salaries["amount"] % 1 != 0).mean() > 0.9
    assert salaries.groupby("account_id")["counterparty_name"].nunique().max() == 1


def test_one_supplier_of_a_kind_and_a_mandate_for_each() -> None:
    debits = bookings("DE").query("transaction_type == 'Direct Debit'")
    pairs = debits.groupby(["account_id", "mcc"])
    assert pairs["counterparty_name"].nunique().max() == 1
    assert pairs["mandate_id"].nunique().max() == 1
    assert pairs["counterparty_account"].nunique().max() == 1
    gaps = debits.sort_values("transaction_date").groupby(["account_id", "mcc"])["transaction_date"].diff().dt.days
    assert gaps.dropna().between(25, 37).all()


@pytest.mark.parametrize("locale", ["US", "DE"])
def test_no_home_has_rent_and_a_mortgage(locale: str) -> None:
    rents = bookings(locale).query("transaction_type == 'Rent'")
    assert set(rents["account.holder.housing"]) == {"rented"}
    world = World("lives", locale)
    loans = (
        world["finance.loan"][0:4_000].select(["loan_type", "borrower.housing", "borrower_id"]).to_arrow().to_pandas()
    )
    homes = loans[loans["loan_type"] == "mortgage"]
    assert set(homes["borrower.housing"]) == {"mortgaged"}
    assert homes["borrower_id"].is_unique


def test_instalments_are_those_of_the_loans() -> None:
    lines = bookings("US").query("transaction_type == 'Loan Payment'")
    loans = World("lives", "US")["finance.loan"][0:400].to_arrow().to_pandas()
    due = loans.groupby("account_id")[["payment", "last_payment"]].agg(set)
    for account, paid in lines.groupby("account_id")["amount"]:
        assert set(paid) <= due.loc[account, "payment"] | due.loc[account, "last_payment"]
    assert len(lines) > 150


def test_people_go_to_their_own_shops_and_are_away_sometimes() -> None:
    visits = bookings("DE").query("transaction_type == 'Card Payment'")
    again = 1 - len(visits.drop_duplicates(["account_id", "merchant_id"])) / len(visits)
    assert 0.55 < again < 0.9
    assert visits["merchant_id"].nunique() > 2_000
    towns = visits.groupby("account_id")["location"].nunique()
    assert 2 < towns.median() < 15
    assert bookings("DE")["is_international"].mean() > 0.005


def test_german_shops_are_closed_on_sundays() -> None:
    visits = bookings("DE").query("transaction_type == 'Card Payment'")
    weekday = (visits["day"] + 3) % 7
    shops = visits["merchant_category"].isin(["Groceries", "Clothing", "Home Improvement", "Electronics", "Pharmacies"])
    assert not (weekday[shops] == 6).any()
    assert (weekday[visits["merchant_category"] == "Restaurants"] == 6).any()


def test_payees_are_few_and_found_again() -> None:
    sent = bookings("FR").query("transaction_type == 'Transfer Out' and not end_to_end_id.str.startswith('OWN')")
    assert sent.groupby("account_id")["counterparty_account"].nunique().max() <= 6
    assert sent["counterparty_account"].nunique() > 3 * sent["account_id"].nunique()
    assert (sent.groupby("counterparty_account")["counterparty_name"].nunique() == 1).all()


def test_refunds_give_back_what_was_paid() -> None:
    for _, lines in bookings("US").groupby("account_id"):
        back = lines.query("transaction_type == 'Refund'")
        bought = lines.query("transaction_type == 'Online Card Payment'")
        for line in back.itertuples():
            before = bought[bought["booking_number"] < line.booking_number].iloc[-1]
            assert (before["amount"], before["merchant_name"]) == (line.amount, line.merchant_name)


def test_exchange_rates_are_those_of_the_day() -> None:
    """[ecb] Euro reference rates of two days."""
    lines = bookings("DE").query("original_currency == 'USD'")
    day = pd.to_datetime(lines["day"], unit="D")
    assert lines["exchange_rate"].groupby(day).nunique().max() == 1
    assert lines["exchange_rate"].nunique() > 50
    cost = lines["original_amount"].astype(float) * lines["exchange_rate"] + lines["exchange_fee"].astype(float)
    assert (cost - lines["amount"].astype(float)).abs().max() < 0.0051
    assert 0 < (lines["exchange_fee"] / lines["amount"]).astype(float).max() < 0.03


@pytest.mark.parametrize("history", [1, 5, 120])
def test_a_history_is_as_long_as_it_is_asked_to_be(history: int) -> None:
    world = World("years", "GB").with_options("finance.bank_account", history=history)
    rows = (
        world["finance.transaction"][0:2_000]
        .select(["transaction_date", "account.created_date"])
        .to_arrow()
        .to_pandas()
    )
    first = pd.Timestamp(world.clock.at).tz_convert("UTC").normalize() - pd.DateOffset(months=history)
    assert rows["transaction_date"].min() >= first
    assert rows["transaction_date"].min() < first + pd.DateOffset(days=25)


def test_options_hold_for_accounts_and_transactions_alike() -> None:
    one = World("options", "US").with_options("finance.transaction", history=3, account_type="savings")
    two = World("options", "US").with_options("finance.bank_account", history=3, account_type="savings")
    made = [world["finance.transaction"][0:200].to_arrow() for world in (one, two)]
    assert made[0].equals(made[1])
    assert set(made[0]["transaction_type"].to_pylist()) == {"Interest"}
    assert TransactionService("US", seed=1, history=3).generate().account.holder.age >= 18
    torn = one.with_options("finance.bank_account", history=4)
    with pytest.raises(InvalidOption, match="history"):
        torn["finance.transaction"][0:10].to_arrow()


def test_more_is_spent_by_those_who_earn_more() -> None:
    world = World("earn", "US").with_options("finance.bank_account", history=2)
    rows = world["finance.transaction"][0:60_000].select(
        ["transaction_type", "amount", "account_id", "account.holder.income"]
    )
    visits: Any = rows.to_arrow().to_pandas().query("transaction_type == 'Card Payment'")
    each = (
        visits.astype({"amount": float, "account.holder.income": float})
        .groupby("account_id")[["amount", "account.holder.income"]]
        .mean()
    )
    assert each.rank().corr().iloc[0, 1] > 0.4
