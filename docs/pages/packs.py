"""What packs bring beside entities: generators, formats, tables and countries."""

from __future__ import annotations

import inspect
import re
from collections import defaultdict
from typing import Any

from datamimic.engine.coverage import supported_countries
from datamimic.plugins.registry import Registry
from datamimic.tables.catalog import GRADES
from datamimic.tables.library import Shelf
from pages.markdown import code, page, paragraphs, prose, table

_EVERYWHERE = {
    "dataset": "country or locale whose tables are used",
    "rng": "`random.Random` that gives the seed",
    "seed": "text or number that fixes every value",
    "clock": "instant that ages and dates are computed from",
    "packs": "registry; the installed packs without it",
}


def generators(packs: Registry) -> str:
    classes = packs.generators()
    parts = [
        "Generators that stand alone, work by name from configuration, and make whole columns as fields of an entity. "
        "`generate()` gives the next value, `generate_batch(count)` a list; without `seed` or `rng` every object is different.",
        "Parameters that most of them have:",
        table(("Parameter", "Meaning"), [(code(name), text) for name, text in _EVERYWHERE.items()]),
        "```python\nfrom datamimic_pack_common import EmailAddressGenerator\n\n"
        'generator = EmailAddressGenerator(dataset="DE", seed="docs")\n'
        "assert generator.generate() != generator.generate()\n```",
    ]
    pack = ""
    for name, cls in classes.items():
        owner, _, bare = name.partition(".")
        if owner != pack:
            pack = owner
            parts.append(f"## {pack}")
        rows = [
            (code(p.name), code("required" if p.default is p.empty else repr(p.default)), _annotation(p))
            for p in inspect.signature(cls).parameters.values()
        ]
        made = re.sub(r"^typing\.|<class '|'>", "", str(getattr(cls, "python_type", str)))
        parts += [f"### {bare}", paragraphs(inspect.cleandoc(cls.__doc__ or "")), f"Makes `{made}`."]
        if rows:
            parts.append(table(("Parameter", "Default", "Type"), rows))
    return page("Generators", *parts)


def _annotation(parameter: inspect.Parameter) -> str:
    return "" if parameter.annotation is parameter.empty else code(str(parameter.annotation).replace("typing.", ""))


def formats(packs: Registry) -> str:
    parts = [
        "What `--format` takes, or what the file's ending says. Settings are given with `--format-option NAME=VALUE`, or "
        'as arguments of `rows.write("file", "csv", header=False)`. A pack adds a format with `datamimic_formats`: '
        "[how to](../how-to/add-a-format.md).",
    ]
    for name, cls in packs.formats().items():
        bare = name.rpartition(".")[2]
        format: Any = cls
        rows = [
            (code(each.name), code(repr(each.default)), each.doc + _choices(each.choices))
            for each in format.settings().values()
        ]
        parts += [f"## {bare}", paragraphs(inspect.cleandoc(cls.__doc__ or ""))]
        parts.append("Endings: " + (", ".join(code(end) for end in format.suffixes) or "none") + ".")
        parts.append(table(("Setting", "Default", "What it is for"), rows) if rows else "No settings.")
    parts += [
        "## Databases",
        "Where `dm world … -o URL` puts the tables of a set, with keys: [how to](../how-to/load-a-database.md). "
        "`pip install datamimic-databases` brings them; a pack adds one with `datamimic_targets`: "
        "[how to](../how-to/add-a-database.md).",
        *(_target(cls) for cls in packs.targets().values()),
        "## Streams",
        "Where `dm changes … -o URL` and `dm generate … -o URL` send rows one by one: "
        "[how to](../how-to/travel-in-time.md#a-stream). `pip install datamimic-streams` brings them; "
        "a pack adds one with `datamimic_streams`.",
        *(_stream(cls) for cls in packs.streams().values()),
        "## Engines",
        "What `--engine` takes: who makes the part files of a dataset.",
        table(
            ("Engine", "What it does", "Settings"),
            [
                (
                    code(name.rpartition(".")[2]),
                    prose((cls.__doc__ or "").strip().partition("\n")[0]),
                    ", ".join(code(f"{each.name}={each.default!r}") for each in cls.settings().values()) or "none",
                )
                for name, cls in _engines(packs)
            ],
        ),
    ]
    return page("Formats and engines", *parts)


def _stream(cls: Any) -> str:
    schemes = ", ".join(code(f"{each}://") for each in cls.schemes)
    return "\n\n".join([f"### {cls.name}", paragraphs(inspect.cleandoc(cls.__doc__ or "")), f"URLs: {schemes}."])


def _target(cls: Any) -> str:
    rows = [
        (code(each.name), code(repr(each.default)), each.doc + _choices(each.choices))
        for each in cls.settings().values()
    ]
    return "\n\n".join(
        [
            f"### {cls.name}",
            paragraphs(inspect.cleandoc(cls.__doc__ or "")),
            ("URLs: " + ", ".join(code(f"{each}://") for each in cls.schemes) + ". " if cls.schemes else "")
            + "Endings: "
            + (", ".join(map(code, cls.suffixes)) or "none")
            + ".",
            table(("Setting", "Default", "What it is for"), rows) if rows else "No settings.",
        ]
    )


def _choices(choices: tuple[Any, ...]) -> str:
    return f" One of {', '.join(code(str(each)) for each in choices)}." if choices else ""


def _engines(packs: Registry) -> list[tuple[str, Any]]:
    return list(packs.engines().items())


def coverage(packs: Registry) -> str:
    """Entity by country from the tables that are there; rows and grades by group of tables from `data.toml`."""
    names = list(packs.entities())
    offered = {name: set(supported_countries(packs, packs.entity(name))) for name in names}
    countries = sorted(set().union(*offered.values()), key=lambda country: (country != "US", country))
    matrix = table(
        ("Entity", *countries),
        [
            (
                f"[`{name}`](entities/{name.replace('.', '.md#', 1)})",
                *("●" if c in offered[name] else "" for c in countries),
            )
            for name in names
        ],
    )
    parts = [
        "An entity is offered for a country only when every table that it reads is there for that country: its own, those of "
        "what it contains, and those of what it refers to. Elsewhere the tables of the United States are used, which is "
        "announced once and written into the manifest, or refused with `DATAMIMIC_STRICT_DATASET=1`.",
        "## Entities by country",
        matrix,
        "## Tables",
        "Grades: " + "; ".join(f"**{grade}** {meaning}" for grade, meaning in GRADES.items()) + ". "
        "Several grades in a cell: they differ by country. `dm data` lists source, licence, date and method of every single "
        "table, `dm data --attribution` prints the notice that the licences ask for.",
    ]
    for record in packs.packs():
        sources = packs.dataset_sources(record.name)
        if sources:
            parts += [
                f"### {record.name}",
                f"Data version {record.data_version}.",
                _groups(Shelf(record.name, sources)),
            ]
    return page("Coverage", *parts)


def _groups(shelf: Shelf) -> str:
    groups: dict[str, list[tuple[str, Any]]] = defaultdict(list)
    for stem in sorted(shelf.files):
        found = re.fullmatch(r"(.+)_([A-Z]{2})", stem)
        groups[found[1] if found else stem].append((found[2] if found else "all", shelf.catalog.get(stem)))
    rows = []
    for name, members in groups.items():
        infos = [info for _, info in members if info is not None]
        rows.append(
            (
                code(name),
                " ".join(country for country, _ in members),
                f"{sum(info.rows for info in infos):,}",
                "".join(sorted({info.grade for info in infos})),
                "; ".join(sorted({each for info in infos for each in prose(info.licence).split("; ")})),
            )
        )
    return table(("Tables", "Countries", "Rows", "Grade", "Licence"), rows)
