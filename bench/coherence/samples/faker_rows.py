"""Rows of Faker, composed as its documentation shows: a profile, and an address from the address provider."""

from __future__ import annotations

import json
import sys
from datetime import date
from importlib.metadata import version

from faker import Faker

count = int(sys.argv[1])
kinds: dict[str, list[dict[str, object]]] = {}
for country, locale in (("US", "en_US"), ("DE", "de_DE")):
    fake = Faker(locale)
    fake.seed_instance(20261121)
    people = []
    for _ in range(count):
        profile = fake.profile(["name", "mail", "birthdate"])
        words = profile["name"].split()
        title = " ".join(word for word in words if word.endswith(".") and word not in ("Mr.", "Mrs.", "Ms.", "Jr."))
        people.append(
            {
                "name": profile["name"],
                "birthdate": profile["birthdate"].isoformat(),
                "email": profile["mail"],
                "title": title,
                "phone": fake.phone_number(),
                "city": fake.city(),
                "postal_code": fake.postcode(),
                "state": fake.state(),
            }
        )
    kinds[f"people_{country}"] = people
fake = Faker("de_DE")
fake.seed_instance(20261121)
kinds["accounts_DE"] = [{"iban": fake.iban()} for _ in range(count)]
kinds["cards"] = [{"number": fake.credit_card_number()} for _ in range(count)]
print(json.dumps({"version": version("faker"), "clock": date.today().isoformat(), "kinds": kinds}))
