"""Insurance companies: invented names, by parts, the segments of each country, and how policies are paid and ended.

Run: python packs/insurance/data-build/insurers.py
"""

from __future__ import annotations

from countries import COUNTRIES, DATA, OWN

from datamimic.tables.build import write_table

FIRST = {
    "US": ("Granite", "Cedar", "Harbor", "Prairie", "Summit", "Bluewater", "Copper", "Lantern", "Juniper", "Falcon",
           "Keystone Hill", "Redwood", "Silver", "Meadow", "Beacon", "Ironwood", "Orchard", "Tidewater", "Aspen", "Willow"),
    "DE": ("Nord", "Alb", "Main", "Hanse", "Elb", "Isar", "Weser", "Rhein", "Spree", "Harz",
           "Saale", "Donau", "Neckar", "Fulda", "Oder", "Lippe", "Mosel", "Ems", "Eider", "Havel"),
    "VN": ("An", "Phú", "Tâm", "Minh", "Đại", "Hưng", "Thiên", "Bình", "Tân", "Vĩnh",
           "Kim", "Hoàng", "Trường", "Thịnh", "Nam", "Ngọc", "Đông", "Thanh", "Lạc", "Khải"),
    "GB": ("Ashdown", "Brackenfield", "Cotswold Vale", "Dunmore", "Eastmere", "Fairholme", "Glenavon", "Hawthorn",
    "Islay Bay", "Kestrel",
           "Larkhill", "Malvern Green", "Northgate", "Oakhurst", "Pennine", "Quayside", "Ravenscar", "Stonebridge",
           "Thornbury", "Wychwood"),
    "FR": ("Garonne", "Vallon", "Bocage", "Horizon", "Armor", "Camargue", "Lubéron", "Vosges", "Beauce", "Alpilles",
           "Cévennes", "Morvan", "Saintonge", "Berry", "Limagne", "Queyras", "Ardèche", "Quercy", "Sologne", "Vercors"),
}  # fmt: skip
SECOND = {
    "US": ("Ridge", "Creek", "Valley", "Shield", "Trust", "Crossing", "Point", "Field", "Gate", "Star", "Rock",
    "Bridge", "Park", "Grove", "Lake", "Path"),
    "DE": ("hafen", "tal", "schild", "mark", "burg", "stern", "hort", "wacht", "bund", "anker", "licht", "grund",
    "brücke", "halle", "wald", "stein"),
    "VN": ("Khang", "Tín", "Phát", "Đức", "Gia", "Sơn", "Lộc", "Hải", "Việt", "Thành", "Long", "Nghĩa", "Tường",
    "Quang", "Hoà", "Lâm"),
    "GB": ("& Vale", "Shield", "Crown", "Anchor", "Heritage", "Meridian", "Union", "Guardian", "Cross", "Friendly",
    "County", "Provident", "Harbour", "Bridge", "Star", "Trust"),
    "FR": ("Avenir", "Prévoyance", "Sérénité", "Confiance", "Solidaire", "Protection", "Atlantique", "Méridien",
    "Familiale", "Entraide", "Union", "Étoile", "Rivage", "Concorde", "Alliance", "Foyer"),
}  # fmt: skip
JOIN = {"DE": ""}
# What follows the name, by segment; {} is the name. All different, so that name and form together are unique.
FORMS = {
    "US": {
        "property_casualty": ("{} Insurance Company", "{} Mutual Insurance Company", "{} Casualty Company",
        "{} Indemnity Company"),
        "life": ("{} Life Insurance Company", "{} Mutual Life Insurance Company", "{} Life Assurance Company",
        "{} National Life Insurance Company"),
        "health": ("{} Health Plan, Inc.", "{} Health Insurance Company", "{} Health Partners, Inc.",
        "{} Medical Insurance Company"),
    },
    "DE": {
        "property_casualty": ("{} Versicherung AG", "{} Allgemeine Versicherung AG", "{} Sachversicherung AG",
        "{} Versicherungsverein a. G."),
        "life": ("{} Lebensversicherung AG", "{} Lebensversicherungsverein a. G.", "{} Leben AG",
        "{} Vorsorge Lebensversicherung AG"),
        "health": ("{} Krankenversicherung AG", "{} Krankenversicherungsverein a. G.",
        "{} Gesundheit Krankenversicherung AG", "{} Private Krankenversicherung AG"),
    },
    "VN": {
        "non_life": ("Tổng Công ty Bảo hiểm {}", "Công ty TNHH Bảo hiểm {}", "Công ty Cổ phần Bảo hiểm {}",
        "Tổng Công ty Cổ phần Bảo hiểm {}"),
        "life": ("Công ty TNHH Bảo hiểm Nhân thọ {}", "Tổng Công ty Bảo hiểm Nhân thọ {}",
        "Công ty Cổ phần Bảo hiểm Nhân thọ {}", "Công ty TNHH Một thành viên Bảo hiểm Nhân thọ {}"),
    },
    "GB": {
        "general": ("{} Insurance plc", "{} Insurance Limited", "{} General Insurance Limited", "{} Mutual Insurance Society"),
        "life": ("{} Life plc", "{} Assurance Limited", "{} Life Assurance Society", "{} Friendly Society Limited"),
    },
    "FR": {
        "non_life": ("{} Assurances", "{} IARD", "Mutuelle {}", "{} Assurance Mutuelle"),
        "life": ("{} Vie", "{} Assurances Vie", "{} Prévoyance Vie", "Mutuelle {} Vie"),
    },
}  # fmt: skip
SEGMENT_SHARES = {
    "property_casualty": 60, "life": 24, "health": 16, "non_life": 64, "general": 70,
}  # fmt: skip
# The supervisor's number: DE BaFin register numbers start with 1 (life), 4 (health), 5 (property and casualty).
REGISTERS = {
    "US": {"property_casualty": ("NAIC", "0####"), "life": ("NAIC", "0####"), "health": ("NAIC", "0####")},
    "DE": {"property_casualty": ("BaFin", "5###"), "life": ("BaFin", "1###"), "health": ("BaFin", "4###")},
    "VN": {"non_life": ("MOF", "GP##/KDBH"), "life": ("MOF", "GP##/KDBH")},
    "GB": {"general": ("FRN", "9#####"), "life": ("FRN", "9#####")},
    "FR": {"non_life": ("ACPR", "9######"), "life": ("ACPR", "9######")},
}
FREQUENCIES = {  # name, instalments a year, surcharge in per mille, weight
    "US": (("monthly", 12, 40, 58), ("quarterly", 4, 20, 8), ("semi-annual", 2, 10, 14), ("annual", 1, 0, 20)),
    "DE": (("monthly", 12, 50, 31), ("quarterly", 4, 40, 13), ("semi-annual", 2, 20, 13), ("annual", 1, 0, 43)),
    "VN": (("quarterly", 4, 30, 8), ("semi-annual", 2, 20, 10), ("annual", 1, 0, 82)),
    "GB": (("monthly", 12, 60, 52), ("annual", 1, 0, 48)),
    "FR": (("monthly", 12, 20, 66), ("quarterly", 4, 15, 5), ("semi-annual", 2, 10, 6), ("annual", 1, 0, 23)),
}

# Currency; the steps of tariffs and losses, and of everything else, in hundredths; and a world manufacturer code of the
# country's range that belongs to no known maker.
MARKETS = {
    "US": ("USD", 1, 1, "1Z9"), "DE": ("EUR", 1, 1, "WZ9"), "VN": ("VND", 100_000, 100, "RLZ"), "GB": ("GBP", 1, 1, "SCZ"),
    "FR": ("EUR", 1, 1, "VFZ"),
}  # fmt: skip
# Shares of a death benefit in per cent, by how many there are to share.
# Of those without anybody at home, whose husbands, wives, partners and children come first.
BENEFICIARIES = (("child", 27), ("parent", 12), ("sibling", 7))
FOUNDED = ((1860, 4), (1880, 6), (1900, 9), (1920, 12), (1945, 14), (1960, 14), (1975, 14), (1990, 15), (2005, 12))
#: The market opened to companies beside the state's own with decree 100/CP of 1993.
FOUNDED_VN = ((1993, 40), (2006, 60))


def main() -> None:
    invented = {"source": "invented names; any resemblance is accidental", "licence": OWN, "date": "2026", "grade": "E"}
    estimate = {
        "source": "estimate",
        "licence": OWN,
        "date": "2026",
        "grade": "E",
        "method": "data-build/insurers.py: hand-entered",
    }
    for country in COUNTRIES:
        code = country.code
        join = JOIN.get(code, " ")
        write_table(
            DATA, "insurer_names", code, ["insurer_name", "weight"],
            [(f"{first}{join}{second}", 1) for first in FIRST[code] for second in SECOND[code]],
            **invented, method="data-build/insurers.py: every first part with every second",
        )  # fmt: skip
        write_table(
            DATA, "insurer_segments", code, ["segment", "regulator", "register_pattern", "weight"],
            [(segment, *REGISTERS[code][segment], SEGMENT_SHARES[segment]) for segment in FORMS[code]], **estimate,
        )  # fmt: skip
        write_table(
            DATA, "insurer_forms", code, ["segment", "form_number", "insurer_form", "weight"],
            [(segment, n, form, 1) for segment, forms in FORMS[code].items() for n, form in enumerate(forms)],
            source="customary forms of insurers' names", licence=OWN, date="2026", grade="E",
            method="data-build/insurers.py: hand-entered",
        )  # fmt: skip
        write_table(
            DATA, "premium_frequencies", code, ["premium_frequency", "instalments_per_year", "surcharge_permille", "weight"],
            FREQUENCIES[code], **estimate,
        )  # fmt: skip
        write_table(
            DATA, "markets", code, ["currency", "rounding", "minor_unit", "manufacturer_code"], [MARKETS[code]],
            source="ISO 4217; ISO 3780 country ranges", licence="public facts", date="2026", grade="C",
            method="data-build/insurers.py: hand-entered",
        )  # fmt: skip
        write_table(
            DATA,
            "insurer_founded",
            code,
            ["founded_year", "weight"],
            FOUNDED_VN if code == "VN" else FOUNDED,
            **estimate,
        )
    write_table(
        DATA, "beneficiaries", None, ["relationship", "weight"], BENEFICIARIES, **estimate,
    )  # fmt: skip


if __name__ == "__main__":
    main()
