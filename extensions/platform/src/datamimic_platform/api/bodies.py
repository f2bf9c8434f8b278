"""Bodies of requests: refused as soon as they are longer than any that is taken, before they lie in memory or on the disk."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import HTTPException
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from datamimic_platform.settings import Settings

_AROUND = 1 << 20
"""Bytes of what is around a file or a configuration."""
_ESCAPED = 6
"""Bytes of JSON that one of a text may take."""


class LimitedBodies:
    """Around an application. Files are looked at again when they are taken, with the limit that is told. Starlette has the
    like, which answers with a plain text."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._of_files = settings.upload_bytes + _AROUND
        self._of_others = settings.config_bytes * _ESCAPED + _AROUND

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        most = self._of_files if headers.get("content-type", "").startswith("multipart/") else self._of_others
        told = headers.get("content-length", "")
        taken = int(told) if told.isdecimal() and told.isascii() and len(told) < 19 else 0

        async def counted() -> Message:
            nonlocal taken
            message: Message = {}
            if taken <= most:
                message = await receive()
                taken += 0 if told else len(message.get("body", b""))
            if taken > most:
                raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return message

        await self._app(scope, counted, send)
