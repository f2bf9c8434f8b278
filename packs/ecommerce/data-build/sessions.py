"""Sessions of the shop: how often somebody comes, how far it leads, by what channel and device; writes visit_counts,
session_outcomes, session_channels, session_devices. Needs nothing but the standard library and datamimic.
"""

from __future__ import annotations

from pathlib import Path

from datamimic.tables.build import write_table

DATA = Path(__file__).resolve().parent.parent / "src/datamimic_pack_ecommerce/data"
MIT = "MIT (this project)"
# Visits that lead to no order: most strangers come once.
VISITS = {
    "stranger": [(1, 68.0), (2, 17.0), (3, 7.5), (4, 3.5), (5, 2.0), (7, 1.2), (10, 0.6), (15, 0.2)],
    "customer": [(1, 8.0), (2, 14.0), (3, 16.0), (4, 14.0), (5, 11.0), (6, 9.0), (8, 11.0), (11, 9.0), (16, 5.5), (25, 2.5)],
}
# Sessions without an order in percent: with them 70 of 100 carts are left.
OUTCOMES = {
    "stranger": {"bounced": 44.0, "browsed": 49.4, "cart": 3.95, "checkout": 2.65},
    "customer": {"bounced": 24.0, "browsed": 62.0, "cart": 8.0, "checkout": 6.0},
}
# Visits and orders per 100 visits by device: Monetate, first quarter of 2019, United States.
DEVICES = {"mobile": (55.0, 1.79), "desktop": (38.0, 4.44), "tablet": (7.0, 3.5)}
# Visits by channel, and how many of 100 end in an order relative to the others.
CHANNELS = {
    "search": (38.0, 2.4),
    "direct": (27.0, 3.2),
    "social": (21.0, 1.1),
    "recommendation": (7.0, 5.4),
    "newsletter": (7.0, 5.2),
}
LEFT = ("bounced", "browsed", "cart", "checkout")
# How much an outcome is like an order rather than like a look, from 0 to 1.
NEAR = {"bounced": 0.0, "browsed": 0.1, "cart": 0.4, "checkout": 0.7, "ordered": 1.0}


def by_outcome(visits: dict[str, tuple[float, float]]) -> list[tuple[str, str, float]]:
    """(outcome, value, weight): the visits as they are, leaning to those that order the nearer an outcome is to an order."""
    placed = {name: share * rate for name, (share, rate) in visits.items()}
    total = sum(placed.values())
    return [
        (outcome, name, round((1 - near) * share + near * 100 * placed[name] / total, 3))
        for outcome, near in NEAR.items()
        for name, (share, _) in visits.items()
    ]


def _own(method: str, grade: str = "E", source: str = "own estimate", date: str = "2026-11") -> dict[str, str]:
    return {"source": source, "licence": MIT, "date": date, "grade": grade, "method": f"data-build/sessions.py: {method}"}


def write() -> None:
    write_table(
        DATA,
        "visit_counts",
        None,
        ["known", "count", "weight"],
        [(known, count, weight) for known, counts in VISITS.items() for count, weight in counts],
        **_own("visits without an order of strangers and customers; together 2.9 of 100 visits end in an order"),
    )
    write_table(
        DATA,
        "session_outcomes",
        None,
        ["known", "outcome", "weight"],
        [(known, outcome, weight) for known, shares in OUTCOMES.items() for outcome, weight in shares.items()],
        **_own(
            "how far visits lead that lead to no order; 70 of 100 carts are left",
            source="own estimate; Baymard Institute, mean of 46 studies, November 2021: 69.82 % of carts are abandoned",
        ),
    )
    write_table(
        DATA,
        "session_devices",
        None,
        ["outcome", "device", "weight"],
        by_outcome(DEVICES),
        **_own(
            "devices of looks and of orders, between them by estimate; tablets by estimate",
            "C",
            "Monetate, E-commerce Quarterly, first quarter of 2019: 55 % of visits by phone, of which 1.79 of 100 order; 4.44 by desktop",
            "2019",
        ),
    )
    write_table(
        DATA,
        "session_channels",
        None,
        ["outcome", "code", "weight"],
        by_outcome(CHANNELS),
        **_own(
            "channels of looks and of orders, between them by estimate",
            source="own estimate; conversion of referrals 5.4 and of e-mail 5.2 of 100 as published by Retail TouchPoints",
        ),
    )


if __name__ == "__main__":
    write()
