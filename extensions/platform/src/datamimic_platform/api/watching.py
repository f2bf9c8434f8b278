"""Those who watch jobs: one look at the store serves all of a process, whatever their number."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from typing import Any

from attrs import define, field
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from datamimic_platform.jobs.states import Status
from datamimic_platform.services.progress import seen
from datamimic_platform.store.store import Store

_LOG = logging.getLogger("datamimic.platform.api")
WATCH = 0.5
STILL = 15.0
"""Seconds after which a remark is sent where nothing has changed: proxies end what is silent."""
MOST = 3_600.0
"""Seconds that one watches at most: who may not any longer, does not for long."""
_NAMES = ("job_id", "status", "progress", "error", "result")


@define(eq=False)
class _Watched:
    told: dict[str, Any]
    changed: asyncio.Event = field(factory=asyncio.Event)
    watchers: int = 0

    def now(self, told: dict[str, Any]) -> None:
        if told != self.told:
            self.told = told
            self.changed.set()
            self.changed = asyncio.Event()


class Watching:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._jobs: dict[str, _Watched] = {}
        self._looking: asyncio.Task[None] | None = None

    async def events(self, job: dict[str, Any]) -> AsyncIterator[str]:
        """Of a job that somebody was shown: `progress` at each change, `end` at the end; a remark while nothing changes."""
        loop, identifier = asyncio.get_running_loop(), job["job_id"]
        until = loop.time() + MOST
        watched = self._jobs.setdefault(identifier, _Watched({name: job[name] for name in _NAMES}))
        watched.watchers += 1
        if self._looking is None or self._looking.done():
            self._looking = loop.create_task(self._look())
        try:
            shown = None
            while loop.time() < until:
                told, changed = watched.told, watched.changed
                if told is shown:
                    try:
                        await asyncio.wait_for(changed.wait(), STILL)
                    except TimeoutError:
                        yield ": still\n\n"
                    continue
                over, shown = Status(told["status"]).ended, told
                yield f"event: {'end' if over else 'progress'}\ndata: {json.dumps(told)}\n\n"
                if over:
                    return
        finally:
            watched.watchers -= 1
            if not watched.watchers:
                self._jobs.pop(identifier, None)

    async def _look(self) -> None:
        while self._jobs:
            await asyncio.sleep(WATCH)
            try:
                found = await run_in_threadpool(seen, self._store, list(self._jobs))
            except SQLAlchemyError as error:
                _LOG.warning("the database does not say how jobs are", exc_info=error)
                continue
            for identifier, watched in list(self._jobs.items()):
                if identifier in found:
                    watched.now(found[identifier])
