"""Banks: code, BIC, name and phone belong together."""

from __future__ import annotations

from datamimic import Data, Draw, Entity, Service, Text, check, copy_of, country_code, entity, field, from_row, serial
from datamimic.columns import Bools, Ints
from datamimic_pack_finance.generators.digits import characters, numbers_of


def _place(draw: Draw, data: Data) -> Ints:
    return draw.pick(data["banks"])


def _bin(bank_code: Text, data: Data) -> Text:
    table = data["card_bins"]
    of_debit = Text.constant("debit", len(bank_code))
    return table["bin"].take(table.by("bank_code", "card_type").first(bank_code, of_debit))


@entity("bank", size=512, tables=("banks", "card_bins"))
class Bank(Entity):
    """A bank as accounts and payments name it; the same code always has the same name, BIC and phone."""

    # identity
    bank_id: str = field(serial("BANK-{country}-########", grows=True), key=True, doc="unique id")
    place: int = field(_place, internal=True, doc="row of the table of banks")
    name: str = field(
        from_row("banks", "name", row="place"), doc="name as the national bank directory has it; invented in the US"
    )

    # codes
    bank_code: str = field(
        from_row("banks", "bank_code", row="place"),
        doc="national bank code: Bankleitzahl (DE), letters of the IBAN (GB), code banque (FR), NAPAS "
        "code (VN), routing number (US)",
    )
    bic: str = field(
        from_row("banks", "bic", row="place"),
        doc="business identifier code (ISO 9362), 11 characters; a test BIC in the US",
    )
    swift_code: str = field(copy_of("bic"), doc="the BIC under its common name")
    bin: str = field(
        _bin,
        doc="first eight digits of the bank's debit cards, which no other bank has, behind a published test prefix",
    )
    routing_number: str = field(
        from_row("banks", "routing_number", row="place"),
        doc="what routes a domestic payment: ABA number (US), sort code (GB), bank and branch code (FR), else the bank code",
    )

    # contact and checks
    country_code: str = field(country_code(), doc="country, ISO 3166-1 alpha-2")
    customer_service_phone: str = field(
        from_row("banks", "customer_service_phone", row="place"),
        doc="in a block reserved for fiction where the country has one",
    )
    account_check: str = field(
        from_row("banks", "account_check", row="place"),
        hidden=True,
        doc="check-digit method of its accounts (DE), empty elsewhere",
    )


@check(Bank, "the BIC is of the bank's country")
def bic_country(bic: Text, country_code: Text) -> Bools:
    return bic.slice(4, 6) == country_code


@check(Bank, "the BIC has 4 letters, a country, 2 places and a branch of 3")
def bic_form(bic: Text) -> Bools:
    return bic.matches(_is_bic)


def _is_bic(value: str) -> bool:
    return len(value) == 11 and value.isalnum() and value.upper() == value and value[:6].isalpha()


@check(Bank, "swift code and BIC are the same")
def swift_code_is_bic(swift_code: Text, bic: Text) -> Bools:
    return swift_code == bic


@check(Bank, "a US routing number has nine digits whose 3-7-1 sum is a multiple of ten")
def routing_number_check_digit(routing_number: Text, country_code: Text) -> Bools:
    passes = country_code != "US"
    at = (~passes & (routing_number.lengths() == 9)).nonzero()[0]
    if len(at):
        digits = numbers_of(characters(Text.plain(routing_number.take(at).arrow()), 9))
        written = ((digits >= 0) & (digits <= 9)).all(axis=1)
        passes[at] = written & ((digits * (3, 7, 1, 3, 7, 1, 3, 7, 1)).sum(axis=1) % 10 == 0)
    return passes


@check(Bank, "code, name, BIC and routing number are of one bank of the country's directory")
def bank_exists(bank_code: Text, name: Text, bic: Text, routing_number: Text, data: Data) -> Bools:
    table = data["banks"]
    place = table.lookup("bank_code", bank_code)
    return (
        (place >= 0)
        & (table["name"].take(place) == name)
        & (table["bic"].take(place) == bic)
        & (table["routing_number"].take(place) == routing_number)
    )


class BankService(Service[Bank]):
    """Banks of a country: `BankService(dataset="DE", seed=1).generate()`."""
