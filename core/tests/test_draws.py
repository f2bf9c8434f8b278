"""Draws: uniform, independent between streams, exact where they claim it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from datamimic.draws.draw import Draw, hash_rows, stream_key
from datamimic.draws.permutation import Permutation
from datamimic.errors import DatamimicError, DefinitionError
from datamimic.tables.quantiles import Quantiles, normal_quantiles
from datamimic.tables.table import Table
from datamimic.tables.weighted import Alias, apportion

ROWS = np.arange(1 << 18, dtype=np.int64)


def bits(*address: str) -> np.ndarray:
    return hash_rows(stream_key(*address), ROWS)


def test_hash_is_fixed_forever() -> None:
    assert hash_rows(stream_key("seed", "entity", "field"), np.array([0, 1, 2**40])).tolist() == HASHES


HASHES = [14914431275497855281, 5402575933051696389, 11608350081654999912]


def test_every_bit_is_fair_and_flips_with_every_bit_of_the_row() -> None:
    words = bits("a", "b")
    for bit in range(64):
        share = float(((words >> np.uint64(bit)) & np.uint64(1)).mean())
        assert abs(share - 0.5) < 5 * 0.5 / len(ROWS) ** 0.5
    few = ROWS[:4096]
    for flipped in range(0, 40, 3):
        changed = hash_rows(stream_key("a", "b"), few) ^ hash_rows(stream_key("a", "b"), few ^ (1 << flipped))
        shares = [float(((changed >> np.uint64(bit)) & np.uint64(1)).mean()) for bit in range(64)]
        assert min(shares) > 0.44 and max(shares) < 0.56


@pytest.mark.parametrize("shift", [0, 1, 2, 17, 4096])
@pytest.mark.parametrize("pair", [("a", "b"), ("given_name", "family_name"), ("x", "x2")])
def test_two_streams_are_independent_also_when_shifted(pair: tuple[str, str], shift: int) -> None:
    one, two = bits(pair[0]), bits(pair[1])
    if shift:
        one, two = one[shift:], two[:-shift]
    assert not np.any(one == two)
    cells = np.bincount(((one >> np.uint64(59)) * 32 + (two >> np.uint64(59))).astype(np.int64), minlength=1024)
    expected = len(one) / 1024
    chi2 = float(((cells - expected) ** 2 / expected).sum())
    assert 1023 - 5 * (2 * 1023) ** 0.5 < chi2 < 1023 + 5 * (2 * 1023) ** 0.5


def test_address_parts_are_framed() -> None:
    assert stream_key("ab", "c") != stream_key("a", "bc") != stream_key("abc")


def test_integers_include_both_ends_and_nothing_else() -> None:
    drawn = Draw(("s", "e", "f"), ROWS[:10_000]).integers(-2, 2)
    assert sorted(set(drawn.tolist())) == [-2, -1, 0, 1, 2]
    wide = Draw(("s", "e", "f"), ROWS[:1000]).integers(-(2**61), 2**61)
    assert wide.min() < -(2**60) and wide.max() > 2**60
    ends = np.where(ROWS[:1000] % 2, 2**61, 5)
    mixed = Draw(("s", "e", "f"), ROWS[:1000]).integers(0, ends)
    assert mixed[::2].tolist() == Draw(("s", "e", "f"), ROWS[:1000:2]).integers(0, 5).tolist()


def test_a_label_cannot_be_used_twice_and_a_range_not_be_empty() -> None:
    draw = Draw(("s", "US", "entity", "field"), ROWS[:5])
    draw.uniform("x")
    with pytest.raises(DefinitionError, match="entity.field.*'x'") as error:
        draw.chance(0.5, "x")
    assert error.value.code == "duplicate_draw"
    with pytest.raises(DefinitionError) as error:
        draw.integers(3, 2, "y")
    assert error.value.code == "empty_range"


def test_an_item_keeps_its_draw_when_its_list_grows() -> None:
    short = Draw(("s", "e", "f"), ROWS[:3]).items(np.array([1, 0, 2])).integers(0, 10**9)
    long = Draw(("s", "e", "f"), ROWS[:3]).items(np.array([3, 1, 2])).integers(0, 10**9)
    assert short.tolist() == [long[0], long[4], long[5]]


@given(st.integers(1, 5000), st.text(max_size=5))
def test_permutations_are_bijections(size: int, key: str) -> None:
    values = np.arange(size)
    permutation = Permutation(size, (key,))
    image = permutation.forward(values)
    assert np.array_equal(np.sort(image), values)
    assert np.array_equal(permutation.inverse(image), values)


@given(st.integers(1, 2**62), st.lists(st.integers(0, 2**62 - 1), max_size=20))
def test_permutations_of_huge_spaces_invert(size: int, values: list[int]) -> None:
    inside = np.array([value % size for value in values], dtype=np.int64)
    permutation = Permutation(size, ("huge",))
    image = permutation.forward(inside)
    assert np.all((image >= 0) & (image < size))
    assert np.array_equal(permutation.inverse(image), inside)


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=50), st.integers(0, 10_000))
def test_apportioned_numbers_sum_and_are_near_their_share(weights: list[float], total: int) -> None:
    if sum(weights) <= 0:
        with pytest.raises(DatamimicError):
            apportion(weights, total)
        return
    shares = apportion(weights, total)
    assert sum(shares) == total
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share - weight / sum(weights) * total) <= 1.0 + 1e-6 * total


def test_alias_draws_follow_the_weights_exactly_enough() -> None:
    weights = [0.5, 3.0, 0.0, 1e-3, 6.0]
    alias = Alias.build([(range(5), weights)])
    drawn = np.bincount(alias.pick(bits("alias")), minlength=5)
    assert drawn[2] == 0
    for count, weight in zip(drawn, weights, strict=True):
        share = weight / sum(weights)
        assert abs(count - share * len(ROWS)) < 5 * (share * (1 - share) * len(ROWS)) ** 0.5 + 1
    # The chance of every row, read from the table itself, is its weight to within 2^-31.
    chance = [0.0] * 5
    for slot in range(5):
        keep = int(alias.threshold[slot]) / 2**32
        own, other = alias.rows[2 * slot : 2 * slot + 2]
        chance[own] += keep / 5
        chance[other] += (1 - keep) / 5
    assert chance == pytest.approx([weight / sum(weights) for weight in weights], abs=2**-31)


def test_normal_quantiles_have_the_moments_of_the_normal() -> None:
    drawn = Draw(("s", "e", "f"), ROWS).normal()
    assert abs(drawn.mean()) < 0.01 and abs(drawn.std() - 1) < 0.01 and abs(drawn).max() <= 4.5
    assert normal_quantiles().at(np.array([0.5]))[0] == 0.0


def test_quantile_tables_interpolate_and_must_ascend() -> None:
    table = Quantiles.build([0, 0.5, 1], [10, 20, 40])
    assert table.at(np.array([0.0, 0.25, 0.5, 0.75])).tolist() == [10, 15, 20, 30]
    for bad in ([0, 1], [3, 2]), ([0.1, 1], [1, 2]), ([0, 0, 1], [1, 2, 3]):
        with pytest.raises(DatamimicError) as error:
            Quantiles.build(*bad)
        assert error.value.code == "bad_quantiles"


def test_grouped_tables_draw_within_the_group_and_name_a_missing_one() -> None:
    text = "gender,age_from,value,weight\nf,0,a,1\nf,18,b,1\nf,18,c,3\nm,0,d,1\n"
    table = Table.parse("t", text, file="t_US.csv")
    from datamimic import Text

    gender = Text.of(["f", "f", "m"])
    rows = Draw(("s", "e", "f"), ROWS[:3]).pick(table.by("gender", "age_from"), gender, np.array([3, 99, 5]))
    assert rows[0] == 0 and rows[1] in (1, 2) and rows[2] == 3
    with pytest.raises(DatamimicError, match="t_US.csv has no rows for gender='m', age_from=20") as error:
        table.by("gender", "age_from").locate(Text.of(["m"]), np.array([20]))
    assert error.value.code == "missing_group"


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("", 1, "bad_table"),
        ("a,a\n1,2\n", 1, "bad_table"),
        ("a,b\n", 2, "bad_table"),
        ("a,b\n1,2\n1\n", 3, "bad_table"),
        ("a,weight\nx,1\ny,heavy\n", 3, "bad_table"),
        ("a,weight\nx,1\ny,-1\n", 3, "bad_weight"),
        ("a,weight\nx,0\ny,0\n", None, "bad_weight"),
        ("a,weight\nx,nan\n", 2, "bad_weight"),
    ],
)
def test_bad_tables_say_where(text: str, line: int | None, code: str) -> None:
    with pytest.raises(DatamimicError) as error:
        Table.parse("bad", text, file="bad_US.csv").pick(bits("x")[:3])
    assert error.value.code == code
    if line is not None:
        assert (error.value.file, error.value.line) == ("bad_US.csv", line)
