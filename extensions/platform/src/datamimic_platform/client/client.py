"""A typed client of the REST API. Every refusal is the `DatamimicError` that the server's problem tells."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Any

import httpx2
from attrs import frozen

from datamimic import DatamimicError, whole_file

ENDED = frozenset({"completed", "failed", "cancelled"})
_POLL = 0.3


@frozen
class Job:
    """A job as the server told it last; `told` is all of it."""

    job_id: str
    status: str
    told: Mapping[str, Any]

    @property
    def ended(self) -> bool:
        return self.status in ENDED

    @property
    def artefacts(self) -> list[str]:
        return [each["name"] for each in self.told["artefacts"]]


class Client:
    """`with Client(url, key) as client:`; `transport` is for tests."""

    def __init__(self, url: str, key: str = "", *, timeout: float = 30, transport: Any = None) -> None:
        headers = {"X-API-Key": key} if key else {}
        self._http = httpx2.Client(base_url=url.rstrip("/"), headers=headers, timeout=timeout, transport=transport)

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def submit(
        self,
        kind: str = "generate",
        *,
        config: Mapping[str, Any] | None = None,
        text: str | None = None,
        name: str | None = None,
        configuration: str | None = None,
        model_of: str | None = None,
        options: Mapping[str, Any] | None = None,
        files: Mapping[str, str] | None = None,
        priority: str = "normal",
        idempotency_key: str | None = None,
    ) -> Job:
        """Queue a job, of a configuration as a mapping, as a `text` with the `name` of its file, as it is stored, or as the
        job `model_of` learned it. `files` are ids of uploads by the name under which the job finds them."""
        body = {"job_type": kind, "config": config, "config_text": text, "config_name": name, "priority": priority}
        body |= {"configuration": configuration, "model_of": model_of, "options": dict(options or {})}
        body |= {"files": dict(files) if files else None}
        headers = {} if idempotency_key is None else {"Idempotency-Key": idempotency_key}
        return _job(self._ask("POST", "/jobs", json={k: v for k, v in body.items() if v is not None}, headers=headers))

    def upload(self, path: Path) -> str:
        """The id of a file that was sent."""
        with path.open("rb") as stream:
            return str(self._ask("POST", "/uploads", files={"file": (path.name, stream)})["id"])

    def preview(self, kind: str = "generate", **said: Any) -> Mapping[str, Any]:
        """The first rows of what a job would make: `{rows, hidden, sample}` by table. `said` is as the API takes it:
        `config`, `config_text`, `configuration`, `model_of`, `options`, `files`, `rows`."""
        return dict(self._ask("POST", "/jobs/preview", json={"job_type": kind, **said})["tables"])

    def job(self, job_id: str) -> Job:
        return _job(self._ask("GET", f"/jobs/{job_id}"))

    def jobs(self, *, status: str | None = None, limit: int = 20) -> list[Job]:
        """Newest first."""
        query = {"page_size": min(limit, 200), **({} if status is None else {"status_filter": status})}
        return [_job(each) for each in self._ask("GET", "/jobs", params=query)["items"]]

    def cancel(self, job_id: str) -> Job:
        return _job(self._ask("DELETE", f"/jobs/{job_id}"))

    def logs(self, job_id: str, lines: int = 100) -> list[Mapping[str, Any]]:
        found: list[Mapping[str, Any]] = self._ask("GET", f"/jobs/{job_id}/logs", params={"lines": lines})["lines"]
        return found

    def wait(self, job_id: str, told: Callable[[Job], None] = lambda _: None) -> Job:
        """Until it has ended; `told` is called with each state that is seen."""
        while True:
            found = self.job(job_id)
            told(found)
            if found.ended:
                return found
            time.sleep(_POLL)

    def artefact(self, job_id: str, name: str) -> Iterator[bytes]:
        """The bytes of one, in pieces."""
        with self._http.stream("GET", f"/jobs/{job_id}/artefacts/{name}") as answer:
            if answer.status_code >= 400:
                answer.read()
                raise _refusal(answer)
            yield from answer.iter_bytes()

    def download(self, job: Job, folder: Path) -> list[Path]:
        """All artefacts of a job into a folder."""
        made = []
        for name in job.artefacts:
            parts = PurePosixPath(name).parts
            if ".." in parts or PurePosixPath(name).is_absolute():
                raise DatamimicError("platform.bad_answer", "the server names a file outside the folder")
            path = folder.joinpath(*parts)
            path.parent.mkdir(parents=True, exist_ok=True)
            with whole_file(path) as stream:
                for piece in self.artefact(job.job_id, name):
                    stream.write(piece)
            made.append(path)
        return made

    def validate(self, config: Mapping[str, Any], *, relationships: bool = False) -> Mapping[str, Any]:
        query = {"check_relationships": relationships}
        return dict(self._ask("POST", "/config/validate", json=dict(config), params=query))

    def stats(self) -> Mapping[str, Any]:
        return dict(self._ask("GET", "/stats"))

    def events(self, job_id: str) -> Iterator[Mapping[str, Any]]:
        """Progress as it comes, until the end."""
        with self._http.stream("GET", f"/jobs/{job_id}/events", timeout=None) as answer:
            if answer.status_code >= 400:
                answer.read()
                raise _refusal(answer)
            for line in answer.iter_lines():
                if line.startswith("data: "):
                    yield json.loads(line.removeprefix("data: "))

    def _ask(self, method: str, path: str, **said: Any) -> Any:
        try:
            answer = self._http.request(method, path, **said)
        except httpx2.HTTPError as error:
            raise DatamimicError(
                "platform.no_server",
                f"the server does not answer: {type(error).__name__}",
                hint="is SYNDATA_URL right?",
            ) from None
        if answer.status_code >= 400:
            raise _refusal(answer)
        return answer.json() if answer.content else None


def _job(told: Mapping[str, Any]) -> Job:
    return Job(told["job_id"], told["status"], told)


def _refusal(answer: httpx2.Response) -> DatamimicError:
    try:
        told = answer.json()
        return DatamimicError(told["code"], told["detail"], hint=told.get("hint"), path=told.get("path"))
    except (ValueError, KeyError, TypeError, AssertionError):
        return DatamimicError("platform.bad_answer", f"the server answers {answer.status_code} without a reason")
