"""What the URLs of brokers say, and how a broker is refused."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import parse_qsl, unquote, urlsplit

from attrs import frozen

from datamimic.errors import OutputError, UnknownName
from datamimic.related import without_password


@frozen
class BrokerUrl:
    """`kafka://user:password@one:9092,two:9092/topic?setting=value`, taken apart; nothing of it is shown."""

    hosts: tuple[tuple[str, int], ...]
    user: str | None
    password: str | None
    path: str | None
    settings: dict[str, str]


def broker_url(place: str, port: int, example: str, known: Collection[str] | None = None) -> BrokerUrl:
    """The parts of a URL. Raises `OutputError` (`output_unwritable`) for one that cannot be read, `UnknownName` for a setting
    that is none of those that are `known`; None takes any."""
    try:
        parts = urlsplit(place)
        info, _, hosts = parts.netloc.rpartition("@")
        user, colon, password = info.partition(":")
        found = tuple(_host(each, port) for each in hosts.split(",")) if hosts else (("localhost", port),)
        settings = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
    except ValueError:
        raise OutputError(
            "output_unwritable", "the URL of the stream cannot be read", hint=f"such as {example}"
        ) from None
    for name in settings:
        if known is not None and name not in known:
            raise UnknownName("setting", name, known, owner=f"a URL of {parts.scheme}")
    path = unquote(parts.path[1:]) if parts.path[1:] else None
    return BrokerUrl(found, unquote(user) or None, unquote(password) if colon else None, path, settings)


def _host(text: str, port: int) -> tuple[str, int]:
    if text.startswith("["):
        host, _, rest = text[1:].partition("]")
        return host, int(rest.removeprefix(":") or port)
    host, _, said = text.partition(":")
    number = int(said or port)
    if not host or not 0 < number < 1 << 16:
        raise ValueError
    return host, number


def unreachable(what: str, said: object, place: str) -> OutputError:
    """A broker that refused, or is not there."""
    text = without_password(str(said).strip() or type(said).__name__, place).splitlines()[0]
    return OutputError("output_unwritable", f"{what}: {text}", hint="check the URL")
