"""Securities: invented shares, funds and bonds with valid identifiers that no real issue carries; cost ratios; investor mixes.

Needs nothing but the standard library and datamimic-core.

- US: CUSIP with issuer numbers 990000 and up, reserved for private use by the CUSIP rules; ISIN = US + CUSIP + check digit.
- GB: SEDOL starting with 9, the block for user-defined codes; ISIN = GB00 + SEDOL + check digit.
- DE, FR, VN: those countries reserve no block. The identifiers start with ZZ (WKN ZZ….; FR00ZZ…; VN0000ZZ…), a prefix that
  no issue known to the authors uses; they are checksum-valid, but not officially reserved.
CFI codes follow ISO 10962. Prices are in the local currency; bonds are quoted per 100 (VN: 100,000) of nominal value.
"""

from __future__ import annotations

from string import ascii_uppercase, digits

from quantiles import COUNTRIES, CURRENCY, DATA_DIR, money

from datamimic.tables.build import write_table

ALPHABET = digits + ascii_uppercase
STEMS = (
    "Altavera", "Borealix", "Cindertech", "Dunmarrow", "Eastmoor", "Fernhollow", "Galdora", "Halcyra", "Inverlake", "Jasperon", "Kestrion", "Lumenfield",
    "Marrowgate", "Norvale", "Orchidian", "Pellucor", "Quillstone", "Rivendane", "Solmarine", "Tarnwick", "Umbrafield", "Velloria", "Westerlund", "Zephyrine",
)  # fmt: skip
SECTORS = (
    "Energy",
    "Materials",
    "Industries",
    "Consumer",
    "Health",
    "Financial",
    "Software",
    "Telecom",
    "Utilities",
    "Property",
)
FUNDS = (
    "World Equity ETF",
    "Domestic Equity ETF",
    "Small Companies ETF",
    "Dividend Equity ETF",
    "Government Bond ETF",
    "Corporate Bond ETF",
    "Commodities ETF",
    "Real Estate ETF",
)
BONDS = (
    "Treasury 2028",
    "Treasury 2031",
    "Treasury 2035",
    "Treasury 2045",
    "Altavera 2027",
    "Halcyra 2029",
    "Norvale 2030",
    "Velloria 2033",
)
#: class -> CFI code
CFI = {"equity": "ESVUFR", "fund": "CEOGES", "bond": "DBFTFR", "money_market": "CIOIMS"}
SUFFIX = {"US": "Inc.", "GB": "plc", "DE": "AG", "FR": "SA", "VN": "JSC"}
LEVEL = {"US": 1.0, "GB": 0.8, "DE": 0.9, "FR": 0.9, "VN": 700.0}
MIXES = {
    "cautious": {"equity": 10, "fund": 25, "bond": 45, "money_market": 20},
    "balanced": {"equity": 25, "fund": 42, "bond": 25, "money_market": 8},
    "dynamic": {"equity": 55, "fund": 38, "bond": 5, "money_market": 2},
}
RATIOS = {  # purchase price over today's price at the quantiles 0, .1, .25, .5, .75, .9, 1
    "equity": (0.25, 0.50, 0.70, 0.88, 1.06, 1.30, 2.20), "fund": (0.40, 0.58, 0.74, 0.88, 0.99, 1.10, 1.45),
    "bond": (0.88, 0.95, 0.98, 1.00, 1.02, 1.07, 1.18), "money_market": (0.97, 0.98, 0.99, 0.995, 1.0, 1.0, 1.0),
}  # fmt: skip


def isin(country: str, national: str) -> str:
    body = country + national.rjust(9, "0")
    text = "".join(str(ALPHABET.index(letter)) for letter in body)
    total = 0
    for place, digit in enumerate(reversed(text)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled // 10 + doubled % 10
    return body + str(-total % 10)


def cusip(body: str) -> str:
    total = 0
    for place, letter in enumerate(body):
        value = ALPHABET.index(letter) * (2 if place % 2 else 1)
        total += value // 10 + value % 10
    return body + str(-total % 10)


def sedol(body: str) -> str:
    return body + str(
        -sum(ALPHABET.index(letter) * factor for letter, factor in zip(body, (1, 3, 1, 7, 3, 9), strict=True)) % 10
    )


def national(country: str, place: int) -> tuple[str, str]:
    """(kind of national number, number) of the security with a running number."""
    if country == "US":
        return "CUSIP", cusip(f"99{place * 37 + 1000:04d}10")
    if country == "GB":
        return "SEDOL", sedol(f"9{place * 37 + 10000:05d}")
    if country == "DE":
        return "WKN", f"ZZ{place * 37 % 1000:03d}" + "ABCDEFGH"[place % 8]
    if country == "FR":
        return "local", f"00ZZ{place * 37 % 100000:05d}"
    return "ticker", f"ZZ{ascii_uppercase[place // 26]}{ascii_uppercase[place % 26]}"


def bond_price(coupon: float, years: int, yearly: float) -> float:
    """Price per 100 of nominal at a yearly yield in percent."""
    factor = 1.0
    price = 0.0
    for _ in range(years):
        factor /= 1 + yearly / 100
        price += coupon * factor
    return price + 100 * factor


def securities(country: str) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    level = LEVEL[country]
    currency = CURRENCY[country]

    def add(
        kind: str, name: str, price: float, weight: float, coupon: str = "", issued: str = "", maturity: str = ""
    ) -> None:
        id_type, number = national(country, len(rows))
        code = isin(
            country,
            (
                "00" + number
                if country == "GB"
                else "000" + number
                if country == "DE"
                else "0000" + number + "1"
                if country == "VN"
                else number
            ),
        )
        text = money(price, country, 100.0 if country == "VN" else 0.01)
        rows.append((kind, code, id_type, number, name, CFI[kind], currency, text, coupon, issued, maturity, weight))

    for place, stem in enumerate(STEMS):
        price = (12.0, 28.5, 47.3, 88.9, 141.2, 263.7)[place * 5 % 6] * (1 + place * 0.013) * level
        add("equity", f"{stem} {SECTORS[place * 3 % 10]} {SUFFIX[country]}", price, round(10 / (place + 3), 3))
    for place, name in enumerate(FUNDS):
        add(
            "fund",
            f"Meridia {name}",
            (96.4, 74.1, 58.8, 43.2, 24.7, 51.9, 31.3, 38.6)[place] * level,
            (30, 22, 8, 10, 12, 9, 4, 5)[place],
        )
    for place, name in enumerate(BONDS):
        year = int(name[-4:])
        coupon = (3.5, 4.0, 3.0, 4.25, 5.0, 4.75, 5.5, 6.0)[place]
        price = bond_price(coupon, year - 2025, 4.0 if place < 4 else 5.0) * (1000 if country == "VN" else 1)
        issuer = (
            {"US": "US", "GB": "UK", "DE": "German", "FR": "French", "VN": "Vietnamese"}[country] + " Government"
            if place < 4
            else name.split()[0]
        )
        add(
            "bond",
            f"{issuer} {coupon:.2f}% {year}",
            price,
            10 if place < 4 else 5,
            f"{coupon:.2f}",
            f"{year - 10}-03-15",
            f"{year}-03-15",
        )
    for name, weight in (("Meridia Liquidity Fund", 3), ("Meridia Treasury Money Fund", 2)):
        add("money_market", name, (10.0 if name.endswith("Liquidity Fund") else 100.0) * level, weight)
    return rows


def main() -> None:
    estimate = {"licence": "CC0-1.0", "date": "2026-11", "grade": "E"}
    columns = [
        "asset_class",
        "isin",
        "national_id_type",
        "national_id",
        "security_name",
        "cfi_code",
        "currency",
        "price",
        "coupon",
        "issue_date",
        "maturity_date",
        "weight",
    ]
    for country in COUNTRIES:
        write_table(
            DATA_DIR,
            "securities",
            country,
            columns,
            securities(country),
            source="invented securities",
            method="data-build/securities.py",
            **estimate,
        )
        level = {"VN": 4000.0}.get(country, LEVEL[country])
        write_table(
            DATA_DIR, "portfolio_sizes", country, ["probability", "value"],
            [(q, money(v * level, country)) for q, v in ((0.0, 400), (0.1, 2500), (0.25, 8000), (0.5, 27000), (0.75, 85000), (0.9, 230000), (0.97, 600000), (1.0, 2000000))],
            source="datamimic estimate", method="data-build/securities.py: value of a private investor's portfolio", **estimate,
        )  # fmt: skip
    write_table(
        DATA_DIR, "cost_ratios", None, ["asset_class", "probability", "value"],
        [(kind, q, v) for kind, values in RATIOS.items() for q, v in zip((0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0), values, strict=True)],
        source="datamimic estimate", method="data-build/securities.py", **estimate,
    )  # fmt: skip
    write_table(
        DATA_DIR, "investor_mixes", None, ["risk_profile", "asset_class", "weight"], [(risk, kind, weight) for risk, mix in MIXES.items() for kind, weight in mix.items()],
        source="datamimic estimate", method="data-build/securities.py", **estimate,
    )  # fmt: skip
    write_table(
        DATA_DIR,
        "risk_profiles",
        None,
        ["risk_profile", "weight"],
        [("cautious", 30), ("balanced", 45), ("dynamic", 25)],
        source="datamimic estimate",
        method="data-build/securities.py",
        **estimate,
    )
    write_table(
        DATA_DIR, "position_counts", None, ["count", "weight"], [(1, 10), (2, 14), (3, 18), (4, 17), (5, 14), (6, 10), (7, 7), (8, 5), (10, 3), (12, 2)],
        source="datamimic estimate", method="data-build/securities.py", **estimate,
    )  # fmt: skip


if __name__ == "__main__":
    main()
