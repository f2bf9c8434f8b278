"""The hooks of the pack; imports neither NumPy nor Arrow, so that listing packs stays fast."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from datamimic.plugin import DatasetSource, Meaning, Pack, hookimpl, read_meanings
from datamimic_pack_finance.messages import names

if TYPE_CHECKING:
    import click


def _version() -> str:
    try:
        return version("datamimic-pack-finance")
    except PackageNotFoundError:
        return "0.0.0"


@hookimpl
def datamimic_pack() -> Pack:
    return Pack(
        "finance", _version(), "Banks, accounts, transactions, cards, loans and portfolios that balance to the cent"
    )


@hookimpl
def datamimic_entities() -> list[str]:
    package = "datamimic_pack_finance.entities"
    return [
        f"{package}.bank:Bank",
        f"{package}.bank_account:BankAccount",
        f"{package}.transaction:Transaction",
        f"{package}.credit_card:CreditCard",
        f"{package}.card_payment:CardPayment",
        f"{package}.card_statement:CardStatement",
        f"{package}.loan:Loan",
        f"{package}.loan_payment:LoanPayment",
        f"{package}.investment:Investment",
    ]


@hookimpl
def datamimic_generators() -> list[str]:
    package = "datamimic_pack_finance.generators"
    return [f"{package}.iban:IbanGenerator", f"{package}.card_number:CardNumberGenerator"]


@hookimpl
def datamimic_datasets() -> list[DatasetSource]:
    return [DatasetSource("finance", "datamimic_pack_finance")]


@hookimpl
def datamimic_meanings() -> tuple[Meaning, ...]:
    return read_meanings("datamimic_pack_finance")


@hookimpl
def datamimic_commands(group: click.Group) -> None:
    from datamimic_pack_finance.replay_command import replay

    group.add_command(replay)


@hookimpl
def datamimic_messages() -> list[str]:
    return names.registered()
