"""What is asked of a pack as a whole: its sources, tables and generators."""

from __future__ import annotations

import doctest
import importlib
import json
import os
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import pytest

from datamimic.errors import DataError, DefinitionError, InvalidOption
from datamimic.model.spec import spec_of
from datamimic.output.digest import rows_digest
from datamimic.tables.catalog import Catalog, digest
from datamimic.tables.library import DatasetFallback
from datamimic.tables.table import WEIGHT, Table
from datamimic.testing.contract.looked_at import LookedAt
from datamimic.testing.isolation import forbidden_uses


class OfThePack(LookedAt):
    """One test each for the pack."""

    def test_the_pack_loads(self) -> None:
        """It is usable, and every class that it registers can be imported."""
        loaded = self.registry.pack(self.pack)
        assert loaded.pack is not None and loaded.pack.summary, "Pack(name, version, summary) needs a summary"
        for reference in (*loaded.entities, *loaded.generators, *loaded.formats):
            found = reference.load()
            assert (found.__doc__ or "").strip(), (
                f"{reference.target_text} has no docstring: say in one line what it is"
            )
        for name in self.entity_names():
            self.countries(name)

    def test_meanings_can_be_made(self) -> None:
        """Their fields exist, and their validators can be imported and recognise what they do not."""
        meanings = self.registry.meanings()
        assert self.pack not in meanings.errors, meanings.errors.get(self.pack)
        for meaning in meanings.values():
            if self.pack in meanings.packs[meaning.name]:
                for path in meaning.fields:
                    self._reach(path)
                assert meaning.recognises("\0") in (None, False), f"{meaning.name} takes any text for its own"

    def _reach(self, path: str) -> None:
        pack, entity, *parts = path.split(".")
        if pack == self.pack:
            spec = spec_of(self.registry.entity(f"{pack}.{entity}"))
            if parts:
                spec.kind_at(".".join(parts))

    def test_no_two_entities_draw_by_one_name(self) -> None:
        """An entity that was renamed keeps its stream, which no other entity may have."""
        streams: dict[str, str] = {}
        for name in self.entity_names():
            spec = spec_of(self.registry.entity(name))
            other = streams.setdefault(spec.stream, spec.name)
            assert other == spec.name, f"{other} and {spec.name} both draw by {spec.stream}: one needs another stream="

    def test_sources_use_no_clock_randomness_or_hash(self) -> None:
        package = self.package()
        if package is None:
            pytest.skip("the pack is a single module")
        found = forbidden_uses(package)
        assert not found, "use `draw` for chance and `clock` for time:\n" + "\n".join(found)

    def test_examples_run(self) -> None:
        """The `>>>` examples in docstrings print what they say."""
        package = self.package()
        if package is None:
            pytest.skip("the pack is a single module")
        for file in sorted(package.rglob("*.py")):
            if ">>> " in file.read_text(encoding="utf-8"):
                parts = file.relative_to(package).with_suffix("").parts
                name = ".".join((self.registry.pack(self.pack).package, *parts)).removesuffix(".__init__")
                done = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
                assert not done.failed, (
                    f"{done.failed} of {done.attempted} examples in {name} fail; see the output above"
                )

    def test_tables_name_their_source_and_licence(self) -> None:
        """Every CSV file parses, is listed in data.toml with its source, licence, date and method, and is unchanged."""
        for source in self.sources():
            files = list(source.tables())
            entry = source.root().joinpath("data.toml")
            if not files:
                continue
            assert entry.is_file(), f"{source.package} has tables, but no data.toml: write them with write_table(...)"
            listed = Catalog.parse(entry.read_text(encoding="utf-8")).tables
            stems = {file.name.removesuffix(".csv") for file in files}
            assert not stems - listed.keys(), f"not in data.toml: {sorted(stems - listed.keys())}"
            assert not listed.keys() - stems, f"in data.toml, but not there: {sorted(listed.keys() - stems)}"
            for file in files:
                info = listed[file.name.removesuffix(".csv")]
                for part in ("source", "licence", "date", "method"):
                    assert str(getattr(info, part)).strip(), f"{file.name} does not name its {part}"
                content = file.read_bytes()
                if digest(content) != info.sha256:
                    raise DataError(
                        "table_changed",
                        f"{file.name} is not what data.toml says",
                        hint="rerun the script in data-build/ that writes it",
                        file=file.name,
                    )
                table = Table.parse(file.name.removesuffix(".csv"), content.decode("utf-8"), file=file.name)
                assert len(table) == info.rows, f"{file.name} has {len(table)} rows, data.toml says {info.rows}"
                if WEIGHT in table:
                    assert min(table.weights) >= 0 and sum(table.weights) > 0, f"the weights of {file.name}"

    def test_generators_repeat_themselves(self) -> None:
        """A literal generator that needs no argument gives the same values for the same seed, one by one or together."""
        countries = sorted({country for name in self.entity_names() for country in self.countries(name)}) or ["US"]
        for reference in self.registry.pack(self.pack).generators:
            cls: Any = reference.load()
            for country in countries:
                try:
                    first, second = (cls(dataset=country, seed="contract", packs=self.packs) for _ in range(2))
                except TypeError:
                    try:
                        first, second = (cls(dataset=country, seed="contract") for _ in range(2))
                    except TypeError:
                        break
                if first.needs:
                    break
                try:
                    with warnings.catch_warnings():
                        warnings.simplefilter("error", DatasetFallback)
                        together = second.generate_batch(5)
                except DatasetFallback:
                    continue
                except InvalidOption as error:
                    if error.code != "unsupported_locale":
                        raise
                    continue
                one = [first.generate() for _ in range(5)]
                assert one == together, f"{reference.target_text}/{country}: generate() and generate_batch() differ"

    def test_another_process_makes_the_same(self, tmp_path: Path) -> None:
        """With another hash seed, time zone, language and folder."""
        if self.packs is not None:
            pytest.skip("another process knows the installed packs only")
        offered = [(name, self.countries(name)) for name in self.entity_names()]
        # A country per entity, another one each time: what differs between processes differs everywhere.
        cases = [(name, found[number % len(found)]) for number, (name, found) in enumerate(offered) if found]
        wanted = [[name, country, self.subject(name, country).count] for name, country in cases]
        environment = os.environ | {"PYTHONHASHSEED": "4242", "TZ": "Asia/Kathmandu", "LC_ALL": "C", "PYTHONUTF8": "1"}
        done = subprocess.run(
            [sys.executable, "-m", "datamimic.testing.processes"],
            input=json.dumps(wanted),
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        for (name, country), theirs in zip(cases, json.loads(done.stdout), strict=True):
            if theirs != rows_digest(self.subject(name, country).rows):
                raise DefinitionError(
                    "nondeterministic",
                    f"{name}/{country} is not the same in another process",
                    hint="look for hash(), the order of a set, the clock, the time zone or the folder",
                )
