"""The identity provider of OpenID Connect: where people are sent, and what it says of who came back.

By authorization code, with PKCE. Its keys decide: tokens are taken with RS256 or ES256 alone, for this client and issuer, and
for the browser that was sent.
"""

from __future__ import annotations

import hashlib
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import httpx2
import jwt
from attrs import frozen

from datamimic import DatamimicError
from datamimic_platform.security.tokens import unauthorised
from datamimic_platform.settings import Settings

ALGORITHMS = ["RS256", "ES256"]
_STATE, _MINUTES, _SECONDS = "syndata-oidc", 10, 10.0


@frozen
class Person:
    """As the provider says; `subject` is what it never gives to somebody else."""

    subject: str
    email: str
    name: str


def sent_to(settings: Settings, redirect: str, now: datetime) -> tuple[str, str]:
    """(where to send a browser, what to keep in its cookie meanwhile). Raises `DatamimicError` (`platform.no_provider`)."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    challenge = urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "response_type": "code",
        "client_id": settings.oidc_client,
        "redirect_uri": redirect,
        "scope": "openid email profile",
        "state": state,
        "nonce": nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    body = {
        "aud": _STATE,
        "exp": now + timedelta(minutes=_MINUTES),
        "state": state,
        "nonce": nonce,
        "verifier": verifier,
    }
    cookie = jwt.encode(body, settings.jwt_secret, algorithm="HS256")
    with _client() as client:
        place = _described(settings, client)["authorization_endpoint"]
    return f"{place}{'&' if '?' in place else '?'}{urlencode(asked)}", cookie


def came_back(
    settings: Settings,
    cookie: str,
    state: str,
    code: str,
    redirect: str,
    now: datetime,
) -> Person:
    """Who it is, of the code that a browser brought. Raises `DatamimicError`: `platform.unauthorised` for whatever does not
    fit, `platform.no_provider`."""
    kept = _kept(settings, cookie, now)
    if not secrets.compare_digest(str(kept["state"]).encode(), state.encode()):
        raise unauthorised()
    with _client() as client:
        described = _described(settings, client)
        said = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect,
            "code_verifier": kept["verifier"],
        }
        answer = client.post(described["token_endpoint"], data=said, auth=(settings.oidc_client, settings.oidc_secret))
        if answer.status_code != 200:
            raise unauthorised()
        keys = _json(client.get(described["jwks_uri"]))
    claims = _claims(settings, str(_json(answer).get("id_token", "")), keys, now)
    if claims.get("nonce") != kept["nonce"] or claims.get("email_verified") is not True:
        raise unauthorised()
    return Person(
        str(claims["sub"]), str(claims["email"]).lower()[:300], str(claims.get("name") or claims["email"])[:100]
    )


def _kept(settings: Settings, cookie: str, now: datetime) -> dict[str, Any]:
    try:
        found: dict[str, Any] = jwt.decode(
            cookie, settings.jwt_secret, algorithms=["HS256"], audience=_STATE, options={"verify_exp": False}
        )
        if found["exp"] <= now.timestamp():
            raise unauthorised()
        return found
    except (jwt.PyJWTError, KeyError, TypeError):
        raise unauthorised() from None


def _claims(settings: Settings, token: str, keys: dict[str, Any], now: datetime) -> dict[str, Any]:
    try:
        named = jwt.get_unverified_header(token).get("kid")
        key = next(each for each in jwt.PyJWKSet.from_dict(keys).keys if named is None or each.key_id == named)
        found: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=ALGORITHMS,
            audience=settings.oidc_client,
            issuer=settings.oidc_issuer,
            options={"require": ["exp", "aud", "iss", "sub", "iat"], "verify_exp": False, "verify_iat": False},
        )
        several = isinstance(found["aud"], list) and len(found["aud"]) > 1
        if found["exp"] <= now.timestamp() or (several and found.get("azp") != settings.oidc_client):
            raise unauthorised()
        found["email"], found["sub"]
        return found
    except (jwt.PyJWTError, StopIteration, KeyError, TypeError, ValueError):
        raise unauthorised() from None


def _described(settings: Settings, client: httpx2.Client) -> dict[str, Any]:
    """Raises `DatamimicError` (`platform.no_provider`)."""
    found = _json(client.get(f"{settings.oidc_issuer.rstrip('/')}/.well-known/openid-configuration"))
    needed = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
    if any(not isinstance(found.get(each), str) for each in needed) or found["issuer"] != settings.oidc_issuer:
        raise _no_provider("does not describe itself")
    return found


def _json(answer: httpx2.Response) -> dict[str, Any]:
    try:
        answer.raise_for_status()
        found = answer.json()
    except (httpx2.HTTPError, ValueError):
        found = None
    if not isinstance(found, dict):
        raise _no_provider("gives no answer that can be read")
    return found


@contextmanager
def _client() -> Iterator[httpx2.Client]:
    """What it cannot reach is told without addresses."""
    try:
        with httpx2.Client(timeout=_SECONDS) as client:
            yield client
    except httpx2.HTTPError as error:
        raise _no_provider(f"does not answer: {type(error).__name__}") from None


def _no_provider(said: str) -> DatamimicError:
    return DatamimicError("platform.no_provider", f"the identity provider {said}", hint="OIDC_ISSUER names it")
