"""Of a job: where its artefacts come from, whether they are still so, why a value is what it is, what in them is personal."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from datamimic import DatamimicError
from datamimic_platform.pages.flow import flow
from datamimic_platform.pages.visiting import Visitor
from datamimic_platform.services import proving
from datamimic_platform.services.compliance import compliance
from datamimic_platform.services.provenance import provenance

routes = APIRouter(prefix="/jobs")
Name = Annotated[str, Query(max_length=300)]


@routes.get("/{job_id}/lineage")
def lineage_page(
    visit: Visitor, job_id: str, verify: bool = False, table: Name = "", row: Name = "0", field: Name = ""
) -> Response:
    """With `verify` the rows are made again and compared; with a table, row and field that value is explained."""
    told = provenance(visit.store, visit.actor, job_id)
    verdict, explanation, wrong = None, None, None
    try:
        if verify:
            verdict = proving.verified(visit.store, visit.actor, job_id)
        if field:
            number = _number(row)
            explanation = proving.explained(visit.store, visit.actor, job_id, table, number, field)
    except DatamimicError as error:
        wrong = error
    return visit.page(
        "lineage.html",
        answered=400 if wrong else 200,
        job_id=job_id,
        told=told,
        drawing=flow(told),
        tables=proving.tables_made(visit.store, visit.actor, job_id),
        verdict=verdict,
        explanation=explanation,
        asked={"table": table, "row": row, "field": field},
        wrong=wrong,
    )


@routes.get("/{job_id}/compliance")
def compliance_page(visit: Visitor, job_id: str) -> Response:
    told = compliance(visit.store, visit.actor, job_id)
    return visit.page("compliance.html", job_id=job_id, told=told)


def _number(text: str) -> int:
    plain = text.replace(",", "").strip()
    if not plain.isascii() or not plain.isdecimal() or len(plain) > 12:
        raise DatamimicError("platform.bad_request", "the row is no whole number", hint="from 0 on", path="$.row")
    return int(plain)
