"""Where an agent's jobs are done: in the store of the folder, or on the server that SYNDATA_URL names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from attrs import frozen

from datamimic import DatamimicError
from datamimic_platform.client import Client
from datamimic_platform.kinds.registry import kinds
from datamimic_platform.security.rights import Actor
from datamimic_platform.services import configurations, jobs, previews
from datamimic_platform.services.jobs import Order
from datamimic_platform.store.store import Store

_LINES, _JOBS = 20, 10
_FILE = "config.yaml"


@frozen
class Desk:
    """`run_here` runs a job in this process: (kind, text, options) -> (the job, its folder). `client` goes before all of it."""

    folder: Path
    store: Store
    actor: Actor
    run_here: Callable[[str, str, Mapping[str, Any]], tuple[dict[str, Any], Path]]
    client: Client | None = None

    def kinds(self) -> list[str]:
        return sorted(kinds())

    def path(self, name: str) -> Path:
        """A file of the folder. Raises `DatamimicError` (`platform.bad_request`) for one outside."""
        found = (self.folder / name).resolve()
        if not found.is_relative_to(self.folder.resolve()) or not found.is_file():
            raise DatamimicError("platform.bad_request", "there is no such file in the folder", path="$.file")
        return found

    def run(self, kind: str, config: str, options: Mapping[str, Any]) -> dict[str, Any]:
        """On a server queued and told; here done."""
        if self.client is not None:
            return dict(self.client.submit(kind, text=config, name=_FILE, options=options).told)
        told, folder = self.run_here(kind, config, options)
        return {**told, "folder": str(folder.absolute())}

    def validate(self, config: str) -> dict[str, Any]:
        return configurations.validate(self.store, self.actor, config, _FILE, relationships=True)

    def preview(self, config: str, rows: int) -> dict[str, Any]:
        order = Order(kind="generate", text=config, file_name=_FILE)
        return previews.preview(self.store, self.actor, order, rows)

    def job(self, job_id: str) -> dict[str, Any]:
        if self.client is not None:
            return {**self.client.job(job_id).told, "log": list(self.client.logs(job_id, _LINES))}
        log = jobs.logs(self.store, self.actor, job_id, _LINES)
        return {**jobs.job(self.store, self.actor, job_id), "log": log}

    def jobs(self) -> list[dict[str, Any]]:
        if self.client is not None:
            return [dict(each.told) for each in self.client.jobs(limit=_JOBS)]
        found: list[dict[str, Any]] = jobs.jobs(self.store, self.actor, size=_JOBS)["items"]
        return found
