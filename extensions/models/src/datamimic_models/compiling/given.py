"""Tables whose rows exist: where they lie."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from datamimic import DatamimicError, DescribedPack, source
from datamimic.errors import excerpt
from datamimic_models.model import Model, Table
from datamimic_models.rules.words import thawed


def source_of(table: Table, model: Model, described: DescribedPack) -> Any:
    """Of a file beside the model; one elsewhere only where the model is trusted. A world that a manifest describes carries the
    place and the digest of the rows, so that it matters no more where the model lay.

    Raises `DatamimicError` (`models.outside_folder`).
    """
    assert table.source is not None
    settings = {name: thawed(value) for name, value in table.settings}
    format_name = settings.pop("format", None)
    folder = Path(model.folder or ".").resolve()
    path = (folder / table.source).resolve()
    if described.place is not None and not described.trusted and not path.is_relative_to(folder):
        raise DatamimicError(
            "models.outside_folder",
            f"the rows of {table.name} lie at {excerpt(table.source)}, outside the folder of the model",
            hint="put them beside the model, or say --trust",
            file=described.place,
            line=table.place.line,
        )
    return source(path, format_name, **settings)
