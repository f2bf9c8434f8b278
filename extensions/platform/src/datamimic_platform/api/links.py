"""What can be done with what an operation made, as links of OpenAPI: programs follow them, and so do tests."""

from __future__ import annotations

from typing import Any

_OF_JOB = ("/jobs/{job_id}", "/jobs/{job_id}/logs", "/jobs/{job_id}/artefacts", "/jobs/{job_id}/resubmit")
_LINKS: tuple[tuple[str, str, str, str, str, tuple[str, ...]], ...] = (
    ("post", "/jobs", "202", "job_id", "$response.body#/job_id", _OF_JOB),
    ("post", "/jobs/{job_id}/resubmit", "202", "job_id", "$response.body#/job_id", _OF_JOB),
    ("post", "/uploads", "201", "upload_id", "$response.body#/id", ("/uploads/{upload_id}",)),
    (
        "put", "/configurations/{name}", "200", "name", "$response.body#/name",
        ("/configurations/{name}", "/configurations/{name}/history"),
    ),
    ("put", "/schedules/{name}", "200", "name", "$response.body#/name", ("/schedules/{name}",)),
)  # fmt: skip
"""(method, path, status) makes something whose `parameter` is at an `expression`, for the operations of these paths."""


def link(description: dict[str, Any]) -> None:
    """Put the links into a description. Paths that are not there are a mistake of ours: raises `KeyError`."""
    for method, path, status, parameter, expression, targets in _LINKS:
        answer = description["paths"][path][method]["responses"][status]
        for target in targets:
            for verb, operation in description["paths"][target].items():
                told = {"operationId": operation["operationId"], "parameters": {parameter: expression}}
                answer.setdefault("links", {})[f"{verb} {target}"] = told
