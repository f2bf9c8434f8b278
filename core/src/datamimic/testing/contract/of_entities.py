"""What is asked of every entity of a pack, whatever the country."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import pytest

import datamimic
from datamimic.errors import DataError, InvalidOption
from datamimic.model.options import describe_options, make_options
from datamimic.model.spec import spec_of
from datamimic.testing.contract.looked_at import LookedAt
from datamimic.testing.isolation import watched
from datamimic.testing.subject import Subject

_MANY = (list, tuple, set, frozenset, dict)


class OfEntities(LookedAt):
    """Tests that run once for every entity."""

    def test_everything_is_documented(self, entity_name: str) -> None:
        spec = spec_of(self.registry.entity(entity_name))
        assert spec.doc, f"{entity_name} has no docstring: say in one line what it is"
        missing = [name for name, each in spec.fields.items() if not each.hidden and not each.doc]
        assert not missing, f"{entity_name}: field(..., doc='…') is missing for {', '.join(missing)}"
        assert self.countries(entity_name) or self.locales, f"{entity_name} has all its tables for no country"

    def test_options_are_documented_and_refuse_what_cannot_be(self, entity_name: str) -> None:
        spec = spec_of(self.registry.entity(entity_name))
        hints = get_type_hints(spec.options)
        for each in describe_options(spec.options):
            name = f"{entity_name}: the option {each['name']}"
            assert each["doc"], f"{name} has no doc"
            annotation = hints[each["name"]]
            numeric = bool({int, float} & {annotation, *get_args(annotation)}) and get_origin(annotation) not in _MANY
            low, high, choices = each["minimum"], each["maximum"], each["choices"]
            ranged = low is not None or high is not None or choices is not None
            assert ranged or not numeric, f"{name} is a number without minimum, maximum or choices"
            outside: list[Any] = [low - 1] if low is not None else []
            outside += [high + 1] if high is not None else []
            outside += [object()]
            for value in outside:
                with pytest.raises(InvalidOption):
                    make_options(spec.options, {each["name"]: value}, entity_name)

    def test_declared_tables_are_those_that_are_read(self, entity_name: str) -> None:
        """The countries that an entity is offered for are computed from the tables that it declares."""
        countries = self.countries(entity_name)
        if not countries or self.locales is not None:
            pytest.skip("only over all countries of the entity")
        spec = spec_of(self.registry.entity(entity_name))
        own = {name if "." in name else f"{self.pack}.{name}" for name in spec.own_tables}
        try:
            looked_at = [self.subject(entity_name, country).make_everything() for country in countries]
        except DataError as error:
            if error.code != "missing_table":
                raise
            pytest.fail(f"{entity_name}: {error.message}, and does not declare it: name it in @entity(..., tables=(…))")
        # What only some countries read, their rules ask for by country: it takes no country away.
        always = set.intersection(*(subject.tables.touched - subject.tables.guarded for subject in looked_at))
        undeclared = always - looked_at[0].declared_tables()
        assert not undeclared, (
            f"{entity_name} reads {', '.join(sorted(undeclared))}: name them in @entity(..., tables=(…)), "
            "or ask `'name' in data` before where a country may lack them"
        )
        unread = own.difference(*(subject.tables.touched for subject in looked_at))
        assert not unread, f"{entity_name} declares tables that no field or check reads: {', '.join(sorted(unread))}"

    def test_nothing_else_is_touched(self, entity_name: str) -> None:
        """No network, no process, no file but tables of packs and of the core and rows that exist, no global random state."""
        subject = Subject(self.registry, entity_name, (self.countries(entity_name) or ["US"])[-1], 8)
        usable = [record.name for record in self.registry.packs() if record.status == "ok"]
        folders = [Path(str(source.root())) for name in usable for source in self.registry.dataset_sources(name)]
        folders.append(
            Path(datamimic.__file__).parent
        )  # the core's own tables, of languages and of the normal distribution
        for spec in map(spec_of, map(self.registry.entity, self.entity_names())):
            if spec.rows is not None and spec.rows.location is not None:
                subject.rows.world.given(spec)  # a file of rows that exist is read, and kept, once
        with watched(folders) as found:
            subject.rows.to_arrow()
        assert not found, f"{subject} touches {'; '.join(dict.fromkeys(found))}"
