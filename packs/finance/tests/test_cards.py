"""Cards, their payments and bills, and the ledger of the accounts that pay: recomputed with pandas from the tables alone."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd
import pytest
from stdnum import luhn

from datamimic import World
from datamimic.checks.checking import check_rows
from datamimic.columns import Text
from datamimic_pack_finance.traffic import disputes

ACCOUNTS, CARDS = 60, 130
LOCALES = ["US", "VN"]
BY_CARD = ["Card Payment", "Online Card Payment", "International Card Payment", "Cash Withdrawal", "Refund"]


@lru_cache
def world(locale: str) -> World:
    sizes = {"finance.bank_account": ACCOUNTS, "finance.credit_card": CARDS}
    return World("cards", locale, clock="2025-06-15T00:00:00Z", sizes=sizes)


@lru_cache
def table(locale: str, entity: str) -> pd.DataFrame:
    rows = world(locale)[f"finance.{entity}"]
    if entity in ("bank_account", "credit_card"):
        rows = rows[0 : ACCOUNTS if entity == "bank_account" else CARDS]
        more = ["payment_count", "bill_count", "is_main"] if entity == "credit_card" else []
        frame: pd.DataFrame = rows.select([*rows.columns, *more]).to_arrow().to_pandas()
        return frame
    counts = {"transaction": ("bank_account", "transaction_count"), "card_payment": ("credit_card", "payment_count")}
    parent, column = counts.get(entity, ("credit_card", "bill_count"))
    made: pd.DataFrame = rows[0 : int(table(locale, parent)[column].sum())].to_arrow().to_pandas()
    return made


@pytest.mark.parametrize("locale", LOCALES)
def test_what_a_debit_card_paid_is_booked_on_its_account(locale: str) -> None:
    payments, lines = table(locale, "card_payment"), table(locale, "transaction")
    booked = payments[(payments["card_type"] == "debit") & payments["status"].isin(["authorised", "cleared"])]
    named = lines[lines["card_id"].notna()]
    both = booked.merge(
        named,
        left_on=["card_id", "payment_number"],
        right_on=["card_id", "card_payment_number"],
        validate="1:1",
        suffixes=("", "_booked"),
    )
    assert len(both) == len(booked) == len(named) > 1_000
    for name in ("account_id", "amount", "merchant_name", "merchant_id", "mcc", "merchant_country", "original_amount"):
        one, other = (both[column].astype(object) for column in (name, f"{name}_booked"))
        assert ((one == other) | (one.isna() & other.isna())).all(), name
    assert (both["authorised_at"] == both["transaction_date"]).all()
    assert both["posted_on"].equals(both["booking_date"].rename("posted_on"))
    assert ((both["payment_type"] == "refund") == (both["direction"] == "credit")).all()
    # Nothing is paid by card but with the card of the account, from its issue until it expires.
    by_card = lines[lines["transaction_type"].isin(BY_CARD)]
    assert by_card["card_id"].notna().all()
    cards = table(locale, "credit_card").set_index("card_id")
    made = pd.to_datetime(payments["authorised_at"]).dt.tz_localize(None)
    assert (made >= pd.to_datetime(payments["card_id"].map(cards["issue_date"]))).all()
    assert (made.dt.normalize() <= pd.to_datetime(payments["card_id"].map(cards["expiration_date"]))).all()
    assert cards["renewed_on"].notna().any()


@pytest.mark.parametrize("locale", LOCALES)
def test_bills_are_what_was_bought_and_are_booked_where_they_are_paid(locale: str) -> None:
    payments, bills = table(locale, "card_payment"), table(locale, "card_statement")
    cards, lines = table(locale, "credit_card").set_index("card_id"), table(locale, "transaction")
    good = payments[(payments["card_type"] == "credit") & payments["status"].isin(["authorised", "cleared"])]
    for kind, column in (("purchase", "purchases"), ("refund", "refunds")):
        sums = good[good["payment_type"] == kind].groupby(["card_id", "statement_number"])["amount"].sum()
        told = bills.set_index(["card_id", "statement_number"])[column]
        assert (sums.reindex(told.index).fillna(0).astype(float) == told.astype(float)).all()
    owed = bills["opening_balance"] - bills["payments"] + bills["purchases"] - bills["refunds"] + bills["interest"]
    owed += bills["late_fee"]
    assert (owed == bills["closing_balance"]).all() and (bills["paid_amount"].notna()).mean() > 0.8
    before = bills.groupby("card_id")["paid_amount"].shift()
    assert (before.fillna(0).astype(float) == bills["payments"].astype(float)).all()
    # What is owed now is the last bill, less what was paid of it, and what came after it.
    last = bills.groupby("card_id").tail(1).set_index("card_id")
    later = good[good["statement_number"].isna()]
    signed = later["amount"].astype(float) * np.where(later["payment_type"] == "refund", -1, 1)
    now = signed.groupby(later["card_id"]).sum().reindex(cards.index).fillna(0)
    now += (
        (last["closing_balance"].astype(float) - last["paid_amount"].fillna(0).astype(float))
        .reindex(cards.index)
        .fillna(0)
    )
    assert np.abs(now - cards["current_balance"].astype(float)).max() < 0.001
    assert (bills["closing_balance"] <= bills["credit_limit"]).all()
    # Each account books the bills of its cards, and no others.
    paid = bills[bills["paid_on"].notna()].copy()
    paid["account_id"] = paid["card_id"].map(cards["account_id"])
    booked = lines[lines["transaction_type"] == "Card Bill"]
    on_bills = sorted(zip(paid["account_id"], paid["paid_on"], paid["paid_amount"], strict=True))
    assert on_bills == sorted(zip(booked["account_id"], booked["booking_date"], booked["amount"], strict=True))
    assert len(on_bills) > 20


def test_a_running_balance_never_passes_the_limit() -> None:
    payments, bills = table("US", "card_payment"), table("US", "card_statement")
    limits = table("US", "credit_card").set_index("card_id")["credit_limit"]
    good = payments[(payments["card_type"] == "credit") & payments["status"].isin(["authorised", "cleared"])]
    bought = pd.DataFrame(
        {"card_id": good["card_id"], "at": pd.to_datetime(good["authorised_at"]).dt.tz_localize(None)}
    )
    bought["owed"] = good["amount"].astype(float) * np.where(good["payment_type"] == "refund", -1, 1)
    paid = bills[bills["paid_on"].notna()]
    back = pd.DataFrame({"card_id": paid["card_id"], "at": pd.to_datetime(paid["paid_on"]) + pd.Timedelta("1D")})
    back["owed"] = -paid["paid_amount"].astype(float)
    charged = pd.DataFrame({"card_id": bills["card_id"], "at": pd.to_datetime(bills["closing_date"])})
    charged["owed"] = (bills["interest"] + bills["late_fee"]).astype(float)
    every = pd.concat([bought, back, charged]).sort_values(["card_id", "at"], kind="stable")
    running = every.groupby("card_id")["owed"].cumsum()
    assert (running <= every["card_id"].map(limits).astype(float) + 0.001).all()


def test_late_payments_cost_a_fee_and_interest() -> None:
    """[cfpb_late_fees] $11 a year of accounts with the best scores, $138 of those with the worst, at $26 to $34 each;
    [cfr_1026_52] $30, and $41 within six bills of another late payment."""
    rows = World("late", "US")["finance.card_statement"][0:12_000]
    bills = rows.select([*rows.columns, "card.payer", "card.interest_rate"]).to_arrow().to_pandas()
    paid = bills["paid_on"].notna()
    late = paid & (pd.to_datetime(bills["paid_on"]) > pd.to_datetime(bills["due_date"]))
    share = late[paid].groupby(bills["card.payer"]).mean() * 100
    assert 2 < share["full"] < 4.5 and 5 < share["partial"] < 10 and 12 < share["minimum"] < 22
    behind = late.groupby(bills["card_id"]).shift(fill_value=False)
    fees = bills["late_fee"].astype(float)
    assert not fees[~behind & (bills["statement_number"] > 1)].any() and (fees[behind] > 0).mean() > 0.9
    assert fees.max() == 41 and (fees == 30).sum() > (fees == 41).sum() > 20
    full = bills["card.payer"] == "full"
    assert not bills.loc[full & ~behind, "interest"].any()
    dear = full & behind & (bills["opening_balance"] > 100)
    assert dear.sum() > 50 and (bills.loc[dear, "interest"] > 0).all()
    assert not [each for each in check_rows(rows) if not each.holds]


def test_every_current_account_has_a_card_before_any_has_two() -> None:
    cards, accounts = table("US", "credit_card"), table("US", "bank_account")
    current = set(accounts.loc[~accounts["account_type"].isin(["savings", "money_market"]), "account_id"])
    main = cards[cards["is_main"]]
    assert set(main["account_id"]) == current and len(main) == len(current)
    assert set(cards["account_id"]) <= current
    assert not cards.loc[(cards["card_type"] == "debit") & ~cards["is_main"], "payment_count"].any()


@pytest.mark.parametrize("locale", LOCALES)
def test_references_of_acquirers_and_checks_of_absent_cards(locale: str) -> None:
    payments = table(locale, "card_payment")
    cleared = payments[payments["status"] == "cleared"]
    for number, acquirer in cleared[["acquirer_reference", "acquirer"]].head(300).itertuples(index=False):
        assert len(number) == 23 and number[1:7] == acquirer and luhn.is_valid(number)
    assert payments["acquirer_reference"].dropna().is_unique
    assert payments["avs_result"].notna().any() == (locale == "US")
    declined = payments[payments["status"] == "declined"]
    online = (payments["channel"] == "online") & payments["cvv_result"].notna()
    no = payments[online].groupby("status")["cvv_result"].agg(lambda codes: (codes == "N").mean())
    assert no["declined"] > 3 * no["cleared"] and declined["decline_reason"].nunique() >= 4
    assert {"chip", "contactless", "e-commerce", "stored credential"} <= set(payments["entry_mode"])


def test_disputes_end_in_the_scheme_of_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def often(data: object, incident: str, channel: Text) -> np.ndarray:
        return np.full(len(channel), 0.5)

    monkeypatch.setattr(disputes, "share", often)
    rows = World("disputes", "US", sizes={"finance.credit_card": 60, "finance.bank_account": 40})[
        "finance.card_payment"
    ][0:3_000]
    found = rows.to_arrow().to_pandas()
    disputed = found[found["disputed_on"].notna()]
    schemes = {"Visa", "Mastercard", "American Express", "Discover"}
    assert {"Visa", "Mastercard"} <= set(disputed["network"]) <= schemes
    assert set(disputed["dispute_winner"].dropna()) == {"cardholder", "merchant"}
    won = disputed[disputed["dispute_winner"] == "merchant"]
    assert won["represented_on"].notna().all() and len(won) > 50
    assert disputed.loc[disputed["network"] == "Visa", "dispute_reason"].str.match(r"1[0-3]\.\d").all()
    assert not [each for each in check_rows(rows) if not each.holds]


def test_the_least_that_is_due_follows_the_bill() -> None:
    """[cfr_1026_5] 21 days or more in the US; at least the floor, or the whole of a smaller bill."""
    bills = table("US", "card_statement")
    days = (pd.to_datetime(bills["due_date"]) - pd.to_datetime(bills["closing_date"])).dt.days
    assert days.min() >= 21 and days.max() <= 28
    least = np.minimum(bills["closing_balance"].astype(float), 35.0)
    assert (bills["minimum_payment"].astype(float) >= least - 0.005).all()
