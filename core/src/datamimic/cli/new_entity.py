"""`dm new-entity`."""

from __future__ import annotations

import re
from pathlib import Path

import click

from datamimic.cli.scaffold import PackFolder, camel, checked_name, refuse_existing, relative_to_cwd, templates
from datamimic.errors import DataError, PackError

_LIST = re.compile(r"^(?P<before>ENTITIES\b[^\[\n]*\[\n)(?P<lines>(?:.*\n)*?)(?P<end>\]\n)", re.MULTILINE)


@click.command("new-entity", short_help="Add an entity to the pack in this folder.")
@click.argument("name")
def new_entity(name: str) -> None:
    """Add an entity to the pack whose folder this is: one new file, and one line in the list ENTITIES of plugin.py."""
    from string import Template

    checked_name(name, "entity")
    pack = PackFolder.containing(Path.cwd())
    path = pack.package / "entities" / f"{name}.py"
    refuse_existing({path: ""})
    place = f"{pack.module.rpartition('.')[0]}.entities.{name}:{camel(name)}"
    plugin = _with_line(pack.plugin, place, camel(name))
    template = Template(templates("entity").joinpath("entity.py.template").read_text(encoding="utf-8"))
    path.parent.mkdir(exist_ok=True)
    path.write_text(template.substitute(_words(name, pack.name)), encoding="utf-8", newline="\n")
    pack.plugin.write_text(plugin, encoding="utf-8", newline="\n")
    click.echo(relative_to_cwd(path))
    click.echo(f'{relative_to_cwd(pack.plugin)}: "{place}",')
    click.echo(f"\nNext:  dm generate {pack.name}.{name} --count 5 --seed demo", err=True)


def _with_line(plugin: Path, place: str, entity: str) -> str:
    """The plugin module with the entity in its list. Raises `PackError` where it has one of that name, `DataError` where it
    has no list."""
    source = plugin.read_text(encoding="utf-8")
    if re.search(rf":{entity}\"", source):
        raise PackError(
            "duplicate_name",
            f"{relative_to_cwd(plugin)} has a {entity} already",
            hint="choose another name",
            file=str(plugin),
        )
    found = _LIST.search(source)
    if found is None:
        raise DataError(
            "bad_input",
            f"{relative_to_cwd(plugin)} has no list ENTITIES to which a line could be added",
            hint=f'add "{place}" to what datamimic_entities() returns, as `ENTITIES = [` with one line per entity',
            file=str(plugin),
        )
    return f'{source[: found.end("lines")]}    "{place}",\n{source[found.end("lines") :]}'


def _words(name: str, pack: str) -> dict[str, str]:
    """What stands in the template for the entity's name, in its forms."""
    word = name.replace("_", " ")
    return {
        "entity": name,
        "Entity": camel(name),
        "word": word,
        "words": f"{word}s",
        "Words": f"{word}s".capitalize(),
        "prefix": name.replace("_", "").upper()[:4],
        "pack": pack,
    }
