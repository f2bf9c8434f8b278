"""Rows of DATAMIMIC CE: its services with their defaults, transactions through the model that takes an account.

Not seeded: with a random source of one's own, its ages count from a fixed day, which its rows do not name.
"""

from __future__ import annotations

import contextlib
import json
import sys
from datetime import date
from decimal import Decimal
from importlib.metadata import version
from typing import Any

from datamimic_ce.domains.common.services import PersonService
from datamimic_ce.domains.finance.generators.transaction_generator import TransactionGenerator
from datamimic_ce.domains.finance.models.transaction import Transaction
from datamimic_ce.domains.finance.services import BankAccountService, CreditCardService
from datamimic_ce.domains.healthcare.services import PatientService

LAENDER = {
    "BW": "Baden-Württemberg", "BY": "Bayern", "BE": "Berlin", "BR": "Brandenburg", "BB": "Brandenburg", "HB": "Bremen",
    "HH": "Hamburg", "HE": "Hessen", "MV": "Mecklenburg-Vorpommern", "NI": "Niedersachsen", "NW": "Nordrhein-Westfalen",
    "RP": "Rheinland-Pfalz", "SL": "Saarland", "SA": "Sachsen", "SN": "Sachsen", "ST": "Sachsen-Anhalt",
    "SH": "Schleswig-Holstein", "TH": "Thüringen",
}  # fmt: skip
"""The letters that its addresses write, spelled out."""


def person(each: Any, states: dict[str, str]) -> dict[str, Any]:
    address = each.address
    return {
        "name": each.name,
        "birthdate": each.birthdate.date().isoformat(),
        "age": each.age,
        "email": each.email,
        "title": each.academic_title,
        "phone": each.phone,
        "city": address.city,
        "postal_code": str(address.postal_code),
        "state": states.get(address.state, address.state),
    }


def account(each: Any, generator: TransactionGenerator) -> dict[str, Any]:
    opening = Decimal(str(each.balance))
    made = [Transaction(generator, each) for _ in range(3)]
    signed = (Decimal(str(one.amount)) * (1 if one.direction == "credit" else -1) for one in made)
    return {
        "iban": each.iban,
        "bic": each.bic,
        "currency": each.currency,
        "opening": str(opening),
        "change": str(sum(signed)),
        "balance": str(each.balance),
        "currencies": sorted({one.currency for one in made}),
    }


def rows(count: int) -> dict[str, list[dict[str, Any]]]:
    kinds = {}
    for country, states in (("US", {}), ("DE", LAENDER)):
        kinds[f"people_{country}"] = [
            person(one, states) for one in PersonService(dataset=country).generate_batch(count)
        ]
    kinds["patients_US"] = [
        {"age": one.age, "sex": one.gender, "conditions": one.conditions, "drugs": one.medications}
        for one in PatientService(dataset="US").generate_batch(count)
    ]
    generator = TransactionGenerator(dataset="DE")
    kinds["accounts_DE"] = [account(one, generator) for one in BankAccountService(dataset="DE").generate_batch(count)]
    cards = CreditCardService(dataset="DE").generate_batch(count)
    kinds["cards"] = [{"number": str(one.card_number)} for one in cards]
    return kinds


with contextlib.redirect_stdout(sys.stderr):
    made = rows(int(sys.argv[1]))
print(json.dumps({"version": version("datamimic-ce"), "clock": date.today().isoformat(), "kinds": made}))
