"""A configuration with a sample: what rows that exist tell of its columns stands in place of what it says of them.

Tables meet by name; a sample of one table of another name meets that which most of its columns are of. Of a table, columns
of the same name are learned together, so that what hangs together in the sample does so in what is made. Keys,
references, and columns of which the sample holds personal values or nothing that repeats stay as the configuration has them.
Of columns that are marked sensitive, texts do so too; numbers, dates and truth values are learned in groups of 11 rows and
more, so that nothing is told of fewer people: the least that the CMS Cell Size Suppression Policy lets a table show.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import yaml

from datamimic import DatamimicError
from datamimic_learning import SampleTable, learn, open_sample
from datamimic_learning.learning.counting import LEAST
from datamimic_platform.kinds.reach import texts_of
from datamimic_platform.kinds.sources import link_or_copy
from datamimic_platform.security.documents import document_of

_LONGEST_NAME = 200
_LEAST_SENSITIVE = 11
_TEXTS = ("str", "text", "char", "varchar", "uuid")
"""Types by which a configuration says that digits are a name, as those of an identity card, and no number."""
_LEARNED = ("rule", "conditional_rules", "type", "nullable", "null_share", "of", "expression")
"""What a learned column says in place of the configuration's."""


def as_sampled(config: Path, source: str, folder: Path) -> Path:
    """The configuration with what a sample tells, written to a folder with its tables beside it.

    Raises `DatamimicError` (`platform.bad_config`, `platform.bad_sample`), and what opening raises.
    """
    document = _document(config)
    sample = open_sample(source)
    folder.mkdir(parents=True, exist_ok=True)
    for name in {each for each in texts_of(document) if each and len(each) <= _LONGEST_NAME}:
        _beside(config.parent, folder, name)
    learned = 0
    for table, rows in _pairs(document["tables"], sample.tables):
        learned += _learn_into(table, rows, folder)
    if not learned:
        raise DatamimicError(
            "platform.bad_sample",
            "no column of the configuration is one of the sample that can be learned",
            hint="columns meet by name; keys, references and sensitive texts stay as they are",
            path="$.options.sample",
        )
    path = folder / f"{config.stem}.yaml"
    path.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def _document(config: Path) -> dict[str, Any]:
    found: Any = None
    if config.suffix.lower() in (".yaml", ".yml", ".json"):
        try:
            found = document_of(config.read_text(encoding="utf-8-sig"))
        except (yaml.YAMLError, ValueError, RecursionError):
            found = None
    tables = found.get("tables") if isinstance(found, dict) else None
    if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
        raise DatamimicError(
            "platform.bad_config", "a sample needs a configuration in YAML or JSON with tables", path="$.config"
        )
    assert isinstance(found, dict)
    return found


def _pairs(
    tables: list[dict[str, Any]], samples: Mapping[str, SampleTable]
) -> Iterator[tuple[dict[str, Any], SampleTable]]:
    named = [(each, samples.get(str(each.get("table_name", each.get("name"))))) for each in tables]
    if len(samples) == 1 and not any(rows for _, rows in named):
        (rows,) = samples.values()
        alike = [len(_names(each) & set(rows.schema.names)) for each in tables]
        if alike.count(max(alike, default=0)) == 1:
            yield tables[alike.index(max(alike))], rows
        return
    for table, found in named:
        if found is not None:
            yield table, found


def _names(table: Mapping[str, Any]) -> set[str]:
    return {str(each.get("name")) for each in table.get("columns") or () if isinstance(each, dict)}


def _learn_into(table: dict[str, Any], rows: SampleTable, folder: Path) -> int:
    """Replace what columns say; how many."""
    name = str(table.get("table_name", table.get("name")))
    columns = [each for each in table.get("columns") or () if isinstance(each, dict)]
    fixed = _fixed(table)
    open_ones = {str(each.get("name")): each for each in columns if not _is_own(each)}
    sensitive = {each for each, column in open_ones.items() if column.get("sensitivity")}
    left = fixed | {each for each in sensitive if str(open_ones[each].get("type")).lower().startswith(_TEXTS)}
    left |= {each.name for each in rows.schema if each.name in sensitive and not _is_measured(each.type)}
    wanted = [each for each in rows.schema.names if each in open_ones and each not in left]
    if not wanted:
        return 0
    least = _LEAST_SENSITIVE if sensitive & {*wanted} else LEAST
    made = learn(rows.read(wanted), name=name, keys={}, references=(), least=least).tables
    learned = {each["name"]: each for each in made.tables[0].columns}
    beside = folder / f"{name}-sample"
    files = {each.file for each in made.tables[0].beside}
    for weights in made.tables[0].beside:
        beside.mkdir(exist_ok=True)
        (beside / weights.file).write_text(weights.text(), encoding="utf-8", newline="")
    count = 0
    for each in columns:
        found = learned.pop(str(each.get("name")), None)
        if found is not None and found.keys() & {"rule", "expression"}:
            count += 1
            kept = {word: value for word, value in each.items() if word not in _LEARNED}
            each.clear()
            each.update(kept, **_placed(found, beside.name, files))
    table["columns"] = [
        *columns,
        *(_placed(each, beside.name, files) for each in learned.values() if each.get("hidden")),
    ]
    return count


def _fixed(table: Mapping[str, Any]) -> frozenset[str]:
    """Columns of keys and references."""
    found = [*(table.get("primary_key") or ())]
    for each in table.get("foreign_keys") or ():
        if isinstance(each, dict):
            found += [each.get("child_column"), *(each.get("child_columns") or ())]
    return frozenset(str(each) for each in found)


def _is_own(column: Mapping[str, Any]) -> bool:
    said = {str(each).upper() for each in column.get("constraints") or ()}
    return bool(column.get("unique") or said & {"PK", "FK", "UNIQUE"})


def _is_measured(kind: pa.DataType) -> bool:
    """A number, a moment, true or false: the values of a group can be told as a range."""
    number = pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)
    return bool(number or pa.types.is_temporal(kind) or pa.types.is_boolean(kind))


def _placed(part: Any, folder: str, files: Collection[str]) -> Any:
    """With the place of its tables, wherever a rule names them."""
    if isinstance(part, Mapping):
        return {word: _placed(value, folder, files) for word, value in part.items()}
    if isinstance(part, list):
        return [_placed(each, folder, files) for each in part]
    return f"{folder}/{part}" if isinstance(part, str) and part in files else part


def _beside(config: Path, folder: Path, name: str) -> None:
    """A file that the configuration names, within its folder, within the other one too."""
    try:
        path, place = (config / name).resolve(), folder / name
        if path.is_relative_to(config.resolve()) and path.is_file() and not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            link_or_copy(path, place)
    except (OSError, ValueError):
        return  # a text that is the name of no file
