"""Every option of every entity moves something, or is refused: none is taken and dropped."""

from __future__ import annotations

import attrs
import pytest

from datamimic import World, spec_of
from datamimic.errors import InvalidOption
from datamimic.plugins.registry import installed_packs

VALUES = {
    "min_age": 60, "max_age": 40, "female_quota": 1.0, "other_gender_quota": 0.5, "noble_quota": 1.0,
    "academic_title_quota": 1.0, "age_profile": "30-39:1,60-64:1", "city_sizes": "0:0,500000:1",
    "transaction_profile": "student", "identifiers": "valid", "postal_code_prefix": "9", "min_price": 100, "max_price": 10,
    "conditions_include": "Hypertension", "conditions_exclude": "Hypertension", "card_numbers": "published",
    "ages": "population", "specialty": "Cardiology", "encounter_class": "EMER", "since": "2024-06-01", "until": "2024-06-01",
    "type": "University Hospital", "beds_min": 300, "beds_max": 200, "device_type": "Infusion Pump", "status": "retired",
    "category": "Surgical", "fraud_rate": 0.3, "history": 3, "refund_abuse_rate": 0.2, "every_months": 3,
    "outcome": "cancelled",
}  # fmt: skip
"""A value for each option that differs from its default; an option that is new needs one here."""

OPTIONS = [
    (path, attribute.name)
    for path, cls in sorted(installed_packs().entities().items())
    for attribute in attrs.fields(spec_of(cls).options)
]


@pytest.mark.parametrize(("path", "option"), OPTIONS)
def test_every_option_moves_something_or_is_refused(path: str, option: str) -> None:
    spec = spec_of(installed_packs().entity(path))
    columns = [name for name, field in spec.fields.items() if not field.is_relation and field.kind.shape != "entity"]
    for rows, country in ((400, "DE"), (400, "US"), (10_000, "DE")):  # few of a police force are doctors
        usual = World("options", country)[path][0:rows].select(columns).to_arrow()
        try:
            world = World("options", country, options={path: {option: VALUES[option]}})
        except InvalidOption as error:
            assert option in str(error)  # noqa: PT017 - refused is as good as moved
            return
        if world[path][0:rows].select(columns).to_arrow() != usual:
            return
    pytest.fail(f"{option} of {path} changes nothing")
