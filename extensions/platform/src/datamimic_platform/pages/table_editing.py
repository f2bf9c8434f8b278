"""The table editor's side of a configuration in YAML: what it shows of the text, and its changes made in the text itself.

A change replaces the characters of what it is about and no others: comments, order and layout of the rest stay.
"""

from __future__ import annotations

from typing import Any

import yaml
from attrs import frozen

from datamimic import DatamimicError
from datamimic_platform.pages.yaml_places import end_of, end_with_remark, flow, replaced, value_of
from datamimic_platform.security.documents import document_of

TYPES = ("int", "str", "float", "bool", "date", "datetime", "decimal", "time", "uuid", "json")
SENSITIVITIES = ("", "PII", "PHI", "PCI")


@frozen(kw_only=True)
class Edit:
    """`do` is one of the names of `_DOES`; `value` what was put in."""

    do: str
    table: str = ""
    column: str = ""
    value: str = ""


def tables_of(text: str) -> list[dict[str, Any]] | None:
    """`{name, rows, columns: [{name, type, rule, key, sensitivity}]}`; None where the text has no list of such tables."""
    try:
        found = [_shown(each) for each in document_of(text)["tables"]]
    except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError, RecursionError):
        return None
    return found


def _shown(table: dict[str, Any]) -> dict[str, Any]:
    keys = {
        each["child_column"]: f"{each['parent_table']}.{each['parent_column']}"
        for each in table.get("foreign_keys", ())
        if isinstance(each.get("child_column"), str)
    }
    columns = []
    for each in table["columns"]:
        primary = "PK" in [*each.get("constraints", ())] or each["name"] in [*table.get("primary_key", ())]
        rule = each.get("rule", "")
        columns.append(
            {
                "name": each["name"],
                "type": each.get("type", ""),
                "rule": rule if isinstance(rule, str) else flow(rule),
                "key": keys.get(each["name"], "PK" if primary else ""),
                "sensitivity": each.get("sensitivity", ""),
            }
        )
    return {"name": table.get("table_name", table.get("name", "")), "rows": table.get("rows", ""), "columns": columns}


def edited(text: str, edit: Edit) -> str:
    """Raises `DatamimicError` (`platform.bad_request`) for what cannot be changed so; the text says more than the editor."""
    if edit.do not in _DOES or tables_of(text) is None:
        raise _refused("this text cannot be changed by the table editor", "change it as YAML")
    document = yaml.compose(text, Loader=yaml.SafeLoader)
    try:
        made: str = _DOES[edit.do](text, value_of(document, "tables"), edit)
        yaml.safe_load(made)
    except (yaml.YAMLError, StopIteration, TypeError, AttributeError, KeyError):
        raise _refused("this text cannot be changed by the table editor", "change it as YAML") from None
    return made


def _add_table(text: str, tables: Any, edit: Edit) -> str:
    name = _named(edit.value, "table")
    if any(each["name"] == name for each in tables_of(text) or ()):
        raise _refused(f"there is a table {name} already", "give another name")
    return _appended(
        text,
        tables,
        lambda indent: (
            f"table_name: {flow(name)}\n{indent}columns:\n"
            f"{indent}  - {flow({'name': 'id', 'type': 'int', 'constraints': ['PK']})}"
        ),
    )


def _remove_table(text: str, tables: Any, edit: Edit) -> str:
    return _removed(text, tables, _table(tables, edit.table))


def _set_rows(text: str, tables: Any, edit: Edit) -> str:
    plain = edit.value.replace(",", "").strip()
    if plain and not (plain.isascii() and plain.isdecimal()):
        raise _refused("rows is no whole number", "as 1000")
    return _put(text, _table(tables, edit.table), "rows", plain)


def _add_column(text: str, tables: Any, edit: Edit) -> str:
    name, columns = _named(edit.value, "column"), value_of(_table(tables, edit.table), "columns")
    if any(_read(each)["name"] == name for each in columns.value):
        raise _refused(f"there is a column {name} already", "give another name")
    return _appended(text, columns, lambda _: flow({"name": name, "type": "str"}))


def _remove_column(text: str, tables: Any, edit: Edit) -> str:
    table = _table(tables, edit.table)
    return _removed(text, value_of(table, "columns"), _column(table, edit.column))


def _set_word(text: str, tables: Any, edit: Edit) -> str:
    """Of a column its type, rule or sensitivity."""
    node, word = _column(_table(tables, edit.table), edit.column), edit.do.removeprefix("set_")
    value: Any = edit.value.strip()
    if word == "rule" and value:
        try:
            value = document_of(value)
        except (yaml.YAMLError, ValueError, RecursionError):
            raise _refused("the rule is no YAML", "a name as first_name, or {type: range, min: 1, max: 9}") from None
    return replaced(text, node, flow(_with(_read(node), word, value)))


def _set_key(text: str, tables: Any, edit: Edit) -> str:
    """`PK`, `parent.column`, or nothing."""
    node = _column(_table(tables, edit.table), edit.column)
    column = _read(node)
    rest = [each for each in column.get("constraints", ()) if each not in ("PK", "FK")]
    constraints = [*rest, "PK" if edit.value == "PK" else "FK"] if edit.value else rest
    text = replaced(text, node, flow(_with(column, "constraints", constraints)))
    table = _table(value_of(yaml.compose(text, Loader=yaml.SafeLoader), "tables"), edit.table)
    keys = value_of(table, "foreign_keys")
    kept = [each for each in (_read(keys) if keys is not None else ()) if each.get("child_column") != edit.column]
    parent, dot, parent_column = edit.value.rpartition(".")
    if dot:
        kept.append({"parent_table": parent, "parent_column": parent_column, "child_column": edit.column})
    elif keys is None:
        return text
    indent = " " * (table.start_mark.column + 2)
    return _put(text, table, "foreign_keys", "".join(f"\n{indent}- {flow(each)}" for each in kept))


_DOES = {
    "add_table": _add_table,
    "remove_table": _remove_table,
    "set_rows": _set_rows,
    "add_column": _add_column,
    "remove_column": _remove_column,
    "set_type": _set_word,
    "set_rule": _set_word,
    "set_sensitivity": _set_word,
    "set_key": _set_key,
}


def _table(tables: Any, name: str) -> Any:
    return next(each for each in tables.value if value_of(each, "table_name", "name").value == name)


def _column(table: Any, name: str) -> Any:
    return next(each for each in value_of(table, "columns").value if _read(each)["name"] == name)


def _read(node: Any) -> Any:
    return yaml.safe_load(yaml.serialize(node, Dumper=yaml.SafeDumper))


def _with(column: dict[str, Any], word: str, value: Any) -> dict[str, Any]:
    made = {**column, word: value}
    return {name: each for name, each in made.items() if name != word or each not in ("", [], None)}


def _put(text: str, table: Any, word: str, made: str) -> str:
    """A key of a table in a block, set to a text that begins on its line or the next; taken away where that is empty."""
    if table.flow_style:
        raise _refused("a table in one line cannot be changed by the table editor", "change it as YAML")
    key, value = next(((key, value) for key, value in table.value if key.value == word), (None, None))
    space = "" if made.startswith("\n") else " "
    if key is None:
        if not made:
            return text
        first = table.value[0][1] if word == "rows" else table
        end = end_with_remark(text, first)
        return text[:end] + f"\n{' ' * table.start_mark.column}{word}:{space}{made}" + text[end:]
    if made:
        return text[: key.end_mark.index] + f":{space}{made}" + text[end_of(text, value) :]
    begin = text.rfind("\n", 0, key.start_mark.index)
    return text[:begin] + text[end_with_remark(text, value) :]


def _appended(text: str, items: Any, made: Any) -> str:
    """An item after the last of a list in a block; `made` is given the indent of its lines."""
    last = items.value[-1]
    if items.flow_style:
        raise _refused("a list in one line cannot be changed by the table editor", "change it as YAML")
    indent = " " * last.start_mark.column
    dash = " " * items.start_mark.column
    end = end_with_remark(text, last)
    return text[:end] + f"\n{dash}-{indent[len(dash) + 1 :]}{made(indent)}" + text[end:]


def _removed(text: str, items: Any, item: Any) -> str:
    if len(items.value) == 1:
        raise _refused("the last one cannot be taken away", "change it as YAML")
    if items.flow_style:
        raise _refused("a list in one line cannot be changed by the table editor", "change it as YAML")
    begin = text.rfind("\n", 0, item.start_mark.index)
    return text[: max(begin, 0)] + text[end_with_remark(text, item) :]


def _named(name: str, what: str) -> str:
    plain = name.strip()
    if not plain or len(plain) > 100 or not plain.isprintable():
        raise _refused(f"the {what} has no name", "a name as customers")
    return plain


def _refused(message: str, hint: str) -> DatamimicError:
    return DatamimicError("platform.bad_request", message, hint=hint)
