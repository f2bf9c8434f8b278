"""Bodies of patients: those of the people, but where a disease of weight is asked for; and the conditions that go with them."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Draw, Text
from datamimic.columns import Floats, Ints
from datamimic_pack_common.people.body import body_model
from datamimic_pack_healthcare.clinical.conditions import OBESITY, condition_model
from datamimic_pack_healthcare.clinical.risks import risks

ROUNDING = 0.15
"""How far rounding of height and weight may move the index."""


def drawn_bmi(body_cell: Ints, draw: Draw, data: Data, options: Any) -> Floats:
    """Of patients who are a population of their own, the body mass index before weight is rounded; beyond the limit of
    obesity where that is asked for or barred."""
    model = body_model(data["common.bodies"])
    uniform = draw.uniform()
    if OBESITY in options.conditions_include:
        slim = model.obese_share()[body_cell]
        uniform = slim + uniform * (1.0 - slim)
        return np.maximum(model.mass_index(body_cell, uniform), model.obese_from[body_cell] + ROUNDING)
    if OBESITY in options.conditions_exclude:
        uniform *= model.obese_share()[body_cell]
        return np.minimum(model.mass_index(body_cell, uniform), model.obese_from[body_cell] - ROUNDING)
    return model.mass_index(body_cell, uniform)


def condition_bits(
    sex: Text,
    age: Ints,
    body_cell: Ints,
    bmi: Floats,
    smoking_status: Text,
    schooling: Text,
    draw: Draw,
    data: Data,
    options: Any,
) -> Ints:
    obese = body_model(data["common.bodies"]).is_obese(body_cell, bmi)
    model = condition_model(data["conditions"], data["condition_prevalence"], data["comorbidity"])
    groups = risks(age, bmi, smoking_status, schooling)
    return model.draw(draw, sex, age, obese, groups, options.conditions_include, options.conditions_exclude).astype(
        np.int64
    )
