"""Account holder: an adult with accounts, loans and cards at banks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datamimic import children, entity, field, option, options, ref, role, serial
from datamimic_pack_common import Person
from datamimic_pack_common.demographics.population import PersonOptions
from datamimic_pack_common.people_services import PeopleService
from datamimic_pack_finance.holders import homes

if TYPE_CHECKING:
    from datamimic_pack_finance import BankAccount, CreditCard, Loan


@options
class AccountHolderOptions(PersonOptions):
    """Adults, as many of each age as have an account."""

    min_age: int | None = option(18, doc="youngest age in completed years", minimum=18, maximum=115)


@entity(
    "account_holder",
    options=AccountHolderOptions,
    hide=("household", "household_role", "partner", "mother", "father"),
    tables=("home_ownership", "common.other_incomes"),
)
class AccountHolder(Person):
    """An adult who has accounts at banks: one current account, and often savings that are fed from it."""

    # identity
    person: Person | None = field(
        role(Person, shares="account_holder_shares"),
        hidden=True,
        doc="who it is; null for people of a population of their own",
    )
    account_holder_id: str = field(serial("AH-{country}-########"), key=True, doc="number of the account holder")

    # what is held
    accounts: list[BankAccount] = field(children("finance.bank_account"), doc="the current account, then savings")
    current_account: BankAccount = field(
        ref("finance.bank_account", by=lambda accounts: accounts.first),
        hidden=True,
        doc="the first account, into which the income is paid",
    )
    loans: list[Loan] = field(children("finance.loan"), doc="loans that the holder owes")
    cards: list[CreditCard] = field(children("finance.credit_card"), doc="cards of the current account")

    # home
    pays_for_home: bool = field(homes.pays_for_home, internal=True, doc="does the holder pay rent or own the home?")
    housing: str | None = field(
        homes.housing, doc="owned, mortgaged or rented: the home that the holder pays for; null for others"
    )


class AccountHolderService(PeopleService[AccountHolder]):
    """Adults with accounts: `AccountHolderService(dataset="DE", seed=1).generate()`."""
