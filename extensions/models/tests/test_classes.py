"""Python classes as models."""

from __future__ import annotations

import dataclasses
import enum
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any, Generic, Literal, NamedTuple, NewType, TypedDict, TypeVar
from uuid import UUID

import attrs
import pydantic
import pytest
from attrs import validators as v

from datamimic import World
from datamimic_models.model import Mistakes, Model
from datamimic_models.model_reader import described
from datamimic_models.reading.classes import read_classes
from datamimic_models.reading.classes.annotations import Annotations
from datamimic_models.reading.classes.members import object_shape
from datamimic_models.reading.shapes import Shape

Cents = NewType("Cents", int)


class State(enum.Enum):
    NEW = "new"
    SENT = "sent"


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 2


class Address(pydantic.BaseModel):
    """Where somebody lives."""

    street: str = pydantic.Field(max_length=40)
    zip: Annotated[str, pydantic.StringConstraints(pattern=r"^\d{5}$")]


class Customer(pydantic.BaseModel):
    id: int = pydantic.Field(gt=0, description="number of the customer")
    email: pydantic.EmailStr | None
    born: date = pydantic.Field(ge=date(1920, 1, 1))
    balance: Decimal = pydantic.Field(max_digits=8, decimal_places=3)
    score: Annotated[float, pydantic.Field(gt=0, le=1)]
    level: Level
    address: Address
    tags: set[str] = pydantic.Field(min_length=1, max_length=2)
    seen: pydantic.AwareDatetime
    secret: pydantic.SecretStr
    site: pydantic.HttpUrl = pydantic.Field(alias="homepage")
    kind: Literal["person", "company"]
    pairs: tuple[int, int]
    boss: Customer | None = None

    @pydantic.computed_field
    def shown(self) -> str:
        return str(self.id)


@dataclasses.dataclass
class Part:
    weight: float
    made: datetime | None = None


@dataclasses.dataclass
class Machine:
    """A machine, and what it is made of."""

    machine_id: UUID
    state: State
    price: Cents
    parts: list[Part]
    runs: timedelta = timedelta(0)
    inner: list[Machine] = dataclasses.field(default_factory=list)
    hours: int = dataclasses.field(default=0, init=False)


@attrs.define
class Room:
    number: int = attrs.field(validator=[v.ge(1), v.lt(100)])
    name: str = attrs.field(validator=v.and_(v.matches_re("[A-Z]{2}"), v.max_len(2)))
    size: str | None = attrs.field(default=None, validator=v.optional(v.in_(["s", "l"])))
    floors: list[int] = attrs.field(factory=list, validator=v.deep_iterable(v.gt(0), v.min_len(1)))
    _hidden: int = attrs.field(default=1, validator=v.instance_of(int))


class Row(TypedDict, total=False):
    a: int
    b: list[str]


class Pair(NamedTuple):
    left: int
    right: str


def read(*classes: Any) -> tuple[Model, list[str]]:
    mistakes = Mistakes()
    return read_classes(classes, mistakes), [each.message for each in mistakes.found]


def shapes(cls: Any) -> dict[str, Shape]:
    mistakes = Mistakes()
    shape = object_shape(cls, Annotations(mistakes, object_shape, [cls]))
    assert shape is not None
    return dict(shape.members)


def test_pydantic() -> None:
    model, told = read(Customer)
    [table] = model.tables
    assert model.name == table.name == "customer" and table.primary_key == ("id",)
    assert {each.name: str(each.type) for each in table.columns} == {
        "id": "int", "email": "str", "born": "date", "balance": "decimal(8,3)", "score": "float", "level": "int",
        "address": "struct", "tags": "list[str]", "seen": "datetime", "secret": "str", "homepage": "str", "kind": "str",
        "pairs": "list[int]", "boss": "str",
    }  # fmt: skip
    assert table.column("email").nullable and table.column("boss").null_share == 1
    assert table.column("secret").sensitivity == "secret" and table.column("seen").type.zone == "UTC"
    assert table.column("id").comment == "number of the customer" and table.column("pairs").type.length == 2
    assert str(table.column("id").place).split(":")[0] == __name__
    assert told == ["always null: Customer holds itself without an end"]


class Staff(pydantic.BaseModel):
    name: str
    office: Office  # it is defined below, and known when rows are asked for
    notes: pydantic.Json[dict[str, int]]
    badge: pydantic.Base64Str


class Labels(pydantic.RootModel[list[str]]):
    pass


class Office(pydantic.BaseModel):
    labels: Labels
    head: Staff | None = None


T = TypeVar("T")


@dataclasses.dataclass
class Box(Generic[T]):
    item: T
    spare: list[T]


@dataclasses.dataclass
class Boxes:
    one: Box[int]
    many: list[Box[date]]


def test_pydantic_takes_the_rows_of_classes_that_hold_each_other_roots_and_encoded_texts() -> None:
    model, _ = read(Staff)
    rows = World("demo", models=described(model))["staff.staff"][0:50].to_arrow().to_pylist()
    assert all(row["office"]["head"] is None for row in rows)
    for row in rows:
        staff = Staff.model_validate(row)
        assert staff.badge.isascii() and staff.notes == {}


def test_generic_classes_are_of_what_is_said_of_them() -> None:
    members = shapes(Boxes)
    [item, spare] = dict(members["one"].members).values()
    assert item.type.name == "int" and str(spare.type) == "list[int]"
    assert members["many"].item is not None and dict(members["many"].item.members)["item"].type.name == "date"


def test_limits_of_pydantic() -> None:
    said = shapes(Customer)
    assert (said["id"].least, said["id"].above) == (0, True)
    assert (said["score"].least, said["score"].most, said["score"].above, said["score"].below) == (0, 1, True, False)
    assert said["born"].least == date(1920, 1, 1)
    assert said["email"].format == "email" and said["homepage"].format == "uri"
    assert said["level"].values == (1, 2) and said["kind"].values == ("person", "company")
    assert (said["tags"].shortest, said["tags"].longest, said["tags"].distinct) == (1, 2, True)
    inner = dict(said["address"].members)
    assert inner["zip"].pattern == r"^\d{5}$" and inner["street"].type.length == 40


def test_dataclasses() -> None:
    model, told = read(Machine)
    [table] = model.tables
    assert table.primary_key == ("machine_id",) and table.comment == "A machine, and what it is made of."
    assert [each.name for each in table.columns] == ["machine_id", "state", "price", "parts", "runs", "inner"]
    assert table.column("state").type.choices == ("new", "sent") and table.column("runs").type.name == "duration"
    assert [name for name, _ in (table.column("parts").type.item or table.column("state").type).members] == [
        "weight",
        "made",
    ]
    assert told == ["the list is empty: Machine holds itself without an end"]


def test_attrs_and_its_validators() -> None:
    said = shapes(Room)
    assert (said["number"].least, said["number"].most, said["number"].below) == (1, 100, True)
    assert said["name"].pattern == "^(?:[A-Z]{2})$" and said["name"].longest == 2
    assert said["size"].values == ("s", "l") and said["size"].nullable
    item = said["floors"].item
    assert item is not None and (item.least, item.above, said["floors"].shortest) == (0, True, 1)
    assert list(said)[-1] == "hidden" and read(Room)[1] == []


def test_what_a_function_checks_cannot_be_read_and_is_told() -> None:
    @attrs.define
    class Odd:
        number: int = attrs.field(validator=lambda instance, attribute, value: None)

    class Even(pydantic.BaseModel):
        number: int

        @pydantic.field_validator("number")
        @classmethod
        def even(cls, value: int) -> int:
            return value

    for cls in (Odd, Even):
        model, [told] = read(cls)
        assert "cannot be read" in told and model.tables


def test_typed_dicts_and_named_tuples() -> None:
    model, told = read(Row, Pair)
    assert [(each.name, str(each.type)) for table in model.tables for each in table.columns] == [
        ("a", "int"), ("b", "list[str]"), ("left", "int"), ("right", "str"),
    ]  # fmt: skip
    assert told == []


@pytest.mark.parametrize("what", [int, object, len, 3])
def test_what_has_no_fields_is_refused(what: Any) -> None:
    model, [told] = read(what)
    assert model.tables == () and "has no fields to read" in told


def test_a_circle_without_an_end_is_refused() -> None:
    @dataclasses.dataclass
    class Endless:
        again: Endless

    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(globals(), "Endless", Endless)
        model, [told] = read(Endless)
    assert model.tables == () and "without an end" in told


def test_names_that_cannot_be_resolved_are_told() -> None:
    @dataclasses.dataclass
    class Lost:
        what: Nowhere  # type: ignore[name-defined] # noqa: F821

    _, told = read(Lost)
    assert any("cannot be read" in each for each in told)
