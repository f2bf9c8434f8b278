"""Columns without a draw."""

from __future__ import annotations

from typing import Any, TypeVar, cast

import numpy as np

from datamimic.columns import Column, Text
from datamimic.model.context import Context
from datamimic.model.generator import Generator

T = TypeVar("T")


class Constant(Generator[Any]):
    def __init__(self, value: Any) -> None:
        self.value = value

    @property
    def python_type(self) -> Any:
        return None if self.value is None else type(self.value)

    def column(self, context: Context) -> Column:
        if self.value is None or isinstance(self.value, str):
            return Text.constant(self.value, len(context))
        return np.full(len(context), self.value)


class CountryCode(Generator[str]):
    python_type = str

    def column(self, context: Context) -> Column:
        return Text.constant(context.locale.country, len(context))


def constant(value: T) -> Generator[T]:
    """One `value`, a text, number or date, in every row."""
    return cast(Generator[T], Constant(value))


def country_code() -> Generator[str]:
    """The country of the world's locale, ISO 3166-1 alpha-2."""
    return CountryCode()
