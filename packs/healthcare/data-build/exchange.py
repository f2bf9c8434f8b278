"""What messages of care name things by: systems of identifiers, profiles, and what of a charge the insured pay.

Needs the standard library and datamimic only: `python data-build/exchange.py`.

exchange_customs.csv, the row `*` stands for all other countries
    profiles                where the country's profiles of FHIR R4 are, before their names; empty where messages name none
    social_security_system  system of the social security number as FHIR has it; empty where it is not an identifier of patients

member_number_systems.csv, by the form of the number (data-build/coverage.py); `*` stands for all others
    type_system, type       what kind of identifier it is
    system                  the naming system; numbers of invented insurers are in one of example.org

cost_shares.csv, by kind of coverage
    kind                    public or private, as a code of HL7's ActCode: PUBLICPOL, HIP (health insurance plan policy)
    claims                  yes where the hospital sends the insurer a claim
    share                   what the insured pay of a charge
"""

from __future__ import annotations

from pathlib import Path

from datamimic.tables.build import write_table

DATA = Path(__file__).parents[1] / "src" / "datamimic_pack_healthcare" / "data"
CUSTOMS = (
    ("US", "http://hl7.org/fhir/us/core/StructureDefinition/us-core-", "http://hl7.org/fhir/sid/us-ssn"),
    ("*", "", ""),
)
V2 = "http://terminology.hl7.org/CodeSystem/v2-0203"
SYSTEMS = (
    ("MBI", V2, "MC", "http://hl7.org/fhir/sid/us-mbi"),
    ("KVNR", "http://fhir.de/CodeSystem/identifier-type-de-basis", "KVZ10", "http://fhir.de/sid/gkv/kvid-10"),
    ("NHS", V2, "NH", "https://fhir.nhs.uk/Id/nhs-number"),
    # The authority for numbers of tests: the number says that nobody has it.
    ("NIR", "https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0203", "INS-NIR-TEST", "urn:oid:1.2.250.1.213.1.4.10"),
    ("BHYT", V2, "NH", "https://fhir.example.org/sid/bhyt"),
    ("*", V2, "MB", "https://fhir.example.org/sid/member-number"),
)
SHARES = (
    ("US", "Medicare", "PUBLICPOL", "yes", 0.20),
    ("US", "Medicare Advantage", "PUBLICPOL", "yes", 0.15),
    ("US", "Medicaid", "PUBLICPOL", "yes", 0.0),
    ("US", "CHIP", "PUBLICPOL", "yes", 0.05),
    ("US", "TRICARE", "PUBLICPOL", "yes", 0.15),
    ("US", "Commercial", "HIP", "yes", 0.20),
    ("DE", "Gesetzliche Krankenversicherung", "PUBLICPOL", "yes", 0.0),
    ("DE", "Private Krankenversicherung", "HIP", "yes", 0.10),
    ("FR", "Assurance maladie", "PUBLICPOL", "yes", 0.20),
    ("FR", "Assurance maladie et complémentaire", "PUBLICPOL", "yes", 0.05),
    ("FR", "Assurance maladie et complémentaire solidaire", "PUBLICPOL", "yes", 0.0),
    ("GB", "NHS", "PUBLICPOL", "no", 0.0),
    ("GB", "Private", "HIP", "yes", 0.10),
    ("VN", "Bảo hiểm y tế", "PUBLICPOL", "yes", 0.20),
    ("VN", "Tư nhân", "HIP", "yes", 0.20),
    ("*", "", "PUBLICPOL", "yes", 0.20),
)


def main() -> None:
    write_table(
        DATA, "exchange_customs", None, ("country_code", "profiles", "social_security_system"), CUSTOMS,
        source="HL7 US Core 5.0.1; HL7 Terminology", licence="facts", date="2026-11",
        method="data-build/exchange.py: hand-entered", grade="A", url="https://hl7.org/fhir/us/core/STU5.0.1/",
    )  # fmt: skip
    write_table(
        DATA, "member_number_systems", None, ("number_format", "type_system", "type", "system"), SYSTEMS,
        source="HL7 Terminology; Basisprofil DE R4; FR Core; NHS England FHIR naming systems", licence="facts", date="2026-11",
        method="data-build/exchange.py: hand-entered; systems of example.org are this project's", grade="A",
        url="https://terminology.hl7.org/namingsystems.html",
    )  # fmt: skip
    write_table(
        DATA, "cost_shares", None, ("country_code", "coverage_type", "kind", "claims", "share"), SHARES,
        source="Medicare Part B: 20 % (CMS); France: ticket modérateur of hospital care, 20 % (ameli); Viet Nam: 80 % covered "
        "(law on health insurance); the others estimates",
        licence="facts; MIT (this project)", date="2026-11", method="data-build/exchange.py: hand-entered", grade="E",
    )  # fmt: skip


if __name__ == "__main__":
    main()
