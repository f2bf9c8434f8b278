"""What a notebook shows of worlds, rows and entities, and what it offers after `w["` and `rows.`."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from fleet import Vehicle

from datamimic import Registry, World
from datamimic.base.html_table import LONGEST_CELL, html_table


class Cells(HTMLParser):
    """The tags that are open, in nesting order, and the texts of cells."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.heads: list[str] = []
        self.cells: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.open.append(tag)
        if tag in ("td", "th"):
            (self.cells if tag == "td" else self.heads).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "td" in self.open:
            self.cells[-1] += data
        elif "th" in self.open:
            self.heads[-1] += data


def test_whatever_a_cell_holds_is_text() -> None:
    nasty = ["<script>alert(1)</script>", "a & b", '"quoted"', None, "x" * 500]
    read = Cells(html_table(nasty[:3], [nasty], "<caption>", "<note>"))  # type: ignore[arg-type]
    assert read.heads == nasty[:3] and read.cells[:4] == [*nasty[:3], "null"]
    assert len(read.cells[4]) == LONGEST_CELL


@pytest.mark.parametrize(
    ("stop", "shape"), [(3, "3 rows"), (1, "1 row "), (0, "0 rows"), (50, "50 rows"), (None, "without an end")]
)
def test_rows_show_the_first_of_them(world: World, stop: int | None, shape: str) -> None:
    rows = world[Vehicle] if stop is None else world[Vehicle][0:stop]
    html = rows._repr_html_()
    read = Cells(html)
    assert shape in html and read.heads == ["", *rows.columns]
    assert len(read.cells) == len(read.heads) * min(10, 50 if stop is None else stop)


def test_head_is_the_first_rows(world: World) -> None:
    rows = world[Vehicle][7:100]
    assert [*rows.head()] == [*rows[0:5]] and len(rows.head(2)) == 2 and len(rows.head(500)) == 93
    assert rows.select(["kind"]).head(3).columns == ("kind",)


def test_a_world_and_an_entity_show_what_they_are(world: World) -> None:
    assert "vehicle" in "".join(Cells(world._repr_html_()).cells)
    vehicle = world[Vehicle][0]
    shown = Cells(vehicle._repr_html_()).cells  # type: ignore[attr-defined]
    assert shown[:2] == ["vehicle_id", vehicle.vehicle_id] and shown[::2] == list(vehicle.to_dict())  # type: ignore[attr-defined]


def test_entities_are_offered_as_keys(world: World) -> None:
    offered = world._ipython_key_completions_()
    assert offered == list(world.packs.entities())
    for name in offered:
        assert world[name].columns


def test_no_internals_are_offered(world: World) -> None:
    rows = world[Vehicle]
    for value in (world, rows):
        offered = [name for name in dir(value) if not name.startswith("_")]
        assert all(hasattr(value, name) for name in offered)
        assert not {"memo", "shelf", "gather", "batch", "reach", "check_capacity", "part", "record_batch"} & {*offered}
    assert {"to_pandas", "head", "columns", "write", "select", "find"} <= {*dir(rows)}
    assert {"seed", "locale", "clock", "with_options"} <= {*dir(world)}


def test_a_line_says_what_rows_are(world: World) -> None:
    assert repr(world[Vehicle][2:5]).startswith("<rows 2:5 of ")
    assert f"{len(world[Vehicle].columns)} columns" in repr(world[Vehicle])


def test_packs_are_not_needed_to_show_a_world() -> None:
    assert World("a", packs=Registry.of())._repr_html_()
