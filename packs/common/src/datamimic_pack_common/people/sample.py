"""Age and sex of a person as one value, and the profile that a world asks for."""

from __future__ import annotations

from datamimic import Struct, record
from datamimic.columns import Ints, Text
from datamimic_pack_common.demographics.population import PersonOptions


def transaction_profile(rows: Ints, options: PersonOptions) -> Text:
    return Text.constant(options.transaction_profile, len(rows))


@record
class DemographicSample:
    """What was drawn of a person before anything else."""

    age: int
    gender: str


def demographic_sample(age: Ints, gender: Text) -> Struct:
    return Struct({"age": age, "gender": gender})
