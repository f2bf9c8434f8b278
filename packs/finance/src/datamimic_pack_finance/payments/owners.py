"""The holder of an account as messages write him or her: name, address, account, bank."""

from __future__ import annotations

from typing import Any

from datamimic import Struct, Text, record


@record
class Owner:
    """`other_number` is the account number where there is no IBAN; `country` that of account, holder and bank."""

    name: str
    street: str
    house_number: str | None
    postal_code: str
    town: str
    country: str
    iban: str | None
    other_number: str | None
    bic: str
    routing_number: str


def owner(holder: Any, bank: Any, account_number: Text, iban: Text) -> Struct:
    home = holder.address
    return Struct(
        {
            "name": holder.full_name,
            "street": home.street,
            "house_number": home.house_number,
            "postal_code": home.postal_code,
            "town": home.city,
            "country": home.country_code,
            "iban": iban,
            "other_number": account_number.where(iban.is_null()),
            "bic": bank.bic,
            "routing_number": bank.routing_number,
        }
    )
