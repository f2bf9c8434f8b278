"""office_types_<CC>.csv (offices of public administration: level, naming, size, money) and office_shares_<CC>.csv (how many of
each there are per state).

A name is `before` + stem + `after`, the jurisdiction `area_before` + `area` + `area_after`; stems are city (of_city: with the French
preposition), district, county
and county_short (with and without the word for the kind of county), county_office, state, province (with its kind), quarter,
commune (with the word for its kind), township, number, agency, none. `variants` is how many of the kind a town may have. `code` says which official code the jurisdiction has: state, county or none. Inhabitants are
those of the town (`inhabitants` town) or drawn between `low`, `median` and `high` (5th, 50th, 95th percentile). The budget is
`budget_low` to `budget_high` units of the currency a year per inhabitant, staff `staff_low` to `staff_high` per 1,000.
Only towns of `town_least` to `town_most` inhabitants have one. `valid_from` is the first day (YYYYMMDD) of a set of shares: Vietnam dropped its districts on 1 July 2025, and its tax offices
were teams of regional ones from 1 March on.
"""

from __future__ import annotations

from typing import NamedTuple

from pack_data import OWN, publish


class Office(NamedTuple):
    type: str
    level: str
    agency: str  # which set of services, departments, leadership and hours
    name: str  # pattern with one {stem}
    area: str  # pattern with one {stem}
    code: str
    inhabitants: tuple[int, int, int] | None  # None: those of the town
    budget: tuple[float, float]
    staff: tuple[float, float]
    founded: tuple[int, int, int]
    number: float
    towns: tuple[int, int] = (0, 99_000_000)  # inhabitants of the towns that have one
    variants: int = 1  # how many of them a town may have


COUNTY = (5_500, 27_000, 480_000)
FIELD = (40_000, 150_000, 900_000)
US = [
    Office("City Hall", "municipality", "city", "City of {city}", "City of {city}, {state}", "none", None, (1_100, 3_400), (6, 14), (1780, 1890, 1985), 19_491),
    *(
        Office(hall, "township", agency, name, name, "none", (700, 2_600, 21_000), (240, 1_300), (1.5, 6), (1700, 1850, 1960), 16_214, (0, 99_000_000), 64)
        for agency, (hall, name) in {
            **dict.fromkeys(["town NY", "town WI", "town New England"], ("Town Hall", "Town of {township}, {district}")),
            **dict.fromkeys(["township", "township board", "township trustee", "township OH", "township PA", "township NJ"], ("Township Hall", "{township} Township, {district}")),
        }.items()
    ),
    Office("County Clerk", "county", "county clerk", "{district} Clerk's Office", "{district}, {state}", "county", COUNTY, (9, 24), (0.15, 0.5), (1790, 1865, 1925), 1_000),
    Office("County Assessor", "county", "county assessor", "{district} Assessor's Office", "{district}, {state}", "county", COUNTY, (9, 22), (0.12, 0.4), (1790, 1868, 1925), 700),
    Office("County Government", "county", "county", "{district} Government", "{district}, {state}", "county", COUNTY, (900, 2_300), (5, 12), (1790, 1862, 1925), 1_331),
    Office("School District", "school district", "school district", "{city} School District {number}", "{city}, {state}", "none", None, (1_700, 3_100), (15, 26), (1850, 1920, 1990), 12_546, (0, 99_000_000), 40),
    Office("Fire Protection District", "special district", "fire district", "{city} Fire Protection District No. {number}", "{city}, {state}", "none", None, (110, 380), (0.8, 2.2), (1920, 1962, 2012), 7_000, (0, 90_000), 24),
    Office("Water District", "special district", "water district", "{city} Water District No. {number}", "{city}, {state}", "none", None, (160, 520), (0.4, 1.4), (1910, 1964, 2010), 8_900, (0, 99_000_000), 24),
    Office("Soil and Water Conservation District", "special district", "conservation district", "{district} Soil and Water Conservation District", "{district}, {state}", "none", COUNTY, (4, 22), (0.03, 0.12), (1937, 1950, 1990), 6_755, (0, 80_000)),
    Office("Housing Authority", "special district", "housing authority", "{city} Housing Authority", "{city}, {state}", "none", None, (70, 380), (0.3, 1.2), (1937, 1960, 2000), 4_700),
    Office("Library District", "special district", "library district", "{city} Library District", "{city}, {state}", "none", None, (28, 80), (0.4, 0.9), (1900, 1972, 2012), 2_400),
    Office("Park District", "special district", "park district", "{city} Park District", "{city}, {state}", "none", None, (45, 190), (0.5, 1.6), (1895, 1966, 2010), 2_100),
    Office("Sanitary District", "special district", "sanitary district", "{city} Sanitary District No. {number}", "{city}, {state}", "none", None, (95, 330), (0.3, 1.1), (1920, 1968, 2012), 5_600, (0, 99_000_000), 24),
    Office("Cemetery District", "special district", "cemetery district", "{township} Cemetery District, {district}", "{township} Cemetery District, {district}", "none", (700, 2_600, 21_000), (3, 16), (0.03, 0.12), (1900, 1941, 1995), 2_100, (0, 50_000), 64),
    Office("Motor Vehicle Office", "state", "motor vehicles", "{agency} – {city} Office", "State of {state}", "state", FIELD, (7, 16), (0.08, 0.22), (1935, 1972, 2018), 4_300),
    Office("Workforce Office", "state", "workforce", "{state} American Job Center – {city}", "State of {state}", "state", FIELD, (9, 26), (0.07, 0.2), (1935, 1984, 2018), 2_300),
    Office("Human Services Office", "state", "human services", "{state} Human Services Office – {city}", "State of {state}", "state", FIELD, (22, 70), (0.15, 0.5), (1935, 1968, 2015), 2_600),
    Office("Social Security Field Office", "federal", "social security", "Social Security Administration – {city} Field Office", "United States", "country", FIELD, (11, 24), (0.1, 0.24), (1936, 1962, 2010), 1_230, (20_000, 99_000_000)),
    Office("USDA Service Center", "federal", "usda", "USDA Service Center – {city}", "United States", "country", (12_000, 45_000, 160_000), (14, 55), (0.1, 0.3), (1946, 1995, 2012), 2_300, (0, 70_000)),
    Office("IRS Taxpayer Assistance Center", "federal", "irs", "Internal Revenue Service – {city} Taxpayer Assistance Center", "United States", "country", (150_000, 600_000, 2_400_000), (1.5, 4), (0.01, 0.03), (1953, 1984, 2015), 360, (90_000, 99_000_000)),
]
# 2012 Census of Governments, table 2: counties, municipalities, townships, special districts, school districts.
US_STATES = (
    "AL 67 461 0 548 132;AK 14 148 0 15 0;AZ 15 91 0 326 242;AR 75 502 0 740 239;CA 57 482 0 2861 1025;CO 62 271 0 2392 180;CT 0 30 149 447 17;DE 3 57 0 260 19;DC 0 1 0 1 0;FL 66 410 0 1079 95;"
    "GA 153 535 0 510 180;HI 3 1 0 17 0;ID 44 200 0 806 118;IL 102 1298 1431 3227 905;IN 91 569 1006 752 291;IA 99 947 0 527 366;KS 103 626 1268 1523 306;KY 118 418 0 628 174;LA 60 304 0 96 69;ME 16 22 466 237 99;"
    "MD 23 157 0 167 0;MA 5 53 298 417 84;MI 83 533 1240 443 576;MN 87 853 1784 610 338;MS 82 298 0 439 164;MO 114 954 312 1854 534;MT 54 129 0 763 319;NE 93 530 417 1269 272;NV 16 19 0 139 17;NH 10 13 221 131 166;"
    "NJ 21 324 242 233 523;NM 33 103 0 622 96;NY 57 614 929 1174 679;NC 100 553 0 320 0;ND 53 357 1313 779 183;OH 88 937 1308 841 668;OK 77 590 0 635 550;OR 36 241 0 1035 230;PA 66 1015 1546 1756 514;RI 0 8 31 90 4;"
    "SC 46 270 0 279 83;SD 66 311 907 547 152;TN 92 345 0 465 14;TX 254 1214 0 2600 1079;UT 29 245 0 307 41;VT 14 43 237 153 291;VA 95 229 0 193 1;WA 39 281 0 1285 295;WV 55 232 0 337 55;WI 72 596 1255 765 440;WY 23 99 0 628 55"
)  # fmt: skip
# 2022 inhabitants in millions, for the field offices of the states and the federation.
US_MILLIONS = dict(zip(
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY".split(),
    (5.07, 0.73, 7.36, 3.05, 39.03, 5.84, 3.63, 1.02, 0.67, 22.24, 10.91, 1.44, 1.94, 12.58, 6.83, 3.2, 2.94, 4.51, 4.59, 1.39, 6.16, 6.98, 10.03, 5.72, 2.94, 6.18, 1.12, 1.97, 3.18, 1.4, 9.26, 2.11, 19.68, 10.7, 0.78,
     11.76, 4.02, 4.24, 12.97, 1.09, 5.28, 0.91, 7.05, 30.03, 3.38, 0.65, 8.68, 7.79, 1.78, 5.89, 0.58), strict=True))  # fmt: skip
# What the governments between county and municipality are called and who leads them; all other states have townships with a board.
TOWNS = {
    **dict.fromkeys(["CT", "MA", "ME", "NH", "RI", "VT"], "town New England"), "NY": "town NY", "WI": "town WI",
    **dict.fromkeys(["IL", "MI"], "township"), **dict.fromkeys(["IN", "KS"], "township trustee"), "OH": "township OH", "PA": "township PA", "NJ": "township NJ",
    **dict.fromkeys(["MN", "MO", "ND", "NE", "SD"], "township board"),
}  # fmt: skip
COLUMN = {"county": 0, "municipality": 1, "township": 2, "special district": 3, "school district": 4}
# Who issues driving licences.
MOTOR_VEHICLES = {
    "AL": "Alabama Law Enforcement Agency", "AZ": "Arizona Motor Vehicle Division", "AR": "Arkansas Revenue Office", "CO": "Colorado Division of Motor Vehicles", "DE": "Delaware Division of Motor Vehicles", "FL": "Florida Highway Safety and Motor Vehicles",
    "GA": "Georgia Department of Driver Services", "HI": "Hawaii Driver Licensing", "ID": "Idaho Division of Motor Vehicles", "IL": "Illinois Secretary of State Driver Services", "IN": "Indiana Bureau of Motor Vehicles", "IA": "Iowa Department of Transportation",
    "KS": "Kansas Division of Vehicles", "KY": "Kentucky Driver Licensing Regional Office", "LA": "Louisiana Office of Motor Vehicles", "ME": "Maine Bureau of Motor Vehicles", "MD": "Maryland Motor Vehicle Administration", "MA": "Massachusetts Registry of Motor Vehicles",
    "MI": "Michigan Secretary of State", "MN": "Minnesota Driver and Vehicle Services", "MS": "Mississippi Driver Service Bureau", "MO": "Missouri License Office", "MT": "Montana Motor Vehicle Division", "NH": "New Hampshire Division of Motor Vehicles",
    "NJ": "New Jersey Motor Vehicle Commission", "NM": "New Mexico Motor Vehicle Division", "NC": "North Carolina Division of Motor Vehicles", "OH": "Ohio Bureau of Motor Vehicles", "OK": "Service Oklahoma", "OR": "Oregon Driver and Motor Vehicle Services",
    "PA": "Pennsylvania Driver License Center", "RI": "Rhode Island Division of Motor Vehicles", "SD": "South Dakota Driver Licensing", "TN": "Tennessee Driver Services Center", "TX": "Texas Driver License Office", "UT": "Utah Driver License Division",
    "WA": "Washington Department of Licensing", "WV": "West Virginia Division of Motor Vehicles", "WI": "Wisconsin Division of Motor Vehicles", "ND": "North Dakota Driver License Division", "AK": "Alaska Division of Motor Vehicles",
    "CA": "California Department of Motor Vehicles", "CT": "Connecticut Department of Motor Vehicles", "DC": "DC Department of Motor Vehicles", "NE": "Nebraska Department of Motor Vehicles", "NV": "Nevada Department of Motor Vehicles",
    "NY": "New York Department of Motor Vehicles", "SC": "South Carolina Department of Motor Vehicles", "VA": "Virginia Department of Motor Vehicles", "VT": "Vermont Department of Motor Vehicles", "WY": "Wyoming Driver Services",
}  # fmt: skip

KREIS = (75_000, 170_000, 400_000)
DE = [
    Office("Gemeindeverwaltung", "Gemeinde", "Gemeinde", "Gemeindeverwaltung {city}", "Gemeinde {city}", "none", None, (1_900, 3_900), (5, 11), (1808, 1890, 1978), 8_590, (0, 9_999)),
    Office("Stadtverwaltung", "Gemeinde", "Stadt", "Stadtverwaltung {city}", "Stadt {city}", "none", None, (2_200, 4_300), (7, 14), (1220, 1560, 1975), 2_057, (10_000, 99_000_000)),
    Office("Stadtverwaltung (kreisfreie Stadt)", "kreisfreie Stadt", "kreisfreie Stadt", "Stadtverwaltung {county}", "Stadt {county}", "county", None, (3_600, 6_200), (12, 22), (900, 1290, 1920), 103),
    Office("Bezirksamt", "kreisfreie Stadt", "Bezirksamt", "Bezirksamt {quarter}", "Bezirk {quarter}", "county", (190_000, 290_000, 410_000), (1_700, 3_200), (5, 9), (1920, 1949, 2001), 19, (0, 99_000_000), 64),
    Office("Kreisverwaltung", "Landkreis", "Landratsamt", "{county_office} {county_short}", "{county}", "county", KREIS, (1_000, 2_300), (2.4, 5.5), (1816, 1879, 1975), 294),
    Office("Kfz-Zulassungsstelle", "Landkreis", "Kfz-Zulassung", "Kfz-Zulassungsstelle {county}", "{county}", "county", KREIS, (7, 15), (0.1, 0.24), (1909, 1956, 1994), 420),
    Office("Gesundheitsamt", "Landkreis", "Gesundheitsamt", "Gesundheitsamt {county}", "{county}", "county", KREIS, (18, 42), (0.2, 0.42), (1934, 1948, 1994), 375),
    Office("Jugendamt", "Landkreis", "Jugendamt", "Jugendamt {county}", "{county}", "county", KREIS, (310, 720), (0.5, 1.2), (1922, 1953, 1994), 570),
    Office("Bürgerbüro", "Gemeinde", "Bürgerbüro", "Bürgerbüro {city}", "{commune}", "none", None, (22, 60), (0.25, 0.6), (1984, 1999, 2019), 900, (9_000, 99_000_000)),
    Office("Standesamt", "Gemeinde", "Standesamt", "Standesamt {city}", "{commune}", "none", None, (7, 17), (0.08, 0.2), (1874, 1876, 1977), 1_600, (5_000, 99_000_000)),
    Office("Finanzamt", "Land", "Finanzamt", "Finanzamt {city}", "Land {state}", "state", (75_000, 155_000, 330_000), (85, 150), (1.0, 2.2), (1919, 1931, 2005), 530, (20_000, 99_000_000)),
    Office("Schulamt", "Land", "Schulamt", "Staatliches Schulamt {city}", "Land {state}", "state", (150_000, 320_000, 800_000), (5, 14), (0.06, 0.2), (1920, 1958, 2008), 180, (20_000, 99_000_000)),
    Office("Katasteramt", "Land", "Katasteramt", "Amt für Geoinformation und Liegenschaftskataster {city}", "Land {state}", "state", (80_000, 220_000, 600_000), (14, 32), (0.2, 0.5), (1861, 1920, 2008), 250, (14_000, 99_000_000)),
    Office("Agentur für Arbeit", "Bund", "Agentur für Arbeit", "Agentur für Arbeit {city}", "Bundesrepublik Deutschland", "country", (250_000, 520_000, 1_150_000), (140, 300), (0.7, 1.5), (1927, 1953, 2012), 155, (25_000, 99_000_000)),
    Office("Zollamt", "Bund", "Zollamt", "Zollamt {city}", "Bundesrepublik Deutschland", "country", (200_000, 480_000, 1_500_000), (8, 22), (0.08, 0.25), (1834, 1949, 2000), 250, (14_000, 99_000_000)),
]
# Destatis, Gemeindeverzeichnis end of 2022: Gemeinden (without kreisfreie Städte), kreisfreie Städte, Landkreise, million inhabitants.
DE_LAENDER = {
    "BW": (1_092, 9, 35, 11.3), "BY": (2_031, 25, 71, 13.4), "BE": (0, 1, 0, 3.76), "BB": (409, 4, 14, 2.57), "HB": (0, 2, 0, 0.68), "HH": (0, 1, 0, 1.89), "HE": (416, 5, 21, 6.39), "MV": (724, 2, 6, 1.63),
    "NI": (933, 8, 37, 8.14), "NW": (374, 22, 31, 18.1), "RP": (2_289, 12, 24, 4.16), "SL": (52, 0, 6, 0.99), "SN": (415, 3, 10, 4.09), "ST": (215, 3, 11, 2.19), "SH": (1_100, 4, 11, 2.95), "TH": (600, 5, 17, 2.13),
}  # fmt: skip
NO_LANDRAT = {"SH": "Kreisverwaltung", "NW": "Kreisverwaltung", "RP": "Kreisverwaltung", "NI": "Kreisverwaltung", "HE": "Kreisverwaltung", "BB": "Kreisverwaltung", "MV": "Kreisverwaltung", "ST": "Kreisverwaltung", "SL": "Landratsamt"}

TINH = (620_000, 1_300_000, 3_800_000)
HUYEN = (55_000, 118_000, 320_000)
XA = (4_200, 8_700, 24_000)
XA_2025 = (14_000, 27_000, 68_000)
VN = [
    Office("Ủy ban nhân dân cấp tỉnh", "tỉnh", "UBND tỉnh", "Ủy ban nhân dân {province}", "{province}", "state", TINH, (8_000_000, 22_000_000), (14, 24), (1945, 1976, 2004), 63),
    Office("Ủy ban nhân dân cấp huyện", "huyện", "UBND huyện", "Ủy ban nhân dân {district}", "{district}", "none", HUYEN, (5_500_000, 13_000_000), (9, 16), (1945, 1978, 2008), 696),
    Office("Ủy ban nhân dân cấp xã", "xã", "UBND xã", "Ủy ban nhân dân {commune}", "{commune}", "none", XA, (700_000, 1_900_000), (2.4, 4.5), (1945, 1981, 2012), 10_035, (0, 99_000_000), 50),
    Office("Ủy ban nhân dân cấp xã", "xã", "UBND phường, xã", "Ủy ban nhân dân {commune}", "{commune}", "none", XA_2025, (700_000, 1_900_000), (2.4, 4.5), (2025, 2025, 2026), 3_321, (0, 99_000_000), 50),
    Office("Sở chuyên ngành", "tỉnh", "Sở", "Sở Tư pháp {province}", "{province}", "state", TINH, (25_000, 70_000), (0.03, 0.09), (1955, 1989, 2016), 500),
    Office("Sở chuyên ngành", "tỉnh", "Sở Y tế", "Sở Y tế {province}", "{province}", "state", TINH, (250_000, 900_000), (0.04, 0.12), (1955, 1985, 2005), 60),
    Office("Sở chuyên ngành", "tỉnh", "Sở Giáo dục", "Sở Giáo dục và Đào tạo {province}", "{province}", "state", TINH, (600_000, 1_800_000), (0.04, 0.12), (1955, 1985, 2005), 60),
    Office("Trung tâm Phục vụ hành chính công", "tỉnh", "Hành chính công", "Trung tâm Phục vụ hành chính công {province}", "{province}", "state", TINH, (4_000, 16_000), (0.01, 0.04), (2012, 2017, 2024), 63),
    Office("Cơ quan Thuế", "trung ương", "Chi cục Thuế", "Chi cục Thuế {district}", "Nước Cộng hòa xã hội chủ nghĩa Việt Nam", "country", (150_000, 260_000, 620_000), (40_000, 95_000), (0.2, 0.45), (1990, 1997, 2019), 415),
    Office("Cơ quan Thuế", "trung ương", "Đội Thuế", "Đội Thuế {district}", "Nước Cộng hòa xã hội chủ nghĩa Việt Nam", "country", (150_000, 260_000, 620_000), (40_000, 95_000), (0.2, 0.45), (1990, 1997, 2019), 350),
    Office("Cơ quan Thuế", "trung ương", "Thuế", "Thuế cơ sở {city}", "Nước Cộng hòa xã hội chủ nghĩa Việt Nam", "country", (150_000, 260_000, 620_000), (40_000, 95_000), (0.2, 0.45), (1990, 1997, 2019), 350),
    Office("Bảo hiểm xã hội", "trung ương", "BHXH huyện", "Bảo hiểm xã hội {district}", "Nước Cộng hòa xã hội chủ nghĩa Việt Nam", "country", (90_000, 140_000, 480_000), (25_000, 70_000), (0.1, 0.3), (1995, 1997, 2018), 700),
    Office("Bảo hiểm xã hội", "trung ương", "BHXH", "Bảo hiểm xã hội cơ sở {city}", "Nước Cộng hòa xã hội chủ nghĩa Việt Nam", "country", (90_000, 140_000, 480_000), (25_000, 70_000), (0.1, 0.3), (1995, 1997, 2018), 350),
]
VN_2025 = {"Ủy ban nhân dân cấp tỉnh": 34, "Trung tâm Phục vụ hành chính công": 34}

GB = [
    Office("Parish, Town or Community Council", "parish", "parish", "{commune}", "{city}", "none", None, (35, 130), (0.2, 0.9), (1894, 1895, 2015), 10_000, (0, 60_000)),
    Office("Borough or District Council", "district", "district council", "{city} Borough Council", "Borough of {city}", "none", (95_000, 135_000, 290_000), (900, 2_600), (3, 9), (1835, 1974, 2023), 317, (25_000, 99_000_000)),
    Office("Register Office", "district", "register office", "{city} Register Office", "Registration district of {city}", "none", (95_000, 150_000, 320_000), (4, 11), (0.05, 0.14), (1837, 1911, 2010), 430, (15_000, 99_000_000)),
    Office("Jobcentre Plus", "national", "jobcentre", "Jobcentre Plus {city}", "United Kingdom", "country", (40_000, 90_000, 210_000), (38, 85), (0.4, 0.9), (1910, 1978, 2006), 650, (15_000, 99_000_000)),
    Office("HMCTS Court Office", "national", "court", "{city} Magistrates' Court Office", "United Kingdom", "country", (110_000, 260_000, 700_000), (15, 40), (0.1, 0.4), (1880, 1966, 2006), 250, (25_000, 99_000_000)),
]
FR = [
    Office("Mairie", "commune", "mairie", "Mairie {of_city}", "Commune {of_city}", "none", None, (1_100, 2_600), (11, 25), (1789, 1790, 1980), 34_935),
    Office("Sous-préfecture", "arrondissement", "préfecture", "Sous-préfecture {of_city}", "Arrondissement {of_city}", "none", (60_000, 130_000, 350_000), (11, 30), (0.1, 0.3), (1800, 1811, 1975), 233, (9_000, 99_000_000)),
    Office("Caisse d'allocations familiales", "national", "caf", "CAF – agence {of_city}", "France", "country", (150_000, 480_000, 1_400_000), (30, 60), (0.3, 0.7), (1946, 1947, 2010), 500, (15_000, 99_000_000)),
    Office("France Travail", "national", "france travail", "France Travail – agence {of_city}", "France", "country", (45_000, 78_000, 160_000), (60, 110), (0.6, 1.1), (1967, 1984, 2018), 900, (9_000, 99_000_000)),
    Office("Centre des finances publiques", "national", "finances publiques", "Centre des finances publiques {of_city}", "France", "country", (30_000, 70_000, 240_000), (60, 130), (0.8, 1.8), (1948, 1970, 2014), 2_000, (7_000, 99_000_000)),
]
STEMS = {"commune", "township", "number", "of_city", "city", "district", "county", "county_short", "county_office", "state", "province", "quarter", "none", "agency"}


def pattern(text: str) -> tuple[str, str, str, str, str]:
    before, brace, rest = text.partition("{")
    if not brace:
        return text, "none", "", "none", ""
    stem, _, rest = rest.partition("}")
    between, brace, rest = rest.partition("{")
    stem_2, _, after = rest.partition("}") if brace else ("none", "", "")
    if {stem, stem_2} - STEMS or "{" in after:
        raise ValueError(text)
    return before, stem, between, stem_2, after


def america() -> list[tuple[str, int, str, float]]:
    counts = {line.split()[0]: [int(n) for n in line.split()[1:]] for line in US_STATES.split(";")}
    totals = [sum(numbers[k] for numbers in counts.values()) for k in range(5)]
    if totals[0] != 3_031 or len(counts) != 51:
        raise ValueError(f"the table of states is wrong: {totals}")
    rows = []
    for code, numbers in sorted(counts.items()):
        for office in US:
            if office.level == "township" and TOWNS.get(code) != office.agency:
                continue
            if office.level in COLUMN:
                number = office.number * numbers[COLUMN[office.level]] / totals[COLUMN[office.level]]
            else:
                number = office.number * US_MILLIONS[code] / sum(US_MILLIONS.values())
            if number:
                rows.append((f"US-{code}", 0, key(office), round(number, 4)))
    return rows


def germany() -> list[tuple[str, int, str, float]]:
    totals = [sum(values[k] for values in DE_LAENDER.values()) for k in range(4)]
    rows = []
    for land, (communes, cities, counties, millions) in sorted(DE_LAENDER.items()):
        for office in DE:
            if office.type == "Bezirksamt":
                share = {"BE": 12, "HH": 7}.get(land, 0) / 19
            elif office.type == "Stadtverwaltung (kreisfreie Stadt)":
                share = 0 if land in ("BE", "HH") else cities / (totals[1] - 2)
            elif office.level == "Landkreis":
                share = counties / totals[2]
            elif office.level == "Gemeinde":
                share = communes / totals[0]
            else:
                share = millions / totals[3]
            number = office.number * share
            if number:
                rows.append((f"DE-{land}", 0, key(office), round(number, 4)))
    return rows


def vietnam() -> list[tuple[str, int, str, float]]:
    """The units until June 2025, with the tax teams of districts since March, and those since July; communes were merged into
    larger ones of their own kind in the tables."""
    since_march, since_july = {"Đội Thuế"}, {"UBND phường, xã", "Thuế", "BHXH"}
    rows: list[tuple[str, int, str, float]] = []
    for office in VN:
        if office.agency not in since_july | since_march:
            rows.append(("*", 0, key(office), office.number))
        if office.agency not in since_july | {"Chi cục Thuế"}:
            rows.append(("*", 20250301, key(office), office.number))
        if office.agency in since_july:
            rows.append(("*", 20250701, key(office), office.number))
        elif office.agency not in since_march | {"UBND xã", "UBND huyện", "Chi cục Thuế", "BHXH huyện"}:
            rows.append(("*", 20250701, key(office), VN_2025.get(office.type) or office.number * 0.55))
    return sorted(rows, key=lambda row: row[1])


def key(office: Office) -> str:
    """Tells the offices of one type apart."""
    return office.agency


ALL = {"US": US, "DE": DE, "VN": VN, "GB": GB, "FR": FR}
SHARES = {"US": america(), "DE": germany(), "VN": vietnam(), "GB": [("*", 0, key(o), o.number) for o in GB], "FR": [("*", 0, key(o), o.number) for o in FR]}
SOURCES = {
    "US": ("US Census Bureau, Census of Governments 2022 (totals) and 2012 (split by state); agencies' own counts of field offices (rounded)", "https://www.census.gov/programs-surveys/cog.html", "public domain", "2022", "C"),
    "DE": ("Destatis, Gemeindeverzeichnis end of 2022 and 2024; numbers of offices from the Länder and the federation (rounded)", "https://www.destatis.de/", "facts (dl-de/by-2-0); own compilation, MIT", "2024", "C"),
    "VN": ("Law on the organisation of local government 2025 and resolutions of June 2025; General Statistics Office (units before)", "https://vanban.chinhphu.vn/", "facts; own compilation, MIT", "2025", "C"),
    "GB": ("ONS and DLUHC lists of authorities (rounded)", "https://www.gov.uk/", "facts (OGL v3); own compilation, MIT", "2024", "C"),
    "FR": ("INSEE code officiel géographique 2024; agencies' own counts (rounded)", "https://www.insee.fr/", "facts (Licence Ouverte); own compilation, MIT", "2024", "C"),
}  # fmt: skip
for country, offices in ALL.items():
    source, url, licence, date, grade = SOURCES[country]
    publish(
        __file__, "office_types", country,
        ["office_key", "office_type", "level", "before", "stem", "between", "stem_2", "after", "area_before", "area", "area_between", "area_2", "area_after", "code",
         "inhabitants_low", "inhabitants_median", "inhabitants_high", "budget_low", "budget_high", "staff_low", "staff_high", "founded_from", "founded_median", "founded_to", "town_least", "town_most", "variants"],
        [(key(o), o.type, o.level, *pattern(o.name), *pattern(o.area), o.code, *(o.inhabitants or (0, 0, 0)), *o.budget, *o.staff, *o.founded, *o.towns, o.variants) for o in offices],
        source=OWN + "; levels and agencies after " + source, url=url, licence=licence, date=date, grade="E",
    )  # fmt: skip
    publish(__file__, "office_shares", country, ["state_code", "valid_from", "office_key", "weight"], SHARES[country], source=source, url=url, licence=licence, date=date, grade=grade)
publish(
    __file__, "motor_vehicle_agencies", "US", ["state_code", "agency"], [(f"US-{code}", MOTOR_VEHICLES[code]) for code in sorted(US_MILLIONS)],
    source="names of the states' agencies", date="2024", grade="B",
)  # fmt: skip
publish(
    __file__, "county_offices", "DE", ["state_code", "county_office"], [(f"DE-{land}", NO_LANDRAT.get(land, "Landratsamt")) for land in sorted(DE_LAENDER)],
    source="Landkreisordnungen", date="2024", grade="B",
)  # fmt: skip
QUARTERS = {
    "DE-BE": "Mitte;Friedrichshain-Kreuzberg;Pankow;Charlottenburg-Wilmersdorf;Spandau;Steglitz-Zehlendorf;Tempelhof-Schöneberg;Neukölln;Treptow-Köpenick;Marzahn-Hellersdorf;Lichtenberg;Reinickendorf",
    "DE-HH": "Hamburg-Mitte;Altona;Eimsbüttel;Hamburg-Nord;Wandsbek;Bergedorf;Harburg",
}  # fmt: skip
publish(
    __file__, "city_quarters", "DE", ["state_code", "quarter", "weight"], [(state, name, 1) for state, text in QUARTERS.items() for name in text.split(";")],
    source="Bezirke of Berlin and Hamburg", date="2024", grade="A",
)  # fmt: skip
GERMAN_CODES = "SH01 HH02 NI03 HB04 NW05 HE06 RP07 BW08 BY09 SL10 BE11 BB12 MV13 SN14 ST15 TH16"
FIPS = "AL01 AK02 AZ04 AR05 CA06 CO08 CT09 DE10 DC11 FL12 GA13 HI15 ID16 IL17 IN18 IA19 KS20 KY21 LA22 ME23 MD24 MA25 MI26 MN27 MS28 MO29 MT30 NE31 NV32 NH33 NJ34 NM35 NY36 NC37 ND38 OH39 OK40 OR41 PA42 RI44 SC45 SD46 TN47 TX48 UT49 VT50 VA51 WA53 WV54 WI55 WY56"
# About when a state had organised towns (statehood or territory, earlier where settlements were).
SETTLED = "AL1817 AK1900 AZ1870 AR1820 CA1850 CO1862 CT1640 DE1680 DC1800 FL1825 GA1750 HI1860 ID1870 IL1815 IN1810 IA1838 KS1856 KY1785 LA1800 ME1650 MD1660 MA1630 MI1815 MN1852 MS1810 MO1815 MT1866 NE1858 NV1862 NH1640 NJ1670 NM1850 NY1660 NC1700 ND1878 OH1800 OK1889 OR1848 PA1690 RI1640 SC1700 SD1872 TN1790 TX1836 UT1850 VT1765 VA1640 WA1855 WV1780 WI1838 WY1870"
settled = {part[:2]: int(part[2:]) for part in SETTLED.split()}
publish(__file__, "state_codes", "US", ["state_code", "official_code", "settled"], [(f"US-{part[:2]}", part[2:], settled[part[:2]]) for part in FIPS.split()], source="FIPS codes of the states (ANSI INCITS 38); years of first organised towns (rounded)", date="2024", grade="C")
publish(__file__, "state_codes", "DE", ["state_code", "official_code"], [(f"DE-{part[:2]}", part[2:]) for part in GERMAN_CODES.split()], source="Amtliche Gemeindeschlüssel of the Länder (Destatis)", date="2024", grade="A")
