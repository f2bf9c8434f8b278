"""What proves a job: its lineage, its rows made again, a value explained, what in it is personal; templates of one's own."""

from __future__ import annotations

from typing import Any

import pytest

from datamimic import DatamimicError
from datamimic_platform.kinds.formats import formats_here
from datamimic_platform.security.rights import Actor, Role
from datamimic_platform.services import configurations, jobs, people, uploads
from datamimic_platform.services.artefact_preview import preview
from datamimic_platform.services.compliance import compliance
from datamimic_platform.services.laws import laws
from datamimic_platform.services.provenance import provenance
from datamimic_platform.services.proving import explained, verified
from datamimic_platform.store.store import Store

from .conftest import completed

PEOPLE = "id,first_name,email,card_number\n" + "".join(
    f"{number},{name},{name.lower()}@mail.example,{card}\n"
    for number, (name, card) in enumerate(
        [("Anna", 4111111111111111), ("Bert", 5500005555555559), ("Carla", 4012888888881881)], 1
    )
)


def names(told: dict[str, Any], kind: str) -> list[str]:
    return [each["name"] for each in told["nodes"] if each["kind"] == kind]


def test_artefacts_are_traced_to_the_rows_that_were_given_and_proved(
    store: Store, workspace: Actor, clinic: str
) -> None:
    file = uploads.upload(store, workspace, "people.csv", iter([PEOPLE.encode()]))["id"]
    configurations.save(store, workspace, "clinic", clinic, "clinic.yaml", seen=None)
    order = jobs.Order(kind="generate", configuration="clinic", files={"people.csv": file}, options={"seed": "p"})
    job = completed(store, workspace, order)
    told = provenance(store, workspace, job)
    assert names(told, "configuration") == ["clinic, version 1"] and names(told, "given") == ["people.csv"]
    assert names(told, "seed") == ["p"] and "visits.csv" in names(told, "artefact")
    assert ["given:people.csv", "configuration:clinic, version 1"] in told["edges"]
    assert ["configuration:clinic, version 1", f"job:{job}"] in told["edges"]
    proof = verified(store, workspace, job)
    assert proof["holds"] and {each["verdict"] for each in proof["outputs"]} == {"byte-identical"}
    assert any("people" in line for line in explained(store, workspace, job, "visits", 3, "person")["lines"])
    states = {each["column"]: each["state"] for each in compliance(store, workspace, job)["laws"][1]["columns"]}
    assert states["email"] == "kept", "rows that were given are originals"
    viewer = Actor(workspace.workspace, "v", Role.VIEWER)
    with pytest.raises(DatamimicError, match="read values"):
        explained(store, viewer, job, "visits", 3, "person")


@pytest.mark.parametrize("name", ["sql", "xlsx", "sqlite"])
def test_each_format_that_is_offered_is_made_and_shown(store: Store, workspace: Actor, shop: str, name: str) -> None:
    if name not in formats_here():
        pytest.skip(f"what writes {name} is not installed")
    order = jobs.Order(kind="generate", text=shop, file_name="shop.yaml", options={"seed": "f", "output_format": name})
    job = completed(store, workspace, order)
    made = {each["name"] for each in jobs.job(store, workspace, job)["artefacts"]}
    assert {"sql": "world.sql", "xlsx": "customers.xlsx", "sqlite": "world.sqlite"}[name] in made
    assert verified(store, workspace, job)["holds"]
    if name == "sql":
        assert 'INSERT INTO "customers"' in str(preview(store, workspace, job, "world.sql")["text"])
    if name == "xlsx":
        shown = preview(store, workspace, job, "customers.xlsx")
        assert shown["columns"][0] == "customer_id" and len(shown["rows"]) == 50 and not shown["more"]
        viewer = Actor(workspace.workspace, "v", Role.VIEWER)
        assert preview(store, viewer, job, "customers.xlsx")["hidden"] == ["first_name", "email"]


def test_of_a_masked_copy_it_is_told_what_became_of_each_personal_column(store: Store, workspace: Actor) -> None:
    people.keep_secret(store, workspace, "mask", "0123456789abcdef" * 4)
    file = uploads.upload(store, workspace, "people.csv", iter([PEOPLE.encode()]))["id"]
    plan = "mask: 1\ntables:\n  people:\n    columns:\n"
    plan += "      {id: keep, first_name: redact, email: keep, card_number: {method: hash}}\n"
    order = jobs.Order(
        kind="mask",
        text=plan,
        file_name="plan.yaml",
        files={"people.csv": file},
        options={"source": "people.csv", "key": "secret:mask"},
    )
    told = compliance(store, workspace, completed(store, workspace, order))
    by_law = {law["key"]: {each["column"]: each["state"] for each in law["columns"]} for law in told["laws"]}
    assert by_law["hipaa"] == {"first_name": "replaced", "email": "kept", "card_number": "replaced"}
    assert by_law["pci"] == {"card_number": "replaced"}
    assert {law["key"]: law["open"] for law in told["laws"]} == {"hipaa": 1, "gdpr": 1, "pci": 0}
    assert "0123456789abcdef" not in str(told) and any(each["what"].endswith("masking key") for each in told["proofs"])


def test_provisions_speak_of_meanings_that_there_are() -> None:
    import tomllib
    from importlib import resources

    from datamimic import World
    from datamimic_learning.finding.terms import identifies

    finding = resources.files("datamimic_learning.finding").joinpath("meanings.toml").read_text(encoding="utf-8")
    known = {*World(seed=0).packs.meanings(), *tomllib.loads(finding)}
    spoken = {meaning for law in laws() for meaning in law.provisions}
    assert {meaning for meaning in spoken if meaning not in known and identifies(meaning) == "none"} == set()


def test_a_template_of_ones_own_is_no_configuration_and_keeps_its_name(
    store: Store, workspace: Actor, shop: str
) -> None:
    configurations.save(store, workspace, "stall", shop, "shop.yaml", seen=None, purpose="template")
    assert configurations.configurations(store, workspace)["items"] == []
    assert [each["name"] for each in configurations.configurations(store, workspace, purpose="template")["items"]] == [
        "stall"
    ]
    with pytest.raises(DatamimicError, match="template of that name"):
        configurations.save(store, workspace, "stall", shop, "shop.yaml", seen=1)
    assert configurations.save(store, workspace, "stall", shop, "s.yaml", seen=1, purpose="template")["version"] == 2
