"""Values of Faker, seeded by row: for what no generator here makes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from threading import Lock
from typing import Any

from datamimic import Context, DatamimicError, LiteralGenerator
from datamimic.columns.value_types import kind_of
from datamimic.errors import InvalidOption, UnknownName, excerpt

_PLAIN: tuple[type, ...] = (bool, int, float, str, bytes, datetime, date, time, timedelta)
_LARGEST = 2**62
_TIMELESS = {"century", "pytimezone", "timezone"}
_CLOCK = {
    "credit_card_expire", "credit_card_full", "passport_dates", "passport_dob", "passport_full", "profile",
    "simple_profile", "ssn",
}  # fmt: skip
"""Methods outside of Faker's provider of dates that look at the clock of the machine, in some country at least."""


class DataFakerGenerator(LiteralGenerator[Any]):
    """What a method of Faker gives, `DataFakerGenerator("catch_phrase", locale="de_DE")`, with the arguments of the method by
    name or in order. Needs Faker (`pip install "datamimic-pack-common[faker]"`), and gives the same values as long as its
    version stays.

    Every row has a seed of its own. Methods that look at the clock of the machine, such as `date_of_birth`, are refused:
    `BirthdateGenerator`, `DateTimeGenerator` and `SSNGenerator` make the same of the world's clock. What is neither a number,
    text, bytes nor a moment becomes text: decimals as they are written, lists and mappings as JSON.
    """

    def __init__(
        self,
        method: str,
        locale: str = "en_US",
        *args: Any,
        rng: Random | None = None,
        seed: str | int | None = None,
        **kw: Any,
    ) -> None:
        super().__init__(rng=rng, seed=seed)
        self._called = (method, locale, args, kw)
        self._open()
        sample = self._value(0)
        # Of this generator alone: what it makes depends on the method.
        vars(self)["python_type"] = next((each for each in _PLAIN if isinstance(sample, each)), str)

    def _open(self) -> None:
        method, locale, _, _ = self._called
        try:
            from faker import Faker
            from faker.providers import date_time
        except ImportError:
            raise DatamimicError(
                "missing_dependency", "Faker is not installed", hint='pip install "datamimic-pack-common[faker]"'
            ) from None
        try:
            self._faker = Faker(locale)
        except (AttributeError, ImportError) as error:
            raise InvalidOption("invalid_option", f"locale is {excerpt(locale)}: {error}", path="$.locale") from None
        known = [name for name in dir(self._faker) if not name.startswith("_")]
        if method not in known or not callable(getattr(self._faker, method, None)) or method.startswith("seed"):
            raise UnknownName("generator", method, known, owner="Faker", path="$.method")
        if method in _CLOCK or (
            method not in _TIMELESS and hasattr(date_time.Provider, method) and _is_of_dates(method)
        ):
            raise InvalidOption(
                "invalid_option",
                f"{method} of Faker looks at the clock of the machine",
                hint="BirthdateGenerator, DateTimeGenerator, SSNGenerator",
                path="$.method",
            )
        self._lock = Lock()

    def _value(self, seed: int) -> Any:
        method, _, args, kw = self._called
        self._faker.seed_instance(seed)
        try:
            value = getattr(self._faker, method)(*args, **kw)
        except Exception as error:  # whatever Faker, or a provider of somebody's, makes of arguments
            raise InvalidOption(
                "invalid_option", f"{method} of Faker does not take these arguments: {error}", path="$.method"
            ) from None
        if isinstance(value, datetime) and value.tzinfo is None:
            return value.replace(tzinfo=UTC)
        if value is None or isinstance(value, _PLAIN):
            return value
        if isinstance(value, Decimal):
            return str(value)
        listed = isinstance(value, list | tuple | Mapping)
        return json.dumps(value, ensure_ascii=False, default=str) if listed else str(value)

    def column(self, context: Context) -> Any:
        seeds = context.draw.integers(0, _LARGEST, "faker").tolist()
        kind = kind_of(self.python_type, type(self).__name__)
        with self._lock:
            values = [self._value(seed) for seed in seeds]
        return kind.or_null().from_objects(values, f"{self._called[0]} of Faker")

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in self.__dict__.items() if name not in ("_faker", "_lock")}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._open()


def _is_of_dates(method: str) -> bool:
    from faker.providers import BaseProvider, date_time

    return not hasattr(BaseProvider, method) and hasattr(date_time.Provider, method)
