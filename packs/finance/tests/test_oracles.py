"""What other people's libraries say of our identifiers, codes and calendars."""

from __future__ import annotations

from typing import Any

import pytest
from oracles import Agree

from datamimic import World
from datamimic_pack_finance import CardNumberGenerator, IbanGenerator

ROWS = 3_000


def column(entity: str, name: str, locale: str, rows: int = ROWS) -> list[Any]:
    values: list[Any] = World("oracle", locale)[f"finance.{entity}"][0:rows].select([name]).to_arrow()[name].to_pylist()
    return values


@pytest.mark.oracle("schwifty")
@pytest.mark.parametrize("locale", ["DE", "GB", "FR"])
def test_ibans_bics_and_banks_exist_together(locale: str, agree: Agree) -> None:
    schwifty = pytest.importorskip("schwifty")
    ibans, bics, codes = (column("bank_account", name, locale) for name in ("iban", "bic", "bank_code"))
    ours, says = {}, {}
    for text, bic, code in zip(ibans, bics, codes, strict=True):
        iban = schwifty.IBAN(text)
        assert iban.validate(validate_bban=True)
        assert schwifty.BIC(bic).country_code == locale
        ours[code] = (code, bic[:8])
        says[code] = (iban.bank_code if iban.bank else None, str(iban.bic)[:8])
    agree("banks and their BICs", ours, says)


@pytest.mark.oracle("schwifty")
def test_account_formats_are_those_of_the_registry(agree: Agree) -> None:
    registry = pytest.importorskip("schwifty.registry")
    ours: dict[str, tuple[int, ...]] = {}
    says: dict[str, tuple[int, ...]] = {}
    table = World("formats", "DE").tables("finance")["account_formats"]
    for row, country in enumerate(table.columns["country_code"]):
        length, bank, account, key = (
            int(table.ints(name)[row]) for name in ("iban_length", "bank_code_length", "account_length", "key_length")
        )
        if length:
            facts = registry.get_iban_spec(country)
            places = {part.value: facts.positions[part].end - facts.positions[part].start for part in facts.positions}
            ours[country] = (length, bank, account, key)
            names = ("bank_code", "account_code", "national_checksum_digits")
            says[country] = (facts.iban_length, *(places[name] for name in names))
    assert len(ours) == 3
    agree("lengths of banks and accounts", ours, says)


@pytest.mark.oracle("schwifty")
@pytest.mark.parametrize("locale", ["US", "VN"])
def test_no_iban_where_the_country_has_none(locale: str) -> None:
    schwifty = pytest.importorskip("schwifty")
    assert set(column("bank_account", "iban", locale)) == {None}
    for bic in set(column("bank", "bic", locale)):
        assert schwifty.BIC(bic, allow_invalid=False).country_code == locale


def test_us_bics_are_marked_as_test_bics() -> None:
    assert {bic[7] for bic in column("bank", "bic", "US")} == {"0"}


@pytest.mark.oracle("python-stdnum")
def test_us_routing_numbers() -> None:
    rtn = pytest.importorskip("stdnum.us.rtn")
    numbers = set(column("bank_account", "routing_number", "US"))
    assert len(numbers) > 20
    for number in numbers:
        rtn.validate(number)
        assert number.startswith("809")


@pytest.mark.oracle("python-stdnum")
@pytest.mark.parametrize("locale", ["US", "DE", "VN", "GB", "FR"])
def test_isins_and_national_numbers(locale: str) -> None:
    isin = pytest.importorskip("stdnum.isin")
    from stdnum import cfi, cusip
    from stdnum.de import wkn
    from stdnum.gb import sedol

    national = {"US": cusip, "DE": wkn, "GB": sedol}
    for positions in column("investment", "positions", locale, 500):
        for each in positions:
            isin.validate(each["isin"])
            cfi.validate(each["cfi_code"])
            assert each["national_id"] in each["isin"]
            if locale in national:
                national[locale].validate(each["national_id"])


@pytest.mark.oracle("pydantic-extra-types", "python-stdnum")
@pytest.mark.parametrize("locale", ["US", "DE", "VN", "GB", "FR"])
def test_card_brands(locale: str) -> None:
    payment = pytest.importorskip("pydantic_extra_types.payment")
    names = {"Visa": "Visa", "Mastercard": "Mastercard", "American Express": "American Express", "Discover": "Discover"}
    numbers, networks = (column("credit_card", name, locale) for name in ("card_number", "card_provider"))
    for number, network in zip(numbers, networks, strict=True):
        if network in names:
            assert str(payment.PaymentCardNumber(number).brand.value) == names[network]
    luhn = pytest.importorskip("stdnum.luhn")
    assert all(luhn.is_valid(number) for number in numbers)


def test_card_numbers_lie_in_published_test_ranges() -> None:
    published = {
        "411111", "424242", "401288", "400005", "555555", "510510", "520082", "222300",
        "378282", "371449", "378734", "601111", "601100", "356600", "353011", "970400",
        "498843", "416667", "464646", "444433", "440000", "497794", "491761", "403550", "436000", "487104", "400102", "415150",
        "410000", "400555", "400551", "401200", "400000", "450060", "421765", "400934", "400011", "490812", "467012", "492982",
        "222240", "555534", "557700", "555544", "222241", "222352", "510006", "510322", "510008", "510029", "513633", "558555",
        "550000", "542400", "541333", "552033", "230888", "510258", "510755", "512345", "514961", "543111", "510000", "540387",
    }  # fmt: skip
    for locale in ("US", "DE", "VN", "GB", "FR"):
        assert {number[:6] for number in column("credit_card", "card_number", locale)} <= published


@pytest.mark.oracle("iso18245")
def test_merchant_category_codes_exist() -> None:
    iso18245 = pytest.importorskip("iso18245", reason="pip install iso18245", exc_type=ImportError)
    for locale in ("US", "DE", "VN", "GB", "FR"):
        for code in set(column("transaction", "mcc", locale)) - {None}:
            assert iso18245.get_mcc(code).mcc == code


@pytest.mark.oracle("holidays")
@pytest.mark.parametrize("locale", ["US", "GB", "VN"])
def test_nothing_is_posted_on_holidays(locale: str) -> None:
    holidays = pytest.importorskip("holidays")
    subdivision = {"GB": "ENG"}.get(locale)
    closed = holidays.country_holidays(locale, subdiv=subdivision, years=range(2015, 2027))
    days = set(column("transaction", "booking_date", locale, 20_000)) - {None}
    assert len(days) > 150
    assert not [day for day in days if day in closed or day.weekday() > 4]


@pytest.mark.oracle("holidays")
@pytest.mark.parametrize("locale", ["DE", "FR"])
def test_nothing_is_posted_on_target_closing_days(locale: str) -> None:
    holidays = pytest.importorskip("holidays")
    closed = holidays.financial_holidays("ECB", years=range(2015, 2027))
    assert not [day for day in set(column("transaction", "booking_date", locale, 20_000)) - {None} if day in closed]


@pytest.mark.oracle("vininfo")
def test_vehicle_identification_numbers() -> None:
    vininfo = pytest.importorskip("vininfo")
    numbers = [vin for vin in column("loan", "vin", "US", 1_000) if vin]
    assert len(numbers) > 300
    assert all(vininfo.Vin(vin).verify_checksum() for vin in numbers)
    assert len(set(numbers)) == len(numbers)


@pytest.mark.oracle("schwifty")
def test_literal_generators() -> None:
    schwifty = pytest.importorskip("schwifty")
    for iban in IbanGenerator(dataset="DE", seed=1).generate_batch(200):
        assert schwifty.IBAN(iban).validate(validate_bban=True)
    assert len(set(CardNumberGenerator(dataset="US", seed=1).generate_batch(200))) == 200


@pytest.mark.parametrize("locale", ["US", "DE", "VN", "GB", "FR"])
def test_account_numbers_are_unique(locale: str) -> None:
    numbers = column("bank_account", "account_number", locale, 50_000)
    assert len(set(numbers)) == len(numbers)
