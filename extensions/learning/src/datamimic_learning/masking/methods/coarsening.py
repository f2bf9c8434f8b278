"""Values made coarser, or less exact: steps, edges, limits, periods, beginnings, noise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from datamimic_learning.masking.methods.canonical import canonical
from datamimic_learning.masking.methods.days_in_texts import at_midnight
from datamimic_learning.masking.methods.digests import digests
from datamimic_learning.masking.methods.written_dates import Days, Ints, days_of

Floats = NDArray[np.float64]


def numbers_of(values: pa.Array) -> tuple[Floats, Callable[[Floats], pa.Array]] | None:
    """Numbers without nulls as float64, and what makes a column of the type of the values of others; None where a text is no
    number. Numbers in texts are written with as many decimals as each had."""
    kind = values.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        texts = values.cast(pa.string())
        trimmed = pc.utf8_trim_whitespace(texts)
        if not pc.all(
            pc.match_substring_regex(trimmed, r"^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$"), min_count=0
        ).as_py():
            return None
        decimals = [len(each.partition(".")[2]) if "." in each else 0 for each in texts.to_pylist()]

        def written(made: Floats) -> pa.Array:
            return pa.array(
                [f"{each:.{places}f}" for each, places in zip(made.tolist(), decimals, strict=True)], pa.string()
            ).cast(kind)

        return np.asarray(pc.cast(trimmed, pa.float64())), written
    numbers = np.asarray(pc.cast(values, pa.float64()))

    def typed(made: Floats) -> pa.Array:
        if pa.types.is_integer(kind):
            limits = np.iinfo(kind.to_pandas_dtype())
            # 2 ** 63 - 1 is no float64; the one below it is.
            most = float(limits.max) if limits.max < 1 << 53 else np.nextafter(float(limits.max), 0)
            return pc.cast(pa.array(np.clip(np.floor(made + 0.5), float(limits.min), most)), kind, safe=False)
        if pa.types.is_decimal(kind):
            return pc.cast(pc.round(pa.array(made), kind.scale), kind, safe=False)
        return pc.cast(pa.array(made), kind)

    return numbers, typed


def generalised(values: pa.Array, settings: Any, *, month_first: bool = False) -> pa.Array | None:
    """Values without nulls, coarser; None where the column holds what the method cannot be used on."""
    if settings["first"] is not None:
        return _beginnings(values, settings["first"], settings["fill"])
    if settings["to"] is not None:
        days = days_of(values, month_first=month_first)
        return None if days is None or not days.known.all() else _periods(days, settings["to"], values)
    found = numbers_of(values)
    if found is None:
        return None
    numbers, typed = found
    numbers = numbers.copy()
    if settings["bottom"] is not None:
        numbers = np.maximum(numbers, settings["bottom"])
    if settings["top"] is not None:
        numbers = np.minimum(numbers, settings["top"])
    if settings["step"] is not None:
        numbers = np.floor(numbers / settings["step"]) * settings["step"]
    elif settings["edges"]:
        edges = np.array(settings["edges"], np.float64)
        numbers = edges[np.maximum(np.searchsorted(edges, numbers, side="right") - 1, 0)]
    return typed(numbers)


def _beginnings(values: pa.Array, first: int, fill: str) -> pa.Array:
    texts = canonical(values)
    cut = pc.utf8_slice_codeunits(texts, 0, first)
    if fill:
        more = np.maximum(np.asarray(pc.utf8_length(texts)) - first, 0)
        cut = pc.binary_join_element_wise(cut, pc.binary_repeat(pa.scalar(fill), pa.array(more.astype(np.int64))), "")
    return cut.cast(values.type)


def _periods(days: Days, to: str, values: pa.Array) -> pa.Array:
    moments = days.days.astype("datetime64[D]")
    match to:
        case "week":
            made = days.days - (days.days + 3) % 7
        case "month" | "year":
            made = moments.astype(f"datetime64[{to[0].upper()}]").astype("datetime64[D]").astype(np.int64)
        case "quarter":
            months = moments.astype("datetime64[M]").astype(np.int64)
            made = (months - months % 3).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
        case "decade":
            years = moments.astype("datetime64[Y]").astype(np.int64) + 1970
            made = (years - years % 10 - 1970).astype("datetime64[Y]").astype("datetime64[D]").astype(np.int64)
        case _:
            made = days.days
    put = days.put(made)
    if pa.types.is_timestamp(values.type):
        return pc.floor_temporal(put, unit="day").cast(values.type)
    is_text = pa.types.is_string(put.type) or pa.types.is_large_string(put.type)
    return at_midnight(put.cast(pa.string())).cast(put.type) if is_text else put


def noised(key: bytes, values: pa.Array, share: float | None, amount: float | None) -> pa.Array | None:
    """Values without nulls plus a number that follows from each; None where a text is no number."""
    found = numbers_of(values)
    if found is None:
        return None
    numbers, typed = found
    words = digests(key, canonical(values))
    # The difference of two even numbers: near 0 most often, and never beyond what is allowed.
    drawn = ((words >> np.uint64(11)).astype(np.float64) * 2.0**-53) @ np.array([1.0, -1.0])
    return typed(numbers + drawn * (np.abs(numbers) * share if share is not None else amount or 0.0))


def shifted(words: NDArray[np.uint64], values: pa.Array, most: int, *, month_first: bool = False) -> pa.Array | None:
    """Days moved by 1 to `most` days, either way, by the digest of whose they are; None where a value is no day."""
    days = days_of(values, month_first=month_first)
    if days is None or not bool((days.known | ~np.asarray(values.is_valid()) | _endless(values)).all()):
        return None
    drawn: Ints = (words[:, 0] % np.uint64(2 * most)).astype(np.int64) - most
    return days.put(days.days + drawn + (drawn >= 0))


def _endless(values: pa.Array) -> NDArray[np.bool_]:
    """The first and last days that there are, which stand for no beginning and no end, stay; and empty texts."""
    if pa.types.is_string(values.type) or pa.types.is_large_string(values.type):
        ends = pc.match_substring_regex(values, r"^\s*$|^(0001-01-01|9999-12-31|31[./-]12[./-]9999|99991231)")
        return np.asarray(pc.fill_null(ends, False))
    return np.asarray(values.is_valid())
