"""`mask`: from a place to a place, by a plan and a key."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from datamimic import DatamimicError
from datamimic.related import without_password
from datamimic_learning.failures import told_without_values
from datamimic_learning.finding.spans import personal_spans
from datamimic_learning.masking.keys import MaskingKey
from datamimic_learning.masking.masking import Masking, Progress
from datamimic_learning.masking.places.databases import mask_database
from datamimic_learning.masking.places.files import FileTables, TablesAsFiles, mask_files
from datamimic_learning.masking.places.sqlite_texts import as_stored
from datamimic_learning.masking.plans.plan import Plan
from datamimic_learning.masking.plans.proposing import propose
from datamimic_learning.masking.plans.reading import parse_plan
from datamimic_learning.masking.plans.writing import plan_text
from datamimic_learning.masking.reports import MaskReport
from datamimic_learning.masking.reversing import Reversing
from datamimic_learning.masking.subsets.closing import subset_of
from datamimic_learning.samples.databases import is_database
from datamimic_learning.samples.opening import open_sample
from datamimic_learning.samples.sample import SampleTable


@told_without_values
def propose_plan(
    source: str | Path, *, locale: str | None = None, clock: str | None = None, format: str | None = None
) -> str:
    """The text of a plan for the tables at a path or URL, for somebody to look over: what was found is beside each column.

    Raises `DatamimicError` for what cannot be read."""
    sample = open_sample(source)
    schemas: Mapping[str, pa.Schema] = {}
    if not is_database(str(source)):
        schemas = {name: table.schema for name, table in FileTables(Path(source), format).tables.items()}
    return plan_text(propose(sample, locale=locale, clock=clock, schemas=schemas))


@told_without_values
def mask(
    source: str | Path,
    output: str | Path,
    key: MaskingKey,
    plan: Plan | None = None,
    *,
    format: str | None = None,
    where: Mapping[str, str] | None = None,
    reverse: bool = False,
    progress: Progress | None = None,
) -> MaskReport:
    """Mask a file, a folder of files or a database into another one; without a plan, by the one that is proposed.

    `format` is that of files that are written, else that of the output's ending or of the source. `where` keeps of tables
    the rows
    for which an expression holds, with all rows of other tables that these refer to or are referred to by. With `reverse`, what
    the plan calls reversible comes back instead. Raises `DatamimicError`, `BadPlan` among them; nothing is left behind then.
    """
    chosen = plan if plan is not None else parse_plan(propose_plan(source), "the proposed plan")
    report = MaskReport(key.fingerprint)
    if is_database(str(output)) and not is_database(str(source)):
        raise DatamimicError(
            "learning.unlike_places", "files cannot be masked into a database", hint="name a folder, and load it"
        )
    files = None if is_database(str(source)) else FileTables(Path(source))
    tables = tables_of(source) if files is None else files.tables
    masking = Reversing(chosen, key, tables) if reverse else Masking(chosen, key, tables, spans=personal_spans)
    subset = subset_of(chosen, tables, where or {})
    if subset is not None:
        report.notes += subset.notes
    if is_database(str(output)):
        report.output = without_password(str(output), str(output))
        mask_database(url_of(source), url_of(output), masking, tables, report, subset=subset, progress=progress)
        return report
    place = files or TablesAsFiles(without_password(str(source), str(source)), tables, format)
    part = None if subset is None else subset.part
    mask_files(place, Path(output), masking, report, format=format, part=part, progress=progress)
    return report


def tables_of(source: str | Path) -> Mapping[str, SampleTable]:
    """The tables at a path or URL, as they are masked: cells of text files as they are written."""
    if is_database(str(source)):
        tables = open_sample(source).tables
        return {name: as_stored(table, url_of(source)) for name, table in tables.items()}
    return FileTables(Path(source)).tables


def url_of(place: str | Path) -> str:
    """The URL of a database; of its file, where that is what is named."""
    text = str(place)
    return text if "://" in text else f"sqlite:///{Path(text).absolute()}"
