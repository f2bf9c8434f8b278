"""The first two digits of a CMS Certification Number, by state, and the ranges of its last four, by hospital type.

Needs the standard library and datamimic only.
"""


from __future__ import annotations

from body_size import DATA

from datamimic.tables.build import write_table

STATES = ["AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS", "KY", "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "OH", "OK", "OR", "PA", "PR", "RI", "SC", "SD", "TN", "TX", "UT", "VT", ".", "VA", "WA", "WV", "WI", "WY"]
RANGES = {
    "General Acute Care": (1, 879), "Academic Medical Center": (1, 879), "Cancer Center": (1, 879), "Critical Access": (1300, 1399),
    "Long-Term Care Hospital": (2000, 2299), "Rehabilitation Hospital": (3025, 3099), "Children's Hospital": (3300, 3399),
    "Psychiatric Hospital": (4000, 4499),
}  # fmt: skip


def main() -> None:
    note = {
        "source": "CMS State Operations Manual, section 2779A", "url": "https://www.cms.gov", "licence": "public domain", "date": "2024",
        "method": "data-build/ccn.py: hand-entered", "grade": "A",
    }  # fmt: skip
    codes = [[f"US-{state}", f"{number:02d}"] for number, state in enumerate(STATES, 1) if state != "."]
    write_table(DATA, "ccn_states", "US", ["state_code", "ccn_state"], codes, **note)
    rows = [[kind, low, high] for kind, (low, high) in RANGES.items()]
    write_table(DATA, "ccn_ranges", "US", ["hospital_type", "low", "high"], rows, **note)


if __name__ == "__main__":
    main()
