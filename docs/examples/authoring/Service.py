from collections.abc import Mapping
from typing import Any

from datamimic import Asked, Service
from datamimic_pack_common import Person


class AdultService(Service[Person]):
    """People who are as old as `least`, 18 without it."""

    @classmethod
    def asked(cls, dataset: str | None, arguments: Mapping[str, Any]) -> Asked:
        return Asked({Person: {"min_age": arguments.get("least", 18)}}, called={"min_age": "least"})


assert all(person.age >= 18 for person in AdultService("DE", seed="demo").generate_batch(20))
assert all(person.age >= 60 for person in AdultService("DE", seed="demo", least=60).generate_batch(20))
