"""Steps and quantiles: the guide table finds what a bisection finds, and interpolation never leaves its ends."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from datamimic.tables.quantiles import EvenQuantiles, Quantiles
from datamimic.tables.steps import Steps

POSITIVE = st.floats(0, 1e300, allow_subnormal=True)
NUMBERS = st.floats(-1e12, 1e12)


@given(st.lists(POSITIVE, min_size=1, max_size=60), st.lists(POSITIVE, max_size=30), st.data())
def test_steps_are_found_as_a_bisection_finds_them(ends: list[float], values: list[float], data: st.DataObject) -> None:
    ascending = np.array(sorted(ends))
    edges = data.draw(st.lists(st.sampled_from(ends), max_size=10))
    near = [np.nextafter(edge, side) for edge in edges for side in (0.0, np.inf)]
    asked = np.array([*values, *edges, *near])
    assert Steps(ascending).after(asked).tolist() == np.searchsorted(ascending, asked, side="right").tolist()


@given(st.lists(st.tuples(st.floats(0.001, 1), st.floats(0, 1e9)), min_size=1, max_size=20), NUMBERS, st.data())
def test_quantiles_ascend_between_their_ends_and_meet_the_table(
    steps: list[tuple[float, float]], lowest: float, data: st.DataObject
) -> None:
    widths = np.cumsum([width for width, _ in steps])
    probabilities = [0.0, *(widths / widths[-1]).tolist()]
    values = [lowest, *(lowest + np.cumsum([rise for _, rise in steps])).tolist()]
    table = Quantiles.build(probabilities, values)
    uniform = np.array(sorted(data.draw(st.lists(st.floats(0, 1, exclude_max=True), max_size=20))))
    found = table.at(uniform)
    slack = 1e-9 * max(1.0, *map(abs, values))
    assert (np.diff(found) >= -slack).all()
    assert ((found >= values[0] - slack) & (found <= values[-1] + slack)).all()
    assert table.at(np.array(probabilities[:-1])).tolist() == values[:-1]


@given(st.lists(NUMBERS, min_size=2, max_size=30).map(sorted), st.lists(st.floats(0, 1, exclude_max=True), max_size=20))
def test_even_quantiles_are_those_of_a_table_with_even_probabilities(values: list[float], uniform: list[float]) -> None:
    asked = np.array(uniform)
    probabilities = np.linspace(0, 1, len(values))
    expected = np.interp(asked, probabilities, values)
    span = max(1.0, *map(abs, values))
    assert np.allclose(EvenQuantiles(np.array(values)).at(asked), expected, rtol=0, atol=1e-9 * span)
