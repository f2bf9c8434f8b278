"""police_ranks_<CC>.csv and police_rank_shares_<CC>.csv: the ladder of each police service and who stands where on it.

`order` is the place on the ladder of the whole service, `service_class` the career group within which pay rises with it,
`family` the ladder (an American sheriff's office has other titles than a city's police department). `role` is
which units it serves in (police_units), `minimum_years` are the years since joining before which nobody holds the rank. Pay is per year before tax in whole units of the currency.

`police_rank_shares` is what is drawn from: per family, `size_from` (officers of the department, lower end of the band)
and `years_from` (years of service, lower end of the band) the weights of the ranks that can be held there. The heads of
departments are not drawn: they hold the head rank of their department's type (`police_department_types`).
"""

from __future__ import annotations

from typing import NamedTuple

from pack_data import OWN, publish


class Rank(NamedTuple):
    family: str
    title_male: str
    title_female: str
    code: str
    service_class: str
    order: int
    minimum_years: int
    pay_grade: str
    pay_from: int
    pay_to: int
    share: float  # among officers of a large department
    size: int = 1  # the smallest department that has the post
    typical_until: int = 99  # years after which most have been promoted
    head_only: bool = False

    @property
    def role(self) -> str:
        """Which units the rank serves in."""
        if self.code == "DET":
            return "investigation"
        if self.code in {"PMAnw", "PKAnw", "ELEV"}:
            return "training"
        return "command" if self.code in {"DC", "ACC", "DCC"} else "general"


def us(family: str, names: dict[str, str]) -> list[Rank]:
    ladder = [
        Rank(family, "Officer", "", "OFC", "line", 1, 0, "P-1", 47_000, 92_000, 66),
        Rank(family, "Detective", "", "DET", "line", 2, 3, "P-3", 62_000, 112_000, 11, 25),
        Rank(family, "Corporal", "", "CPL", "line", 3, 2, "P-2", 72_000, 108_000, 5, 10),
        Rank(family, "Sergeant", "", "SGT", "supervisory", 4, 3, "P-4", 79_000, 124_000, 11, 5),
        Rank(family, "Lieutenant", "", "LT", "command", 5, 5, "P-5", 88_000, 130_000, 4, 25),
        Rank(family, "Captain", "", "CPT", "command", 6, 8, "P-6", 98_000, 142_000, 1.7, 50),
        Rank(family, "Major", "", "MAJ", "command", 7, 10, "P-7", 106_000, 152_000, 0.7, 250),
        Rank(family, "Deputy Chief", "", "DC", "executive", 8, 11, "P-8", 114_000, 165_000, 0.6, 100),
        Rank(family, "Chief", "", "CHIEF", "executive", 9, 12, "P-9", 128_000, 242_000, 1, 1, 99, True),
    ]
    return [rank._replace(title_male=(title := names.get(rank.title_male, rank.title_male)), title_female=title) for rank in ladder]


MITTEL, GEHOBEN, HOEHER = "mittlerer Dienst", "gehobener Dienst", "höherer Dienst"


def germany(family: str) -> list[Rank]:
    """`dreigeteilt`: Länder that still hire into the mittlere Dienst; `zweigeteilt`: those that stopped."""
    dienst = 1.0 if family == "dreigeteilt" else 0.04
    rows = [
        ("Polizeimeisteranwärter", "Polizeimeisteranwärterin", "PMAnw", MITTEL, 1, 0, "Anw. A7", 16_800, 17_400, 9 * dienst, 1, 2),
        ("Polizeikommissaranwärter", "Polizeikommissaranwärterin", "PKAnw", GEHOBEN, 2, 0, "Anw. A9", 17_200, 18_000, 9, 1, 2),
        ("Polizeimeister", "Polizeimeisterin", "PM", MITTEL, 3, 2, "A 7", 34_800, 43_800, 14 * dienst, 1, 7),
        ("Polizeiobermeister", "Polizeiobermeisterin", "POM", MITTEL, 4, 5, "A 8", 36_400, 46_700, 16 * dienst, 1, 15),
        ("Polizeihauptmeister", "Polizeihauptmeisterin", "PHM", MITTEL, 5, 10, "A 9", 39_000, 50_800, 22 * dienst),
        ("Polizeikommissar", "Polizeikommissarin", "PK", GEHOBEN, 6, 3, "A 9", 39_000, 50_800, 18, 1, 8),
        ("Polizeioberkommissar", "Polizeioberkommissarin", "POK", GEHOBEN, 7, 6, "A 10", 41_700, 56_800, 24, 1, 18),
        ("Polizeihauptkommissar", "Polizeihauptkommissarin", "PHK", GEHOBEN, 8, 10, "A 11", 47_400, 62_300, 15),
        ("Erster Polizeihauptkommissar", "Erste Polizeihauptkommissarin", "EPHK", GEHOBEN, 9, 18, "A 13", 59_200, 74_900, 3, 10),
        ("Polizeirat", "Polizeirätin", "PR", HOEHER, 10, 8, "A 13", 59_200, 74_900, 0.7, 50, 14),
        ("Polizeioberrat", "Polizeioberrätin", "POR", HOEHER, 11, 12, "A 14", 62_000, 80_600, 0.9, 50),
        ("Polizeidirektor", "Polizeidirektorin", "PD", HOEHER, 12, 16, "A 15", 74_000, 90_700, 0.7, 100),
        ("Leitender Polizeidirektor", "Leitende Polizeidirektorin", "LPD", HOEHER, 13, 20, "A 16", 81_500, 101_200, 0.3, 250),
        ("Polizeipräsident", "Polizeipräsidentin", "PPräs", HOEHER, 14, 22, "B 3", 104_000, 118_000, 1, 250, 99, True),
    ]  # fmt: skip
    return [Rank(family, *row) for row in rows]


BASE_VN = 2_340_000 * 12  # the base salary from 1 July 2024, dong a year


def vietnam() -> list[Rank]:
    """Ranks, terms in the rank and coefficients: Law on the People's Public Security Forces 2018, Decree 204/2004."""
    rows = [
        ("Hạ sĩ", "H1", "Hạ sĩ quan", 0, 320, 3, 1, 1), ("Trung sĩ", "H2", "Hạ sĩ quan", 1, 350, 4, 1, 3),
        ("Thượng sĩ", "H3", "Hạ sĩ quan", 2, 380, 6, 1, 6), ("Thiếu úy", "1/", "Sĩ quan cấp úy", 4, 420, 9, 1, 8),
        ("Trung úy", "2/", "Sĩ quan cấp úy", 6, 460, 13, 1, 11), ("Thượng úy", "3/", "Sĩ quan cấp úy", 9, 500, 14, 1, 14),
        ("Đại úy", "4/", "Sĩ quan cấp úy", 12, 540, 15, 1, 19), ("Thiếu tá", "1//", "Sĩ quan cấp tá", 16, 600, 14, 1, 24),
        ("Trung tá", "2//", "Sĩ quan cấp tá", 20, 660, 12, 1, 30), ("Thượng tá", "3//", "Sĩ quan cấp tá", 24, 730, 7, 25),
        ("Đại tá", "4//", "Sĩ quan cấp tá", 28, 800, 1.5, 250),
        ("Thiếu tướng", "1*", "Sĩ quan cấp tướng", 32, 860, 0.1, 500, 99, True),
    ]  # fmt: skip
    ranks = []
    for place, (title, code, group, years, hundredths, share, *rest) in enumerate(rows, 1):
        pay = BASE_VN * hundredths // 100
        grade = f"hệ số {hundredths // 100},{hundredths % 100:02d}"
        ranks.append(Rank("công an nhân dân", title, title, code, group, place, years, grade, pay, pay * 125 // 100, share, *rest))
    return ranks


def britain() -> list[Rank]:
    rows = [
        ("Constable", "PC", "federated", 0, 29_907, 48_231, 77), ("Sergeant", "PS", "federated", 4, 51_408, 53_943, 15, 5),
        ("Inspector", "Insp", "federated", 7, 61_197, 66_210, 4.6, 25), ("Chief Inspector", "CI", "federated", 10, 67_545, 70_404, 1.5, 50),
        ("Superintendent", "Supt", "superintending", 14, 78_768, 92_304, 0.8, 100),
        ("Chief Superintendent", "CSupt", "superintending", 17, 97_053, 102_180, 0.3, 250),
        ("Assistant Chief Constable", "ACC", "chief officer", 20, 123_000, 138_000, 0.12, 500),
        ("Deputy Chief Constable", "DCC", "chief officer", 23, 142_000, 176_000, 0.06, 500),
        ("Chief Constable", "CC", "chief officer", 25, 173_000, 230_000, 1, 500, 99, True),
    ]  # fmt: skip
    return [
        Rank("territorial police", title, title, code, group, place, years, code, low, high, share, *rest)
        for place, (title, code, group, years, low, high, share, *rest) in enumerate(rows, 1)
    ]


ENCADREMENT, COMMANDEMENT, CONCEPTION = "encadrement et application", "commandement", "conception et direction"


def france() -> list[Rank]:
    rows = [
        ("Élève gardien de la paix", "ELEV", ENCADREMENT, 0, 18_000, 19_200, 5, 1, 1),
        ("Gardien de la paix", "GPX", ENCADREMENT, 1, 27_600, 36_000, 46, 1, 12),
        ("Brigadier-chef", "BC", ENCADREMENT, 6, 32_400, 42_000, 30), ("Major", "MAJ", ENCADREMENT, 15, 39_600, 46_800, 7, 10),
        ("Lieutenant de police", "LTN", COMMANDEMENT, 2, 33_600, 42_000, 2, 25, 8),
        ("Capitaine de police", "CNE", COMMANDEMENT, 5, 42_000, 54_000, 5, 10),
        ("Commandant de police", "CDT", COMMANDEMENT, 12, 51_600, 64_800, 3, 25),
        ("Commissaire de police", "CP", CONCEPTION, 3, 50_400, 66_000, 0.8, 100, 14),
        ("Commissaire divisionnaire", "CD", CONCEPTION, 12, 68_400, 88_800, 0.5, 250),
        ("Commissaire général", "CG", CONCEPTION, 20, 84_000, 105_600, 0.1, 500, 99, True),
    ]  # fmt: skip
    return [
        Rank("police nationale", title, title, code, group, place, years, code, low, high, share, *rest)
        for place, (title, code, group, years, low, high, share, *rest) in enumerate(rows, 1)
    ]


SHERIFF = {"Officer": "Deputy", "Chief": "Sheriff", "Deputy Chief": "Chief Deputy"}
TROOPER = {"Officer": "Trooper", "Chief": "Colonel", "Deputy Chief": "Lieutenant Colonel", "Detective": "Investigator"}
LADDERS = {
    "US": us("municipal", {}) + us("sheriff", SHERIFF) + us("state", TROOPER),
    "DE": germany("dreigeteilt") + germany("zweigeteilt"),
    "VN": vietnam(),
    "GB": britain(),
    "FR": france(),
}
SIZES = (1, 5, 10, 25, 50, 100, 250, 500)
SOURCES = {
    "US": ("BLS OEWS May 2023 (median pay of patrol officers, detectives, supervisors); ladder of US departments",
           "https://www.bls.gov/oes/", "2023", "C"),
    "DE": ("Bundesbesoldungsordnung A and B, amounts from March 2024 (rounded); Laufbahnverordnungen der Länder",
           "https://www.gesetze-im-internet.de/bbesg/", "2024", "C"),
    "VN": ("Law on the People's Public Security Forces 37/2018/QH14, Decree 204/2004/ND-CP, Decree 73/2024/ND-CP",
           "https://vanban.chinhphu.vn/", "2024", "C"),
    "GB": ("Police pay scales England and Wales from September 2024; Home Office, Police workforce 2024",
           "https://www.gov.uk/government/collections/police-workforce-england-and-wales", "2024", "C"),
    "FR": ("Statuts des corps de la police nationale; grilles indiciaires 2023 (rounded)", "https://www.legifrance.gouv.fr/", "2023", "C"),
}  # fmt: skip


def weight_at(rank: Rank, years: int) -> float:
    """The post's share, reduced while it is just within reach and once most have moved on."""
    reach = years - rank.minimum_years
    ramp = 1.0 if rank.minimum_years == 0 else min(1.0, 0.25 + 0.15 * reach)
    beyond = max(0, years - rank.typical_until)
    return rank.share * ramp * 0.55**beyond


for country, ladder in LADDERS.items():
    source, url, date, grade = SOURCES[country]
    publish(
        __file__, "police_ranks", country,
        ["family", "rank", "rank_female", "rank_code", "service_class", "rank_order", "minimum_years", "pay_grade", "pay_from",
         "pay_to", "head_only", "role"],
        [(r.family, r.title_male, r.title_female, r.code, r.service_class, r.order, r.minimum_years, r.pay_grade, r.pay_from,
          r.pay_to, int(r.head_only), r.role) for r in ladder],
        source=source, url=url, date=date, grade=grade,
    )  # fmt: skip
    years_bands = sorted({r.minimum_years for r in ladder} | {0, 1, 2, 5, 7, 9, 12, 15, 18, 22, 26, 30, 35})
    shares = [
        (family, size, years, rank.code, round(weight, 4))
        for family in dict.fromkeys(r.family for r in ladder)
        for size in SIZES
        for years in years_bands
        for rank in ladder
        if rank.family == family and rank.size <= size and rank.minimum_years <= years and not rank.head_only
        and (weight := weight_at(rank, years)) >= 0.0005
    ]  # fmt: skip
    publish(
        __file__, "police_rank_shares", country, ["family", "size_from", "years_from", "rank_code", "weight"], shares,
        source=OWN + "; rank structure after " + source, url=url, date=date, grade="E",
        method="share of the rank in a large department, ramped up after its minimum years and down after its usual term",
    )  # fmt: skip
