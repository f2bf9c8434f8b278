"""Packs of other people, from their own wheels, beside the released ones: what `dm new-pack` makes, `logistics`, `energy`.

One environment serves all tests here, in the order in which they stand.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
LOGISTICS = Path(__file__).parent / "logistics"
ENERGY = Path(__file__).parent / "energy"
VARIABLES = {"PYTHONPATH", "DATAMIMIC_DISABLE_PACKS", "DATAMIMIC_STRICT_DATASET", "CI", "PYTEST_ADDOPTS"}

pytestmark = [pytest.mark.packaging, pytest.mark.slow]


def build(folder: Path, *sources: Path) -> list[Path]:
    """Wheels of the sources, from copies: building leaves nothing behind in the tree."""
    before = set(folder.glob("*.whl"))
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "wheel", "--no-deps", "--no-index"]
    subprocess.run([*pip, "--no-build-isolation", "--wheel-dir", str(folder), *map(str, sources)], check=True)
    return sorted(set(folder.glob("*.whl")) - before)


class Environment(NamedTuple):
    """A virtual environment with core and common from wheels, and pytest and Hypothesis."""

    binaries: Path
    wheels: Path
    folder: Path

    def pip(self, *arguments: str | Path) -> str:
        command = [sys.executable, "-m", "pip", "--python", self.binaries / "python", "--disable-pip-version-check"]
        done = subprocess.run([*command, *arguments], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def run(
        self, *arguments: str | Path, folder: Path | None = None, code: int = 0
    ) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if name not in VARIABLES}
        command = [self.binaries / str(arguments[0]), *arguments[1:]]
        done = subprocess.run(command, cwd=folder or self.folder, env=kept, capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stdout + done.stderr
        return done

    def dm(self, *arguments: str, folder: Path | None = None) -> str:
        return self.run("dm", *arguments, folder=folder).stdout

    def packs(self) -> dict[str, dict[str, object]]:
        return {record["name"]: record for record in json.loads(self.dm("list-packs", "--json"))}


@pytest.fixture(scope="module")
def environment(installed_versions: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    wheels, folder = tmp_path_factory.mktemp("wheels"), tmp_path_factory.mktemp("work")
    where = tmp_path_factory.mktemp("environment")
    build(wheels, ROOT / "core", ROOT / "packs" / "common")
    venv.create(where)
    made = Environment(where / ("Scripts" if os.name == "nt" else "bin"), wheels, folder)
    links = ("--quiet", "install", "--find-links", str(wheels), "--constraint", str(installed_versions))
    made.pip(*links, "datamimic-core[test]", "datamimic-pack-common")
    return made


@pytest.fixture(scope="module")
def fleet(environment: Environment) -> Path:
    """The repository that `dm new-pack` made, in the environment without what built it."""
    environment.dm("new-pack", "fleet")
    return environment.folder / "datamimic-pack-fleet"


def test_a_new_pack_installs_generates_rows_and_passes_its_tests(environment: Environment, fleet: Path) -> None:
    [wheel] = build(environment.wheels, fleet)
    environment.pip("--quiet", "install", "--no-deps", wheel)
    record = environment.packs()["fleet"]
    assert (record["status"], record["locales"]) == ("ok", ["DE", "US"])
    assert (record["entities"], record["generators"], record["formats"]) == (1, 1, 1)
    listed = environment.dm("generate", "fleet.item", "--count", "5", "--seed", "demo", "--locale", "DE")
    assert len(listed.splitlines()) == 6
    environment.dm("generate", "fleet.item", "--count", "5", "--seed", "demo", "--output", "items.fleet")
    assert len((environment.folder / "items.fleet").read_text(encoding="utf-8").splitlines()) == 5
    tested = environment.run("python", "-m", "pytest", "-q", folder=fleet).stdout
    # Of two countries: there are no golden digests yet, and what the entity has not (conditions in SQL, a history) is skipped.
    skipped = re.search(r"\d+ passed, (\d+) skipped", tested)
    assert skipped, tested
    environment.run("python", "-m", "pytest", "-q", "--update-golden", folder=fleet)
    tested = environment.run("python", "-m", "pytest", "-q", folder=fleet).stdout
    assert f"passed, {int(skipped[1]) - 2} skipped" in tested, tested


def test_a_part_added_to_a_new_pack_works_at_once(environment: Environment, fleet: Path) -> None:
    environment.dm("new-entity", "spare_part", folder=fleet)
    environment.dm("new-locale", "FR", folder=fleet)
    fleet.joinpath("pyproject.toml").write_text(
        fleet.joinpath("pyproject.toml").read_text(encoding="utf-8").replace('version = "0.1.0"', 'version = "0.2.0"'),
        encoding="utf-8",
    )
    [wheel] = build(environment.wheels, fleet)
    environment.pip("--quiet", "install", "--no-deps", wheel)
    assert environment.packs()["fleet"]["locales"] == ["DE", "FR", "US"]
    assert len(environment.dm("generate", "spare_part", "--count", "3", "--locale", "FR").splitlines()) == 4
    tested = environment.run("python", "-m", "pytest", "-q", "-k", "not golden", folder=fleet).stdout
    assert re.search(r"\d+ passed", tested), tested
    environment.pip("--quiet", "uninstall", "--yes", "datamimic-pack-fleet")


def newer_core(environment: Environment, tmp_path: Path) -> Path:
    """The wheel of the core as its next minor release."""
    source = tmp_path / "core"
    shutil.copytree(ROOT / "core", source, ignore=shutil.ignore_patterns("__pycache__", "tests", "build", "dist"))
    project = source / "pyproject.toml"
    text, changed = re.subn(r'(?m)^version = ".*"$', 'version = "0.2.0"', project.read_text(encoding="utf-8"), count=1)
    assert changed
    project.write_text(text, encoding="utf-8")
    folder = tmp_path / "wheels"
    folder.mkdir()
    [wheel] = build(folder, source)
    return wheel


def test_a_strangers_pack_lives_beside_ours_outlives_an_upgrade_and_leaves_no_trace(
    environment: Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = environment.pip("freeze")
    kinds = {file.name for file in site(environment).iterdir()}
    city = environment.dm("generate", "common.city", "--count", "20", "--seed", "demo", "--locale", "DE")
    environment.run("dm", "generate", "common.city", "--count", "1", "--locale", "LU", code=2)

    [wheel] = build(environment.wheels, LOGISTICS)
    environment.pip("--quiet", "install", "--no-deps", wheel)
    record = environment.packs()["logistics"]
    assert (record["status"], record["distribution"], record["version"]) == ("ok", "acme-logistics", "1.2.0")
    entities = [entity["name"] for entity in json.loads(environment.dm("list-entities", "--json"))]
    assert [name for name in entities if name.startswith("logistics.")] == [
        "logistics.carrier",
        "logistics.shipment",
        "logistics.tracking_event",
    ]
    assert "logistics.SsccGenerator" in environment.dm("list-generators")

    # What was there makes what it made before, and common has a country more.
    generate = ("generate", "--seed", "demo", "--count", "20")
    assert environment.dm(*generate, "common.city", "--locale", "DE") == city
    assert "Luxembourg" in environment.dm(*generate, "common.city", "--locale", "LU")
    shipments = environment.dm(*generate, "logistics.shipment", "--locale", "LU")
    assert len(shipments.splitlines()) == 20
    assert all(json.loads(line)["origin"]["country_code"] == "LU" for line in shipments.splitlines())
    # Its format is written, checked, verified and loaded like the core's own.
    environment.dm(*generate, "logistics.carrier", "--output", "carriers.fix", "--format-option", "width=40")
    carriers = environment.folder / "carriers.fix"
    head, *lines = carriers.read_text(encoding="utf-8").splitlines()
    assert head.startswith("carrier_id") and all(line.startswith("CAR-") and line[40:44].strip() for line in lines)
    assert "1 checks hold in 20 rows" in environment.dm("check", "carriers.fix", "--entity", "logistics.carrier")
    assert "byte-identical" in environment.dm("verify", "carriers.fix")
    carriers.write_text(carriers.read_text(encoding="utf-8").replace("CAR-", "CAX-", 1), encoding="utf-8")
    assert "carrier_id, rows 0 to 19" in environment.run("dm", "verify", "carriers.fix", code=1).stdout
    world = ("world", "logistics.shipment=20", "--seed", "demo", "--format", "fixed", "--output", "fixed")
    environment.dm(*world, "--format-option", "width=60")
    environment.dm("verify", "fixed")
    takes_related_tables(environment)
    codes = environment.dm("sscc", "--count", "3").split()
    assert all(sum(int(digit) * (3, 1)[place % 2] for place, digit in enumerate(code)) % 10 == 0 for code in codes)
    assert len(set(codes)) == 3
    hears_of_every_run(environment, tmp_path / "runs.jsonl", monkeypatch)
    environment.run("python", "-m", "pytest", "-q", "-p", "no:cacheprovider", LOGISTICS / "tests")

    environment.pip("--quiet", "install", "--no-deps", newer_core(environment, tmp_path))
    assert "datamimic-core 0.2.0" in environment.dm("version")
    assert environment.packs()["logistics"]["status"] == "ok"
    assert environment.dm(*generate, "logistics.shipment", "--locale", "LU") == shipments
    assert environment.dm("sscc", "--count", "3").split() == codes
    environment.pip("--quiet", "install", "--no-deps", "--find-links", environment.wheels, "datamimic-core==0.1.0")

    environment.pip("--quiet", "uninstall", "--yes", "acme-logistics")
    assert environment.pip("freeze") == before
    assert {file.name for file in site(environment).iterdir()} == kinds
    assert "logistics" not in environment.packs()
    assert environment.dm(*generate, "common.city", "--locale", "DE") == city
    for arguments in (("generate", "common.city", "--locale", "LU"), ("generate", "logistics.shipment"), ("sscc",)):
        assert "error[" in environment.run("dm", *arguments, code=2).stderr


def test_a_pack_that_uses_the_whole_reach_of_the_engine(environment: Environment) -> None:
    """Null references, kinds of values, counts by rule, local days, the nearest, simulated queues: from a wheel, by command."""
    [wheel] = build(environment.wheels, ENERGY)
    environment.pip("--quiet", "install", "--no-deps", wheel)
    assert "energy.meter.code" in environment.dm("list-meanings", "zaehlernummer")
    record = environment.packs()["energy"]
    assert (record["status"], record["entities"], record["locales"]) == ("ok", 14, ["DE", "FR"])
    generate = ("generate", "--seed", "demo", "--locale", "FR", "--count", "20")
    contracts = environment.dm(*generate, "energy.contract").splitlines()
    columns = [dict(zip(contracts[0].split(","), line.split(","), strict=True)) for line in contracts[1:]]
    known = {each["contract_id"] for each in columns}
    assert {each["predecessor_id"] for each in columns} - known == {""}
    days = [environment.dm("quarters", day).strip() for day in ("2026-03-29", "2026-10-24", "2026-10-25")]
    assert days == ["92", "96", "100"]
    environment.dm(*generate, "energy.reading", "--output", "readings.pairs", "--format-option", "separator=;")
    assert ";quarter=3;" in (environment.folder / "readings.pairs").read_text(encoding="utf-8")
    environment.dm("verify", "readings.pairs")
    sizes = ("energy.reading=300", "energy.invoice_line=200", "energy.visit=20", "energy.outage=20")
    environment.dm("world", *sizes, "--seed", "demo", "--locale", "FR", "--output", "utility", "--format", "parquet")
    schema = (environment.folder / "utility" / "schema.sql").read_text(encoding="utf-8")
    assert "abs(total - net - vat) < 0.005" in schema and "PRIMARY KEY" in schema
    assert "byte-identical" in environment.dm("verify", "utility")
    for table, entity in (("energy_contract", "contract"), ("energy_invoice", "invoice"), ("energy_visit", "visit")):
        checked = environment.dm("check", f"utility/{table}.parquet", "--entity", f"energy.{entity}")
        assert " hold in " in checked
    assert "acme.reminder" in environment.dm("list-messages") and "wrong_total" in environment.dm(
        "describe", "acme.invoic"
    )
    asked = ("generate", "--message", "acme.invoic", "--seed", "demo", "--locale", "DE", "--count", "40")
    environment.dm(*asked, "--output", "invoices.edi", "--break", "missing=2", "--break", "wrong_total=3")
    key = (environment.folder / "invoices.edi.answers.csv").read_text(encoding="utf-8")
    assert key.count(",wrong_total,") == 3 and key.count(",missing,") == 2
    environment.dm(
        "generate", "--message", "acme.reminder", "--seed", "demo", "--locale", "DE", "-n", "5", "-o", "reminders"
    )
    assert len(list((environment.folder / "reminders").glob("*.xml"))) == 5
    messages = ("--messages", "acme.invoic,acme.reminder")
    environment.dm("world", "energy.invoice_line=200", "--seed", "demo", "--locale", "FR", "-o", "bills", *messages)
    for written in ("invoices.edi", "reminders", "bills"):
        assert "byte-identical" in environment.dm("verify", written)
    refused = environment.run("dm", *asked[:-3], "US", code=2)
    assert "acme.invoic is no message of US" in refused.stderr
    environment.run("python", "-m", "pytest", "-q", "-p", "no:cacheprovider", ENERGY / "tests")
    environment.pip("--quiet", "uninstall", "--yes", "acme-energy")
    assert "energy" not in environment.packs()


def test_its_types_are_accepted_as_strictly_as_they_can_be(tmp_path: Path) -> None:
    pytest.importorskip("mypy", reason="no mypy here")
    mypy = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--cache-dir", str(tmp_path), "src"]
    done = subprocess.run(mypy, cwd=ENERGY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def takes_related_tables(environment: Environment) -> None:
    """A place that the pack brings is found by URL and by ending; of one that is not there is told what installs it."""
    world = ("world", "logistics.shipment=20", "--seed", "demo")
    environment.dm(*world, "--output", "shipments.bundle")
    environment.dm(*world, "--output", "bundle:///again.bundle", "--format-option", "header=true")
    written = environment.folder / "shipments.bundle"
    assert environment.folder.joinpath("again.bundle").read_bytes() == written.read_bytes()
    with zipfile.ZipFile(written) as archive:
        assert len(archive.read("logistics_shipment.csv").splitlines()) == 21
    environment.dm("verify", "shipments.bundle")
    missing = environment.run("dm", *world, "--output", "shipments.duckdb", code=2).stderr
    assert 'pip install "datamimic-databases[duckdb]"' in missing


def hears_of_every_run(environment: Environment, heard: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pack hears of what was written, where and by which manifest; and where it cannot write that down, it is a warning."""
    generate = ("generate", "common.city", "--seed", "heard", "--count", "7")
    monkeypatch.setenv("ACME_RUNS", str(heard))
    printed = environment.dm(*generate)
    environment.dm(*generate, "--output", "cities.csv")
    environment.dm("world", "logistics.shipment=3", "--seed", "heard", "--output", "heard")
    environment.run("dm", *generate, "--output", "nowhere/cities.csv", code=2)
    stream, file, folder = map(json.loads, heard.read_text(encoding="utf-8").splitlines())
    assert stream == {
        "rows": 7,
        "entities": {"common.city": 7},
        "output": None,
        "manifest": None,
        "seed": "heard",
    }
    cities = environment.folder / "cities.csv"
    assert (file["output"], file["manifest"]) == (str(cities), f"{cities}.manifest.json")
    assert folder["entities"]["logistics.shipment"] == 3 and {"logistics.carrier"} < folder["entities"].keys()
    assert Path(folder["manifest"]) == environment.folder / "heard" / "manifest.json"

    written = cities.read_bytes()
    monkeypatch.setenv("ACME_RUNS", str(heard / "no folder"))
    done = environment.run("dm", *generate, "--output", "cities.csv", "--quiet")
    assert cities.read_bytes() == written
    assert re.match(
        "warning: pack 'logistics': the hook datamimic_run_finished failed: NotADirectoryError", done.stderr
    )
    assert environment.dm(*generate) == printed
    monkeypatch.delenv("ACME_RUNS")


def site(environment: Environment) -> Path:
    program = "import sysconfig; print(sysconfig.get_path('purelib'))"
    return Path(environment.run("python", "-c", program).stdout.strip())
