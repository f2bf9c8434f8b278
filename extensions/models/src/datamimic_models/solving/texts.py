"""Ticks as SQL writes them."""

from __future__ import annotations

import numpy as np

from datamimic_models.solving.axes import DAY, SECOND, Axis, Ints


def texts_of(ticks: Ints, axis: Axis) -> list[str]:
    """One text per tick: numbers, `true`, ISO dates and times (in UTC, without a zone)."""
    match axis.kind:
        case "bool":
            return ["true" if each else "false" for each in ticks.tolist()]
        case "date":
            return [str(each) for each in np.datetime_as_string(ticks.astype("datetime64[D]"))]
        case "datetime":
            unit = "us" if (ticks % SECOND).any() else "s"
            moments = ticks.astype("datetime64[us]").astype(f"datetime64[{unit}]")
            return [each.replace("T", " ") for each in np.datetime_as_string(moments).tolist()]
        case "time" | "duration":
            return [_clock(each) for each in ticks.tolist()]
    if axis.decimals == 0:
        return [str(each) for each in ticks.tolist()]
    return [_decimal(each, axis.decimals) for each in ticks.tolist()]


def _decimal(tick: int, decimals: int) -> str:
    digits = f"{abs(tick):0{decimals + 1}d}"
    return f"{'-' if tick < 0 else ''}{digits[:-decimals]}.{digits[-decimals:]}"


def _clock(tick: int) -> str:
    days, rest = divmod(tick, DAY)
    seconds, micros = divmod(rest, SECOND)
    text = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    text = f"{text}.{micros:06d}" if micros else text
    return f"{days} days {text}" if days else text
