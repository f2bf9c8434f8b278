"""`<execute>`: Python and SQL of a model that is trusted."""

from __future__ import annotations

import runpy
import traceback
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from datamimic.errors import excerpt
from datamimic_models.model import Place
from datamimic_models.xml.frames import Frame
from datamimic_models.xml.nodes import Node
from datamimic_models.xml.outputs import Outputs
from datamimic_models.xml.scripts import filled
from datamimic_models.xml.served_modules import remedy
from datamimic_models.xml.setting import Setting, failed
from datamimic_models.xml.values import Same

_PLAIN: Final = (str, bool, int, float, Decimal, date, datetime, list, tuple, dict)
"""What a file may name for scripts, beside functions and classes."""


def execute(node: Node, frame: Frame, setting: Setting, outputs: Outputs) -> None:
    """Run a file, or what the element holds; plain values of a file are names for scripts. SQL may have `{expressions}` of the
    first record of the frame.

    Raises `DatamimicError` (`models.not_trusted`) unless the model is trusted.
    """
    place = node.place
    setting.folder.trust(f"<execute {node.get('uri') or node.get('type')}>", place)
    uri, text = node.get("uri"), node.get("script") or node.text
    if uri:
        beside = setting.defaults.file
        path = setting.folder.find(uri, node.at("uri"), beside.parent if beside else None)
        if path.suffix == ".sql" and outputs.dry:
            return
        if path.suffix == ".sql":
            _sql(path.read_text(encoding="utf-8"), node, frame, setting)
        elif path.suffix == ".py":
            try:
                made = runpy.run_path(str(path))
            except ImportError as error:
                at = Place(place_of(path, setting), _line_in(error, path))
                raise failed("models.no_module", f"{uri}: {error}", at, remedy(error.name)) from error
            except Exception as error:
                message = f"{uri} raised {type(error).__name__}: {error}"
                raise failed("models.execute_failed", message, place) from error
            setting.own.update(_own(made))
            for name, value in made.items():
                if not name.startswith("_") and isinstance(value, _PLAIN):
                    frame.put(name, Same(value, len(frame)), shown=False)
        else:
            raise failed("models.bad_source", f"{excerpt(uri)} is neither .py nor .sql", place)
    elif outputs.dry:
        return
    elif node.get("type") == "sql" or node.has("target"):
        _sql(text, node, frame, setting)
    else:
        raise failed("models.execute_failed", "Python stands in a file", place, "uri=script/own.scr.py")


def place_of(path: Path, setting: Setting) -> str:
    root = setting.folder.root.resolve()
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def _line_in(error: BaseException, path: Path) -> int | None:
    """The line of the file that was run."""
    lines = [each.lineno for each in traceback.extract_tb(error.__traceback__) if each.filename == str(path)]
    return lines[-1] if lines else None


def _own(made: dict[str, Any]) -> dict[str, Any]:
    """Classes with `generate` or `convert`, and functions."""
    return {name: value for name, value in made.items() if not name.startswith("_") and callable(value)}


def _sql(script: str, node: Node, frame: Frame, setting: Setting) -> None:
    target = node.get("target")
    if target not in setting.databases:
        raise failed("models.unknown_target", f"there is no database {excerpt(target)}", node.at("target"))
    statements = filled(script, frame, setting, node.place, "execute")[0] if "{" in script else script
    setting.databases[target].run(statements, node.place)
