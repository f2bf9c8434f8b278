"""Faker: the ten columns of `mixed.yaml`, with its weighted lists or without."""

from __future__ import annotations

import sys
from collections import OrderedDict
from importlib.metadata import version

from faker import Faker
from turns import take_turns

case, count = sys.argv[1], int(sys.argv[2])
fake = Faker("en_US", use_weighting=case == "weighted")
fake.seed_instance(1)
STATUS = OrderedDict(new=0.2, active=0.7, closed=0.1)


def work(rows: int) -> list[dict[str, object]]:
    return [
        {
            "customer_id": fake.unique.random_int(1, 9_999_999),
            "first_name": fake.first_name(),
            "last_name": fake.last_name(),
            "email": fake.email(),
            "city": fake.city(),
            "birth_date": fake.date_of_birth(),
            "balance": fake.pydecimal(left_digits=4, right_digits=2, min_value=0, max_value=5_000),
            "status": fake.random_element(STATUS),
            "created_at": fake.date_time_between("-2y", "now"),
            "newsletter": fake.boolean(30),
        }
        for _ in range(rows)
    ]


take_turns(version("faker"), work, count)
