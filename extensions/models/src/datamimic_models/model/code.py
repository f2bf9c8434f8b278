"""Python that a model or a command line names as `module:Class`: importing the module runs it, which needs trust."""

from __future__ import annotations

import importlib
import re
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from datamimic import DatamimicError
from datamimic.errors import excerpt, suggest

REFERENCE: Final = re.compile(r"(?P<module>[A-Za-z_][\w.]*|[^:]+\.py):(?P<name>[A-Za-z_][\w.]*)?")


def is_reference(text: str) -> bool:
    """Does it name Python: `shop.models:Customer`, `shop.models:` for all that it defines, `shop.py:Customer`?"""
    return REFERENCE.fullmatch(text) is not None and not text.startswith(("http:", "https:"))


def named_object(text: str) -> Any:
    """What `module:name` names; the module is imported.

    Raises `DatamimicError`: `models.cannot_import`, `models.no_such_name`.
    """
    matched = REFERENCE.fullmatch(text)
    if matched is None or matched["name"] is None:
        raise DatamimicError("models.cannot_import", f"{excerpt(text)} is not of the form module:Class")
    found: Any = imported(matched["module"])
    for part in matched["name"].split("."):
        if not hasattr(found, part):
            near = suggest(part, [each for each in dir(found) if not each.startswith("_")])
            hint = f"did you mean {' or '.join(near)}?" if near else None
            raise DatamimicError("models.no_such_name", f"{matched['module']} has no {part}", hint=hint)
        found = getattr(found, part)
    return found


def imported(name: str) -> ModuleType:
    """From the working folder first, as `python -m` does."""
    before = list(sys.path)
    sys.path.insert(0, str(Path.cwd()))
    try:
        if not name.endswith(".py"):
            return importlib.import_module(name)
        path = Path(name)
        spec = spec_from_file_location(path.stem, path)
        if spec is None or spec.loader is None or not path.is_file():
            raise DatamimicError("models.cannot_import", f"there is no file {name}")
        module = module_from_spec(spec)
        sys.modules.setdefault(path.stem, module)
        sys.path.insert(0, str(path.resolve().parent))
        spec.loader.exec_module(module)
        return module
    except DatamimicError:
        raise
    except (Exception, SystemExit) as error:
        said = f"{type(error).__name__}: {error}"
        raise DatamimicError("models.cannot_import", f"{name} cannot be imported: {excerpt(said)}") from None
    finally:
        sys.path[:] = before
