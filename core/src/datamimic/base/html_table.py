"""A small table as HTML, for what notebooks show of rows, entities and worlds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

LONGEST_CELL = 60


def html_table(headings: Sequence[str], rows: Iterable[Sequence[object]], caption: str, note: str = "") -> str:
    """Everything is escaped, and long cells are cut. The class `dataframe` is the one that notebooks have a style for."""
    head = "".join(f"<th>{escape(heading)}</th>" for heading in headings)
    body = "".join("<tr>" + "".join(f"<td>{_cell(value)}</td>" for value in row) + "</tr>" for row in rows)
    below = f"<small>{escape(note)}</small>" if note else ""
    return (
        f'<div><small>{escape(caption)}</small><table border="1" class="dataframe"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>{below}</div>"
    )


def _cell(value: object) -> str:
    if value is None:
        return "<i>null</i>"
    text = str(value)
    return escape(text if len(text) <= LONGEST_CELL else f"{text[: LONGEST_CELL - 1]}…")
