"""Masking plans: proposed for a file, mended with marks at the lines of mistakes, chosen from lists, kept in versions, run."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Response

from datamimic import DatamimicError
from datamimic_learning.masking.plans.catalogue import METHODS
from datamimic_platform.pages.plan_editing import Choice, choices_of, chosen, subjects_of
from datamimic_platform.pages.visiting import Changing, Visit, Visitor, to
from datamimic_platform.security.rights import Right
from datamimic_platform.services import configurations, jobs, people, plans

routes = APIRouter(prefix="/plans")
Text = Annotated[str, Form(max_length=2_000_000)]
Word = Annotated[str, Form(max_length=200)]


@routes.get("/new")
def new(
    visit: Visitor, upload: Annotated[str, Query(max_length=60)] = "", plan: Annotated[str, Query(max_length=100)] = ""
) -> Response:
    """For a file: what is proposed, or a plan that is kept."""
    visit.actor.require(Right.WRITE)
    if plan:
        kept = configurations.configuration(visit.store, visit.actor, plan)
        given = {"upload": upload, "name": plan, "seen": str(kept["version"]), "text": kept["text"]}
        return _editor(visit, given)
    _, text = plans.proposed(visit.store, visit.actor, upload)
    return _editor(visit, {"upload": upload, "name": "", "seen": "", "text": text})


@routes.post("/check")
def check(visit: Changing, upload: Word, text: Text = "", name: Word = "", seen: Word = "") -> Response:
    given = _given(upload, text, name, seen)
    if not visit.by_script:
        return _editor(visit, given)
    return visit.page("plan_looked_at.html", **_looked(visit, given), swapped=False)


@routes.post("/edit")
def edit(
    visit: Changing,
    upload: Word,
    table: Word,
    column: Word,
    what: Word = "",
    how: Annotated[str, Form(max_length=2_000)] = "",
    text: Text = "",
    name: Word = "",
    seen: Word = "",
) -> Response:
    """Another choice for a column, as the text that it makes."""
    given, wrong = _given(upload, text, name, seen), None
    try:
        given["text"] = chosen(given["text"], table, column, Choice(what, how))
    except DatamimicError as error:
        wrong = error
    if not visit.by_script:
        return _editor(visit, given, wrong)
    return visit.page("plan_looked_at.html", **_looked(visit, given, wrong), swapped=True)


@routes.post("/save")
def save(visit: Changing, upload: Word, text: Text = "", name: Word = "", seen: Word = "") -> Response:
    given = _given(upload, text, name, seen)
    version = int(seen) if seen.isdecimal() and len(seen) < 10 else None
    try:
        made = configurations.save(
            visit.store, visit.actor, name, given["text"], "plan.yaml", seen=version, purpose="plan"
        )
    except DatamimicError as error:
        visit.actor.require(Right.WRITE)
        return _editor(visit, given, error)
    return to(f"/plans/new?upload={upload}&plan={made['name']}")


@routes.post("/run")
def run(visit: Changing, upload: Word, key: Word = "", text: Text = "", name: Word = "", seen: Word = "") -> Response:
    given = _given(upload, text, name, seen)
    try:
        file = plans.judged(visit.store, visit.actor, upload, given["text"])["file"]
        order = jobs.Order(
            kind="mask",
            text=given["text"],
            file_name="plan.yaml",
            files={file: upload},
            options={"source": file, "key": f"secret:{key}"},
        )
        return to(f"/jobs/{jobs.submit_job(visit.store, visit.actor, order)['job_id']}")
    except DatamimicError as error:
        visit.actor.require(Right.WRITE)
        return _editor(visit, given, error)


def _given(upload: str, text: str, name: str, seen: str) -> dict[str, str]:
    return {"upload": upload, "text": text.replace("\r\n", "\n"), "name": name, "seen": seen}


def _editor(visit: Visit, given: dict[str, str], wrong: DatamimicError | None = None) -> Response:
    keys = [each["name"] for each in people.secrets(visit.store, visit.actor)]
    kept = configurations.configurations(visit.store, visit.actor, 1, 200, "plan")["items"]
    shown = {"keys": keys, "plans": [each["name"] for each in kept]}
    return visit.page("plan.html", answered=400 if wrong else 200, **_looked(visit, given, wrong), **shown)


def _looked(visit: Visit, given: dict[str, str], wrong: DatamimicError | None = None) -> dict[str, Any]:
    found = plans.judged(visit.store, visit.actor, given["upload"], given["text"])
    at: dict[int, list[dict[str, Any]]] = {}
    for each in found["mistakes"]:
        at.setdefault(each.get("line") or 0, []).append({**each, "level": "error"})
    lines = [(line, at.get(number, [])) for number, line in enumerate(given["text"].split("\n"), 1)]
    fitting = {
        name: {column: [each for each in METHODS.values() if kind in each.takes] for column, kind in columns.items()}
        for name, columns in found["columns"].items()
    }
    return {
        "given": given,
        "found": {**found, "lines": lines},
        "choices": choices_of(given["text"]),
        "subjects": subjects_of(given["text"]),
        "fitting": fitting,
        "methods": METHODS,
        "wrong": wrong,
    }
