"""All measures of a copy, judged, as plain values: what the page shows and the JSON has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Any, Final

import pyarrow as pa
from attrs import Factory, frozen

from datamimic import DatamimicError
from datamimic_learning.failures import told_without_values
from datamimic_learning.finding.finding import find_personal
from datamimic_learning.finding.found import PersonalData
from datamimic_learning.privacy.judging import LIMITS, Limit, judge, verdict
from datamimic_learning.privacy.measures.closeness import closeness
from datamimic_learning.privacy.measures.copies import exact_copies, kept_columns, near_copies, recurring_values
from datamimic_learning.privacy.measures.groups import anonymity
from datamimic_learning.privacy.measures.inference import attribute_inference
from datamimic_learning.privacy.measures.intervals import CONFIDENCE
from datamimic_learning.privacy.measures.linkage import linkability, linkage_across
from datamimic_learning.privacy.measures.measured import Measure
from datamimic_learning.privacy.measures.membership import membership
from datamimic_learning.privacy.measures.singling_out import singling_out, unique_matches
from datamimic_learning.privacy.records.space import encode
from datamimic_learning.samples.opening import open_sample
from datamimic_learning.samples.sample import Sample

_OF_MANY: Final = {
    "person.given_name", "person.given_names", "person.middle_name", "person.family_name", "person.first_family_name",
    "person.second_family_name", "person.maiden_name", "person.birth_place", "address.city", "address.district",
    "address.postal_code",
}  # fmt: skip
WORST = ("not measured", "pass", "warn", "fail")


@frozen
class PrivacyOptions:
    """What is measured, and how. `quasi` are columns that others may know of a person, `sensitive` those that they should not
    learn; where they are None they are found in the originals, and attacks on attributes know and guess all columns. `left_out`
    say nothing. `on` joins the copy with another output, by default all that both have but `key`, which names people in both.
    """

    quasi: Sequence[str] | None = None
    sensitive: Sequence[str] | None = None
    left_out: Sequence[str] = ()
    on: Sequence[str] = ()
    key: str | None = None
    sample: int = 5_000
    targets: int = 1_000
    limits: Mapping[str, Limit | None] = Factory(lambda: dict(LIMITS))


@told_without_values
def measure_privacy(
    real: object, copy: object, holdout: object = None, linked: object = None, asked: PrivacyOptions | None = None
) -> dict[str, Any]:
    """What `copy` gives away of `real`: files, folders, databases or data frames. `holdout` are rows like those of `real`,
    from which the copy was not made; `linked` is another output that tells of the same people. The same bytes each time.

    Tables of several are paired by name. Raises `DatamimicError`: `bad_input` for what cannot be read,
    `learning.no_shared_table`, `learning.unknown_column`, `learning.no_rows`, `learning.no_shared_columns`,
    `learning.nothing_compared`.
    """
    asked = asked or PrivacyOptions()
    there = {"real": real, "copy": copy, "holdout": holdout, "linked": linked}
    samples = {name: open_sample(each) for name, each in there.items() if each is not None}
    tables = []
    for name, found in _paired(samples).items():
        tables.append(
            _table(name, {role: sample.tables[table].read() for role, (sample, table) in found.items()}, asked)
        )
    worst = max((each["verdict"]["state"] for each in tables), key=WORST.index)
    return {
        "version": 1,
        "inputs": {name: samples[name].place if name in samples else None for name in there},
        "settings": {"confidence": CONFIDENCE, "sample": asked.sample, "targets": asked.targets},
        "verdict": {"state": worst, "complete": all(each["rows"]["holdout"] for each in tables)},
        "tables": tables,
        "versions": {"datamimic-learning": version("datamimic-learning")},
    }


def _paired(samples: Mapping[str, Sample]) -> dict[str, dict[str, tuple[Sample, str]]]:
    """Per table of the original what plays which part. The only table of each side is a pair, whatever their names."""
    if all(len(each.tables) == 1 for each in samples.values()):
        return {samples["real"].table.name: {role: (each, each.table.name) for role, each in samples.items()}}
    found = {}
    for name in samples["real"].tables:
        if name in samples["copy"].tables:
            found[name] = {role: (each, name) for role, each in samples.items() if name in each.tables}
    if not found:
        raise DatamimicError(
            "learning.no_shared_table",
            f"{samples['real'].place} and {samples['copy'].place} have no table of the same name",
            hint="name the files alike, or give one file of each",
        )
    return found


def _table(name: str, tables: dict[str, pa.Table], asked: PrivacyOptions) -> dict[str, Any]:
    linked = tables.pop("linked", None)
    space, records = encode(tables, ["real", *(["holdout"] if "holdout" in tables else [])])
    whole = {role: records.get(role) for role in ("real", "copy", "holdout")}
    away = set(space.named(asked.left_out))
    known = [each.name for place, each in enumerate(space.dimensions) if place not in away]
    single = [each.name for place, each in enumerate(space.dimensions) if each.identifies and place not in away]
    looked_at = known if None in (asked.quasi, asked.sensitive) else single
    found = find_personal(tables["real"].select(looked_at))
    quasi, sensitive = _roles(found, known, asked)
    identifying = _of_one(found, single)
    compared = [place for place in space.compared if place not in away]
    space.named((*quasi, *sensitive))
    if not compared:
        raise DatamimicError(
            "learning.nothing_compared",
            f"{name}: every column identifies rows",
            hint="there is nothing in which rows are alike",
        )
    inner = space.select(compared)
    real, copy, other = (None if each is None else each.select(compared) for each in whole.values())
    assert real is not None and copy is not None and whole["real"] is not None and whole["copy"] is not None
    there = {each.name for each in inner.dimensions}
    inside, secret = ([each for each in given or () if each in there] for given in (asked.quasi, asked.sensitive))
    measures: list[Measure] = [
        exact_copies(real, copy, other),
        near_copies(real, copy, other),
        recurring_values(space, whole["real"], whole["copy"], whole["holdout"], identifying),
        kept_columns(inner, real, copy, other),
        *closeness(inner, real, copy, other, asked.sample),
        *anonymity(space, whole["real"], whole["copy"], quasi, sensitive),
        unique_matches(space, whole["real"], whole["copy"], whole["holdout"], quasi),
        singling_out(inner, real, copy, other),
        membership(inner, real, copy, other, asked.targets),
        attribute_inference(inner, real, copy, other, quasi=inside, sensitive=secret, targets=asked.targets),
        linkability(inner, real, copy, other, asked.targets),
        _across(tables["copy"], linked, asked),
    ]
    judged = [judge(each, asked.limits[each.name]) for each in measures]
    return {
        "name": name,
        "rows": {role: None if each is None else each.rows for role, each in whole.items()},
        "columns": {
            "compared": [each.name for each in inner.dimensions],
            "identifying": identifying,
            "quasi": quasi,
            "sensitive": sensitive,
            "found": [
                role for role, given in (("quasi", asked.quasi), ("sensitive", asked.sensitive)) if given is None
            ],
            "left_out": [
                *asked.left_out,
                *(each for each in tables["real"].column_names if each not in {one.name for one in space.dimensions}),
            ],
        },
        "verdict": verdict(judged),
        "measures": judged,
    }


def _of_one(found: PersonalData, columns: list[str]) -> list[str]:
    """Those whose values are one's own: first names and towns differ in most rows of a small table, and are many people's."""
    shared = {each.column for each in found.columns if each.meaning in _OF_MANY}
    return [each for each in columns if each not in shared]


def _roles(found: PersonalData, known: Sequence[str], asked: PrivacyOptions) -> tuple[list[str], list[str]]:
    """What others may know, and should not learn: as given, or as the finder of personal data sees it."""
    quasi, sensitive = (
        [each.column for each in found.personal if each.identifies == role and each.column in known]
        if given is None
        else list(given)
        for role, given in (("quasi", asked.quasi), ("sensitive", asked.sensitive))
    )
    return quasi, sensitive


def _across(copy: pa.Table, linked: pa.Table | None, asked: PrivacyOptions) -> Measure:
    if linked is None:
        return Measure.not_taken("linkage_across", "it needs another output of the same people: --linked")
    space, records = encode({"copy": copy, "linked": linked}, ["copy"])
    away = {*asked.left_out, asked.key}
    on = list(asked.on) or [each.name for each in space.dimensions if each.name not in away]
    return linkage_across(space, records["copy"], records["linked"], on, asked.key)
