"""Files of the tables language, and documents that manifests carry."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from datamimic_models.model import Mistakes, Model, Place
from datamimic_models.reading.json_parts import json_part
from datamimic_models.reading.pack_names import pack_name
from datamimic_models.reading.parts import LARGEST_TEXT, Part, refused
from datamimic_models.reading.tables_language import model_of
from datamimic_models.reading.yaml_parts import yaml_part

SUFFIXES: Final = (".yaml", ".yml", ".json")


def read_tables(path: str | Path, mistakes: Mistakes) -> Model:
    """The model in a file of YAML or JSON. Raises `BadModel` for a file that cannot be read or taken apart; all else that is
    wrong with it is among the `mistakes`."""
    file = Path(path)
    part = document_part(text_of_file(file), str(path), mistakes)
    return model_of(part, pack_name(file.name), mistakes, str(file.parent))


def document_part(text: str, file: str | None, mistakes: Mistakes) -> Part:
    """The parts of a text: JSON where it begins as such, else YAML."""
    head = text.lstrip("\ufeff \t\r\n")
    suffix = Path(file).suffix.lower() if file else ""
    if suffix == ".json" or (head.startswith("{") and suffix not in (".yaml", ".yml")):
        return json_part(text.removeprefix("\ufeff"), file, mistakes)
    return yaml_part(text, file, mistakes)


def text_of_file(file: Path) -> str:
    """Raises `BadModel`."""
    try:
        if file.stat().st_size > 4 * LARGEST_TEXT:
            raise refused("models.too_large", f"the file has more than {4 * LARGEST_TEXT >> 20} MB", Place(str(file)))
        return file.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise refused("models.bad_text", f"the file is not UTF-8, at byte {error.start}", Place(str(file))) from None
    except OSError as error:
        raise refused("models.unreadable", f"the file cannot be read: {error.strerror}", Place(str(file))) from None


def of_document(document: str, mistakes: Mistakes, place: str | None = None) -> Model:
    """The model that a manifest carries."""
    folder = None if place is None else str(Path(place).parent)
    return model_of(json_part(document, place, mistakes), "model", mistakes, folder)
