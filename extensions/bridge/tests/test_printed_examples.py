"""Every printed Python example runs when the first word of its import lines changes."""

from __future__ import annotations

import importlib.util
import inspect
import re
import sys
import unittest
from pathlib import Path
from random import Random
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

HERE = Path(__file__).parent
_spec = importlib.util.spec_from_file_location("printed_by_the_described_product", HERE / "printed.py")
assert _spec is not None and _spec.loader is not None
documents = importlib.util.module_from_spec(_spec)
sys.modules[_spec.name] = documents
_spec.loader.exec_module(documents)

pytestmark = pytest.mark.skipif(documents.SHARED is None, reason="the documents are not beside the checkout")


class TransactionProcessor:
    """What an example imports from `my_application`."""

    def process_transactions(self, account: Any, transactions: list[Any]) -> Any:
        return SimpleNamespace(processed=[*transactions], error_count=0 if account.currency else 1)


class Fake:
    """What an example shows as the way not to go."""

    def name(self) -> str:
        return "Jane Doe"

    def random_int(self, low: int, high: int) -> int:
        return low + high

    def word(self) -> str:
        return "word"


@pytest.mark.parametrize("example", documents.printed("python"), ids=lambda example: example.name)
def test_it_runs(example: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    application = ModuleType("my_application.transaction_processor")
    vars(application)["TransactionProcessor"] = TransactionProcessor
    monkeypatch.setitem(sys.modules, "my_application", ModuleType("my_application"))
    monkeypatch.setitem(sys.modules, application.__name__, application)
    assert "datamimic_ce" not in example.moved_over.replace("utils.dataset_loader`", "")
    # What examples take for given: the generator that they are cut out of, an import of another example.
    namespace: dict[str, Any] = {
        "__name__": "example",
        "__file__": str(HERE / "example.py"),
        "self": SimpleNamespace(_dataset="US", _rng=Random(7)),
        "Path": Path,
        "Random": Random,
        "category": "tablets",
        "fake": Fake(),
    }
    if "pick_one_weighted" not in example.body and "load_weighted_values" in example.body:
        from datamimic_bridge.domains.utils.dataset_loader import load_weighted_values_try_dataset

        namespace["load_weighted_values_try_dataset"] = load_weighted_values_try_dataset
    exec(compile(example.moved_over, example.name, "exec"), namespace)
    for case in [each for each in namespace.values() if isinstance(each, type) and issubclass(each, unittest.TestCase)]:
        result = unittest.TestResult()
        unittest.defaultTestLoader.loadTestsFromTestCase(case).run(result)
        assert result.testsRun == 1 and result.wasSuccessful(), result.errors + result.failures
    if "print(" in example.body:
        assert capsys.readouterr().out.strip()


@pytest.mark.parametrize("example", documents.printed("xml"), ids=lambda example: example.name)
def test_models_run(example: Any, tmp_path: Path) -> None:
    pytest.importorskip("datamimic_models.xml")
    from datamimic_bridge.data_mimic_test import DataMimicTest

    # Conditions of doctors, whom nobody chooses by what somebody suffers from, are left out and told.
    (tmp_path / "datamimic.xml").write_text(example.body, encoding="utf-8")
    engine = DataMimicTest(tmp_path, "datamimic.xml", capture_test_result=True)
    engine.test_with_timer()
    (records,) = engine.capture_result().values()
    assert len(records) == 3 and all(record["full_name"] and 30 <= record["age"] <= 75 for record in records)


def test_there_are_as_many_as_are_printed() -> None:
    assert len(documents.printed("python")) == 18 and len(documents.printed("xml")) == 2


def test_examples_say_what_they_should() -> None:
    examples = {each.name: each for each in documents.printed("python")}
    ran: dict[str, dict[str, Any]] = {}
    for name, example in examples.items():
        if any(
            word in example.body for word in ("DemographicConfig", "prod = Product(gen)", "generate_domain(request)")
        ):
            namespace: dict[str, Any] = {"__name__": "example"}
            exec(compile(example.moved_over, name, "exec"), namespace)
            ran[name] = namespace
    assert len(ran) == 3
    merged = {key: value for namespace in ran.values() for key, value in namespace.items()}
    assert 70 <= merged["svc"].generate().age <= 75
    assert merged["prod"].sku and isinstance(merged["prod"], merged["Product"])
    assert merged["response"]["items"][0]["id"]


CONSTRUCTED = documents.table("ENTITIES.md", "## Entities of the described product") if documents.SHARED else []
ARGUMENTS: dict[str, Any] = {
    "dataset": "US",
    "min_age": 20,
    "max_age": 60,
    "female_quota": 0.5,
    "other_gender_quota": 0.0,
    "noble_quota": 0.001,
    "academic_title_quota": 0.5,
    "min_price": 1.0,
    "max_price": 500.0,
    "rng": Random(3),
}


@pytest.mark.parametrize("row", CONSTRUCTED, ids=lambda row: row[1].strip("*"))
def test_entities_have_the_services_datasets_and_attributes_of_the_table(row: list[str]) -> None:
    from datetime import UTC, datetime
    from importlib import import_module

    domain, entity, constructor, datasets, attributes = row[0], row[1].strip("*"), row[2], row[3], " | ".join(row[4:])
    from datamimic_bridge.domains.common.models import DemographicConfig

    given = {name.split(":")[0].split("=")[0].strip(" ?`()") for name in constructor.split(", ")}
    known = {
        **ARGUMENTS,
        "demographic_config": DemographicConfig(age_min=30, age_max=40),
        "reference_now": datetime(2024, 5, 1, tzinfo=UTC),
    }
    service = getattr(import_module(f"datamimic_bridge.domains.{domain}.services"), f"{entity}Service")
    arguments = {name: known[name] for name in given if name in known}
    assert given - known.keys() <= {"demographic_sampler"}, given
    if "demographic_config" in given:
        arguments = {name: value for name, value in arguments.items() if not name.endswith("_age")}
    if entity == "MedicalDevice":
        # Refused, not dropped: nothing of a device follows from the age of people.
        del arguments["demographic_config"]
    made = service(**arguments).generate()
    snake = "".join(f"_{c.lower()}" if c.isupper() else c for c in entity).lstrip("_")
    models = import_module(f"datamimic_bridge.domains.{domain}.models.{snake}")
    assert isinstance(made, getattr(models, entity))
    assert (
        getattr(import_module(f"datamimic_bridge.domains.{domain}.services.{snake}_service"), f"{entity}Service")
        is service
    )
    supported = set(service.supported_datasets())
    if entity != "Person":  # of its 31 countries, ten have every table here
        assert set(datasets.split(":")[1].split()) <= supported, datasets
    assert len(supported & set(datasets.split(":")[1].split())) >= min(10, int(datasets.split(":")[0]))
    # What is reachable there without being shown, and holds the rows of tables, is not here.
    listed = [each.split(":")[0].strip(" `") for each in attributes.split(", ")]
    shown = [each for each in listed if not re.fullmatch(r"~(\w+_data|dataset)", each)]
    assert not [name for name in (each.strip("~") for each in shown) if name.isidentifier() and not hasattr(made, name)]
    generator = getattr(
        import_module(f"datamimic_bridge.domains.{domain}.generators.{snake}_generator"), f"{entity}Generator"
    )
    arguments["rng"] = Random(11)
    first = getattr(models, entity)(generator(**arguments))
    arguments["rng"] = Random(11)
    assert first == service(**arguments).generate()


GENERATORS = documents.table("own-tables.md", "## 2. Literal generators") if documents.SHARED else []


@pytest.mark.parametrize("row", GENERATORS, ids=lambda row: row[0])
def test_literal_generators_are_there_by_name_with_the_parameters_of_the_table(row: list[str]) -> None:
    from datamimic import installed_packs

    names = [f"{name}Generator" for name in re.findall(r"(\w+)Generator", row[0])]
    if names == ["SequenceTableGenerator"]:
        pytest.skip("numbers of a sequence of a database: of the XML language, which has the database")
    listed = re.sub(r"\([^)]*\)", "", row[1].split("(engine")[0]).split(",")
    parameters = {found[0] for each in listed if (found := re.findall(r"^\s*([a-z_/]+)", each))}
    if "hour/minute/second/month/weekday/dom_weights" in row[1]:
        parameters = {each for each in parameters if "/" not in each} | {
            f"{each}_weights" for each in ("hour", "minute", "second", "month", "weekday", "dom")
        }
    if "include_special/numbers/uppercase" in row[1]:
        parameters = {each for each in parameters if "/" not in each} | {
            f"include_{each}" for each in ("special", "numbers", "uppercase")
        }
    for name in names:
        cls = installed_packs().generator(name)
        signature = inspect.signature(cls).parameters
        assert {each for each in parameters if each not in ("kw", "args")} <= signature.keys(), name
        assert "rng" in signature
