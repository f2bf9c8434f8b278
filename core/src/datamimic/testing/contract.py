"""The contract of a pack as a test class: `TestFleet = pack_contract("fleet")` is a whole test suite.

It expands over the pack's entities and the countries that each of them supports, all in strict mode. What fails says
what to change.
"""

from __future__ import annotations

import doctest
import importlib
import json
import os
import subprocess
import sys
import warnings
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import numpy as np
import pyarrow as pa
import pytest

from datamimic.engine.coverage import supported_countries
from datamimic.engine.references import ParentRef
from datamimic.engine.view import View
from datamimic.errors import DataError, DatamimicError, DefinitionError, InvalidOption
from datamimic.model.options import describe_options, make_options
from datamimic.model.spec import spec_of
from datamimic.output.digest import batch_digests, rows_digest
from datamimic.plugin import DatasetSource
from datamimic.plugins.registry import Registry, installed_packs
from datamimic.tables.catalog import Catalog, digest
from datamimic.tables.library import DatasetFallback
from datamimic.tables.table import WEIGHT, Table
from datamimic.testing.fitting import misfit
from datamimic.testing.golden import FILE, SEED, Golden, GoldenFile
from datamimic.testing.isolation import forbidden_uses, watched
from datamimic.testing.subject import Subject

ROWS = 48
GOLDEN_ROWS = 32
_MANY = (list, tuple, set, frozenset, dict)


def pack_contract(
    pack: str, *, rows: int = ROWS, locales: tuple[str, ...] | None = None, packs: Registry | None = None
) -> type:
    """A test class for pytest; assign it to a module-level name that begins with `Test`.

    `rows` are looked at per entity and country; `locales` limits the countries (ISO codes) to those that the machine has
    time for; `packs` is a registry other than that of the installed packs.
    """
    attributes = {"pack": pack, "count": rows, "locales": locales, "packs": packs, "__doc__": f"The pack {pack}."}
    return type(f"Contract_{pack}", (PackContract,), attributes)


@cache
def _subject(packs: Registry, name: str, country: str, count: int) -> Subject:
    return Subject(packs, name, country, count)


class PackContract:
    """See `pack_contract`."""

    pack: str
    count: int
    locales: tuple[str, ...] | None
    packs: Registry | None

    # -- what is looked at --------------------------------------------------------------------------------------

    @property
    def registry(self) -> Registry:
        return self.packs or installed_packs()

    def entity_names(self) -> list[str]:
        return [f"{self.pack}.{reference.name}" for reference in self.registry.pack(self.pack).entities]

    def countries(self, name: str) -> list[str]:
        supported = supported_countries(self.registry, self.registry.entity(name))
        return [country for country in supported if self.locales is None or country in self.locales]

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """Called by pytest; a pack that cannot be loaded has no entities here, and fails in the first test."""
        if "entity_name" not in metafunc.fixturenames:
            return
        try:
            names = self.entity_names()
            if "country" in metafunc.fixturenames:
                cases = [(name, country) for name in names for country in self.countries(name)]
                ids = [f"{name.rpartition('.')[2]}-{country}" for name, country in cases]
                metafunc.parametrize(("entity_name", "country"), cases, ids=ids)
            else:
                metafunc.parametrize("entity_name", names, ids=[name.rpartition(".")[2] for name in names])
        except DatamimicError:
            metafunc.parametrize(
                ("entity_name", "country") if "country" in metafunc.fixturenames else "entity_name", []
            )

    def subject(self, name: str, country: str) -> Subject:
        return _subject(self.registry, name, country, self.count)

    def sources(self) -> list[DatasetSource]:
        return list(self.registry.pack(self.pack).sources)

    def package(self) -> Path | None:
        module = sys.modules.get(self.registry.pack(self.pack).package)
        return Path(module.__file__).parent if module and module.__file__ and hasattr(module, "__path__") else None

    # -- the pack -----------------------------------------------------------------------------------------------

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
        wanted = [[name, country, self.count, "contract"] for name, country in cases]
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

    # -- every entity -------------------------------------------------------------------------------------------

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
        """No network, no process, no file but the packs' tables, no global random state."""
        subject = Subject(self.registry, entity_name, (self.countries(entity_name) or ["US"])[-1], 8)
        usable = [record.name for record in self.registry.packs() if record.status == "ok"]
        folders = [Path(str(source.root())) for name in usable for source in self.registry.dataset_sources(name)]
        with watched(folders) as found:
            subject.rows.to_arrow()
        assert not found, f"{subject} touches {'; '.join(dict.fromkeys(found))}"

    # -- every entity in every country --------------------------------------------------------------------------

    def test_rows_are_the_same_however_they_are_asked_for(self, entity_name: str, country: str) -> None:
        """In slices, in another order, one by one, by column, from far away, in another world of the same seed."""
        subject = self.subject(entity_name, country)
        count, whole = subject.count, subject.batch
        other = subject.world()[subject.cls]
        cuts = [0, 1, count // 3, count]
        parts = [other.record_batch(a, b) for a, b in pairwise(cuts)]
        _same(subject, whole, pa.Table.from_batches(parts).combine_chunks().to_batches()[0], "in slices")
        backwards = np.arange(count, dtype=np.int64)[::-1]
        _same(subject, whole.take(pa.array(backwards)), other.gather(backwards), "in another order")
        columns = list(whole.schema.names)
        for chosen in (columns[: len(columns) // 2 : -1] or columns, columns[:1]):
            some = other.select(chosen).record_batch(0, count)
            _same(subject, whole.select(chosen), some, f"when only {', '.join(chosen[:3])} … are asked for")
        far = 10_007
        if _has_rows(other, far + 3):
            _same(subject, other.record_batch(far, far + 3).slice(2), other.record_batch(far + 2, far + 3), "far away")

    def test_values_fit_and_survive_round_trips(self, entity_name: str, country: str) -> None:
        """Values are what annotations say; `to_dict()`, JSON and `from_dict()` lose nothing."""
        subject = self.subject(entity_name, country)
        plain = [each for each in subject.spec.columns if not each.is_relation]
        cls: Any = subject.cls
        for row, made in enumerate(subject.objects):
            for each in plain:
                sentence = misfit(getattr(made, each.name), each.kind, f"{subject}, row {row}: {each.name}")
                assert sentence is None, sentence
            text = json.dumps(made.to_dict(), allow_nan=False)
            assert cls.from_dict(json.loads(text)) == made, f"{subject}, row {row}: lost on the way through JSON"

    def test_keys_are_unique_and_references_resolve(self, entity_name: str, country: str) -> None:
        subject = self.subject(entity_name, country)
        if subject.spec.key is not None:
            keys = subject.rows.select([subject.spec.key.column_name]).to_arrow().column(0).to_pylist()
            assert None not in keys, f"{subject}: the key {subject.spec.key.name} is null in some row"
            assert len(set(keys)) == len(keys), f"{subject}: the key {subject.spec.key.name} repeats"
        for name, reference in subject.references.items():
            world, target = reference.world, reference.target
            where = f"{subject}: {name}"
            assert target.key is not None, f"{where} refers to {target.name}, which has no field with key=True"
            rows, missing = reference.rows, reference.is_null()
            if isinstance(reference, ParentRef):
                assert (reference.index < reference.count).all(), f"{where}: more children than the parent counts"
            assert subject.spec.fields[name].kind.nullable or not missing.any(), f"{where} is null, but not declared so"
            some = np.unique(rows[~missing])[:16]
            alone = View(world, target).select([target.key.column_name]).gather(some).column(0).to_pylist()
            known = {-1: None, **dict(zip(some.tolist(), alone, strict=True))}
            shown = _listed(reference.key())
            for row, key in zip(rows.tolist(), shown, strict=True):
                assert row not in known or known[row] == key, f"{where} shows {key!r}; row {row} has {known[row]!r}"

    def test_checks_hold(self, entity_name: str, country: str) -> None:
        subject = self.subject(entity_name, country)
        broken = [
            f"{finding.sentence}: not in {finding.violations} of {finding.rows} rows, as {finding.samples}"
            for finding in subject.findings
            if finding.violations
        ]
        assert not broken, f"{subject}:\n" + "\n".join(broken)

    def test_values_are_those_of_the_golden_file(
        self, entity_name: str, country: str, request: pytest.FixtureRequest
    ) -> None:
        """What moved must be announced: raise the entity's version or the data version, then --update-golden."""
        path = request.path.parent / FILE
        name = f"{entity_name}/{country}"
        subject = Subject(self.registry, entity_name, country, GOLDEN_ROWS, SEED)
        data = next((source.version() for source in self.sources()), None)
        now = Golden.of(subject.rows, subject.spec.version, data)
        file = GoldenFile(path)
        if request.config.getoption("--update-golden"):
            if self.locales is None:
                file.keep_only({f"{one}/{place}" for one in self.entity_names() for place in self.countries(one)})
            file.put(name, now)
            return
        if not path.exists():
            pytest.skip(f"no {path.name} yet: pytest --update-golden writes it")
        assert name in file.entries, f"{name} is new: run pytest --update-golden"
        before = file.entries[name]
        assert now.digest == before.digest, (
            f"the values of {name} moved (entity {before.version} → {now.version}, data {before.data} → {now.data}). "
            "If that is meant: raise one of the versions, say so in the CHANGELOG, and run pytest --update-golden"
        )


def _same(subject: Subject, expected: pa.RecordBatch, found: pa.RecordBatch, how: str) -> None:
    if batch_digests(expected) == batch_digests(found):
        return
    for name in expected.schema.names:
        for row, (one, two) in enumerate(
            zip(expected.column(name).to_pylist(), found.column(name).to_pylist(), strict=True)
        ):
            if one != two:
                raise DefinitionError(
                    "nondeterministic",
                    f"{subject}: {name} is {one!r} in one batch and {two!r} {how} (position {row})",
                    hint="a value depends on its own row only: draw through `draw`, never on the batch around it",
                )


def _has_rows(rows: Any, stop: int) -> bool:
    try:
        rows[0:stop]
    except InvalidOption:
        return False
    return True


def _listed(column: Any) -> list[Any]:
    return column.tolist()
