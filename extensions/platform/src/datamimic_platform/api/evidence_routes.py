"""`/jobs/{job_id}/…`: where artefacts come from, whether they are still so, why a value is what it is, and what is personal."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from datamimic_platform.api.known import Here, Who
from datamimic_platform.services.compliance import compliance
from datamimic_platform.services.provenance import provenance
from datamimic_platform.services.proving import explained, verified

routes = APIRouter(prefix="/jobs", tags=["evidence"])
Name = Annotated[str, Query(min_length=1, max_length=300)]


@routes.get("/{job_id}/lineage")
def get_lineage(store: Here, actor: Who, job_id: str) -> dict[str, Any]:
    """Nodes and edges from data sources, packs, given and learned tables, configuration and seed to the artefacts."""
    return provenance(store, actor, job_id)


@routes.get("/{job_id}/compliance")
def get_compliance(store: Here, actor: Who, job_id: str) -> dict[str, Any]:
    """By HIPAA, GDPR and PCI DSS: what is personal, what took its place, and what proves it."""
    return compliance(store, actor, job_id)


@routes.get("/{job_id}/verification")
def get_verification(store: Here, actor: Who, job_id: str) -> dict[str, Any]:
    """The rows made again from the manifest, and compared with the artefacts, as `dm verify` does."""
    return verified(store, actor, job_id)


@routes.get("/{job_id}/explanation")
def get_explanation(
    store: Here, actor: Who, job_id: str, table: Name, field: Name, row: Annotated[int, Query(ge=0, lt=10**12)] = 0
) -> dict[str, Any]:
    """One value taken apart, as `dm explain` does."""
    return explained(store, actor, job_id, table, row, field)
