"""What a public repository shows: addresses from one place, badges, forms, and a workflow that only calls `.ci/run`."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from bench.coherence.compare import SHOWN_IN, with_comparison

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / ".ci" / "addresses.py"
FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))
PROJECTS = sorted(path for part in ("core", "packs/*", "extensions/*") for path in ROOT.glob(f"{part}/pyproject.toml"))


@pytest.fixture(scope="module")
def addresses() -> ModuleType:
    spec = importlib.util.spec_from_file_location("ci_addresses", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read(path: str) -> Any:
    return yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))


def test_every_file_shows_the_addresses_of_the_settings() -> None:
    done = subprocess.run([sys.executable, str(SCRIPT), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_one_place_changes_every_address(addresses: ModuleType) -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["datamimic"]["addresses"]
    other = addresses.Addresses("https://code.test/a/b", "https://docs.test/", "security@code.test")
    texts = dict(addresses.written(other))
    assert {path for path in texts if path.name == "pyproject.toml"} == set(PROJECTS)
    hosts = {re.sub(r"^https://|/.*$|^.*@", "", value) for value in settings.values()}
    assert not [f"{path}: {host}" for path, text in texts.items() for host in hosts if host in text]
    for path in PROJECTS:
        project = tomllib.loads(texts[path])
        assert project["project"]["urls"]["Issues"] == "https://code.test/a/b/issues"
        before = tomllib.loads(path.read_text(encoding="utf-8"))
        del project["project"]["urls"], before["project"]["urls"]
        assert project == before
    again = dict(addresses.written(addresses.Addresses(**settings)))
    assert all(path.read_text(encoding="utf-8") == text for path, text in again.items())


def test_no_other_file_names_the_hosts(addresses: ModuleType) -> None:
    """Whoever needs an address takes it from the metadata of the distribution, or stands in the list of the script."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["datamimic"]["addresses"]
    known = {path for path, _ in addresses.written(addresses.Addresses(**settings))} | {ROOT / "pyproject.toml"}
    parts = (
        "*.md",
        "*.toml",
        ".github/**/*.yml",
        "docs/**/*.md",
        "core/**/*.py",
        "core/**/*.md",
        "packs/*/**/*.py",
        "packs/*/*.md",
        "extensions/*/**/*.py",
        "extensions/*/*.md",
    )
    files = {path for part in parts for path in ROOT.glob(part)} - known
    hosts = [settings["repository"], settings["documentation"], settings["security"]]
    assert not [str(path) for path in files if any(host in path.read_text(encoding="utf-8") for host in hosts)]


def test_badges_of_the_readme_that_lie_here_exist() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    local = re.findall(r"!\[[^\]]+\]\((?!https?:)([^)]+)\)", text)
    assert len(local) >= 3
    assert not [each for each in local if not (ROOT / each).read_text(encoding="utf-8").startswith("<svg")]


def test_the_workflow_runs_what_everybody_runs() -> None:
    workflow = read(".github/workflows/ci.yml")
    assert workflow["permissions"] == {"contents": "read"}
    commands = [step["run"] for job in workflow["jobs"].values() for step in job["steps"] if "run" in step]
    assert set(commands) == {".ci/run"}
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    asked = {
        name
        for each in workflow["jobs"]["run"]["strategy"]["matrix"]["include"]
        for name in each["environments"].split(",")
    }
    defined = (ROOT / "tox.ini").read_text(encoding="utf-8")
    listed = re.search(r"^env_list = (.*)$", defined, re.MULTILINE)
    assert listed is not None and set(listed[1].split(", ")) <= asked
    assert not [name for name in asked if f"[testenv:{name}]" not in defined and not re.fullmatch(r"py3\d+", name)]


@pytest.mark.parametrize("form", [form for form in FORMS if form.name != "config.yml"], ids=lambda form: form.name)
def test_every_form_can_be_shown(form: Path) -> None:
    told = yaml.safe_load(form.read_text(encoding="utf-8"))
    assert {"name", "description", "body"} <= set(told)
    ids = [field["id"] for field in told["body"]]
    assert len(ids) == len(set(ids))
    for field in told["body"]:
        assert field["type"] in ("input", "textarea", "dropdown", "checkboxes") and field["attributes"]["label"]
    assert any(field.get("validations", {}).get("required") for field in told["body"])


def test_the_chooser_leads_somewhere() -> None:
    links = read(".github/ISSUE_TEMPLATE/config.yml")["contact_links"]
    assert len(links) >= 2 and all({"name", "url", "about"} == set(each) for each in links)


def test_the_comparison_on_the_pages_is_the_one_that_was_measured() -> None:
    results = json.loads((ROOT / "bench" / "results" / "coherence.json").read_text(encoding="utf-8"))
    assert [page.name for page in SHOWN_IN] == ["README.md", "index.md"]
    for page in SHOWN_IN:
        assert page.read_text(encoding="utf-8") == with_comparison(page, results), "python -m bench coherence --readme"
