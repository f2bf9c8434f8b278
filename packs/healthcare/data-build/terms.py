"""clinical_terms_<CC> and clinical_sentences_<CC>: what the tables call things in English, in the language of the country.

Needs the standard library and datamimic only. Specialties are written as the bodies write them that register them: German
(Muster-)Weiterbildungsordnung 2018, French list of diplômes d'études spécialisées (arrêté du 21 avril 2017), British list of CCT
specialties (General Medical Council); everything else, and all Vietnamese terms, is our translation.
"""

from __future__ import annotations

from body_size import DATA
from course_list import SUPPLIES
from device_words import LOG_WORDS, READINGS, SENTENCES
from drug_words import CLASSES, FREQUENCIES, ROUTES, TESTS, UNITS, VACCINES
from label_list import ALLERGIES, DEPARTMENTS, DEVICES, HOSPITALS, SERVICES, SPECIALTIES, Row
from procedure_names import PROCEDURES, REASONS
from procedure_sentences import SENTENCES as OF_PROCEDURES

from datamimic.tables.build import write_table

KINDS: dict[str, list[Row]] = {
    "specialty": SPECIALTIES, "department": DEPARTMENTS, "service": SERVICES, "hospital": HOSPITALS, "device": DEVICES,
    "allergy": ALLERGIES, "procedure": PROCEDURES, "reason": REASONS, "route": ROUTES, "frequency": FREQUENCIES, "unit": UNITS,
    "drug class": CLASSES, "vaccine": VACCINES, "test": TESTS, "power supply": SUPPLIES, "log": LOG_WORDS,
}  # fmt: skip
COLUMN = {"US": 0, "GB": 1, "DE": 2, "FR": 3, "VN": 4}
SPECIALTIES_OF = {
    "US": "", "GB": "General Medical Council, CCT specialties", "DE": "Bundesärztekammer, (Muster-)Weiterbildungsordnung 2018",
    "FR": "Arrêté du 21 avril 2017, diplômes d'études spécialisées", "VN": "",
}  # fmt: skip


def readings(column: int) -> dict[str, str]:
    return {f"reading of {device}": row[column] for device, row in READINGS.items()}


def main() -> None:
    for country, column in COLUMN.items():
        rows = []
        for kind, terms in KINDS.items():
            named = [(row[0], row[column] or row[0]) for row in terms]
            assert len({name for _, name in named}) == len(named), kind
            rows += [[kind, english, name] for english, name in named]
        said = {"licence": "MIT (own work)", "date": "2026-11", "grade": "D"}
        names = SPECIALTIES_OF[country]
        source = f"Own translation; specialties: {names}" if names else "Own translation"
        if country == "US":
            source = "Own list, American English"
        write_table(
            DATA, "clinical_terms", country, ["kind", "english", "term"], rows, source=source,
            method="data-build/terms.py: hand-entered", **said,
        )  # fmt: skip
        sentences = {**SENTENCES, **OF_PROCEDURES}
        english = {key: row[0] for key, row in sentences.items()} | readings(0)
        own = {key: row[max(column - 1, 0)] for key, row in sentences.items()} | readings(max(column - 1, 0))
        if country == "GB":
            own = {key: text.replace("anesthesia", "anaesthesia") for key, text in own.items()}
        write_table(
            DATA, "clinical_sentences", country, ["sentence", "english", "text"],
            [[key, english[key], own[key]] for key in english], source="Own sentences",
            method="data-build/terms.py: hand-entered; names in braces are facts of the row", **said,
        )  # fmt: skip


if __name__ == "__main__":
    main()
