"""The page of masking plans, from the catalogue of methods and the JSON Schema of plans."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from datamimic.plugins.registry import Registry
from datamimic_learning import plan_schema
from pages.markdown import page

_TAKES = {
    "text": "texts", "whole": "whole numbers", "number": "numbers", "date": "days", "moment": "moments",
    "record": "records and lists", "other": "whatever else",
}  # fmt: skip


def plans(packs: Registry) -> str:
    """Every word of a plan, every method with its settings."""
    from datamimic_learning.masking.methods.check_digits import NUMBERS
    from datamimic_learning.masking.plans.catalogue import METHODS

    schema = plan_schema()
    table = schema["properties"]["tables"]["additionalProperties"]
    subject = table["properties"]["subjects"]["additionalProperties"]
    intro = (
        "What `dm mask --plan` reads, YAML or JSON; `dm mask --schema` prints the JSON Schema for an editor, `--propose` "
        "writes a plan, `--check` tells every mistake with its line. [How to mask](../how-to/mask-tables.md) shows plans at "
        "work."
    )
    parts = [intro]
    for title, part in (("The plan", schema), ("A table", table), ("A subject", subject)):
        rows = [f"| `{name}` | {_kind(each)} | {each.get('description', _WORDS.get(name, ''))} |"
                for name, each in part["properties"].items()]  # fmt: skip
        parts.append(f"## {title}\n\n| Word | Value | What it says |\n|---|---|---|\n" + "\n".join(rows))
    parts.append(
        "## Methods\n\nA column has a method, `id: encrypt`, or a method with settings, `id: {method: encrypt, width: 9}`. "
        "Columns of a subject have fields of its entity instead."
    )
    for method in METHODS.values():
        takes = ", ".join(_TAKES[each] for each in method.takes) if len(method.takes) < len(_TAKES) else "every column"
        text = f"### {method.name}\n\n{method.doc} For {takes}."
        if method.settings:
            text += "\n\n| Setting | Value | Without it | What it says |\n|---|---|---|---|\n" + "\n".join(
                _settings(method)
            )
        parts.append(text)
    rows = [f"| `{each.name}` | {each.meaning} |" for each in NUMBERS.values()]
    parts.append(
        "## Numbers\n\nKinds of numbers whose check digits `encrypt` keeps right; what is no such number stays none.\n\n"
        "| Number | What it is |\n|---|---|\n" + "\n".join(rows)
    )
    return page("Masking plans", "\n\n".join(parts))


_WORDS = {
    "tables": "what becomes of each table, by its name",
    "subjects": "people, companies and other things that the table speaks of, by a name of your own",
    "columns": "the method of each column, by its name",
    "otherwise": "what is done with columns that the plan does not name; `refuse` where nothing is said",
}


def _settings(method: Any) -> Iterator[str]:
    for each in method.settings:
        kinds = {"text": "text", "whole": "whole number", "number": "number", "numbers": "numbers", "flag": "true or false",
                 "texts": "texts", "choice": "", "named": "parts and, for each, "}  # fmt: skip
        kind = kinds[each.kind] + " &#124; ".join(f"`{choice}`" for choice in each.choices)
        limits = "".join(
            f" {word} {limit:,g}" for word, limit in (("from", each.least), ("to", each.most)) if limit is not None
        )
        default = (
            ""
            if each.default in (None, (), "", {})
            else f"`{str(each.default).lower() if each.kind == 'flag' else each.default}`"
        )
        yield f"| `{each.name}` | {kind}{limits} | {default} | {each.doc} |"


def _kind(each: dict[str, Any]) -> str:
    if "const" in each:
        return f"`{each['const']}`"
    if "enum" in each:
        return " &#124; ".join(f"`{one}`" for one in each["enum"])
    if "anyOf" in each:
        return " or ".join(dict.fromkeys(_kind(one) for one in each["anyOf"]))
    if each.get("type") == "array":
        return f"list of {_kind(each['items'])}"
    return {"object": "mapping", "string": "text"}.get(str(each.get("type")), str(each.get("type", "any")))
