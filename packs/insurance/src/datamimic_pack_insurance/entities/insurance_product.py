"""InsuranceProduct: what an insurer sells, with its line, form and coverages."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from datamimic import Data, Entity, Service, apportioned, check, entity, field, from_row, record, ref, serial
from datamimic.columns import Bools, Lists, Text, join
from datamimic_pack_insurance.catalogue import product_rows
from datamimic_pack_insurance.entities.insurance_company import InsuranceCompany
from datamimic_pack_insurance.products import offers


@record
class ProductCoverage:
    """A coverage as its product lists it; limits are per claim, in national currency."""

    code: str
    name: str
    description: str
    product_code: str
    min_coverage: Decimal
    max_coverage: Decimal


@entity("insurance_product", size=960, tables=("products", "coverages", "markets"))
class InsuranceProduct(Entity):
    """What an insurer sells: a product of the country's market with its line, form, coverages and price level."""

    # identity
    id: str = field(serial("PRD-{country}-######", grows=True), key=True, doc="number of the product in this world")
    code: str = field(
        apportioned("products", "product_code", minimum=1), doc="code of the product in the market's catalogue"
    )
    product_row: int = field(
        lambda code, data: product_rows(data, code), internal=True, doc="row of the catalogue of products"
    )
    type: str = field(
        from_row("products", "line", row="product_row"), doc="line of business: auto, home, life, health …"
    )
    segment: str = field(
        from_row("products", "segment", row="product_row"), doc="kind of insurer that may write the line"
    )
    rating: str = field(
        from_row("products", "rating", row="product_row"),
        internal=True,
        doc="set of risk factors that the product is priced by",
    )
    insures: str = field(
        from_row("products", "insures", row="product_row"), doc="what is insured: vehicle, house, dwelling, person …"
    )

    # who sells it
    company: InsuranceCompany = field(ref(InsuranceCompany, same="segment"), doc="insurer that sells it")
    product_name: str = field(
        from_row("products", "product_name", row="product_row"), doc="name of the product in the market"
    )
    name: str = field(
        lambda product_name, company: join(company.stem, " ", product_name), doc="name under which it is sold"
    )
    form: str = field(from_row("products", "form", row="product_row"), doc="policy form or general conditions")
    description: str = field(from_row("products", "description", row="product_row"), doc="what the product is for")

    # what it covers and costs
    coverages: list[ProductCoverage] = field(offers.coverages, doc="its coverages, with the range of their limits")
    price_level: float = field(offers.price_level, doc="price relative to the market")
    base_premium: Decimal = field(
        offers.base_premium, doc="premium of a year before risk, choices and tax, in national currency"
    )
    tax_rate: float = field(from_row("products", "tax_rate", row="product_row"), doc="tax on the premium")
    currency: str = field(offers.currency, doc="currency of the premium, ISO 4217")


@check(InsuranceProduct, "the code, line and segment are of one product of the country's catalogue")
def product_in_catalogue(code: Text, type: Text, segment: Text, data: Data) -> Bools:
    products = data["products"]
    rows = product_rows(data, code)
    return (rows >= 0) & (products["line"].take(rows) == type) & (products["segment"].take(rows) == segment)


@check(InsuranceProduct, "every coverage belongs to the product")
def coverages_of_product(code: Text, coverages: Lists, data: Data) -> Bools:
    each: Any = coverages.values
    own = code.take(coverages.parents)
    known = data["coverages"].lookup("coverage_key", join(own, "/", each.code)) >= 0
    return coverages.all(known & (each.product_code == own)) & (coverages.lengths > 0)


class InsuranceProductService(Service[InsuranceProduct]):
    """Insurance products of a country's insurers."""
