"""Differential privacy: noise as theory has it, neighbours that cannot be told apart, and a ledger that sums.

The noise has no seed. Bounds hold for any draw but one in a billion (Dvoretzky, Kiefer and Wolfowitz; Hoeffding).
"""

from __future__ import annotations

import math
import sys
from fractions import Fraction

import numpy as np
import pytest
from numpy.typing import NDArray

from datamimic import DatamimicError
from datamimic_learning.privacy.noise import mechanisms
from datamimic_learning.privacy.noise.ledger import Ledger
from datamimic_learning.privacy.noise.scores import SENSITIVITY, association
from datamimic_learning.privacy.noise.statistics import NoisedStatistics

pytest.importorskip("opendp", reason="the extra [privacy] is not installed")

ODDS = 1e-9
DRAWS = 20_000


def statistics(epsilon: float = 1.0, delta: float = 0.0, rows_per_person: int = 1) -> NoisedStatistics:
    return NoisedStatistics(Ledger.opened(epsilon, delta), rows_per_person)


def discrete_laplace(places: NDArray[np.int64], scale: float) -> NDArray[np.float64]:
    """The distribution function."""
    ratio = math.exp(-1 / scale)
    below = ratio ** -places.astype(float) / (1 + ratio)
    above = 1 - ratio ** (places.astype(float) + 1) / (1 + ratio)
    return np.where(places < 0, below, above)


@pytest.mark.parametrize(("epsilon", "sensitivity"), [(Fraction(1), 1), (Fraction(1, 2), 3)])
def test_noise_of_counts_is_the_discrete_laplace_distribution(epsilon: Fraction, sensitivity: int) -> None:
    noise = mechanisms.noisy_counts(np.zeros(DRAWS, dtype=np.int64), epsilon, sensitivity)
    places = np.arange(-40, 41)
    found = np.searchsorted(np.sort(noise), places, side="right") / DRAWS
    off = np.abs(found - discrete_laplace(places, sensitivity / float(epsilon))).max()
    assert off < math.sqrt(math.log(2 / ODDS) / (2 * DRAWS))
    wrong = np.abs(found - discrete_laplace(places, 2 * sensitivity / float(epsilon))).max()
    assert wrong > 2 * off, "a scale twice as large would be seen"


def test_neighbours_are_told_apart_by_at_most_e_to_the_epsilon() -> None:
    """And by more than e to half of it, so that the budget is used."""
    epsilon = Fraction(1)
    released = [mechanisms.noisy_counts(np.full(DRAWS, rows, dtype=np.int64), epsilon) for rows in (50, 51)]
    slack = math.sqrt(math.log(2 * 40 / ODDS) / (2 * DRAWS))
    ratios = []
    for cut in range(45, 57):
        for one, other in (released, released[::-1]):
            for events in ((one <= cut, other <= cut), (one > cut, other > cut)):
                probable, least = map(np.mean, events)
                assert probable - slack <= math.exp(epsilon) * (least + slack)
                if least > 0.1:
                    ratios.append(probable / least)
    assert max(ratios) > math.exp(epsilon / 2)


def test_a_value_that_one_person_has_stays_away_and_frequent_values_come_out() -> None:
    epsilon, delta = Fraction(1), Fraction(1, 10**9)
    threshold = mechanisms.threshold_of(epsilon, delta)
    scale = 1.0
    assert 1 + scale * math.log(1 / (2 * float(delta))) - 1 <= threshold <= 1 + scale * math.log(1 / float(delta)) + 2
    counts = {f"rare {number}": 1 for number in range(50)} | {"common": 1_000, "usual": 200}
    found = statistics(1.0, 1e-9).categories(counts, "city", epsilon, delta)
    assert list(found) == ["common", "usual"]
    assert abs(found["common"] - 1_000) < 40


def test_quantiles_follow_the_rows_and_point_masses_within_the_bounds() -> None:
    values = np.concatenate((np.zeros(2_000), np.linspace(100, 200, 8_000), [np.nan] * 500))
    found = statistics().quantiles(values, (0.0, 256.0), 4, "amount", Fraction(1))
    assert len(found) == 17 and list(found) == sorted(found)
    assert (found[0], found[-1]) == (0.0, 256.0)
    assert found[1] < 1 and found[2] < 1, "a fifth is 0"
    steps = np.arange(4, 16) / 16
    assert np.abs(found[4:16] - (100 + (steps - 0.2) / 0.8 * 100)).max() < 4


def test_bounds_are_powers_of_two_around_the_bulk_and_never_a_value() -> None:
    values = np.concatenate((np.geomspace(3, 900, 5_000), [123_456_789.0]))
    assert statistics().bounds(values, "amount", Fraction(1)) == (2.0, 1024.0)
    low, high = statistics().bounds(-values, "amount", Fraction(1))
    assert (low, high) == (-1024.0, -2.0)
    assert statistics().bounds(np.array([7.0]), "amount", Fraction(1)) == (0.0, 1.0)


def test_the_best_is_chosen_and_the_nearly_best_sometimes() -> None:
    chosen = [statistics().choose([0, 4_000, 10], 2, None, "edge", Fraction(1)) for _ in range(20)]
    assert chosen == [1] * 20
    close = {statistics().choose([100, 101], 2, None, "edge", Fraction(1)) for _ in range(200)}
    assert close == {0, 1}


def test_one_row_moves_the_score_of_association_by_no_more_than_is_said() -> None:
    """Over every cell of tables drawn at random, nearly empty ones among them."""
    rng = np.random.default_rng(7)
    moved = 0
    for size in (1, 3, 30, 400):
        for _ in range(60):
            counts = np.bincount(rng.integers(0, 12, size), minlength=12).reshape(3, 4).astype(np.int64)
            for place in range(12):
                more = counts.copy()
                more.flat[place] += 1
                moved = max(moved, abs(association(more) - association(counts)))
    assert 1 <= moved <= SENSITIVITY
    assert association(np.diag([50, 50]).astype(np.int64)) == 50
    assert association(np.full((2, 2), 25, dtype=np.int64)) == 0


def test_the_ledger_sums_and_refuses_what_is_too_much_before_it_is_computed() -> None:
    noised = statistics(1.0, 1e-6)
    ledger = noised.ledger
    tenth = ledger.part(1, 10)
    noised.row_count(1_000, tenth)
    noised.categories({"a": 500, "b": 500}, "letter", 4 * tenth, Fraction(1e-6))
    noised.counts(np.array([[500, 0], [0, 500]]), "digit", "given letter", 5 * tenth)
    assert ledger.spent == ledger.epsilon and ledger.spent_delta == ledger.delta
    assert ledger.by_column() == {None: 0.1, "letter": 0.4, "digit": 0.5}
    told = ledger.to_dict()
    assert sum(each["epsilon"] for each in told["entries"]) == pytest.approx(told["epsilon"], abs=1e-15)
    assert [each["scale"] for each in told["entries"]] == pytest.approx([10, 2.5, 2])
    with pytest.raises(DatamimicError, match="row count of the table asks for") as refused:
        noised.row_count(1_000, tenth)
    assert refused.value.code == "learning.budget_spent"
    assert len(ledger.entries) == 3


@pytest.mark.parametrize(("epsilon", "delta"), [(0.0, 0.0), (-1.0, 0.0), (math.inf, 0.0), (math.nan, 0.0), (1.0, 1.0)])
def test_what_is_no_budget_is_refused(epsilon: float, delta: float) -> None:
    with pytest.raises(DatamimicError) as refused:
        Ledger.opened(epsilon, delta)
    assert refused.value.code == "learning.bad_budget"


def test_two_private_runs_differ_on_purpose() -> None:
    counts = np.full(50, 1_000, dtype=np.int64)
    one, other = (statistics().counts(counts, "age", "counts", Fraction(1, 10)) for _ in range(2))
    assert not np.array_equal(one, other)


def test_several_rows_of_a_person_cost_as_many_times_the_noise() -> None:
    noised = statistics(1.0, 0.0, rows_per_person=5)
    noised.row_count(100, Fraction(1, 2))
    assert noised.ledger.entries[0].scale == pytest.approx(10)


def test_without_opendp_a_budget_says_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opendp", None)
    monkeypatch.setitem(sys.modules, "opendp.prelude", None)
    mechanisms.opendp.cache_clear()
    with pytest.raises(DatamimicError, match="not installed") as refused:
        statistics().row_count(10, Fraction(1, 2))
    assert refused.value.code == "learning.not_installed" and "[privacy]" in (refused.value.hint or "")
