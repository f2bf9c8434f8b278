"""Where a command works: in the store of this folder, or on the server that SYNDATA_URL names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from datamimic import DatamimicError
from datamimic_platform.client import Client
from datamimic_platform.observing.observed import observe
from datamimic_platform.security.rights import Actor, Role
from datamimic_platform.services.signing_in import local_workspace
from datamimic_platform.settings import Settings, read_settings
from datamimic_platform.store.store import Store, open_store


@contextmanager
def server_or_none() -> Iterator[Client | None]:
    """A client of the server, where one is named."""
    settings = read_settings()
    if not settings.server_url:
        yield None
        return
    with Client(settings.server_url, settings.api_key) as client:
        yield client


@contextmanager
def local_store(settings: Settings | None = None) -> Iterator[tuple[Store, Actor]]:
    """The store of this machine, and whoever sits at it: an administrator of the workspace `main`."""
    chosen = settings or read_settings()
    observe(chosen)
    store = open_store(chosen)
    try:
        with store.writing() as session:
            workspace = local_workspace(store, session)
        yield store, Actor(workspace, "command line", Role.ADMINISTRATOR)
    finally:
        store.close()


def sent(server: Client, source: str) -> tuple[dict[str, str], str]:
    """(files of the job, its option) of a table that exists: a file is uploaded, a database's URL or `secret:<name>` is named.

    Raises `DatamimicError` (`platform.bad_option`)."""
    if "://" in source or source.startswith("secret:"):
        return {}, source
    path = Path(source)
    if not path.is_file():
        raise DatamimicError("platform.bad_option", f"there is no file {source}", hint="a server is sent one file")
    return {path.name: server.upload(path)}, path.name
