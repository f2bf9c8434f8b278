"""Events that hit a region at once: how many in ten years, in what season, how long, and the zones that they hit.

Run: python packs/insurance/data-build/catastrophes.py
"""

from __future__ import annotations

from countries import DATA, OWN

from datamimic.tables.build import write_table

# kind: (peril, season, events in ten years, longest in days, size relative to others)
KINDS = {
    "US": {
        "severe convective storm": ("storm", "convective", 170, 3, 1.0), "hurricane": ("storm", "hurricane", 22, 3, 5.0),
        "winter storm": ("storm", "gale", 12, 4, 2.0), "flood": ("flood", "wet", 15, 5, 1.0),
    },
    "DE": {
        "winter storm": ("storm", "gale", 30, 3, 2.0), "hailstorm": ("storm", "hail", 60, 1, 1.0),
        "flood": ("flood", "wet", 20, 3, 1.0),
    },
    "FR": {"winter storm": ("storm", "gale", 30, 3, 2.0), "hailstorm": ("storm", "hail", 70, 1, 1.0)},
    "GB": {"winter storm": ("storm", "gale", 60, 3, 1.0), "flood": ("flood", "gale", 30, 4, 1.0)},
    "VN": {"typhoon": ("storm", "monsoon", 50, 3, 1.0), "flood": ("flood", "monsoon", 60, 4, 1.0)},
}  # fmt: skip
DE_ZONES = {"north": "SH HH HB NI MV", "west": "NW HE RP SL", "east": "BE BB ST SN TH", "south": "BY BW"}
FR_ZONES = {"north": "HDF NOR IDF", "west": "BRE PDL CVL NOR", "southwest": "NAQ OCC", "east": "GES BFC ARA", "southeast": "PAC 20R ARA"}
GB_ZONES = {"whole": "ENG WLS SCT", "north": "SCT NIR", "south": "ENG WLS", "west": "WLS NIR"}
VN_ZONES = {
    "north": "01 02 04 05 07 09 13 18 56 66 68 69 71 HN HP", "north central": "18 21 22 23 25", "centre": "23 25 26 29 DN",
    "south central": "29 30 33 34 DN", "south": "35 37 39 44 45 49 59 CT SG",
}
US_PARTS = {
    "southern plains": "TX OK KS AR LA", "northern plains": "NE SD ND MN IA", "midwest": "IL IN OH MI WI MO KY",
    "southeast": "GA AL MS TN SC NC FL", "mid-Atlantic": "VA MD DC DE PA NJ WV", "northeast": "NY CT RI MA NH VT ME",
    "mountains": "CO WY MT NM UT ID", "west": "CA NV AZ OR WA AK HI",
}
US_ZONES = {
    "severe convective storm": {
        "southern plains": 26, "northern plains": 17, "midwest": 22, "southeast": 14, "mid-Atlantic": 7, "northeast": 5, "mountains": 8, "west": 1,
    },
    "hurricane": {"Gulf": 50, "southern Atlantic": 35, "northern Atlantic": 15},
    "winter storm": {"midwest": 26, "northeast": 24, "southern plains": 18, "mid-Atlantic": 16, "west": 16},
    "flood": dict.fromkeys(US_PARTS, 1),
}  # fmt: skip
US_COASTS = {"Gulf": "TX LA MS AL FL", "southern Atlantic": "FL GA SC NC VA", "northern Atlantic": "NC VA MD DE NJ NY CT RI MA"}
ZONES = {"DE": DE_ZONES, "FR": FR_ZONES, "GB": GB_ZONES, "VN": VN_ZONES, "US": US_PARTS | US_COASTS}
SIZES = ((0.2, 24), (0.5, 30), (1.0, 25), (2.0, 14), (4.0, 7))  # mean 1.01
SOURCES = {
    "US": "NOAA NCEI, billion-dollar disasters: 20 to 28 a year 2020-2024, severe storms most often, tropical cyclones costliest; split estimated",
    "DE": "estimate after the storms, hailstorms and floods that GDV names in its reports",
    "FR": "estimate", "GB": "estimate", "VN": "estimate",
}  # fmt: skip


def main() -> None:
    for country, kinds in KINDS.items():
        about = {
            "source": SOURCES[country], "licence": OWN, "date": "2026-11", "method": "data-build/catastrophes.py",
            "grade": "C" if country == "US" else "E",
            "url": "https://www.ncei.noaa.gov/access/billions/" if country == "US" else "",
        }  # fmt: skip
        write_table(
            DATA, "catastrophes", country, ["kind", "peril", "season", "per_decade", "longest", "size"],
            [(kind, *row) for kind, row in kinds.items()], **about,
        )  # fmt: skip
        write_table(
            DATA, "catastrophe_zones", country, ["kind", "zone", "weight"],
            [
                (kind, zone, weight)
                for kind in kinds
                for zone, weight in (US_ZONES[kind] if country == "US" else dict.fromkeys(ZONES[country], 1)).items()
            ],
            **about,
        )  # fmt: skip
        write_table(
            DATA, "zone_states", country, ["zone", "state_code"],
            [(zone, f"{country}-{state}") for zone, states in ZONES[country].items() for state in states.split()], **about,
        )  # fmt: skip
    write_table(
        DATA, "catastrophe_sizes", None, ["size", "weight"], SIZES, source="estimate of how sizes of events spread",
        licence=OWN, date="2026-11", method="data-build/catastrophes.py", grade="E",
    )  # fmt: skip


if __name__ == "__main__":
    main()
