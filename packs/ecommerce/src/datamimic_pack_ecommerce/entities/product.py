"""Product: an article of the shop's catalogue."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import numpy as np

from datamimic import (
    Clock,
    Data,
    Entity,
    Maps,
    Service,
    Text,
    check,
    entity,
    field,
    from_row,
    serial,
    weighted,
)
from datamimic.columns import Bools, Ints
from datamimic_pack_ecommerce import catalogue, selling
from datamimic_pack_ecommerce.amounts import Shop, is_whole
from datamimic_pack_ecommerce.catalogue import ProductOptions
from datamimic_pack_ecommerce.generators.gtin import Gtin13, check_digit
from datamimic_pack_ecommerce.trade import inventory, paperwork, parties
from datamimic_pack_ecommerce.trade.inventory import Movement, Report
from datamimic_pack_ecommerce.trade.parties import Party


@entity(
    "product",
    size=16_384,
    options=ProductOptions,
    looks_at=("ecommerce.order_line", "common.company", "common.city"),
    tables=(
        "shop", "product_brands", "product_categories", "product_prices", "price_endings", "product_variants",
        "product_names", "product_colors", "product_conditions", "product_points", "product_popularity",
        "category_tastes", "product_margins", "warehouse",
    ),
)  # fmt: skip
class Product(Entity):
    """An article in the shop's catalogue: brand, category, price and attributes fit together."""

    # place in the catalogue
    product_id: str = field(serial("PROD-{country}-########", grows=True), key=True, doc="number of the product")
    offer: int = field(catalogue.offer, internal=True)
    category_row: int = field(catalogue.category_row, internal=True)
    category_code: str = field(
        from_row("product_categories", "category_code", row="category_row"),
        doc="category, the same word in every country",
    )
    department_code: str = field(from_row("product_categories", "department_code", row="category_row"), hidden=True)
    tax_class: str = field(
        from_row("product_categories", "tax_class", row="category_row"), doc="class that decides the tax rate"
    )
    variant: int = field(catalogue.variant, internal=True)
    rank: float = field(catalogue.rank, internal=True)
    title: int = field(catalogue.title, internal=True)
    article: str = field(serial("########"), internal=True)

    # numbers and names
    sku: str = field(catalogue.sku, doc="stock keeping unit")
    gtin: str = field(Gtin13(), doc="GTIN-13 (EAN) in GS1's demonstration range 952")
    brand: str = field(catalogue.brand, doc="brand, invented")
    name: str = field(catalogue.name, doc="what the shop calls it")
    category: str = field(
        from_row("product_categories", "category", row="category_row"), doc="category in the country's language"
    )
    department: str = field(
        from_row("product_categories", "department", row="category_row"), doc="department that the category belongs to"
    )

    # attributes and texts
    color: str = field(catalogue.color, doc="colour")
    condition: str = field(catalogue.condition, doc="new, used or refurbished")
    attributes: dict[str, str] = field(
        catalogue.attributes, doc="colour, and what the category is chosen by: size, storage …"
    )
    description: str = field(catalogue.description, doc="one or two sentences")
    tags: list[str] = field(catalogue.tags, doc="words to find it by")

    # price and size
    price: Decimal = field(catalogue.price, doc="shelf price: with VAT outside the United States")
    cost: Decimal = field(catalogue.cost, doc="what the shop paid for it, without tax")
    currency: str = field(catalogue.currency, doc="ISO 4217 code")
    length_mm: int = field(catalogue.length_mm, internal=True, unit="mm")
    dimensions: str = field(catalogue.dimensions, doc="length x width x height", unit="mm")
    weight: float = field(catalogue.weight, doc="shipping weight", unit="kg")

    # stock and sales
    quality: str = field(weighted("product_quality"), internal=True)
    popularity: int = field(selling.popularity, internal=True)
    lines_sold: int = field(selling.lines_sold, internal=True, doc="order lines that sold it")
    lot: int = field(selling.lot, internal=True, doc="pieces that come in at a time")
    first_stock: int = field(selling.first_stock, internal=True, doc="pieces before the first sale")
    stock_quantity: int = field(selling.stock_quantity, doc="pieces in stock at the clock")
    availability: str = field(selling.availability, doc="In Stock, Low Stock, Out of Stock, Preorder or Discontinued")
    launched_on: date = field(selling.launched_on, doc="day on which it came or comes into the catalogue")

    # reviews
    review_sums: int = field(selling.review_sums, internal=True)
    review_count: int = field(selling.review_count, doc="number of its reviews")
    rating: float | None = field(
        selling.rating, doc="mean of the stars of its reviews to one decimal; empty without a review"
    )
    dataset: str = field(lambda rows, locale: Text.constant(locale.country, len(rows)), hidden=True)

    # as trade messages tell it
    seller: Party = field(parties.seller, hidden=True, doc="the shop: a company of the world")
    warehouse: Party = field(parties.warehouse, hidden=True, doc="where the stock is")
    front: str = field(parties.front, hidden=True, doc="GLN of the web shop")
    movements: list[Movement] = field(inventory.movements, hidden=True, doc="what went out and came in within a month")
    report: Report = field(inventory.report, hidden=True, doc="the month's opening and closing stock")
    prepared_at: datetime = field(paperwork.prepared, hidden=True, doc="when interchanges are prepared: at the clock")


@check(Product, "the GTIN has a valid check digit and lies in GS1's demonstration range 952")
def gtin_is_valid(gtin: Text) -> Bools:
    matrix = np.array([list(value.encode()) if value and len(value) == 13 else [0] * 13 for value in gtin.tolist()])
    numbers = matrix.reshape(-1, 13).astype(np.int64) - 48
    stem = np.zeros(len(numbers), dtype=np.int64)
    for place in range(12):
        stem = stem * 10 + numbers[:, place]
    digits_only = ((numbers >= 0) & (numbers <= 9)).all(axis=1)
    return digits_only & (check_digit(np.abs(stem)) == numbers[:, 12]) & (stem // 10**9 == 952)


@check(Product, "the brand sells in the category")
def brand_fits_category(brand: Text, category_code: Text, data: Data) -> Bools:
    return _pairs_in(data["product_brands"], ("brand", "category_code"), (brand, category_code))


@check(Product, "the category belongs to the department")
def category_fits_department(category: Text, department: Text, category_code: Text, data: Data) -> Bools:
    table = data["product_categories"]
    return _pairs_in(table, ("category", "department"), (category, department)) & _pairs_in(
        table, ("category", "category_code"), (category, category_code)
    )


@check(Product, "the price lies within the range of the category")
def price_fits_category(price: Ints, category_code: Text, data: Data) -> Bools:
    categories, prices = data["product_categories"], data["product_prices"]
    values = prices.floats("value").reshape(len(categories), -1)
    at = categories.lookup("category_code", category_code)
    return (at >= 0) & (price >= np.floor(values[at, 0])) & (price <= np.ceil(values[at, -1]))


@check(Product, "the price lies between min_price and max_price")
def price_within_options(price: Ints, options: ProductOptions) -> Bools:
    low = 0 if options.min_price is None else catalogue.hundredths(options.min_price)
    high = np.iinfo(np.int64).max if options.max_price is None else catalogue.hundredths(options.max_price)
    return (price >= low) & (price <= high)


@check(Product, "price and cost are positive, in whole minor units of the market's currency")
def money_is_whole(price: Ints, cost: Ints, currency: Text, data: Data) -> Bools:
    shop = Shop.read(data)
    whole = is_whole(price, shop.unit) & is_whole(cost, shop.unit)
    return whole & (price > 0) & (cost > 0) & (currency == shop.currency)


@check(Product, "the attributes are those of the category: a size only for what is worn, the colour as stated")
def attributes_fit_category(attributes: Maps, category_code: Text, color: Text, data: Data) -> Bools:
    table = data["product_variants"]
    known = set(zip(*(table.columns[name] for name in ("category_code", "attribute", "value")), strict=True))
    keys, values = attributes.keys.tolist(), attributes.values.tolist()
    result, start = [], 0
    for length, code, shade in zip(attributes.lengths.tolist(), category_code.tolist(), color.tolist(), strict=True):
        pairs = list(zip(keys[start : start + length], values[start : start + length], strict=True))
        result.append(all(value == shade if key == "color" else (code, key, value) in known for key, value in pairs))
        start += length
    return np.array(result, dtype=np.bool_)


@check(Product, "availability agrees with the stock")
def availability_fits_stock(availability: Text, stock_quantity: Ints) -> Bools:
    empty = availability.isin(selling.AVAILABILITIES[2:])
    return (
        (stock_quantity >= 0)
        & (empty == (stock_quantity == 0))
        & ((availability == "Low Stock") == ((stock_quantity > 0) & (stock_quantity < selling.LOW_STOCK)))
    )


@check(Product, "only an announced product lies in the future")
def launch_fits_availability(launched_on: Any, availability: Text, clock: Clock) -> Bools:
    return (launched_on > clock.date) == (availability == "Preorder")


@check(Product, "a rating lies between 1 and 5 and exists only with reviews; what cannot be bought yet has none")
def rating_has_reviews(rating: Any, review_count: Ints, availability: Text) -> Bools:
    missing = np.ma.getmaskarray(rating)
    value = np.ma.filled(rating, 3.0)
    in_range = (value >= 1.0) & (value <= 5.0)
    return (missing == (review_count == 0)) & in_range & ((review_count == 0) | (availability != "Preorder"))


def _pairs_in(table: Any, columns: tuple[str, str], given: tuple[Text, Text]) -> Bools:
    known = set(zip(*(table.columns[name] for name in columns), strict=True))
    pairs = zip(given[0].tolist(), given[1].tolist(), strict=True)
    return np.array([pair in known for pair in pairs], dtype=np.bool_)


class ProductService(Service[Product]):
    """Products of one country's shop, `ProductService(dataset="DE", min_price=5, max_price=50, rng=Random(1))`."""
