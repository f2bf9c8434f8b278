"""Identifiers under the eyes of libraries that nothing here is made with: python-stdnum, schwifty, phonenumbers."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from datamimic.errors import DataError
from datamimic_report.claims import Identifier

Judge = Callable[[str], bool]
DISTRIBUTIONS = {"stdnum": "python-stdnum"}


def judge(identifier: Identifier, values: list[Any], country: str) -> dict[str, Any]:
    """{field, validator, version, rows, accepted, refused, expected, holds, examples}; `skipped` when it is not installed.

    Nulls are not judged. Raises `DataError` (`bad_catalog`) for a validator that nobody knows.
    """
    package = identifier.validator.partition(".")[0]
    told: dict[str, Any] = {
        "field": identifier.field,
        "validator": identifier.validator,
        "expected": "refused" if identifier.refused else "valid",
        "note": identifier.note,
    }
    try:
        told["version"] = version(DISTRIBUTIONS.get(package, package))
        accepts = _judge(identifier.validator, country)
    except (ImportError, PackageNotFoundError):
        return told | {"skipped": f"{DISTRIBUTIONS.get(package, package)} is not installed", "holds": None}
    present = [str(value) for value in values if value is not None]
    verdicts = [accepts(value) for value in present]
    accepted = sum(verdicts)
    wrong = [value for value, valid in zip(present, verdicts, strict=True) if valid == identifier.refused]
    return told | {
        "rows": len(present),
        "accepted": accepted,
        "refused": len(present) - accepted,
        "holds": not wrong,
        "examples": wrong[:3],
    }


def _judge(name: str, country: str) -> Judge:
    package, _, rest = name.partition(".")
    if package == "stdnum" and rest:
        import_module(package)
        try:
            module = import_module(f"stdnum.{rest}")
        except ImportError:
            raise DataError("bad_catalog", f"python-stdnum has no {rest}") from None
        return lambda text: bool(module.is_valid(text))
    if package == "schwifty" and rest in ("IBAN", "BIC"):
        made = getattr(import_module("schwifty"), rest)
        return lambda text: bool(made(text, allow_invalid=True).is_valid)
    if package == "phonenumbers":
        phones = import_module("phonenumbers")

        def is_valid(text: str) -> bool:
            try:
                return bool(phones.is_valid_number_for_region(phones.parse(text, country), country))
            except phones.NumberParseException:
                return False

        return is_valid
    raise DataError("bad_catalog", f"no validator is called {name}", hint="stdnum.…, schwifty.IBAN or phonenumbers")
