"""Product: an article of the shop's catalogue."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import numpy as np

from datamimic import (
    Draw,
    Lists,
    Maps,
    Service,
    Text,
    World,
    check,
    entity,
    field,
    option,
    options,
    serial,
    weighted,
)
from datamimic.columns import Bools, Floats, Ints, concat, join, join_present, number_text, where
from datamimic.datasets.weighted import Alias
from datamimic.errors import InvalidOption
from datamimic_pack_ecommerce.amounts import Shop, divide, is_whole, styled
from datamimic_pack_ecommerce.generators.gtin import Gtin13, check_digit
from datamimic_pack_ecommerce.sales import LINE, PRODUCT, Sales

AVAILABILITIES = ("In Stock", "Low Stock", "Out of Stock", "Preorder", "Discontinued")
NOUN_FIRST = {"FR", "ES", "VN"}
LOW_STOCK = 10


@options
class ProductOptions:
    """Limits of the price."""

    min_price: float | None = option(
        None, doc="lowest price in the currency; without it 0.99 (9,000 in dong)", minimum=0
    )
    max_price: float | None = option(
        None, doc="highest price in the currency; without it 999.99 (25,000,000 in dong)", minimum=0
    )

    def __attrs_post_init__(self) -> None:
        if self.min_price is not None and self.max_price is not None and self.min_price > self.max_price:
            raise ValueError(f"min_price {self.min_price} is above max_price {self.max_price}")


# -- what it is: category, brand and price band are drawn together ------------------------------------------------


class Assortment:
    """Every brand in every category that it sells, with the prices the options leave; one per world."""

    def __init__(self, data: Any, options: ProductOptions) -> None:
        shop = Shop.read(data)
        self.brands = data["product_brands"]
        categories = data["product_categories"]
        prices = data["product_prices"]
        self.probabilities = np.unique(prices.floats("probability"))
        self.values = prices.floats("value").reshape(len(categories), len(self.probabilities))
        self.category = categories.lookup("category_code", self.brands["category_code"])
        low = shop.lowest_price if options.min_price is None else _cents(options.min_price)
        high = shop.highest_price if options.max_price is None else _cents(options.max_price)
        self.lowest, self.highest = -(-low // shop.unit) * shop.unit, high // shop.unit * shop.unit
        band = self.brands.floats("band_low"), self.brands.floats("band_high")
        self.bottom = np.maximum(np.ceil(self.price_at(self.category, band[0])), self.lowest).astype(np.int64)
        self.top = np.minimum(np.floor(self.price_at(self.category, band[1])), self.highest).astype(np.int64)
        self.bottom = -(-self.bottom // shop.unit) * shop.unit
        self.top = self.top // shop.unit * shop.unit
        possible = np.flatnonzero(self.bottom <= self.top)
        if not len(possible):
            raise InvalidOption(
                "impossible_constraint",
                f"no article costs between {self.lowest / 100:g} and {self.highest / 100:g} {shop.currency}",
                hint="widen min_price and max_price",
            )
        share = np.array(self.brands.weights) * np.array(categories.weights)[self.category]
        self.alias = Alias.build([(possible.tolist(), share[possible].tolist())])

    def price_at(self, category: Ints, share: Floats) -> Floats:
        """The price quantile of a category at `share` in [0, 1], in hundredths, not rounded."""
        p, v = self.probabilities, self.values
        right = np.clip(np.searchsorted(p, share, side="right"), 1, len(p) - 1)
        start, rise = v[category, right - 1], v[category, right] - v[category, right - 1]
        step = (share - p[right - 1]) / (p[right] - p[right - 1]) * rise
        result: Floats = start + step
        return result


def _cents(amount: float) -> int:
    return round(amount * 100)


def assortment(world: World, data: Any, options: ProductOptions) -> Assortment:
    return world.memo("ecommerce.assortment", lambda: Assortment(data, options))  # type: ignore[no-any-return]


def offer(draw: Draw, world: World, data: Any, options: ProductOptions) -> Ints:
    return draw.pick(assortment(world, data, options).alias)


def category_row(offer: Ints, world: World, data: Any, options: ProductOptions) -> Ints:
    return assortment(world, data, options).category[offer]


def from_category(column: str) -> Any:
    """A rule that reads a column of the table of categories."""

    def rule(category_row: Ints, data: Any) -> Text:
        return data["product_categories"][column].take(category_row)  # type: ignore[no-any-return]

    return rule


def brand(offer: Ints, data: Any) -> Text:
    return data["product_brands"]["brand"].take(offer)  # type: ignore[no-any-return]


def variant(category_code: Text, draw: Draw, data: Any) -> Ints:
    return draw.pick(data["product_variants"].by("category_code"), category_code)


def rank(variant: Ints, draw: Draw, data: Any) -> Floats:
    table = data["product_variants"]
    low, high = table.floats("rank_low")[variant], table.floats("rank_high")[variant]
    return low + (high - low) * draw.uniform()


def price(
    offer: Ints, variant: Ints, rank: Floats, draw: Draw, world: World, data: Any, options: ProductOptions
) -> Ints:
    table, goods, shop = data["product_variants"], assortment(world, data, options), Shop.read(data)
    share = np.where(table.ints("priced")[variant] == 1, rank, draw.uniform("within the band"))
    low = goods.brands.floats("band_low")[offer]
    high = goods.brands.floats("band_high")[offer]
    raw = goods.price_at(goods.category[offer], low + (high - low) * share)
    bottom, top = goods.bottom[offer], goods.top[offer]
    # Where the options cut the band, the rest of it is stretched over what is left.
    cut = (raw < bottom) | (raw > top)
    plain = np.where(cut, bottom + (top - bottom) * share, raw).astype(np.int64) // shop.unit * shop.unit
    plain = np.clip(plain, bottom, top)
    endings = data["price_endings"]
    row = draw.pick(endings.by("price_cents_from"), plain, label="ending")
    ended = styled(plain, endings, row)
    # Where the ending would leave the band, the one a step below is taken; without room for either, the plain price.
    below = ended - endings.ints("unit_cents")[row]
    for candidate in (below, ended):
        plain = np.where((candidate >= bottom) & (candidate <= top), candidate, plain)
    return plain


def cost(price: Ints, draw: Draw, data: Any) -> Ints:
    shop = Shop.read(data)
    net = divide(price * 100, 120, 1) if shop.tax_included else price
    loss_leader = draw.chance(0.015, "sold below cost")
    loss, margin = draw.integers(1_220_000, 1_300_000, "loss"), draw.integers(420_000, 820_000, "margin")
    share = np.where(loss_leader, loss, margin)
    return np.maximum(divide(net * share, 1_000_000, shop.unit), shop.unit)


def currency(rows: Ints, data: Any) -> Text:
    return Text.constant(Shop.read(data).currency, len(rows))


# -- how it looks -------------------------------------------------------------------------------------------------


def title(category_code: Text, draw: Draw, data: Any) -> Ints:
    return draw.pick(data["product_names"].by("category_code"), category_code)


def name(title: Ints, brand: Text, department_code: Text, data: Any, locale: Any) -> Text:
    table = data["product_names"]
    noun, series = table["noun"].take(title), table["series"].take(title)
    if locale.country in NOUN_FIRST:
        parts = join(noun, " ", brand, " ", series)
    else:
        parts = join(brand, " ", series, " ", noun)
    return where(department_code == "media", join(series, " (", noun, ", ", brand, ")"), parts)


def color(category_row: Ints, draw: Draw, data: Any) -> Text:
    table = data["product_colors"]
    palette = data["product_categories"]["palette"].take(category_row)
    return table["color"].take(draw.pick(table.by("palette"), palette))  # type: ignore[no-any-return]


def condition(category_row: Ints, draw: Draw, data: Any) -> Text:
    table = data["product_conditions"]
    kind = data["product_categories"]["condition_class"].take(category_row)
    return table["condition"].take(draw.pick(table.by("condition_class"), kind))  # type: ignore[no-any-return]


def attributes(variant: Ints, color: Text, data: Any) -> Maps:
    table = data["product_variants"]
    length = len(variant)
    keys = _alternating(Text.constant("color", length), table["attribute"].take(variant))
    values = _alternating(color, table["value"].take(variant))
    return Maps(np.full(length, 2, dtype=np.int64), keys, values)


def _alternating(*columns: Text) -> Text:
    """The first values of all columns, then the second ones, and so on."""
    length = len(columns[0])
    order = np.arange(length * len(columns), dtype=np.int64).reshape(len(columns), length).T.reshape(-1)
    stacked: Text = concat(columns)
    return stacked.take(order)


def description(
    name: Text, variant: Ints, color: Text, category_row: Ints, department_code: Text, draw: Draw, data: Any
) -> Text:
    points = data["product_points"]
    shown = color.where(data["product_categories"]["palette"].take(category_row) != "multi")
    point = points["point"].take(draw.pick(points.by("department_code"), department_code))
    facts = join_present(name, data["product_variants"]["value"].take(variant), shown, separator=", ")
    return join(facts, ". ", point, ".")


def tags(department: Text, category: Text, brand: Text, condition: Text) -> Lists:
    return Lists(np.full(len(brand), 4, dtype=np.int64), _alternating(department, category, brand, condition))


def sku(category_code: Text, article: Text) -> Text:
    return join(category_code.map(_stem), "-", article)


def _stem(code: str) -> str:
    return code.replace("_", "")[:4].upper()


def length_mm(category_row: Ints, rank: Floats, data: Any) -> Ints:
    table = data["product_categories"]
    low, high = table.ints("length_min_mm")[category_row], table.ints("length_max_mm")[category_row]
    return low + ((high - low) * rank).astype(np.int64)


def dimensions(length_mm: Ints, category_row: Ints, data: Any) -> Text:
    table = data["product_categories"]
    shares = (table.floats(f"{side}_share")[category_row] for side in ("width", "height"))
    width, height = (np.maximum((length_mm * share).astype(np.int64), 2) for share in shares)
    return join(number_text(length_mm), " x ", number_text(width), " x ", number_text(height), " mm")


def weight(category_row: Ints, rank: Floats, data: Any) -> Floats:
    table = data["product_categories"]
    low, high = table.ints("weight_min_g")[category_row], table.ints("weight_max_g")[category_row]
    grams = low + ((high - low) * rank).astype(np.int64)
    return grams / 1000.0


# -- how it sells -------------------------------------------------------------------------------------------------


def popularity(draw: Draw, data: Any) -> Ints:
    return data["product_popularity"].quantiles().at(draw.uniform()).astype(np.int64)  # type: ignore[no-any-return]


def lines_sold(rows: Ints, world: World) -> Ints:
    return Sales.of(world).counts(rows)


def stock_quantity(lines_sold: Ints, draw: Draw) -> Ints:
    plenty = draw.integers(LOW_STOCK, 480, "plenty")
    few = draw.integers(1, LOW_STOCK - 1, "few")
    stock = np.where(draw.chance(0.12, "low"), few, plenty)
    empty = (lines_sold == 0) & draw.chance(0.8, "empty")
    return np.where(empty, 0, stock)


def availability(stock_quantity: Ints, draw: Draw) -> Text:
    empty = 2 + draw.integers(0, 2, "why empty")
    return Text.coded(np.select([stock_quantity == 0, stock_quantity < LOW_STOCK], [empty, 1], 0), AVAILABILITIES)


def launched_on(availability: Text, draw: Draw, clock: Any) -> Any:
    past = draw.integers(1100, 2900, "in the catalogue since")
    ahead = -draw.integers(7, 120, "comes in")
    return clock.date - np.where(availability == "Preorder", ahead, past).astype("timedelta64[D]")


class Reviews:
    """The reviews of a batch of products: how many each has and the sum of their stars."""

    def __init__(self, products: Ints, world: World) -> None:
        per_product, lines = Sales.of(world).lines_of(products)
        # The lines are told which product they sold, which they would have to search for.
        sold = world.refer(PRODUCT, np.repeat(products, per_product))
        found = world.batch(world.spec(LINE), lines, given={"product": sold}).column("reviews")
        ends = np.cumsum(per_product)
        self.counts, self.stars = (_between(values, ends, per_product) for values in (found.counts, found.sum("stars")))


def _between(values: Ints, ends: Ints, lengths: Ints) -> Ints:
    """Sums of runs of `lengths` values that end before `ends`."""
    running = np.concatenate(([0], np.cumsum(values)))
    result: Ints = running[ends] - running[ends - lengths]
    return result


def review_sums(rows: Ints, world: World) -> Ints:
    """Reviews and stars of a product in one number, stars in the lower 32 bits."""
    reviews = Reviews(rows, world)
    return (reviews.counts << 32) + reviews.stars


def review_count(review_sums: Ints) -> Ints:
    return review_sums >> 32


def rating(review_sums: Ints) -> Any:
    counts, stars = review_sums >> 32, review_sums & 0xFFFFFFFF
    tenths = (20 * stars + counts) // np.maximum(2 * counts, 1)
    return np.ma.MaskedArray(tenths / 10.0, counts == 0)


@entity(
    "product",
    size=16_384,
    options=ProductOptions,
    tables=(
        "shop", "product_brands", "product_categories", "product_prices", "price_endings", "product_variants",
        "product_names", "product_colors", "product_conditions", "product_points", "product_popularity",
    ),
)  # fmt: skip
class Product:
    """An article in the shop's catalogue: brand, category, price and attributes fit together."""

    product_id: str = field(serial("PROD-########"), key=True, doc="number of the product")
    offer: int = field(offer, hidden=True)
    category_row: int = field(category_row, hidden=True)
    category_code: str = field(from_category("category_code"), doc="category, the same word in every country")
    department_code: str = field(from_category("department_code"), hidden=True)
    tax_class: str = field(from_category("tax_class"), doc="class that decides the tax rate")
    variant: int = field(variant, hidden=True)
    rank: float = field(rank, hidden=True)
    title: int = field(title, hidden=True)
    article: str = field(serial("########"), hidden=True)
    sku: str = field(sku, doc="stock keeping unit")
    gtin: str = field(Gtin13(), doc="GTIN-13 (EAN) in GS1's demonstration range 952")
    brand: str = field(brand, doc="brand, invented")
    name: str = field(name, doc="what the shop calls it")
    category: str = field(from_category("category"), doc="category in the country's language")
    department: str = field(from_category("department"), doc="department that the category belongs to")
    color: str = field(color, doc="colour")
    condition: str = field(condition, doc="new, used or refurbished")
    attributes: dict[str, str] = field(attributes, doc="colour, and what the category is chosen by: size, storage …")
    description: str = field(description, doc="one or two sentences")
    tags: list[str] = field(tags, doc="words to find it by")
    price: Decimal = field(price, doc="shelf price: with VAT outside the United States")
    cost: Decimal = field(cost, doc="what the shop paid for it, without tax")
    currency: str = field(currency, doc="ISO 4217 code")
    length_mm: int = field(length_mm, hidden=True, unit="mm")
    dimensions: str = field(dimensions, doc="length x width x height", unit="mm")
    weight: float = field(weight, doc="shipping weight", unit="kg")
    quality: str = field(weighted("product_quality"), hidden=True)
    popularity: int = field(popularity, hidden=True)
    lines_sold: int = field(lines_sold, hidden=True, doc="order lines that sold it")
    stock_quantity: int = field(stock_quantity, doc="pieces in stock at the clock")
    availability: str = field(availability, doc="In Stock, Low Stock, Out of Stock, Preorder or Discontinued")
    launched_on: date = field(launched_on, doc="day on which it came or comes into the catalogue")
    review_sums: int = field(review_sums, hidden=True)
    review_count: int = field(review_count, doc="number of its reviews")
    rating: float | None = field(rating, doc="mean of the stars of its reviews to one decimal; empty without a review")
    dataset: str = field(lambda rows, locale: Text.constant(locale.country, len(rows)), hidden=True)


@check(Product, "the GTIN has a valid check digit and lies in GS1's demonstration range 952")
def gtin_is_valid(gtin: Text) -> Bools:
    matrix = np.array([list(value.encode()) if value and len(value) == 13 else [0] * 13 for value in gtin.tolist()])
    numbers = matrix.reshape(-1, 13).astype(np.int64) - 48
    stem = np.zeros(len(numbers), dtype=np.int64)
    for place in range(12):
        stem = stem * 10 + numbers[:, place]
    digits_only = ((numbers >= 0) & (numbers <= 9)).all(axis=1)
    return digits_only & (check_digit(np.abs(stem)) == numbers[:, 12]) & (stem // 10**9 == 952)  # type: ignore[no-any-return]


@check(Product, "the brand sells in the category")
def brand_fits_category(brand: Text, category_code: Text, data: Any) -> Bools:
    return _pairs_in(data["product_brands"], ("brand", "category_code"), (brand, category_code))


@check(Product, "the category belongs to the department")
def category_fits_department(category: Text, department: Text, category_code: Text, data: Any) -> Bools:
    table = data["product_categories"]
    return _pairs_in(table, ("category", "department"), (category, department)) & _pairs_in(
        table, ("category", "category_code"), (category, category_code)
    )


@check(Product, "the price lies within the range of the category")
def price_fits_category(price: Ints, category_code: Text, data: Any) -> Bools:
    categories, prices = data["product_categories"], data["product_prices"]
    values = prices.floats("value").reshape(len(categories), -1)
    at = categories.lookup("category_code", category_code)
    return (at >= 0) & (price >= np.floor(values[at, 0])) & (price <= np.ceil(values[at, -1]))


@check(Product, "the price lies between min_price and max_price")
def price_within_options(price: Ints, options: ProductOptions) -> Bools:
    low = 0 if options.min_price is None else _cents(options.min_price)
    high = np.iinfo(np.int64).max if options.max_price is None else _cents(options.max_price)
    return (price >= low) & (price <= high)


@check(Product, "price and cost are positive, in whole minor units of the market's currency")
def money_is_whole(price: Ints, cost: Ints, currency: Text, data: Any) -> Bools:
    shop = Shop.read(data)
    whole = is_whole(price, shop.unit) & is_whole(cost, shop.unit)
    return whole & (price > 0) & (cost > 0) & (currency == shop.currency)


@check(Product, "the attributes are those of the category: a size only for what is worn, the colour as stated")
def attributes_fit_category(attributes: Maps, category_code: Text, color: Text, data: Any) -> Bools:
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
    empty = availability.isin(AVAILABILITIES[2:])
    return (
        (stock_quantity >= 0)
        & (empty == (stock_quantity == 0))
        & ((availability == "Low Stock") == ((stock_quantity > 0) & (stock_quantity < LOW_STOCK)))
    )


@check(Product, "only an announced product lies in the future")
def launch_fits_availability(launched_on: Any, availability: Text, clock: Any) -> Bools:
    return (launched_on > clock.date) == (availability == "Preorder")  # type: ignore[no-any-return]


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

    entity = Product

    def __init__(
        self,
        dataset: str | None = None,
        min_price: float | None = None,
        max_price: float | None = None,
        rng: Random | None = None,
        *,
        seed: str | int | None = None,
        reference_now: Any = None,
    ) -> None:
        given = {"min_price": min_price, "max_price": max_price}
        super().__init__(dataset, rng=rng, seed=seed, clock=reference_now, options=given)
