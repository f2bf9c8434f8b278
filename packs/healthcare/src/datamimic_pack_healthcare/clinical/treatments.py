"""Which drugs a patient takes: for each condition a regimen, and for some a second; fitting age, pregnancy, allergies, other
conditions and the other drugs."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from datamimic import Alias, Clock, Data, Draw, Lists, Table, Text
from datamimic.columns import Dates, Ints
from datamimic_pack_healthcare.clinical.bits import Bits

PREGNANCY = "Pregnancy"
TUBERCULOSIS = "Tuberculosis"
INTENSIVE_DAYS = 60
"""For so long tuberculosis is treated with four drugs, twice as long with two of them (WHO)."""
AFTER_INTENSIVE = ("Isoniazid", "Rifampin")
NOTHING = -1
ROOM = 8
"""There are fewer than 2 ** ROOM drugs."""
LAST = (1 << ROOM) - 1
TOGETHER = " + "
ATTEMPTS = 4
"""How often another regimen is tried where one is ruled out; then there is none."""
WOMAN, SMOKER = "woman who may become pregnant", "smoker of 35 or more"
_KINDS = (WOMAN, SMOKER)
"""Kinds of people of whom the table `contraindications` speaks besides conditions; their bits follow those of allergies."""
_FIRST_KIND = 40


@frozen(eq=False)
class TreatmentModel:
    """Alias tables over regimens per (line, condition, age band, pregnant); drugs are rows of the table `medications`.

    `drugs_of` is int64 of shape (regimens, most drugs of one), NOTHING behind the last. `unless_conditions` and
    `unless_traits` say per regimen with which conditions, allergies and kinds of people it is not given, `treats` per drug
    which conditions it is for, `given_from` per regimen since when all of its drugs are approved. `kinds` and `clashes` are
    bits of interactions: a drug is stopped where another has one of its `clashes`.
    """

    ages: Ints
    treated: tuple[NDArray[np.float64], NDArray[np.float64]]
    lines: tuple[Alias, Alias]
    drugs_of: Ints
    unless_conditions: Bits
    unless_traits: Bits
    given_from: Dates
    pregnancy: int
    tuberculosis: int
    intensive_only: NDArray[np.bool_]
    treats: Bits
    groups: NDArray[np.int32]
    kinds: Bits
    clashes: Bits

    def draw(
        self, draw: Draw, age: Ints, conditions: Lists, condition_bits: Ints, traits: Bits, tuberculosis_days: Ints,
        until: Dates,
    ) -> Lists:  # fmt: skip
        """The drugs of each patient: rows of the table, no drug and no group of drugs twice, in table order.

        `conditions` are lists of table rows, `traits` bits of allergies and kinds of people, `until` the day of
        death or of the clock.
        """
        condition: Any = conditions.values
        row = conditions.parents
        items = draw.items(conditions.lengths)
        band = (np.searchsorted(self.ages, np.arange(131), side="right") - 1) * 2
        stratum = band.take(np.minimum(age, 130))
        stratum[row[condition == self.pregnancy]] += 1
        group = condition * (2 * len(self.ages)) + stratum.take(row)
        chance = items.uniform("treated")
        held = condition_bits.view(np.uint64)
        taken = []
        for label, share, line in zip(("first", "second"), self.treated, self.lines, strict=True):
            at = np.flatnonzero(chance < share.take(condition))
            picks = Draw(items.address.labelled(label), items.rows.take(at))
            patient, choice = row.take(at), group.take(at)
            regimen = line.pick(picks.bits(), choice)
            barred = np.flatnonzero(self._barred(regimen, patient, held, traits, until))
            for attempt in range(ATTEMPTS):
                if not len(barred):
                    break
                regimen[barred] = line.pick(picks.take(barred).bits(f"instead {attempt}"), choice[barred])
                barred = barred[self._barred(regimen[barred], patient[barred], held, traits, until)]
            regimen[barred] = NOTHING
            drugs = self.drugs_of.take(regimen, axis=0)
            for place in range(drugs.shape[1]):
                drug = drugs[:, place]
                there = np.flatnonzero((drug >= 0) & (regimen >= 0)) if place else np.flatnonzero(regimen >= 0)
                if len(there):
                    taken.append((patient.take(there) << ROOM) + drug.take(there))
        found = np.concatenate(taken) if taken else np.zeros(0, dtype=np.int64)
        # Runs that are nearly in order: a merging sort is many times faster here.
        found.sort(kind="stable")
        # The table holds the drugs of a group together: of neighbours in one patient's list the first is kept, and a
        # drug that two conditions ask for stands beside itself.
        patient, drug = found >> ROOM, found & LAST
        group = self.groups.take(drug)
        kept = np.ones(len(found), dtype=np.bool_)
        kept[1:] = (patient[1:] != patient[:-1]) | (group[1:] != group[:-1])
        kept &= ~(self.intensive_only[drug] & (tuberculosis_days[patient] >= INTENSIVE_DAYS))
        kept &= ~self._stopped(patient, drug, kept)
        found = found[kept]
        return Lists(np.bincount(found >> ROOM, minlength=len(age)), found & LAST)

    def ruled_out(self, regimen: Ints, patient: Ints, held: Bits, traits: Bits) -> NDArray[np.bool_]:
        """Regimen NOTHING is never ruled out: the last row of the masks is empty."""
        found: NDArray[np.bool_] = (self.unless_conditions.take(regimen) & held.take(patient)) != 0
        return found | ((self.unless_traits.take(regimen) & traits.take(patient)) != 0)

    def _barred(self, regimen: Ints, patient: Ints, held: Bits, traits: Bits, until: Dates) -> NDArray[np.bool_]:
        """Ruled out, or not approved yet."""
        found: NDArray[np.bool_] = self.given_from.take(regimen) > until.take(patient)
        found |= self.ruled_out(regimen, patient, held, traits)
        return found

    def _stopped(self, patient: Ints, drug: Ints, kept: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which drugs are not taken because of another of the patient's."""
        if not len(drug):
            return np.zeros(0, dtype=np.bool_)
        begins = np.flatnonzero(np.concatenate(([True], patient[1:] != patient[:-1])))
        kinds = np.where(kept, self.kinds.take(drug), 0).astype(np.uint64)
        together = np.bitwise_or.reduceat(kinds, begins)
        others = np.repeat(together, np.diff(np.append(begins, len(drug))))
        stopped: NDArray[np.bool_] = (self.clashes.take(drug) & others) != 0
        return stopped


@lru_cache(maxsize=16)
def treatment_model(
    conditions: Table, medications: Table, treatments: Table, shares: Table, allergies: Table, contraindications: Table,
    interactions: Table,
) -> TreatmentModel:  # fmt: skip
    """Read once per country."""
    names, drugs = conditions.columns["condition"], medications.columns["medication"]
    number = {drug: place for place, drug in enumerate(drugs)}
    min_age, safe = medications.ints("min_age"), medications.ints("pregnancy_safe")
    known = allergies.columns["allergy"]
    unless, traits = np.zeros(len(drugs), dtype=np.uint64), np.zeros(len(drugs), dtype=np.uint64)
    for place_, allergy in enumerate(medications.columns["excluded_by_allergy"]):
        if allergy:
            traits[place_] |= np.uint64(1 << known.index(allergy))
    for name, other in zip(contraindications.columns["medication"], contraindications.columns["with"], strict=True):
        if other in _KINDS:
            traits[number[name]] |= np.uint64(1 << (_FIRST_KIND + _KINDS.index(other)))
        else:
            unless[number[name]] |= np.uint64(1 << names.index(other))
    regimens = [*dict.fromkeys(treatments.columns["regimen"])]
    parts = [[number[drug] for drug in regimen.split(TOGETHER)] for regimen in regimens]
    most = max(map(len, parts))
    drugs_of = np.array([each + [NOTHING] * (most - len(each)) for each in [*parts, []]], dtype=np.int64)
    treats = np.zeros(len(drugs), dtype=np.uint64)
    choices: dict[tuple[int, str], list[tuple[int, float]]] = {}
    place = {regimen: k for k, regimen in enumerate(regimens)}
    for name, line, regimen, weight in zip(
        *(treatments.columns[c] for c in ("condition", "line", "regimen")), treatments.weights, strict=True
    ):
        choices.setdefault((int(line), name), []).append((place[regimen], weight))
        for drug in parts[place[regimen]]:
            treats[drug] |= np.uint64(1 << names.index(name))
    ages = sorted({0, *min_age.tolist()})
    lines = []
    for line in (1, 2):
        groups = []
        for name in names:
            for age in ages:
                for pregnant in (0, 1):
                    fitting = [
                        (k, weight) for k, weight in choices.get((line, name), [])
                        if all(min_age[d] <= age and (safe[d] or not pregnant) for d in parts[k])
                    ]  # fmt: skip
                    groups.append(([k for k, _ in fitting], [w for _, w in fitting]) if fitting else ([NOTHING], [1.0]))
        lines.append(Alias.build(groups))
    kinds, clashes = _interactions(number, interactions)
    treated = shares.floats("treated")
    codes, _ = medications["duplication_group"].coding()
    only = treats == np.uint64(1 << names.index(TUBERCULOSIS))
    return TreatmentModel(
        np.array(ages), (treated, treated * shares.floats("second_drug")), (lines[0], lines[1]), drugs_of,
        _joined(unless, parts), _joined(traits, parts), _latest(approvals(medications), parts),
        names.index(PREGNANCY), names.index(TUBERCULOSIS),
        only & ~np.isin(np.arange(len(drugs)), [number[name] for name in AFTER_INTENSIVE]), treats, codes, kinds, clashes,
    )  # fmt: skip


def _joined(masks: Bits, parts: list[list[int]]) -> Bits:
    """The masks of the drugs of each regimen, and an empty one for NOTHING."""
    found = [int(np.bitwise_or.reduce(masks[each])) for each in parts]
    return np.array([*found, 0], dtype=np.uint64)


def _latest(days: Dates, parts: list[list[int]]) -> Dates:
    """The last of the days of the drugs of each regimen, and the earliest of all for NOTHING."""
    return np.array([*(days[each].max() for each in parts), days.min()], dtype="datetime64[D]")


def approvals(medications: Table) -> Dates:
    """The middle of the year in which each drug was approved."""
    years = (medications.ints("approval_year") - 1970).astype("datetime64[Y]")
    first: Dates = years.astype("datetime64[D]")
    return first + np.timedelta64(181, "D")


def _interactions(number: dict[str, int], table: Table) -> tuple[Bits, Bits]:
    """A bit for every set of drugs that are stopped by the same others."""
    stops: dict[str, set[str]] = {}
    for stopped, other in zip(table.columns["stopped"], table.columns["with"], strict=True):
        stops.setdefault(other, set()).add(stopped)
    alike: dict[frozenset[str], int] = {}
    kinds, clashes = (np.zeros(len(number), dtype=np.uint64) for _ in range(2))
    for other, stopped_ in stops.items():
        bit = np.uint64(1 << alike.setdefault(frozenset(stopped_), len(alike)))
        kinds[number[other]] |= bit
        for each in stopped_:
            clashes[number[each]] |= bit
    return kinds, clashes


# -- rules ----------------------------------------------------------------------------------------------------------


def treatment_model_of(data: Data) -> TreatmentModel:
    return treatment_model(
        *(
            data[name]
            for name in (
                "conditions", "medications", "treatments", "treatment_shares", "allergies", "contraindications",
                "interactions",
            )
        )
    )  # fmt: skip


def name_column(data: Data) -> str:
    """The column of the table `medications` with the names that the country uses."""
    customs = data["country_customs"]
    return customs.columns["medication_name"][customs.of_country(data.country)]


def traits_of(sex: Text, age: Ints, smoking_status: Text, allergy_bits: Ints) -> Bits:
    """Allergies, and behind them kinds of people, as bits."""
    woman = (sex == "female") & (age >= 12) & (age <= 50)
    smoker = (smoking_status == "current") & (age >= 35)
    bits = allergy_bits | (woman.astype(np.int64) << _FIRST_KIND) | (smoker.astype(np.int64) << (_FIRST_KIND + 1))
    return bits.view(np.uint64)


def medication_rows(
    sex: Text, age: Ints, smoking_status: Text, condition_places: Lists, condition_bits: Ints, allergy_bits: Ints,
    tuberculosis_days: Ints, death_day: Dates, draw: Draw, data: Data, clock: Clock,
) -> Lists:  # fmt: skip
    traits = traits_of(sex, age, smoking_status, allergy_bits)
    until = np.minimum(death_day, clock.date)
    return treatment_model_of(data).draw(draw, age, condition_places, condition_bits, traits, tuberculosis_days, until)


def medications(medication_rows: Lists, data: Data) -> Lists:
    names: Text = data["medications"][name_column(data)]
    rows: Any = medication_rows.values
    return Lists(medication_rows.lengths, names.take(rows))
