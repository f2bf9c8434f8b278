"""professional_fees.csv and fee_agreements.csv: what doctors ask for visits, and what payers allow of it.

code        T1015 (clinic visit) and G0383 (emergency visit) are of HCPCS level II; 00098 and 00099 (the day of discharge and a day
            in hospital) are stand-ins below every code of CPT, as in the table `procedures`
place       place of service (CMS)
low, high   what is asked for a visit or a day, in dollars
allowed     share of the charge that the payer's fee schedule allows
deductible  share of claims whose allowed amount falls under the patient's deductible
denied      share of claims that are denied
filing      claim filing indicator (X12 element 1032)
"""

from __future__ import annotations

from pathlib import Path

from datamimic.tables.build import write_table

DATA = Path(__file__).parents[1] / "src" / "datamimic_pack_healthcare" / "data"
FEES = (("AMB", "22", "T1015", 140, 380), ("EMER", "23", "G0383", 450, 1400), ("IMP", "21", "00099", 210, 460), ("", "21", "00098", 180, 420))
AGREEMENTS = (
    ("Medicare", 0.42, 0.05, 0.04, "MB"),
    ("Medicare Advantage", 0.42, 0.04, 0.06, "16"),
    ("Medicaid", 0.31, 0.0, 0.06, "MC"),
    ("CHIP", 0.34, 0.0, 0.05, "MC"),
    ("TRICARE", 0.42, 0.04, 0.04, "CH"),
    ("Commercial", 0.58, 0.22, 0.07, "12"),
    ("*", 0.5, 0.1, 0.05, "ZZ"),
)


def main() -> None:
    facts = {
        "source": "Own estimates; codes of the Centers for Medicare & Medicaid Services",
        "licence": "MIT (this project)",
        "date": "2026-11",
        "method": "data-build/professional_fees.py: hand-entered",
        "grade": "E",
    }
    write_table(DATA, "professional_fees", None, ("encounter_class", "place", "code", "low", "high"), FEES, **facts)
    write_table(DATA, "fee_agreements", None, ("coverage_type", "allowed", "deductible", "denied", "filing"), AGREEMENTS, **facts)


if __name__ == "__main__":
    main()
