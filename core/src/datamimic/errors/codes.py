"""What every error code means and what to do about it; the docs and `dm` print from it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Explanation(NamedTuple):
    meaning: str
    remedy: str


DEFINITION = {
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
    "unexpected_null": (
        "A value is null, and its field's annotation does not allow it.",
        "Annotate the field `X | None`, or return a value for every row.",
    ),
    "missing_member": (
        "A rule returned records that lack a member.",
        "Return one column for each attribute of the record.",
    ),
    "not_a_number": (
        "A number is NaN or infinite, or a date is NaT.",
        "Mask what is missing and annotate the field `X | None`; floats may also have `field(..., allow_nan=True)`.",
    ),
    "generator_failed": (
        "A generator raised an exception.",
        "Correct the generator; the message names it, the entity and the field.",
    ),
    "bad_count": (
        "A rule or table gives what is no number of children.",
        "Give each parent a whole number from 0 on.",
    ),
    "view_failed": (
        "A profile, component or other function of an entity's request view raised an exception.",
        "Correct it; the message names the entity and the profile or component.",
    ),
    "repeated_key": (
        "A value comes twice where it may come once: in a key, or in columns that are unique together.",
        "Make it by `serial(...)`, or by a permutation of the row number.",
    ),
    "bad_reference": (
        "The rule of a reference returned a row that its target does not have.",
        "Return row numbers below the target's size; mask those that refer to nothing.",
    ),
    "wrong_type": ("A rule returned a column of the wrong type.", "Return what the field's annotation says."),
    "nondeterministic": (
        "A value is not the same when it is made again.",
        "Draw through `draw` only: no clock, global random state, hash() or set order.",
    ),
}

UNKNOWN = {
    "unknown_entity": ("No installed pack has this entity.", "See `dm list-entities`; write `pack.entity`."),
    "unknown_pack": ("No pack of this name is installed.", "See `dm list-packs`; install the pack with pip."),
    "unknown_generator": ("No installed pack has this generator.", "See `dm list-generators`."),
    "unknown_format": (
        "No format has this name.",
        "Use csv, tsv, json, jsonl, xml, parquet, arrow, xlsx; packs bring others.",
    ),
    "unknown_target": (
        "Nothing installed takes tables at a URL of this scheme.",
        "Install what does: pip install datamimic-databases.",
    ),
    "unknown_source": (
        "Nothing installed reads tables at a URL of this scheme.",
        "Install what does: pip install datamimic-databases; or give a file.",
    ),
    "unknown_stream": (
        "Nothing installed takes rows one by one at a URL of this scheme.",
        "Install what does: pip install datamimic-streams; or write a file.",
    ),
    "unknown_message": ("No installed pack has this message.", "See `dm list-messages`."),
    "unknown_model": (
        "Nothing installed reads models of this kind.",
        "Use a file of YAML, JSON, XML or SQL, with pip install datamimic-models.",
    ),
    "unknown_engine": (
        "Nothing installed runs parts under this name.",
        "Use serial, threads, processes, or install a pack for it.",
    ),
    "unknown_column": ("The entity has no such column.", "See `dm describe ENTITY`."),
    "unknown_option": ("The entity has no such option.", "See `dm describe ENTITY`."),
    "unknown_value": ("The name is not one of those that may be used here.", "Use one of the names in the hint."),
    "unknown_table": ("The pack has no such table.", "Correct the name, or add the CSV file to the pack."),
    "unknown_time_zone": ("There is no such time zone.", "Write it as the IANA database does: Europe/Berlin."),
    "unknown_table_column": ("The table has no such column.", "Correct the name, or add the column to the CSV file."),
    "unknown_command": ("There is no such command.", "See `dm --help`."),
    "usage": ("The command line is not what the command takes.", "See `dm COMMAND --help`."),
    "unknown_domain": ("The request API has no such domain.", "See `dm list-entities`."),
    "ambiguous_name": ("Several packs have this name.", "Write it with its pack, as in `pack.name`."),
}

OPTIONS = {
    "invalid_option": ("An option's value is of the wrong type or outside its range.", "See `dm describe ENTITY`."),
    "impossible_constraint": ("No row can satisfy the options together.", "Relax one of the options named."),
    "invalid_count": ("The number of rows is negative, no integer, or absurdly large.", "Ask for 0 rows or more."),
    "invalid_range": ("The range of rows is not usable.", "Rows are numbered from 0; an offset is 0 or more."),
    "invalid_seed": ("The seed is neither text nor an integer.", "Give an integer or a text."),
    "invalid_clock": ("The clock is no ISO 8601 instant.", "Write it as in 2025-01-01T00:00:00Z."),
    "absent_row": (
        "The row is not there at the moment at which the world is seen.",
        "Look at a later moment, or ask for a slice, which gives the rows that there are.",
    ),
    "no_history": (
        "The entity does not say when its rows came.",
        "Declare `@entity(..., happens=...)`; `dm describe ENTITY` says whether it does.",
    ),
    "invalid_name": ("The name cannot be used for a pack or an entity.", "Write it as in `medical_device`."),
    "invalid_locale": ("The locale is not written language_COUNTRY.", "Write it as in en_US or de_DE."),
    "unsupported_locale": ("The entity has no tables for this locale.", "See the locales in `dm describe ENTITY`."),
    "too_few_rows": (
        "A population is smaller than the values that must occur in it.",
        "Ask for the least number that the message names, or leave the entity out.",
    ),
    "not_given": (
        "Rows are given for an entity whose rows are made.",
        "Leave them out, or declare the entity with `rows=source()`.",
    ),
    "beyond_given": (
        "More rows are asked for than exist, or than rows that exist have children.",
        "Ask for fewer rows.",
    ),
    "not_enough_ids": ("More unique values are asked for than exist.", "Ask for fewer rows, or widen the id pattern."),
}

DATA = {
    "missing_table": (
        "A table is missing for a country, and strict mode forbids the fallback.",
        "Add the file named, choose another locale, or unset DATAMIMIC_STRICT_DATASET.",
    ),
    "bad_table": ("A CSV file of a pack is not a valid table.", "Correct the file at the line given."),
    "bad_position": ("A latitude or a longitude is none.", "Give decimal degrees, -90 to 90 and -180 to 180."),
    "bad_date": ("A day lies outside of the calendars, 1940 to 2210.", "Choose another clock or shorter distances."),
    "bad_hours": (
        "A text holds no opening hours.",
        "Write 08:00-12:00, 13:00-17:00, or closed, for each day of a week.",
    ),
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
    "bad_key": (
        "A key file is missing, too short or not random.",
        "Make one: `openssl rand -hex 32 > replay.key`, and keep it where the card numbers are kept.",
    ),
    "no_given_rows": (
        "The rows of an entity exist, and are not there: nobody gave them, or their file is gone.",
        "Give them: `World(seed, given={...})`, or `--given ENTITY=PATH`.",
    ),
    "given_changed": (
        "The rows that were given are not those that the world was made with.",
        "Take the rows as they were, or make a new world.",
    ),
    "bad_given": (
        "Rows that are given do not fit the entity: a value of another kind, a null, a key that comes twice, no row at all.",
        "Correct the row and column that the message names, or the annotation of the field.",
    ),
}

PACKS = {
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

OUTPUT = {
    "output_unwritable": ("The output cannot be written.", "Check that the folder exists and may be written to."),
    "cache_unwritable": (
        "What is read of a given table cannot be kept.",
        "Set XDG_CACHE_HOME to a folder that can be written to.",
    ),
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

SYSTEM = {
    "bad_file_name": ("The system cannot use this as the name of a file.", "Choose a shorter or simpler name."),
    "bad_text": ("Text holds what UTF-8 cannot write, such as half a surrogate pair.", "Correct the text."),
    "system_refused": ("The system refuses something, such as to open a file.", "Follow the message."),
    "too_deep": ("Something is nested too deeply to be read.", "Nest it less deeply."),
    "out_of_memory": ("The memory does not suffice.", "Ask for fewer rows at a time, or fewer workers."),
    "worker_died": (
        "A worker process ended before its work was done.",
        "Run again; with fewer workers where it was ended for the memory it took.",
    ),
    "internal_error": (
        "An exception that nobody expected: a fault of datamimic or of a pack. The exit status is 3.",
        "Send the report that the message names to the address that it gives.",
    ),
}

REQUESTS = {
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
        for family in (DEFINITION, UNKNOWN, OPTIONS, DATA, PACKS, OUTPUT, SYSTEM, REQUESTS)
        for code, texts in family.items()
    }
)
