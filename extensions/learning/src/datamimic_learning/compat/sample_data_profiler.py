"""`SampleDataProfiler`: sample data measured, under the name that the described product has for it."""

from __future__ import annotations

from typing import Any

from attrs import define

from datamimic_learning.profiling.profile import Profile
from datamimic_learning.profiling.profiling import profile


@define
class SampleDataProfiler:
    """Measures anything that `open_sample` takes; `show_values` shows the values of personal columns."""

    show_values: bool = False

    def profile(self, sample_data_source: object) -> Profile:
        """The profile of a file, a folder, a URL or a data frame. Raises `DatamimicError` for what cannot be read."""
        return profile(sample_data_source, show_values=self.show_values)

    def profile_table(self, sample_data_source: object, table_name: str) -> dict[str, Any]:
        """What is said of one table; of the only one, whatever it is called. Raises KeyError."""
        tables = self.profile(sample_data_source).tables
        return dict(next(iter(tables.values())) if len(tables) == 1 else tables[table_name])
