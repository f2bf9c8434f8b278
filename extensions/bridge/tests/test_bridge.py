"""The tree of modules, entities of one's own, and tables of one's own."""

from __future__ import annotations

import json
import pickle
import random
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest

from datamimic import DatamimicError, World, installed_packs
from datamimic_bridge.domains.domain_core import (
    BaseDomainGenerator,
    BaseDomainService,
    BaseEntity,
    BaseLiteralGenerator,
    PropertyCache,
    property_cache,
)
from datamimic_bridge.domains.exceptions import DomainError
from datamimic_bridge.domains.facade import generate_domain
from datamimic_bridge.domains.utils.dataset_loader import load_weighted_values_try_dataset, pick_one_weighted
from datamimic_bridge.domains.utils.dataset_path import dataset_path
from datamimic_bridge.domains.utils.supported_datasets import compute_supported_datasets
from datamimic_bridge.utils.file_util import FileUtil

# -- the tree ---------------------------------------------------------------------------------------------------------


def test_every_pack_of_the_registry_is_a_domain() -> None:
    from importlib import import_module

    packs = {name.partition(".")[0] for name in installed_packs().entities()}
    assert len(packs) >= 6
    for pack in packs:
        services = import_module(f"datamimic_bridge.domains.{pack}.services")
        models = import_module(f"datamimic_bridge.domains.{pack}.models")
        for name in services.__all__:
            service = getattr(services, name)
            assert issubclass(service, BaseDomainService) and service.__module__ == services.__name__
            model = getattr(models, name.removesuffix("Service"))
            assert issubclass(model, BaseEntity) and name in dir(services)


def test_names_are_the_same_wherever_they_are_imported_from() -> None:
    from datamimic_bridge.domains.common.generators.email_address_generator import EmailAddressGenerator as earlier
    from datamimic_bridge.domains.common.literal_generators import ColorGenerator, EmailAddressGenerator
    from datamimic_bridge.domains.common.literal_generators.color_generators import ColorGenerator as color
    from datamimic_bridge.domains.common.literal_generators.security_generators import HashGenerator, TokenGenerator
    from datamimic_bridge.domains.ecommerce.models import Product
    from datamimic_bridge.domains.ecommerce.models.product import Product as product

    assert earlier is EmailAddressGenerator and color is ColorGenerator and product is Product
    assert HashGenerator(rng=Random(1)).generate() and TokenGenerator(rng=Random(1)).generate()
    assert isinstance(EmailAddressGenerator(), BaseLiteralGenerator)


@pytest.mark.parametrize(
    "module",
    [
        "nowhere.services",
        "common.nothing",
        "common.models.nobody",
        "common.services.person",
        "common.models.person.more",
    ],
)
def test_modules_that_there_are_not_are_not_found(module: str) -> None:
    from importlib import import_module

    with pytest.raises(ModuleNotFoundError) as error:
        import_module(f"datamimic_bridge.domains.{module}")
    if module.startswith("nowhere"):
        assert "pip install datamimic-pack-nowhere" in str(error.value)


def test_names_that_there_are_not_are_not_imported() -> None:
    with pytest.raises(ImportError, match="NobodyService"):
        exec("from datamimic_bridge.domains.common.services import NobodyService")


def test_what_services_make_is_what_the_world_has() -> None:
    from datamimic_bridge.domains.common.services import PersonService

    service = PersonService(dataset="DE", seed="bridge")
    assert service.generate_batch(3) == list(World("bridge", "de_DE")["common.person"][0:3])
    assert type(pickle.loads(pickle.dumps(service))) is PersonService
    person = pickle.loads(pickle.dumps(service.generate()))
    assert type(person).from_dict(json.loads(json.dumps(person.to_dict()))) == person


def test_the_moment_that_ages_are_told_for_has_both_names() -> None:
    from datamimic_bridge.domains.healthcare.services import DoctorService

    moment = datetime(2020, 2, 2, tzinfo=UTC)
    one = DoctorService("US", seed=1, reference_now=moment).generate()
    assert one == DoctorService("US", seed=1, clock=moment).generate() != DoctorService("US", seed=1).generate()
    with pytest.raises(DatamimicError, match="reference_now"):
        DoctorService("US", reference_now=moment, clock=moment)


def test_a_model_is_made_of_its_generator_only() -> None:
    from datamimic_bridge.domains.ecommerce.generators import OrderGenerator, ProductGenerator
    from datamimic_bridge.domains.ecommerce.models import Order, Product

    generator = ProductGenerator(dataset="US", rng=Random(42), min_price=5.0, max_price=50.0)
    assert generator.dataset == "US" and generator.rng
    products = [Product(generator) for _ in range(20)]
    assert len({each.product_id for each in products}) == 20 and all(5 <= each.price <= 50 for each in products)
    assert Product.from_dict(products[0].to_dict()) == products[0] and not isinstance(products[0], Order)
    for wrong in (OrderGenerator(), None, Random(1)):
        with pytest.raises(DatamimicError, match="Product is made of"):
            Product(wrong)


def test_values_outside_move_nothing() -> None:
    from datamimic_bridge.domains.healthcare.services import PatientService

    first = PatientService(dataset="US", rng=Random(99)).generate_batch(count=5)
    random.seed(0)
    assert first == PatientService(dataset="US", rng=Random(99)).generate_batch(count=5)


def test_requests_and_their_errors() -> None:
    request = {
        "domain": "person",
        "version": "v1",
        "count": 2,
        "seed": 1,
        "locale": "en_US",
        "clock": "2025-01-01T00:00:00Z",
    }
    assert len(generate_domain(request)["items"]) == 2
    with pytest.raises(DomainError) as error:
        generate_domain({**request, "domain": "persons"})
    assert error.value.to_dict()["code"] and error.value.hint


# -- entities of one's own --------------------------------------------------------------------------------------------


class Levels(BaseLiteralGenerator):
    def generate(self) -> str:
        return self.rng.choice(["low", "high"])


class MachineGenerator(BaseDomainGenerator):
    def __init__(self, dataset: str = "US", rng: Random | None = None) -> None:
        super().__init__(dataset, rng)
        self.levels = Levels(rng=self.rng)


class Machine(BaseEntity):
    def __init__(self, generator: MachineGenerator) -> None:
        super().__init__(generator)
        self.made_by = generator

    @property
    @property_cache
    def level(self) -> str:
        return self.made_by.levels.generate()

    @property
    @property_cache
    def number(self) -> int:
        return self.made_by.rng.randint(0, 10**9)

    def to_dict(self) -> dict[str, Any]:
        return {"number": self.number, "level": self.level, "country": self.made_by.dataset}


class MachineService(BaseDomainService[Machine]):
    def __init__(self, dataset: str = "US", rng: Random | None = None) -> None:
        super().__init__(MachineGenerator(dataset, rng), Machine)


def test_an_entity_with_generator_and_service_of_ones_own() -> None:
    one, again = MachineService("de", Random(5)), MachineService("de", Random(5))
    batch = one.generate_batch(count=4)
    assert [each.to_dict() for each in batch] == [again.generate().to_dict() for _ in range(4)]
    assert len({each.number for each in batch}) == 4 and batch[0].to_dict()["country"] == "DE"
    with pytest.raises(DatamimicError, match="count"):
        one.generate_batch(-1)


def test_properties_are_computed_once_until_they_are_forgotten() -> None:
    machine = MachineService(rng=Random(1)).generate()
    cache = machine.field_cache
    assert isinstance(cache, PropertyCache)
    first = machine.number
    assert machine.number == first and (cache.misses, cache.hits) == (1, 1) and dict(cache) == {"number": first}
    cache.reset()
    assert machine.number != first and (cache.misses, cache.hits) == (2, 1)


def test_bases_need_what_they_say() -> None:
    for base in (BaseEntity, BaseLiteralGenerator):
        with pytest.raises(TypeError, match="abstract"):
            base()


# -- tables of one's own ----------------------------------------------------------------------------------------------


@pytest.fixture
def start(tmp_path: Path) -> Path:
    folder = tmp_path / "domain_data" / "shop" / "order"
    folder.mkdir(parents=True)
    (folder / "coupons_US.csv").write_text("SAVE,3\nA,B,1\nFREE\n")
    (folder / "coupons_DE.csv").write_text("\ufeffSPAR,1\n")
    (folder / "nouns_toys_US.csv").write_text("Ball,1\n")
    (folder / "nouns_general_US.csv").write_text("Thing,2\n")
    (folder / "codes_US.csv").write_text("code,weight\nx,0\ny,4\n")
    (folder / "codes_VN.csv").write_text("code,weight\nx,1\n")
    (folder / "broken_US.csv").write_text("a,1\nb,many\n")
    code = tmp_path / "app" / "generators"
    code.mkdir(parents=True)
    return code / "order.py"


def test_weighted_tables_of_a_country(start: Path) -> None:
    assert load_weighted_values_try_dataset("shop", "order", "coupons.csv", dataset="us", start=start) == (
        ["SAVE", "A,B", "FREE"],
        [0.6, 0.2, 0.2],
    )
    assert load_weighted_values_try_dataset("shop", "order", "coupons.csv", dataset="DE", start=start) == (
        ["SPAR"],
        [1.0],
    )
    assert load_weighted_values_try_dataset("shop", "order", "codes.csv", start=start) == (["x", "y"], [0.0, 4.0])
    with pytest.raises(ValueError, match="many"):
        load_weighted_values_try_dataset("shop", "order", "broken.csv", start=start)


def test_a_country_without_a_table_has_that_of_the_united_states_unless_told_otherwise(
    start: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.warns(UserWarning, match="coupons_VN.csv is missing: coupons_US.csv"):
        values, _ = load_weighted_values_try_dataset("shop", "order", "coupons.csv", dataset="VN", start=start)
    assert values[0] == "SAVE"
    monkeypatch.setenv("DATAMIMIC_STRICT_DATASET", "1")
    with pytest.raises(FileNotFoundError, match="coupons_VN.csv"):
        load_weighted_values_try_dataset("shop", "order", "coupons.csv", dataset="VN", start=start)


def test_a_category_without_a_table_has_the_general_one(start: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_weighted_values_try_dataset("shop", "order", "nouns_toys.csv", start=start)[0] == ["Ball"]
    assert load_weighted_values_try_dataset("shop", "order", "nouns_cars.csv", start=start)[0] == ["Thing"]
    monkeypatch.setenv("DATAMIMIC_STRICT_DATASET", "1")
    with pytest.raises(FileNotFoundError, match="nouns_cars_US.csv"):
        load_weighted_values_try_dataset("shop", "order", "nouns_cars.csv", start=start)


def test_tables_of_packs(start: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = dataset_path("ecommerce", "product_categories_DE.csv", start=start)
    header, rows = FileUtil.read_csv_to_dict_of_tuples_with_header(path, ",")
    assert path.is_file() and {"category", "weight"} <= header.keys() and len(rows) > 5
    values, weights = load_weighted_values_try_dataset(
        "ecommerce", "order", "coupon_prefixes.csv", dataset="DE", start=start
    )
    assert "WILLKOMMEN" in values and len(values) == len(weights)
    of_tablets, _ = load_weighted_values_try_dataset(
        "ecommerce", "product_nouns_tablets.csv", dataset="US", start=start
    )
    of_any, _ = load_weighted_values_try_dataset("ecommerce", "product_nouns_nothing.csv", dataset="US", start=start)
    assert set(of_tablets) < set(of_any)
    monkeypatch.setenv("DATAMIMIC_STRICT_DATASET", "1")
    with pytest.raises(FileNotFoundError, match="product_nouns_nothing_US.csv"):
        load_weighted_values_try_dataset("ecommerce", "product_nouns_nothing.csv", dataset="US", start=start)


def test_tables_lie_where_the_environment_says(start: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "shop").mkdir(parents=True)
    (elsewhere / "shop" / "a_US.csv").write_text("A,1\n")
    monkeypatch.setenv("DATAMIMIC_DOMAIN_DATA", str(elsewhere))
    assert load_weighted_values_try_dataset("shop", "a.csv", start=start) == (["A"], [1.0])
    assert dataset_path("shop", "nothing.csv", start=start) == elsewhere / "shop" / "nothing.csv"


def test_countries_that_have_every_table(start: Path) -> None:
    assert compute_supported_datasets(["shop/order/coupons_{CC}.csv"], start=start) == {"US", "DE"}
    assert compute_supported_datasets(["shop/order/coupons_{CC}.csv", "shop/order/codes.csv"], start=start) == {"US"}
    assert (
        compute_supported_datasets([], start=start)
        == compute_supported_datasets(["shop/no_{CC}.csv"], start=start)
        == set()
    )
    assert {"US", "DE", "VN"} <= compute_supported_datasets(["ecommerce/product_categories_{CC}.csv"], start=start)


def test_picks_are_as_frequent_as_their_weights() -> None:
    rng = Random(1)
    found = Counter(pick_one_weighted(rng, ["a", "b", "c"], [1, 0, 3]) for _ in range(4_000))
    assert found["b"] == 0 and 0.7 < found["c"] / 4_000 < 0.8
    assert [pick_one_weighted(Random(4), "xyz", [1, 1, 1]) for _ in range(3)] == [
        pick_one_weighted(Random(4), "xyz", [1, 1, 1])
    ] * 3


def test_files(tmp_path: Path) -> None:
    table, empty = tmp_path / "t.csv", tmp_path / "e.csv"
    table.write_text("name; weight\nA;2\n\nB;3\n")
    empty.write_text("")
    assert FileUtil.read_csv_to_dict_list(table, ";") == [{"name": "A", "weight": "2"}, {"name": "B", "weight": "3"}]
    assert FileUtil.read_csv_having_weight_column(table, "weight", ";") == ([2.0, 3.0], [{"name": "A"}, {"name": "B"}])
    assert FileUtil.read_csv_to_dict_list(empty) == []
    with pytest.raises(ValueError, match="no column mass"):
        FileUtil.read_csv_having_weight_column(table, "mass", ";")
    with pytest.raises(ValueError, match="no header"):
        FileUtil.read_csv_to_dict_of_tuples_with_header(empty)
    with pytest.raises(FileNotFoundError):
        FileUtil.read_csv_to_dict_list(tmp_path / "nothing.csv")
    (tmp_path / "a.json").write_text('[{"a": 1}]')
    assert FileUtil.read_json_to_list(tmp_path / "a.json") == [{"a": 1}]
    with pytest.raises(ValueError, match="no object"):
        FileUtil.read_json_to_dict(tmp_path / "a.json")


def test_importing_it_imports_no_pack() -> None:
    code = (
        "import sys, datamimic_bridge.domains.domain_core, datamimic_bridge.domains.facade\n"
        "assert not [m for m in sys.modules if m.startswith('datamimic_pack_')], 'a pack'\n"
        "import datamimic_bridge.domains.healthcare.services as s\n"
        "assert 'datamimic_pack_finance.entities' not in sys.modules\n"
        "s.PatientService"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
