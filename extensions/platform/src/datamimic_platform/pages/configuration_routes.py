"""Configurations: the list, an editor that tells mistakes at their lines, versions with what changed, templates."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, Query, Response

from datamimic import DatamimicError
from datamimic_models.templates import template_text, templates
from datamimic_platform.api.known import Page
from datamimic_platform.pages.changes import changes
from datamimic_platform.pages.checking import looked_at
from datamimic_platform.pages.completion import rule_names
from datamimic_platform.pages.table_editing import SENSITIVITIES, TYPES, Edit, edited, tables_of
from datamimic_platform.pages.visiting import Changing, Visit, Visitor, to
from datamimic_platform.security.rights import Right
from datamimic_platform.services import configurations, jobs

routes = APIRouter()
PAGE = 50
BLANK = """\
name: my_tables
rows: 1000
tables:
  - table_name: customers
    columns:
      - {name: customer_id, type: int, constraints: [PK]}
      - {name: first_name, type: str, rule: first_name}
"""
Text = Annotated[str, Form(max_length=5_000_000)]
Word = Annotated[str, Form(max_length=200)]
Purpose = Literal["configuration", "template"]
Version = Annotated[int, Query(ge=1, le=10**9)]


@routes.get("/templates")
def template_list(visit: Visitor) -> Response:
    own = configurations.configurations(visit.store, visit.actor, 1, 200, "template")["items"]
    return visit.page("templates.html", templates=templates(), own=own)


@routes.get("/configurations")
def configuration_list(visit: Visitor, page: Page = 1) -> Response:
    found = configurations.configurations(visit.store, visit.actor, page, PAGE)
    return visit.page("configurations.html", found=found)


@routes.get("/configurations/new")
def new(
    visit: Visitor,
    template: Annotated[str, Query(max_length=100)] = "",
    job: Annotated[str, Query(max_length=60)] = "",
    purpose: Purpose = "configuration",
) -> Response:
    """Of a template, ours or one's own, of the model that a profile made, or of next to nothing."""
    visit.actor.require(Right.WRITE)
    if job:
        path, _ = jobs.artefact(visit.store, visit.actor, job, "model.yaml")
        text = path.read_text(encoding="utf-8")
        return _editor(visit, {"name": "", "text": text, "file_name": "config.yaml", "seen": ""})
    given = {"name": template, "text": BLANK, "file_name": "config.yaml", "seen": "", "purpose": purpose}
    if template in templates():
        given["text"] = template_text(template)
    elif template:
        kept = configurations.configuration(visit.store, visit.actor, template)
        given |= {"text": kept["text"], "file_name": kept["file_name"], "name": f"{template} copy"}
    return _editor(visit, given)


@routes.post("/configurations/check")
def check(
    visit: Changing, text: Text = "", name: Word = "", file_name: Word = "config.yaml", seen: Word = ""
) -> Response:
    """What is wrong with the text, and ten rows of it; nothing is kept. To a script only the parts that show it."""
    given = {"text": _lines(text), "name": name, "file_name": file_name, "seen": seen}
    if not visit.by_script:
        return _editor(visit, given)
    return visit.page("looked_at.html", **_looked(visit, given), swapped=False)


@routes.post("/configurations/edit")
def edit(
    visit: Changing,
    do: Word,
    text: Text = "",
    name: Word = "",
    file_name: Word = "config.yaml",
    seen: Word = "",
    table: Word = "",
    column: Word = "",
    value: Annotated[str, Form(max_length=2_000)] = "",
) -> Response:
    """A change by the table editor, as the text that it makes."""
    given = {"text": _lines(text), "name": name, "file_name": file_name, "seen": seen}
    try:
        made = edited(given["text"], Edit(do=do, table=table, column=column, value=value))
    except DatamimicError as error:
        if not visit.by_script:
            return _editor(visit, given, error)
        return visit.page("looked_at.html", **_looked(visit, given, error), swapped=True)
    given["text"] = made
    if not visit.by_script:
        return _editor(visit, given)
    return visit.page("looked_at.html", **_looked(visit, given), swapped=True)


@routes.post("/configurations/save")
def save(
    visit: Changing,
    text: Text = "",
    name: Word = "",
    file_name: Word = "config.yaml",
    seen: Word = "",
    remark: Annotated[str, Form(max_length=1_000)] = "",
    purpose: Annotated[Purpose, Form()] = "configuration",
) -> Response:
    """A new one, or a version after the one that the form was made of."""
    given = {"text": _lines(text), "name": name, "file_name": file_name, "seen": seen}
    given["purpose"] = purpose
    version = int(seen) if seen.isdecimal() and len(seen) < 10 else None
    try:
        made = configurations.save(
            visit.store, visit.actor, name, given["text"], file_name, seen=version, remark=remark, purpose=purpose
        )
    except DatamimicError as error:
        visit.actor.require(Right.WRITE)
        return _editor(visit, given, error)
    return to(f"/configurations/{made['name']}?saved={made['version']}")


@routes.get("/configurations/{name}")
def configuration(
    visit: Visitor, name: str, version: Version | None = None, saved: Annotated[int, Query(ge=0, le=10**9)] = 0
) -> Response:
    """Its editor; an old version's text may be saved again as the newest."""
    found = configurations.configuration(visit.store, visit.actor, name, version)
    newest = configurations.history(visit.store, visit.actor, name)[0]["version"]
    given = {"name": name, "text": found["text"], "file_name": found["file_name"], "seen": str(newest)}
    given["purpose"] = found["purpose"]
    if found["purpose"] == "plan":
        raise DatamimicError("platform.bad_request", "that is a plan to mask by", hint="open it from a file under Data")
    return _editor(visit, given, version=found["version"], newest=newest, saved=saved)


@routes.get("/configurations/{name}/versions")
def versions(visit: Visitor, name: str, old: Version | None = None, new: Version | None = None) -> Response:
    history = configurations.history(visit.store, visit.actor, name)
    later = new or history[0]["version"]
    earlier = old or max(later - 1, 1)
    texts = [configurations.configuration(visit.store, visit.actor, name, each)["text"] for each in (earlier, later)]
    told: dict[str, Any] = {"name": name, "history": history, "old": earlier, "new": later}
    return visit.page("versions.html", changes=changes(*texts), **told)


@routes.post("/configurations/{name}/delete")
def delete(visit: Changing, name: str, seen: Annotated[int, Form(ge=1, le=10**9)]) -> Response:
    found = configurations.configuration(visit.store, visit.actor, name)
    configurations.delete(visit.store, visit.actor, name, seen)
    return to({"template": "/templates", "plan": "/data"}.get(found["purpose"], "/configurations"))


def _editor(
    visit: Visit,
    given: dict[str, str],
    wrong: DatamimicError | None = None,
    *,
    version: int = 0,
    newest: int = 0,
    saved: int = 0,
) -> Response:
    shown = {"version": version, "newest": newest, "saved": saved}
    return visit.page("editor.html", answered=400 if wrong else 200, **_looked(visit, given, wrong), **shown)


def _looked(visit: Visit, given: dict[str, str], wrong: DatamimicError | None = None) -> dict[str, Any]:
    found = looked_at(visit.store, visit.actor, given["text"], given["file_name"])
    tables = tables_of(given["text"]) if given["file_name"].endswith((".yaml", ".yml")) else None
    completed = {"rules": rule_names(), "types": TYPES, "sensitivities": SENSITIVITIES}
    given = {"purpose": "configuration", **given}
    return {"given": given, "found": found, "tables": tables, "wrong": wrong, **completed}


def _lines(text: str) -> str:
    """As forms send lines, they end in CR LF."""
    return text.replace("\r\n", "\n")
