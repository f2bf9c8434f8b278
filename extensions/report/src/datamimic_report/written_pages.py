"""Pages as commands write them, each with its JSON beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from datamimic.errors import OutputError

ENDINGS: Final = (".html", ".htm")


def refuse_other_endings(output: Path | None, what: str) -> None:
    """Raises `OutputError` (`format_needed`) where `what`, such as a report, would be written to what is no page."""
    if output is not None and output.suffix.lower() not in ENDINGS:
        raise OutputError("format_needed", f"{what} is a page, {output} is none", hint=f"name it …{ENDINGS[0]}")


def write_page(output: Path, page: str, text: str) -> None:
    """The page, and the JSON that it shows, which is `text`; each takes its place when it is whole."""
    from datamimic import whole_file

    for path, content in ((output, page), (output.with_suffix(".json"), text + "\n")):
        with whole_file(path) as stream:
            stream.write(content.encode())
