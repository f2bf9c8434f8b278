"""What of a job's artefacts is personal, what took its place, and what proves it, as HIPAA, GDPR and PCI DSS ask.

Columns are found personal by their first rows and names, as `dm mask` finds them, and by their marks in the configuration. It
says what was done; whether that is enough is for people to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import pyarrow as pa
import sqlalchemy as sa
from attrs import frozen

from datamimic import DatamimicError
from datamimic_learning import PersonalColumn, find_personal
from datamimic_learning.masking.plans.catalogue import METHODS
from datamimic_platform.jobs.request import Request
from datamimic_platform.jobs.submitting import laid_out
from datamimic_platform.security.rights import Actor, Right
from datamimic_platform.services.artefact_preview import TABULAR, first_rows
from datamimic_platform.services.laws import Law, laws
from datamimic_platform.services.made import Made, made_by
from datamimic_platform.store.audit_rows import AuditRow
from datamimic_platform.store.store import Store

State = Literal["generated", "replaced", "coarsened", "left out", "kept"]
ROWS = 500
"""That are looked at."""
_COARSE = ("generalise", "noise", "shift", "shuffle")


@frozen
class _Done:
    """What a job did to a column."""

    state: State
    how: str


@frozen
class _Column:
    table: str
    name: str
    done: _Done
    mark: str
    meaning: str | None
    probability: float | None


def compliance(store: Store, actor: Actor, job_id: str) -> dict[str, Any]:
    """`{job_id, laws: [{key, name, source, columns: [{table, column, meaning, mark, provision, state, how}], open}], proofs:
    [{what, told}], tables: {name: columns that are looked at}}`. `open` counts columns that are kept as they were. Raises
    `DatamimicError` (`platform.not_found`)."""
    made = made_by(store, actor, job_id)
    with _read(store, actor, made) as originals:
        columns = list(_columns(made, originals))
    tables: dict[str, int] = {}
    for each in columns:
        tables[each.table] = tables.get(each.table, 0) + 1
    return {
        "job_id": job_id,
        "laws": [_judged(law, columns) for law in laws()],
        "proofs": [*_proofs(made), *_audited(store, actor, job_id)],
        "tables": tables,
    }


def _judged(law: Law, columns: list[_Column]) -> dict[str, Any]:
    found = [
        {
            "table": each.table,
            "column": each.name,
            "meaning": each.meaning,
            "mark": each.mark,
            "provision": provision,
            "state": each.done.state,
            "how": each.done.how,
        }
        for each in columns
        if (provision := law.says(each.meaning, each.mark)) is not None
    ]
    left = sum(each["state"] == "kept" for each in found)
    return {"key": law.key, "name": law.name, "source": law.source, "columns": found, "open": left}


@contextmanager
def _read(store: Store, actor: Actor, made: Made) -> Iterator[dict[str, Path]]:
    """The originals of a job that masked, by table, while they are still there: what is personal is told by them."""
    files = dict(made.job.request["files"])
    if made.job.kind != "mask" or not files:
        yield {}
        return
    with TemporaryDirectory(prefix="syndata-") as folder:
        try:
            with store.reading() as session:
                laid_out(store, session, actor.workspace, Request.of(made.job.request), Path(folder))
        except (DatamimicError, OSError):
            yield {}  # it was removed since
            return
        yield {Path(each).stem: Path(folder) / each for each in files}


def _columns(made: Made, originals: Mapping[str, Path]) -> Iterator[_Column]:
    profile = made.document("profile.json")
    if profile:
        yield from _profiled(profile)
        return
    masked = {each["table"]: each["columns"] for each in made.document("masking.json").get("tables", ())}
    modelled = _modelled(made)
    for name in made.artefacts:
        table = Path(name).stem
        if Path(name).suffix.lower() not in TABULAR:
            continue
        path = originals[table] if table in originals else made.artefacts[name]
        if not path.is_file():
            continue
        for column, found in _found(path).items():
            if table in masked:
                done, mark = _masked(masked[table].get(column)), ""
            else:
                done, mark = modelled.get(table, {}).get(column, (_Done("generated", "by the job"), ""))
            known = found is not None and found.personal
            meaning = found.meaning if found is not None and known else None
            yield _Column(table, column, done, mark, meaning, found.probability if found and known else None)


def _found(path: Path) -> dict[str, PersonalColumn | None]:
    """By the column's name; None for columns that hold nothing to look at."""
    rows = first_rows(path, ROWS)
    names = list(dict.fromkeys(name for row in rows for name in row))
    cells = pa.table({name: pa.array([_text(row.get(name)) for row in rows], pa.string()) for name in names})
    found = {each.column: each for each in find_personal(cells).columns} if rows else {}
    return {name: found.get(name) for name in names}


def _text(cell: Any) -> str | None:
    return None if cell is None or cell == "" else str(cell)


def _modelled(made: Made) -> dict[str, dict[str, tuple[_Done, str]]]:
    """Of the models of the manifest, what each column is made by, and how it is marked."""
    manifest = made.document("manifest.json")
    given = {str(entity).rpartition(".")[2] for entity in manifest.get("world", {}).get("given") or {}}
    found: dict[str, dict[str, tuple[_Done, str]]] = {}
    for model in manifest.get("world", {}).get("models", {}).values():
        document = model.get("document") if isinstance(model, Mapping) else None
        tables = document.get("tables", ()) if isinstance(document, Mapping) else ()
        for table in tables if isinstance(tables, list) else ():
            name = str(table.get("table_name", table.get("name", "")))
            found[name] = {
                str(each["name"]): (_of_rule(each, name in given), str(each.get("sensitivity") or ""))
                for each in table.get("columns", ())
            }
    return found


def _of_rule(column: Mapping[str, Any], given: bool) -> _Done:
    if given:
        return _Done("kept", "as the given table has it")
    rule = column.get("rule")
    if isinstance(rule, Mapping):
        kind = str(rule.get("type", "rule"))
        return _Done("generated", f"rule {kind}")
    return _Done("generated", f"rule {rule}" if rule else "by its name")


def _masked(method: str | None) -> _Done:
    if method is None or method == "keep":
        return _Done("kept", "as the original has it")
    if method not in METHODS:
        return _Done("replaced", f"by that of another one: {method}")
    return _Done("coarsened" if method in _COARSE else "replaced", f"{method}: {METHODS[method].doc}")


def _profiled(profile: Mapping[str, Any]) -> Iterator[_Column]:
    for table, told in profile.get("tables", {}).items():
        for each in told.get("columns", ()):
            found = each.get("meaning") or {}
            personal = bool(each.get("personal"))
            hidden: State = "left out" if personal or each.get("masked") else "kept"
            how = "its values are not in the profile" if hidden == "left out" else "figures and frequent values"
            meaning = found.get("name") if personal else None
            yield _Column(table, str(each["name"]), _Done(hidden, how), "", meaning, found.get("probability"))


def _proofs(made: Made) -> Iterator[dict[str, str]]:
    manifest, masking = made.document("manifest.json"), made.document("masking.json")
    if manifest:
        yield {"what": "Digest of the manifest", "told": made.digests["manifest.json"]}
        yield {"what": "Seed of the world", "told": str(manifest.get("world", {}).get("seed"))}
        for each in manifest.get("outputs", ()):
            yield {"what": f"Digest of the values of {each.get('table')}", "told": str(each["content"]["root"])}
        given = manifest.get("world", {}).get("given") or {}
        models = manifest.get("world", {}).get("models", {})
        own = sorted(each for each in manifest.get("tables", {}) if each.partition("/")[0] in models)
        text = "none: every value follows from the seed and the tables of the packs"
        if own:
            text = f"none by this job; its model has tables of its own, learned or given: {', '.join(own)}"
        yield {"what": "Rows of originals that were read", "told": ", ".join(sorted(map(str, given))) or text}
    if masking:
        yield {"what": "Fingerprint of the masking key", "told": str(masking.get("key"))}
        for each in masking.get("tables", ()):
            yield {"what": f"Rows of {each['table']} that were masked", "told": f"{each['rows']:,}"}
    yield {"what": "Fingerprint of the request", "told": made.job.fingerprint}


def _audited(store: Store, actor: Actor, job_id: str) -> Iterator[dict[str, str]]:
    """For those who may see the audit."""
    if not actor.may(Right.AUDIT):
        return
    mine = sa.or_(AuditRow.object == job_id, AuditRow.object.startswith(f"{job_id}/", autoescape=True))
    asked = sa.select(AuditRow).where(AuditRow.workspace_id == actor.workspace, mine).order_by(AuditRow.number)
    with store.reading() as session:
        for row in session.scalars(asked.limit(50)):
            yield {"what": f"Audit {row.number}, {row.action} by {row.actor}", "told": row.digest}
