"""Changes within terms: they are chained, move the premium by the days left, and stand in everything that follows."""

from __future__ import annotations

import pandas as pd
import pytest

from datamimic import World

POLICIES = 3_000


class Book:
    """Policies with all their terms and endorsements."""

    def __init__(self, country: str) -> None:
        self.world = World("endorsed", country)
        self.policies = self.read("insurance_policy", POLICIES).set_index("id")
        self.changes = self.read("endorsement", POLICIES)
        assert self.changes.policy_id.iloc[-1] not in self.policies.index
        self.changes = self.changes[self.changes.policy_id.isin(self.policies.index)]
        self.terms = self.read("policy_term", 8 * POLICIES).set_index("term_id")

    def read(self, entity: str, count: int) -> pd.DataFrame:
        return self.world[f"insurance.{entity}"][0:count].to_arrow().to_pandas()


@pytest.fixture(scope="module")
def book() -> Book:
    return Book("US")


def test_each_change_begins_where_the_one_before_ended(book: Book) -> None:
    for before, after, kinds in (
        ("mileage_before", "mileage_after", ["mileage changed"]),
        ("sum_before", "sum_after", ["vehicle replaced", "sum insured changed"]),
    ):
        own = book.changes[book.changes.kind.isin(kinds)]
        following = own.policy_id.eq(own.policy_id.shift())
        assert following.sum() > 20
        assert (own[before][following] == own[after].shift()[following]).all()
    assert not book.changes[book.changes.kind == "driver added"].policy_id.duplicated().any()


def test_a_policy_insures_what_was_changed_last(book: Book) -> None:
    last = book.changes[book.changes.kind == "vehicle replaced"].groupby("policy_id").last()
    objects = book.policies.insured_object.loc[last.index]
    assert len(last) > 100
    assert [each["vin"] for each in objects] == last.vin.tolist()
    assert [each["value"] for each in objects] == last.sum_after.tolist()
    then = (
        book.world.as_of("2022-06-30")["insurance.insurance_policy"][0:POLICIES].to_arrow().to_pandas().set_index("id")
    )
    early = book.changes[
        (book.changes.kind == "vehicle replaced") & (book.changes.effective_on.astype(str) <= "2022-06-30")
    ]
    early = early.groupby("policy_id").last()
    assert [each["vin"] for each in then.insured_object.loc[early.index]] == early.vin.tolist()
    later = last.index.difference(early.index).intersection(then.index)
    assert len(later) > 20
    assert all(then.insured_object[each]["vin"] != last.vin[each] for each in later)


def test_changes_tell_of_endorsements(book: Book) -> None:
    rows = book.world["insurance.insurance_policy"][0:300].select(["id", "insured_object"])
    told = rows.changes("2024-01-01", "2024-12-31").read_all().to_pandas()
    vehicles = book.changes[book.changes.kind.isin(["vehicle replaced", "sum insured changed"])]
    day = pd.to_datetime(vehicles.effective_on)
    due = vehicles[(day > "2024-01-01") & (day <= "2024-12-31") & vehicles.policy_id.isin(book.policies.index[:300])]
    assert len(due) > 5
    updated = told[told.op == "update"]
    assert set(due.policy_id) <= set(updated.id)


def test_the_adjustment_is_by_the_days_left(book: Book) -> None:
    terms = book.terms.loc[book.changes.term_id]
    start, end = (pd.to_datetime(terms[name]).to_numpy() for name in ("start_date", "end_date"))
    day = pd.to_datetime(book.changes.effective_on).to_numpy()
    assert ((start <= day) & (day < end)).all()
    part = (end - day) / (end - start)
    off = book.changes.premium_after.astype(float) - book.changes.premium_before.astype(float)
    assert (book.changes.premium_adjustment.astype(float) - off * part).abs().max() < 0.0051
    assert (off > 0).mean() > 0.2
    assert (off < 0).mean() > 0.1


def test_the_next_term_costs_what_was_changed(book: Book) -> None:
    """Where nothing else moves the price: of homes, whose holders have no class."""
    own = book.changes[book.changes.kind == "sum insured changed"]
    whole = own.merge(book.terms, left_on="term_id", right_index=True, suffixes=("", "_term"))
    following = book.terms.reset_index().merge(whole, on="policy_id", suffixes=("_next", ""))
    following = following[following.number_next == following.number_term + 1]
    ratio = following.relativity_next / following.relativity_after
    assert len(following) > 40
    assert (ratio.between(0.8, 1.25)).mean() > 0.9
    first = own.groupby(["policy_id", "term_id"]).first()
    priced = book.terms.loc[first.index.get_level_values("term_id")]
    assert (first.premium_before.to_numpy() == priced.premium.to_numpy()).all()
