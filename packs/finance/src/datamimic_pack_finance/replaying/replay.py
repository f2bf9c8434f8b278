"""A history of card payments from one place to another, without its card numbers: two looks at a file, one batch in memory.

What a library says of a file that it cannot read may quote it. So no message of another is passed on here, nor the exception
that it was in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Literal, TypeVar, cast

import pyarrow as pa
from attrs import asdict, field, frozen

from datamimic import Format, SecretKey, Writer, data_files, installed_packs, new_folder, whole_file
from datamimic.errors import DatamimicError, InvalidOption, OutputError, UnknownName
from datamimic_pack_finance.replaying.cells import Counts, Replacing
from datamimic_pack_finance.replaying.excel import Excel
from datamimic_pack_finance.replaying.holders import Holders
from datamimic_pack_finance.replaying.kinds import Kind, Survey, leaves
from datamimic_pack_finance.replaying.objects import NAMES, Objects, changed, columns_of
from datamimic_pack_finance.replaying.tokens import Luhn, Tokens

_ROWS = 16_384
_UNWRITABLE = "has a cell that cannot be written anew"
T = TypeVar("T")
Expiry = Literal["move", "keep", "empty"]
_SAID: dict[Kind, str] = {
    "pan": "card numbers", "text": "text", "name": "names", "expiry": "expiry dates", "empty": "emptied",
    "moment": "moments", "keep": "kept",
}  # fmt: skip


@frozen
class Policy:
    """What stays of a card number, and what is done with the rest of a history."""

    bin_digits: int = 6
    """First digits that stay: 6 or 8, the number of the issuer; 1, that of the network alone."""
    last_digits: int = 4
    luhn: Luhn = "broken"
    expiry: Expiry = "move"
    days: int = 0
    locale: str = "en_US"
    """Of the people whose names cardholders get."""

    def said(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)


@frozen
class ColumnReport:
    """A column of a file: what it was taken for, how many of its cells were changed."""

    column: str
    kind: Kind
    cells: int

    def said_shortly(self) -> str:
        """In a few words."""
        return f"{_SAID[self.kind]}, {self.cells:,} cells changed"


@frozen
class FileReport:
    """What was done with a file."""

    file: str
    rows: int
    columns: tuple[ColumnReport, ...]

    def said(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)


@frozen
class Replay:
    """How histories are written anew: under a key, by a policy; `kinds` say what columns hold where a look does not tell."""

    key: SecretKey = field(repr=False)
    policy: Policy = Policy()
    kinds: Mapping[str, Kind] = field(factory=dict)
    format: str | None = None
    settings: Mapping[str, Any] = field(factory=dict)
    note: Callable[[str], None] = lambda text: None

    def run(self, source: Path, target: Path) -> list[FileReport]:
        """The file, or every file of a folder, written to `target`, which is there whole or not at all.

        Raises `DatamimicError` (`bad_input`), `InvalidOption` (`invalid_option`), `UnknownName` (`unknown_column`,
        `unknown_format`) and `OutputError`, none of which quotes a cell.
        """
        if target.exists() and source.exists() and target.resolve() == source.resolve():
            raise OutputError(
                "output_unwritable", f"{target} is what is read", hint="name another place", file=str(target)
            )
        if not source.is_dir():
            with whole_file(target) as stream:
                return [self._file(source, cast(BinaryIO, stream))]
        files = data_files(source, self.format, note=self.note)
        with new_folder(target) as folder:
            made = []
            for each in files:
                with (folder / each.name).open("wb") as into:
                    made.append(self._file(each, into))
        return made

    def _file(self, source: Path, stream: BinaryIO) -> FileReport:
        format = self._format(source)
        if format.name in NAMES:
            return self._objects(source, Objects(source, lines=format.name == "jsonl"), stream)
        replacing = self._replacing(
            source, Survey.of(leaf for batch in _batches(format, source) for leaf in leaves(batch))
        )
        rows = 0
        writer: Writer | None = None
        for batch in _batches(format, source):
            anew = _unquoted(source, _UNWRITABLE, partial(replacing.batch, batch))
            writer = writer or format.writer(stream, anew.schema)
            writer.write(anew)
            rows += anew.num_rows
        if writer is None:
            raise _empty(source)
        writer.close()
        return self._reported(source, rows, replacing)

    def _objects(self, source: Path, objects: Objects, stream: BinaryIO) -> FileReport:
        def parts() -> Iterator[list[Any]]:
            return _each(source, objects.parts())

        replacing = self._replacing(source, Survey.of(column for part in parts() for column in columns_of(part)))
        anew = (_unquoted(source, _UNWRITABLE, partial(changed, part, replacing.column)) for part in parts())
        rows = objects.write(anew, stream)
        if not rows:
            raise _empty(source)
        return self._reported(source, rows, replacing)

    def _reported(self, source: Path, rows: int, replacing: Replacing) -> FileReport:
        columns = []
        for path, kind in replacing.kinds.items():
            cells = replacing.counts[path].cells
            columns.append(ColumnReport(path, kind, cells))
            if path in replacing.unclear and cells:
                self.note(f"{path}: emptied, since its cells do not tell how months and years are written")
        return FileReport(source.name, rows, tuple(columns))

    def _format(self, source: Path) -> Format:
        if self.format == Excel.name or (self.format is None and source.suffix.lower() in Excel.suffixes):
            return Excel.configured(dict(self.settings))
        named = _named(source, self.format).configured(dict(self.settings))
        if not source.is_file():
            raise DatamimicError("bad_input", f"there is no file {source}", file=str(source))
        found = _unquoted(source, "is not readable", lambda: named.detected(source, self.settings.keys()))
        if named.name == "csv":
            # Cells stay as they are written.
            found = found.evolved(decimal=".", escape_formulas=False)
        return found

    def _kinds(self, source: Path, survey: Survey) -> dict[str, Kind]:
        for path in self.kinds:
            if path not in survey.columns:
                raise UnknownName("column", path, survey.columns)
        kinds = {path: self.kinds.get(path, seen.kind) for path, seen in survey.columns.items()}
        for path, seen in survey.columns.items():
            closed = (
                pa.types.is_binary(seen.type)
                or pa.types.is_large_binary(seen.type)
                or pa.types.is_fixed_size_binary(seen.type)
            )
            if closed and kinds[path] not in ("keep", "empty"):
                raise InvalidOption(
                    "invalid_option",
                    f"{source.name}: {path} holds bytes, into which a replay does not look",
                    hint=f"--treat {path}=empty, or {path}=keep where no card numbers are in it",
                )
        return kinds

    def _replacing(self, source: Path, survey: Survey) -> Replacing:
        policy, kinds = self.policy, self._kinds(source, survey)
        months = {"move": self.key.derived("expiry")[0] % 12 + 1, "keep": 0, "empty": 0}[policy.expiry]
        forms = {path: seen.form for path, seen in survey.columns.items() if seen.form is not None}
        if policy.expiry == "empty":
            kinds = {path: "empty" if kind == "expiry" else kind for path, kind in kinds.items()}
        return Replacing(
            Tokens(self.key.derived("numbers"), policy.bin_digits, policy.last_digits, policy.luhn),
            Holders(self.key, policy.locale),
            months,
            policy.days,
            kinds,
            forms,
            defaultdict(Counts),
        )


def _named(source: Path, name: str | None) -> type[Format]:
    """The format that is named, else that of the file's ending."""
    packs = installed_packs()
    formats = {each: packs.format(each) for each in packs.formats()} if name is None else {name: packs.format(name)}
    for each in formats.values():
        if issubclass(each, Format) and (name is not None or source.suffix.lower() in each.suffixes):
            return each
    raise OutputError(
        "format_needed",
        f"the ending of {source} stands for no format",
        hint=f"add --format with one of {', '.join([*formats, Excel.name])}",
        path="$.format",
    )


def _batches(format: Format, source: Path) -> Iterator[pa.RecordBatch]:
    for batch in _each(source, format.read(source)):
        for start in range(0, batch.num_rows, _ROWS):
            yield batch.slice(start, _ROWS)


def _each(source: Path, found: Iterator[T]) -> Iterator[T]:
    while (one := _unquoted(source, "is not readable", lambda: next(found, None))) is not None:
        yield one


def _empty(source: Path) -> DatamimicError:
    return DatamimicError("bad_input", f"{source} has no rows", file=str(source))


def _unquoted(source: Path, what: str, made: Callable[[], T]) -> T:
    """What the function makes. Whatever fails, without what is said of the cells, and without the exception that said it."""
    try:
        return made()
    except (InvalidOption, UnknownName, OutputError):
        raise
    except Exception as error:
        line = error.line if isinstance(error, DatamimicError) else None
        reason = "" if isinstance(error, DatamimicError) else f": {type(error).__name__}"
    # Not within the handler, where the exception would be the context of this one.
    raise DatamimicError(
        "bad_input",
        f"{source} {what}{reason}",
        hint="what the library says of it is not shown, since it may quote a cell",
        file=str(source),
        line=line,
    )
