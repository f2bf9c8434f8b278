"""Which places a job of somebody else may reach: no file of the server, and no private address unless its host is allowed."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Iterable, Sequence
from urllib.parse import parse_qsl, urlsplit

from datamimic import DatamimicError

Resolve = Callable[[str], Sequence[str]]
_END = re.compile(r"[/?]")
_PLAIN = re.compile(r"(?:[^@/?#\\]*@)?(?:[A-Za-z0-9._,:-]|\[[0-9A-Fa-f:.]+\])*")
_PORT = re.compile(r":[0-9]*$")
_SETTINGS = frozenset(
    {"acks", "application_name", "charset", "client_encoding", "compression.type", "connect_timeout", "exchange", "heartbeat",
     "linger.ms", "queue", "routing_key", "sasl.mechanism", "security.protocol", "sslmode"}
)  # fmt: skip
"""Of URLs of databases and brokers, those that name no other place, and no file of the server."""


def resolved(host: str) -> Sequence[str]:
    """All addresses of a host, as texts; none where it is not known."""
    try:
        return [str(each[4][0]) for each in socket.getaddrinfo(host, None, proto=socket.IPPROTO_TCP)]
    except (OSError, UnicodeError):
        return []


def refuse_private(url: str, allowed: Iterable[str], resolve: Resolve = resolved) -> None:
    """Raises `DatamimicError` (`platform.address_refused`) for a URL without a host (a file of the server), for one in which
    another reader may find another host, and for a host that is unknown or of which any address is private, local, or reserved,
    unless it is `allowed`."""
    known = {each.lower() for each in allowed}
    for host in _hosts(url):
        if host.lower() in known:
            continue
        addresses = resolve(host)
        if not addresses:
            raise _refused("the host is not known")
        if not all(_is_public(each) for each in addresses):
            raise _refused("the host has a private address")


def _hosts(url: str) -> list[str]:
    """All that it names. Drivers have readers of their own: `#`, `@` and `/` in a password are read in more than one way, and
    settings such as `host`, `service`, `unix_socket` or `plugin.library.paths` go before what the URL says."""
    scheme, _, rest = url.partition("://")
    authority = _END.split(rest, maxsplit=1)[0]
    after, web = rest[len(authority) :], scheme.lower() in ("http", "https")
    if not url.isprintable() or " " in url or not _PLAIN.fullmatch(authority) or ("@" in after and not web):
        raise _refused("the URL cannot be read in one way alone", "in a user or password, write signs as %40")
    try:
        settings = [] if web else [name for name, _ in parse_qsl(urlsplit(url).query, keep_blank_values=True)]
    except ValueError:
        settings = [""]
    if not _SETTINGS.issuperset(settings):
        raise _refused("the URL has a setting that may lead elsewhere", f"settings: {', '.join(sorted(_SETTINGS))}")
    hosts = [_PORT.sub("", each).strip("[]") for each in authority.rpartition("@")[2].split(",")]
    if not all(hosts):
        raise _refused("a URL without a host is a file of the server")
    return hosts


def _is_public(text: str) -> bool:
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is not None and not _is_public(str(inner)):
            return False
    return address.is_global and not address.is_multicast


def _refused(why: str, hint: str = "the operator may allow a host with SYNDATA_ALLOWED_HOSTS") -> DatamimicError:
    return DatamimicError("platform.address_refused", f"the place is not for jobs: {why}", hint=hint)
