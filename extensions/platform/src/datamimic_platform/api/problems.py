"""Every error as `application/problem+json` (RFC 9457), with the code, the path, the hint and the correlation id."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import IntegrityError, OperationalError, SQLAlchemyError, TimeoutError
from starlette.exceptions import HTTPException

from datamimic import DatamimicError
from datamimic_platform.kinds.pointing import BadConfiguration
from datamimic_platform.observing.correlation import current

_LOG = logging.getLogger("datamimic.platform.api")
STATUS: Mapping[str, HTTPStatus] = {
    "platform.unauthorised": HTTPStatus.UNAUTHORIZED,
    "platform.forbidden": HTTPStatus.FORBIDDEN,
    "platform.not_found": HTTPStatus.NOT_FOUND,
    "platform.job_ended": HTTPStatus.CONFLICT,
    "platform.conflict": HTTPStatus.CONFLICT,
    "platform.idempotency": HTTPStatus.CONFLICT,
    "platform.precondition": HTTPStatus.PRECONDITION_REQUIRED,
    "platform.too_large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "platform.too_many": HTTPStatus.TOO_MANY_REQUESTS,
    "platform.no_database": HTTPStatus.SERVICE_UNAVAILABLE,
}
"""Of codes that are no mistake of a request's content, which is 400."""
_CODES = {404: "platform.not_found", 405: "platform.bad_method", 413: "platform.too_large"}
"""Of answers that no service gives."""
_WAIT = 5
"""Seconds after which a database that did not answer is asked again."""
MEDIA = "application/problem+json"
SCHEMA = {
    "type": "object",
    "required": ["type", "title", "status", "code", "detail", "correlation_id"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "hint": {"type": "string"},
        "path": {"type": "string"},
        "errors": {"type": "array", "items": {"type": "object"}},
        "correlation_id": {"type": "string"},
    },
}


def problem(
    status: int,
    code: str,
    detail: str,
    *,
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> JSONResponse:
    body = {
        "type": f"urn:datamimic:error:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        **{name: value for name, value in more.items() if value not in (None, [], {})},
        "correlation_id": current(),
    }
    return JSONResponse(body, status_code=status, headers=dict(headers or {}), media_type=MEDIA)


def of_error(error: DatamimicError) -> JSONResponse:
    """A coded error; all mistakes of a configuration are in `errors`."""
    status = STATUS.get(error.code, HTTPStatus.BAD_REQUEST)
    mistakes = error.mistakes if isinstance(error, BadConfiguration) else []
    errors = [_shown(each) for each in mistakes]
    headers = {"WWW-Authenticate": "Bearer"} if status is HTTPStatus.UNAUTHORIZED else {}
    if "retry_after" in error.details:
        headers["Retry-After"] = str(error.details["retry_after"])
    return problem(status, error.code, error.message, hint=error.hint, path=error.path, errors=errors, headers=headers)


def _shown(mistake: dict[str, Any]) -> dict[str, Any]:
    """Without the folder of the server in which the configuration lay."""
    file = mistake.get("file")
    return mistake if file is None else {**mistake, "file": str(file).replace("\\", "/").rpartition("/")[2]}


def install(app: FastAPI) -> None:
    """Have the application answer all errors so."""

    @app.exception_handler(DatamimicError)
    async def coded(_: Request, error: DatamimicError) -> JSONResponse:
        return of_error(error)

    @app.exception_handler(OperationalError)
    @app.exception_handler(TimeoutError)
    async def without_database(_: Request, error: SQLAlchemyError) -> JSONResponse:
        _LOG.error("the database failed a request", exc_info=error)
        said = "has no connection that is free" if isinstance(error, TimeoutError) else "does not answer"
        retry = {"Retry-After": str(_WAIT)}
        return problem(HTTPStatus.SERVICE_UNAVAILABLE, "platform.no_database", f"the database {said}", headers=retry)

    @app.exception_handler(IntegrityError)
    async def overtaken(_: Request, error: IntegrityError) -> JSONResponse:
        _LOG.warning("two requests wanted the same at the same moment", exc_info=error)
        said, hint = "somebody else was faster", "read what is there now, and send the change again"
        return problem(HTTPStatus.CONFLICT, "platform.conflict", said, hint=hint)

    @app.exception_handler(UnicodeEncodeError)
    async def halved(_: Request, __: UnicodeEncodeError) -> JSONResponse:
        said = "a text holds half of a character"
        return problem(
            HTTPStatus.BAD_REQUEST, "platform.bad_request", said, hint="JSON has others as pairs of \\u escapes"
        )

    @app.exception_handler(RequestValidationError)
    async def malformed(_: Request, error: RequestValidationError) -> JSONResponse:
        errors = [{"path": _path(each["loc"]), "message": each["msg"], "code": each["type"]} for each in error.errors()]
        return problem(
            HTTPStatus.BAD_REQUEST,
            "platform.bad_request",
            f"the request does not fit: {errors[0]['message'] if errors else 'malformed'}",
            path=errors[0]["path"] if errors else None,
            errors=errors,
        )

    @app.exception_handler(HTTPException)
    async def of_http(_: Request, error: HTTPException) -> JSONResponse:
        code = _CODES.get(error.status_code, "platform.bad_request")
        said = "there is nothing at this address" if error.status_code == 404 else HTTPStatus(error.status_code).phrase
        return problem(error.status_code, code, said, headers=error.headers)


def unexpected(error: Exception, route: str) -> JSONResponse:
    """A fault of ours: logged by type, told without any of its text."""
    _LOG.error("a request failed", exc_info=error, extra={"route": route})
    return problem(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "platform.internal",
        "the server failed",
        hint="the correlation id finds it in logs/syndata.log",
    )


def _path(place: tuple[Any, ...] | list[Any]) -> str:
    """`("body", "config", 0)` as `$.config[0]`."""
    parts = [f"[{each}]" if isinstance(each, int) else f".{each}" for each in place[1:]]
    return "$" + "".join(parts)
