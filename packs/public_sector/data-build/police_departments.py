"""police_strengths_<CC>.csv (officers per 1,000 inhabitants), state_police_US.csv (officers of the state police) and police_department_types_<CC>.csv (what a department of a
size is called in a state, which ladder of ranks it has and which rank and position its head holds).

A name is `before` + stem + `after`; the stem is the city, the district (county), the state of the department's address,
a number, or the commune with the word for its kind. `state_code` is "*" where a country has one system. `valid_from` (YYYYMMDD, 0 for ever)
is the day from which a band of rows holds: Vietnam dissolved the police of districts on 1 March 2025.
"""

from __future__ import annotations

from pack_data import OWN, publish

STATES = (
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI "
    "SC SD TN TX UT VT VA WA WV WI WY"
)

# Officers per 1,000 inhabitants of the area (stem of the name, inhabitants from, per 1,000, relative spread, least, most). Areas
# with fewer inhabitants than the first row of their kind have no authority. The rates of the US are such that local
# departments have about 468,000 sworn officers, sheriffs about 173,000 and all together 2.17 per 1,000 (BJS 2013, 2016).
MOST = 40_000
Strength = tuple[str, int, float, float, int, int]
STRENGTHS: dict[str, list[Strength]] = {
    "US": [
        ("city", 0, 2.3, 0.35, 1, MOST), ("city", 10_000, 1.9, 0.3, 5, MOST), ("city", 50_000, 1.8, 0.25, 20, MOST),
        ("city", 250_000, 2.4, 0.25, 250, MOST), ("city", 1_000_000, 3.0, 0.2, 1_000, MOST),
        ("district", 0, 0.57, 0.4, 5, MOST), ("state", 0, 0.18, 0.2, 250, MOST),
    ],
    "DE": [("city", 0, 2.4, 0.25, 3, MOST), ("city", 500_000, 3.5, 0.15, 600, MOST), ("number", 0, 1.8, 0.2, 60, 249)],
    # Communes have had five regular officers and more since circular 43/2021; the larger ones of 2025 have more.
    "VN": [("commune", 0, 0.9, 0.25, 5, 200), ("district", 0, 0.9, 0.25, 30, 249), ("province", 0, 0.8, 0.15, 400, MOST)],
    "GB": [("city", 0, 2.1, 0.25, 5, MOST), ("city", 1_000_000, 3.6, 0.1, 1_000, MOST)],
    # The Police nationale is in towns; in the country the Gendarmerie takes its place.
    "FR": [("city", 7_500, 2.6, 0.25, 5, MOST), ("city", 1_000_000, 4.5, 0.1, 1_000, MOST)],
}  # fmt: skip
# Sworn officers of the state police or highway patrol. As in FBI, Crime in the United States 2014, table 76, for AK AZ CA CT
# DE IA ID IL IN KS KY MA MD ME MI MN MO MT; the others are estimates of their order of size.
STATE_POLICE_OFFICERS = {
    "AK": 395, "AZ": 1_107, "CA": 7_275, "CT": 1_128, "DE": 722, "IA": 577, "ID": 260, "IL": 1_781, "IN": 1_279, "KS": 467,
    "KY": 940, "MA": 2_187, "MD": 1_474, "ME": 308, "MI": 1_791, "MN": 504, "MO": 1_184, "MT": 243,
    "AL": 700, "AR": 530, "CO": 750, "FL": 1_850, "GA": 800, "LA": 1_050, "MS": 550, "NC": 1_600, "ND": 150, "NE": 450,
    "NH": 350, "NJ": 2_900, "NM": 650, "NV": 450, "NY": 5_000, "OH": 1_550, "OK": 800, "OR": 650, "PA": 4_500, "RI": 250,
    "SC": 800, "SD": 190, "TN": 900, "TX": 3_500, "UT": 500, "VA": 1_900, "VT": 310, "WA": 1_050, "WI": 480, "WV": 650,
    "WY": 190,
}  # fmt: skip


# (state, from officers, type, level, family, before, stem, after, head rank code, head position, weight)
Row = tuple[str, int, str, str, str, str, str, str, str, str, float]
US_SHERIFFS = 3_012 / 12_261  # BJS 2016: agencies
US: list[Row] = [
    ("*", 1, "Municipal Police Department", "municipality", "municipal", "", "city", " Police Department", "CHIEF", "Chief of Police", 1),
    ("*", 5, "Municipal Police Department", "municipality", "municipal", "", "city", " Police Department", "CHIEF", "Chief of Police", 1),
    ("*", 5, "Sheriff's Office", "county", "sheriff", "", "district", " Sheriff's Office", "CHIEF", "Sheriff", US_SHERIFFS * 1.54),
    ("*", 250, "Municipal Police Department", "municipality", "municipal", "", "city", " Police Department", "CHIEF", "Chief of Police", 1),
    ("*", 250, "Sheriff's Office", "county", "sheriff", "", "district", " Sheriff's Office", "CHIEF", "Sheriff", US_SHERIFFS * 1.54),
    ("*", 1, "State Police", "state", "state", "", "state", " State Police", "CHIEF", "Superintendent", 1),
    ("*", 500, "Municipal Police Department", "municipality", "municipal", "", "city", " Police Department", "CHIEF", "Chief of Police", 1),
    ("*", 500, "Sheriff's Office", "county", "sheriff", "", "district", " Sheriff's Office", "CHIEF", "Sheriff", US_SHERIFFS * 1.54),
    ("*", 500, "State Police", "state", "state", "", "state", " State Police", "CHIEF", "Superintendent", 1),
]
# States without county sheriffs' offices of county government: Alaska, Connecticut, Hawaii, Rhode Island, DC.
NO_SHERIFF = {"US-AK", "US-CT", "US-HI", "US-RI", "US-DC"}
# Hawaii has no state police; in DC the Metropolitan Police is the city's.
STATE_POLICE = {
    "US-CA": ("California Highway Patrol", "Commissioner"), "US-FL": ("Florida Highway Patrol", "Director"),
    "US-TX": ("Texas Highway Patrol", "Chief"), "US-OH": ("Ohio State Highway Patrol", "Superintendent"),
    "US-NC": ("North Carolina State Highway Patrol", "Commander"), "US-AZ": ("Arizona State Troopers", "Director"),
    "US-GA": ("Georgia State Patrol", "Commissioner"), "US-WA": ("Washington State Patrol", "Chief"),
    "US-MN": ("Minnesota State Patrol", "Chief"), "US-WI": ("Wisconsin State Patrol", "Superintendent"),
    "US-CO": ("Colorado State Patrol", "Chief"), "US-UT": ("Utah Highway Patrol", "Superintendent"),
    "US-NV": ("Nevada Highway Patrol", "Chief"), "US-MO": ("Missouri State Highway Patrol", "Superintendent"),
    "US-TN": ("Tennessee Highway Patrol", "Commander"), "US-SC": ("South Carolina Highway Patrol", "Commander"),
    "US-OK": ("Oklahoma Highway Patrol", "Chief"), "US-KS": ("Kansas Highway Patrol", "Superintendent"),
    "US-NE": ("Nebraska State Patrol", "Superintendent"), "US-ND": ("North Dakota Highway Patrol", "Superintendent"),
    "US-SD": ("South Dakota Highway Patrol", "Superintendent"), "US-MT": ("Montana Highway Patrol", "Chief"),
    "US-WY": ("Wyoming Highway Patrol", "Administrator"), "US-IA": ("Iowa State Patrol", "Chief"),
    "US-MS": ("Mississippi Highway Patrol", "Director"), "US-AL": ("Alabama State Troopers", "Director"),
    "US-AK": ("Alaska State Troopers", "Director"),
}  # fmt: skip

# Länder and how their stations are called: (small, medium, large, headquarters), and whether the Laufbahn is in two or three.
DE_LAENDER = {
    "DE-BW": (("Polizeiposten ", "Polizeirevier ", "Polizeirevier ", "Polizeipräsidium "), "dreigeteilt"),
    "DE-BY": (("Polizeistation ", "Polizeiinspektion ", "Polizeiinspektion ", "Polizeipräsidium "), "dreigeteilt"),
    "DE-BE": (("Polizeiabschnitt ", "Polizeiabschnitt ", "Polizeiabschnitt ", "Polizeidirektion "), "dreigeteilt"),
    "DE-BB": (("Polizeiposten ", "Polizeirevier ", "Polizeiinspektion ", "Polizeidirektion "), "dreigeteilt"),
    "DE-HB": (("Polizeirevier ", "Polizeikommissariat ", "Polizeikommissariat ", "Polizeidirektion "), "zweigeteilt"),
    "DE-HH": (("Polizeikommissariat ", "Polizeikommissariat ", "Polizeikommissariat ", "Polizeipräsidium "), "dreigeteilt"),
    "DE-HE": (("Polizeiposten ", "Polizeistation ", "Polizeirevier ", "Polizeipräsidium "), "zweigeteilt"),
    "DE-MV": (("Polizeistation ", "Polizeirevier ", "Polizeihauptrevier ", "Polizeipräsidium "), "dreigeteilt"),
    "DE-NI": (("Polizeistation ", "Polizeikommissariat ", "Polizeiinspektion ", "Polizeidirektion "), "zweigeteilt"),
    "DE-NW": (("Bezirksdienst ", "Polizeiwache ", "Polizeiinspektion ", "Polizeipräsidium "), "zweigeteilt"),
    "DE-RP": (("Polizeiwache ", "Polizeiinspektion ", "Polizeidirektion ", "Polizeipräsidium "), "zweigeteilt"),
    "DE-SL": (("Polizeiposten ", "Polizeirevier ", "Polizeiinspektion ", "Polizeipräsidium "), "zweigeteilt"),
    "DE-SN": (("Polizeistandort ", "Polizeirevier ", "Polizeirevier ", "Polizeidirektion "), "dreigeteilt"),
    "DE-ST": (("Revierstation ", "Polizeirevier ", "Polizeirevier ", "Polizeiinspektion "), "dreigeteilt"),
    "DE-SH": (("Polizeistation ", "Polizeirevier ", "Polizeirevier ", "Polizeidirektion "), "dreigeteilt"),
    "DE-TH": (("Polizeistation ", "Polizeiinspektion ", "Polizeiinspektion ", "Landespolizeiinspektion "), "dreigeteilt"),
}  # fmt: skip
DE_HEADS = {1: ("PHK", "Leiter des Dienstes", 0), 10: ("EPHK", "Dienststellenleiter", 1), 25: ("EPHK", "Dienststellenleiter", 1),
            50: ("POR", "Dienststellenleiter", 2), 100: ("PD", "Dienststellenleiter", 2), 250: ("LPD", "Leiter der Behörde", 3),
            500: ("PPräs", "Behördenleiter", 3)}  # fmt: skip

# Vietnam: the commune's police (since 2021 regular officers everywhere), the district's until 28 February 2025, the province's.
VN_COMMUNE = ("*", 1, "Công an cấp xã", "commune", "công an nhân dân", "Công an ", "commune", "", "2//", "Trưởng Công an", 1)
VN_LARGE_COMMUNE = (*VN_COMMUNE[:1], 25, *VN_COMMUNE[2:8], "3//", *VN_COMMUNE[9:])
VN_PROVINCE = [
    ("*", 250, "Công an cấp tỉnh", "province", "công an nhân dân", "Công an ", "province", "", "4//", "Giám đốc Công an", 1),
    ("*", 500, "Công an cấp tỉnh", "province", "công an nhân dân", "Công an ", "province", "", "1*", "Giám đốc Công an", 1),
]
VN: list[Row] = [
    VN_COMMUNE,
    ("*", 25, "Công an cấp huyện", "district", "công an nhân dân", "Công an ", "district", "", "3//", "Trưởng Công an", 1),
    *VN_PROVINCE,
]
VN_SINCE_2025: list[Row] = [VN_COMMUNE, VN_LARGE_COMMUNE, *VN_PROVINCE]
GB: list[Row] = [
    ("*", 1, "Neighbourhood policing team", "ward", "territorial police", "", "city", " Neighbourhood Policing Team", "PS", "Team Sergeant", 1),
    ("*", 25, "Police station", "town", "territorial police", "", "city", " Police Station", "Insp", "Station Inspector", 1),
    ("*", 50, "Police station", "town", "territorial police", "", "city", " Police Station", "CI", "Station Commander", 1),
    ("*", 100, "Local policing area", "district", "territorial police", "", "city", " Local Policing Area", "Supt", "Area Commander", 1),
    ("*", 250, "Basic command unit", "district", "territorial police", "", "city", " Basic Command Unit", "CSupt", "BCU Commander", 1),
    ("*", 500, "Territorial force", "county", "territorial police", "", "city", " Area Constabulary", "CC", "Chief Constable", 1),
]
FR: list[Row] = [
    ("*", 1, "Poste de police", "commune", "police nationale", "Poste de police ", "of_city", "", "MAJ", "Chef de poste", 1),
    ("*", 10, "Commissariat subdivisionnaire", "commune", "police nationale", "Commissariat subdivisionnaire ", "of_city", "", "CNE", "Chef de service", 1),
    ("*", 25, "Circonscription de sécurité publique", "commune", "police nationale", "Commissariat de police ", "of_city", "", "CDT", "Chef de circonscription", 1),
    ("*", 100, "Circonscription de sécurité publique", "commune", "police nationale", "Commissariat central ", "of_city", "", "CD", "Chef de circonscription", 1),
    ("*", 500, "Direction départementale", "departement", "police nationale", "Direction départementale de la police nationale, ", "city", "", "CG", "Directeur départemental", 1),
]  # fmt: skip


def america() -> list[Row]:
    """The rows of `US` for every state, without what a state does not have and under the name its state police has."""
    result = []
    for state in sorted(f"US-{code}" for code in STATES.split()):
        for _, size, kind, level, family, before, stem, after, head, position, weight in US:
            if kind == "Sheriff's Office" and state in NO_SHERIFF:
                continue
            if kind == "State Police" and state in {"US-HI", "US-DC"}:
                continue
            if kind == "State Police" and state in STATE_POLICE:
                before, position = STATE_POLICE[state]
                stem, after = "none", ""
            result.append((state, size, kind, level, family, before, stem, after, head, position, weight))
    return result


def germany() -> list[Row]:
    rows = []
    for state, (names, family) in sorted(DE_LAENDER.items()):
        for size, (head, position, kind) in DE_HEADS.items():
            before = names[kind]
            # The three city states have one headquarters, and number their stations.
            numbered = state in {"DE-BE", "DE-HH", "DE-HB"} and kind < 3
            level = "Land" if kind == 3 else "Gemeinde" if kind < 2 else "Kreis"
            rows.append((state, size, before.strip(), level, family, before, "number" if numbered else "city", "", head, position, 1))
    return rows


FEMALE = {
    "Leiter des Dienstes": "Leiterin des Dienstes", "Dienststellenleiter": "Dienststellenleiterin", "Leiter der Behörde": "Leiterin der Behörde",
    "Behördenleiter": "Behördenleiterin", "Chef de poste": "Cheffe de poste", "Chef de service": "Cheffe de service",
    "Chef de circonscription": "Cheffe de circonscription", "Directeur départemental": "Directrice départementale",
}  # fmt: skip
for country, strengths in STRENGTHS.items():
    american = country == "US"
    publish(
        __file__, "police_strengths", country, ["stem", "people_from", "per_1000", "spread", "least", "most"], strengths,
        source=f"{OWN}: estimates" + ("; totals of BJS 2013 (NCJ 248677) and 2016 (NCJ 251762)" if american else ""),
        url="https://bjs.ojp.gov/" if american else "", date="2026", grade="E",
        method="rates by kind and size of the area" + (", chosen to give the published totals" if american else ""),
    )  # fmt: skip
publish(
    __file__, "state_police", "US", ["state_code", "officers"],
    [(f"US-{code}", officers) for code, officers in sorted(STATE_POLICE_OFFICERS.items())],
    source=f"FBI, Crime in the United States 2014, table 76, for 18 states; {OWN} for the others: estimates",
    url="https://ucr.fbi.gov/crime-in-the-u.s/2014/crime-in-the-u.s.-2014/tables/table-76", date="2014", grade="E",
)  # fmt: skip
KINDS = {
    "US": [(0, america())],
    "DE": [(0, germany())],
    "VN": [(0, VN), (20250301, VN_SINCE_2025)],
    "GB": [(0, GB)],
    "FR": [(0, FR)],
}
for country, eras in KINDS.items():
    publish(
        __file__, "police_department_types", country,
        ["state_code", "valid_from", "size_from", "department_type", "level", "family", "before", "stem", "after", "head_rank_code",
         "head_position", "head_position_female", "weight"],
        [
            (state, valid_from, *rest, FEMALE.get(rest[-1], rest[-1]), round(weight, 5))
            for valid_from, rows in eras
            for state, *rest, weight in sorted(rows, key=lambda row: (row[0], row[1], row[2]))
        ],
        source=OWN + "; numbers of US agencies: BJS 2016 (NCJ 251762)", url="https://bjs.ojp.gov/", date="2026", grade="C",
    )  # fmt: skip
