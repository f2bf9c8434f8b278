"""Tables whose rows exist: where they lie."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from datamimic import DatamimicError, DescribedPack, source
from datamimic.errors import excerpt
from datamimic_models.model import Model, Table
from datamimic_models.model.sources import not_trusted, source_place
from datamimic_models.rules.words import thawed


def source_of(table: Table, model: Model, described: DescribedPack) -> Any:
    """Of a file beside the model; one elsewhere, and a table of a server, only where the model is trusted. A world that a
    manifest describes carries the place and the digest of the rows, so that it matters no more where the model lay; a server
    is asked only where somebody gives the table again.

    Raises `DatamimicError` (`models.outside_folder`, `models.not_trusted`).
    """
    assert table.source is not None
    settings = {name: thawed(value) for name, value in table.settings}
    format_name = settings.pop("format", None)
    place = source_place(table, model.folder)
    from_file = described.place is not None
    if place.file is None and not described.trusted:
        if from_file:
            raise not_trusted(table)
        return source()
    if place.file is not None and from_file and not described.trusted:
        folder = Path(model.folder or ".").resolve()
        if not place.file.is_relative_to(folder):
            raise DatamimicError(
                "models.outside_folder",
                f"the rows of {table.name} lie at {excerpt(table.source)}, outside the folder of the model",
                hint="put them beside the model, or say --trust",
                file=described.place,
                line=table.place.line,
            )
    return source(place.location, format_name, **settings)
