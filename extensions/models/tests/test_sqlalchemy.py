"""What SQLAlchemy describes as a model; its own DDL is the oracle."""

from __future__ import annotations

import enum
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa
from attrs import evolve
from sqlalchemy.dialects import mysql, postgresql
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.schema import CreateTable

from datamimic import DatamimicError
from datamimic_models import Model as Loaded
from datamimic_models.model import Mistakes, Model
from datamimic_models.model.code import is_reference
from datamimic_models.reading.classes.loading import read_objects, read_reference
from datamimic_models.reading.sql_schema import read_sql_schema


class State(enum.Enum):
    NEW = "new"
    SENT = "sent"


class Base(DeclarativeBase):
    pass


class Customer(Base):
    """Who buys."""

    __tablename__ = "customers"
    __table_args__ = (sa.CheckConstraint("balance >= 0", name="not_below_zero"),)

    id: Mapped[int] = mapped_column(sa.Identity(), primary_key=True)
    email: Mapped[str] = mapped_column(sa.String(80), unique=True, comment="where to write")
    address: Mapped[str | None] = mapped_column(postgresql.INET)
    balance: Mapped[Decimal] = mapped_column(sa.Numeric(10, 2))
    tags: Mapped[list[str]] = mapped_column(sa.ARRAY(sa.String(10)))
    born: Mapped[datetime] = mapped_column(sa.DateTime())


class Order(Base):
    __tablename__ = "orders"

    order_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    part: Mapped[int] = mapped_column(sa.SmallInteger, primary_key=True, autoincrement=False)
    customer_id: Mapped[int] = mapped_column(sa.ForeignKey("customers.id"))
    state: Mapped[State] = mapped_column(sa.Enum(State, native_enum=True, name="state"))
    at: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True), server_default=sa.func.now())
    twice: Mapped[int] = mapped_column(sa.Computed("part * 2"))
    of_order: Mapped[int | None]
    of_part: Mapped[int | None] = mapped_column(sa.SmallInteger)
    customer: Mapped[Customer] = relationship()
    __table_args__ = (
        sa.ForeignKeyConstraint(["of_order", "of_part"], ["orders.order_id", "orders.part"]),
        sa.UniqueConstraint("customer_id", "at"),
        sa.Index("one_new", "customer_id", unique=True, postgresql_where=sa.text("part > 1")),
    )


def read(*found: object) -> Model:
    mistakes = Mistakes()
    model = read_objects(found, mistakes)
    assert mistakes.found == []
    return model


def test_classes_are_what_their_ddl_is(tmp_path: Path) -> None:
    kind = "CREATE TYPE state AS ENUM ('NEW', 'SENT');\n"
    tables = [
        str(CreateTable(Base.metadata.tables[each]).compile(dialect=postgresql.dialect()))
        for each in ("customers", "orders")
    ]
    index = "CREATE UNIQUE INDEX one_new ON orders (customer_id) WHERE part > 1;"
    (tmp_path / "customers.sql").write_text(kind + ";\n".join(tables) + ";\n" + index, encoding="utf-8")
    mistakes = Mistakes()
    of_ddl = read_sql_schema(tmp_path / "customers.sql", mistakes, dialect="postgres")
    for ours, theirs in zip(read(Base).tables, of_ddl.tables, strict=True):
        assert [evolve(each, comment="") for each in ours.columns] == list(theirs.columns)
        assert ours.primary_key == theirs.primary_key and set(ours.checks) == set(theirs.checks)
        assert {each.columns for each in ours.uniques} == {each.columns for each in theirs.uniques}
        assert {(each.columns, each.parent_table, each.parent_columns) for each in ours.foreign_keys} == {
            (each.columns, each.parent_table, each.parent_columns) for each in theirs.foreign_keys
        }


def test_a_class_brings_its_parents_and_metadata_all_tables() -> None:
    assert [each.name for each in read(Order).tables] == ["customers", "orders"]
    assert [each.name for each in read(Customer).tables] == ["customers"]
    assert read(Base.metadata).tables == read(Base).tables == read(Customer.__table__, Order).tables


def test_what_is_said_of_columns() -> None:
    [customers, orders] = read(Base).tables
    assert customers.column("email").comment == "where to write" and customers.column("email").unique
    assert str(customers.column("email").place).startswith(f"{__name__}:Customer.email")
    assert orders.column("at").type.zone == "UTC" and customers.column("born").type.zone is None
    assert orders.column("state").type.choices == ("NEW", "SENT")
    assert "twice" not in [each.name for each in orders.columns]
    took = sa.Table("t", sa.MetaData(), sa.Column("took", sa.Interval, nullable=False))
    assert read(took).table("t").column("took").type.name == "duration"
    unsigned = sa.Table("t", sa.MetaData(), sa.Column("n", mysql.INTEGER(unsigned=True), nullable=False))
    assert read(unsigned).table("t").column("n").type.signed is False


def test_module_and_class_are_read_with_trust_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = """
import dataclasses
@dataclasses.dataclass
class Part:
    size: int
@dataclasses.dataclass
class Whole:
    parts: list[Part]
"""
    Path("things_of_one_test.py").write_text(text, encoding="utf-8")
    for said, tables in (("Whole", ["whole"]), ("Part", ["part"]), ("", ["whole"])):
        for module in ("things_of_one_test", "things_of_one_test.py"):
            model = read_reference(f"{module}:{said}", Mistakes(), trust=True)
            assert [each.name for each in model.tables] == tables
    for said, trust, code in (
        ("things_of_one_test:Whole", False, "needs_trust"),
        ("things_of_one_test:Whle", True, "no_such_name"),
        ("nowhere_to_be_found:X", True, "cannot_import"),
        ("nowhere_to_be_found.py:X", True, "cannot_import"),
    ):
        with pytest.raises(DatamimicError) as caught:
            read_reference(said, Mistakes(), trust=trust)
        assert caught.value.code == f"models.{code}"
    Path("ends.py").write_text("raise SystemExit(3)", encoding="utf-8")
    with pytest.raises(DatamimicError, match="SystemExit"):
        read_reference("ends:X", Mistakes(), trust=True)


def test_what_names_python_is_told_from_files_and_urls() -> None:
    assert all(map(is_reference, ["shop:A", "shop.models:A.B", "a/b.py:C", "shop:"]))
    assert not any(
        map(is_reference, ["shop.yaml", "postgresql://x/y", "http://a", "sqlite:///a.db", "C:\\models\\a.yaml"])
    )


def test_checks_of_columns_and_the_classes_of_rows() -> None:
    class Own(DeclarativeBase):
        pass

    class Employee(Own):
        __tablename__ = "employee"
        id: Mapped[int] = mapped_column(primary_key=True)
        kind: Mapped[str] = mapped_column(sa.String(20))
        grade: Mapped[int] = mapped_column(sa.CheckConstraint("grade BETWEEN 3 AND 5"))
        __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "staff"}  # noqa: RUF012 - SQLAlchemy's

    class Boss(Employee):
        __mapper_args__ = {"polymorphic_identity": "the boss's"}  # noqa: RUF012 - SQLAlchemy's

    model = Loaded.of(Own)
    rows = model.world(seed=1)[model.plan.path("employee")][0:60].to_arrow().to_pylist()
    assert {row["grade"] for row in rows} == {3, 4, 5} and {row["kind"] for row in rows} == {"staff", "the boss's"}
