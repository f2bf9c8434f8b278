"""InsuranceCoverage: one kind of protection that a product contains, with the range of its limits."""

from __future__ import annotations

from decimal import Decimal

from datamimic import Data, Entity, Service, check, entity, field, from_row
from datamimic.columns import Bools, Ints, Text, join
from datamimic_pack_insurance.products import coverage_terms


@entity("insurance_coverage", size=64, tables=("coverages", "products", "claim_causes", "markets"))
class InsuranceCoverage(Entity):
    """One kind of protection that a product contains: what it answers for and how high its limit can be."""

    # identity
    coverage_row: int = field(coverage_terms.coverage_row, internal=True, doc="row of the catalogue of coverages")
    id: str = field(coverage_terms.identity, key=True, doc="product and coverage code; later editions carry a number")
    code: str = field(
        from_row("coverages", "coverage_code", row="coverage_row"), doc="code of the coverage within its product"
    )
    product_code: str = field(
        from_row("coverages", "product_code", row="coverage_row"), doc="code of the product that contains the coverage"
    )
    line: str = field(coverage_terms.line, doc="line of business of that product")

    # what it covers
    name: str = field(from_row("coverages", "coverage_name", row="coverage_row"), doc="name of the coverage")
    description: str = field(from_row("coverages", "coverage_description", row="coverage_row"), doc="what is covered")
    causes: str = field(
        coverage_terms.causes,
        doc="causes of loss covered, separated by semicolons; empty where no claim is made of its own",
    )
    min_coverage: Decimal = field(
        coverage_terms.min_coverage, doc="lowest limit per claim that is on offer, in national currency"
    )
    max_coverage: Decimal = field(
        coverage_terms.max_coverage, doc="highest limit per claim that is on offer, in national currency"
    )
    currency: str = field(coverage_terms.currency, doc="currency of the limits, ISO 4217")


@check(InsuranceCoverage, "the lowest limit is above 0 and not above the highest")
def limits_in_order(min_coverage: Ints, max_coverage: Ints) -> Bools:
    return (min_coverage > 0) & (min_coverage <= max_coverage)


@check(InsuranceCoverage, "the product has a coverage of this code, and the line is that of the product")
def coverage_in_catalogue(code: Text, product_code: Text, line: Text, data: Data) -> Bools:
    products = data["products"]
    rows = products.lookup("product_code", product_code)
    known = data["coverages"].lookup("coverage_key", join(product_code, "/", code)) >= 0
    return known & (rows >= 0) & (products["line"].take(rows) == line)


class InsuranceCoverageService(Service[InsuranceCoverage]):
    """The coverages of a country's catalogue, one after the other."""
