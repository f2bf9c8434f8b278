"""What routes share: the store, who asks, pages of lists, files in pieces, the cookie of a session.

A session of the pages sends its CSRF token to change something.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import Depends, Header, Query, Request, Response, UploadFile
from fastapi import Path as PathParameter
from fastapi.security import APIKeyHeader, HTTPAuthorizationCredentials, HTTPBearer

from datamimic import DatamimicError
from datamimic_platform.security.rights import Actor
from datamimic_platform.security.tokens import unauthorised
from datamimic_platform.services.recognising import SignedIn, by_session, by_token
from datamimic_platform.store.store import Store

COOKIE = "syndata_session"
CSRF = "X-CSRF-Token"
_SAFE = ("GET", "HEAD", "OPTIONS")
_PIECE = 1 << 18
BEARER = HTTPBearer(auto_error=False, description="An API key or a token of /auth/token")
KEY = APIKeyHeader(name="X-API-Key", auto_error=False, description="An API key")


def store_of(request: Request) -> Store:
    found: Store = request.app.state.store
    return found


async def _here(request: Request) -> Store:
    """As a dependency: what waits for nothing needs no thread of its own."""
    return store_of(request)


def actor_of(
    request: Request,
    bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(BEARER)] = None,
    key: Annotated[str | None, Depends(KEY)] = None,
) -> Actor:
    """Who asks. Raises `DatamimicError` (`platform.unauthorised`)."""
    store = store_of(request)
    if bearer is not None:
        return by_token(store, bearer.credentials)
    if key:
        return by_token(store, key)
    return signed_in(request).actor


def session_of(request: Request) -> SignedIn:
    """The session of the pages, to look. Raises `DatamimicError` (`platform.unauthorised`)."""
    cookie = request.cookies.get(COOKIE)
    if not cookie:
        raise unauthorised()
    return by_session(store_of(request), cookie)


def signed_in(request: Request) -> SignedIn:
    """The session of the pages, with its token where something is to change."""
    signed = session_of(request)
    if request.method not in _SAFE and not hmac.compare_digest(
        request.headers.get(CSRF, "").encode(), signed.csrf.encode()
    ):
        raise DatamimicError("platform.forbidden", "the CSRF token is missing or wrong", hint=f"send it as {CSRF}")
    return signed


def keep_session(answer: Response, store: Store, signed: SignedIn) -> None:
    """In a cookie that no script reads and no other site sends."""
    answer.set_cookie(
        COOKIE,
        signed.text,
        max_age=store.settings.session_hours * 3600,
        httponly=True,
        samesite="strict",
        secure=by_tls(store),
    )


def by_tls(store: Store) -> bool:
    """Are cookies sent by TLS alone?"""
    return store.settings.ssl_enabled or store.settings.production


def pieces(file: UploadFile) -> Iterator[bytes]:
    while piece := file.file.read(_PIECE):
        yield piece


Here = Annotated[Store, Depends(_here)]
Who = Annotated[Actor, Depends(actor_of)]
Number = Annotated[int, PathParameter(ge=1, le=2**53)]
"""An id in a path; larger ones are in no database."""
Page = Annotated[int, Query(ge=1, le=1_000_000)]
PageSize = Annotated[int, Query(ge=1, le=200)]
IfMatch = Annotated[str | None, Header(alias="If-Match", description='The ETag that was seen, as `"3"`')]


def seen_version(header: str | None, *, needed: bool = True) -> int | None:
    """Of an ETag. Raises `DatamimicError` (`platform.precondition`) where it is missing and needed."""
    if header is None:
        if needed:
            raise DatamimicError("platform.precondition", "If-Match is missing", hint="send the ETag that you saw")
        return None
    text = header.removeprefix("W/").strip('"')
    if not text.isdecimal() or not text.isascii() or len(text) > 9:
        raise DatamimicError("platform.bad_request", "If-Match is no ETag of ours")
    return int(text)


def etag(version: Any) -> dict[str, str]:
    return {"ETag": f'"{version}"'}


def text_of(config: Any, config_text: str | None, name: str | None) -> tuple[str | None, str]:
    """(text, file name) of a configuration that came as an object or as a text."""
    if config is not None and config_text is not None:
        raise DatamimicError("platform.bad_request", "config and config_text are both there", path="$.config_text")
    if config is not None:
        return json.dumps(config, ensure_ascii=False, indent=2), name or "config.json"
    return config_text, name or "config.yaml"
