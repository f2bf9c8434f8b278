"""company_sizes_<CC>.csv: how many people work for the companies of a section of the economy.

Each country's shares of size classes (NATIONAL) are kept; how sections differ from them is counted in France and the United States
(FRANCE, AMERICA), and for the other countries it is the mean of the two, an estimate. Tables are fitted to both margins, sections
(SECTOR_SHARES of companies.py) and sizes. Needs the standard library and datamimic only.
"""

from __future__ import annotations

from pathlib import Path

from datamimic.tables.build import write_table

DATA = Path(__file__).parents[1] / "src" / "datamimic_pack_common" / "data"
CLASSES = (("micro", 1, 9), ("small", 10, 49), ("medium", 50, 249), ("large", 250, 5000))
Shares = dict[str, tuple[float, ...]]
# Companies with employees by size class, per cent, rounded.
NATIONAL = {
    "US": (78.5, 17.3, 3.3, 0.9), "CA": (74.0, 21.6, 3.8, 0.6), "DE": (84.0, 12.5, 2.8, 0.7), "GB": (81.8, 15.1, 2.5, 0.6),
    "FR": (86.5, 11.1, 2.0, 0.4), "ES": (89.3, 9.0, 1.4, 0.3), "BR": (83.0, 14.0, 2.4, 0.6), "VN": (68.5, 25.5, 4.4, 1.6),
    "IN": (91.0, 7.6, 1.1, 0.3), "JP": (75.0, 20.5, 3.8, 0.7),
}  # fmt: skip
SOURCES = {
    "US": "Census Bureau, Statistics of US Businesses 2021", "CA": "Statistics Canada, Canadian Business Counts 2023",
    "GB": "Business population estimates 2023 (employers)", "VN": "GSO, White Book on enterprises 2022",
    "BR": "IBGE, Cadastro Central de Empresas 2021", "IN": "Ministry of Corporate Affairs and MSME annual reports",
    "JP": "Economic Census 2021 (companies)",
}  # fmt: skip
EUROSTAT = "Eurostat structural business statistics 2022"
# Insee, enterprises of 1 January 2007 by employees (1 to 9, 10 to 249, 250 and more), as the Conseil economique et social printed
# them in Reperes statistiques (2008), retold by retraiteshospitaliers64.blogspirit.com/archive/2009/08/18
INSEE = "Insee, enterprises of 1 January 2007 by sector and employees"
FRANCE_2007 = {
    "C": (36_533 + 64_176, 7_306 + 33_470, 187 + 117 + 15 + 934 + 625 + 119), "F": (169_032, 28_872, 164 + 120 + 14),
    "G": (251_926, 43_472, 537 + 291 + 80), "H": (26_193, 11_583, 245 + 117 + 30), "K": (17_164, 2_620, 104 + 202 + 58),
    "L": (38_070, 3_833, 66 + 34 + 3), "M": (147_225, 30_912, 580 + 396 + 101), "S": (233_675, 27_782, 249 + 105 + 33),
}  # fmt: skip
# Establishments with 1 to 9, 10 to 49, 50 and more employees: Insee, CLAP 2015, of the urban areas UU2010-59702, AU2010-007,
# AU2010-011 and UU2010-34701 together (insee.fr/fr/statistiques/4201043): how those of 10 and more divide at 50, and farms.
CLAP = {
    "A": (1_078, 51, 11), "C": (3_637, 1_312, 398), "F": (7_969, 1_363, 183), "G": (28_100, 2_811, 522), "Q": (8_208, 7_054, 2_278),
}  # fmt: skip
# AHRQ, MEPS Insurance Component 2016, table I.A.1: establishments of the private sector by size of the firm: under 10, 10-24,
# 25-99, 100-999, 1000 and more (meps.ahrq.gov/mepsweb/data_stats/summ_tables/insr/national/series_1/2016/tia1.htm)
MEPS = "AHRQ, MEPS Insurance Component 2016, table I.A.1"
AMERICA_2016 = {
    "A": (180_167, 17_680, 8_424, 2_144, 2_221), "C": (137_328, 46_565, 39_826, 28_023, 26_941),
    "F": (470_416, 78_546, 37_281, 9_866, 7_142), "H": (112_498, 19_090, 16_647, 13_964, 43_599),
    "K": (441_689, 42_269, 45_289, 84_009, 235_000), "G": (551_265 + 198_269, 103_691 + 46_567, 67_050 + 38_672, 63_365 + 33_655, 303_548 + 60_271),
    "M": (1_107_366, 190_174, 129_035, 125_344, 190_155), "S": (1_193_674, 288_845, 188_367, 114_008, 218_474),
}  # fmt: skip
# The section of the sources that stands for each one that they do not tell apart.
IN_FRANCE = {"D": "C", "E": "C", "I": "S", "J": "M", "N": "M", "P": "S", "Q": "S", "R": "S"}
IN_AMERICA = {"D": "H", "E": "H", "I": "S", "J": "M", "L": "K", "N": "M", "P": "S", "Q": "M", "R": "S"}
SECTIONS = tuple("ACDEFGHIJKLMNPQRS")


def france() -> Shares:
    """Shares of the size classes; those of 50 to 249 among those of 10 to 249 after the establishments."""
    found: Shares = {}
    for section, (micro, middle, large) in FRANCE_2007.items():
        _, small, more = CLAP["Q" if section == "S" else section if section in CLAP else "G"]
        above = middle * more / (small + more)
        found[section] = (micro, middle - above, above, large)
    micro, small, more = CLAP["A"]
    found["A"] = (micro, small, more * 0.9, more * 0.1)
    return {section: found[IN_FRANCE.get(section, section)] for section in SECTIONS}


def america() -> Shares:
    """Firms of 10-24 and two fifths of those of 25-99 have up to 49 people, half of 100-999 up to 249; establishments of large
    firms are many, which the fit to the country's firms takes away."""
    found = {
        section: (micro, small + 0.4 * middle, 0.6 * middle + 0.5 * large, 0.5 * large + giant)
        for section, (micro, small, middle, large, giant) in AMERICA_2016.items()
    }
    return {section: found[IN_AMERICA.get(section, section)] for section in SECTIONS}


def fitted(pattern: Shares, sections: dict[str, float], sizes: tuple[float, ...]) -> Shares:
    """Iterative proportional fitting of the pattern to the shares of sections and of sizes."""
    cells = {section: list(pattern[section]) for section in sections}
    whole = sum(sections.values())
    for _ in range(200):
        for section, share in sections.items():
            total = sum(cells[section])
            cells[section] = [cell * share / whole / total for cell in cells[section]]
        for place, share in enumerate(sizes):
            total = sum(row[place] for row in cells.values())
            for row in cells.values():
                row[place] *= share / sum(sizes) / total
    return {section: tuple(100 * cell / sum(row) for cell in row) for section, row in cells.items()}


def mean(sections: dict[str, float]) -> Shares:
    """The geometric mean of how the two countries differ between sections."""
    even = (1.0,) * len(CLASSES)
    both = [fitted(pattern, sections, even) for pattern in (france(), america())]
    return {section: tuple((a * b) ** 0.5 for a, b in zip(*(each[section] for each in both), strict=True)) for section in sections}


def main() -> None:
    from companies import SECTOR_SHARES

    for country, sizes in NATIONAL.items():
        sections = {part[0]: float(part[1:]) for part in SECTOR_SHARES[country].split()}
        own = {"FR": (france, INSEE), "US": (america, MEPS)}.get(country)
        found = fitted(own[0]() if own else mean(sections), sections, sizes)
        write_table(
            DATA, "company_sizes", country, ("section", "size_class", "employees_low", "employees_high", "weight"),
            [(section, *size, round(share, 3)) for section, row in found.items() for size, share in zip(CLASSES, row, strict=True)],
            source=f"{SOURCES.get(country, EUROSTAT)}, rounded; by section: {own[1] if own else f'the mean of {INSEE} and {MEPS}, an estimate'}",
            url="https://www.insee.fr/fr/statistiques/4201043" if country == "FR" else "https://meps.ahrq.gov/mepsweb/data_stats/" if own else "",
            licence="public facts", date="2007" if country == "FR" else "2016" if own else "2026-11",
            method="data-build/company_sizes.py: sections fitted to the country's sizes", grade="C" if own else "E",
        )  # fmt: skip


if __name__ == "__main__":
    main()
