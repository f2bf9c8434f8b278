"""Files of a pack from templates, and the pack that a folder holds."""

from __future__ import annotations

import keyword
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Template

import importlib_resources
from attrs import frozen
from importlib_resources.abc import Traversable

from datamimic.errors import DataError, InvalidOption, OutputError, excerpt
from datamimic.plugin import ENTRY_POINT_GROUP

_SUFFIX = ".template"
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


def checked_name(name: str, what: str) -> str:
    """Raises `InvalidOption` (`invalid_name`) for what is no name of a pack or an entity."""
    if not _NAME.fullmatch(name) or name.endswith("_") or "__" in name:
        hint = "lower case letters, digits and single underscores, beginning with a letter, as in medical_device"
    elif keyword.iskeyword(name) or keyword.issoftkeyword(name):
        hint = "it is a word of Python; choose another"
    elif what == "pack" and name in ("core", "datamimic", "pack"):
        hint = "it would look like datamimic itself; choose another"
    else:
        return name
    raise InvalidOption(
        "invalid_name", f"{excerpt(name)} is no name for a{'n' if what == 'entity' else ''} {what}", hint=hint
    )


def camel(name: str) -> str:
    return "".join(part.title() for part in name.split("_"))


def render(folder: str, target: Path, values: Mapping[str, str]) -> list[Path]:
    """Write the templates of a folder below `target`; `__key__` in a path stands for a value. Returns the files.

    Raises `OutputError` (`output_unwritable`) before anything is written when one of them exists.
    """
    files: dict[Path, str] = {}
    for place, template in _files_in(templates(folder), ""):
        name = place.removesuffix(_SUFFIX)
        for key, value in values.items():
            name = name.replace(f"__{key}__", value)
        path = target / (".gitignore" if name == "gitignore" else name)
        files[path] = Template(template.read_text(encoding="utf-8")).substitute(values)
    refuse_existing(files)
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return [*files]


def templates(folder: str) -> Traversable:
    """A folder of templates, wherever datamimic is installed: in a folder or a zip file."""
    found: Traversable = importlib_resources.files("datamimic").joinpath("cli", "templates", folder)
    return found


def _files_in(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    """(path within the folder, file) of all files, in the order of their names."""
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        if entry.is_file():
            yield path + entry.name, entry
        elif entry.name != "__pycache__":
            yield from _files_in(entry, f"{path}{entry.name}/")


def refuse_existing(paths: Mapping[Path, str]) -> None:
    for path in paths:
        if path.exists():
            raise OutputError(
                "output_unwritable", f"{path} exists", hint="nothing was written; choose another name", file=str(path)
            )


@frozen
class PackFolder:
    """The repository of a pack: `pyproject.toml`, and the package that its entry point names."""

    root: Path
    name: str
    module: str

    @classmethod
    def containing(cls, folder: Path) -> PackFolder:
        """The pack whose pyproject.toml is in the folder or above it. Raises `DataError` (`bad_input`)."""
        for root in (folder.resolve(), *folder.resolve().parents):
            file = root / "pyproject.toml"
            if not file.is_file():
                continue
            try:
                project = tomllib.loads(file.read_text(encoding="utf-8")).get("project", {})
            except tomllib.TOMLDecodeError as error:
                raise DataError("bad_input", f"{file}: {error}", file=str(file)) from None
            points = project.get("entry-points", {}).get(ENTRY_POINT_GROUP, {})
            if points:
                name, module = next(iter(points.items()))
                return cls(root, name, module)
        raise DataError(
            "bad_input",
            f"{folder.resolve()} is in no pack: no pyproject.toml with an entry point in {excerpt(ENTRY_POINT_GROUP)}",
            hint="go to the folder of the pack, or make one with `dm new-pack NAME`",
        )

    @property
    def plugin(self) -> Path:
        """The plugin module. Raises `DataError` (`bad_input`) where it is not where the entry point says."""
        relative = Path(*self.module.split(".")).with_suffix(".py")
        for base in (self.root / "src", self.root):
            if (base / relative).is_file():
                return base / relative
        raise DataError("bad_input", f"{self.root} has no {relative}", hint="see the entry point in pyproject.toml")

    @property
    def package(self) -> Path:
        return self.plugin.parent

    @property
    def data(self) -> Path:
        return self.package / "data"


def relative_to_cwd(path: Path) -> str:
    """Relative to the current folder where it lies below it."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def run_script(path: Path) -> None:
    """Run a data-build script in this process; leaves no bytecode."""
    import runpy

    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        runpy.run_path(str(path), run_name="__main__")
    finally:
        sys.dont_write_bytecode = before
