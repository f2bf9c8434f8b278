"""The reference of what authors use: every public name by purpose, with signature, arguments, errors and an example that runs."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import datamimic
from datamimic import columns, plugin, testing
from datamimic.base.docstrings import docstring
from datamimic.plugins.registry import Registry
from pages.column_forms import column_forms, rule_parameters
from pages.markdown import code, page, paragraphs, table

EXAMPLES = Path(__file__).parents[1] / "examples" / "authoring"
MODULES = (datamimic, columns, testing)
"""Where public names come from; the hooks have a page of their own."""
ARRAYS = {
    "Bits": "NumPy arrays of uint64, for annotations: random bits.",
    "Bools": "NumPy arrays of bool_, for annotations.",
    "Column": "Any column in flight, for annotations: an array, `Text`, `Lists`, `Maps`, `Struct` or `Ref`.",
    "Dates": "NumPy arrays of datetime64[D] (days) or datetime64[us] (moments in UTC), for annotations.",
    "Floats": "NumPy arrays of float64, for annotations.",
    "GRADES": "What the grades of tables mean, {letter: meaning}.",
    "Ints": "NumPy arrays of int64, for annotations: whole numbers, and money in hundredths.",
    "Masked": "NumPy masked arrays, for annotations: numbers, dates and booleans of which some are null.",
    "hookimpl": "Decorator of a hook's implementation in a plugin module; see [hooks](../hooks.md).",
}
"""Names that are no classes or functions of ours, which could say it themselves."""


class Purpose(NamedTuple):
    title: str
    summary: str
    names: tuple[str, ...]
    parts: tuple[str, ...] = ()
    """What stands before the names."""


def purposes() -> Mapping[str, Purpose]:
    """Page -> what is on it."""
    return {
        "entities.md": Purpose(
            "Entities and fields",
            "what a class says of its rows; rules and their parameters, checks, parts, inheritance",
            ("entity", "field", "Entity", "row_rule", "check", "record", "embed", "Embedded", "copy_of", "via", "Spec", "spec_of"),
            (_RULES, rule_parameters(), _NULLS, _INHERITANCE, example("subclass")),
        ),
        "columns.md": Purpose(
            "Columns and kinds of values",
            "what an annotation means in Python, in rules and in Arrow; text, lists, records",
            (
                *("Ints", "Floats", "Bools", "Dates", "Masked", "Column", "Text", "Vocabulary", "Lists", "Maps", "Struct", "GeoPoint"),
                *("ValueType", "decimals", "unsigned", "zone", "where", "select", "join", "join_present", "take", "kept", "concat"),
                *("digits", "digit_matrix", "from_bytes", "number_text", "money_text", "date_text", "divided"),
                *("year_month_day", "years_between"),
            ),
            (column_forms(),),
        ),
        "values.md": Purpose(
            "Generators of values",
            "constants, choices, numbers, dates, ids, table draws; generators of your own",
            (
                *("constant", "choice", "weighted", "quantity", "from_row", "number", "serial", "random_uuid", "random_bytes"),
                *("days_before", "days_after", "time_between", "duration_between", "country_code"),
                *("Generator", "Context", "LiteralGenerator"),
            ),
        ),
        "relations.md": Purpose(
            "Relations",
            "references, parents and children, many to many, unique combinations",
            (
                *("ref", "Ref", "parent", "ParentRef", "children", "Children", "count_of", "sum_of", "link", "combinations"),
                *("apportioned", "nearest"),
            ),
            ("How to choose among them: [relate entities](../../how-to/relate-entities.md).",),
        ),
        "memory.md": Purpose(
            "Memory",
            "sums and states along siblings, what repeats, rows that depend on each other",
            ("Family", "of_family", "revisit", "simulated", "segment_sums", "positions"),
            ("When to use which, and what it costs: [remember what came before](../../how-to/remember-what-came-before.md).",),
        ),
        "draws.md": Purpose(
            "Draws",
            "addressed randomness, exact weights, permutations",
            ("Draw", "Bits", "Alias", "Permutation", "composite"),
        ),
        "tables.md": Purpose(
            "Tables",
            "reading the tables of packs, distributions by condition, quantiles",
            ("Data", "Table", "Grouped", "Quantiles", "normal_quantiles", "Steps", "GRADES", "tables_read"),
            ("`dm describe ENTITY` lists the tables that an entity reads, with their columns.",),
        ),
        "places-and-times.md": Purpose(
            "Places and times",
            "clocks of all zones, working days, opening hours, distances",
            ("local", "to_local", "to_utc", "WorkingDays", "OpeningHours", "kilometres"),
            ("A whole example: [place rows in space and time](../../how-to/places-and-times.md).",),
        ),
        "options-and-requests.md": Purpose(
            "Options, requests, services",
            "what callers may set; the JSON request API, profiles; classes to call",
            ("option", "options", "make_options", "expose", "RequestView", "Constraint", "generate_domain", "Service", "Asked"),
        ),
        "worlds.md": Purpose(
            "Worlds and rows",
            "making rows, reproducing, explaining, verifying, checking",
            (
                *("World", "Rows", "Origin", "Clock", "Locale", "Registry", "installed_packs", "check_rows", "Finding"),
                *("explain", "verify", "describe_origin", "describe_rows", "DatamimicError"),
            ),
        ),
        "packs.md": Purpose(
            "Packs: formats, commands, tests",
            "what a distribution brings beside entities, and how it is tested",
            (
                *("Pack", "DatasetSource", "RunReport", "hookimpl", "Format", "LineFormat", "Writer", "setting"),
                *("data_files", "read_batches", "whole_file", "PartRunner", "PartTask", "MadePart", "pack_contract", "entities"),
            ),
            (_COMMANDS, example("commands")),
        ),
    }  # fmt: skip


SHOWN_WITH = {
    "Asked": "Service", "Children": "parent", "Constraint": "expose", "DatasetSource": "Pack", "Embedded": "embed",
    "Family": "of_family", "Finding": "check_rows", "LineFormat": "setting", "MadePart": "PartRunner", "ParentRef": "parent",
    "PartTask": "PartRunner", "Ref": "ref", "RequestView": "expose", "RunReport": "Pack", "Spec": "spec_of", "Writer": "Format",
    "Bools": "Ints", "Column": "take", "Dates": "Ints", "Floats": "Ints", "Masked": "Ints",
    "children": "parent", "concat": "take", "copy_of": "embed", "count_of": "parent", "data_files": "read_batches",
    "date_text": "money_text", "days_after": "days_before", "decimals": "ValueType", "describe_origin": "describe_rows",
    "digit_matrix": "digits", "divided": "digits", "duration_between": "time_between", "from_bytes": "digits", "hookimpl": "Pack",
    "join_present": "join", "kept": "take", "normal_quantiles": "Quantiles", "number_text": "digits", "option": "options",
    "positions": "segment_sums", "random_bytes": "random_uuid", "select": "where", "sum_of": "parent",
    "tables_read": "describe_rows", "to_local": "to_utc", "unsigned": "ValueType", "via": "embed",
    "year_month_day": "years_between", "zone": "ValueType",
}  # fmt: skip
"""Names that are shown in the example of another one."""

_RULES = """## Rules

A rule is a plain function given to `field`: it gets whole columns and returns one. Its parameters are names of fields, and what
the engine supplies:"""

_NULLS = """## Nulls

A field may be null where its annotation says `X | None`; anywhere else a null is an error that names the field. Text is null where
its code is -1 (`Text.of(["a", None])`, `text.where(keep)`); numbers, dates and row numbers of references where a masked array
is masked (`np.ma.MaskedArray(values, mask)`); lists, maps and records by `present=`. `kept(column, keep)` does it for a column of
any kind. In checks, what compares a null holds."""

_INHERITANCE = """## Entities of other packs

A subclass inherits fields, checks and tables, and may make a field anew. `hide` takes inherited fields out of its table. Values
are drawn by the names of entity and field: `stream` keeps those that a renamed entity had, `aliases` are other names that a
pack may register it by. Options inherit as well: a pack exports its class of options, or `spec_of(Person).options` has it."""

_COMMANDS = """## Commands

A pack adds commands to `dm` with the hook `datamimic_commands`. Options that commands share, such as those of a world, are public in
`datamimic.cli`; what a command raises as `DatamimicError` is shown in two lines."""


def authoring_pages(packs: Registry) -> dict[str, str]:
    """Path below docs/reference -> page."""
    return {f"authoring/{name}": _page(purpose) for name, purpose in purposes().items()}


def public_names() -> dict[str, Any]:
    """Name -> what it is, of all that authors import."""
    return {name: getattr(module, name) for module in reversed(MODULES) for name in module.__all__}


def example(name: str) -> str:
    return f"```python\n{(EXAMPLES / f'{SHOWN_WITH.get(name, name)}.py').read_text(encoding='utf-8').strip()}\n```"


def home(name: str) -> str:
    """The module that authors import it from."""
    return next(module.__name__ for module in MODULES if name in module.__all__)


def explained(thing: Any) -> str:
    """All that docstrings say of a class or function and its arguments."""
    parts = [docstring(thing)]
    if inspect.isclass(thing):
        parts += [f"{name}: {text}" for name, text in attributes(thing).items()]
        if "__init__" in vars(thing):
            parts.append(docstring(vars(thing)["__init__"]))
    return "\n\n".join(part for part in parts if part)


def attributes(cls: type) -> dict[str, str]:
    """The docstrings below the attributes of a class."""
    body = ast.parse(textwrap.dedent(inspect.getsource(cls))).body[0]
    assert isinstance(body, ast.ClassDef)
    found = {}
    for each, after in zip(body.body, body.body[1:], strict=False):
        if isinstance(each, ast.AnnAssign) and isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
            found[ast.unparse(each.target)] = inspect.cleandoc(str(after.value.value))
    return found


def _page(purpose: Purpose) -> str:
    listed = table(("Name", "What it is"), [(f"[`{name}`](#{_anchor(name)})", _summary(name)) for name in purpose.names])
    shown: dict[str, str] = {}
    parts = [f"{purpose.summary[0].upper()}{purpose.summary[1:]}.", listed, *purpose.parts]
    for name in purpose.names:
        parts += _entry(name, shown)
    return page(purpose.title, *parts)


def _entry(name: str, shown: dict[str, str]) -> Iterator[str]:
    thing = public_names()[name]
    yield f"## {name}"
    if name in ARRAYS:
        yield f"```text\nfrom {home(name)} import {name}\n```"
        yield ARRAYS[name]
    else:
        yield f"```text\nfrom {home(name)} import {name}\n\n{_signature(name, thing)}\n```"
        yield paragraphs(docstring(thing))
        if inspect.isclass(thing):
            told = attributes(thing)
            if told:
                yield table(("Attribute", "Meaning"), [(code(each), text) for each, text in told.items()])
            rows = [(code(each), text) for each, text in _methods(thing) if text]
            if rows:
                yield table(("Method or attribute", "What it gives"), rows)
    file = SHOWN_WITH.get(name, name)
    if file in shown:
        yield f"Shown with [`{shown[file]}`](#{_anchor(shown[file])})."
    else:
        shown[file] = name
        yield example(name)


def _anchor(name: str) -> str:
    return name.lower()


def _summary(name: str) -> str:
    text = ARRAYS.get(name) or docstring(public_names()[name])
    first = " ".join(text.partition("\n\n")[0].split())
    return re.split(r"(?<=[a-z`)])[.:] |[.:]$", first)[0].strip()


def _signature(name: str, thing: Any) -> str:
    """As one would write it: without quotes around annotations, one argument on a line where it is long."""
    signature = inspect.signature(thing)
    if inspect.isclass(thing):
        signature = signature.replace(return_annotation=inspect.Signature.empty)
    text = re.sub(r"numpy\.ndarray\[.*?\]\]\]", "Array", str(signature)).replace("'", "")
    text = re.sub(r"<class ([\w.]+)>", lambda found: found[1].rpartition(".")[2], text).replace(" = NOTHING", " = {}")
    text = text.replace("typing.", "").replace("datetime.timedelta", "timedelta")
    if len(name) + len(text) <= 100:
        return name + text
    arguments = [part.replace("'", "") for part in _arguments(text)]
    end = text[text.rindex(")") :] if "->" not in text else text[text.rindex(") ->") :]
    return f"{name}(\n" + "".join(f"    {each},\n" for each in arguments) + end


def _arguments(text: str) -> Iterator[str]:
    """The arguments of a signature's text."""
    depth, start = 0, 1
    for place, letter in enumerate(text):
        depth += (letter in "([{") - (letter in ")]}")
        if (letter == "," and depth == 1) or depth == 0:
            yield text[start:place].strip()
            start = place + 1
        if depth == 0:
            return


def _methods(cls: type) -> Iterator[tuple[str, str]]:
    """Public methods and properties with the first sentence of what they say."""
    for name, each in vars(cls).items():
        function = each.fget if isinstance(each, property) else getattr(each, "__func__", each)
        if name.startswith("_") or not inspect.isfunction(function):
            continue
        text = " ".join(docstring(function).partition("\n\n")[0].split())
        names = [parameter for parameter in inspect.signature(function).parameters if parameter not in ("self", "cls")]
        yield (name if isinstance(each, property) else f"{name}({', '.join(names)})"), text
