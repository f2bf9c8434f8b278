"""The contract passes a good pack and teaches about a bad one; fixtures, strategies and the golden flag work."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from fleet import DATA, Depot, Vehicle
from hypothesis import find, given, settings

from datamimic import (
    DatasetSource,
    Lists,
    Pack,
    Registry,
    World,
    check,
    days_before,
    entity,
    field,
    number,
    option,
    options,
    ref,
    serial,
    weighted,
)
from datamimic.errors import DefinitionError, UnknownName
from datamimic.testing import entities, pack_contract
from datamimic.testing.isolation import forbidden_uses, watched


def contract(*classes: type) -> Any:
    """The contract of a pack `broken` with the tables of the test fleet."""
    source = DatasetSource("broken", DATA.parent, DATA.name)
    module = SimpleNamespace(
        datamimic_pack=lambda: Pack("broken", "1.0", "Broken"),
        datamimic_entities=lambda: [*classes],
        datamimic_datasets=lambda: [source],
    )
    return pack_contract("broken", packs=Registry.of(module))()


def thing(rule: Any, doc: str = "wheels", **more: Any) -> type:
    @entity("thing", **more)
    class Thing:
        """A thing."""

        wheels: int = field(rule, doc=doc)

    return Thing


def test_a_good_pack_passes(packs: Registry) -> None:
    good: Any = pack_contract("fleet", packs=packs, rows=24)()
    assert good.entity_names()[0] == "fleet.vehicle"
    assert good.countries("fleet.vehicle") == ["DE", "US"]
    for name in good.entity_names():
        good.test_everything_is_documented(name)
        good.test_options_are_documented_and_refuse_what_cannot_be(name)
        good.test_declared_tables_are_those_that_are_read(name)
        good.test_nothing_else_is_touched(name)
        for country in good.countries(name):
            good.test_rows_are_the_same_however_they_are_asked_for(name, country)
            good.test_values_fit_and_survive_round_trips(name, country)
            good.test_keys_are_unique_and_references_resolve(name, country)
            good.test_checks_hold(name, country)


@pytest.mark.parametrize(
    ("rule", "part"),
    [
        (lambda rows: np.arange(len(rows)), "in slices"),
        (lambda draw: draw.integers(0, 9) + random.randrange(10**6), "position"),
        (lambda rows: rows - rows.min(), "position"),
    ],
)
def test_a_value_that_depends_on_its_batch_is_found(rule: Callable[..., Any], part: str) -> None:
    with pytest.raises(DefinitionError, match=part) as caught:
        contract(thing(rule)).test_rows_are_the_same_however_they_are_asked_for("broken.thing", "US")
    assert caught.value.code == "nondeterministic"
    assert "broken.thing/US: wheels is" in caught.value.message


def test_a_missing_meaning_is_found() -> None:
    with pytest.raises(AssertionError, match="doc='…'. is missing for wheels"):
        contract(thing(number(1, 2), doc="")).test_everything_is_documented("broken.thing")


def test_a_number_without_a_range_is_found() -> None:
    @options
    class ThingOptions:
        size: int = option(5, doc="size")

    broken = contract(thing(number(1, 2), options=ThingOptions))
    with pytest.raises(AssertionError, match="the option size is a number without minimum"):
        broken.test_options_are_documented_and_refuse_what_cannot_be("broken.thing")


def test_tables_that_are_not_declared_or_not_read_are_found() -> None:
    def wheels(draw: Any, data: Any) -> Any:
        return draw.pick(data["regions"])

    with pytest.raises(pytest.fail.Exception, match="no regions_FR.csv, and does not declare it"):
        contract(thing(wheels)).test_declared_tables_are_those_that_are_read("broken.thing")
    with pytest.raises(AssertionError, match="reads broken.kinds"):
        contract(thing(lambda draw, data: draw.pick(data["kinds"]))).test_declared_tables_are_those_that_are_read(
            "broken.thing"
        )
    broken = contract(thing(wheels, tables=("regions", "kinds")))
    with pytest.raises(AssertionError, match="that no field or check reads: broken.kinds"):
        broken.test_declared_tables_are_those_that_are_read("broken.thing")
    contract(thing(wheels, tables=("regions",))).test_declared_tables_are_those_that_are_read("broken.thing")


def test_a_key_that_repeats_and_a_reference_to_nowhere_are_found() -> None:
    @entity("thing")
    class Thing:
        """A thing."""

        kind: str = field(weighted("kinds"), key=True, doc="a kind")

    with pytest.raises(DefinitionError, match="broken.thing: the key kind is"):
        contract(Thing).test_keys_are_unique_and_references_resolve("broken.thing", "US")

    @entity("visit")
    class Visit:
        """A visit."""

        visit_id: str = field(serial("###"), key=True, doc="id")
        depot: Depot = field(ref(Depot, by=lambda rows: rows + 1_000), doc="a depot that is not there")

    with pytest.raises((AssertionError, DefinitionError), match="depot"):
        contract(Visit, Depot).test_keys_are_unique_and_references_resolve("broken.visit", "US")


def test_a_check_that_fails_is_found() -> None:
    broken = thing(number(1, 4))

    @check(broken, "there are four wheels")
    def four_wheels(wheels: Any) -> Any:
        return wheels == 4

    with pytest.raises(AssertionError, match="there are four wheels: not in"):
        contract(broken).test_checks_hold("broken.thing", "US")


def test_a_number_that_is_not_finite_is_found() -> None:
    @entity("thing")
    class Thing:
        """A thing."""

        mass: list[float] = field(
            lambda rows: Lists(np.ones(len(rows), dtype=np.int64), np.full(len(rows), np.inf)), doc="mass"
        )

    with pytest.raises(DefinitionError, match=r"broken\.thing\.mass\[\] is NaN, NaT or infinite in row 0"):
        contract(Thing).test_values_fit_and_survive_round_trips("broken.thing", "US")


def test_files_and_global_randomness_are_seen(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("x", encoding="utf-8")
    with watched([]) as found:
        (tmp_path / "secret.csv").read_text(encoding="utf-8")
        np.random.random()
        random.random()
    assert any("secret.csv" in one for one in found)
    assert {"global randomness (random)", "global randomness (numpy.random)"} <= set(found)
    with watched([tmp_path]) as found:
        (tmp_path / "secret.csv").read_text(encoding="utf-8")
    assert found == []


def test_forbidden_names_are_found_in_sources(tmp_path: Path) -> None:
    package = tmp_path / "package"
    package.mkdir()
    (package / "rules.py").write_text("import datetime\nx = datetime.date.today()\ny = hash('a')\n", encoding="utf-8")
    (package / "more.py").write_text("from datetime import date\nz = date.today()\nimport time\ntime.time()\n", "utf-8")
    found = [line.partition(" (")[0] for line in forbidden_uses(package)]
    assert "package/rules.py:3: hash()" in found
    assert "package/more.py:2: date.today" in found
    assert "package/more.py:4: time.time" in found
    assert "package/rules.py:2: datetime.date.today" in found


# -- for users of data ------------------------------------------------------------------------------------------------


def test_strategies_give_whole_entities_and_shrink_to_the_first_row(packs: Registry) -> None:
    vehicles = entities("fleet.vehicle", packs=packs)

    @settings(max_examples=25, deadline=None, database=None)
    @given(vehicles)
    def holds(vehicle: Any) -> None:
        assert vehicle.insured_until > vehicle.bought_on
        assert vehicle.depot.region == vehicle.region

    holds()
    smallest = find(vehicles, lambda vehicle: True, settings=settings(database=None))
    assert smallest == World(0, "US", packs=packs)[Vehicle][0]
    red = entities("fleet.vehicle", packs=packs, locale="DE", max_km=100)
    assert find(red, lambda vehicle: vehicle.kilometres <= 100, settings=settings(database=None)).kilometres <= 100
    with pytest.raises(UnknownName):
        entities("fleet.vehicles", packs=packs)


TESTS = """
import pytest

@pytest.mark.datamimic(seed="other", locale="de_DE")
def test_a_world_of_its_own(world):
    assert (world.seed, world.locale.country) == ("other", "DE")

def test_the_same_rows_in_every_run(world, rows):
    assert world.seed == "pytest"
"""


def test_the_plugin_gives_fixtures_and_refuses_to_update_in_ci_or_in_several_processes(tmp_path: Path) -> None:
    (tmp_path / "test_users.py").write_text(TESTS, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--strict-markers"]
    kept = {name: value for name, value in os.environ.items() if name not in ("CI", "PYTEST_ADDOPTS")}
    for arguments, environment, code, words in (
        ([], {}, 0, "2 passed"),
        (["--update-golden"], {"CI": "true"}, 4, "refused where CI is set"),
        (["--update-golden"], {"CI": "false"}, 0, "2 passed"),
        (["--update-golden", "-n", "2"], {"CI": "false"}, 4, "refused in several processes"),
    ):
        done = subprocess.run(
            [*command, *arguments], cwd=tmp_path, env=kept | environment, capture_output=True, text=True, check=False
        )
        assert (done.returncode, words in done.stdout + done.stderr) == (code, True), done.stdout + done.stderr


def test_importing_the_plugin_imports_nothing_heavy() -> None:
    program = "import sys, datamimic.testing.plugin; print([m for m in ('numpy', 'pyarrow', 'hypothesis') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def _histories(**more: Any) -> Any:
    """The contract of two entities: reports (`more` are arguments of `@entity`), and what they are filed under."""

    @entity("folder", happens="opened_on")
    class Folder:
        """A folder."""

        folder_id: str = field(serial("F-####"), key=True, doc="number")
        opened_on: date = field(days_before("clock", 0, 300), doc="first day")

    @entity("report", happens="made_on")
    class Report:
        """A report."""

        report_id: str = field(serial("R-####"), key=True, doc="number")
        made_on: date = field(days_before("clock", *more.get("made", (0, 300))), doc="first day")
        read_on: date | None = field(
            lambda made_on: np.ma.MaskedArray(made_on + np.timedelta64(9, "D"), made_on.astype(int) % 2 == 0),
            since="read_on" if more.get("since", True) else "",
            doc="when it was read",
        )
        age: int = field(more.get("age", lambda rows: rows * 0), doc="days", unit="d")
        folder: Folder = field(ref(Folder), doc="its folder")

    return contract(Folder, Report)


def test_a_history_that_does_not_hold_is_found() -> None:
    with pytest.raises(AssertionError, match="read_on of row .* is after the clock"):
        _histories().test_nothing_happens_after_the_clock("broken.report", "US")
    _histories(made=(9, 300)).test_nothing_happens_after_the_clock("broken.report", "US")
    with pytest.raises(AssertionError, match="folder refers to row .* of folder, which is not there"):
        _histories(made=(9, 300)).test_what_is_referred_to_is_there("broken.report", "US")
    _histories(made=(9, 300)).test_a_snapshot_and_what_changed_are_the_later_snapshot("broken.report", "US")
    restless = _histories(
        made=(9, 300), age=lambda made_on, now: (now - made_on).astype("timedelta64[D]").astype(np.int64)
    )
    with pytest.raises(AssertionError, match="a value changes at moments that no `since`"):
        restless.test_a_snapshot_and_what_changed_are_the_later_snapshot("broken.report", "US")
    with pytest.raises(pytest.skip.Exception, match="no history"):
        contract(thing(lambda rows: rows)).test_nothing_happens_after_the_clock("broken.thing", "US")
