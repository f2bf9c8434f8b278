"""How customers behave: orders per customer, items per order, quantities, times, returns, reviews, segments, consents.

Writes order_counts, line_counts, review_counts, product_popularity, product_quality, quantities, hour_profile,
promotion_months, weekday_profile_<CC>, month_profile_<CC>, return_rates_<CC>, return_reasons_<CC>, registration_channels_<CC>,
consents_<CC>, loyalty_tiers_<CC>, customer_segments_<CC>, review_stars, order_statuses, shop_<CC>. Needs nothing but
the standard library and datamimic.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from assortment import CATEGORIES, COUNTRIES, LANGUAGE_OF, LANGUAGES, source
from prices import LEVEL, mean

from datamimic.tables.build import write_table

DATA = Path(__file__).resolve().parent.parent / "src/datamimic_pack_ecommerce/data"
MIT = "MIT (this project)"

LINES = [(1, 90.06), (2, 7.62), (3, 1.34), (4, 0.51), (5, 0.21), (6, 0.19), (7, 0.04), (8, 0.03)]
# quality: (weight, percent of 1, 2, 3, 4, 5 stars); together 9, 5, 8, 18, 60
QUALITIES = {
    "good": (35, (5.0, 2.0, 5.0, 16.0, 72.0)),
    "fair": (50, (8.5, 4.7, 8.0, 18.8, 60.0)),
    "poor": (15, (20.0, 13.0, 15.0, 20.0, 32.0)),
}
# What a customer went through, its share of the lines, and the stars that are given then; the rest had no trouble.
EXPERIENCES = {
    "fault": (0.065, (42.0, 22.0, 16.0, 12.0, 8.0)),
    "taste": (0.085, (8.0, 9.0, 20.0, 31.0, 32.0)),
    "late": (0.075, (24.0, 13.0, 14.0, 19.0, 30.0)),
}
# The year's orders by month: November and December peak; Vietnam's sale days 11.11 and 12.12 and the weeks before Tet.
MONTHS = {
    "VN": [100, 72, 84, 84, 88, 92, 92, 94, 100, 106, 140, 148],
    None: [94, 82, 90, 88, 92, 88, 92, 88, 90, 98, 146, 152],
}
WEEKDAYS = {"VN": [104, 102, 100, 100, 102, 96, 96], None: [112, 106, 102, 98, 92, 82, 108]}
HOURS = [22, 12, 7, 5, 5, 9, 18, 32, 48, 60, 68, 70, 70, 66, 64, 62, 62, 64, 68, 76, 84, 82, 66, 42]
# What share of that those at work shop, hour by hour: little during working hours, much in the evening.
AT_WORK = [95, 90, 85, 85, 90, 98, 105, 102, 88, 82, 82, 84, 102, 88, 82, 82, 88, 103, 112, 116, 118, 118, 112, 103]
WORKING = 0.62  # of the customers
PROMOTIONS = [16, 12, 8, 8, 9, 10, 14, 11, 8, 9, 14, 16]  # percent of the lines on offer, by month, campaigns apart
CURRENCY = {"US": "USD", "DE": "EUR", "FR": "EUR", "ES": "EUR", "GB": "GBP", "VN": "VND"}
NOUN_FIRST = {"FR", "ES", "VN"}  # what an article is stands before its brand
UTC_OFFSET = {"US": -360, "DE": 60, "VN": 420, "GB": 0, "FR": 60, "ES": 60}  # minutes, standard time of most shoppers

# Returned share of goods, overall and online: the category rates are scaled so that the country's mean meets this.
RETURNS = {
    "US": (16.9, "sales", "NRF & Happy Returns, 2024 Consumer Returns: 16.9 % of sales", "B"),
    "DE": (24.0, "parcels", "University of Bamberg returns research: about 24 % of B2C parcels", "C"),
    "GB": (17.0, "sales", "own estimate", "E"),
    "FR": (15.0, "sales", "own estimate", "E"),
    "ES": (14.0, "sales", "own estimate", "E"),
    "VN": (6.0, "sales", "own estimate", "E"),
}
_REASONS = source("return_reasons.txt")
_CHANNELS = source("channels.txt")
CHANNELS_BY_AGE = {  # times as likely as on average from 16, 30, 45 and 60 years on
    "search": (0.85, 1.0, 1.1, 1.05),
    "direct": (0.85, 1.05, 1.1, 1.0),
    "social": (1.9, 1.1, 0.6, 0.25),
    "recommendation": (0.9, 0.9, 1.0, 1.4),
    "newsletter": (0.55, 0.9, 1.2, 1.6),
}
# Share of customers in percent who agree: newsletter, personalised advertising, analytics cookies
CONSENTS = {
    "US": (46, 58, 74),
    "DE": (28, 30, 44),
    "GB": (36, 42, 58),
    "FR": (31, 33, 48),
    "ES": (36, 42, 56),
    "VN": (48, 62, 78),
}
_TIERS = [
    ("Basic/Basis/Essentiel/Básico/Đồng", 0),
    ("Silver/Silber/Argent/Plata/Bạc", 250),
    ("Gold/Gold/Or/Oro/Vàng", 800),
    ("Platinum/Platin/Platine/Platino/Bạch kim", 2500),
]
_SEGMENTS = [
    ("Prospect/Interessent/Prospect/Potencial/Tiềm năng", 0),
    ("One-Time/Einmalkäufer/Acheteur unique/Comprador único/Mua một lần", 1),
    ("Repeat/Wiederkäufer/Acheteur régulier/Recurrente/Mua lại", 2),
    ("Loyal/Stammkunde/Fidèle/Fiel/Thân thiết", 5),
    ("Champion/Spitzenkunde/Champion/Campeón/Khách hàng hàng đầu", 12),
]
_STATUSES = [
    ("pending", "order placed, not yet paid", 0.0),
    ("paid", "payment received", 0.0),
    ("processing", "packed", 0.0),
    ("shipped", "handed to the carrier", 0.0),
    ("delivered", "arrived", 97.0),
    ("cancelled", "never shipped", 1.24),
]


def _text(cell: str, country: str) -> str:
    return cell.split("/")[LANGUAGES.index(LANGUAGE_OF[country])]


def order_counts() -> list[tuple[int, float]]:
    """P(n) ~ n^-2 for 1 to 66 orders, thinly peopled counts put together, and a share that registered without buying."""
    bins = [(n, n, n) for n in range(1, 21)] + [(21, 27, 24), (28, 37, 32), (38, 51, 44), (52, 66, 60)]
    tail = [(count, sum(1 / (n * n) for n in range(low, high + 1))) for low, high, count in bins]
    total = sum(weight for _, weight in tail)
    return [(0, 8.0), *((count, round(92.0 * weight / total, 4)) for count, weight in tail)]


def popularity() -> list[tuple[float, int]]:
    """Quantiles of the relative sales of an article, those of (rank + 2) ** -1.15 among 1,024, the rarest 6 % unsold."""
    ranks = [0.0, *(1_024 * 0.94 * 10 ** (-step / 8) for step in range(24, -1, -1))]
    points = sorted((1 - rank / 1_024, round(10_000_000 * ((rank + 2) / 2) ** -1.15)) for rank in ranks)
    return [(0.0, 0), (0.06, 0), *((round(max(share, 0.060001), 7), value) for share, value in points)]


def hours() -> list[list[int]]:
    """The day of all, of those at work and of the others; the first is the mix of the two."""
    mean = sum(HOURS)
    raw = [weight * share for weight, share in zip(HOURS, AT_WORK, strict=True)]
    at_work = [value / sum(raw) for value in raw]
    at_home = [(w / mean - WORKING * v) / (1 - WORKING) for w, v in zip(HOURS, at_work, strict=True)]
    assert min(at_home) > 0
    return [_whole(profile) for profile in ([w / mean for w in HOURS], at_work, at_home)]


def _whole(profile: list[float], total: int = 100_000) -> list[int]:
    """Shares as whole numbers that add up to `total`."""
    ends = [round(total * sum(profile[:n])) for n in range(len(profile) + 1)]
    ends[-1] = total
    return [after - before for before, after in pairwise(ends)]


def review_stars() -> list[tuple[str, str, int, float]]:
    """Stars by the article's quality and the customer's experience: all experiences together give those of the quality."""
    rows: list[tuple[str, str, int, float]] = []
    for quality, (_, whole) in QUALITIES.items():
        troubled = [0.0] * 5
        for experience, (share, stars) in EXPERIENCES.items():
            given = [each * own / fair for each, own, fair in zip(stars, whole, QUALITIES["fair"][1], strict=True)]
            given = [each / sum(given) * 100 for each in given]
            troubled = [sum_ + share * each for sum_, each in zip(troubled, given, strict=True)]
            rows += [(quality, experience, n, round(each, 3)) for n, each in enumerate(given, 1)]
        rest = 1 - sum(share for share, _ in EXPERIENCES.values())
        fine = [max(0.3, (all_ - part) / rest) for all_, part in zip(whole, troubled, strict=True)]
        rows += [(quality, "fine", n, round(each / sum(fine) * 100, 3)) for n, each in enumerate(fine, 1)]
    return rows


def return_rates(country: str) -> list[tuple[str, int]]:
    """Chance in parts per million that a delivered line of the category is sent back."""
    target, basis, _, _ = RETURNS[country]
    importance = [c.weight * (mean(c.median_usd, c.sigma) if basis == "sales" else 1.0) for c in CATEGORIES]
    average = sum(w * c.return_rate for w, c in zip(importance, CATEGORIES, strict=True)) / sum(importance)
    return [(c.code, round(min(0.6, c.return_rate / 100 * target / average) * 1_000_000)) for c in CATEGORIES]


def _own(method: str, grade: str = "E", source: str = "own estimate", date: str = "2026-11") -> dict[str, str]:
    return {
        "source": source,
        "licence": MIT,
        "date": date,
        "grade": grade,
        "method": f"data-build/behaviour.py: {method}",
    }


def write() -> None:
    write_table(
        DATA,
        "order_counts",
        None,
        ["count", "weight"],
        order_counts(),
        **_own("heavy tail n^-2 up to 60 orders; 8 % registered without an order"),
    )
    write_table(
        DATA,
        "line_counts",
        None,
        ["count", "weight"],
        LINES,
        source="Olist, Brazilian E-Commerce Public Dataset: items per order",
        url="https://www.kaggle.com/datasets/olistbr/brazilian-ecommerce",
        licence="published figures",
        date="2016-2018",
        grade="B",
        method="data-build/behaviour.py: published shares for 1 to 5 items, the rest split over 6 to 8",
    )
    write_table(
        DATA,
        "review_counts",
        None,
        ["count", "weight"],
        [(0, 75), (1, 25)],
        **_own("one order line in four is reviewed"),
    )
    write_table(
        DATA,
        "product_popularity",
        None,
        ["probability", "value"],
        popularity(),
        **_own(
            "relative sales of an article: 6 % unsold, the rest by Zipf's and Mandelbrot's law, exponent 1.15, shift 2",
            source="own estimate; exponents of 0.8 to 1.1 in Brynjolfsson, Hu and Smith, 2003",
        ),
    )
    write_table(
        DATA,
        "quantities",
        None,
        ["quantity", "weight"],
        [(1, 91.0), (2, 6.4), (3, 1.5), (4, 0.7), (5, 0.3), (6, 0.1)],
        **_own("pieces of one article in an order line"),
    )
    write_table(
        DATA,
        "product_quality",
        None,
        ["quality", "weight"],
        [(quality, weight) for quality, (weight, _) in QUALITIES.items()],
        **_own("hidden quality of an article, so that the means of articles differ"),
    )
    write_table(
        DATA,
        "review_stars",
        None,
        ["quality", "experience", "stars", "weight"],
        review_stars(),
        source="Amazon review corpora as described in the literature (J-shape, mean about 4.1)",
        licence="published figures",
        date="1995-2018",
        grade="C",
        method="data-build/behaviour.py: 60/18/8/5/9 % for 5 to 1 stars overall, split by estimate; single "
        "stars of late parcels three times as many as of others, as in Olist's set",
    )
    write_table(
        DATA,
        "order_statuses",
        None,
        ["status", "meaning", "share_percent"],
        _STATUSES,
        source="Olist, Brazilian E-Commerce Public Dataset: order status",
        licence="published figures",
        date="2016-2018",
        grade="C",
        method="data-build/behaviour.py: delivered 97.0 %, cancelled or unavailable 1.24 %; the others follow "
        "from the timeline",
    )
    write_table(
        DATA,
        "hour_profile",
        None,
        ["hour", "all", "at_work", "at_home"],
        [(hour, *weights) for hour, weights in enumerate(zip(*hours(), strict=True))],
        **_own("orders by local hour, noon and evening peaks; those at work more in the evening; 100,000 a day each"),
    )
    write_table(
        DATA,
        "promotion_months",
        None,
        ["month", "percent"],
        list(enumerate(PROMOTIONS, 1)),
        **_own("lines on offer by month: winter and summer sales"),
    )
    for country in COUNTRIES:
        write_table(
            DATA,
            "month_profile",
            country,
            ["month", "weight"],
            list(enumerate(MONTHS.get(country, MONTHS[None]), 1)),
            **_own("orders by month of the year"),
        )
        write_table(
            DATA,
            "weekday_profile",
            country,
            ["weekday", "weight"],
            list(enumerate(WEEKDAYS.get(country, WEEKDAYS[None]))),
            **_own("orders by weekday, 0 = Monday"),
        )
        currency = CURRENCY[country]
        dong = currency == "VND"
        write_table(
            DATA,
            "shop",
            country,
            [
                "currency",
                "minor_unit_cents",
                "tax_included",
                "utc_offset_minutes",
                "lowest_price_cents",
                "highest_price_cents",
                "noun_first",
            ],
            [
                (
                    currency,
                    100 if dong else 1,
                    int(country != "US"),
                    UTC_OFFSET[country],
                    900_000 if dong else 99,
                    2_500_000_000 if dong else 99_999,
                    int(country in NOUN_FIRST),
                )
            ],
            **_own("currency and consumer-price rule of the country; standard time of the zone of most shoppers", "C"),
        )
        _, _, source, grade = RETURNS[country]
        write_table(
            DATA,
            "return_rates",
            country,
            ["category_code", "rate_ppm"],
            return_rates(country),
            **_own("relative rates by category estimated, scaled to the published mean", grade, source, "2024"),
        )
        reasons = []
        for line in _REASONS.strip().splitlines():
            code, names, scope, weight = line.split(":")
            groups = ("wearable",) if scope == "fashion" else ("other", "wearable")
            reasons += [(group, code, _text(names, country), int(weight)) for group in groups]
        write_table(
            DATA,
            "return_reasons",
            country,
            ["kind", "code", "reason", "weight"],
            sorted(reasons),
            **_own("reasons by kind of goods"),
        )
        channels = [
            (code, _text(names, country), age, round(int(weight) * factor, 2))
            for age, place in zip((16, 30, 45, 60), range(4), strict=True)
            for code, names, weight in (line.split(":") for line in _CHANNELS.strip().splitlines())
            for factor in (CHANNELS_BY_AGE[code][place],)
        ]
        write_table(
            DATA,
            "registration_channels",
            country,
            ["code", "channel", "age_from", "weight"],
            channels,
            **_own("how customers found the shop; by age after Pew Research Center, Social Media Use in 2024"),
        )
        write_table(
            DATA,
            "consents",
            country,
            ["consent", "percent"],
            list(zip(("newsletter", "advertising", "analytics"), CONSENTS[country], strict=True)),
            **_own("share of customers who agree; lower where the GDPR requires opt-in"),
        )
        unit = int(LEVEL["VN"]) * 100 if country == "VN" else 100
        write_table(
            DATA,
            "loyalty_tiers",
            country,
            ["tier", "spent_cents"],
            [(_text(names, country), spent * unit) for names, spent in _TIERS],
            **_own("invented programme: tier by lifetime value"),
        )
        write_table(
            DATA,
            "customer_segments",
            country,
            ["segment", "orders"],
            [(_text(names, country), orders) for names, orders in _SEGMENTS],
            **_own("segment by number of orders", "E"),
        )


if __name__ == "__main__":
    write()
