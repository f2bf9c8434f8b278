"""Which doctor is asked: one of the state, of the specialty that fits."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Bits, Data, Table, Text
from datamimic.columns import Floats, Ints

CHILD_UNTIL = 18


def doctors_at(world: Any, data: Data, region: Text, specialty: Ints, bits: Bits) -> Ints:
    """Row numbers of doctors of each row's state and specialty (a row of the table `specialties`), by random bits."""
    spec = world.spec("healthcare.doctor")
    strata, _, _ = spec.fields["post"].generator.strata(world, spec, "post")
    posts: Table = data["doctor_posts"]
    return strata.pick(posts.lookup("region", region) + specialty, bits)


def primary_specialty(age: Ints, uniform: Floats, data: Data) -> Ints:
    """The specialty of the doctor whom a patient of this age sees first: a row of the table `specialties`."""
    table: Table = data["specialties"]
    family, internal, children = (
        table.position("specialty", name) for name in ("Family Medicine", "Internal Medicine", "Pediatrics")
    )
    weights = table.weights
    share = weights[family] / (weights[family] + weights[internal])
    return np.where(age < CHILD_UNTIL, children, np.where(uniform < share, family, internal))
