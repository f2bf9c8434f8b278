"""income_by_state_<CC> of eight countries: how what people live on differs between the parts of a country.

A factor is what is published for a part over what is published for the country. Where no pay was found but household income per
head (Brazil, Viet Nam), that is it; of India's net domestic product per head, which differs more than what people have, it is
the square root. Needs the standard library and datamimic only.
"""

from __future__ import annotations

import csv
from pathlib import Path

from datamimic.tables.build import write_table

DATA = Path(__file__).parent.parent / "src" / "datamimic_pack_common" / "data"
PREFECTURES = DATA / "states_JP.csv"

# Statistics Canada, average weekly earnings of November 2022 (2023-01-26), as settler.ca printed them; Canada 1,180.21 dollars
CA = {
    "NL": 1178.30, "PE": 994.16, "NS": 1031.80, "NB": 1076.99, "QC": 1124.11, "ON": 1203.64, "MB": 1076.52, "SK": 1149.77,
    "AB": 1277.78, "BC": 1177.45, "YT": 1352.38, "NT": 1579.40, "NU": 1579.90,
}  # fmt: skip
# IBGE, PNAD Continua: monthly household income per head, 2023, as jornalpequeno.com.br printed it (2024-02-28); Brazil 1,893 reais
BR = {
    "DF": 3357, "SP": 2492, "RJ": 2367, "RS": 2304, "SC": 2269, "PR": 2115, "MS": 2030, "GO": 2017, "MT": 1991, "MG": 1918,
    "ES": 1915, "TO": 1581, "RO": 1527, "AP": 1520, "RR": 1425, "RN": 1373, "PI": 1342, "PB": 1320, "PA": 1282, "SE": 1218,
    "AM": 1172, "CE": 1166, "BA": 1139, "PE": 1113, "AL": 1110, "AC": 1095, "MA": 945,
}  # fmt: skip
# INE, Encuesta de Estructura Salarial 2006, mean yearly pay by autonomous community, all agreements (file 8971); Spain 19,680.88
# euros. Andalusia had 88.3 per cent of the mean then and 89.2 per cent in the survey of 2022 (file 36860).
ES = {
    "AN": 17372.42, "AR": 19134.82, "AS": 19758.43, "IB": 18095.93, "CN": 16431.12, "CB": 17999.21, "CL": 17694.98, "CM": 17157.76,
    "CT": 21210.04, "VC": 18064.77, "EX": 15570.35, "GA": 17010.95, "MD": 23622.11, "MC": 16585.78, "NC": 21660.50, "PV": 22929.98,
    "RI": 17901.70, "CE": 20265.67,
}  # fmt: skip
PROVINCES = {
    "AN": "AL CA CO GR H J MA SE", "AR": "HU TE Z", "AS": "O", "IB": "PM", "CN": "GC TF", "CB": "S", "CL": "AV BU LE P SA SG SO VA ZA",
    "CM": "AB CR CU GU TO", "CT": "B GI L T", "VC": "A CS V", "EX": "BA CC", "GA": "C LU OR PO", "MD": "M", "MC": "MU", "NC": "NA",
    "PV": "BI SS VI", "RI": "LO", "CE": "CE ML",
}  # fmt: skip
# Insee: pay in the private sector over the mean of France. 2017, full-time equivalents (Emploi, chomage, revenus du travail 2020,
# figure 1): Ile-de-France, Centre, Bourgogne, Normandie, Hauts-de-France, Grand Est. 2012, gross per hour, 18.7 euros in all
# France (Insee Premiere 1623): Auvergne 17.9, Provence 17.5, Corsica 15.6, and the mean of the provinces, 17.0, near which
# it says that the others lie.
FR = {
    "IDF": 1.271, "CVL": 0.892, "BFC": 0.877, "NOR": 0.895, "HDF": 0.89, "GES": 0.898, "ARA": 17.9 / 18.7, "PAC": 17.5 / 18.7,
    "20R": 15.6 / 18.7, "PDL": 17.0 / 18.7, "BRE": 17.0 / 18.7, "NAQ": 17.0 / 18.7, "OCC": 17.0 / 18.7,
}  # fmt: skip
# Median weekly pay of full-time employees over that of the United Kingdom: Welsh Government, ASHE 2021 (562.8 of 610.7 pounds); NISRA,
# ASHE 2018 (521 of 569). None was read for Scotland; England's is what makes the kingdom's 1.
GB = {"WLS": 562.8 / 610.7, "NIR": 521 / 569, "SCT": 1.0, "ENG": 1.007}
# Per capita net state domestic product, 2023-24, in rupees, as Wikipedia lists it (List of Indian states and union territories by
# GDP per capita); India 215,935. Sikkim, where no postal code of the places lies, is left out.
IN = {
    "GA": 674684, "DL": 512131, "CH": 505137, "TS": 393385, "KA": 368085, "HR": 361993, "TN": 353483, "GJ": 336875,
    "MH": 319474, "KL": 317723, "AN": 310143, "UK": 295751, "PY": 287354, "HP": 276943, "MZ": 275633, "AP": 270295, "AR": 239045,
    "PB": 227950, "OD": 203085, "TR": 198379, "JK": 192898, "RJ": 187454, "WB": 181184, "NL": 179379, "CG": 162870, "AS": 158807,
    "MP": 156381, "ML": 156326, "MN": 125937, "JH": 115960, "UP": 107468, "BR": 66828,
}  # fmt: skip
# Ministry of Health, Labour and Welfare, Basic Survey on Wage Structure 2015, monthly pay in ten thousand yen, as ran-king.jp printed
# it, by number of the prefecture (Hokkaido first); Japan: their mean by people of the census of 2020
JP = (
    26.55, 23.56, 23.59, 28.0, 23.58, 24.14, 26.36, 29.9, 29.1, 28.3, 30.4, 30.6, 38.3, 33.5, 25.99, 26.96, 27.4, 26.96, 28.4, 27.6,
    27.5, 28.8, 31.5, 29.11, 29.3, 30.9, 32.7, 29.9, 29.0, 27.5, 24.05, 25.25, 28.1, 28.3, 26.78, 27.25, 27.32, 25.75, 25.77, 27.45,
    24.71, 25.07, 25.9, 25.3, 23.81, 25.33, 23.72,
)  # fmt: skip
# General Statistics Office, household living standards survey 2022: monthly income per head in million dong by region, as yeah1.com
# printed it, and of four provinces, as dxmdvietnam.vn and danang.gov.vn did; Viet Nam 4.673
VN_REGIONS = {
    "northern mountains": (3.170, "01 02 03 04 05 06 07 09 14 53 54 68 69 71"),
    "Red River delta": (5.586, "13 18 20 56 61 63 66 67 70 HN HP"),
    "central coast": (3.967, "21 22 23 24 25 26 27 29 31 32 34 36 40 DN"),
    "highlands": (3.282, "28 30 33 35 72"),
    "south east": (6.334, "37 39 43 57 58 SG"),
    "Mekong delta": (4.077, "41 44 45 46 47 49 50 51 52 55 59 73 CT"),
}
VN_PROVINCES = {"57": 8.076, "HN": 6.423, "SG": 6.392, "DN": 5.807}
VN = {code: income for income, codes in VN_REGIONS.values() for code in codes.split()} | VN_PROVINCES


def main() -> None:
    pay = {"licence": "facts from open official statistics", "grade": "B"}
    derived = {**pay, "grade": "C"}
    spain = {province: ES[part] for part, own in PROVINCES.items() for province in own.split()}
    japan = {f"{number:02}": value for number, value in enumerate(JP, start=1)}
    with PREFECTURES.open(encoding="utf-8") as lines:
        people = {row["state_code"][3:]: float(row["weight"]) for row in csv.DictReader(lines)}
    all_of_japan = sum(people[number] * value for number, value in japan.items()) / sum(people.values())
    for country, states, middle, power, date, source, said in (
        ("CA", CA, 1180.21, 1.0, "2022", "Statistics Canada, average weekly earnings, November 2022", pay),
        ("BR", BR, 1893.0, 1.0, "2023", "IBGE, PNAD Contínua 2023, household income per head", pay),
        ("ES", spain, 19680.88, 1.0, "2006", "INE, Encuesta de Estructura Salarial 2006", pay),
        ("FR", FR, 1.0, 1.0, "2017", "Insee, salaires dans les régions, 2017 and 2012", derived),
        ("GB", GB, 1.0, 1.0, "2021", "ONS, ASHE, by Welsh Government 2021 and NISRA 2018", derived),
        ("IN", IN, 215935.0, 0.5, "2024", "MOSPI, per capita net state domestic product 2023-24, square root", derived),
        ("JP", japan, all_of_japan, 1.0, "2015", "MHLW, Basic Survey on Wage Structure 2015", pay),
        ("VN", VN, 4.673, 1.0, "2022", "General Statistics Office, household living standards survey 2022", derived),
    ):  # fmt: skip
        write_table(
            DATA, "income_by_state", country, ["state_code", "factor"],
            [(f"{country}-{state}", round((value / middle) ** power, 4)) for state, value in sorted(states.items())],
            source=source, date=date, method="data-build/pay_by_state.py", **said,
        )  # fmt: skip


if __name__ == "__main__":
    main()
