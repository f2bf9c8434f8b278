"""Artefacts in object storage: what a job made is read, verified, resubmitted and retired as files of a folder are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest
import sqlalchemy as sa
from attrs import evolve

from datamimic import DatamimicError
from datamimic_platform.jobs.queue import claim
from datamimic_platform.jobs.retention import retain
from datamimic_platform.jobs.running import run_job
from datamimic_platform.security.rights import Actor
from datamimic_platform.services import artefact_preview, jobs, lineage, uploads
from datamimic_platform.services.compliance import compliance
from datamimic_platform.services.jobs import Order
from datamimic_platform.services.provenance import provenance
from datamimic_platform.services.proving import verified
from datamimic_platform.settings import read_settings
from datamimic_platform.store.store import Store
from datamimic_platform.store.work import Artefact

from .conftest import Moments, completed


@pytest.fixture(params=["memory", "file"])
def stored(request: pytest.FixtureRequest, store: Store, tmp_path: Path) -> Iterator[tuple[Store, str]]:
    """A store whose artefacts lie elsewhere, and where."""
    address = f"memory://syndata-{tmp_path.name}" if request.param == "memory" else f"file://{tmp_path}/elsewhere"
    yield Store(store.engine, evolve(store.settings, artefact_storage=address), store.now), address
    files, root = fsspec.core.url_to_fs(address)
    if files.exists(root):
        files.rm(root, recursive=True)


def files_at(address: str) -> list[str]:
    files, root = fsspec.core.url_to_fs(address)
    return [str(each) for each in files.find(root)] if files.exists(root) else []


def test_what_a_job_made_lies_there_and_is_read_as_from_a_folder(
    store: Store, stored: tuple[Store, str], workspace: Actor, shop: str, moments: Moments
) -> None:
    away, address = stored
    order = Order(kind="generate", text=shop, file_name="shop.yaml", options={"seed": "a"})
    here, there = completed(store, workspace, order), completed(away, workspace, order)
    folder = away.settings.data_folder
    assert len(files_at(address)) == 7 and not (folder / "artefacts" / there).exists()
    for name in ("customers.csv", "manifest.json"):
        path, told = jobs.artefact(away, workspace, there, name)
        assert path.read_bytes() == jobs.artefact(store, workspace, here, name)[0].read_bytes()
        assert path.stat().st_size == told["size"]
    assert len(artefact_preview.preview(away, workspace, there, "orders.csv")["rows"]) == 50
    assert lineage.lineage(away, workspace, there)["packs"] == lineage.lineage(store, workspace, here)["packs"]
    # Somebody else's machine fetches them again; one that is gone is not there.
    with away.writing() as session:
        session.execute(
            sa.update(Artefact).where(Artefact.job_id == there, Artefact.name == "orders.csv").values(sha256="0")
        )
    (folder / "fetched" / there / "orders.csv").unlink()
    with pytest.raises(DatamimicError, match="not what was put"):
        jobs.artefact(away, workspace, there, "orders.csv")
    moments.move(days=away.settings.retention_days + 1)
    assert there in retain(away)
    assert files_at(address) == [] and not (folder / "fetched" / there).exists()


def test_an_upload_lies_there_for_whoever_runs_its_job(
    stored: tuple[Store, str], workspace: Actor, clinic: str
) -> None:
    away, address = stored
    name = uploads.upload(away, workspace, "people.csv", iter([b"id,name\n1,Anna\n2,Bert\n"]))["id"]
    assert [each.rpartition("/")[2] for each in files_at(address)] == [name]
    (away.settings.data_folder / "uploads" / name).unlink()  # another machine
    order = Order(kind="generate", text=clinic, file_name="p.yaml", files={"people.csv": name})
    job = completed(away, workspace, order)
    rows = jobs.artefact(away, workspace, job, "visits.csv")[0].read_text().split()[1:]
    assert len(rows) == 8 and {each.partition(",")[2] for each in rows} == {"1", "2"}
    assert verified(away, workspace, job)["holds"]
    assert not (away.settings.data_folder / "uploads" / name).exists()
    uploads.remove(away, workspace, name)
    assert not [each for each in files_at(address) if each.endswith(name)]


def test_what_a_page_does_not_need_is_not_fetched(stored: tuple[Store, str], workspace: Actor, shop: str) -> None:
    away, _ = stored
    job = completed(away, workspace, Order(kind="generate", text=shop, file_name="shop.yaml"))
    fetched = away.settings.data_folder / "fetched" / job
    assert len(provenance(away, workspace, job)["nodes"]) > 7
    assert [each.name for each in fetched.iterdir()] == ["manifest.json"]
    compliance(away, workspace, job)
    assert {each.name for each in fetched.iterdir()} == {"manifest.json", "customers.csv", "orders.csv"}
    assert verified(away, workspace, job)["holds"]


def test_an_attempt_that_did_not_publish_leaves_nothing_there(
    stored: tuple[Store, str], workspace: Actor, shop: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datamimic_platform.jobs import running

    away, address = stored
    job = jobs.submit_job(away, workspace, Order(kind="generate", text=shop, file_name="shop.yaml"))["job_id"]
    lease = claim(away, "w", job)
    assert lease is not None

    def cancelled_meanwhile(*given: object) -> object:
        monkeypatch.undo()
        place = running.move_in(*given)  # type: ignore[arg-type]
        jobs.cancel_job(away, workspace, job)
        return place

    monkeypatch.setattr(running, "move_in", cancelled_meanwhile)
    run_job(away, lease, lambda: None, lambda: None)
    assert jobs.job(away, workspace, job)["status"] == "cancelled"
    assert files_at(address) == []


def test_a_storage_that_is_no_address_or_has_no_driver_is_told(store: Store, workspace: Actor, shop: str) -> None:
    with pytest.raises(DatamimicError, match="SYNDATA_ARTEFACTS is no address"):
        read_settings({"SYNDATA_ARTEFACTS": "/some/folder"})
    away = Store(store.engine, evolve(store.settings, artefact_storage="gs://nowhere/at-all"), store.now)
    job = jobs.submit_job(away, workspace, Order(kind="generate", text=shop, file_name="shop.yaml"))["job_id"]
    lease = claim(away, "w", job)
    assert lease is not None
    run_job(away, lease, lambda: None, lambda: None)
    told = jobs.job(away, workspace, job)
    assert told["status"] == "failed" and told["error"]["code"] == "platform.storage"
