"""sources/origins.csv and sources/origin_areas.txt, as the scripts of origins read them."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from attrs import evolve, frozen

SOURCES = Path(__file__).parent / "sources"
EAST_AFRICAN = frozenset({"KE", "UG", "TZ"})
# Which Indians live where: shares of their traditions of names (estimates).
INDIANS = {
    "US": {"gujarati": 0.3, "south": 0.35, "north": 0.2, "sikh": 0.08, "muslim": 0.04, "christian": 0.03},
    "CA": {"sikh": 0.45, "gujarati": 0.2, "north": 0.15, "south": 0.12, "muslim": 0.05, "christian": 0.03},
    "GB": {"gujarati": 0.37, "sikh": 0.3, "north": 0.16, "south": 0.1, "muslim": 0.07},
    "IN": {"north": 0.7, "sikh": 0.3},
    "*": {"north": 0.4, "south": 0.3, "sikh": 0.2, "christian": 0.1},
}


@frozen
class Origin:
    """People of one background in one country."""

    destination: str
    name: str
    """Unique in the destination: the country, or the country and which of its people."""
    country: str
    given: str
    family: str
    """Traditions of names; an empty family: family names of the destination."""
    born_abroad: float
    """Thousands."""
    generations: float
    """People of the background, in households of it, for one born abroad."""
    profile: str
    national_abroad: float
    national_here: float
    """Shares of those born abroad and born here who are nationals of the destination."""
    given_here: float
    """Share of those born here with given names of the background."""


def origins() -> list[Origin]:
    found = []
    with (SOURCES / "origins.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            own = Origin(
                row["destination"], row["origin"], row["country_code"], row["given"], row["family"],
                *(float(row[name]) for name in ("thousand", "generations")), row["profile"],
                *(float(row[name]) for name in ("national_abroad", "national_here", "given_here")),
            )  # fmt: skip
            found += parts(own)
    assert len({(each.destination, each.name) for each in found}) == len(found)
    return found


def parts(own: Origin) -> list[Origin]:
    """People from India in their traditions, all others as they are."""
    if own.family != "indian":
        return [own]
    if own.given != "indian":
        return [evolve(own, family="indian_north")]
    shares = INDIANS.get(own.destination, INDIANS["*"])
    if own.country in EAST_AFRICAN:
        shares = {"gujarati": 0.85, "sikh": 0.15}
    return [
        evolve(
            own, name=f"{own.name}-{tradition}", given=f"indian_{tradition}", family=f"indian_{tradition}",
            born_abroad=own.born_abroad * share,
        )
        for tradition, share in shares.items()
    ]  # fmt: skip


def areas() -> dict[tuple[str, str], dict[str, float]]:
    """(destination, profile) -> area -> share in per cent; `*` for all others."""
    found: dict[tuple[str, str], dict[str, float]] = {}
    for line in (SOURCES / "origin_areas.txt").read_text(encoding="utf-8").splitlines():
        if header := re.fullmatch(r"\[(\w\w) (\w+)\] (.+)", line):
            words = header[3].split()
            found[header[1], header[2]] = {
                area: float(share) for area, share in zip(words[::2], words[1::2], strict=True)
            }
    return found
