"""What an agent may ask for: entities described, rows generated, requests answered, tables checked, values explained; jobs.

Each tool is a function of plain values. Rows come back in the answer, few of them; what is large is a job, whose files lie in
the folder where the server was started. Nothing outside of that folder is read.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from datamimic import DatamimicError, World, generate_domain, installed_packs
from datamimic import explain as explained
from datamimic.cli import findings_of, told_of
from datamimic_platform.agents.desk import Desk
from datamimic_platform.services.previews import plain

MOST_ROWS = 200
_MOST_BYTES = 200_000


class Tools:
    """The tools of one server, which works at a `desk`: here, or on a platform's server."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def describe(self, name: str = "") -> dict[str, Any]:
        """What there is. Without a name: all entities with what they are, all messages and job types. With the name of an
        entity (`healthcare.patient`) or a message: its fields with types and meanings, options, checks and locales."""
        packs = installed_packs()
        if name:
            return _json(told_of(packs, name))
        entities = {path: _summary(cls) for path, cls in packs.entities().items()}
        return {"entities": entities, "messages": sorted(packs.messages()), "job_types": self._desk.kinds()}

    def generate(
        self,
        entity: str = "",
        rows: int = 10,
        seed: str = "0",
        locale: str = "en_US",
        clock: str = "",
        columns: list[str] | None = None,
        offset: int = 0,
        config: str = "",
        options: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Rows. Of an `entity`: at most 200 rows in the answer, from row `offset` on; the same seed, locale and clock give the
        same rows, always. Of a `config`, which is a model in YAML (tables with columns and rules): a job is run or queued, and
        told with its files; `options` are those of the job, such as {"rows": 1000, "output_format": "parquet"}."""
        if bool(entity) == bool(config):
            raise DatamimicError("platform.bad_request", "give an entity or a config", path="$.entity")
        if config:
            return self._desk.run("generate", config, {"seed": seed, **(options or {})})
        if not 1 <= rows <= MOST_ROWS:
            raise DatamimicError(
                "platform.bad_request", f"an answer has 1 to {MOST_ROWS} rows", hint="more are a job: give a config"
            )
        shown = World(seed, locale, clock or None)[entity][offset : offset + rows]
        chosen = shown.select(columns) if columns else shown
        return _small({"entity": entity, "seed": seed, "rows": plain(chosen.to_arrow().to_pylist())})

    def request(self, body: dict[str, Any]) -> dict[str, Any]:
        """Answer a JSON request as `dm request` does: {"domain": "patient", "version": "v1", "count": 2, "seed": "demo",
        "locale": "en_US", "clock": "2025-01-01T00:00:00Z", "constraints": {…}}. Bad ones come back with code, hint and path."""
        return _small(generate_domain(body))

    def check(
        self,
        entity: str,
        rows: list[dict[str, Any]] | None = None,
        file: str = "",
        locale: str = "en_US",
        clock: str = "",
    ) -> dict[str, Any]:
        """Run the checks of an entity over rows, or over a file (CSV, JSON lines, Parquet) in the server's folder: which
        sentences hold, how often each does not, and in which rows."""
        if (rows is None) == (not file):
            raise DatamimicError("platform.bad_request", "give rows or a file", path="$.rows")
        if rows is None:
            found = findings_of(self._desk.path(file), entity, locale, clock or None)
        else:
            with tempfile.TemporaryDirectory(prefix="syndata-") as folder:
                path = Path(folder) / "rows.jsonl"
                path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
                found = findings_of(path, entity, locale, clock or None)
        broken = [each["check"] for each in found if each["violations"]]
        return {"holds": not broken, "broken": broken, "checks": _json(found)}

    def explain(
        self, entity: str, row: int, field: str, seed: str = "0", locale: str = "en_US", clock: str = ""
    ) -> dict[str, Any]:
        """Where one value comes from: its draws, the rows of tables with their sources, the rules and the inputs behind it."""
        return _json(explained(World(seed, locale, clock or None), entity, row, field))

    def validate(self, config: str) -> dict[str, Any]:
        """What is wrong with a model in YAML, with codes, hints, lines and columns; no row is made."""
        return self._desk.validate(config)

    def preview(self, config: str, rows: int = 5) -> dict[str, Any]:
        """The first rows of every table of a model in YAML; nothing is written."""
        return _small(self._desk.preview(config, rows))

    def job(self, job_id: str = "") -> dict[str, Any]:
        """How a job is, with its log's last lines; without an id, the latest jobs."""
        return self._desk.job(job_id) if job_id else {"jobs": self._desk.jobs()}


NAMES = ("describe", "generate", "request", "check", "explain", "validate", "preview", "job")


def _summary(cls: type) -> str:
    return (cls.__doc__ or "").strip().partition("\n")[0]


def _json(told: Any) -> Any:
    return json.loads(json.dumps(told, ensure_ascii=False, default=_text))


def _text(value: Any) -> Any:
    return sorted(value) if isinstance(value, set | frozenset) else str(value)


def _small(told: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = _json(told)
    if len(json.dumps(made)) > _MOST_BYTES:
        raise DatamimicError(
            "platform.too_large", "the answer is too large", hint="ask for fewer rows, or name columns"
        )
    return made
