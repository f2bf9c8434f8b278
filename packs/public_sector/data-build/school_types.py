"""school_types_<CC>.csv (what kinds of school and university there are, how common, how old and how large),
school_shares_<CC>.csv (which of them a state has), school_grades_<CC>.csv (their years, with the share of the students).

`school_key` tells apart what one `school_type` means in several states. `level` names the stage in the country's own words, `isced` the UNESCO level it ends with (0 early childhood, 1 primary, 2 lower
secondary, 3 upper secondary, 5 short tertiary, 6 and more university). `age_from`/`age_to` are the usual ages of its students,
`students_low/median/high` the 5th, 50th and 95th percentile of its enrolment, `pupils_low`/`pupils_high` the range of students
per teacher, `support` the other staff per teacher. `town` is how many inhabitants a town has at
least that has such a school (estimates; 0: any). `degrees` is 1 where academic degrees are conferred. A school of a type was
founded between `founded_from` and `founded_to` (or the clock's year), half of them after `founded_median`.
"""

from __future__ import annotations

from typing import NamedTuple

from pack_data import OWN, publish


class Kind(NamedTuple):
    type: str
    level: str
    isced: int
    age_from: int
    age_to: int
    students: tuple[int, int, int]
    pupils: tuple[float, float]
    support: float
    founded: tuple[int, int, int]
    grades: str  # "label:share;…" or "first-last" of equal shares
    shares: dict[str, float]  # ownership -> number of institutions (thousands do not matter)
    degrees: int = 0
    key: str = ""  # where a type differs between states; the type itself if empty


PUBLIC_US, CHARTER_US = 99_388, 7_998  # NCES Digest 2023, table 216.30: schools, of which charter schools
NCES = {"Preschool": 1.6, "Elementary School": 52.8, "Middle School": 16.4, "High School": 24.0, "K-12 School": 5.3}


def america(kind: str, private: float) -> dict[str, float]:
    """Public and charter schools by the shares of NCES, private ones by the Private School Universe Survey."""
    total = NCES[kind] / sum(NCES.values()) * PUBLIC_US
    charter = total * CHARTER_US / PUBLIC_US
    shares = {"public": total - charter, "charter": charter, "private": private}
    return {owner: round(number, 1) for owner, number in shares.items() if number}


# Of students of a public school of the type, how many one of another owner has: 526 at an average public school and 166 at a
# private one (NCES, as told by daitips.com), 517 and 455 at charter schools (NCES Digest 2021, table 216.30). Of other countries
# nobody was found who says it.
SIZES = {("US", "private"): 0.32, ("US", "charter"): 0.88}

US = [
    Kind("Preschool", "Early Childhood", 0, 3, 5, (18, 70, 210), (7, 14), 0.8, (1950, 1988, 2020), "Pre-K 3:.42;Pre-K 4:.58", america("Preschool", 0)),
    Kind("Elementary School", "Elementary", 1, 5, 11, (110, 430, 880), (11, 19), 0.7, (1860, 1967, 2022), "Kindergarten-Grade 5", america("Elementary School", 19_700)),
    Kind("Middle School", "Middle", 2, 11, 14, (110, 560, 1150), (12, 19), 0.55, (1890, 1972, 2022), "Grade 6-Grade 8", america("Middle School", 400)),
    Kind("High School", "Secondary", 3, 14, 18, (75, 690, 2250), (12, 21), 0.5, (1830, 1962, 2022), "Grade 9:.268;Grade 10:.256;Grade 11:.242;Grade 12:.234", america("High School", 2_500)),
    Kind("K-12 School", "K-12", 3, 5, 18, (35, 330, 1250), (9, 18), 0.55, (1850, 1975, 2022), "Kindergarten-Grade 12", america("K-12 School", 7_100)),
    Kind("Community College", "Associate", 5, 18, 40, (900, 4200, 19500), (15, 24), 1.1, (1901, 1966, 2012), "First Year:.6;Second Year:.4", {"public": 930, "private": 60}),
    Kind("College", "Undergraduate", 6, 18, 24, (350, 1500, 4600), (9, 15), 1.4, (1780, 1888, 2005), "Freshman:.29;Sophomore:.25;Junior:.235;Senior:.225", {"private": 950}, 1),
    Kind("University", "Graduate", 8, 18, 35, (1400, 7600, 39000), (11, 21), 2.0, (1740, 1891, 2005), "Freshman:.22;Sophomore:.195;Junior:.185;Senior:.18;Graduate:.22", {"public": 700, "private": 680}, 1),
]

# Of secondary and vocational schools; in Viet Nam places are districts and have all of them.
TOWNS = {
    "Middle School": 1_500, "High School": 1_500, "Community College": 8_000, "Hauptschule": 2_500, "Mittelschule": 2_500, "Werkrealschule": 3_000,
    "Realschule": 5_000, "Realschule plus": 3_000, "Oberschule": 3_000, "Sekundarschule": 3_000, "Regelschule": 2_500, "Regionale Schule": 2_500,
    "Gemeinschaftsschule": 4_000, "Gesamtschule": 8_000, "Gymnasium": 8_000, "Förderschule": 5_000, "Freie Waldorfschule": 8_000, "Berufsschule": 15_000,
    "Secondary School": 5_000, "Academy": 5_000, "Grammar School": 10_000, "Special School": 8_000, "Sixth Form College": 25_000,
    "Further Education College": 25_000, "Collège": 2_500, "Lycée général et technologique": 6_000, "Lycée professionnel": 6_000,
}  # fmt: skip

OEFFENTLICH, PRIVAT = "öffentlich", "privat"
GRUND = "1. Klasse-4. Klasse"
DE = [
    Kind("Grundschule", "Primarstufe", 1, 6, 10, (55, 190, 420), (12, 19), 0.25, (1820, 1956, 2021), GRUND, {OEFFENTLICH: 94, PRIVAT: 6}),
    Kind("Grundschule", "Primarstufe", 1, 6, 12, (110, 340, 590), (12, 19), 0.3, (1870, 1958, 2021), "1. Klasse-6. Klasse", {OEFFENTLICH: 92, PRIVAT: 8}, 0, "Grundschule 1-6"),
    Kind("Hauptschule", "Sekundarstufe I", 2, 10, 15, (90, 230, 470), (9, 15), 0.25, (1900, 1968, 2008), "5. Klasse-9. Klasse", {OEFFENTLICH: 95, PRIVAT: 5}),
    Kind("Mittelschule", "Sekundarstufe I", 2, 10, 16, (110, 270, 560), (10, 16), 0.25, (1900, 1969, 2015), "5. Klasse-10. Klasse", {OEFFENTLICH: 95, PRIVAT: 5}),
    Kind("Werkrealschule", "Sekundarstufe I", 2, 10, 16, (90, 230, 430), (10, 15), 0.25, (1900, 1969, 2012), "5. Klasse-10. Klasse", {OEFFENTLICH: 95, PRIVAT: 5}),
    Kind("Realschule", "Sekundarstufe I", 2, 10, 16, (240, 500, 900), (13, 19), 0.25, (1880, 1964, 2015), "5. Klasse-10. Klasse", {OEFFENTLICH: 86, PRIVAT: 14}),
    Kind("Realschule plus", "Sekundarstufe I", 2, 10, 16, (200, 420, 780), (11, 16), 0.25, (1900, 1972, 2015), "5. Klasse-10. Klasse", {OEFFENTLICH: 92, PRIVAT: 8}),
    Kind("Oberschule", "Sekundarstufe I", 2, 10, 16, (170, 380, 740), (10, 16), 0.25, (1900, 1982, 2020), "5. Klasse-10. Klasse", {OEFFENTLICH: 86, PRIVAT: 14}),
    Kind("Oberschule", "Sekundarstufe I", 2, 12, 16, (140, 330, 600), (10, 16), 0.25, (1900, 1982, 2020), "7. Klasse-10. Klasse", {OEFFENTLICH: 86, PRIVAT: 14}, 0, "Oberschule 7-10"),
    Kind("Oberschule", "Sekundarstufe I und II", 3, 10, 19, (320, 640, 1050), (10, 16), 0.3, (1900, 1976, 2020), "5. Klasse-13. Klasse", {OEFFENTLICH: 90, PRIVAT: 10}, 0, "Oberschule 5-13"),
    Kind("Sekundarschule", "Sekundarstufe I", 2, 10, 16, (180, 390, 760), (10, 16), 0.25, (1900, 1984, 2020), "5. Klasse-10. Klasse", {OEFFENTLICH: 90, PRIVAT: 10}),
    Kind("Regelschule", "Sekundarstufe I", 2, 10, 16, (120, 250, 450), (9, 15), 0.25, (1900, 1974, 2018), "5. Klasse-10. Klasse", {OEFFENTLICH: 92, PRIVAT: 8}),
    Kind("Regionale Schule", "Sekundarstufe I", 2, 10, 16, (140, 290, 520), (10, 15), 0.25, (1900, 1976, 2018), "5. Klasse-10. Klasse", {OEFFENTLICH: 90, PRIVAT: 10}),
    Kind("Gemeinschaftsschule", "Sekundarstufe I und II", 3, 10, 19, (200, 440, 900), (10, 16), 0.3, (1900, 1990, 2021), "5. Klasse-13. Klasse", {OEFFENTLICH: 90, PRIVAT: 10}),
    Kind("Integrierte Sekundarschule", "Sekundarstufe I und II", 3, 12, 19, (310, 620, 1150), (11, 16), 0.3, (1900, 1980, 2020), "7. Klasse-13. Klasse", {OEFFENTLICH: 82, PRIVAT: 18}),
    Kind("Stadtteilschule", "Sekundarstufe I und II", 3, 10, 19, (480, 940, 1500), (11, 16), 0.3, (1900, 1980, 2018), "5. Klasse-13. Klasse", {OEFFENTLICH: 80, PRIVAT: 20}),
    Kind("Gesamtschule", "Sekundarstufe I und II", 3, 10, 19, (450, 960, 1500), (11, 17), 0.3, (1968, 1991, 2022), "5. Klasse-13. Klasse", {OEFFENTLICH: 92, PRIVAT: 8}),
    Kind("Gesamtschule", "Sekundarstufe I und II", 3, 12, 19, (350, 690, 1100), (11, 17), 0.3, (1990, 1995, 2022), "7. Klasse-13. Klasse", {OEFFENTLICH: 88, PRIVAT: 12}, 0, "Gesamtschule 7-13"),
    Kind("Gymnasium", "Sekundarstufe I und II", 3, 10, 18, (340, 700, 1150), (11, 17), 0.2, (1520, 1925, 2018), "5. Klasse-12. Klasse", {OEFFENTLICH: 83, PRIVAT: 17}, 0, "Gymnasium 5-12"),
    Kind("Gymnasium", "Sekundarstufe I und II", 3, 12, 18, (320, 620, 1000), (11, 17), 0.2, (1540, 1928, 2018), "7. Klasse-12. Klasse", {OEFFENTLICH: 83, PRIVAT: 17}, 0, "Gymnasium 7-12"),
    Kind("Gymnasium", "Sekundarstufe I und II", 3, 10, 19, (380, 740, 1250), (11, 17), 0.2, (1520, 1925, 2018), "5. Klasse-13. Klasse", {OEFFENTLICH: 82, PRIVAT: 18}),
    Kind("Förderschule", "Primar- und Sekundarstufe I", 2, 6, 16, (40, 115, 240), (5, 9), 0.6, (1900, 1972, 2015), "1. Klasse-9. Klasse", {OEFFENTLICH: 81, PRIVAT: 19}),
    Kind("Freie Waldorfschule", "Primar- und Sekundarstufe", 3, 6, 19, (150, 350, 750), (9, 14), 0.3, (1919, 1984, 2020), "1. Klasse-13. Klasse", {PRIVAT: 1}),
    Kind("Berufsschule", "Berufliche Bildung", 3, 15, 25, (300, 1150, 2900), (17, 30), 0.15, (1880, 1938, 2010), "1. Ausbildungsjahr:.36;2. Ausbildungsjahr:.34;3. Ausbildungsjahr:.3", {OEFFENTLICH: 88, PRIVAT: 12}),
    Kind("Fachhochschule", "Tertiärbereich", 7, 18, 30, (900, 5200, 16500), (18, 30), 0.8, (1800, 1972, 2012), "Bachelor 1. Jahr:.3;Bachelor 2. Jahr:.25;Bachelor 3. Jahr:.23;Master:.22", {OEFFENTLICH: 53, PRIVAT: 47}, 1),
    Kind("Universität", "Tertiärbereich", 8, 18, 32, (1900, 17500, 43500), (12, 22), 1.3, (1386, 1880, 2010), "Bachelor 1. Jahr:.25;Bachelor 2. Jahr:.21;Bachelor 3. Jahr:.19;Master:.29;Promotion:.06", {OEFFENTLICH: 85, PRIVAT: 15}, 1),
]  # fmt: skip
LAENDER = {  # inhabitants, millions (Destatis 2022)
    "BW": 11.3, "BY": 13.4, "BE": 3.76, "BB": 2.57, "HB": 0.68, "HH": 1.89, "HE": 6.39, "MV": 1.63, "NI": 8.14, "NW": 18.1, "RP": 4.16,
    "SL": 0.99, "SN": 4.09, "ST": 2.19, "SH": 2.95, "TH": 2.13,
}  # fmt: skip
# Schools per million inhabitants, about the national figure; what a Land does not name it does not have.
EVERY = {"Grundschule": 186, "Gymnasium": 37, "Förderschule": 32, "Freie Waldorfschule": 2.9, "Berufsschule": 40, "Fachhochschule": 2.6, "Universität": 1.35}
SECONDARY = {
    "BW": {"Werkrealschule": 19, "Realschule": 42, "Gemeinschaftsschule": 30}, "BY": {"Mittelschule": 72, "Realschule": 28},
    "BE": {"Integrierte Sekundarschule": 34, "Gemeinschaftsschule": 7}, "BB": {"Oberschule": 55, "Gesamtschule": 14}, "HB": {"Oberschule": 62},
    "HH": {"Stadtteilschule": 45}, "HE": {"Hauptschule": 6, "Realschule": 12, "Gesamtschule": 34}, "MV": {"Regionale Schule": 92, "Gesamtschule": 12},
    "NI": {"Hauptschule": 6, "Realschule": 11, "Oberschule": 35, "Gesamtschule": 18}, "NW": {"Hauptschule": 9, "Realschule": 20, "Sekundarschule": 6, "Gesamtschule": 21},
    "RP": {"Realschule plus": 44, "Gesamtschule": 14}, "SL": {"Gemeinschaftsschule": 60}, "SN": {"Oberschule": 86, "Gemeinschaftsschule": 3},
    "ST": {"Sekundarschule": 62, "Gemeinschaftsschule": 22, "Gesamtschule": 6}, "SH": {"Gemeinschaftsschule": 63}, "TH": {"Regelschule": 86, "Gemeinschaftsschule": 33},
}  # fmt: skip

# Where the years of a type differ: six years of primary school, twelve years to the Abitur.
LOCAL = {(land, "Grundschule"): "Grundschule 1-6" for land in ("BE", "BB")}
LOCAL |= {(land, "Gymnasium"): "Gymnasium 7-12" for land in ("BE", "BB", "MV")}
LOCAL |= {(land, "Gymnasium"): "Gymnasium 5-12" for land in ("SN", "ST", "TH", "HH", "HB")}
LOCAL |= {("BB", "Oberschule"): "Oberschule 7-10", ("HB", "Oberschule"): "Oberschule 5-13", ("BB", "Gesamtschule"): "Gesamtschule 7-13"}

CONG, TU = "công lập", "tư thục"
VN = [
    Kind("Trường Mầm non", "Mầm non", 0, 3, 6, (80, 290, 620), (10, 16), 0.35, (1955, 1994, 2023), "Lớp Mầm:.28;Lớp Chồi:.34;Lớp Lá:.38", {CONG: 12_000, TU: 3_200}),
    Kind("Trường Tiểu học", "Tiểu học", 1, 6, 11, (150, 590, 1600), (16, 30), 0.15, (1945, 1990, 2023), "Lớp 1-Lớp 5", {CONG: 12_050, TU: 160}),
    Kind("Trường Tiểu học và THCS", "Tiểu học và THCS", 2, 6, 15, (160, 480, 1100), (14, 24), 0.15, (1960, 2001, 2023), "Lớp 1-Lớp 9", {CONG: 2_200, TU: 50}),
    Kind("Trường THCS", "Trung học cơ sở", 2, 11, 15, (130, 520, 1500), (14, 25), 0.15, (1945, 1991, 2023), "Lớp 6-Lớp 9", {CONG: 8_700, TU: 60}),
    Kind("Trường THCS và THPT", "THCS và THPT", 3, 11, 18, (150, 620, 1600), (14, 24), 0.2, (1950, 2002, 2023), "Lớp 6-Lớp 12", {CONG: 390, TU: 180}),
    Kind("Trường THPT", "Trung học phổ thông", 3, 15, 18, (320, 1080, 2100), (14, 24), 0.15, (1908, 1979, 2022), "Lớp 10:.35;Lớp 11:.33;Lớp 12:.32", {CONG: 2_060, TU: 280}),
    Kind("Trường Cao đẳng", "Cao đẳng", 5, 18, 23, (350, 1800, 6500), (14, 27), 0.5, (1955, 1987, 2018), "Năm thứ nhất:.37;Năm thứ hai:.33;Năm thứ ba:.3", {CONG: 310, TU: 90}),
    Kind("Trường Đại học", "Đại học", 7, 18, 26, (1800, 8400, 31000), (15, 30), 0.6, (1906, 1979, 2019), "Năm thứ nhất:.27;Năm thứ hai:.25;Năm thứ ba:.23;Năm thứ tư:.2;Sau đại học:.05", {CONG: 175, TU: 67}, 1),
]

STATE, INDEPENDENT = "state", "independent"
GB = [
    Kind("Nursery School", "Early Years", 0, 3, 5, (50, 100, 180), (8, 14), 1.2, (1920, 1965, 2015), "Nursery", {STATE: 379}),
    Kind("Primary School", "Primary", 1, 4, 11, (85, 250, 540), (17, 24), 1.2, (1820, 1955, 2020), "Reception;Year 1-Year 6", {STATE: 16_764}),
    Kind("Preparatory School", "Primary", 1, 4, 13, (90, 230, 460), (8, 13), 0.7, (1850, 1924, 2010), "Reception;Year 1-Year 8", {INDEPENDENT: 1_100}),
    Kind("Secondary School", "Secondary", 3, 11, 18, (520, 1040, 1680), (14, 19), 0.7, (1850, 1968, 2020), "Year 7-Year 13", {STATE: 690}),
    Kind("Academy", "Secondary", 3, 11, 18, (520, 1060, 1720), (14, 19), 0.7, (2002, 2012, 2022), "Year 7-Year 13", {STATE: 2_600}),
    Kind("Grammar School", "Secondary", 3, 11, 18, (680, 1080, 1500), (14, 18), 0.6, (1500, 1640, 1965), "Year 7-Year 13", {STATE: 163}),
    Kind("Independent School", "Secondary", 3, 11, 18, (160, 480, 1150), (8, 11), 0.9, (1440, 1868, 2010), "Year 7-Year 13", {INDEPENDENT: 1_300}),
    Kind("Special School", "Special", 2, 4, 19, (60, 140, 280), (5, 8), 2.5, (1900, 1978, 2021), "Key Stage 1;Key Stage 2;Key Stage 3;Key Stage 4;Key Stage 5", {STATE: 1_050}),
    Kind("Sixth Form College", "Further", 3, 16, 18, (1000, 2100, 3500), (15, 21), 0.7, (1960, 1978, 2018), "Year 12-Year 13", {STATE: 44}),
    Kind("Further Education College", "Further", 5, 16, 30, (1700, 5200, 14000), (13, 20), 1.1, (1870, 1951, 2012), "Level 1:.22;Level 2:.3;Level 3:.38;Level 4 and above:.1", {STATE: 220}),
    Kind("University", "Higher", 8, 18, 32, (3800, 16500, 38000), (12, 20), 1.3, (1209, 1929, 2012), "First Year:.29;Second Year:.25;Third Year:.22;Postgraduate:.24", {STATE: 165}, 1),
]  # fmt: skip

PUBLIQUE, PRIVEE = "public", "privé sous contrat"
FR = [
    Kind("École maternelle", "Maternelle", 0, 3, 6, (40, 105, 210), (18, 27), 0.9, (1881, 1965, 2018), "Petite section:.32;Moyenne section:.335;Grande section:.345", {PUBLIQUE: 12_900, PRIVEE: 130}),
    Kind("École élémentaire", "Élémentaire", 1, 6, 11, (30, 130, 310), (18, 26), 0.2, (1833, 1935, 2018), "CP;CE1;CE2;CM1;CM2", {PUBLIQUE: 30_400, PRIVEE: 4_700}),
    Kind("Collège", "Secondaire, premier cycle", 2, 11, 15, (200, 480, 760), (12, 17), 0.35, (1850, 1972, 2020), "Sixième;Cinquième;Quatrième;Troisième", {PUBLIQUE: 5_310, PRIVEE: 1_640}),
    Kind("Lycée général et technologique", "Secondaire, second cycle", 3, 15, 18, (300, 840, 1600), (10, 14), 0.35, (1803, 1959, 2018), "Seconde:.345;Première:.33;Terminale:.325", {PUBLIQUE: 1_600, PRIVEE: 1_030}),
    Kind("Lycée professionnel", "Secondaire, second cycle", 3, 15, 19, (150, 410, 800), (8, 12), 0.35, (1920, 1968, 2015), "Seconde professionnelle:.35;Première professionnelle:.33;Terminale professionnelle:.32", {PUBLIQUE: 800, PRIVEE: 390}),
    Kind("Grande école", "Supérieur", 7, 18, 25, (300, 1100, 4200), (10, 18), 0.9, (1747, 1921, 2012), "Première année:.36;Deuxième année:.33;Troisième année:.31", {PUBLIQUE: 130, PRIVEE: 100}, 1),
    Kind("Université", "Supérieur", 8, 18, 30, (4500, 20500, 58000), (15, 24), 0.8, (1896, 1970, 2010), "Licence 1:.29;Licence 2:.2;Licence 3:.18;Master:.28;Doctorat:.05", {PUBLIQUE: 72}, 1),
]  # fmt: skip
# The first year in which there were schools of an owner (or of a type and owner).
SINCE = {("US", "charter"): 1992, ("VN", TU): 1988, ("DE", PRIVAT, "Fachhochschule"): 1969, ("DE", PRIVAT, "Universität"): 1982}


def since(country: str, key: str, owner: str) -> int:
    return SINCE.get((country, owner, key), SINCE.get((country, owner), 0))


ALL = {"US": US, "DE": DE, "VN": VN, "GB": GB, "FR": FR}
SOURCES = {
    "US": ("NCES Digest of Education Statistics 2023, tables 216.30 and 317.10; Private School Universe Survey 2021-22; sizes rounded", "https://nces.ed.gov/programs/digest/", "public domain", "2023", "B"),
    "DE": ("Destatis, Allgemeinbildende und berufliche Schulen 2022/23; school laws of the Länder (types); numbers per Land approximate", "https://www.destatis.de/", "facts; own compilation, MIT", "2023", "C"),
    "VN": ("General Statistics Office and Ministry of Education, school year 2022-23 (rounded)", "https://www.gso.gov.vn/", "facts; own compilation, MIT", "2023", "C"),
    "GB": ("Department for Education, Schools, pupils and their characteristics 2023/24; England (rounded)", "https://www.gov.uk/", "facts (OGL v3); own compilation, MIT", "2024", "C"),
    "FR": ("DEPP, Repères et références statistiques 2023 (rounded)", "https://www.education.gouv.fr/", "facts (Licence Ouverte); own compilation, MIT", "2023", "C"),
}  # fmt: skip


def steps(text: str) -> list[tuple[str, float]]:
    """(label, share) of "A:.4;B:.6", "A;B" or "Grade 6-Grade 8" (equal shares)."""
    labels: list[tuple[str, float | None]] = []
    for part in text.split(";"):
        first, dash, last = part.partition("-")
        if ":" in part:
            label, share = part.rsplit(":", 1)
            labels.append((label, float(share)))
        elif dash and any(c.isdigit() for c in last) and part not in ("Pre-K 3", "Pre-K 4"):
            def number(label: str) -> int:
                return int("".join(c for c in label if c.isdigit()))
            if first == "Kindergarten":
                labels.append((first, None))
                first = "Grade 1"
            stem = "".join(c for c in last if not c.isdigit())
            if stem.startswith("."):  # German: "5. Klasse"
                labels += [(f"{n}{stem}", None) for n in range(number(first), number(last) + 1)]
            else:
                labels += [(f"{stem}{n}", None) for n in range(number(first), number(last) + 1)]
        else:
            labels.append((part, None))
    return [(label, round(1 / len(labels), 6) if share is None else share) for label, share in labels]


for country, kinds in ALL.items():
    source, url, licence, date, grade = SOURCES[country]
    publish(
        __file__, "school_types", country,
        ["school_key", "school_type", "level", "isced", "age_from", "age_to", "degrees", "students_low", "students_median", "students_high",
         "pupils_low", "pupils_high", "support", "founded_from", "founded_median", "founded_to", "town"],
        [(k.key or k.type, k.type, k.level, k.isced, k.age_from, k.age_to, k.degrees, *k.students, *k.pupils, k.support, *k.founded, TOWNS.get(k.type, 0)) for k in kinds],
        source=source + "; enrolment, staffing and founding years are estimates", url=url, licence=licence, date=date, grade="C",
    )  # fmt: skip
    if country == "DE":
        shares: list[tuple[str, str, str, float]] = []
        owners = {k.key or k.type: k.shares for k in kinds}
        for land, millions in sorted(LAENDER.items()):
            here = {**EVERY, **SECONDARY[land]}
            here = {LOCAL.get((land, kind), kind): number for kind, number in here.items()}
            if land in ("BE", "BB"):
                here["Grundschule 1-6"] *= 0.62
            shares += [
                (f"DE-{land}", kind, owner, round(n * millions * part / sum(owners[kind].values()), 4))
                for kind, n in here.items()
                for owner, part in owners[kind].items()
            ]
    else:
        shares = [("*", k.key or k.type, owner, number) for k in kinds for owner, number in k.shares.items()]
    schools = {k.key or k.type for k in kinds if k.isced < 5}
    publish(__file__, "school_shares", country, ["state_code", "school_key", "ownership", "since", "size", "weight"], [(state, key, owner, since(country, key, owner), SIZES.get((country, owner), 1.0) if key in schools else 1.0, weight) for state, key, owner, weight in shares], source=source, url=url, licence=licence, date=date, grade=grade)
    grades = []
    for k in kinds:
        parts = steps(k.grades)
        total = sum(share for _, share in parts)
        if not 0.99 < total < 1.01:
            raise ValueError(f"{k.type}: grades add up to {total}")
        grades += [(k.key or k.type, n, label, round(share / total, 6)) for n, (label, share) in enumerate(parts, 1)]
    publish(__file__, "school_grades", country, ["school_key", "position", "grade", "share"], grades, source=OWN, date="2026", grade="E")
