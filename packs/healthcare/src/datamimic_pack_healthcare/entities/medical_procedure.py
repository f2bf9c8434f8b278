"""MedicalProcedure: what is done, by which specialty, for how long and at what price."""

from __future__ import annotations

from decimal import Decimal

import numpy as np

from datamimic import Data, Entity, Service, Table, Text, check, entity, field, from_row, serial
from datamimic.columns import Bools, Ints
from datamimic_pack_healthcare.procedures import description, effort
from datamimic_pack_healthcare.wording import english_of

STEP_MINUTES = 5


@entity(
    "medical_procedure",
    options=effort.ProcedureOptions,
    tables=("procedures", "procedure_prices", "clinical_terms", "clinical_sentences", "condition_names"),
)
class MedicalProcedure(Entity):
    """What is done, by which specialty, for how long and at what price."""

    # what it is
    procedure_id: str = field(
        serial("PROC-{country}-########", grows=True), key=True, doc="number of the procedure in this world"
    )
    procedure_row: int = field(effort.procedure_row, internal=True, doc="row of the table of procedures")
    name_en: str = field(
        from_row("procedures", "procedure", row="procedure_row"), hidden=True, doc="name of the procedure, in English"
    )
    name: str = field(description.name, doc="name of the procedure")
    procedure_code: str = field(
        from_row("procedures", "procedure_code", row="procedure_row"),
        doc="code of this pack's own list, MP-<category><number>",
    )
    cpt_code: str = field(
        from_row("procedures", "cpt_like", row="procedure_row"),
        doc="five digits from 00001 to 00099, below every CPT code: a stand-in, not CPT",
    )
    category: str = field(
        from_row("procedures", "category", row="procedure_row"), doc="Surgical, Diagnostic, Preventive or Therapeutic"
    )
    specialty_en: str = field(
        from_row("procedures", "specialty", row="procedure_row"), hidden=True, doc="that specialty, in English"
    )
    specialty: str = field(description.specialty, doc="specialty that performs it")
    side: str | None = field(effort.side, doc="side of the body, left or right; null where there is none")
    condition_en: str | None = field(effort.condition, hidden=True, doc="that condition, in English")
    condition: str | None = field(
        description.condition, doc="condition that it is mostly done for; null where there is none"
    )

    # what it takes
    duration_minutes: int = field(
        effort.between("minutes_low", "minutes_high", STEP_MINUTES), unit="min", doc="duration"
    )
    is_surgical: bool = field(effort.category_is("Surgical"), doc="is an operation")
    is_diagnostic: bool = field(effort.category_is("Diagnostic"), doc="informs a diagnosis")
    is_preventive: bool = field(effort.category_is("Preventive"), doc="screens or prevents")
    requires_anesthesia: bool = field(effort.requires_anesthesia, doc="is done under anesthesia")
    recovery_time_days: int = field(effort.between("recovery_low", "recovery_high", 1), unit="d", doc="usual recovery")

    # in words
    description_en: str = field(description.description_en, hidden=True, doc="the same in English")
    description: str = field(
        description.description, doc="name, side, specialty, duration, anesthesia, indication and recovery in one line"
    )

    # what it costs
    cost: Decimal = field(effort.cost, doc="price in national currency")
    currency: str = field(effort.currency, doc="ISO 4217 code of the price")


@check(MedicalProcedure, "name, code, category and specialty stand together in the list of procedures")
def procedure_of_list(name: Text, procedure_code: Text, category: Text, specialty: Text, data: Data) -> Bools:
    table: Table = data["procedures"]
    row = table.lookup("procedure", english_of("procedure", name, data))
    at = np.maximum(row, 0)
    holds: Bools = (row >= 0) & (table["procedure_code"].take(at) == procedure_code)
    return (
        holds
        & (table["category"].take(at) == category)
        & (table["specialty"].take(at) == english_of("specialty", specialty, data))
    )


@check(MedicalProcedure, "the flags follow from the category")
def flags_of_category(category: Text, is_surgical: Bools, is_diagnostic: Bools, is_preventive: Bools) -> Bools:
    holds: Bools = ((category == "Surgical") == is_surgical) & ((category == "Diagnostic") == is_diagnostic)
    return holds & ((category == "Preventive") == is_preventive)


@check(MedicalProcedure, "duration and recovery lie in the procedure's range")
def duration_in_range(name: Text, duration_minutes: Ints, recovery_time_days: Ints, data: Data) -> Bools:
    table: Table = data["procedures"]
    row = np.maximum(table.lookup("procedure", english_of("procedure", name, data)), 0)
    longest = np.maximum(table.ints("minutes_high")[row], table.ints("minutes_low")[row] + STEP_MINUTES)
    holds: Bools = (duration_minutes >= table.ints("minutes_low")[row]) & (duration_minutes <= longest)
    return (
        holds
        & (recovery_time_days >= table.ints("recovery_low")[row])
        & (recovery_time_days <= table.ints("recovery_high")[row])
    )


class MedicalProcedureService(Service[MedicalProcedure]):
    """Procedures of a country, as often as they are done."""
