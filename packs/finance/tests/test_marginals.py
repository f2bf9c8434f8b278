"""Distributions against published figures; ids in brackets are those of anchors.json."""

from __future__ import annotations

from functools import cache
from math import log10
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from datamimic import Text, World, to_local

ROWS = 100_000


@cache
def columns(entity: str, locale: str, *names: str) -> dict[str, NDArray[Any]]:
    # A short history is one of many accounts.
    world = World("marginals", locale, options={"finance.bank_account": {"history": 1}})
    table = world[f"finance.{entity}"][0:ROWS].select(list(names)).to_arrow()
    return {name: np.array(table[name].to_pylist()) for name in names}


def loans(locale: str = "US") -> dict[str, NDArray[Any]]:
    names = (
        "loan_type",
        "purpose",
        "score",
        "principal",
        "annual_rate",
        "term_months",
        "payment",
        "start_date",
        "status",
        "payments_made",
        "days_past_due",
    )
    made = dict(columns("loan", locale, *names))
    for name in ("principal", "annual_rate", "payment"):
        made[name] = made[name].astype(float)
    made["year"] = made["start_date"].astype("datetime64[Y]").astype(int) + 1970
    return made


def test_credit_card_volume_by_network() -> None:
    """[card_us] Nilson 1233; a few banks issue American Express, so that its share is not the same in all worlds."""
    cards = columns("credit_card", "US", "card_type", "card_provider", "current_balance")
    volume = cards["current_balance"].astype(float)
    for network, share in {"Visa": 52.2, "Mastercard": 24.1, "American Express": 19.8, "Discover": 3.9}.items():
        assert 100 * volume[cards["card_provider"] == network].sum() / volume.sum() == pytest.approx(share, abs=2.0)


def test_debit_to_credit_cards_of_germans() -> None:
    """[pay_de] 97 % hold a debit card, 52 % a credit card."""
    cards = columns("credit_card", "DE", "card_type")
    assert np.mean(cards["card_type"] == "debit") == pytest.approx(97 / 149, abs=0.01)


def payments() -> dict[str, NDArray[Any]]:
    return columns(
        "transaction",
        "US",
        "transaction_type",
        "amount",
        "channel",
        "transaction_date",
        "is_international",
        "direction",
        "account.account_type",
        "account.time_zone",
    )


def test_card_to_other_payments() -> None:
    """[pay_us] debit 30 to other 22 by number; what is paid in cash or by credit card is not on the account."""
    made = payments()
    current = np.isin(made["account.account_type"], ["checking", "premium_checking", "student_checking"])
    kind = made["transaction_type"][current]
    cards = np.char.endswith(kind.astype(str), "Card Payment").sum()
    others = np.isin(kind, ["Direct Debit", "Transfer Out", "Rent", "Savings Plan"]).sum()
    # In a short history what is due weighs more: 0.57 over two years, 0.54 in a month.
    assert cards / (cards + others) == pytest.approx(30 / 52, abs=0.05)


def test_mean_card_payment() -> None:
    """[pay_us_amt] $49 for a debit card in 2022; right-skewed."""
    made = payments()
    amounts = made["amount"][np.isin(made["transaction_type"], ["Card Payment", "Online Card Payment"])].astype(float)
    assert amounts.mean() == pytest.approx(49, rel=0.04)
    assert np.median(amounts) < amounts.mean()


def test_first_digits() -> None:
    digits = np.array([str(amount).replace(".", "").lstrip("0")[0] for amount in payments()["amount"].tolist()]).astype(
        int
    )
    shares = np.bincount(digits, minlength=10)[1:] / len(digits)
    assert np.abs(shares - [log10(1 + 1 / digit) for digit in range(1, 10)]).mean() < 0.015


def test_hours_and_weekdays_of_card_payments() -> None:
    made = payments()
    card = np.isin(made["channel"], ["pos", "online"])
    moments = np.array([time.replace(tzinfo=None) for time in made["transaction_date"][card]], dtype="datetime64[us]")
    zones = Text.of(made["account.time_zone"][card].tolist())
    at = to_local(moments, zones).astype(object)
    hours = np.array([time.hour for time in at])
    assert np.mean((hours >= 2) & (hours < 5)) < 0.04
    weekdays = np.bincount([time.weekday() for time in at], minlength=7) / len(at)
    assert weekdays[5] > 1.3 * weekdays[0]


def test_scores() -> None:
    """[fico] FICO 8 of April 2017."""
    score = loans()["score"]
    bands = {
        (300, 500): 4.7,
        (500, 550): 6.8,
        (550, 600): 8.5,
        (600, 650): 10.0,
        (650, 700): 13.2,
        (700, 750): 17.1,
        (750, 800): 19.0,
        (800, 851): 20.7,
    }
    for (low, high), share in bands.items():
        assert 100 * np.mean((score >= low) & (score < high)) == pytest.approx(share, abs=0.5)


def test_late_share_of_loans() -> None:
    """[auto_loan] 2.31 % late overall."""
    made = loans()
    running = ~np.isin(made["status"], ["paid off", "written off"]) & (made["payments_made"] > 6)
    assert 100 * (made["days_past_due"] >= 30)[running].mean() == pytest.approx(2.31, abs=0.3)


def test_arrears_fall_with_the_score() -> None:
    """[fico_default] in proportion to the default rates by score."""
    made = loans()
    running = ~np.isin(made["status"], ["paid off", "written off"]) & (made["payments_made"] > 6)
    late = made["days_past_due"] >= 30
    edges = [
        (300, 520, 41.0),
        (520, 560, 28.4),
        (560, 600, 22.5),
        (600, 640, 15.8),
        (640, 680, 8.9),
        (680, 720, 4.4),
        (720, 851, 1.0),
    ]
    shares = [late[running & (made["score"] >= low) & (made["score"] < high)].mean() for low, high, _ in edges]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] / shares[3] == pytest.approx(41.0 / 15.8, rel=0.3)


def test_car_loans() -> None:
    """[auto_loan] Experian, third quarter of 2023."""
    made = loans()
    auto = made["loan_type"] == "auto"
    for purpose, amount, rate, payment in (("new car", 40184, 7.03, 726), ("used car", 27167, 11.35, 533)):
        chosen = auto & (made["purpose"] == purpose)
        assert made["principal"][chosen].mean() == pytest.approx(amount, rel=0.015)
        recent = chosen & (made["year"] == 2023)
        assert made["annual_rate"][recent].mean() == pytest.approx(rate, abs=0.2)
        # Amount and term are drawn apart; in the published figures larger loans run longer, which lowers the mean payment.
        # That leaves 8 %, and the sampling error: 3,000 payments of a year differ from each other by more than half their mean.
        found = made["payment"][recent]
        error = 3 * found.std() / np.sqrt(len(found))
        assert found.mean() == pytest.approx(payment, abs=0.08 * payment + error)
    terms = made["term_months"][auto]
    published = {(0, 48): 13.4, (49, 60): 17.16, (61, 72): 38.65, (73, 84): 29.15}
    total = sum(published.values())
    for (low, high), share in published.items():
        assert 100 * np.mean((terms >= low) & (terms <= high)) == pytest.approx(100 * share / total, abs=0.7)
    assert terms.mean() == pytest.approx(67.6, abs=0.7)


def test_mortgage_rates_by_year() -> None:
    """[mortgage] Freddie Mac, yearly means."""
    made = loans()
    for year, rate in {2019: 3.94, 2020: 3.11, 2021: 2.96, 2022: 5.34, 2023: 6.81, 2024: 6.72}.items():
        chosen = (made["loan_type"] == "mortgage") & (made["year"] == year)
        assert made["annual_rate"][chosen].mean() == pytest.approx(rate, abs=0.12)


@pytest.mark.parametrize("locale", ["US", "DE", "VN"])
def test_rates_fall_with_the_score(locale: str) -> None:
    made = loans(locale)
    for kind, purpose, year in (
        ("mortgage", "home purchase", 2024),
        ("auto", "used car", 2023),
        ("personal", "debt consolidation", 2024),
    ):
        chosen = (made["loan_type"] == kind) & (made["purpose"] == purpose) & (made["year"] == year)
        ranks = [np.argsort(np.argsort(made[name][chosen], kind="stable")) for name in ("score", "annual_rate")]
        assert np.corrcoef(ranks[0], ranks[1])[0, 1] < -0.5


@pytest.mark.parametrize("locale", ["US", "DE", "VN", "GB", "FR"])
def test_account_types_have_their_exact_shares(locale: str) -> None:
    world = World("marginals", locale)
    kinds = world["finance.bank_account"][0:65_536].select(["account_type"]).to_arrow()["account_type"].to_pylist()
    for kind, weight in {
        "checking": 62,
        "premium_checking": 8,
        "student_checking": 8,
        "savings": 18,
        "money_market": 4,
    }.items():
        assert 100 * kinds.count(kind) / len(kinds) == pytest.approx(weight, abs=0.01)
