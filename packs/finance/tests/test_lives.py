"""What an account books over the years follows from the life of its holder: recomputed with pandas from the tables alone."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import numpy as np
import pandas as pd
import pytest

from datamimic import World
from datamimic.errors import DefinitionError, InvalidOption
from datamimic_pack_finance import TransactionService
from datamimic_pack_finance.holders.pay import RHYTHMS
from datamimic_pack_finance.holders.taxes import net_of_year
from datamimic_pack_finance.lending import borrowers, of_accounts

ACCOUNTS = 100
CURRENT = ["checking", "premium_checking", "student_checking"]


@lru_cache
def world(locale: str) -> World:
    """A hundred accounts: so few that both accounts of every pair are among them."""
    return World("lives", locale, clock="2025-06-15T00:00:00Z", sizes={"finance.bank_account": ACCOUNTS})


@lru_cache
def accounts(locale: str) -> pd.DataFrame:
    rows = world(locale)["finance.bank_account"][0:ACCOUNTS]
    names = [
        *rows.columns,
        "owner_row",
        "window_start",
        "rhythm",
        "income_kind",
        "gross_income",
        "housing",
        "holder.income",
    ]
    frame: pd.DataFrame = rows.select(names).to_arrow().to_pandas()
    frame["row"] = np.arange(ACCOUNTS)
    return frame.set_index("account_id")


@lru_cache
def bookings(locale: str) -> pd.DataFrame:
    rows = world(locale)["finance.transaction"][0 : int(accounts(locale)["transaction_count"].sum())]
    frame: pd.DataFrame = rows.select([*rows.columns, "day"]).to_arrow().to_pandas()
    frame["signed"] = frame["amount"].where(frame["direction"] == "credit", -frame["amount"])
    return frame


@pytest.mark.parametrize("locale", ["US", "VN"])
def test_transfers_between_own_accounts_have_two_legs(locale: str) -> None:
    lines, known = bookings(locale), accounts(locale)
    own = lines[lines["end_to_end_id"].fillna("").str.startswith("OWN")]
    legs = own.groupby("end_to_end_id").agg(
        count=("signed", "size"),
        sum=("signed", "sum"),
        moments=("transaction_date", "nunique"),
        accounts=("account_id", "nunique"),
    )
    assert len(legs) > 150
    assert (legs == [2, 0, 1, 2]).all().all()
    other = own.merge(own, on="end_to_end_id")
    other = other[other["account_id_x"] != other["account_id_y"]]
    number = known["iban"].astype(object).where(known["iban"].notna(), known["account_number"].astype(object))
    assert (other["counterparty_account_x"] == other["account_id_y"].map(number)).all()
    assert (other["account_id_x"].map(known["holder_id"]) == other["account_id_y"].map(known["holder_id"])).all()


@pytest.mark.parametrize("locale", ["US", "DE"])
def test_interest_is_on_the_balance_of_every_day(locale: str) -> None:
    """Actual days over 365, on balances that interest has already been added to."""
    known, seen = accounts(locale), 0
    for account, lines in bookings(locale).groupby("account_id"):
        if known.loc[account, "account_type"] not in ("savings", "money_market"):
            continue
        rate = float(known.loc[account, "interest_rate"]) / 100
        balance, area = float(known.loc[account, "opening_balance"]), 0.0
        since = (known.loc[account, "window_start"] - date(1970, 1, 1)).days
        for line in lines.itertuples():
            area += balance * (line.day - since)
            since = line.day
            if line.transaction_type == "Interest":
                assert float(line.amount) == pytest.approx(max(area * rate / 365, 0.01), abs=0.0101)
                area = 0.0
                seen += 1
            balance = float(line.balance_after)
    assert seen > 150


def test_salaries_come_in_the_rhythms_of_the_country_and_net_of_its_taxes() -> None:
    """[bls_pay_period] 43 % biweekly, 27 weekly, 19.8 semimonthly, 10.3 monthly."""
    paid = (
        World("rhythm", "US")["finance.bank_account"][0:6_000]
        .select(["rhythm", "income_kind", "gross_income"])
        .to_arrow()
        .to_pandas()
    )
    rhythm = paid.loc[(paid["income_kind"] == "salary") & (paid["gross_income"] > 0), "rhythm"]
    assert 100 * np.bincount(rhythm, minlength=4) / len(rhythm) == pytest.approx([10.3, 19.8, 43.0, 27.0], abs=2.5)
    lines, known = bookings("US"), accounts("US")
    salaries = lines[lines["transaction_type"] == "Salary"]
    assert salaries.groupby("account_id")["counterparty_name"].nunique().max() == 1
    assert (salaries["amount"] % 1 != 0).mean() > 0.9
    data = world("US").data(TransactionService.entity)
    for account, each in salaries.groupby("account_id"):
        name = RHYTHMS[int(known.loc[account, "rhythm"])]
        days = each["day"].diff().dropna()
        least, most = {"weekly": (4, 10), "biweekly": (11, 17), "semimonthly": (12, 19), "monthly": (25, 35)}[name]
        assert days.between(least, most).all(), (name, days.tolist())
        now = each[pd.to_datetime(each["transaction_date"]).dt.year == 2025]
        gross = np.rint(np.array([float(known.loc[account, "gross_income"]) * 100]) / 1200).astype(np.int64) * 1200
        net = net_of_year(gross, *(np.array([flag]) for flag in (True, True, False)), 202501, data)
        per_year = {"weekly": 52, "biweekly": 26, "semimonthly": 24, "monthly": 12}[name]
        assert not len(now) or {int(amount * 100) for amount in now["amount"]} == {int(net[0] // per_year)}
    assert len(salaries) > 500


def test_one_supplier_of_a_kind_and_a_mandate_for_each() -> None:
    lines = bookings("DE")
    debits = lines[lines["transaction_type"] == "Direct Debit"]
    pairs = debits.groupby(["account_id", "mcc"])
    assert pairs[["counterparty_name", "mandate_id", "counterparty_account"]].nunique().max().max() == 1
    assert pairs["transaction_date"].diff().dropna().dt.days.between(24, 38).all()
    assert debits["mandate_id"].notna().all() and (debits.groupby("mandate_id")["account_id"].nunique() == 1).all()


@pytest.mark.parametrize("locale", ["US", "DE"])
def test_rent_is_paid_by_those_who_rent(locale: str) -> None:
    lines = bookings(locale)
    rents = lines[lines["transaction_type"] == "Rent"]
    assert set(rents["account_id"].map(accounts(locale)["housing"])) == {"rented"}
    assert rents.groupby("account_id")["counterparty_account"].nunique().max() == 1
    assert rents.groupby("account_id")["transaction_date"].diff().dropna().dt.days.between(24, 38).all()


def test_a_person_has_one_income_and_one_home() -> None:
    """Four accounts for each adult: the second ones live on what is sent to them."""
    seen = World("second accounts", "US", sizes={"finance.bank_account": 300, "common.person": 90})
    held = seen["finance.bank_account"][0:300].select(["account_id", "holder_id", "account_class", "transaction_count"])
    frame = held.to_arrow().to_pandas().set_index("account_id")
    current = frame[frame["account_class"] == "current"]
    assert current.groupby("holder_id").size().max() >= 3
    rows = seen["finance.transaction"][0 : int(frame["transaction_count"].sum())]
    lines = rows.select(["account_id", "transaction_type"]).to_arrow().to_pandas()
    income = ["Salary", "Pension", "Business Income", "Allowance", "Benefit"]
    for kinds in (income, ["Rent"]):
        booked = lines.loc[lines["transaction_type"].isin(kinds), "account_id"].drop_duplicates()
        assert booked.map(frame["holder_id"]).is_unique and len(booked) > 10


@pytest.mark.parametrize("locale", ["US", "DE"])
def test_loans_are_paid_back_from_the_account(locale: str) -> None:
    """Each payment on its day, but on the first day of bookings and after the last but one; nothing else names a loan."""
    names = [
        "loan_id", "payment_number", "paid_date", "paid_amount", "mandate_id", "end_to_end_id", "loan.account.account_id",
        "loan.account.window_start", "loan.account.last_active",
    ]  # fmt: skip
    seen = World("instalments", locale, sizes={"finance.bank_account": 200, "finance.loan": 80})
    loans = seen["finance.loan"][0:80].select(["month_count", "account_id"]).to_arrow().to_pandas()
    assert loans.groupby("account_id").size().max() <= 4
    owed = seen["finance.loan_payment"][0 : int(loans["month_count"].sum())].select(names).to_arrow().to_pandas()
    start, end = (pd.to_datetime(owed[f"loan.account.{name}"]) for name in ("window_start", "last_active"))
    paid = pd.to_datetime(owed["paid_date"])
    owed = owed[(paid > start + pd.Timedelta("1D")) & (paid < end)]
    count = int(seen["finance.bank_account"][0:200].select(["transaction_count"]).to_arrow()[0].to_numpy().sum())
    rows = seen["finance.transaction"][0:count].select([
        "account_id", "transaction_type", "loan_id", "loan_payment_number", "booking_date", "amount", "mandate_id",
        "end_to_end_id",
    ])  # fmt: skip
    lines = rows.to_arrow().to_pandas()
    booked = lines[lines["transaction_type"] == "Loan Payment"]
    assert len(booked) == len(owed) > 300 and booked["loan_id"].notna().sum() == lines["loan_id"].notna().sum()
    both = owed.merge(booked, left_on=["loan_id", "payment_number"], right_on=["loan_id", "loan_payment_number"])
    assert len(both) == len(owed)
    assert (both["paid_date"] == both["booking_date"]).all() and (both["paid_amount"] == both["amount"]).all()
    assert (both["loan.account.account_id"] == both["account_id"]).all()
    assert (both["mandate_id_x"] == both["mandate_id_y"]).all()
    assert (both["end_to_end_id_x"] == both["end_to_end_id_y"]).all()


def test_what_is_known_of_loans_holds_whenever_one_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whose they are and what is booked of them is found once for a world and all that is seen of it earlier."""
    seen = World("looks", "US", sizes={"finance.bank_account": 40, "finance.loan": 40, "finance.credit_card": 80})
    now = seen["finance.transaction"][0:50].to_arrow()
    monkeypatch.setattr(of_accounts, "_booked", None)
    monkeypatch.setattr(borrowers, "_often", None)
    then = seen.as_of("2025-03-01")["finance.transaction"][0:50].to_arrow()
    assert then.to_pylist() == [row for row in now.to_pylist() if row["booking_number"] <= then.num_rows]
    with pytest.raises(DefinitionError, match="NoneType"):
        seen.with_options("finance.bank_account", history=3)["finance.transaction"][0:5].to_arrow()


def test_people_go_to_their_own_shops_and_are_away_sometimes() -> None:
    lines = bookings("DE")
    visits = lines[lines["transaction_type"] == "Card Payment"]
    again = 1 - len(visits.drop_duplicates(["account_id", "merchant_id"])) / len(visits)
    assert 0.45 < again < 0.9
    assert visits["merchant_id"].nunique() > 1_000
    assert 2 < visits.groupby("account_id")["location"].nunique().median() < 20
    assert lines["is_international"].mean() > 0.005


def test_german_shops_are_closed_on_sundays() -> None:
    lines = bookings("DE")
    visits = lines[lines["transaction_type"] == "Card Payment"]
    sunday = (visits["day"] + 3) % 7 == 6
    shops = visits["merchant_category"].isin(["Groceries", "Clothing", "Home Improvement", "Electronics", "Pharmacies"])
    assert not sunday[shops].any()
    assert sunday[visits["merchant_category"] == "Restaurants"].any()


def test_payees_are_few_and_found_again() -> None:
    lines = bookings("DE")
    sent = lines[(lines["transaction_type"] == "Transfer Out") & lines["end_to_end_id"].str.startswith("E2E")]
    assert sent.groupby("account_id")["counterparty_account"].nunique().max() <= 6
    assert sent["counterparty_account"].nunique() > 3 * sent["account_id"].nunique()
    assert (sent.groupby("counterparty_account")["counterparty_name"].nunique() == 1).all()


def test_refunds_give_back_what_was_paid() -> None:
    seen = 0
    for _, lines in bookings("US").groupby("account_id"):
        back = lines[lines["transaction_type"] == "Refund"]
        bought = lines[lines["transaction_type"] == "Online Card Payment"]
        for line in back.itertuples():
            before = bought[bought["booking_number"] < line.booking_number].iloc[-1]
            assert (before["amount"], before["merchant_name"]) == (line.amount, line.merchant_name)
            seen += 1
    assert seen > 50


def test_exchange_rates_are_those_of_the_day_and_the_bank_s_charge() -> None:
    """The euro reference rate of the European Central Bank on 2 January 2025 was 1.0321 dollars."""
    lines, known = bookings("DE"), world("DE")["finance.bank_account"][0:ACCOUNTS].select(["foreign_fee"])
    abroad = lines[lines["original_currency"] == "USD"].copy()
    assert len(abroad) > 30
    percent = pd.Series(known.to_arrow()["foreign_fee"].to_pylist(), index=accounts("DE").index).astype(float)
    reference = abroad["exchange_rate"] / (1 + abroad["account_id"].map(percent) / 100)
    assert reference.groupby(abroad["day"]).agg(lambda rates: rates.max() - rates.min()).max() < 1e-9
    assert (
        abroad["original_amount"].astype(float) * abroad["exchange_rate"] - abroad["amount"].astype(float)
    ).abs().max() < 0.0051
    on = (date(2025, 1, 2) - date(1970, 1, 1)).days
    assert reference[abroad["day"] == on].sub(1 / 1.0321).abs().max() < 1e-6 or on not in set(abroad["day"])
    assert 0 < (abroad["exchange_fee"] / abroad["amount"]).astype(float).max() < 0.03


@pytest.mark.parametrize("history", [1, 5, 120])
def test_a_history_is_as_long_as_it_is_asked_to_be(history: int) -> None:
    seen = World("years", "GB").with_options("finance.bank_account", history=history)
    first = pd.Timestamp(seen.clock.at).tz_convert("UTC").normalize().replace(day=1) - pd.DateOffset(months=history)
    moments = (
        seen["finance.transaction"][0:2_000].select(["transaction_date"]).to_arrow().to_pandas()["transaction_date"]
    )
    assert first - pd.DateOffset(days=1) <= moments.min() < first + pd.DateOffset(days=25)


def test_the_history_is_said_of_accounts_or_of_transactions() -> None:
    one = World("options", "US").with_options("finance.transaction", history=3)
    two = World("options", "US").with_options("finance.bank_account", history=3)
    made = [each["finance.transaction"][0:200].to_arrow() for each in (one, two)]
    assert made[0].equals(made[1])
    assert TransactionService("US", seed=1, history=3).generate().account.holder.age >= 18
    with pytest.raises(InvalidOption, match="history"):
        one.with_options("finance.bank_account", history=4)["finance.transaction"][0:10].to_arrow()


def test_a_far_booking_does_not_need_those_before_it() -> None:
    """Its block of accounts is made, and the numbers of bookings before: no more."""
    seen = World("far", "US")
    line = seen["finance.transaction"][20_000_000]
    assert line.account.transactions[line.booking_number - 1].transaction_id == line.transaction_id


def test_more_is_spent_by_those_who_earn_more() -> None:
    lines, known = bookings("US"), accounts("US")
    visits = lines[lines["transaction_type"] == "Card Payment"]
    mean = visits["amount"].astype(float).groupby(visits["account_id"]).mean()
    assert (
        pd.DataFrame({"spent": mean, "income": known["holder.income"].astype(float)}).dropna().rank().corr().iloc[0, 1]
        > 0.3
    )
