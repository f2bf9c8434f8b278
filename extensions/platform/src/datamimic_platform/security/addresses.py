"""Which places a job of somebody else may reach: no file of the server, and no private address unless its host is allowed."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterable, Sequence
from urllib.parse import urlsplit

from datamimic import DatamimicError

Resolve = Callable[[str], Sequence[str]]


def resolved(host: str) -> Sequence[str]:
    """All addresses of a host, as texts; none where it is not known."""
    try:
        return [str(each[4][0]) for each in socket.getaddrinfo(host, None, proto=socket.IPPROTO_TCP)]
    except (OSError, UnicodeError):
        return []


def refuse_private(url: str, allowed: Iterable[str], resolve: Resolve = resolved) -> None:
    """Raises `DatamimicError` (`platform.address_refused`) for a URL without a host (a file of the server), and for a host that
    is unknown or of which any address is private, local, or reserved, unless it is `allowed`."""
    try:
        host = urlsplit(url).hostname
    except ValueError:
        host = None
    if host is None:
        raise _refused("a URL without a host is a file of the server")
    if host.lower() in {each.lower() for each in allowed}:
        return
    addresses = resolve(host)
    if not addresses:
        raise _refused("the host is not known")
    if not all(_is_public(each) for each in addresses):
        raise _refused("the host has a private address")


def _is_public(text: str) -> bool:
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is not None and not _is_public(str(inner)):
            return False
    return address.is_global and not address.is_multicast


def _refused(why: str) -> DatamimicError:
    return DatamimicError(
        "platform.address_refused",
        f"the place is not for jobs: {why}",
        hint="the operator may allow a host with SYNDATA_ALLOWED_HOSTS",
    )
