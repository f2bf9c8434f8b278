"""Relativities and points: what a level of a risk factor multiplies the premium by, and adds to the score."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from datamimic import Data, Table
from datamimic.columns import Bools, Floats, Ints, Text, where


@frozen(eq=False)
class Factor:
    """One factor's column: `relativity` (float64) multiplies the premium, `points` (int64) add to the score."""

    relativity: Floats
    points: Ints

    @classmethod
    def at(cls, table: Table, rows: Ints) -> Factor:
        return cls(table.floats("relativity")[rows], table.ints("points")[rows])


def by_rating(data: Data, name: str, column: str, rating: Text, level: Ints) -> Factor:
    """The factor `risk_<name>`, whose levels are bands of `column`, for the set of factors that a product is rated by."""
    table = data[f"risk_{name}"]
    return Factor.at(table, table.by("rating", f"{column}_from").first(rating, known(table, f"{column}_from", level)))


def known(table: Table, column: str, level: Ints) -> Ints:
    """The level; the lowest of the table for what lies below it."""
    return np.maximum(level, table.ints(column).min())


def by_sum_insured(data: Data, product_code: Text, units: Ints) -> Factor:
    """`units` is the sum insured in whole units of the currency, 0 where there is none."""
    table = data["risk_sum_insured"]
    return Factor.at(table, table.by("product_code", "sum_insured_from").first(product_code, np.maximum(units, 0)))


def no_claims(
    data: Data, motor: Bools, claim_free_years: Ints, licence_years: Ints, prior_claims: Ints
) -> tuple[Text, Factor]:
    """(name of the no-claims class, factor); null and neutral for what is not motor insurance."""
    classes, beginners = data["no_claims_classes"], data["no_claims_beginners"]
    row = classes.by("claim_free_years_from").first(np.maximum(claim_free_years, 0))
    start = beginners.by("licence_years_from", "prior_claims_from").first(
        np.maximum(licence_years, 0), np.maximum(prior_claims, 0)
    )
    fresh = claim_free_years == 0
    names = where(fresh, beginners["no_claims_class"].take(start), classes["no_claims_class"].take(row))
    own, other = Factor.at(beginners, start), Factor.at(classes, row)
    relativity = np.where(fresh, own.relativity, other.relativity)
    points = np.where(fresh, own.points, other.points)
    return names.where(motor), Factor(np.where(motor, relativity, 1.0), np.where(motor, points, 0))
