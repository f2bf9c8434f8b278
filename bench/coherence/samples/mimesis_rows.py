"""Rows of Mimesis: a field set of the person, address and payment providers."""

from __future__ import annotations

import json
import sys
from datetime import date
from importlib.metadata import version

from mimesis import Address, Payment, Person
from mimesis.locales import Locale

count = int(sys.argv[1])
kinds: dict[str, list[dict[str, object]]] = {}
for country, locale in (("US", Locale.EN), ("DE", Locale.DE)):
    person, address = Person(locale, seed=20261121), Address(locale, seed=20261121)
    kinds[f"people_{country}"] = [
        {
            "name": person.full_name(),
            "birthdate": person.birthdate().isoformat(),
            "email": person.email(),
            "title": person.academic_degree(),
            "phone": person.phone_number(),
            "city": address.city(),
            "postal_code": address.zip_code(),
            "state": address.state(),
        }
        for _ in range(count)
    ]
payment = Payment(seed=20261121)
kinds["cards"] = [{"number": payment.credit_card_number()} for _ in range(count)]
print(json.dumps({"version": version("mimesis"), "clock": date.today().isoformat(), "kinds": kinds}))
