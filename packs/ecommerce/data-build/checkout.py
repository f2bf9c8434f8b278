"""Payment methods, shipping methods and coupons per country.

Writes payment_methods_<CC>, shipping_methods_<CC>, coupon_prefixes_<CC>, order_notes_<CC>. Hand-entered; needs nothing
but the standard library and datamimic. Money in hundredths of the currency.
"""

from __future__ import annotations

from pathlib import Path

from assortment import COUNTRIES, LANGUAGE_OF, LANGUAGES, source, spelled

from datamimic.tables.build import write_table

DATA = Path(__file__).resolve().parent.parent / "src/datamimic_pack_ecommerce/data"
MIT = "MIT (this project)"

# method, weight, paid: at order (0), days later (invoice), on delivery (-1)
PAYMENTS: dict[str, list[tuple[str, float, str]]] = {
    "US": [
        ("Credit Card", 32, "order"),
        ("Debit Card", 20, "order"),
        ("PayPal", 16, "order"),
        ("Apple Pay", 12, "order"),
        ("Google Pay", 7, "order"),
        ("Buy Now, Pay Later", 6, "order"),
        ("Gift Card", 4, "order"),
        ("ACH Transfer", 3, "transfer"),
    ],
    "DE": [
        ("PayPal", 28.5, "order"),
        ("Rechnung", 25.8, "invoice"),
        ("SEPA-Lastschrift", 17.3, "order"),
        ("Kreditkarte", 12.3, "order"),
        ("Ratenkauf", 4.3, "order"),
        ("Vorkasse", 4.8, "transfer"),
        ("Apple Pay", 3.5, "order"),
        ("Google Pay", 2.0, "order"),
        ("Geschenkkarte", 1.5, "order"),
    ],
    "VN": [
        ("Thanh toán khi nhận hàng (COD)", 73, "delivery"),
        ("Ví điện tử", 37, "order"),
        ("Thẻ nội địa", 27, "order"),
    ],
    "GB": [
        ("Debit Card", 29, "order"),
        ("PayPal", 22, "order"),
        ("Credit Card", 18, "order"),
        ("Apple Pay", 14, "order"),
        ("Buy Now, Pay Later", 7, "order"),
        ("Google Pay", 6, "order"),
        ("Gift Card", 4, "order"),
    ],
    "FR": [
        ("Carte bancaire", 52, "order"),
        ("PayPal", 24, "order"),
        ("Paiement en plusieurs fois", 8, "order"),
        ("Apple Pay", 6, "order"),
        ("Virement bancaire", 4, "transfer"),
        ("Prélèvement SEPA", 3, "order"),
        ("Carte cadeau", 3, "order"),
    ],
    "ES": [
        ("Tarjeta", 41, "order"),
        ("PayPal", 24, "order"),
        ("Bizum", 18, "order"),
        ("Apple Pay", 5, "order"),
        ("Transferencia bancaria", 4, "transfer"),
        ("Pago a plazos", 4, "order"),
        ("Contra reembolso", 4, "delivery"),
    ],
}
#: how the account of who pays sees a method, where it sees it (an estimate, from what the method is): collected by the shop (or by
#: a wallet for it), sent by the customer, or paid by the debit card of the account, which wallets hold; cards of the continent and of
#: Viet Nam are mostly debit cards
SEEN = {
    "PayPal": "collected", "SEPA-Lastschrift": "collected", "Prélèvement SEPA": "collected", "Ví điện tử": "collected",
    "Rechnung": "sent", "Vorkasse": "sent", "ACH Transfer": "sent", "Virement bancaire": "sent", "Transferencia bancaria": "sent",
    "Bizum": "sent",
    **dict.fromkeys(
        ("Debit Card", "Apple Pay", "Google Pay", "Kreditkarte", "Carte bancaire", "Tarjeta", "Thẻ nội địa"), "card"
    ),
}  # fmt: skip
_PAYMENT_SOURCES = {
    "US": (
        "own estimate after published reports on US e-commerce payments",
        "E",
        "estimate: no open figures by number of online orders",
    ),
    "DE": (
        "EHI Retail Institute, Online-Payment 2025: shares of sales 2024",
        "B",
        "PayPal 28.5, invoice 25.8, direct debit 17.3, card 12.3, instalments 4.3 as published; other split",
    ),
    "VN": (
        "Ministry of Industry and Trade, Vietnam E-commerce White Book 2022",
        "B",
        "shoppers using a method in 2021 (COD 73, e-wallet 37, domestic card 27 %), taken as weights",
    ),
    "GB": ("own estimate after published reports on UK e-commerce payments", "E", "estimate"),
    "FR": ("own estimate after published reports on French e-commerce payments", "E", "estimate"),
    "ES": ("own estimate after published reports on Spanish e-commerce payments", "E", "estimate"),
}

# How much likelier a method is at an age (16, 30, 45, 60, 75 and older) than on average; whatever is not named is neutral.
AGES = (16, 30, 45, 60, 75)
AGE_SHARES = {  # of the customers when they order
    "US": (0.275, 0.318, 0.237, 0.142, 0.028),
    "DE": (0.218, 0.308, 0.262, 0.177, 0.035),
    "VN": (0.276, 0.376, 0.242, 0.095, 0.011),
    "GB": (0.253, 0.312, 0.251, 0.148, 0.036),
    "FR": (0.256, 0.289, 0.267, 0.155, 0.033),
    "ES": (0.202, 0.291, 0.318, 0.157, 0.032),
}
_YOUNG, _OLD = (1.75, 1.35, 0.85, 0.45, 0.2), (0.45, 0.75, 1.05, 1.5, 1.8)
BY_AGE = {
    **dict.fromkeys(
        (
            "Apple Pay", "Google Pay", "Buy Now, Pay Later", "Ratenkauf", "Ví điện tử", "Paiement en plusieurs fois", "Bizum",
            "Pago a plazos",
        ),
        _YOUNG,
    ),
    **dict.fromkeys(
        (
            "ACH Transfer", "Rechnung", "SEPA-Lastschrift", "Vorkasse", "Thanh toán khi nhận hàng (COD)", "Virement bancaire",
            "Prélèvement SEPA", "Transferencia bancaria", "Contra reembolso",
        ),
        _OLD,
    ),
}  # fmt: skip

# (name, kind, fee, free from this basket on, min days, max days, weight, carrier, S10 service)
Shipping = tuple[str, str, int, int, int, int, int, str, str]
SHIPPING: dict[str, list[Shipping]] = {
    "US": [
        ("Standard Shipping", "standard", 599, 3_500, 3, 7, 62, "USPS", "LX"),
        ("Two-Day Shipping", "express", 1_299, 15_000, 2, 2, 22, "USPS", "CX"),
        ("Next-Day Shipping", "next day", 2_499, 0, 1, 1, 8, "USPS", "EX"),
        ("Store Pickup", "pickup", 0, 1, 1, 3, 8, "Own Fleet", "VX"),
    ],
    "DE": [
        ("Standardversand", "standard", 495, 4_900, 2, 4, 72, "Deutsche Post DHL", "CX"),
        ("Expressversand", "express", 1_290, 0, 1, 1, 8, "Deutsche Post DHL", "EX"),
        ("Packstation", "locker", 495, 4_900, 2, 4, 16, "Deutsche Post DHL", "CY"),
        ("Abholung im Geschäft", "pickup", 0, 1, 1, 3, 4, "Eigene Logistik", "VX"),
    ],
    "VN": [
        ("Giao hàng tiêu chuẩn", "standard", 2_500_000, 30_000_000, 2, 6, 66, "Vietnam Post", "LX"),
        ("Giao hàng nhanh", "express", 3_800_000, 100_000_000, 1, 3, 26, "Vietnam Post", "EX"),
        ("Giao trong ngày hôm sau", "next day", 5_500_000, 0, 1, 1, 8, "Vietnam Post", "EY"),
    ],
    "GB": [
        ("Standard Delivery", "standard", 399, 4_000, 2, 4, 62, "Royal Mail", "LX"),
        ("Next Day Delivery", "next day", 599, 10_000, 1, 1, 24, "Royal Mail", "EX"),
        ("Click & Collect", "pickup", 0, 1, 1, 3, 14, "Own Fleet", "VX"),
    ],
    "FR": [
        ("Livraison standard", "standard", 490, 5_000, 2, 5, 44, "La Poste Colissimo", "CX"),
        ("Point relais", "locker", 390, 4_000, 3, 5, 40, "La Poste Colissimo", "CY"),
        ("Livraison express", "express", 990, 0, 1, 2, 10, "La Poste Chronopost", "EX"),
        ("Retrait en magasin", "pickup", 0, 1, 1, 3, 6, "Flotte propre", "VX"),
    ],
    "ES": [
        ("Envío estándar", "standard", 495, 5_000, 2, 5, 62, "Correos", "CX"),
        ("Envío exprés", "express", 795, 0, 1, 2, 20, "Correos Express", "EX"),
        ("Punto de recogida", "locker", 299, 3_000, 2, 5, 14, "Correos", "CY"),
        ("Recogida en tienda", "pickup", 0, 1, 1, 3, 4, "Flota propia", "VX"),
    ],
}

# (prefix, percent off, minimum basket in units of the currency per reference dollar, months, first order only, weight)
Coupon = tuple[str, int, int, tuple[int, int], int, int]
_COUPONS: dict[str, list[Coupon]] = {
    "en": [
        ("WELCOME", 10, 25, (1, 12), 1, 60),
        ("SAVE", 5, 40, (1, 12), 0, 30),
        ("SPRING", 10, 50, (3, 5), 0, 20),
        ("SUMMER", 15, 60, (6, 8), 0, 20),
        ("BLACKFRIDAY", 20, 50, (11, 11), 0, 60),
        ("HOLIDAY", 10, 40, (12, 12), 0, 40),
        ("VIP", 15, 100, (1, 12), 0, 12),
    ],
    "de": [
        ("WILLKOMMEN", 10, 30, (1, 12), 1, 60),
        ("SPAREN", 5, 40, (1, 12), 0, 30),
        ("FRUEHLING", 10, 50, (3, 5), 0, 20),
        ("SOMMER", 15, 60, (6, 8), 0, 20),
        ("BLACKFRIDAY", 20, 50, (11, 11), 0, 60),
        ("ADVENT", 10, 40, (12, 12), 0, 40),
        ("STAMMKUNDE", 15, 100, (1, 12), 0, 12),
    ],
    "fr": [
        ("BIENVENUE", 10, 30, (1, 12), 1, 60),
        ("MALIN", 5, 40, (1, 12), 0, 30),
        ("PRINTEMPS", 10, 50, (3, 5), 0, 20),
        ("ETE", 15, 60, (6, 8), 0, 20),
        ("BLACKFRIDAY", 20, 50, (11, 11), 0, 60),
        ("NOEL", 10, 40, (12, 12), 0, 40),
        ("FIDELITE", 15, 100, (1, 12), 0, 12),
    ],
    "es": [
        ("BIENVENIDA", 10, 30, (1, 12), 1, 60),
        ("AHORRA", 5, 40, (1, 12), 0, 30),
        ("PRIMAVERA", 10, 50, (3, 5), 0, 20),
        ("VERANO", 15, 60, (6, 8), 0, 20),
        ("BLACKFRIDAY", 20, 50, (11, 11), 0, 60),
        ("NAVIDAD", 10, 40, (12, 12), 0, 40),
        ("FIEL", 15, 100, (1, 12), 0, 12),
    ],
    "vi": [
        ("CHAOBAN", 10, 12, (1, 12), 1, 60),
        ("TIETKIEM", 5, 20, (1, 12), 0, 30),
        ("TET", 15, 25, (1, 2), 0, 50),
        ("HE", 10, 25, (6, 8), 0, 20),
        ("SALE1111", 20, 20, (11, 11), 0, 60),
        ("SALE1212", 15, 20, (12, 12), 0, 50),
        ("THANTHIET", 15, 60, (1, 12), 0, 12),
    ],
}


def by_age(country: str) -> list[list[tuple[str, str, float]]]:
    """Methods at each of `AGES`, fitted so that every age has all of its orders and all ages have the published shares."""
    methods, ages = PAYMENTS[country], AGE_SHARES[country]
    published = [weight / sum(each[1] for each in methods) for _, weight, _ in methods]
    cells = [[share * BY_AGE.get(name, (1.0,) * len(AGES))[age] for name, _, _ in methods] for age, share in enumerate(ages)]
    for _ in range(60):
        columns = [sum(row[at] for row in cells) for at in range(len(methods))]
        cells = [[cell * published[at] / columns[at] for at, cell in enumerate(row)] for row in cells]
        cells = [[cell * share / sum(row) for cell in row] for row, share in zip(cells, ages, strict=True)]
    return [
        [(name, paid, round(cell / share * 100, 3)) for (name, _, paid), cell in zip(methods, row, strict=True)]
        for row, share in zip(cells, ages, strict=True)
    ]


def write() -> None:
    notes = [line.split("/") for line in source("order_notes.txt").strip().splitlines()]
    for country in COUNTRIES:
        write_table(
            DATA,
            "order_notes",
            country,
            ["note", "weight"],
            [(spelled(note[LANGUAGES.index(LANGUAGE_OF[country])], country), 1) for note in notes],
            source="datamimic",
            licence=MIT,
            date="2026-11",
            grade="E",
            method="data-build/checkout.py: written for this project",
        )
        origin, grade, method = _PAYMENT_SOURCES[country]
        write_table(
            DATA,
            "payment_methods",
            country,
            ["payment_method", "paid", "account", "age_from", "weight"],
            [(name, paid, SEEN.get(name, "none"), age, weight) for age, row in zip(AGES, by_age(country), strict=True) for name, paid, weight in row],
            source=origin,
            licence="public figures",
            date="2021-2024",
            method=f"data-build/checkout.py: {method}; by age an estimate after the Atlanta Fed's Survey of Consumer Payment "
            "Choice: wallets are for the young, transfers and cash for the old; account, how the payer's bank sees a method, is an "
            "estimate from what the method is",
            grade=grade,
        )
        write_table(
            DATA,
            "shipping_methods",
            country,
            [
                "shipping_method",
                "kind",
                "fee_cents",
                "free_at_cents",
                "days_min",
                "days_max",
                "carrier",
                "service",
                "weight",
            ],
            [
                (name, kind, fee, free, low, high, carrier, service, weight)
                for name, kind, fee, free, low, high, weight, carrier, service in SHIPPING[country]
            ],
            source="own estimate after the usual offers of large shops",
            licence=MIT,
            date="2026-11",
            grade="E",
            method="data-build/checkout.py: hand-entered; free_at_cents 0 = never free; service is a UPU S10 indicator",
        )
        unit = 1_550_000 if country == "VN" else 100
        write_table(
            DATA,
            "coupon_prefixes",
            country,
            ["prefix", "percent", "min_basket_cents", "month_first", "month_last", "first_order", "weight"],
            [
                (
                    prefix,
                    percent,
                    basket * unit // 100_000 * 100_000 if country == "VN" else basket * unit,
                    *months,
                    first,
                    weight,
                )
                for prefix, percent, basket, months, first, weight in _COUPONS[LANGUAGE_OF[country]]
            ],
            source="datamimic",
            licence=MIT,
            date="2026-11",
            grade="E",
            method="data-build/checkout.py: invented campaigns; code = prefix and percentage",
        )


if __name__ == "__main__":
    write()
