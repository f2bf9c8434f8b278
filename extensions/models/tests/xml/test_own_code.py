"""Python files of trusted models: classes and functions of their own, and what they import."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from datamimic import DatamimicError
from datamimic_models.xml import run_model

Model = Callable[..., Path]
INNER = """
<execute uri="own.py"/>
<generate name="x" count="3">
  <key name="a" generator="Dice(sides=4)"/>
  <key name="b" script="twice(a)"/>
  <key name="c" constant="ab" converter="Backwards"/>
</generate>"""
OWN = """
import random
{imports}
class Dice:
    def __init__(self, sides): self.sides = sides
    def generate(self): return random.randint(1, self.sides)
class Backwards:
    def convert(self, value): return value[::-1]
def twice(number): return number * 2
"""


def test_random_numbers_of_own_code_are_those_of_the_seed(model: Model) -> None:
    path = model(INNER, own__py=OWN.format(imports=""))
    state = random.getstate()
    first: dict[str, list[dict[str, Any]]] = run_model(path, seed="a", trust=True)
    assert random.getstate() == state
    assert run_model(path, seed="a", trust=True) == first
    assert all(1 <= each["a"] <= 4 and each["b"] == 2 * each["a"] and each["c"] == "ba" for each in first["x"])


@pytest.mark.parametrize(
    ("imports", "told"),
    [
        ("import datamimic_ce.nothing.there", "change that line"),
        ("from nowhere_at_all import x", "pip install nowhere_at_all"),
    ],
)
def test_a_module_that_is_not_there_is_told_with_its_line(model: Model, imports: str, told: str) -> None:
    with pytest.raises(DatamimicError) as caught:
        run_model(model(INNER, own__py=OWN.format(imports=imports)), trust=True)
    error = caught.value
    assert error.code == "models.no_module" and (error.file, error.line) == ("own.py", 3)
    assert error.hint is not None and told in error.hint
    assert not [name for name in sys.modules if name.startswith("datamimic_ce")]
