"""The side of a masking plan that is chosen from lists: what it shows of the text, and its changes made in the text itself."""

from __future__ import annotations

from typing import Any

import yaml
from attrs import frozen

from datamimic import DatamimicError
from datamimic_learning.masking.plans.catalogue import METHODS
from datamimic_platform.pages.yaml_places import appended, flow, removed, replaced, value_of
from datamimic_platform.security.documents import document_of


@frozen
class Choice:
    """Of a column: a method, with its settings as YAML, or a subject with the field that takes the place."""

    what: str
    how: str = ""


def choices_of(text: str) -> dict[str, dict[str, Choice]] | None:
    """By table and column; None where the text is no plan."""
    try:
        document = document_of(text)
        return {name: _shown(table or {}) for name, table in document["tables"].items()}
    except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError, RecursionError):
        return None


def subjects_of(text: str) -> dict[str, list[str]]:
    """Names of subjects by table."""
    try:
        tables = document_of(text)["tables"]
        return {name: list((table or {}).get("subjects") or {}) for name, table in tables.items()}
    except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError, RecursionError):
        return {}


def _shown(table: dict[str, Any]) -> dict[str, Choice]:
    found = {}
    for column, said in (table.get("columns") or {}).items():
        if isinstance(said, dict):
            settings = {name: each for name, each in said.items() if name != "method"}
            found[column] = Choice(str(said.get("method")), flow(settings)[1:-1] if settings else "")
        else:
            found[column] = Choice("null" if said is None else str(said))
    for subject, said in (table.get("subjects") or {}).items():
        for column, target in said["columns"].items():
            found[column] = Choice(f"subject {subject}", str(target))
    return found


def chosen(text: str, table: str, column: str, choice: Choice) -> str:
    """The text with another choice for a column. Raises `DatamimicError` (`platform.bad_request`)."""
    try:
        before = (choices_of(text) or {})[table].get(column)
        node = _table(text, table)
        if before is not None and before.what != choice.what and before.how == choice.how:
            choice = Choice(choice.what)  # what was said of the other one
        if choice.what.startswith("subject "):
            made = _to_subject(text, node, column, choice, before)
        else:
            made = _to_method(text, node, column, _said(choice), before)
        yaml.safe_load(made)
    except (yaml.YAMLError, KeyError, StopIteration, TypeError, AttributeError):
        raise _refused("this plan cannot be changed from the lists") from None
    return made


def _said(choice: Choice) -> Any:
    if choice.what not in METHODS:
        raise _refused("there is no such method")
    try:
        settings = document_of("{" + choice.how + "}") if choice.how.strip() else {}
    except (yaml.YAMLError, ValueError, RecursionError):
        raise _refused("the settings are no YAML", "as length: 12") from None
    return {"method": choice.what, **settings} if settings else choice.what


def _to_method(text: str, table: Any, column: str, said: Any, before: Choice | None) -> str:
    columns = value_of(table, "columns")
    node = None if columns is None else value_of(columns, column)
    word = f"{flow(column)}: {flow(said)}"
    if node is not None:
        return replaced(text, node, flow(said))
    if before is not None:
        subject = before.what.removeprefix("subject ")
        text = removed(text, value_of(value_of(value_of(table, "subjects"), subject), "columns"), column)
        columns = value_of(_table_again(text, table), "columns")
    if columns is None:
        return appended(text, _table_again(text, table), lambda indent: f"columns:\n{indent}  {word}")
    return appended(text, columns, lambda _: word)


def _to_subject(text: str, table: Any, column: str, choice: Choice, before: Choice | None) -> str:
    subject, field = choice.what.removeprefix("subject "), choice.how.strip()
    if not field:
        raise _refused("the field that takes its place is missing", "as family_name, or address.city")
    columns = value_of(value_of(value_of(table, "subjects"), subject), "columns")
    if before is not None and before.what == choice.what:
        return replaced(text, value_of(columns, column), flow(field))
    if before is not None and before.what.startswith("subject "):
        raise _refused("it belongs to another subject", "give it a method first")
    text = appended(text, columns, lambda _: f"{flow(column)}: {flow(field)}")
    if before is None:
        return text
    return removed(text, value_of(_table_again(text, table), "columns"), column)


def _table(text: str, name: str) -> Any:
    document = yaml.compose(text, Loader=yaml.SafeLoader)
    found = value_of(value_of(document, "tables"), name)
    found.called = name
    return found


def _table_again(text: str, table: Any) -> Any:
    return _table(text, table.called)


def _refused(message: str, hint: str = "change it as YAML") -> DatamimicError:
    return DatamimicError("platform.bad_request", message, hint=hint)
