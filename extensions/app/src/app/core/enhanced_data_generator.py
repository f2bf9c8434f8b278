"""Rows of a configuration a batch at a time, within a limit of memory, and by methods of one's own."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import psutil
import pyarrow as pa
import yaml

from datamimic import DatamimicError
from datamimic.errors import UnknownName
from datamimic_models import Model

BATCH_SIZE_CONFIG: Final = {"small_tables": 50_000, "medium_tables": 25_000, "large_tables": 10_000}
"""Rows of a batch where nobody says: of tables with fewer than 10 columns, with 10 to 50, with more."""
_LEAST_ROWS: Final = 100
_LOGGER = logging.getLogger("app.core.data_generator")


class EnhancedDataGenerator:
    """`EnhancedDataGenerator(config).generate("customers")` gives record batches, whose rows are those of `dm run`: the sizes
    of batches and the limit of memory change none of them.

    A rule of type `custom` may name a subclass as its `custom_class`, and a method of it as its `custom_method`: the method is
    called for each row with what the configuration says of the rule, and with columns, `draw` and `clock` where it has
    parameters of these names, on an object that is made without arguments. Values are the same every time where it draws from
    `draw` alone.
    """

    def __init__(
        self,
        config: Mapping[str, Any] | str | Path | None = None,
        locale: str | None = None,
        *,
        seed: str | int | None = None,
        clock: str | None = None,
        memory_limit_mb: int | None = None,
        batch_size: int | None = None,
    ) -> None:
        """`config` is a configuration or its file. Above `memory_limit_mb` of the process batches become smaller.

        Raises `BadModel` for a wrong configuration, `DatamimicError` (`platform.bad_option`) for numbers below 1.
        """
        for name, value in (("memory_limit_mb", memory_limit_mb), ("batch_size", batch_size)):
            if value is not None and value < 1:
                raise DatamimicError("platform.bad_option", f"{name} is {value}", hint="1 and more")
        self.locale, self.memory_limit_mb, self.batch_size = locale, memory_limit_mb, batch_size
        self._model = None if config is None else self._loaded(config)
        self._world = None if self._model is None else self._model.world(seed, locale, clock)

    @property
    def tables(self) -> dict[str, int]:
        """How many rows each table has."""
        return {} if self._model is None or self._world is None else self._model.counts(self._world)

    def generate(self, table_name: str) -> Iterator[pa.RecordBatch]:
        """The rows of a table in order. Raises `UnknownName`, and `DatamimicError` (`platform.memory_limit`) where the smallest
        batches do not fit either."""
        counts = self.tables
        if self._model is None or self._world is None or table_name not in counts:
            raise UnknownName("table", table_name, counts)
        rows = self._world[self._model.plan.path(table_name)]
        size = self.batch_size or _size_for(len(self._model.plan.tables[table_name].table.columns))
        start, total = 0, counts[table_name]
        while start < total:
            size = self._that_fits(size)
            began, stop = time.monotonic(), min(start + size, total)
            yield from rows[start:stop].to_arrow().combine_chunks().to_batches()
            told = {"table_name": table_name, "batch_size": size, "rows_generated": stop - start}
            taken = round((time.monotonic() - began) * 1000)
            _LOGGER.info("Generated batch completed", extra={**told, "duration_ms": taken, "rss_mb": _resident_mb()})
            start = stop

    def _that_fits(self, size: int) -> int:
        if self.memory_limit_mb is None or _resident_mb() <= self.memory_limit_mb:
            return size
        pa.default_memory_pool().release_unused()
        held = _resident_mb()
        if held <= self.memory_limit_mb:
            return size
        if size <= _LEAST_ROWS:
            raise DatamimicError(
                "platform.memory_limit",
                f"the process holds {held:,} MB with batches of {size} rows, and may hold {self.memory_limit_mb:,}",
                hint="raise memory_limit_mb, or keep fewer of the batches",
            )
        return max(size // 2, _LEAST_ROWS)

    def _loaded(self, config: Mapping[str, Any] | str | Path) -> Model:
        own = {each.__name__: each for each in type(self).__mro__ if issubclass(each, EnhancedDataGenerator)}
        if not isinstance(config, Mapping):
            read = yaml.safe_load(Path(config).read_text(encoding="utf-8-sig"))
            named = _named(read, own)
            return Model.load(config) if named == read else Model.load(named, trust=True)
        return Model.load(_named(config, own), trust=True)


def _named(said: Any, own: Mapping[str, type]) -> Any:
    """The configuration with the modules of classes that it names by their bare names."""
    if isinstance(said, Mapping):
        made = {name: _named(value, own) for name, value in said.items()}
        if made.get("type") == "custom" and made.get("custom_class") in own:
            made["custom_class"] = _reference(own[made["custom_class"]])
        return made
    return [_named(each, own) for each in said] if isinstance(said, list | tuple) else said


def _reference(cls: type) -> str:
    if "<locals>" in cls.__qualname__:
        raise DatamimicError(
            "platform.bad_config", f"{cls.__qualname__} is defined in a function", hint="define it in a module"
        )
    return f"{cls.__module__}:{cls.__qualname__}"


def _size_for(columns: int) -> int:
    return BATCH_SIZE_CONFIG["small_tables" if columns < 10 else "medium_tables" if columns <= 50 else "large_tables"]


def _resident_mb() -> int:
    return int(psutil.Process().memory_info().rss) >> 20
