"""What breaks resources: beyond their syntax one rule at a time, and in what they say."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from datamimic import Breaks
from datamimic.formats.documents import Negative

STANDING: Final = Breaks(without=("late", "altered", "wrong_account", "rejected"))
"""Of who and what is there: no date, amount or account that could be wrong by itself."""
LISTS: Final = {
    "visits": Breaks(date="start", account="hospital_id", status="status", rejected="entered-in-error"),
    "conditions": Breaks(date="recorded", without=("rejected",)),
    "pressures": Breaks(date="taken_at", amount="systolic", account="encounter_id"),
    "readings": Breaks(date="taken_at", amount="value", account="encounter_id"),
    "laboratory_reports": Breaks(date="taken_at", account="encounter_id"),
    "prescriptions": Breaks(date="start", status="status", rejected="cancelled"),
    "allergies": Breaks(date="recorded"),
    "immunizations": Breaks(date="date"),
    "interventions": Breaks(date="start", account="encounter_id"),
    "charges": Breaks(date="billed_on", amount="amount", account="encounter_id"),
}
"""What breaks mean for the items of a record."""

CODE: Final = re.compile(r'(?:"(?:gender|status|intent|mode|use)"|/[a-z]+-clinical","code"):"([a-z-]+)"')
ID: Final = re.compile(r'"id":"([A-Za-z0-9.-]+)"')
NUMBER: Final = re.compile(r'"(?:value|latitude|frequency|doseNumberPositiveInt)":(-?[0-9.]+)')
REFERENCE: Final = re.compile(r'"reference":"[A-Za-z]+/([A-Za-z0-9.-]+)"')


def of_lists(*names: str) -> Breaks:
    """Items of these lists are broken one by one, or all of a record go to another patient."""
    lists = {name: LISTS[name] for name in names}
    return Breaks(account="patient_id", without=("late", "altered", "rejected"), lists=lists)


def of_resources(numbers: bool = True) -> list[Negative]:
    """What breaks every resource, and those with `numbers`."""
    quoted = Negative(
        "quoted_number", "numbers have no quotation marks", _instead(NUMBER, lambda digits: f'"{digits}"')
    )
    return [
        *([quoted] if numbers else []),
        Negative(
            "unknown_code",
            "codes are of the value set that they must be of",
            _instead(CODE, lambda code: "no-such-code"),
        ),
        Negative("illegal_id", "ids are letters, digits, hyphens and full stops", _instead(ID, lambda own: f"{own} _")),
    ]


def of_bundles() -> list[Negative]:
    """What breaks a bundle, beside what breaks its resources."""
    missing = _instead(REFERENCE, lambda number: f"{number}-missing")
    return [Negative("dangling_reference", "every reference is to a resource of the bundle", missing)]


def _instead(pattern: re.Pattern[str], written: Callable[[str], str]) -> Callable[[str, int], str | None]:
    """Puts something else for the group of one of the places where the pattern is found."""

    def change(text: str, number: int) -> str | None:
        found = list(pattern.finditer(text))
        if not found:
            return None
        match = found[number % len(found)]
        return f"{text[: match.start(1)]}{written(match[1])}{text[match.end(1) :]}"

    return change
