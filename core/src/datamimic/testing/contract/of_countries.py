"""What is asked of every entity in every country that it is offered for."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from datamimic.checks.checking import check_batches
from datamimic.columns.repeats import first_repeat
from datamimic.columns.value_types import misfit
from datamimic.engine.references import ParentRef
from datamimic.engine.view import View
from datamimic.errors import DefinitionError, InvalidOption
from datamimic.output.digest import batch_digests
from datamimic.testing.contract.dictionaries import dictionaries
from datamimic.testing.contract.looked_at import LookedAt
from datamimic.testing.golden import FILE, Golden, GoldenFile
from datamimic.testing.sql import broken_rows
from datamimic.testing.subject import Subject

GOLDEN_ROWS = 32
KEYS = 16_384
"""Rows whose keys are looked at."""


class OfCountries(LookedAt):
    """Tests that run once for every entity and country."""

    def test_rows_are_the_same_however_they_are_asked_for(self, entity_name: str, country: str) -> None:
        """In slices, in another order, one by one, by column, from far away, in another world of the same seed."""
        subject = self.subject(entity_name, country)
        count, whole = subject.count, subject.batch
        other = subject.world()[subject.cls]
        cuts = sorted({0, min(1, count), count // 3, count})
        parts = [other.record_batch(a, b) for a, b in pairwise(cuts)]
        _same(subject, whole, pa.Table.from_batches(parts).combine_chunks().to_batches()[0], "in slices")
        backwards = np.arange(count, dtype=np.int64)[::-1]
        _same(subject, whole.take(pa.array(backwards)), other.gather(backwards), "in another order")
        columns = list(whole.schema.names)
        for chosen in (columns[: len(columns) // 2 : -1] or columns, columns[:1]):
            some = other.select(chosen).record_batch(0, count)
            _same(subject, whole.select(chosen), some, f"when only {', '.join(chosen[:3])} … are asked for")
        far = 10_007
        if _has_rows(other, far + 3):
            _same(subject, other.record_batch(far, far + 3).slice(2), other.record_batch(far + 2, far + 3), "far away")

    def test_values_fit_and_survive_round_trips(self, entity_name: str, country: str) -> None:
        """Values are what annotations say; `to_dict()`, JSON and `from_dict()` lose nothing."""
        subject = self.subject(entity_name, country)
        plain = [each for each in subject.spec.columns if not each.is_relation]
        cls: Any = subject.cls
        nan = any(each.allow_nan for each in plain)
        for row, made in enumerate(subject.objects):
            for each in plain:
                where = f"{subject}, row {row}: {each.name}"
                sentence = misfit(getattr(made, each.name), each.kind, where)
                assert sentence is None, sentence
            # NaN is not equal to NaN: of an entity that allows it the texts are compared.
            text = json.dumps(made.to_dict(), allow_nan=nan)
            again = cls.from_dict(json.loads(text))
            same = json.dumps(again.to_dict()) == text if nan else again == made
            assert same, f"{subject}, row {row}: lost on the way through JSON"

    def test_keys_are_unique_and_references_resolve(self, entity_name: str, country: str) -> None:
        subject = self.subject(entity_name, country)
        for unique in subject.spec.uniques:
            view = View(subject.world(), subject.spec).select(unique.columns)
            made = view.record_batch(0, max(self.count, KEYS) if _has_rows(view, KEYS) else subject.count)
            empty = [name for name in unique.columns if unique.key and made.column(name).null_count]
            assert not empty, f"{subject}: of the key {', '.join(empty)} is null in some row"
            repeat = first_repeat(made.columns)
            assert repeat is None, f"{subject}: {unique.label} repeats in the rows {repeat}"
        for name, reference in subject.references.items():
            world, target = reference.world, reference.target
            where = f"{subject}: {name}"
            assert target.key is not None, f"{where} refers to {target.name}, which has no field with key=True"
            rows, missing = reference.rows, reference.is_null()
            if isinstance(reference, ParentRef):
                inside = np.ma.filled(reference.index < reference.count, True)
                assert inside.all(), f"{where}: more children than the parent counts"
            assert subject.spec.fields[name].kind.nullable or not missing.any(), f"{where} is null, but not declared so"
            some = np.unique(rows[~missing])[:16]
            alone = View(world, target).select([target.key.column_name]).gather(some).column(0).to_pylist()
            known = {-1: None, **dict(zip(some.tolist(), alone, strict=True))}
            shown = _listed(reference.key())
            for row, key in zip(rows.tolist(), shown, strict=True):
                assert row not in known or known[row] == key, f"{where} shows {key!r}; row {row} has {known[row]!r}"

    def test_checks_hold(self, entity_name: str, country: str) -> None:
        subject = self.subject(entity_name, country)
        broken = [
            f"{finding.sentence}: not in {finding.violations} of {finding.rows} rows, as {finding.samples}"
            for finding in subject.findings
            if finding.violations
        ]
        assert not broken, f"{subject}:\n" + "\n".join(broken)

    def test_conditions_in_sql_say_what_their_checks_say(self, entity_name: str, country: str) -> None:
        """Of rows as they are, and of rows whose columns are mixed up, so that some break them."""
        subject = self.subject(entity_name, country)
        conditions = {each.name: each for each in subject.spec.checks if each.sql}
        if not conditions:
            pytest.skip("no check of the entity has a condition in SQL")
        whole = pa.Table.from_batches([subject.batch])
        mixed = [
            pa.concat_tables([whole.select([name]).slice(shift), whole.select([name]).slice(0, shift)]).column(0)
            for shift, name in enumerate(whole.column_names)
        ]
        for table in (whole, pa.Table.from_arrays(mixed, whole.column_names)):
            found = check_batches(table.combine_chunks().to_batches(), subject.spec, subject.rows.world)
            for finding in found:
                if finding.check in conditions and finding.skipped is None:
                    broken = broken_rows(table, conditions[finding.check].sql)
                    assert (len(broken), broken[: len(finding.samples)]) == (finding.violations, finding.samples), (
                        f"{subject}: the check {finding.check} and its condition in SQL differ"
                    )

    def test_values_are_those_of_the_golden_file(
        self, entity_name: str, country: str, request: pytest.FixtureRequest
    ) -> None:
        """What moved must be announced: raise the entity's version or the data version, then --update-golden."""
        path = request.path.parent / FILE
        name = f"{entity_name}/{country}"
        enough = self.count >= GOLDEN_ROWS
        subject = (
            self.subject(entity_name, country) if enough else Subject(self.registry, entity_name, country, GOLDEN_ROWS)
        )
        data = next((source.version() for source in self.sources()), None)
        now = Golden.of(subject.batch.slice(0, GOLDEN_ROWS), subject.spec.version, data)
        file = GoldenFile(path)
        if request.config.getoption("--update-golden"):
            if self.locales is None:
                file.keep_only({f"{one}/{place}" for one in self.entity_names() for place in self.countries(one)})
            file.put(name, now)
            return
        if not path.exists():
            pytest.skip(f"no {path.name} yet: pytest --update-golden writes it")
        assert name in file.entries, f"{name} is new: run pytest --update-golden"
        before = file.entries[name]
        assert now.digest == before.digest, (
            f"the values of {name} moved (entity {before.version} → {now.version}, data {before.data} → {now.data}). "
            "If that is meant: raise one of the versions, say so in the CHANGELOG, and run pytest --update-golden"
        )


def _same(subject: Subject, expected: pa.RecordBatch, found: pa.RecordBatch, how: str) -> None:
    if batch_digests(expected) == batch_digests(found):
        _same_dictionaries(subject, expected, found, how)
        return
    for name in expected.schema.names:
        for row, (one, two) in enumerate(
            zip(expected.column(name).to_pylist(), found.column(name).to_pylist(), strict=True)
        ):
            if one != two:
                raise DefinitionError(
                    "nondeterministic",
                    f"{subject}: {name} is {one!r} in one batch and {two!r} {how} (position {row})",
                    hint="a value depends on its own row only: draw through `draw`, never on the batch around it",
                )


def _same_dictionaries(subject: Subject, expected: pa.RecordBatch, found: pa.RecordBatch, how: str) -> None:
    theirs = dictionaries(found)
    for path, dictionary in dictionaries(expected).items():
        # A batch of nulls alone may have none.
        if len(dictionary) and len(theirs[path]) and not dictionary.equals(theirs[path]):
            raise DefinitionError(
                "nondeterministic",
                f"{subject}: {path} has another dictionary {how}: {len(dictionary)} values in one batch, "
                f"{len(theirs[path])} in the other",
                hint="make the column of one vocabulary, whichever rows there are; a text that is another in each row is plain",
            )


def _has_rows(rows: Any, stop: int) -> bool:
    try:
        rows.part(slice(0, stop))
    except InvalidOption:
        return False
    return True


def _listed(column: Any) -> list[Any]:
    return column.tolist()
