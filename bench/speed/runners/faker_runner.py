"""Faker: 16 fields of a person, with its weighted lists or without."""

from __future__ import annotations

import sys
from importlib.metadata import version

from faker import Faker
from turns import take_turns

case, count = sys.argv[1], int(sys.argv[2])
fake = Faker("en_US", use_weighting=case == "weighted")
fake.seed_instance(1)


def work(rows: int) -> list[dict[str, object]]:
    return [
        {
            "person_id": fake.uuid4(),
            "gender": fake.random_element(("female", "male")),
            "age": fake.random_int(0, 100),
            "birthdate": fake.date_of_birth(),
            "given_name": fake.first_name(),
            "family_name": fake.last_name(),
            "name": fake.name(),
            "email": fake.email(),
            "phone": fake.phone_number(),
            "street": fake.street_name(),
            "house_number": fake.building_number(),
            "city": fake.city(),
            "postal_code": fake.postcode(),
            "state": fake.state(),
            "occupation": fake.job(),
            "income": fake.random_int(0, 200_000),
        }
        for _ in range(rows)
    ]


take_turns(version("faker"), work, count)
