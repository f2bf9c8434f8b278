"""The platform's API, and an application of one's own that asks who it is, by the module names of the description."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import pytest
from fastapi import Depends, FastAPI, Request
from fastapi.security import HTTPBearer
from starlette.testclient import TestClient

from app.auth import verify_token
from datamimic_platform.api.app import make_app
from datamimic_platform.security.rights import Actor, Role
from datamimic_platform.services.signing_in import local_key, local_workspace
from datamimic_platform.settings import read_settings
from datamimic_platform.store.store import open_store

CONFIG = {
    "rows": 1000,
    "tables": [{"table_name": "t", "columns": [{"name": "id", "type": "int", "constraints": ["PK"]}]}],
}


@pytest.fixture
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Of an administrator, in a store that the environment names."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'store.db'}")
    monkeypatch.chdir(tmp_path)
    store = open_store(read_settings())
    with store.writing() as session:
        actor = Actor(local_workspace(store, session), "test", Role.ADMINISTRATOR)
    made = str(local_key(store, actor, "tests", 1)["key"])
    store.close()
    return made


def test_job_creation(key: str) -> None:
    store = open_store(read_settings())
    with TestClient(make_app(store), headers={"Authorization": f"Bearer {key}"}) as client:
        made = client.post("/jobs", json={"job_type": "generate", "config": CONFIG, "priority": "high"})
        assert (made.status_code, made.json()["status"], made.json()["priority"]) == (202, "queued", "high")
        assert client.get(made.headers["Location"]).json()["job_id"] == made.json()["job_id"]
        assert client.get("/jobs/job_12345").status_code == 404
    store.close()


def test_an_application_of_ones_own_asks_who_it_is(key: str) -> None:
    application = FastAPI(dependencies=[Depends(HTTPBearer())])

    @application.middleware("http")
    async def auth_middleware(request: Request, call_next: Any) -> Any:
        return await call_next(request)

    @application.get("/who")
    def who(actor: Annotated[Actor, Depends(verify_token)]) -> str:
        return actor.name

    with TestClient(application) as client:
        assert client.get("/who", headers={"Authorization": f"Bearer {key}"}).json() == "admin@localhost"
        assert client.get("/who", headers={"Authorization": "Bearer syn_key_wrong"}).status_code == 401


def test_the_modules_of_the_description_are_there() -> None:
    from app.jobs.celery_tasks import app, generate_data_task

    assert app.main and generate_data_task.name == "app.jobs.celery_tasks.generate_data_task"
