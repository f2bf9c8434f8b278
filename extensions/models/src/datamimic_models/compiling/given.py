"""Tables whose rows exist: where they lie."""

from __future__ import annotations

from typing import Any

from datamimic import DescribedPack, source
from datamimic_models.model import Model, Table
from datamimic_models.model.sources import not_trusted, refuse_outside, source_place
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
    if from_file and not described.trusted:
        refuse_outside(table, place, model.folder)
    return source(place.location, format_name, **settings)
