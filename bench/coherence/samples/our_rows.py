"""Rows of ours, with the defaults of a user: `World(seed, locale)` and the entities as they are."""

from __future__ import annotations

import json
import sys
from importlib.metadata import version
from typing import Any

from datamimic import World

count = int(sys.argv[1])
kinds: dict[str, list[dict[str, Any]]] = {}


def rows(world: World, entity: str, names: dict[str, str], number: int = count) -> list[dict[str, Any]]:
    """`names` is {column of the common form: column of the entity}."""
    table = world[entity][0:number].select(list(names.values())).to_arrow()
    return [{name: row[column] for name, column in names.items()} for row in table.to_pylist()]


PERSON = {
    "name": "name", "birthdate": "birthdate", "age": "age", "email": "email", "title": "academic_title", "phone": "phone",
    "city": "address.city", "postal_code": "address.postal_code", "state": "address.state",
}  # fmt: skip
PATIENT = {"age": "age", "sex": "gender", "conditions": "conditions", "drugs": "medications"}
for country in ("US", "DE"):
    world = World("comparison", country)
    kinds[f"people_{country}"] = rows(world, "common.person", PERSON)
kinds["patients_US"] = rows(World("comparison", "US"), "healthcare.patient", PATIENT)
german = World("comparison", "DE")
account = {"id": "account_id", "iban": "iban", "bic": "bic", "currency": "currency", "balance": "balance",
           "opening": "opening_balance", "booked": "transaction_count"}  # fmt: skip
accounts = rows(german, "finance.bank_account", account)
booked = sum(each["booked"] for each in accounts)
entry = {"account": "account_id", "currency": "currency", "direction": "direction", "amount": "amount"}
by_account: dict[str, list[dict[str, Any]]] = {each["id"]: [] for each in accounts}
for each in rows(german, "finance.transaction", entry, booked):
    by_account[each["account"]].append(each)
for each in accounts:
    own = by_account[each["id"]]
    each["currencies"] = sorted({one["currency"] for one in own})
    each["change"] = str(sum(one["amount"] if one["direction"] == "credit" else -one["amount"] for one in own))
kinds["accounts_DE"] = accounts
kinds["cards"] = rows(german, "finance.credit_card", {"number": "card_number"})
told = {"version": version("datamimic-core"), "clock": str(german.clock.date), "kinds": kinds}
print(json.dumps(told, default=str))
