"""Which German Länder a postal region (first two digits) and an area code zone (first digit) reach into.

Public facts of Deutsche Post's Leitregionen and of the Bundesnetzagentur's numbering plan, entered by hand and generous: a
region counts for every Land that any place of it lies in.
"""

from __future__ import annotations

_LAENDER = {
    "BW": "badenwurttemberg", "BY": "bayern", "BE": "berlin", "BB": "brandenburg", "HB": "bremen", "HH": "hamburg",
    "HE": "hessen", "MV": "mecklenburgvorpommern", "NI": "niedersachsen", "NW": "nordrheinwestfalen",
    "RP": "rheinlandpfalz", "SL": "saarland", "SN": "sachsen", "ST": "sachsenanhalt", "SH": "schleswigholstein",
    "TH": "thuringen",
}  # fmt: skip

_REGIONS = """
01 SN BB|02 SN BB|03 BB SN|04 SN TH ST BB|06 ST SN TH|07 TH SN ST|08 SN TH|09 SN|10 BE|12 BE BB|13 BE|14 BE BB ST|15 BB BE
16 BB MV|17 MV BB|18 MV|19 MV BB NI|20 HH|21 HH NI SH MV|22 HH SH|23 SH MV|24 SH|25 SH|26 NI|27 NI HB HH|28 HB NI|29 NI ST
30 NI|31 NI|32 NW NI|33 NW NI|34 HE NI NW TH|35 HE|36 HE TH|37 NI TH HE NW ST|38 NI ST|39 ST NI|40 NW|41 NW|42 NW|44 NW
45 NW|46 NW|47 NW|48 NW NI|49 NI NW|50 NW|51 NW RP|52 NW|53 NW RP|54 RP SL|55 RP HE SL|56 RP HE|57 NW RP HE|58 NW|59 NW
60 HE|61 HE|63 HE BY BW|64 HE BY BW|65 HE RP|66 SL RP|67 RP|68 BW HE|69 BW HE|70 BW|71 BW|72 BW|73 BW BY|74 BW BY|75 BW
76 BW RP|77 BW|78 BW|79 BW|80 BY|81 BY|82 BY|83 BY|84 BY|85 BY|86 BY|87 BY BW|88 BW BY|89 BW BY|90 BY|91 BY|92 BY|93 BY
94 BY|95 BY|96 BY TH|97 BY BW|98 TH|99 TH SN ST
"""
_ZONES = "2 NW RP HE|3 BE BB SN ST TH MV|4 SH HH HB NI|5 NI NW HE|6 HE RP SL BW BY|7 BW BY RP|8 BY BW|9 BY BW"


def _read(text: str) -> dict[str, set[str]]:
    found = {}
    for entry in text.replace("\n", "|").split("|"):
        if entry:
            key, *laender = entry.split()
            found[key] = {_LAENDER[land] for land in laender}
    return found


DE_POSTAL_REGIONS = _read(_REGIONS)
DE_AREA_ZONES = _read(_ZONES)
