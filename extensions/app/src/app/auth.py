"""`verify_token`, for an application of one's own beside the platform's API."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from datamimic import DatamimicError
from datamimic_platform.security.rights import Actor
from datamimic_platform.services.recognising import by_token
from datamimic_platform.settings import read_settings
from datamimic_platform.store.store import open_store

security = HTTPBearer()


def verify_token(credentials: Annotated[HTTPAuthorizationCredentials, Depends(security)]) -> Actor:
    """Whoever a key or token of the platform is of. Raises `HTTPException` (401), as FastAPI's own dependencies do."""
    store = open_store(read_settings())
    try:
        return by_token(store, credentials.credentials)
    except DatamimicError as error:
        raise HTTPException(401, error.message, headers={"WWW-Authenticate": "Bearer"}) from None
    finally:
        store.close()
