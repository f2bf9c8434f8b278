"""A configuration that is given, or made of a template: `${name}` is what `--set name=value` says, `${name:-x}` x if none."""

from __future__ import annotations

import re
from pathlib import Path

from datamimic import DatamimicError
from datamimic.errors import UnknownName
from datamimic_models.templates import template_text, templates

_PLACE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}\n]*))?\}")


def rendered(config: Path | None, template: str | None, names: tuple[str, ...]) -> tuple[str, str, Path]:
    """(text, name of its file, its path). A rendered template lies beside it only in the job's record.

    Raises `DatamimicError`: `platform.no_config`, `platform.bad_template`.
    """
    if (config is None) == (template is None):
        raise DatamimicError(
            "platform.no_config", "a job is made of one configuration or one template", hint="--config FILE"
        )
    if config is not None:
        return read(config), config.name, config.absolute()
    assert template is not None
    values = dict(_pair(each) for each in names)
    path = Path(template)
    if path.suffix and path.exists():
        text, name, place = read(path), path.name, path.absolute()
    elif template in templates():
        text, name, place = template_text(template), f"{template}.yaml", Path(f"{template}.yaml").absolute()
    else:
        raise UnknownName("template", template, templates())
    unknown = values.keys() - {found[1] for found in _PLACE.finditer(text)}
    missing = [found[1] for found in _PLACE.finditer(text) if found[1] not in values and found[2] is None]
    if unknown or missing:
        what = f"nothing is said for {missing[0]}" if missing else f"it has no place for {sorted(unknown)[0]}"
        raise DatamimicError("platform.bad_template", f"the template {template}: {what}", hint="--set name=value")
    return _PLACE.sub(lambda found: values.get(found[1], found[2] or ""), text), name, place


def read(path: Path) -> str:
    """Raises `DatamimicError` (`platform.no_config`)."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = "no UTF-8" if isinstance(error, UnicodeDecodeError) else str(error.strerror)
        raise DatamimicError("platform.no_config", f"{path} cannot be read: {why}") from None


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name or "\n" in value:
        raise DatamimicError("platform.bad_template", "--set is not written NAME=VALUE")
    return name, value
