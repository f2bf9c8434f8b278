"""The packs' own claims, measured: every entity that claims anything conforms, where its pack offers it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from click.testing import CliRunner

from datamimic import World
from datamimic.cli import main
from datamimic.plugins.registry import installed_packs
from datamimic_report import assess, render
from datamimic_report.claims import FILE, parse_claims

ROWS = 4_000


@cache
def claimed() -> tuple[tuple[str, str], ...]:
    """(pack.entity, country) of everything that a `claims.toml` speaks of."""
    return tuple(sorted(set(_claimed())))


def _claimed() -> Iterator[tuple[str, str]]:
    packs = installed_packs()
    for record in packs.packs():
        for source in packs.dataset_sources(record.name):
            file = source.root().joinpath(FILE)
            if file.is_file():
                said = parse_claims(file.read_text(encoding="utf-8"), record.name)
                for each in (*said.claims, *said.identifiers):
                    for country in each.countries or ["US"]:
                        yield f"{source.pack}.{each.entity}", country


@pytest.mark.oracle("python-stdnum", "schwifty", "phonenumbers")
@pytest.mark.parametrize(("entity", "country"), claimed())
def test_what_is_claimed_is_kept(entity: str, country: str) -> None:
    for package in ("stdnum", "schwifty", "phonenumbers"):
        pytest.importorskip(package, reason=f"{package} is not installed")
    report = assess(World("conformance", country, strict=True)[entity][0:ROWS])
    assert report["claims"] or report["identifiers"]
    assert [claim for claim in report["claims"] if claim["holds"] is False] == []
    assert [each for each in report["identifiers"] if not each["holds"]] == []
    assert [check for check in report["invariants"] if check["violations"]] == []


def test_every_claim_speaks_of_a_field_that_exists() -> None:
    packs = installed_packs()
    for record in packs.packs():
        for source in packs.dataset_sources(record.name):
            file = source.root().joinpath(FILE)
            if file.is_file():
                document: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
                said = parse_claims(file.read_text(encoding="utf-8"), record.name)
                for claim in said.claims:
                    rows = World(0)[f"{source.pack}.{claim.entity}"]
                    rows.select(sorted(claim.columns()))
                    assert all(hasattr(rows.world.options(rows.spec), option) for option in claim.options), claim.title
                for own, others in document.get("follows", {}).items():
                    assert {f"{source.pack}.{own}", *others} <= set(packs.entities())


@pytest.mark.parametrize(("ages", "title"), [("care", "people in care"), ("population", "the population")])
def test_patients_are_compared_with_those_whom_they_were_asked_to_be(ages: str, title: str) -> None:
    path = "healthcare.patient"
    rows = World("conformance", "US", options={path: {"ages": ages}})[path][0:20_000]
    claims = assess(rows)["claims"]
    assert [claim["title"] for claim in claims if claim["field"] == "age"] == [f"Age and sex of {title}, 2025"]
    assert [claim["title"] for claim in claims if not claim["holds"]] == []


def test_a_report_of_an_entity_that_claims_nothing_is_a_page_too() -> None:
    page = render(assess(World("conformance", "US")["common.country"][0:50]))
    assert "nothing is claimed here" in page and 'id="fields"' in page


def test_the_command_writes_page_and_json(tmp_path: Any) -> None:
    target = tmp_path / "report.html"
    done = CliRunner().invoke(main, ["report", "person", "--locale", "DE", "-n", "500", "-o", str(target)])
    assert done.exit_code == 0, done.output
    assert "2 of 2 published figures" in done.output
    assert target.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert '"report_version": 1' in target.with_suffix(".json").read_text(encoding="utf-8")
    refused = CliRunner().invoke(main, ["report", "person", "-o", str(tmp_path / "report.pdf")])
    assert refused.exit_code == 2 and "page" in refused.output
