"""What an author can get wrong is refused, with a code, the entity and field, the line of the rule, and what to do."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from attrs import frozen
from fleet import DATA, Depot, Vehicle, registry

from datamimic import (
    DatasetSource,
    Draw,
    Generator,
    Pack,
    Registry,
    Table,
    Text,
    World,
    check,
    entity,
    field,
    number,
    parent,
    record,
    serial,
    via,
    weighted,
)
from datamimic.checks.checking import check_batches, check_rows
from datamimic.columns import Lists, Struct
from datamimic.errors import DatamimicError, UnknownName
from datamimic.request.api import generate_domain
from datamimic.request.view import RequestView
from datamimic.testing import pack_contract

HERE = Path(__file__).name
FLEET = DatasetSource("fleet", DATA.parent, DATA.name)


@record
class Point:
    x: float
    y: float


@frozen
class Wrong:
    """What was refused, and the line in this file that it names."""

    error: DatamimicError
    source: str


def fleet(*entities: type) -> Registry:
    """The pack `fleet` with other entities; its tables are there."""
    hooks = {"pack": Pack("fleet", "1.0", "Test"), "entities": list(entities), "datasets": [FLEET]}
    return Registry.of(SimpleNamespace(**{f"datamimic_{name}": _returning(value) for name, value in hooks.items()}))


def _returning(value: Any) -> Any:
    return lambda: value


def refused(make: Any) -> Wrong:
    with pytest.raises(DatamimicError) as caught:
        make()
    error = caught.value
    source = ""
    if error.file is not None and Path(error.file).name == HERE and error.line is not None:
        source = Path(__file__).read_text(encoding="utf-8").splitlines()[error.line - 1].strip()
    return Wrong(error, source)


def thing(annotation: Any, made: Any, **settings: Any) -> Any:
    """A world's rows of an entity whose field `value` is made so."""
    namespace = {
        "__annotations__": {"thing_id": str, "value": annotation},
        "thing_id": field(serial("T-####"), key=True),
        "value": field(made, **settings),
    }
    cls = entity("thing")(type("Thing", (), namespace))
    return World(1, packs=fleet(cls))["fleet.thing"]


def unfit(rows: Any) -> Any:
    return np.arange(len(rows)) % 2 == 1


# -- values -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("annotation", "made"),
    [
        (int, lambda rows: np.ma.MaskedArray(rows, unfit(rows))),
        (str, lambda rows: Text.of([None if odd else "a" for odd in unfit(rows)])),
        (str, lambda rows: Text.coded(np.where(unfit(rows), -1, 0), ["a"])),
        (bytes, lambda rows: np.array([None if odd else b"a" for odd in unfit(rows)], dtype=object)),
        (Point, lambda rows: Struct({"x": rows * 1.0, "y": rows * 1.0}, ~unfit(rows))),
        (Point, lambda rows: Struct({"x": rows * 1.0, "y": np.ma.MaskedArray(rows * 1.0, unfit(rows))})),
        (list[str], lambda rows: Lists(np.ones(len(rows)), Text.of([None if odd else "a" for odd in unfit(rows)]))),
    ],
    ids=["number", "plain text", "coded text", "bytes", "record", "member", "item"],
)
def test_a_null_where_none_may_be(annotation: Any, made: Any) -> None:
    wrong = refused(lambda: thing(annotation, made).record_batch(0, 4))
    assert wrong.error.code == "unexpected_null"
    assert "fleet.thing.value" in wrong.error.message and "in row 1" in wrong.error.message
    assert "lambda rows" in wrong.source and "| None" in (wrong.error.hint or "")
    assert thing(annotation, made).record_batch(0, 1).num_rows == 1, "row 0 is no null"


def test_a_null_member_of_a_null_record_is_none() -> None:
    def value(rows: Any) -> Any:
        return Struct({"x": rows * 1.0, "y": np.ma.MaskedArray(rows * 1.0, unfit(rows))}, ~unfit(rows))

    assert thing(Point | None, value)[0:2].to_arrow()["value"].to_pylist() == [{"x": 0.0, "y": 0.0}, None]


@pytest.mark.parametrize("worst", [math.nan, math.inf, -math.inf])
def test_nan_and_infinity(worst: float) -> None:
    def value(rows: Any) -> Any:
        return np.where(unfit(rows), worst, 1.0)

    wrong = refused(lambda: thing(float, value)[0:4].to_arrow())
    assert wrong.error.code == "not_a_number" and "fleet.thing.value" in wrong.error.message
    assert wrong.source == "def value(rows: Any) -> Any:" and "allow_nan" in (wrong.error.hint or "")
    made = thing(float, value, allow_nan=True)[0:2].to_arrow()["value"].to_pylist()
    assert made[0] == 1.0 and not math.isfinite(made[1])


def test_no_date() -> None:
    def value(rows: Any) -> Any:
        return np.full(len(rows), np.datetime64("NaT", "D"))

    assert refused(lambda: thing(date, value)[0:1].to_arrow()).error.code == "not_a_number"
    assert refused(lambda: thing(date | None, value)[0:1].to_arrow()).error.code == "not_a_number"


@pytest.mark.parametrize(
    ("members", "code"), [(("x",), "missing_member"), (("x", "y", "z"), "wrong_type")], ids=["one less", "one more"]
)
def test_a_record_has_its_members(members: tuple[str, ...], code: str) -> None:
    def value(rows: Any) -> Any:
        return Struct(dict.fromkeys(members, rows * 1.0))

    wrong = refused(lambda: thing(Point, value)[0:1].to_arrow())
    assert wrong.error.code == code and "fleet.thing.value" in wrong.error.message
    assert wrong.source == "def value(rows: Any) -> Any:"


def test_members_of_a_record_have_their_types() -> None:
    wrong = refused(
        lambda: thing(Point, lambda rows: Struct({"x": rows, "y": Text.constant("1", len(rows))}))[0:1].to_arrow()
    )
    assert wrong.error.code == "wrong_type" and "fleet.thing.value.y" in wrong.error.message
    assert thing(Point, lambda rows: Struct({"x": rows, "y": rows}))[0:1].to_arrow()["value"].to_pylist() == [
        {"x": 0.0, "y": 0.0}
    ]


def test_a_key_that_repeats() -> None:
    @entity("thing")
    class Thing:
        """A thing."""

        number: int = field(lambda rows: rows % 3_000, key=True, doc="number")

    packs = fleet(Thing)
    wrong = refused(lambda: World(1, packs=packs)["fleet.thing"][0:5_000].to_arrow())
    assert wrong.error.code == "repeated_key" and "row 0 and in row 3000" in wrong.error.message
    assert "lambda rows" in wrong.source and "serial" in (wrong.error.hint or "")
    contract: Any = pack_contract("fleet", packs=packs)()
    assert refused(lambda: contract.test_keys_are_unique_and_references_resolve("fleet.thing", "US")).error


# -- rules, generators, relations ---------------------------------------------------------------------------------


def test_a_default_of_a_parameter() -> None:
    wrong = refused(lambda: field(lambda rows, seen=[]: rows))  # type: ignore[misc]
    assert wrong.error.code == "bad_rule" and "seen" in wrong.error.message and wrong.error.hint


@pytest.mark.parametrize(
    "counts",
    [{}, {0: 1}, {-1: 1}, {1.5: 1}, {True: 1}, {1: -1}, {1: math.nan}, {1: "2"}, {"1": 2}, 3],
    ids=repr,
)
def test_counts_that_are_none(counts: Any) -> None:
    def define() -> Any:
        @entity("wheel")
        class Wheel:
            vehicle: Vehicle = field(parent(Vehicle, counts=counts))

        return Wheel

    wrong = refused(define)
    assert wrong.error.code == "bad_field" and "Wheel.vehicle" in wrong.error.message
    assert wrong.source.startswith("@entity") and "{0: 1, 1: 3, 2: 1}" in (wrong.error.hint or "")


def test_two_parents() -> None:
    def define() -> Any:
        @entity("visit")
        class Visit:
            vehicle: Vehicle = field(parent(Vehicle, counts={1: 1}))
            depot: Depot = field(parent(Depot, counts={1: 1}))

        return Visit

    wrong = refused(define)
    assert (
        wrong.error.code == "bad_entity"
        and "vehicle, depot" in wrong.error.message
        and "link(" in str(wrong.error.hint)
    )


class Failing(Generator[int]):
    """Fails."""

    def column(self, context: Any) -> Any:
        return {}["nothing"]


def test_a_generator_that_raises() -> None:
    wrong = refused(lambda: thing(int, Failing())[0:1].to_arrow())
    assert wrong.error.code == "generator_failed"
    assert "fleet.thing.value" in wrong.error.message and "KeyError" in wrong.error.message
    assert wrong.source == "def column(self, context: Any) -> Any:"


def _no_column(draw: Draw, data: Any) -> Any:
    return data["kinds"].by("mont")


def _no_table(data: Any) -> Any:
    return data["kindes"]["kind"]


def _no_weight(draw: Draw) -> Any:
    return draw.pick(Table("idle", {"kind": ["a", "b"], "weight": ["0", "0"]}, file="idle.csv"))


@pytest.mark.parametrize(
    ("made", "code", "said", "line"),
    [
        (_no_column, "unknown_table_column", "'mont'", "def _no_column"),
        (_no_table, "unknown_table", "'kindes'", "def _no_table"),
        (weighted("kinds", "knid"), "unknown_table_column", "'knid'", '"value": field('),
        (via("thing_id.first"), "generator_failed", "AttributeError", ""),
    ],
)
def test_errors_of_tables_and_attributes_name_the_rule(made: Any, code: str, said: str, line: str) -> None:
    wrong = refused(lambda: thing(str, made)[0:1].to_arrow())
    assert wrong.error.code == code and said in wrong.error.message and "fleet.thing.value" in wrong.error.message
    assert line in wrong.source


def test_an_attribute_that_a_reference_does_not_have() -> None:
    from datamimic import ref

    @entity("trip")
    class Trip:
        depot: Depot = field(ref(Depot))
        region: str = field(lambda depot: depot.regoin)

    wrong = refused(lambda: World(1, packs=registry())[Trip][0:1].to_arrow())
    assert wrong.error.code == "unknown_column" and "trip.region" in wrong.error.message
    assert "lambda depot: depot.regoin" in wrong.source and "'region'" in (wrong.error.hint or "")


def test_weights_that_sum_to_nothing_name_their_lines_and_the_rule() -> None:
    wrong = refused(lambda: thing(int, _no_weight)[0:1].to_arrow())
    assert (wrong.error.code, wrong.error.place) == ("bad_weight", "idle.csv:2")
    assert "lines 2 to 3" in wrong.error.message and HERE in wrong.error.message
    grouped = Table("idle", {"sex": ["f", "m"], "kind": ["a", "b"], "weight": ["1", "0"]}, file="idle.csv").by("sex")
    assert refused(lambda: grouped.alias).error.place == "idle.csv:3"


# -- checks -------------------------------------------------------------------------------------------------------


def checked(function: Any) -> Any:
    @entity("thing")
    class Thing:
        """A thing."""

        thing_id: str = field(serial("T-####"), key=True, doc="number")
        wheels: int = field(number(2, 4), doc="wheels")
        at: Point = field(lambda rows: Struct({"x": rows * 1.0, "y": rows * 1.0}), doc="where")

    check(Thing, "it holds")(function)
    return Thing


def holds_by_accident(wheels: Any) -> Any:
    return wheels.foo >= 1


def no_booleans(wheels: Any) -> Any:
    return wheels


def one_boolean(wheels: Any) -> Any:
    return bool((wheels > 1).all())


def too_few(wheels: Any) -> Any:
    return wheels[1:] > 1


@pytest.mark.parametrize(
    ("function", "code"),
    [
        (holds_by_accident, "check_failed"),
        (no_booleans, "wrong_type"),
        (one_boolean, "wrong_length"),
        (too_few, "wrong_length"),
    ],
)
def test_a_check_that_cannot_be_run_never_holds(function: Any, code: str) -> None:
    packs = fleet(checked(function))
    rows = World(1, packs=packs)["fleet.thing"][0:10]
    wrong = refused(lambda: check_rows(rows))
    assert wrong.error.code == code and function.__name__ in wrong.error.message
    assert wrong.source == f"def {function.__name__}(wheels: Any) -> Any:"
    contract: Any = pack_contract("fleet", packs=packs)()
    assert refused(lambda: contract.test_checks_hold("fleet.thing", "US")).error.code == code
    batches = rows.to_arrow().to_batches()
    assert refused(lambda: check_batches(batches, rows.spec, rows.world)).error.code == code, "nor on a file"


def test_only_what_a_file_lacks_is_skipped_and_named() -> None:
    def far(at: Any) -> Any:
        return at.y >= 0

    rows = World(1, packs=fleet(checked(far)))["fleet.thing"][0:10]
    table = rows.to_arrow()
    [found] = check_batches(table.drop_columns(["at"]).to_batches(), rows.spec, rows.world)
    assert found.skipped == "the table has no at"
    import pyarrow as pa

    part = pa.array([{"x": 1.0}] * 10)
    [found] = check_batches(table.set_column(2, "at", part).to_batches(), rows.spec, rows.world)
    assert found.skipped == "the table has no part y"


# -- requests -----------------------------------------------------------------------------------------------------


def _raising(error: Exception) -> Any:
    def raise_it(data: Any, name: str) -> Any:
        raise error

    return raise_it


@pytest.mark.parametrize("what", ["profile", "component"])
@pytest.mark.parametrize(
    ("error", "code"),
    [
        (KeyError("gone"), "view_failed"),
        (ValueError("no such thing"), "invalid_{}_id"),
        (UnknownName("profile", "a", ["b"]), "unknown_profile"),
    ],
    ids=["a fault", "a value", "coded"],
)
def test_a_profile_or_component_that_raises(
    what: str, error: Exception, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    members: dict[str, Any] = {what: _raising(error)}
    view = RequestView(prefix="V", item={"kind": ("kind", {"type": "string"})}, **members)
    monkeypatch.setattr(Vehicle.__entity__, "request", view)  # type: ignore[attr-defined]
    request = {"domain": "vehicle", "version": "v1", "count": 1, "seed": "demo", "locale": "en_US"}
    request |= {"clock": "2025-01-01T00:00:00Z", f"{what}_id": "a"}
    wrong = refused(lambda: generate_domain(request, packs=registry()))
    assert wrong.error.code == code.format(what)
    assert code == "unknown_profile" or wrong.error.path == f"$.{what}_id"
