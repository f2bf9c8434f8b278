"""How the hand-entered catalogues are moved so that loss ratios come out in the bands that are published or asked by law.

Measured on 25,000 policies of each country with all their claims: individual health of the United States at least 0.80 (42 USC
300gg-18) and Medicare supplement at least 0.65, by experience about 0.80 (ASPE, from NAIC); complementary health in France
about 0.8 (DREES); German car 0.88, buildings 0.70, contents 0.46 and liability 0.66 of earned premiums in 2016 (GDV, overview of
property and casualty insurance); German and British health, and lines without a source, by estimate.
"""

from __future__ import annotations

from dataclasses import replace

from catalogue import Country, Coverage, Product

LEVELS = {  # product: factors of the frequency, the mean payment, and the premium
    "PPO": (2.2, 1.9, 1.0), "MEDSUP": (2.0, 1.28, 1.0), "PKV": (2.6, 1.8, 1.0), "SANTE": (3.1, 1.2, 1.0),
    "PMI": (2.0, 1.25, 1.0), "SK": (1.3, 1.4, 1.0), "VCX-OTO": (1.35, 1.0, 0.7), "UV": (1.0, 2.0, 0.62),
    "GAV": (1.0, 1.7, 0.55), "TNDS-XM": (0.4, 1.0, 1.0), "PAP-F6": (1.0, 1.0, 0.72), "PAP-F12": (1.0, 1.0, 0.68),
    "KFZ-HP": (1.0, 1.0, 1.4), "KFZ-TK": (1.0, 1.0, 1.22), "KFZ-VK": (1.0, 1.0, 0.75), "AUTO-T": (1.0, 1.0, 1.6),
    "TD": (1.0, 1.0, 0.65), "TK-NT": (1.0, 1.0, 0.4), "NTN": (1.0, 1.5, 0.8), "UMB": (1.6, 1.2, 1.0),
    "WG": (1.0, 1.0, 0.67), "MRH-P": (1.0, 1.0, 0.78), "MRH-L": (1.0, 1.0, 0.78), "HBC": (1.0, 1.0, 0.75),
    "HC": (1.0, 1.0, 0.75),
}  # fmt: skip


def moved(country: Country) -> Country:
    return replace(country, products=tuple(_product(each) for each in country.products))


def _product(product: Product) -> Product:
    frequency, severity, premium = LEVELS.get(product.code, (1.0, 1.0, 1.0))
    coverages = tuple(_coverage(each, frequency, severity) for each in product.coverages)
    return replace(product, coverages=coverages, base_premium=round(product.base_premium * premium))


def _coverage(coverage: Coverage, frequency: float, severity: float) -> Coverage:
    causes = tuple(
        replace(each, frequency=round(each.frequency * frequency, 2), severity=round(each.severity * severity))
        for each in coverage.causes
    )
    return replace(coverage, causes=causes) if (frequency, severity) != (1.0, 1.0) else coverage
