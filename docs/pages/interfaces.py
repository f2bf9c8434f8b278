"""How people and programs ask: commands, settings, hooks, errors and the request API."""

from __future__ import annotations

import inspect
from typing import Any

import click

from datamimic import Dues, MadePart, Owed, PartRunner, PartTask, Told, errors, plugin
from datamimic.cli import main
from datamimic.errors import codes
from datamimic.model.spec import spec_of
from datamimic.plugins.registry import Registry
from datamimic.related import Loading, StoredTable, Target
from datamimic.request.schemas import LARGEST_COUNT, request_schema
from datamimic.request.view import view_of
from pages.markdown import code, page, paragraphs, prose, table

SETTINGS = {
    "DATAMIMIC_STRICT_DATASET": (
        "`1`: a table that is missing for a country is an error (`missing_table`) that names the file. "
        "Without it the table of the United States is used, which is announced once and written into the manifest."
    ),
    "DATAMIMIC_DISABLE_PACKS": (
        "Packs or distributions, separated by commas, that are not imported: `fleet,datamimic-pack-finance`."
    ),
    "DATAMIMIC_LOCK": (
        "The lock file to obey instead of the nearest `datamimic.lock`; `off`: none. "
        "[Pin what is installed](../explanation/stability.md#pinning-a-project)."
    ),
    "DATAMIMIC_DOMAIN_DATA": (
        "The folder in which datamimic-bridge looks for tables of one's own, instead of the nearest `domain_data`."
    ),
    "DATAMIMIC_TRACEBACK": "Anything: errors of `dm` come with the Python traceback.",
}


def settings(packs: Registry) -> str:
    return page(
        "Settings",
        "Environment variables. No value of a world depends on them: strict mode refuses what would fall back, a disabled "
        "pack is absent, and what remains is the same to the byte.",
        table(("Variable", "Meaning"), [(code(name), text) for name, text in SETTINGS.items()]),
        "The flag `--update-golden` of the pytest plugin is refused where `CI` is set, and in several processes (`-n 2`).",
        "Settings of formats and engines are on [their page](formats.md); options of entities are on [theirs](index.md).",
    )


def hooks(packs: Registry) -> str:
    parts = [
        "A pack is a distribution with one entry point in the group `datamimic.packs`; the module it names implements some of "
        "these hooks. Only `datamimic_pack` is needed. The packs of this project use the same hooks as anyone's.",
        f"Api level: {plugin.API_LEVEL}. It rises when a pack that worked could stop working, never for a new hook.",
    ]
    for name, hook in plugin.HOOKS.items():
        parts += [
            f"## {name}",
            f"```text\n{name}{_signature(hook)}\n```",
            paragraphs(inspect.cleandoc(hook.__doc__ or "")),
        ]
    parts += ["## Writing a plugin module", paragraphs(inspect.cleandoc(plugin.__doc__ or "").partition("\n\n")[2])]
    for cls in (plugin.Pack, plugin.DatasetSource, plugin.RunReport, plugin.Meaning):
        parts += [f"## {cls.__name__}", f"```text\n{cls.__name__}{_signature(cls)}\n```"]
        parts.append(paragraphs(inspect.cleandoc(cls.__doc__ or "")))
    interfaces: tuple[tuple[type, tuple[str, ...]], ...] = (
        (PartRunner, ("run", "check")),
        (PartTask, ("make",)),
        (MadePart, ()),
        (Dues, ("owed", "told")),
        (Owed, ()),
        (Told, ()),
        (Target, ("open", "stored")),
        (Loading, ("begin", "take", "end", "abandon")),
        (StoredTable, ("column", "close")),
    )
    for cls, methods in interfaces:
        parts += [f"## {cls.__name__}", paragraphs(inspect.cleandoc(cls.__doc__ or ""))]
        for method in methods:
            parts.append(f"```text\n{method}{_signature(getattr(cls, method))}\n```")
            parts.append(paragraphs(inspect.cleandoc(getattr(cls, method).__doc__ or "")))
    return page("Hooks", *parts)


def _signature(hook: Any) -> str:
    return str(inspect.signature(hook)).replace("'", "")


def error_codes(packs: Registry) -> str:
    families = {
        "Definitions": ("What an author wrote; raised where the class is defined.", codes.DEFINITION),
        "Unknown names": ("The hint gives the nearest names that exist.", codes.UNKNOWN),
        "What was asked for": ("Options, counts, seeds, clocks, locales.", codes.OPTIONS),
        "Data": ("Tables and files that are read.", codes.DATA),
        "Packs": ("Loading packs; a broken pack never stops the others.", codes.PACKS),
        "Output": ("Writing; what failed leaves nothing behind.", codes.OUTPUT),
        "The system": ("What the system, its memory or its file names refuse, and faults of our own.", codes.SYSTEM),
        "Requests": ("The [request API](request-api.md); each comes with a JSON path.", codes.REQUESTS),
    }
    parts = [
        "Every error that a user or an author can cause is a `DatamimicError` with `code`, `message`, and where it helps "
        "`hint`, `path` (a JSON path), `file` and `line`. `dm` prints it in two lines and exits with status "
        f"{errors.EXIT_CODE}. Packs may raise codes of their own, written `pack.code`.",
        table(
            ("Class", "What it is"),
            [
                (code(cls.__name__), prose((cls.__doc__ or "").partition("\n")[0]))
                for cls in (errors.DatamimicError, *errors.DatamimicError.__subclasses__())
                if cls.__module__ == "datamimic.errors"
            ],
        ),
    ]
    for title, (sentence, listed) in families.items():
        rows = [(code(name), prose(meaning), prose(remedy)) for name, (meaning, remedy) in listed.items()]
        parts += [f"## {title}", sentence, table(("Code", "Meaning", "What to do"), rows)]
    return page("Errors", *parts)


def commands(packs: Registry) -> str:
    context = click.Context(main, info_name="dm")
    parts = [
        "`dm` and `datamimic` are the same program. Rows go to standard output or a file, messages and progress to standard "
        f"error; the exit status is 0, 1 for a check or comparison that failed, {errors.EXIT_CODE} for a mistake, and 3 for a "
        "fault of ours, which leaves a report to send.",
        _help(main, context),
    ]
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        if command is not None:
            parts += [f"## {name}", _help(command, click.Context(command, info_name=f"dm {name}"))]
    return page("Commands", *parts)


def _help(command: click.Command, context: click.Context) -> str:
    context.max_content_width = context.terminal_width = 100
    return f"```text\n{command.get_help(context).strip()}\n```"


def request_api(packs: Registry) -> str:
    parts = [
        "`generate_domain(request)` from Python and `dm request FILE` from anywhere take one JSON object and give another. "
        "The same request gives the same bytes; a longer one begins with a shorter one; pages (`offset`) join without a seam.",
        '```json\n{"domain": "person", "version": "v1", "count": 1, "seed": "docs-demo", "locale": "en_US", '
        '"clock": "2025-01-01T00:00:00Z"}\n```',
        "## Request",
        table(
            ("Member", "Type", "Meaning"),
            [
                ("`domain`", "string", "an entity: `person`, `healthcare.patient`; every entity is a domain"),
                ("`version`", "string", "version of the entity, `v1`"),
                ("`count`", f"integer, 0 to {LARGEST_COUNT}", "items; ask for more in pages"),
                ("`seed`", "integer or string", 'fixes every value; `7` and `"7"` are the same seed'),
                ("`locale`", "string, `ll_CC`", "a country for which the entity is [offered](coverage.md)"),
                ("`clock`", "string, ISO 8601", "what ages and dates are computed from, never now"),
                ("`offset`", "integer, optional", "row of the first item"),
                ("`constraints`", "object, optional", "see below, by domain"),
                ("`profile_id`, `component_id`", "string, optional", "one of them, for domains that have such"),
            ],
        ),
        "No other member is allowed. `dm request --schema request --domain person` prints the JSON Schema (draft 7), "
        "`--schema response` that of the answer.",
        "## Response",
        table(
            ("Member", "Meaning"),
            [
                ("`domain`, `version`", "as asked"),
                ("`request_hash`", "SHA-256 of the request in canonical JSON"),
                ("`items`", "one object per row"),
                ("`determinism_proof.algorithm`", "`uuid5+sha256`"),
                ("`determinism_proof.seed_canonical`", "the seed as text"),
                ("`determinism_proof.content_hash`", "SHA-256 of the items in canonical JSON"),
                ("`engine_version`, `data_versions`", "what made it: version of the core, data version per pack used"),
            ],
        ),
        "Canonical JSON has sorted keys, no spaces, and text as it is, not escaped to ASCII. An item's `id` is the UUIDv5 of "
        "`<seed>::<row>` in the namespace that is the UUIDv5 of `datamimic:<domain>:<version>` in the URL namespace.",
        "## Errors",
        "Each is a [`DatamimicError`](errors.md#requests); `to_dict()` gives `code`, `message`, `hint`, `path`, `details`. "
        "`dm request` prints it as JSON on standard output and exits with status 2.",
        table(("Code", "Meaning"), [(code(name), prose(text)) for name, (text, _) in codes.REQUESTS.items()]),
        "## Domains",
    ]
    plain = []
    for name in packs.entities():
        cls = packs.entity(name)
        spec = spec_of(cls)
        if getattr(spec, "request", None) is None:
            plain.append(f"[`{name}`](entities/{name.replace('.', '.md#', 1)})")
            continue
        view = view_of(spec)
        schema = request_schema(spec, name.partition(".")[2])["properties"]
        constraints = schema.get("constraints", {}).get("properties", {})
        parts += [
            f"### {name.partition('.')[2]}",
            "Items: `id`, `human_id`, " + ", ".join(map(code, view.item)) + ", `locale`.",
        ]
        chosen = [key for key in ("profile_id", "component_id") if key in schema]
        if chosen:
            parts.append("Takes " + " or ".join(map(code, chosen)) + ".")
        if constraints:
            parts.append(
                table(("Constraint", "Schema"), [(code(key), code(_schema(each))) for key, each in constraints.items()])
            )
    parts += [
        "### Every other entity",
        "Items are what `to_dict()` gives, constraints are the entity's options: " + ", ".join(plain) + ".",
    ]
    return page("Request API", *parts)


def _schema(schema: Any) -> str:
    import json

    return json.dumps(schema, ensure_ascii=False)
