"""`/config`, `/configurations`, `/schemas`, `/uploads`: what jobs are made of."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, File, Form, Query, Response, UploadFile
from pydantic import BaseModel, ConfigDict, Field

from datamimic import DatamimicError
from datamimic.errors import UnknownName
from datamimic_models.templates import template_text, templates
from datamimic_platform.api.known import Here, IfMatch, Page, PageSize, Who, etag, pieces, seen_version, text_of
from datamimic_platform.security.rights import Right
from datamimic_platform.security.uploads import safe_name, too_large
from datamimic_platform.services import configurations, uploads

routes = APIRouter(tags=["configurations"])


class Written(BaseModel):
    model_config = ConfigDict(extra="forbid")

    text: str
    file_name: str = Field(default="config.yaml", max_length=110)
    remark: str = Field(default="", max_length=1_000)
    purpose: Literal["configuration", "template", "plan"] = "configuration"


@routes.post("/config/validate")
def validate(
    store: Here,
    actor: Who,
    config: Annotated[dict[str, Any], Body(examples=[{"tables": []}])],
    check_relationships: bool = False,
) -> dict[str, Any]:
    text, name = text_of(config, None, None)
    return configurations.validate(store, actor, text or "", name, relationships=check_relationships)


@routes.post("/config/upload", status_code=201)
def upload_config(
    store: Here,
    actor: Who,
    answer: Response,
    file: Annotated[UploadFile, File()],
    name: Annotated[str | None, Form(max_length=100)] = None,
    if_match: IfMatch = None,
) -> dict[str, Any]:
    """Store a version of a configuration: a new one, or with If-Match the next."""
    actor.require(Right.WRITE)
    plain, most = safe_name(file.filename), store.settings.config_bytes
    content = file.file.read(most + 1)
    if len(content) > most:
        raise too_large(most)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DatamimicError("platform.bad_upload", "the configuration is no UTF-8", path="$.file") from None
    seen = seen_version(if_match, needed=False)
    made = configurations.save(store, actor, name or plain.rpartition(".")[0], text, plain, seen=seen)
    answer.headers.update(etag(made["version"]))
    return made


@routes.get("/configurations")
def list_configurations(
    store: Here,
    actor: Who,
    page: Page = 1,
    page_size: PageSize = 20,
    purpose: Literal["configuration", "template", "plan"] = "configuration",
) -> dict[str, Any]:
    return configurations.configurations(store, actor, page, page_size, purpose)


@routes.get("/configurations/{name}")
def get_configuration(
    store: Here, actor: Who, name: str, answer: Response, version: Annotated[int | None, Query(ge=1, le=10**9)] = None
) -> dict[str, Any]:
    found = configurations.configuration(store, actor, name, version)
    answer.headers.update(etag(found["version"]))
    return found


@routes.get("/configurations/{name}/history")
def get_history(store: Here, actor: Who, name: str) -> dict[str, Any]:
    return {"items": configurations.history(store, actor, name)}


@routes.put("/configurations/{name}")
def save_configuration(
    store: Here, actor: Who, name: str, body: Written, answer: Response, if_match: IfMatch = None
) -> dict[str, Any]:
    """A new one without If-Match; a new version with the ETag of the newest."""
    seen = seen_version(if_match, needed=False)
    made = configurations.save(
        store, actor, name, body.text, body.file_name, seen=seen, remark=body.remark, purpose=body.purpose
    )
    answer.headers.update(etag(made["version"]))
    return made


@routes.delete("/configurations/{name}", status_code=204)
def delete_configuration(store: Here, actor: Who, name: str, if_match: IfMatch = None) -> None:
    seen = seen_version(if_match)
    assert seen is not None
    configurations.delete(store, actor, name, seen)


@routes.get("/schemas")
def list_schemas(store: Here, actor: Who) -> dict[str, Any]:
    """Templates: models that run as they are; those of the packages, and those of the workspace (`own`)."""
    actor.require(Right.READ)
    own = configurations.configurations(store, actor, 1, 200, "template")["items"]
    mine = [{"name": each["name"], "summary": each["remark"], "own": True} for each in own]
    return {"items": [{"name": name, "summary": text, "own": False} for name, text in templates().items()] + mine}


@routes.get("/schemas/{schema_name}")
def get_schema(store: Here, actor: Who, schema_name: str) -> dict[str, Any]:
    actor.require(Right.READ)
    if schema_name not in templates():
        own = configurations.configurations(store, actor, 1, 200, "template")["items"]
        if schema_name in [each["name"] for each in own]:
            kept = configurations.configuration(store, actor, schema_name)
            return {"name": schema_name, "file_name": kept["file_name"], "text": kept["text"]}
        hint = UnknownName("schema", schema_name, templates()).hint
        raise DatamimicError("platform.not_found", "there is no such schema", hint=hint)
    return {"name": schema_name, "file_name": f"{schema_name}.yaml", "text": template_text(schema_name)}


@routes.post("/uploads", status_code=201)
def upload(store: Here, actor: Who, file: Annotated[UploadFile, File()]) -> dict[str, Any]:
    """A file for jobs: CSV, JSON, Parquet, Arrow or XLSX."""
    return uploads.upload(store, actor, file.filename, pieces(file))


@routes.get("/uploads")
def list_uploads(store: Here, actor: Who, page: Page = 1, page_size: PageSize = 20) -> dict[str, Any]:
    return uploads.uploads(store, actor, page, page_size)


@routes.delete("/uploads/{upload_id}", status_code=204)
def remove_upload(store: Here, actor: Who, upload_id: str) -> None:
    uploads.remove(store, actor, upload_id)
