"""Whom a patient names for an emergency, by age and marital status, and how much older that person is.

Needs the standard library and datamimic only.
"""


from __future__ import annotations

from body_size import DATA

from datamimic.tables.build import write_table

PARENTS = {"mother": 58, "father": 32, "grandmother": 5, "guardian": 5}
CONTACTS: dict[int, dict[str, dict[str, float]]] = {
    0: {"no": PARENTS, "yes": PARENTS},
    18: {"no": {"mother": 38, "father": 22, "sister": 8, "brother": 7, "partner": 14, "friend": 11}, "yes": {"spouse": 85, "mother": 15}},
    30: {"no": {"mother": 22, "father": 14, "sister": 12, "brother": 10, "partner": 20, "friend": 22},
         "yes": {"spouse": 86, "sister": 6, "mother": 8}},
    46: {"no": {"daughter": 14, "son": 12, "sister": 17, "brother": 13, "partner": 16, "friend": 24, "neighbor": 4},
         "yes": {"spouse": 74, "daughter": 12, "son": 9, "sister": 5}},
    65: {"no": {"daughter": 34, "son": 27, "sister": 8, "brother": 5, "friend": 16, "neighbor": 10},
         "yes": {"spouse": 56, "daughter": 23, "son": 18, "friend": 3}},
}  # fmt: skip
# sex of the contact ("" either, "opposite" of the patient's), years older (least, most), who bears the same family name:
# same, other, or by the custom of the country (mother, spouse).
KINDS: dict[str, tuple[str, int, int, str]] = {
    "mother": ("female", 19, 38, "mother"), "father": ("male", 20, 42, "same"), "grandmother": ("female", 45, 64, "other"),
    "guardian": ("", 20, 45, "other"), "sister": ("female", -7, 7, "same"), "brother": ("male", -7, 7, "same"),
    "spouse": ("opposite", -5, 7, "spouse"), "partner": ("", -5, 6, "other"), "daughter": ("female", -27, -21, "same"),
    "son": ("male", -27, -21, "same"), "friend": ("", -8, 8, "other"), "neighbor": ("", -12, 12, "other"),
}  # fmt: skip


def main() -> None:
    note = {
        "source": "own estimates", "licence": "MIT (own work)", "date": "2026-11", "method": "data-build/contacts.py", "grade": "E"
    }
    rows = [
        [age, married, relationship, weight]
        for age, by_status in CONTACTS.items() for married, shares in by_status.items() for relationship, weight in shares.items()
    ]  # fmt: skip
    write_table(DATA, "emergency_contacts", None, ["age_from", "married", "relationship", "weight"], rows, **note)
    write_table(
        DATA, "relationships", None, ["relationship", "sex", "older_least", "older_most", "family_name"],
        [[name, *kind] for name, kind in KINDS.items()], **note,
    )  # fmt: skip


if __name__ == "__main__":
    main()
