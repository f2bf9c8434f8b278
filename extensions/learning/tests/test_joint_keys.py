"""Keys of several columns, and what refers to them: learned, and kept in what is made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml
from click.testing import CliRunner

from datamimic import DatamimicError
from datamimic.cli import main
from datamimic_learning import learn
from datamimic_learning.learning.reference import Reference


def _run(place: Path, folder: Path) -> dict[str, pa.Table]:
    done = CliRunner().invoke(main, ["run", str(place), "--seed", "a", "-q", "-o", str(folder), "--format", "parquet"])
    assert done.exit_code == 0, done.output
    return {each.stem: pq.read_table(each) for each in folder.glob("*.parquet")}


def _rows(table: pa.Table, columns: list[str]) -> list[tuple[Any, ...]]:
    return [*zip(*(table[each].to_pylist() for each in columns), strict=True)]


@pytest.mark.parametrize("many", [30, 5])
def test_columns_that_tell_rows_apart_together_do_so_in_what_is_made(many: int, tmp_path: Path) -> None:
    draw = np.random.default_rng(1)
    orders = pa.table({"order_id": np.arange(1000, 1300), "status": draw.choice(["a", "b"], 300)})
    counts = draw.integers(1, 6, 300)
    line = np.concatenate([np.arange(1, count + 1) for count in counts])
    lines = pa.table(
        {"order_id": np.repeat(np.arange(1000, 1300), counts), "line_no": line, "qty": draw.integers(1, 9, len(line))}
    )
    items = pa.table({"item_id": np.arange(many) + 900, "size": draw.choice([3, 6], many)})
    pairs = [
        (order, item) for order in range(1000, 1300) for item in range(900, 900 + many) if draw.random() < 4 / many
    ]
    liked = pa.table({"order_id": [each for each, _ in pairs], "item_id": [each for _, each in pairs]})
    tables = {"orders": orders, "lines": lines, "items": items, "liked": liked}
    place = learn(tables, name="shop").write(tmp_path / "shop.yaml")
    keys = {each["table_name"]: each["primary_key"] for each in yaml.safe_load(place.read_text())["tables"]}
    assert (keys["lines"], keys["liked"]) == (["order_id", "line_no"], ["order_id", "item_id"])
    done = CliRunner().invoke(
        main, ["run", str(place), "--seed", "a", "-q", "-o", str(tmp_path / "made"), "--format", "parquet"]
    )
    assert done.exit_code == 0, done.output
    for name in ("lines", "liked"):
        made = pq.read_table(tmp_path / "made" / f"{name}.parquet").select(keys[name])
        assert made.group_by(keys[name]).aggregate([]).num_rows == made.num_rows > 0.8 * tables[name].num_rows


def test_references_to_numbered_rows_of_a_parent_are_kept(tmp_path: Path) -> None:
    draw = np.random.default_rng(1)
    counts = draw.integers(1, 6, 400)
    order, line = (
        np.repeat(np.arange(1000, 1400), counts),
        np.concatenate([np.arange(1, count + 1) for count in counts]),
    )
    qty = draw.integers(1, 9, len(order))
    sent = np.sort(draw.choice(len(order), 500, replace=False))
    tables = {
        "orders": pa.table({"order_id": np.arange(1000, 1400), "status": draw.choice(["a", "b"], 400)}),
        "lines": pa.table({"order_id": order, "line_no": line, "qty": qty}),
        "shipments": pa.table({
            "shipment_id": np.arange(500) + 50_000, "order_id": order[sent], "line_no": line[sent],
            "heavy": np.where(qty[sent] > 4, "yes", "no"),
        }),
    }  # fmt: skip
    learned = learn(tables, name="shop")
    assert [str(each) for each in learned.relations] == [
        "lines.order_id=orders.order_id",
        "shipments.order_id=lines.order_id, shipments.line_no=lines.line_no",
    ]
    place = learned.write(tmp_path / "shop.yaml")
    done = CliRunner().invoke(
        main, ["run", str(place), "--seed", "a", "-q", "-o", str(tmp_path / "made"), "--format", "parquet"]
    )
    assert done.exit_code == 0, done.output
    made = {name: pq.read_table(tmp_path / "made" / f"{name}.parquet").to_pylist() for name in tables}
    known = {(each["order_id"], each["line_no"]): each["qty"] for each in made["lines"]}
    assert len(known) == len(made["lines"]) and abs(len(made["shipments"]) - 500) < 80
    quantities = [(known[each["order_id"], each["line_no"]], each["heavy"]) for each in made["shipments"]]
    assert np.mean([(qty > 4) == (heavy == "yes") for qty, heavy in quantities]) > 0.97


def test_keys_within_keys_and_what_refers_to_them_are_kept(tmp_path: Path) -> None:
    draw = np.random.default_rng(2)
    order = np.arange(1000, 1300)

    def below(*keys: np.ndarray, most: int) -> list[np.ndarray]:
        counts = draw.integers(0, most, len(keys[0]))
        numbers = [np.arange(1, count + 1) for count in counts]
        return [*(np.repeat(each, counts) for each in keys), np.concatenate(numbers)]

    lines = below(order, most=5)
    parts = below(*lines, most=4)
    scans = below(*parts, most=3)[:3]
    names = ["order_id", "line_no", "part_no"]
    tables = {
        "orders": pa.table({"order_id": order, "status": draw.choice(["a", "b"], 300)}),
        "lines": pa.table([*lines], names=names[:2]),
        "parts": pa.table([*parts, draw.integers(1, 9, len(parts[0]))], names=[*names, "weight"]),
        "scans": pa.table([*scans, draw.choice(["dock", "van"], len(scans[0]))], names=[*names, "place"]),
    }
    learned = learn(tables, name="shop")
    assert [str(each) for each in learned.relations] == [
        "lines.order_id=orders.order_id",
        "parts.order_id=lines.order_id, parts.line_no=lines.line_no",
        "scans.order_id=parts.order_id, scans.line_no=parts.line_no, scans.part_no=parts.part_no",
    ]
    made = _run(learned.write(tmp_path / "shop.yaml"), tmp_path / "made")
    keys = _rows(made["parts"], names)
    assert len({*keys}) == len(keys) > 0.7 * len(parts[0])
    assert {key[:2] for key in keys} <= {*_rows(made["lines"], names[:2])}
    assert {*_rows(made["scans"], names)} <= {*keys}


@pytest.mark.parametrize("hours", [False, True])
def test_rows_of_a_parent_are_told_apart_by_their_moment(hours: bool, tmp_path: Path) -> None:
    draw = np.random.default_rng(3)
    gaps = draw.integers(1, 4, 40 * 30).reshape(40, 30).cumsum(axis=1).ravel()
    at = np.datetime64("2024-01-01T00" if hours else "2024-01-01") + gaps
    station = np.repeat([f"ST{number:03d}" for number in range(40)], 30)
    heat = draw.normal(20, 5, len(at)).round(1)
    hot = np.flatnonzero(heat > 25)
    rung = np.repeat(hot, draw.integers(1, 3, len(hot)))
    moments = pa.array(at.astype("datetime64[us]")) if hours else pa.array(at)
    tables = {
        "stations": pa.table({"station_id": [f"ST{number:03d}" for number in range(40)]}),
        "readings": pa.table({"station_id": station, "at": moments, "heat": heat}),
        "alarms": pa.table({"station_id": station[rung], "at": moments.take(pa.array(rung)),
                            "level": draw.choice(["low", "high"], len(rung))}),
    }  # fmt: skip
    learned = learn(tables, name="met")
    assert "alarms.station_id=readings.station_id, alarms.at=readings.at" in map(str, learned.relations)
    made = _run(learned.write(tmp_path / "met.yaml"), tmp_path / "made")
    keys = _rows(made["readings"], ["station_id", "at"])
    assert len({*keys}) == len(keys) == 1200
    heats = dict(zip(keys, made["readings"]["heat"].to_pylist(), strict=True))
    rang = [heats[key] for key in _rows(made["alarms"], ["station_id", "at"])]
    assert np.mean(np.array(rang) > 24) > 0.9 and abs(len(rang) - len(rung)) < 0.4 * len(rung)


def test_codes_that_are_all_keys_of_a_table_refer_to_it_whatever_they_are_called(tmp_path: Path) -> None:
    draw = np.random.default_rng(6)
    letters = np.array([*"ABCDEFGHIJKLMNOPQRSTUVWXYZ"])
    codes = [*{"".join(draw.choice(letters, 3)) for _ in range(300)}]
    served = codes[:60]
    tables = {
        "airports": pa.table({"faa": codes, "alt": draw.integers(0, 900, len(codes))}),
        "airlines": pa.table({"carrier": ["AA", "UA", "DL"], "staff": [10, 20, 30]}),
        "flights": pa.table({
            "dest": draw.choice(served, 3000), "carrier": draw.choice(["AA", "UA", "DL"], 3000),
            "grade": draw.choice(["A", "B", "C"], 3000), "miles": draw.integers(100, 900, 3000),
        }),
    }  # fmt: skip
    learned = learn(tables, name="nyc")
    assert {*map(str, learned.relations)} == {"flights.dest=airports.faa", "flights.carrier=airlines.carrier"}
    made = _run(learned.write(tmp_path / "nyc.yaml"), tmp_path / "made")
    assert {*made["flights"]["dest"].to_pylist()} <= {*made["airports"]["faa"].to_pylist()}
    assert abs(made["flights"].num_rows - 3000) < 1200


def test_a_few_parents_with_all_rows_do_not_count_them(tmp_path: Path) -> None:
    draw = np.random.default_rng(7)
    tables = {
        "airlines": pa.table({"carrier": [f"C{at:02d}" for at in range(12)], "staff": draw.integers(1, 99, 12)}),
        "flights": pa.table({"carrier": [f"C{at:02d}" for at in draw.integers(0, 12, 4000)],
                             "miles": draw.integers(100, 900, 4000)}),
    }  # fmt: skip
    made = _run(learn(tables, name="nyc").write(tmp_path / "nyc.yaml"), tmp_path / "made")
    assert made["flights"].num_rows == 4000
    assert {*made["flights"]["carrier"].to_pylist()} <= {*made["airlines"]["carrier"].to_pylist()}


def test_references_by_several_columns_are_said() -> None:
    said = Reference.read("alarms.site=readings.place, alarms.day=readings.on")
    assert said == Reference("alarms", "site", "readings", "place", (("day", "on"),))
    with pytest.raises(DatamimicError, match="several tables"):
        Reference.read("alarms.site=readings.place, alarms.day=days.on")


def test_two_references_and_a_third_column_tell_rows_apart(tmp_path: Path) -> None:
    draw, students, courses = np.random.default_rng(4), 120, 40
    drawn = draw.integers(0, [students, courses, 3], (1_200, 3))
    taken = np.unique(drawn, axis=0)
    enrolments = pa.table({name: taken[:, at] for at, name in enumerate(("student_id", "course_id", "term"))})
    assert len(np.unique(taken[:, :2], axis=0)) < len(taken), "a course is taken again"
    folder = tmp_path / "school"
    folder.mkdir()
    for name, rows in (("student", students), ("course", courses)):
        pq.write_table(
            pa.table({f"{name}_id": range(rows), "kind": ["a", "b"] * (rows // 2)}), folder / f"{name}s.parquet"
        )
    pq.write_table(enrolments, folder / "enrolments.parquet")
    model = learn(folder).model(tmp_path / "model.yaml")
    world = model.world(seed="1")
    made = world["school.enrolments"][0 : model.counts(world)["enrolments"]].to_arrow()
    key = made.select(["student_id", "course_id", "term"])
    assert made.num_rows > 500 and key.group_by(key.column_names).aggregate([]).num_rows == made.num_rows
