"""register_courts_DE: the local courts that keep the commercial register, with where they sit.

Needs the standard library and datamimic only: `python data-build/register_courts.py`, after the places.
"""

from __future__ import annotations

import csv
from pathlib import Path

from datamimic.tables.build import write_table

DATA = Path(__file__).resolve().parent.parent / "src/datamimic_pack_common/data"
# By Land; a court that is not called as its town is in the list of the places has the town behind a stroke.
COURTS = {
    "BW": "Freiburg/Freiburg im Breisgau, Mannheim, Stuttgart, Ulm",
    "BY": "München, Augsburg, Nürnberg, Regensburg, Würzburg, Ingolstadt, Hof, Memmingen, Aschaffenburg, Bamberg, Bayreuth, "
    "Coburg, Deggendorf, Fürth, Kempten (Allgäu)/Kempten, Landshut, Passau, Schweinfurt, Straubing, Traunstein, "
    "Weiden i.d.OPf./Weiden",
    "BE": "Charlottenburg/Berlin",
    "BB": "Cottbus, Frankfurt (Oder), Neuruppin, Potsdam",
    "HB": "Bremen",
    "HH": "Hamburg",
    "HE": "Darmstadt, Frankfurt am Main, Fulda, Gießen, Hanau, Kassel, Wetzlar, Bad Homburg v.d.H./Bad Homburg vor der Höhe, "
    "Offenbach am Main/Offenbach",
    "MV": "Neubrandenburg, Rostock, Schwerin, Stralsund",
    "NI": "Aurich, Braunschweig, Göttingen, Hannover, Hildesheim, Lüneburg, Oldenburg, Osnabrück, Stadthagen, Tostedt, Walsrode",
    "NW": "Aachen, Arnsberg, Bad Oeynhausen, Bielefeld, Bochum, Bonn, Coesfeld, Dortmund, Duisburg, Düren, Düsseldorf, Essen, "
    "Gelsenkirchen, Hagen, Iserlohn, Köln, Krefeld, Mönchengladbach, Münster, Paderborn, Siegen, Steinfurt, Wuppertal, Hamm, "
    "Kleve, Neuss, Recklinghausen",
    "RP": "Bad Kreuznach, Kaiserslautern, Koblenz, Ludwigshafen am Rhein, Mainz, Montabaur, Wittlich, Zweibrücken",
    "SL": "Saarbrücken",
    "SN": "Chemnitz, Dresden, Leipzig",
    "ST": "Stendal",
    "SH": "Flensburg, Kiel, Lübeck, Pinneberg",
    "TH": "Jena",
}


def main() -> None:
    with (DATA / "places_DE.csv").open(encoding="utf-8") as file:
        seats: dict[tuple[str, str], tuple[str, str]] = {}
        for place in csv.DictReader(file):
            seats.setdefault((place["state_code"], place["city"]), (place["latitude"], place["longitude"]))
    rows = []
    for land, courts in COURTS.items():
        for entry in courts.split(", "):
            court, _, town = entry.partition("/")
            known = [(s, c) for s, c in seats if s == f"DE-{land}" and (c == (town or court) or c.startswith(f"{town or court} "))]
            if not known:
                raise ValueError(f"{entry} is not among the places of {land}")
            rows.append((f"DE-{land}", f"Amtsgericht {court}", *seats[min(known, key=lambda each: len(each[1]))]))
    write_table(
        DATA, "register_courts", "DE", ["state_code", "court", "latitude", "longitude"], rows,
        source="the courts with a commercial register, as public lists have them (Gemeinsames Registerportal der Länder)",
        url="https://www.handelsregister.de/", licence="facts", date="2026-04", method="data-build/register_courts.py: a list "
        "of 2026 of which courts that their Land has merged are left out; a seat's court is the nearest of the Land", grade="C",
    )  # fmt: skip


if __name__ == "__main__":
    main()
