"""The one family of errors: each has a code that is listed here, a message, and where it helps a hint and a place.

`CODES` says for every code what it means and what to do; the docs and `dm` print from it. A pack may raise codes of its
own, written `pack.code`, without listing them here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any, NamedTuple

EXIT_CODE = 2
_BEGUN = 3
"""Letters from which on the beginning of a name is near to it."""


class Explanation(NamedTuple):
    meaning: str
    remedy: str


_DEFINITION = {
    "bad_entity": ("An entity class cannot be used as it is written.", "Follow the message; it names the class."),
    "bad_field": ("A field cannot be made as it is written.", "Follow the message; it names the entity and the field."),
    "bad_rule": ("A rule cannot be used as it is written.", "A rule takes columns by name and returns one column."),
    "bad_check": ("A check cannot be used as it is written.", "A check takes columns by name and returns booleans."),
    "bad_option": ("An option cannot be used as it is declared.", "Give it a type, and a default within its range."),
    "unknown_parameter": (
        "A rule or check reads a column that its entity does not have.",
        "Name a field of the entity, or one of the parameters that the engine supplies.",
    ),
    "cycle": ("Fields need each other in a circle.", "Break the path that the message shows at one of its fields."),
    "type_mismatch": ("A field's annotation and its generator disagree.", "Change the annotation or the generator."),
    "missing_annotation": ("A field has no type annotation.", "Write `name: type = field(...)`."),
    "duplicate_field": ("A name is given to two fields.", "Rename one of them."),
    "duplicate_draw": ("Two draws of one rule have the same label.", "Give every draw of a rule its own label."),
    "empty_range": ("A rule draws integers from an empty range.", "Make sure that low does not exceed high."),
    "rule_failed": ("A rule raised an exception.", "Correct the rule; the message names the entity and the field."),
    "check_failed": ("A check raised an exception.", "Correct the check; the message names the entity and the check."),
    "wrong_length": (
        "A rule returned a column of the wrong length.",
        "Return one value for each row; never filter rows in a rule.",
    ),
    "list_too_long": ("A list of a row has more items than an item address allows.", "Lower the item counts."),
    "wrong_type": ("A rule returned a column of the wrong type.", "Return what the field's annotation says."),
    "nondeterministic": (
        "A value is not the same when it is made again.",
        "Draw through `draw` only: no clock, global random state, hash() or set order.",
    ),
}

_UNKNOWN = {
    "unknown_entity": ("No installed pack has this entity.", "See `dm list-entities`; write `pack.entity`."),
    "unknown_pack": ("No pack of this name is installed.", "See `dm list-packs`; install the pack with pip."),
    "unknown_generator": ("No installed pack has this generator.", "See `dm list-generators`."),
    "unknown_format": ("No exporter has this name.", "Use csv, json, jsonl, parquet, arrow, or install a pack for it."),
    "unknown_engine": (
        "Nothing installed runs parts under this name.",
        "Use serial, threads, processes, or install an extra.",
    ),
    "unknown_column": ("The entity has no such column.", "See `dm describe ENTITY`."),
    "unknown_option": ("The entity has no such option.", "See `dm describe ENTITY`."),
    "unknown_value": ("The name is not one of those that may be used here.", "Use one of the names in the hint."),
    "unknown_table": ("The pack has no such table.", "Correct the name, or add the CSV file to the pack."),
    "unknown_table_column": ("The table has no such column.", "Correct the name, or add the column to the CSV file."),
    "unknown_command": ("There is no such command.", "See `dm --help`."),
    "usage": ("The command line is not what the command takes.", "See `dm COMMAND --help`."),
    "unknown_domain": ("The request API has no such domain.", "See `dm list-entities`."),
    "ambiguous_name": ("Several packs have this name.", "Write it with its pack, as in `pack.name`."),
}

_OPTIONS = {
    "invalid_option": ("An option's value is of the wrong type or outside its range.", "See `dm describe ENTITY`."),
    "impossible_constraint": ("No row can satisfy the options together.", "Relax one of the options named."),
    "invalid_count": ("The number of rows is negative, no integer, or absurdly large.", "Ask for 0 rows or more."),
    "invalid_range": ("The range of rows is not usable.", "Rows are numbered from 0; an offset is 0 or more."),
    "invalid_seed": ("The seed is neither text nor an integer.", "Give an integer or a text."),
    "invalid_clock": ("The clock is no ISO 8601 instant.", "Write it as in 2025-01-01T00:00:00Z."),
    "invalid_name": ("The name cannot be used for a pack or an entity.", "Write it as in `medical_device`."),
    "invalid_locale": ("The locale is not written language_COUNTRY.", "Write it as in en_US or de_DE."),
    "unsupported_locale": ("The entity has no tables for this locale.", "See the locales in `dm describe ENTITY`."),
    "not_enough_ids": ("More unique values are asked for than exist.", "Ask for fewer rows, or widen the id pattern."),
}

_DATA = {
    "missing_table": (
        "A table is missing for a country, and strict mode forbids the fallback.",
        "Add the file named, choose another locale, or unset DATAMIMIC_STRICT_DATASET.",
    ),
    "bad_table": ("A CSV file of a pack is not a valid table.", "Correct the file at the line given."),
    "bad_weight": ("A weight is negative or no number, or all are zero.", "Correct the file at the line given."),
    "bad_quantiles": (
        "A quantile table does not ascend from probability 0 to probability 1.",
        "Give ascending rows, among them those for probabilities 0 and 1.",
    ),
    "missing_group": (
        "A table has no rows for a combination of conditioning values.",
        "Add rows for the combination; every combination must be present.",
    ),
    "bad_catalog": ("A pack's data.toml cannot be read.", "Write tables through `write_table`."),
    "table_changed": ("A table differs from its digest in data.toml.", "Rerun the data-build script that makes it."),
    "table_collision": ("Two installed packs bring the same table.", "Uninstall or disable one of the two packs."),
    "bad_input": ("A file cannot be read as what it should be.", "Correct the file, or give its format."),
}

_PACKS = {
    "pack_import_failed": ("A pack's plugin module cannot be imported.", "Reinstall, upgrade or disable the pack."),
    "pack_hook_failed": ("A hook of a pack raised an exception.", "Upgrade the pack, or disable it."),
    "cannot_travel": (
        "A registry made of plugins was pickled, and a plugin cannot be.",
        "Define the plugin's class at the top of a module, or use installed packs.",
    ),
    "pack_collision": ("Two distributions bring a pack of the same name.", "Uninstall or disable one of them."),
    "pack_disabled": ("The pack is disabled by DATAMIMIC_DISABLE_PACKS.", "Remove it from that variable."),
    "incompatible_pack": ("The pack is written for another api level.", "Upgrade the pack or datamimic-core."),
    "unknown_hook": ("A pack implements a hook that does not exist.", "Correct its name as the hint says."),
    "bad_hook": ("A hook of a pack has wrong parameters, or returned something wrong.", "See `datamimic.plugin`."),
    "bad_pack": ("A pack does not say properly what it is.", "Return `Pack(name, version, summary)`."),
    "duplicate_name": ("A pack registers two things under one name.", "Rename or remove one of them."),
    "name_mismatch": ("A class has another name than it is registered by.", "Register it as `name = module:Class`."),
}

_OUTPUT = {
    "output_unwritable": ("The output cannot be written.", "Check that the folder exists and may be written to."),
    "output_failed": ("Writing stopped before the end; nothing is left behind.", "Correct the cause and run again."),
    "format_needed": ("The format cannot be told from the file's name.", "Add --format."),
    "format_unsuited": ("The format cannot hold these columns or go to this target.", "Choose another format."),
    "missing_dependency": ("An optional package is needed and not installed.", "Install it as the hint says."),
    "bad_lock": ("A datamimic.lock cannot be read.", "Write it anew with `dm lock`."),
    "lock_mismatch": (
        "What is installed is not what the project's datamimic.lock pins.",
        "Install what is locked, or accept other values with `dm lock`.",
    ),
    "bad_origin": (
        "A description of a world lacks a part, or has one of a wrong type.",
        "Correct the part at the path given, or take what `dm generate` wrote.",
    ),
    "bad_manifest": ("A manifest cannot be read.", "Verify the file that `dm generate` wrote beside its output."),
}

_REQUESTS = {
    "invalid_request": ("The request is no JSON object of the request API.", "See the request schema."),
    "unsupported_domain": ("The domain or its version does not exist.", "See `dm list-entities`."),
    "schema_validation_failed": ("The request does not fit its JSON Schema.", "Correct the value at the path given."),
    "invalid_constraints": ("The constraints contradict each other or name unknown things.", "Correct them."),
    "invalid_profile_selector": ("Both profile_id and component_id are given.", "Give one of them."),
    "invalid_profile_id": ("The profile_id is not a non-empty text.", "Correct it."),
    "invalid_component_id": ("The component_id is not a non-empty text.", "Correct it."),
    "unknown_profile": ("There is no such profile.", "Use one of the profiles in the hint."),
    "unknown_component": ("There is no such component.", "Use one of the components in the hint."),
    "unsupported_component_version": ("The component does not exist in this version.", "Use a version that it has."),
    "unsupported_component_dataset": ("The component does not exist for this country.", "Use another locale."),
    "missing_component_dataset": ("The tables of the component are missing.", "Install the pack that has them."),
    "invalid_component_constraints": ("The component's constraints are not usable.", "Correct its table."),
}

CODES: Mapping[str, Explanation] = MappingProxyType(
    {
        code: Explanation(*texts)
        for family in (_DEFINITION, _UNKNOWN, _OPTIONS, _DATA, _PACKS, _OUTPUT, _REQUESTS)
        for code, texts in family.items()
    }
)


class DatamimicError(Exception):
    """Base of all errors that a user or an author can cause; `dm` prints them in two lines and exits with 2.

    `path` is a JSON path into a request (`$.constraints.age`), `file` and `line` a place in a file. Raises
    AssertionError for a code that is neither listed in `CODES` nor written `pack.code`.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        hint: str | None = None,
        path: str | None = None,
        file: str | None = None,
        line: int | None = None,
        details: Mapping[str, Any] | None = None,
    ) -> None:
        assert code in CODES or "." in code, f"error code {code!r} is not listed in datamimic.errors.CODES"
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.path = path
        self.file = None if file is None else str(file)
        self.line = line
        self.details: dict[str, Any] = dict(details or {})

    def __str__(self) -> str:
        return self.message if self.hint is None else f"{self.message} ({self.hint})"

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.code!r}, {self.message!r})"

    def __reduce__(self) -> tuple[Callable[..., DatamimicError], tuple[Any, ...]]:
        # Errors cross process borders from workers; the default would call __init__ with the message alone.
        return _restore, (type(self), self.args, self.__dict__)

    @property
    def place(self) -> str | None:
        """`file:line`, the file, or the JSON path: whatever is known."""
        if self.file is not None:
            return self.file if self.line is None else f"{self.file}:{self.line}"
        return self.path

    def to_dict(self) -> dict[str, Any]:
        """Code and message, and those of hint, path, file, line and details that are set."""
        optional = {name: getattr(self, name) for name in ("hint", "path", "file", "line", "details")}
        known = {name: value for name, value in optional.items() if value not in (None, {})}
        return {"code": self.code, "message": self.message, **known}

    def render(self) -> str:
        """What the command line prints: `error[code]: message (place)`, and a line `hint: …` where there is one."""
        place = f" ({self.place})" if self.place else ""
        first = f"error[{self.code}]: {self.message}{place}"
        return first if self.hint is None else f"{first}\nhint: {self.hint}"


class DefinitionError(DatamimicError):
    """An author's mistake in an entity, field, rule, check or option; raised where the class is defined."""


class InvalidOption(DatamimicError):
    """A value that somebody asked for is not possible: options, counts, seeds, clocks, locales."""


class DataError(DatamimicError):
    """A table or another file that is read is missing or wrong."""


class PackError(DatamimicError):
    """A pack cannot be loaded, or what it registers cannot be used."""


class OutputError(DatamimicError):
    """The output cannot be written, or cannot be written completely."""


class UnknownName(DatamimicError):
    """A name that does not exist, with the nearest names that do.

    `kind` is the word for what is named (`entity`, `column`, `option` …); the code is `unknown_<kind>`, with spaces as
    underscores, where that is listed, else `unknown_value`. `owner` says where the name was looked for.
    """

    def __init__(
        self,
        kind: str,
        name: object,
        known: Iterable[str],
        *,
        owner: str | None = None,
        hint: str | None = None,
        path: str | None = None,
        file: str | None = None,
        line: int | None = None,
    ) -> None:
        names = list(known)
        code = f"unknown_{kind.replace(' ', '_')}"
        where = f" in {owner}" if owner else ""
        suggestions = suggest(str(name), names)
        super().__init__(
            code if code in CODES else "unknown_value",
            f"there is no {kind} {str(name)!r}{where}",
            hint=hint or _hint(suggestions, names) or (_remedy(code) if names else None),
            path=path,
            file=file,
            line=line,
            details={"kind": kind, "name": str(name), "suggestions": suggestions},
        )


def suggest(name: str, known: Iterable[str], limit: int = 3) -> list[str]:
    """The names of `known` nearest to `name`, best first, whatever their case.

    A name with a pack (`pack.entity`) is also found by what comes after the last dot.
    """
    candidates: dict[str, list[str]] = {}
    for full in known:
        for form in {full.casefold(), full.casefold().rpartition(".")[2]}:
            candidates.setdefault(form, []).append(full)
    found: dict[str, None] = {}
    for form in dict.fromkeys((name.casefold(), name.casefold().rpartition(".")[2])):
        begun = [each for each in candidates if len(form) >= _BEGUN and each.startswith(form)]
        for match in (*get_close_matches(form, candidates, n=limit, cutoff=0.7), *sorted(begun, key=len)):
            found.update(dict.fromkeys(candidates[match]))
    return list(found)[:limit]


def _hint(suggestions: list[str], names: list[str]) -> str | None:
    if suggestions:
        return f"did you mean {' or '.join(map(repr, suggestions))}?"
    if 0 < len(names) <= 12:
        return f"known: {', '.join(names)}"
    return None


def _remedy(code: str) -> str | None:
    """What the list of codes says, as a hint."""
    if code not in CODES or code == "unknown_value":
        return None
    remedy = CODES[code].remedy
    return remedy[:1].lower() + remedy[1:].rstrip(".")


def _restore(cls: type[DatamimicError], args: tuple[Any, ...], state: dict[str, Any]) -> DatamimicError:
    error = cls.__new__(cls, *args)
    error.args = args
    error.__dict__.update(state)
    return error
