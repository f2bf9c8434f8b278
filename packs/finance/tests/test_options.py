"""Services, their documented parameters, and the demographic options that concern customers."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest

from datamimic import World
from datamimic.checks.checking import check_rows
from datamimic.errors import InvalidOption, UnknownName
from datamimic_pack_common import DemographicConfig
from datamimic_pack_finance import (
    BankAccountService,
    BankService,
    CardNumberGenerator,
    CreditCard,
    CreditCardService,
    InvestmentService,
    LoanService,
    TransactionService,
)

SERVICES: list[Any] = [
    BankService, BankAccountService, CreditCardService, TransactionService, LoanService, InvestmentService,
]  # fmt: skip


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("dataset", ["US", "DE", "VN"])
def test_services_repeat_and_round_trip(service: Any, dataset: str) -> None:
    one = service(dataset=dataset, rng=Random(42)).generate_batch(5)
    two = service(dataset=dataset, rng=Random(42))
    assert [two.generate() for _ in range(5)] == one
    for made in one:
        text = json.dumps(made.to_dict())
        assert type(made).from_dict(json.loads(text)) == made


@pytest.mark.parametrize("service", SERVICES)
def test_complete_locales(service: Any) -> None:
    assert set(service.supported_datasets()) >= {"US", "DE", "VN"}


def test_attributes_of_the_described_product() -> None:
    expected = {
        BankService: "bank_code bic bin customer_service_phone name routing_number swift_code",
        BankAccountService: "account_number account_type balance bank_code bank_name bic bin"
        " created_date currency iban last_transaction_date",
        CreditCardService: "bank_code bank_name bic bin card_holder card_number card_provider card_type"
        " credit_limit current_balance cvc_number cvv"
        " expiration_date iban is_active issue_date",
        TransactionService: "amount channel currency currency_symbol description direction is_international"
        " location merchant_category merchant_name"
        " reference_number status transaction_date transaction_id transaction_type",
    }
    for service, names in expected.items():
        assert set(names.split()) <= set(service("US", seed=1).generate().to_dict())


def test_the_clock_moves_everything_before_it() -> None:
    now = datetime(2019, 5, 1, tzinfo=UTC)
    for line in TransactionService("US", seed=3, clock=now).generate_batch(300):
        assert line.transaction_date <= now
    assert all(
        account.created_date <= now for account in BankAccountService("US", seed=3, clock=now).generate_batch(300)
    )


def test_ages_of_card_holders() -> None:
    cards = CreditCardService(
        "US", demographic_config=DemographicConfig(age_min=70, age_max=75), rng=Random(1)
    ).generate_batch(200)
    ages = [card.account.holder.age for card in cards]
    assert (min(ages), max(ages)) == (70, 75)


def test_people_without_adults_are_refused() -> None:
    with pytest.raises(InvalidOption, match="none of the .* is an adult"):
        CreditCardService("US", demographic_config=DemographicConfig(age_max=12), rng=Random(1)).generate()


def test_transaction_profile_by_name() -> None:
    world = World(1, "US").with_options("common.person", transaction_profile="affluent")
    profiles = world["finance.bank_account"][0:500].select(["transaction_profile"]).to_arrow()["transaction_profile"]
    assert set(profiles.to_pylist()) == {"affluent"}


def test_transaction_profile_changes_what_is_bought() -> None:
    def online_share(profile: str) -> float:
        world = World(1, "US").with_options("common.person", transaction_profile=profile)
        kinds = (
            world["finance.transaction"][0:30_000]
            .select(["transaction_type"])
            .to_arrow()["transaction_type"]
            .to_pylist()
        )
        counted = Counter(kinds)
        return counted["Online Card Payment"] / counted["Card Payment"]

    assert online_share("student") > 2.5 * online_share("retiree")


def test_transaction_profile_as_weights() -> None:
    config = DemographicConfig(transaction_profile={"student": 1, "retiree": 3})
    accounts = BankAccountService("DE", rng=Random(5), demographic_config=config).generate_batch(1_000)
    counted = Counter(account.transaction_profile for account in accounts)
    assert set(counted) == {"student", "retiree"}
    assert counted["retiree"] == pytest.approx(750, abs=60)


def test_unknown_transaction_profile_is_an_error() -> None:
    with pytest.raises(UnknownName, match="nonsense"):
        BankAccountService(
            "DE", rng=Random(5), demographic_config=DemographicConfig(transaction_profile="nonsense")
        ).generate()


def test_a_loan_brings_its_schedule() -> None:
    loan = LoanService("DE", seed=9).generate()
    assert len(loan.schedule) == loan.term_months
    balance = loan.principal
    for line in loan.schedule:
        assert line.interest + line.principal == line.payment
        balance -= line.principal
        assert line.balance == balance
    assert balance == 0
    assert sum(line.interest for line in loan.schedule) == loan.total_interest
    assert loan.schedule[-1].due_date == loan.maturity_date
    assert loan.balance == (loan.schedule[loan.payments_made - 1].balance if loan.payments_made else loan.principal)


@pytest.mark.parametrize("country", ["US", "DE", "GB", "FR", "VN"])
def test_published_card_numbers_are_those_that_processors_publish(country: str) -> None:
    world = World(1, country, options={"finance.credit_card": {"card_numbers": "published"}})
    published = {*world.data(CreditCard)["finance.test_cards"].columns["card_number"]}
    rows = world["finance.credit_card"][0:2_000]
    cards = rows.select(["card_number"]).to_arrow()[0].to_pylist()
    assert {*cards} <= published and len({*cards}) > 5
    assert all(finding.holds for finding in check_rows(rows))
    assert {*CardNumberGenerator(country, "published", seed=1).generate_batch(500)} <= published
    usual = World(1, country)["finance.credit_card"][0:2_000].select(["card_number"]).to_arrow()[0].to_pylist()
    assert len({*usual}) == len(usual)
    assert [number[:6] for number in usual] == [number[:6] for number in cards]


def test_a_kind_of_card_numbers_that_there_is_not_is_refused() -> None:
    with pytest.raises(InvalidOption, match="card_numbers"):
        CardNumberGenerator("US", "real")
    with pytest.raises(InvalidOption, match="card_numbers"):
        CreditCardService("US", card_numbers="real")
