"""pacs.002, pacs.009 and camt.056, of which no package has the official schema: judged by models that were made of it. The
models refuse first, and on a message with a schema they say what that says."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import message_rules as rules
import pytest
from public_packages import wheel
from standard_models import PACKAGE, model_faults

from datamimic import World
from datamimic.plugins.registry import installed_packs

STANDARDS = {
    "iso20022.pacs.002": "pacs.002.001.10",
    "iso20022.pacs.009": "pacs.009.001.08",
    "iso20022.pacs.009.cov": "pacs.009.001.08",
    "iso20022.camt.056": "camt.056.001.08",
}


@pytest.fixture(scope="module")
def models(pytestconfig: pytest.Config) -> Path:
    return wheel(pytestconfig, *PACKAGE)


@cache
def world(country: str) -> World:
    return World("models", country, clock="2025-06-15T00:00:00Z")


@cache
def texts(name: str, country: str, count: int) -> list[str]:
    return world(country).message(name)[0:count].texts()


BROKEN = [
    (r"<MsgId>[^<]*</MsgId>|(?<=<Assgnmt>)<Id>[^<]*</Id>", "", "is missing"),
    (r"(<(?:GrpHdr|Assgnmt)>)", r"\1<Colour>blue</Colour>", "is not known"),
    (r"(<MsgId>|<Assgnmt><Id>)[^<]*<", r"\g<1>" + "x" * 36 + "<", "too long"),
    (r"(<CreDtTm>\d{4})-\d\d", r"\1-13", "month"),
    (r"(<(?:Orgnl)?UETR>)[0-9a-f-]*", r"\1F0F0F0F0-0000-4000-8000-000000000000", "capitals"),
    (r"(<BICFI>....)..", r"\g<1>11", "BIC"),
    (r"(<CreDtTm>[^<]*</CreDtTm>)", r"\1\1", "twice"),
]


@pytest.mark.parametrize("name", STANDARDS)
@pytest.mark.parametrize(("pattern", "instead", "what"), BROKEN, ids=[what for *_, what in BROKEN])
def test_models_refuse_what_is_broken(name: str, pattern: str, instead: str, what: str, models: Path) -> None:
    text = texts(name, "DE", 12)[0]
    broken = re.sub(pattern, instead, text, count=1)
    assert broken != text
    assert model_faults(models, STANDARDS[name], text) == []
    assert model_faults(models, STANDARDS[name], broken)


@pytest.mark.parametrize(
    "country", ["DE", *(pytest.param(each, marks=pytest.mark.thorough) for each in ("US", "GB", "FR", "VN"))]
)
def test_models_and_rules_accept_every_message(country: str, models: Path) -> None:
    for name, standard in STANDARDS.items():
        for text in texts(name, country, 12):
            assert model_faults(models, standard, text) == rules.iso_faults(text) == []


@pytest.mark.parametrize("name", STANDARDS)
def test_every_rule_that_can_be_broken_is_one_that_somebody_judges(name: str, models: Path) -> None:
    message: Any = installed_packs().message(name)
    seen = 0
    for number, rule in enumerate(message().negatives()):
        for text in texts(name, "DE", 12):
            broken = rule.broken(text, number)
            if broken is not None:
                seen += 1
                assert model_faults(models, STANDARDS[name], broken) or rules.iso_faults(broken), rule.name
                break
    assert seen > 5


def test_models_say_what_the_schema_says(models: Path) -> None:
    """Of payments, which have both."""
    message: Any = installed_packs().message("iso20022.pacs.008")
    standard = f"{message.standard}.{message.version:02}"
    refused = 0
    for text in texts("iso20022.pacs.008", "DE", 4):
        assert model_faults(models, standard, text) == []
        for number, rule in enumerate(message().negatives()):
            broken = rule.broken(text, number)
            if broken is not None and (told := rules.schema_faults(standard, broken)):
                assert model_faults(models, standard, broken), (rule.name, told)
                refused += 1
    assert refused > 10
