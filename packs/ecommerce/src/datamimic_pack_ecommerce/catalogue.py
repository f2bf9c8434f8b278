"""What a product is and looks like: brand, category and price band drawn together, name, attributes, size."""

from __future__ import annotations

import numpy as np

from datamimic import Alias, Data, Draw, Lists, Maps, Text, World, option, options
from datamimic.columns import Floats, Ints, concat, join, join_present, number_text, where
from datamimic.errors import InvalidOption
from datamimic_pack_ecommerce.amounts import Shop, divide, styled

NO_LIMIT = 1 << 52
"""Hundredths that no article costs."""


@options
class ProductOptions:
    """Limits of the price."""

    min_price: float | None = option(
        None, doc="lowest price in the currency; without it 0.99 (9,000 in dong)", minimum=0
    )
    max_price: float | None = option(
        None, doc="highest price in the currency; without it 999.99 (25,000,000 in dong)", minimum=0
    )


# -- what it is: category, brand and price band are drawn together ------------------------------------------------


class Assortment:
    """Every brand in every category that it sells, with the prices the options leave; one per world."""

    def __init__(self, data: Data, options: ProductOptions) -> None:
        shop = Shop.read(data)
        self.brands = data["product_brands"]
        categories = data["product_categories"]
        prices = data["product_prices"]
        self.probabilities = np.unique(prices.floats("probability"))
        self.values = prices.floats("value").reshape(len(categories), len(self.probabilities))
        self.category = categories.lookup("category_code", self.brands["category_code"])
        low = shop.lowest_price if options.min_price is None else hundredths(options.min_price)
        high = shop.highest_price if options.max_price is None else hundredths(options.max_price)
        if low > high:
            # The limit that nobody gave makes room for the other.
            low, high = (0, high) if options.min_price is None else (low, NO_LIMIT)
        self.lowest, self.highest = -(-low // shop.unit) * shop.unit, high // shop.unit * shop.unit
        band = self.brands.floats("band_low"), self.brands.floats("band_high")
        self.bottom = np.maximum(np.ceil(self.price_at(self.category, band[0])), self.lowest).astype(np.int64)
        self.top = np.minimum(np.floor(self.price_at(self.category, band[1])), self.highest).astype(np.int64)
        self.bottom = -(-self.bottom // shop.unit) * shop.unit
        self.top = self.top // shop.unit * shop.unit
        possible = np.flatnonzero(self.bottom <= self.top)
        if not len(possible):
            given = " and ".join(
                f"{name} {value:g}"
                for name, value in (("min_price", options.min_price), ("max_price", options.max_price))
                if value is not None
            )
            cheapest = float(self.price_at(self.category, band[0]).min()) / 100
            dearest = float(self.price_at(self.category, band[1]).max()) / 100
            raise InvalidOption(
                "impossible_constraint",
                f"no article has a price of {given} {shop.currency}",
                hint=f"prices go from {cheapest:.2f} to {dearest:.2f}",
                path="$.min_price" if options.min_price is not None else "$.max_price",
            )
        share = np.array(self.brands.weights) * np.array(categories.weights)[self.category]
        self.alias = Alias.build([(possible.tolist(), share[possible].tolist())])

    def price_at(self, category: Ints, share: Floats) -> Floats:
        """The price quantile of a category at `share` in [0, 1], in hundredths, not rounded."""
        p, v = self.probabilities, self.values
        right = np.clip(np.searchsorted(p, share, side="right"), 1, len(p) - 1)
        start, rise = v[category, right - 1], v[category, right] - v[category, right - 1]
        step = (share - p[right - 1]) / (p[right] - p[right - 1]) * rise
        return start + step


def hundredths(amount: float) -> int:
    return round(amount * 100)


def assortment(world: World, data: Data, options: ProductOptions) -> Assortment:
    return world.memo("ecommerce.assortment", lambda: Assortment(data, options))


def offer(draw: Draw, world: World, data: Data, options: ProductOptions) -> Ints:
    return draw.pick(assortment(world, data, options).alias)


def category_row(offer: Ints, world: World, data: Data, options: ProductOptions) -> Ints:
    return assortment(world, data, options).category[offer]


def brand(offer: Ints, data: Data) -> Text:
    return data["product_brands"]["brand"].take(offer)


def variant(category_code: Text, draw: Draw, data: Data) -> Ints:
    return draw.pick(data["product_variants"].by("category_code"), category_code)


def rank(variant: Ints, draw: Draw, data: Data) -> Floats:
    table = data["product_variants"]
    low, high = table.floats("rank_low")[variant], table.floats("rank_high")[variant]
    return low + (high - low) * draw.uniform()


def price(
    offer: Ints, variant: Ints, rank: Floats, draw: Draw, world: World, data: Data, options: ProductOptions
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


def cost(price: Ints, category_code: Text, draw: Draw, data: Data) -> Ints:
    shop, margins = Shop.read(data), data["product_margins"]
    row = margins.lookup("category_code", category_code)
    low, high = ((100 - margins.ints(name)[row]) * 10_000 for name in ("high_percent", "low_percent"))
    net = divide(price * 100, 120, 1) if shop.tax_included else price
    loss_leader = draw.chance(0.015, "sold below cost")
    loss, margin = draw.integers(1_220_000, 1_300_000, "loss"), draw.integers(low, high, "margin")
    share = np.where(loss_leader, loss, margin)
    return np.maximum(divide(net * share, 1_000_000, shop.unit), shop.unit)


def currency(rows: Ints, data: Data) -> Text:
    return Text.constant(Shop.read(data).currency, len(rows))


# -- how it looks -------------------------------------------------------------------------------------------------


def title(category_code: Text, draw: Draw, data: Data) -> Ints:
    return draw.pick(data["product_names"].by("category_code"), category_code)


def name(title: Ints, brand: Text, department_code: Text, data: Data) -> Text:
    table = data["product_names"]
    noun, series = table["noun"].take(title), table["series"].take(title)
    if Shop.read(data).noun_first:
        parts = join(noun, " ", brand, " ", series)
    else:
        parts = join(brand, " ", series, " ", noun)
    return where(department_code == "media", join(series, " (", noun, ", ", brand, ")"), parts)


def color(category_row: Ints, draw: Draw, data: Data) -> Text:
    table = data["product_colors"]
    palette = data["product_categories"]["palette"].take(category_row)
    return table["color"].take(draw.pick(table.by("palette"), palette))


def condition(category_row: Ints, draw: Draw, data: Data) -> Text:
    table = data["product_conditions"]
    kind = data["product_categories"]["condition_class"].take(category_row)
    return table["condition"].take(draw.pick(table.by("condition_class"), kind))


def attributes(variant: Ints, color: Text, data: Data) -> Maps:
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
    name: Text, variant: Ints, color: Text, category_row: Ints, department_code: Text, draw: Draw, data: Data
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


def length_mm(category_row: Ints, rank: Floats, data: Data) -> Ints:
    table = data["product_categories"]
    low, high = table.ints("length_min_mm")[category_row], table.ints("length_max_mm")[category_row]
    return low + ((high - low) * rank).astype(np.int64)


def dimensions(length_mm: Ints, category_row: Ints, data: Data) -> Text:
    table = data["product_categories"]
    shares = (table.floats(f"{side}_share")[category_row] for side in ("width", "height"))
    width, height = (np.maximum((length_mm * share).astype(np.int64), 2) for share in shares)
    return join(number_text(length_mm), " x ", number_text(width), " x ", number_text(height), " mm")


def weight(category_row: Ints, rank: Floats, data: Data) -> Floats:
    table = data["product_categories"]
    low, high = table.ints("weight_min_g")[category_row], table.ints("weight_max_g")[category_row]
    grams = low + ((high - low) * rank).astype(np.int64)
    return grams / 1000.0
