"""Mimesis: 16 fields of a person from its providers, called directly, which is its fastest way."""

from __future__ import annotations

import sys
from importlib.metadata import version

from mimesis import Address, Person
from mimesis.locales import Locale
from mimesis.random import Random
from turns import take_turns

count = int(sys.argv[2])
person, address, random = Person(Locale.EN, seed=1), Address(Locale.EN, seed=1), Random(1)


def work(rows: int) -> list[dict[str, object]]:
    return [
        {
            "person_id": person.identifier("########"),
            "gender": person.gender(),
            "age": random.randint(0, 100),
            "birthdate": person.birthdate(),
            "given_name": person.first_name(),
            "family_name": person.last_name(),
            "name": person.full_name(),
            "email": person.email(),
            "phone": person.phone_number(),
            "street": address.street_name(),
            "house_number": address.street_number(),
            "city": address.city(),
            "postal_code": address.zip_code(),
            "state": address.state(),
            "occupation": person.occupation(),
            "income": random.randint(0, 200_000),
        }
        for _ in range(rows)
    ]


take_turns(version("mimesis"), work, count)
