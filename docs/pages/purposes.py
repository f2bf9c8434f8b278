"""What authors write, by purpose: which page has which public names, and what stands before them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from datamimic import columns
from datamimic.model.supplied import SUPPLIED, Asker
from pages.examples import example
from pages.markdown import code, paragraphs, table


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
            (
                "entity",
                "field",
                "Entity",
                "row_rule",
                "check",
                "record",
                "Breaks",
                "embed",
                "Embedded",
                "copy_of",
                "via",
                "Spec",
                "spec_of",
            ),
            (_RULES, rule_parameters(), _NULLS, _INHERITANCE, example("subclass")),
        ),
        "columns.md": Purpose(
            "Columns and kinds of values",
            "what an annotation means in Python, in rules and in Arrow; text, lists, records",
            (
                *(
                    "Ints",
                    "Floats",
                    "Bools",
                    "Dates",
                    "Masked",
                    "Column",
                    "Text",
                    "Vocabulary",
                    "Lists",
                    "Maps",
                    "Struct",
                    "GeoPoint",
                ),
                *(
                    "ValueType",
                    "decimals",
                    "unsigned",
                    "zone",
                    "where",
                    "select",
                    "overlaid",
                    "join",
                    "join_present",
                    "take",
                    "kept",
                    "concat",
                    "true_values",
                ),
                *("digits", "digit_matrix", "from_bytes", "number_text", "money_text", "date_text", "divided"),
                *("year_month_day", "years_between", "ordered", "numbered"),
            ),
            (_FORMS, paragraphs((columns.__doc__ or "").partition("\n\n")[2])),
        ),
        "values.md": Purpose(
            "Generators of values",
            "constants, choices, numbers, dates, ids, table draws; generators of your own",
            (
                *(
                    "constant",
                    "choice",
                    "weighted",
                    "quantity",
                    "from_row",
                    "number",
                    "serial",
                    "limited",
                    "random_uuid",
                    "random_bytes",
                ),
                *("days_before", "days_after", "time_between", "duration_between", "country_code"),
                *("Generator", "Context", "LiteralGenerator"),
            ),
        ),
        "relations.md": Purpose(
            "Relations",
            "references, parents and children, many to many, unique combinations; groups, members and their roles",
            (
                *(
                    "ref",
                    "Ref",
                    "parent",
                    "Room",
                    "ParentRef",
                    "children",
                    "Children",
                    "count_of",
                    "sum_of",
                    "link",
                    "combinations",
                ),
                *("apportioned", "nearest"),
                *("dealt", "members", "member_row", "fellow", "shared", "trait", "kin_rank"),
                *("role", "role_of", "holders_among", "everyone", "otherwise"),
            ),
            ("How to choose among them: [relate entities](../../how-to/relate-entities.md).",),
        ),
        "memory.md": Purpose(
            "Memory",
            "sums and states along siblings, what repeats, rows that depend on each other",
            ("Family", "of_family", "rank_within", "revisit", "simulated", "segment_sums", "positions"),
            (
                "When to use which, and what it costs: [remember what came before](../../how-to/remember-what-came-before.md).",
            ),
        ),
        "draws.md": Purpose(
            "Draws",
            "addressed randomness, exact weights, permutations",
            ("Draw", "Bits", "Alias", "Permutation", "ExactShare", "composite", "FF1", "MixedFF1", "SecretKey"),
        ),
        "tables.md": Purpose(
            "Tables",
            "reading the tables of packs, distributions by condition, quantiles; rows that exist",
            (
                "source",
                "given",
                "Data",
                "Table",
                "Grouped",
                "Quantiles",
                "normal_quantiles",
                "Steps",
                "GRADES",
                "tables_read",
            ),
            (
                "`dm describe ENTITY` lists the tables that an entity reads, with their columns. Entities whose rows exist: "
                "[bring tables that exist](../../how-to/bring-tables-that-exist.md).",
            ),
        ),
        "places-and-times.md": Purpose(
            "Places and times",
            "clocks of all zones, working days, opening hours, distances; statuses at any moment",
            ("local", "stages", "to_local", "to_utc", "WorkingDays", "OpeningHours", "kilometres"),
            (
                "Whole examples: [place rows in space and time](../../how-to/places-and-times.md), "
                "[travel in time](../../how-to/travel-in-time.md).",
            ),
        ),
        "options-and-requests.md": Purpose(
            "Options, requests, services",
            "what callers may set; the JSON request API, profiles; classes to call",
            (
                "option",
                "options",
                "make_options",
                "expose",
                "RequestView",
                "Constraint",
                "generate_domain",
                "Service",
                "Asked",
            ),
        ),
        "worlds.md": Purpose(
            "Worlds and rows",
            "making rows, reproducing, explaining, verifying, checking",
            (
                *("World", "Rows", "Origin", "Clock", "Locale", "Registry", "installed_packs", "supported_countries"),
                *("check_rows", "judge_rows", "Finding"),
                *("DescribedPack", "read_model", "with_models"),
                *("explain", "verify", "describe_origin", "describe_rows", "DatamimicError"),
            ),
        ),
        "messages.md": Purpose(
            "Messages",
            "what systems send each other: rows of an entity as documents of a standard, made a column at a time",
            (
                *(
                    "Message",
                    "Negative",
                    "Rule",
                    "instead",
                    "Piece",
                    "of",
                    "each",
                    "together",
                    "under",
                    "only_with",
                    "around",
                    "in_order",
                ),
                *("compact", "comma", "latin", "named", "part", "upper"),
                *("element", "DECLARATION", "Segments", "EDIFACT", "HL7", "X12"),
                *("tagged", "lines", "block", "text_block", "Bitmaps", "document"),
            ),
        ),
        "packs.md": Purpose(
            "Packs: formats, commands, tests",
            "what a distribution brings beside entities, and how it is tested",
            (
                *(
                    "Pack",
                    "DatasetSource",
                    "RunReport",
                    "Meaning",
                    "read_meanings",
                    "hookimpl",
                    "Format",
                    "LineFormat",
                    "Writer",
                    "setting",
                ),
                *(
                    "data_files",
                    "read_batches",
                    "TableSource",
                    "OpenTable",
                    "columns_of_table",
                    "TableName",
                    "StreamTarget",
                    "Sending",
                    "StreamRecord",
                    "whole_file",
                    "new_folder",
                    "PartRunner",
                    "PartTask",
                    "MadePart",
                    "Dues",
                    "Owed",
                    "Told",
                    "MEANS",
                    "ModelReader",
                    "DescribedClass",
                    "pack_contract",
                    "entities",
                ),
            ),
            (_COMMANDS, example("commands"), _EXPORTS, example("lazy_exports")),
        ),
    }


_FORMS = """Each kind of value with its type in Python, Arrow, JSON and databases: [choose the type of a
field](../../how-to/choose-the-type-of-a-field.md). In flight, columns have these forms:"""

_RULES = """## Rules

A rule is a plain function given to `field`: it gets whole columns and returns one. Its parameters are names of fields,
and what the engine supplies:"""

_NULLS = """## Nulls

A field may be null where its annotation says `X | None`; anywhere else a null is an error that names the field. Text is
null where its code is -1 (`Text.of(["a", None])`, `text.where(keep)`); numbers, dates and row numbers of references where
a masked array is masked (`np.ma.MaskedArray(values, mask)`); lists, maps and records by `present=`. `kept(column, keep)`
does it for a column of any kind. In checks, what compares a null holds."""

_INHERITANCE = """## Entities of other packs

A subclass inherits fields, checks and tables, and may make a field anew. `hide` takes inherited fields out of its table.
Values are drawn by the names of entity and field: `stream` keeps those that a renamed entity had, `aliases` are other
names that a pack may register it by. Options inherit as well: a pack exports its class of options, or
`spec_of(Person).options` has it."""

_EXPORTS = """## Names of a package

A pack's own package names what it has without importing it, so that `dm list-packs` stays quick."""

_COMMANDS = """## Commands

A pack adds commands to `dm` with the hook `datamimic_commands`. Options that commands share, such as those of a world,
are public in `datamimic.cli`; what a command raises as `DatamimicError` is shown in two lines.

## Figures, identifiers and dependencies

Without a hook, `dm report` reads two files beside a pack's `data.toml`: `claims.toml`, the
[published figures](../../how-to/report-to-an-auditor.md) that its columns follow, and `dependencies.toml`, the
[pairs of columns](../../how-to/declare-dependencies.md) that must hang together or must not, and when things happen."""


_MEANINGS = {
    "rows": ("Ints", "row numbers, int64"),
    "draw": ("Draw", "the field's addressed randomness; in a row rule, of the row"),
    "data": ("Data", "the tables of the pack that declares the field"),
    "clock": ("Clock", "the instant that ages and dates are computed from"),
    "now": (
        "Dates",
        "the moment at which each row is seen: the clock, unless the world is seen as of an earlier one",
    ),
    "locale": ("Locale", "language and country of the world"),
    "options": ("the entity's class of options", "what the caller has set"),
    "world": (
        "RuleWorld",
        "`refer(entity, rows)` for references, `memo(key, make)` for what is made once in a world",
    ),
    "family": ("Family", "all siblings of the rows, on an entity with a parent"),
}


def _type_of(parameter: str) -> str:
    """A class as code; what is no name, as a text that a narrow page can break."""
    kind = _MEANINGS[parameter][0]
    return code(kind) if kind.isidentifier() else kind


def rule_parameters() -> str:
    """From the one list of what the engine supplies."""
    askers = (Asker.COLUMN_RULE, Asker.ROW_RULE, Asker.CHECK)
    rows = [
        (code(name), _type_of(name), _MEANINGS[name][1], *("●" if asker in who else "" for asker in askers))
        for name, who in SUPPLIED.items()
    ]
    return table(("Parameter", "Type", "What it is", "Rule", "Row rule", "Check"), rows)
