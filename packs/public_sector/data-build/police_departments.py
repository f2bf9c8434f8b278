"""police_officer_counts_<CC>.csv (officers per department) and police_department_types_<CC>.csv (what a department of a
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

# BJS, Local Police Departments 2013 (NCJ 248677), table 2: departments by number of full-time sworn officers. 48 % have
# fewer than 10. Departments of 1,000 and more are drawn up to about 4,300.
US_CLASSES = [(1, 1, 9.4), (2, 4, 17.6), (5, 9, 21.0), (10, 24, 27.2), (25, 49, 12.7), (50, 99, 6.6), (100, 249, 3.6),
              (250, 499, 0.9), (500, 999, 0.5), (1000, 5400, 0.4)]  # fmt: skip
# Posts, stations, inspections and headquarters of a Land: estimates from the organisation charts of the Länder.
DE_CLASSES = [(3, 9, 24), (10, 24, 22), (25, 49, 21), (50, 99, 18), (100, 249, 11), (250, 499, 3), (600, 4500, 1)]
# Communes (five and more officers by circular 2020 on regular police in communes), districts, provinces.
VN_CLASSES = [(5, 9, 46), (10, 24, 38), (25, 49, 8), (50, 99, 4), (100, 249, 3), (250, 499, 0.5), (1000, 6000, 0.5)]
GB_CLASSES = [(5, 9, 22), (10, 24, 30), (25, 49, 20), (50, 99, 14), (100, 249, 10), (250, 499, 3), (1000, 7000, 1)]
FR_CLASSES = [(5, 9, 12), (10, 24, 20), (25, 49, 28), (50, 99, 22), (100, 249, 13), (250, 499, 4), (600, 3000, 1)]
POINTS_PER_CLASS = 12


def counts(classes: list[tuple[int, int, float]]) -> list[tuple[int, float]]:
    """(officers, weight): within a class the weight falls with size, as small departments are the more common."""
    rows = []
    for low, high, share in classes:
        # A block of 1,024 departments has none of a size whose share is below a thousandth.
        points = min(POINTS_PER_CLASS, max(1, int(share * 10)))
        step = max(1, -(-(high - low + 1) // points))
        sizes = list(range(low, high + 1, step))
        total = sum(1 / size for size in sizes)
        rows += [(size, round(share / size / total, 5)) for size in sizes]
    return rows


# (state, from officers, type, level, family, before, stem, after, head rank code, head position, weight)
Row = tuple[str, int, str, str, str, str, str, str, str, str, float]
US_SHERIFFS = 3_012 / 12_261  # BJS 2016: agencies
US: list[Row] = [
    ("*", 1, "Municipal Police Department", "municipality", "municipal", "", "city", " Police Department", "CHIEF", "Chief of Police", 1),
    ("*", 5, "Municipal Police Department", "municipality", "municipal", "", "city", " Police Department", "CHIEF", "Chief of Police", 1),
    ("*", 5, "Sheriff's Office", "county", "sheriff", "", "district", " Sheriff's Office", "CHIEF", "Sheriff", US_SHERIFFS * 1.54),
    ("*", 250, "Municipal Police Department", "municipality", "municipal", "", "city", " Police Department", "CHIEF", "Chief of Police", 1),
    ("*", 250, "Sheriff's Office", "county", "sheriff", "", "district", " Sheriff's Office", "CHIEF", "Sheriff", US_SHERIFFS * 1.54),
    ("*", 250, "State Police", "state", "state", "", "state", " State Police", "CHIEF", "Superintendent", 0.1),
    ("*", 500, "Municipal Police Department", "municipality", "municipal", "", "city", " Police Department", "CHIEF", "Chief of Police", 1),
    ("*", 500, "Sheriff's Office", "county", "sheriff", "", "district", " Sheriff's Office", "CHIEF", "Sheriff", US_SHERIFFS * 1.54),
    ("*", 500, "State Police", "state", "state", "", "state", " State Police", "CHIEF", "Superintendent", 0.5),
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
OFFICERS = {
    "US": (US_CLASSES, "BJS, Local Police Departments 2013 (NCJ 248677), table 2", "https://bjs.ojp.gov/", "2013", "C"),
    "DE": (DE_CLASSES, OWN, "", "2026", "E"),
    "VN": (VN_CLASSES, OWN, "", "2026", "E"),
    "GB": (GB_CLASSES, OWN, "", "2026", "E"),
    "FR": (FR_CLASSES, OWN, "", "2026", "E"),
}
for country, (classes, source, url, date, grade) in OFFICERS.items():
    publish(
        __file__, "police_officer_counts", country, ["count", "weight"], counts(classes), source=source, url=url, date=date, grade=grade,
        method="size classes split into at most 12 sizes each, weight falling with size",
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
