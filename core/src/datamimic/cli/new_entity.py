"""`dm new-entity`."""

from __future__ import annotations

import re
from pathlib import Path

import click

from datamimic.cli.scaffold import PackFolder, camel, checked_name, refuse_existing, shown
from datamimic.errors import DataError, PackError

_LIST = re.compile(r"^(?P<before>ENTITIES\b[^\[\n]*\[\n)(?P<lines>(?:.*\n)*?)(?P<end>\]\n)", re.MULTILINE)


@click.command("new-entity", short_help="Add an entity to the pack in this folder.")
@click.argument("name")
def new_entity(name: str) -> None:
    """Add an entity to the pack whose folder this is: one new file, and one line in the list ENTITIES of plugin.py."""
    from string import Template

    from datamimic.cli.scaffold import TEMPLATES

    checked_name(name, "entity")
    pack = PackFolder.here(Path.cwd())
    plugin, path = pack.plugin, pack.package / "entities" / f"{name}.py"
    refuse_existing({path: ""})
    source = plugin.read_text(encoding="utf-8")
    place = f"{pack.module.rpartition('.')[0]}.entities.{name}:{camel(name)}"
    if re.search(rf":{camel(name)}\"", source):
        raise PackError(
            "duplicate_name",
            f"{shown(plugin)} has a {camel(name)} already",
            hint="choose another name",
            file=str(plugin),
        )
    found = _LIST.search(source)
    if found is None:
        raise DataError(
            "bad_input",
            f"{shown(plugin)} has no list ENTITIES to which a line could be added",
            hint=f'add "{place}" to what datamimic_entities() returns, as `ENTITIES = [` with one line per entity',
            file=str(plugin),
        )
    words = name.replace("_", " ")
    text = Template((TEMPLATES / "entity" / "entity.py.template").read_text(encoding="utf-8")).substitute(
        entity=name,
        Entity=camel(name),
        word=words,
        words=f"{words}s",
        Words=f"{words}s".capitalize(),
        prefix=name.replace("_", "").upper()[:4],
        pack=pack.name,
    )
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    line = f'    "{place}",\n'
    plugin.write_text(
        source[: found.end("lines")] + line + source[found.end("lines") :], encoding="utf-8", newline="\n"
    )
    click.echo(shown(path))
    click.echo(f"{shown(plugin)}: {line.strip()}")
    click.echo(f"\nNext:  dm generate {pack.name}.{name} --count 5 --seed demo", err=True)
