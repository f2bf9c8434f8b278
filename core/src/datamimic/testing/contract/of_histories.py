"""What is asked of every entity that has a history, in every country that it is offered for."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from datamimic.checks.checking import check_rows
from datamimic.columns import Lists
from datamimic.engine.history import shown
from datamimic.engine.lifetimes import NEVER, exists, lifetimes, micros
from datamimic.engine.references import Ref
from datamimic.model.history import moments_of
from datamimic.testing.contract.looked_at import LookedAt
from datamimic.testing.subject import Subject


class OfHistories(LookedAt):
    """Tests that run once for every entity and country; entities without a history pass them by."""

    def test_nothing_happens_after_the_clock(self, entity_name: str, country: str) -> None:
        subject = self._subject(entity_name, country)
        batch = subject.rows.batch(np.arange(subject.count, dtype=np.int64))
        clock = int(micros(subject.rows.world.clock.instant))
        begins, ends = lifetimes(batch)
        known = {each.since for each in subject.spec.fields.values() if each.since}
        for name, moments in {
            subject.spec.happens: begins,
            subject.spec.ends: ends,
            **{name: micros(batch.column(name)) for name in sorted(known)},
        }.items():
            late = np.flatnonzero((moments > clock) & (moments != NEVER))
            assert not len(late), (
                f"{subject}: {name} of row {late[0]} is after the clock: make it null, or draw it before"
            )

    def test_a_snapshot_and_what_changed_are_the_later_snapshot(self, entity_name: str, country: str) -> None:
        subject = self._subject(entity_name, country)
        rows, moments = subject.rows, _moments(subject)

        def seen(moment: datetime) -> list[dict[str, Any]]:
            return _plain(subject.seen_at(moment)[subject.cls][0 : subject.count].to_arrow())

        early = seen(moments[0])
        for since, until in pairwise([*moments, rows.world.clock.at]):
            late = seen(until)
            expected = {repr(row) for row in late}
            made: dict[Any, Any] = {_key(subject, row): row for row in early}
            for row in _plain(_last_of_each(subject, rows.changes(since, until).read_all())):
                operation, _ = row.pop("op"), row.pop("at")
                if operation == "delete":
                    made.pop(_key(subject, row), None)
                else:
                    made[_key(subject, row)] = row
            wrong = [row for row in made.values() if repr(row) not in expected]
            assert not wrong, (
                f"{subject}: after the changes from {since} to {until} a row is {wrong[0]}, which the world as of then does "
                "not show: a value changes at moments that no `since` and no rule with `now` of this entity names"
            )
            assert len(made) == len(expected), (
                f"{subject}: {len(made)} rows after the changes, {len(expected)} as of {until}"
            )
            early = late

    def test_checks_hold_whenever_one_looks(self, entity_name: str, country: str) -> None:
        subject = self._subject(entity_name, country)
        for moment in _moments(subject):
            seen = subject.seen_at(moment)
            broken = [each for each in check_rows(seen[subject.cls][0 : subject.count]) if each.violations]
            assert not broken, (
                f"{subject}: as of {moment} it does not hold that {broken[0].sentence}, in rows {broken[0].samples}: a check "
                "that looks at the clock of what is seen asks for `now`"
            )

    def test_what_is_referred_to_is_there(self, entity_name: str, country: str) -> None:
        subject = self._subject(entity_name, country)
        for moment in _moments(subject):
            seen = subject.seen_at(moment)
            rows = seen[subject.cls][0 : subject.count].numbers()
            batch = seen.batch(subject.spec, rows)
            for name in subject.references:
                reference = shown(batch, name)
                assert isinstance(reference, Ref)
                found = reference.rows[~reference.is_null()]
                if reference.target.happens and len(found):
                    absent = ~exists(seen.batch(reference.target, found))
                    assert not absent.any(), (
                        f"{subject}: as of {moment}, {name} refers to row {found[absent][0]} of {reference.target.name}, which "
                        "is not there: let this row happen later, or annotate the reference `| None`"
                    )

    def _subject(self, entity_name: str, country: str) -> Subject:
        subject = self.subject(entity_name, country)
        if not subject.spec.happens:
            pytest.skip("the entity has no history")
        return subject


def _moments(subject: Subject) -> list[datetime]:
    """Two at which something happens to the rows, in order, and one before all of it."""
    batch = subject.rows.batch(np.arange(subject.count, dtype=np.int64))
    found = [lifetimes(batch)[0], *(micros(_flat(batch.column(name))) for name in moments_of(subject.spec))]
    known = np.unique(np.concatenate(found))
    clock = int(micros(subject.rows.world.clock.instant))
    low = int(micros(np.datetime64("1950-01-01", "us")))
    known = known[(known < clock) & (known >= low)] // 1_000_000
    chosen = [low // 1_000_000, *known[[len(known) // 3, 2 * len(known) // 3] if len(known) else []].tolist()]
    return [datetime.fromtimestamp(seconds, UTC) for seconds in dict.fromkeys(chosen)]


def _flat(moments: Any) -> Any:
    return moments.values if isinstance(moments, Lists) else moments


def _plain(table: pa.Table) -> list[dict[str, Any]]:
    return table.to_pylist()


def _last_of_each(subject: Subject, told: pa.Table) -> pa.Table:
    """The last change of each row: what a row is afterwards does not depend on those before."""
    names = [each.column_name for each in subject.spec.primary_key if each.is_column]
    keys = zip(*(told[name].to_pylist() for name in names), strict=True)
    return told.take(pa.array({key: place for place, key in enumerate(keys)}.values(), pa.int64()))


def _key(subject: Subject, row: dict[str, Any]) -> Any:
    names = [each.column_name for each in subject.spec.primary_key if each.is_column]
    return tuple(row[name] for name in names)
