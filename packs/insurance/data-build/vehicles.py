"""Cars and motorcycles that are insured: invented makes and models, prices when new, age mix and loss of value.

Run: python packs/insurance/data-build/vehicles.py
"""

from __future__ import annotations

import math

from countries import COUNTRIES, DATA, OWN

from datamimic.tables.build import write_table

# make, model, body, fuel, price when new in US dollars
CARS = (
    ("Norvane", "Pico", "hatchback", "petrol", 17500), ("Norvane", "Lumen", "hatchback", "electric", 33000),
    ("Norvane", "Trek", "SUV", "hybrid", 34500), ("Aldera", "Sona", "sedan", "petrol", 25500),
    ("Aldera", "Sona Wagon", "estate", "diesel", 31000), ("Aldera", "Vista", "SUV", "petrol", 38500),
    ("Kestrova", "K2", "hatchback", "petrol", 19800), ("Kestrova", "K4", "sedan", "hybrid", 29800),
    ("Kestrova", "K6", "SUV", "petrol", 41500), ("Marivo", "Uno Plus", "hatchback", "petrol", 15900),
    ("Marivo", "Familia", "van", "petrol", 36500), ("Marivo", "Costa", "SUV", "petrol", 27500),
    ("Tundrel", "Ranger Peak", "pickup", "petrol", 46500), ("Tundrel", "Hauler", "pickup", "diesel", 57500),
    ("Tundrel", "Ridge", "SUV", "petrol", 48500), ("Solvane", "E1", "sedan", "electric", 43500),
    ("Solvane", "E-Cross", "SUV", "electric", 49500), ("Ostrel", "Kombi", "estate", "diesel", 33500),
    ("Ostrel", "Kombi Hybrid", "estate", "hybrid", 36500), ("Ostrel", "City", "hatchback", "petrol", 21500),
    ("Harrowe", "Statesman", "sedan", "petrol", 68500), ("Harrowe", "Manor", "SUV", "hybrid", 84500),
    ("Veyra", "Transit Duo", "van", "diesel", 39500), ("Veyra", "Nimbus", "sedan", "petrol", 22900),
)  # fmt: skip
MOTORCYCLES = (
    ("Lacora", "Wave 110", "motorcycle", "petrol", 760), ("Lacora", "Wave 125", "motorcycle", "petrol", 980),
    ("Sonbay", "Scoot 125", "scooter", "petrol", 1650), ("Sonbay", "Scoot 150", "scooter", "petrol", 2900),
    ("Haviro", "Street 150", "motorcycle", "petrol", 1980), ("Haviro", "E-Lite", "scooter", "electric", 1150),
)  # fmt: skip

# How much of the fleet a body or fuel makes up, relative to the other countries.
BODIES = {
    "US": {"hatchback": 3, "sedan": 9, "SUV": 12, "pickup": 13, "van": 4, "estate": 0.4},
    "DE": {"hatchback": 12, "sedan": 5, "SUV": 7, "pickup": 0.5, "van": 4, "estate": 9},
    "VN": {"hatchback": 9, "sedan": 11, "SUV": 8, "pickup": 4, "van": 3, "estate": 0.2},
    "GB": {"hatchback": 15, "sedan": 4, "SUV": 8, "pickup": 1, "van": 3, "estate": 3},
    "FR": {"hatchback": 15, "sedan": 3, "SUV": 8, "pickup": 0.3, "van": 4, "estate": 4},
}
FUELS = {
    "US": {"petrol": 10, "diesel": 0.6, "hybrid": 3, "electric": 2},
    "DE": {"petrol": 10, "diesel": 8, "hybrid": 3, "electric": 3},
    "VN": {"petrol": 10, "diesel": 3, "hybrid": 0.6, "electric": 1.5},
    "GB": {"petrol": 10, "diesel": 6, "hybrid": 3, "electric": 3},
    "FR": {"petrol": 9, "diesel": 9, "hybrid": 3, "electric": 2.5},
}
PRICE = {"US": 1.0, "DE": 0.98, "VN": 27_500.0, "GB": 0.86, "FR": 0.97}
ROUND = {"US": 100, "DE": 100, "VN": 1_000_000, "GB": 100, "FR": 100}
MOTORCYCLE_PRICE = {"VN": 25_000.0}
MEAN_AGE = {"US": 12.5, "DE": 10.0, "VN": 6.5, "GB": 9.5, "FR": 11.0}
OLDEST = 24
# Per cent of the price when new, by age in years: steep at first, then about 13 % a year down to scrap value.
VALUE = tuple(max(5, round(100 * 0.86 * 0.868**age) if age else 93) for age in range(OLDEST + 1))


def fleet(country: str, insures: str) -> list[tuple[str, str, str, str, int, float]]:
    if insures == "motorcycle":
        factor = MOTORCYCLE_PRICE[country]
        return [
            (make, model, body, fuel, round(price * factor / 100_000) * 100_000, 4.0 if body == "motorcycle" else 3.0)
            for make, model, body, fuel, price in MOTORCYCLES
        ]
    step = ROUND[country]
    return [
        (
            make, model, body, fuel, round(price * PRICE[country] / step) * step,
            round(BODIES[country][body] * FUELS[country][fuel] * (30000 / price) ** 0.6, 2),
        )
        for make, model, body, fuel, price in CARS
    ]  # fmt: skip


def ages(country: str, own_damage: bool) -> list[float]:
    """Weights of vehicle ages 0..OLDEST; vehicles with cover for own damage are about half as old as the fleet."""
    mean = MEAN_AGE[country] * (0.55 if own_damage else 1.1)
    return [round(100 * math.exp(-((age / (mean * 1.25)) ** 1.6)), 3) or 0.001 for age in range(OLDEST + 1)]


def values(country: str, insures: str, own_damage: bool) -> list[tuple[float, float]]:
    """(value, weight) of every model at every age."""
    return [
        (price * VALUE[age] / 100, weight * share)
        for *_, price, weight in fleet(country, insures)
        for age, share in enumerate(ages(country, own_damage))
    ]


def price_range(country: str, insures: str) -> tuple[int, int]:
    prices = [row[4] for row in fleet(country, insures)]
    return int(min(prices) * VALUE[-1] // 100), int(max(prices))


def main() -> None:
    for country in COUNTRIES:
        kinds = sorted({p.insures for p in country.products} & {"vehicle", "motorcycle"}, reverse=True)
        write_table(
            DATA, "vehicles", country.code,
            ["insures", "make", "model", "body", "fuel", "price_new", "weight"],
            [(kind, *row) for kind in kinds for row in fleet(country.code, kind)],
            source="invented makes and models; body and fuel mix after national registration statistics, rounded",
            licence=OWN, date="2026", method="data-build/vehicles.py: hand-entered", grade="E",
        )  # fmt: skip
        write_table(
            DATA, "vehicle_ages", country.code, ["product_code", "vehicle_age", "weight"],
            [
                (p.code, age, weight)
                for p in country.products
                if p.insures in kinds
                for age, weight in enumerate(ages(country.code, any(c.basis == "value" for c in p.coverages)))
            ],
            source="mean age of the car fleet (S&P Global US 2023; KBA DE; ACEA GB, FR; VN estimated), shape estimated",
            licence=OWN, date="2023", method="data-build/vehicles.py: stretched exponential around the mean", grade="E",
        )  # fmt: skip
    write_table(
        DATA, "vehicle_values", None, ["vehicle_age", "percent"], enumerate(VALUE),
        source="loss of value of cars: about a fifth in the first year and an eighth in each later one",
        licence=OWN, date="2026", method="data-build/vehicles.py: geometric decline", grade="E",
    )  # fmt: skip


if __name__ == "__main__":
    main()
