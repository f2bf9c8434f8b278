"""Signing in by a provider of OpenID Connect, which runs here: what it says, and what a thief or a wrong provider would say."""

from __future__ import annotations

import hashlib
import json
import threading
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import sqlalchemy as sa
from attrs import evolve
from cryptography.hazmat.primitives.asymmetric import ec
from starlette.testclient import TestClient

from datamimic import DatamimicError
from datamimic_platform.pages.app import make_pages
from datamimic_platform.security.identity import came_back, sent_to
from datamimic_platform.settings import Settings
from datamimic_platform.store.people import User
from datamimic_platform.store.store import Store

CLIENT, SECRET, BACK = "syndata", "of-the-provider", "http://testserver/login/provider/back"


class Provider:
    """`claims` are those of the next token, over what is right; `sign` makes the token of them."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.claims: dict[str, Any] = {}
        self.sign: Callable[[dict[str, Any]], str] = self.signed
        self.codes: dict[str, dict[str, str]] = {}
        self.now: Any = None
        provider = self

        class Answers(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                told = {
                    "issuer": provider.issuer,
                    "authorization_endpoint": f"{provider.issuer}/authorize",
                    "token_endpoint": f"{provider.issuer}/token",
                    "jwks_uri": f"{provider.issuer}/keys",
                }
                public = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(provider.key.public_key()))
                self._say(200, {"keys": [{**public, "kid": "1", "alg": "ES256"}]} if self.path == "/keys" else told)

            def do_POST(self) -> None:
                body = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                said = {name: values[0] for name, values in body.items()}
                asked = provider.codes.pop(said["code"], None)
                digest = hashlib.sha256(said["code_verifier"].encode()).digest()
                challenge = urlsafe_b64encode(digest).rstrip(b"=").decode()
                if (
                    asked is None
                    or asked["code_challenge"] != challenge
                    or said["redirect_uri"] != asked["redirect_uri"]
                ):
                    self._say(400, {"error": "invalid_grant"})
                    return
                moment = int(provider.now().timestamp())
                claims = {"iss": provider.issuer, "aud": CLIENT, "sub": "17", "iat": moment, "exp": moment + 60}
                claims |= {"nonce": asked["nonce"], "email": "Ada@firm.example", "email_verified": True, "name": "Ada"}
                self._say(200, {"id_token": provider.sign({**claims, **provider.claims})})

            def _say(self, status: int, told: Any) -> None:
                text = json.dumps(told).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *_: Any) -> None: ...

        self.server = HTTPServer(("127.0.0.1", 0), Answers)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"

    def signed(self, claims: dict[str, Any]) -> str:
        return jwt.encode(claims, self.key, algorithm="ES256", headers={"kid": "1"})

    def authorize(self, url: str) -> dict[str, str]:
        """What the browser is sent back with, after somebody has signed in there."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        code = f"code-{len(self.codes)}-{asked['state'][:8]}"
        self.codes[code] = asked
        return {"state": asked["state"], "code": code}


@pytest.fixture
def provider(moments: Any) -> Iterator[Provider]:
    made = Provider()
    made.now = moments
    thread = threading.Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


def known(settings: Settings, provider: Provider, role: str = "developer") -> Settings:
    return evolve(settings, oidc_issuer=provider.issuer, oidc_client=CLIENT, oidc_secret=SECRET, oidc_role=role)


def test_somebody_new_is_taken_on_and_known_again_by_the_subject(store: Store, provider: Provider) -> None:
    pages = make_pages(Store(store.engine, known(store.settings, provider), store.now))
    for claims in ({}, {"email": "other@firm.example", "name": "A. Byron"}):
        provider.claims = claims
        with TestClient(pages, follow_redirects=False) as browser:
            assert "/login/provider" in browser.get("/login").text
            gone = browser.get("/login/provider")
            back = browser.get("/login/provider/back", params=provider.authorize(gone.headers["Location"]))
            assert (back.status_code, back.headers["Location"]) == (303, "/")
            assert "ada@firm.example" in browser.get("/").text
            again = browser.get("/login/provider/back", params={"state": "x", "code": "y"})
            assert again.status_code == 401
    with store.reading() as session:
        rows = [(each.email, each.subject) for each in session.scalars(sa.select(User))]
    assert rows == [("ada@firm.example", "17")]


def test_without_a_role_only_those_who_are_known_come_in(store: Store, provider: Provider) -> None:
    pages = make_pages(Store(store.engine, known(store.settings, provider, ""), store.now))
    with TestClient(pages, follow_redirects=False) as browser:
        gone = browser.get("/login/provider")
        assert (
            browser.get("/login/provider/back", params=provider.authorize(gone.headers["Location"])).status_code == 401
        )
    with TestClient(make_pages(store), follow_redirects=False) as browser:
        assert browser.get("/login/provider").status_code == 404


def _unsigned(claims: dict[str, Any]) -> str:
    return jwt.encode(claims, None, algorithm="none")


def _of_a_secret(claims: dict[str, Any]) -> str:
    return jwt.encode(claims, SECRET * 3, algorithm="HS256", headers={"kid": "1"})


def _of_another(claims: dict[str, Any]) -> str:
    return jwt.encode(claims, ec.generate_private_key(ec.SECP256R1()), algorithm="ES256", headers={"kid": "1"})


@pytest.mark.parametrize(
    "wrong",
    [
        {"nonce": "of another browser"},
        {"aud": "another client"},
        {"aud": [CLIENT, "another"], "azp": "another"},
        {"iss": "https://elsewhere.example"},
        {"exp": 1},
        {"email_verified": False},
        {"email_verified": "true"},
        _unsigned,
        _of_a_secret,
        _of_another,
    ],
    ids=lambda wrong: wrong.__name__ if callable(wrong) else "-".join(wrong),
)
def test_what_does_not_fit_is_refused(provider: Provider, settings: Settings, moments: Any, wrong: Any) -> None:
    chosen = known(settings, provider)
    place, cookie = sent_to(chosen, BACK, moments())
    back = provider.authorize(place)
    if callable(wrong):
        provider.sign = wrong
    else:
        provider.claims = wrong
    with pytest.raises(DatamimicError) as caught:
        came_back(chosen, cookie, back["state"], back["code"], BACK, moments())
    assert caught.value.code == "platform.unauthorised"


def test_a_code_is_of_the_browser_that_was_sent(provider: Provider, settings: Settings, moments: Any) -> None:
    chosen = known(settings, provider)
    place, cookie = sent_to(chosen, BACK, moments())
    back, (_, other) = provider.authorize(place), sent_to(chosen, BACK, moments())
    for kept, state in ((other, back["state"]), ("", back["state"]), (cookie, "x")):
        with pytest.raises(DatamimicError, match="not known"):
            came_back(chosen, kept, state, back["code"], BACK, moments())
    assert came_back(chosen, cookie, back["state"], back["code"], BACK, moments()).email == "ada@firm.example"
    with pytest.raises(DatamimicError, match="not known"):
        came_back(chosen, cookie, back["state"], back["code"], BACK, moments())  # a code is good once
    moments.move(minutes=11)
    with pytest.raises(DatamimicError, match="not known"):
        came_back(chosen, cookie, back["state"], provider.authorize(place)["code"], BACK, moments())


def test_a_provider_that_is_away_is_told(settings: Settings, moments: Any) -> None:
    away = evolve(settings, oidc_issuer="http://127.0.0.1:1", oidc_client=CLIENT, oidc_secret=SECRET)
    with pytest.raises(DatamimicError) as caught:
        sent_to(away, BACK, moments())
    assert caught.value.code == "platform.no_provider"
