"""What Faker makes, by rows: the same wherever a row is made, and nothing that looks at the clock of the machine."""

from __future__ import annotations

import copy
import pickle
import random
import sys
from random import Random
from typing import Any

import numpy as np
import pytest

from datamimic import DatamimicError, Registry, World, entity, field, installed_packs
from datamimic_pack_common import DataFakerGenerator

faker = pytest.importorskip("faker")


def test_values_are_those_of_rows() -> None:
    batch = DataFakerGenerator("catch_phrase", rng=Random(3)).generate_batch(40)
    one_by_one = DataFakerGenerator("catch_phrase", rng=Random(3))
    random.seed(1)
    faker.Faker.seed(2)
    assert [one_by_one.generate() for _ in range(40)] == batch and len(set(batch)) > 35


def test_any_slice_of_a_field_is_the_same() -> None:
    @entity("slogan")
    class Slogan:
        """A slogan."""

        text: str = field(DataFakerGenerator("bs"), doc="what it says")
        number: int = field(DataFakerGenerator("random_int", min=5, max=9), doc="a number")

    rows = World("faker", packs=installed_packs())[Slogan]
    whole = rows[0:30].to_arrow().to_pylist()
    assert rows[11:17].to_arrow().to_pylist() == whole[11:17]
    assert rows.gather(np.array([29, 3])).to_pylist() == [whole[29], whole[3]]
    assert {row["number"] for row in whole} <= {5, 6, 7, 8, 9}


@pytest.mark.parametrize(
    ("method", "kind", "named"),
    [
        ("catch_phrase", str, {}),
        ("random_int", int, {"min": 1, "max": 3}),
        ("pyfloat", float, {}),
        ("pybool", bool, {}),
        ("pydecimal", str, {}),
        ("pylist", str, {}),
        ("binary", bytes, {"length": 4}),
        ("timezone", str, {}),
    ],
)
def test_kinds_of_values(method: str, kind: type, named: dict[str, Any]) -> None:
    values = DataFakerGenerator(method, seed=1, **named).generate_batch(20)
    assert {type(value) for value in values} == {kind}


def test_locale_arguments_copies() -> None:
    german = DataFakerGenerator("city", "de_DE", seed=1)
    values = copy.deepcopy(german).generate_batch(5)
    assert values == pickle.loads(pickle.dumps(german)).generate_batch(5) == german.generate_batch(5)
    assert values != DataFakerGenerator("city", "en_US", seed=1).generate_batch(5)
    assert DataFakerGenerator("numerify", "en_US", "A-##", seed=1).generate().startswith("A-")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("nam",), "unknown_generator"),
        (("__init__",), "unknown_generator"),
        (("seed_instance",), "unknown_generator"),
        (("date_of_birth",), "invalid_option"),
        (("date_time",), "invalid_option"),
        (("profile",), "invalid_option"),
        (("name", "xx_YY"), "invalid_option"),
        (("random_int", "en_US", "a"), "invalid_option"),
    ],
)
def test_what_cannot_be_is_refused(arguments: tuple[Any, ...], code: str) -> None:
    with pytest.raises(DatamimicError) as error:
        DataFakerGenerator(*arguments)
    assert error.value.code == code


def test_it_is_known_by_name_and_says_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Registry.from_entry_points().generator("DataFakerGenerator") is DataFakerGenerator
    monkeypatch.setitem(sys.modules, "faker", None)
    with pytest.raises(DatamimicError) as error:
        DataFakerGenerator("name")
    assert error.value.code == "missing_dependency" and "datamimic-pack-common[faker]" in str(error.value.hint)
