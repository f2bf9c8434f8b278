"""Schedules: when each runs next, in its own zone, what became of the past runs, and a form for each."""

from __future__ import annotations

from typing import Annotated, Any
from zoneinfo import available_timezones

from fastapi import APIRouter, Form, Response

from datamimic import DatamimicError
from datamimic_platform.pages.visiting import Changing, Visit, Visitor, to
from datamimic_platform.scheduling.firing import MISFIRES, OVERLAPS
from datamimic_platform.security.rights import Right
from datamimic_platform.services import configurations, schedules

routes = APIRouter(prefix="/schedules")
Word = Annotated[str, Form(max_length=200)]
_BLANK = {
    "name": "", "configuration": "", "how": "cron", "when": "0 6 * * 1-5", "zone": "UTC", "misfire": "once",
    "overlap": "skip", "enabled": "yes", "rows": "", "seen": "",
}  # fmt: skip


@routes.get("")
def schedule_list(visit: Visitor) -> Response:
    return visit.page("schedules.html", found=schedules.schedules(visit.store, visit.actor, size=200))


@routes.get("/new")
def new(visit: Visitor) -> Response:
    visit.actor.require(Right.WRITE)
    return _form(visit, dict(_BLANK))


@routes.post("/save")
def save(
    visit: Changing,
    name: Word = "",
    configuration: Word = "",
    how: Word = "cron",
    when: Word = "",
    zone: Word = "UTC",
    misfire: Word = "once",
    overlap: Word = "skip",
    enabled: Word = "",
    rows: Word = "",
    seen: Word = "",
) -> Response:
    given = {"name": name, "configuration": configuration, "how": how, "when": when, "zone": zone, "rows": rows}
    given |= {"misfire": misfire, "overlap": overlap, "enabled": enabled, "seen": seen}
    try:
        options: dict[str, Any] = {"rows": _whole(rows, "rows")} if rows else {}
        plan = schedules.Plan(
            name=name,
            trigger={how: _whole(when, "the seconds") if how == "every_seconds" else when},
            job={"kind": "generate", "configuration": configuration, "options": options},
            zone=zone,
            misfire=misfire,
            overlap=overlap,
            enabled=enabled == "yes",
        )
        made = schedules.save(visit.store, visit.actor, plan, seen=_whole(seen, "the version") if seen else None)
    except DatamimicError as error:
        visit.actor.require(Right.WRITE)
        return _form(visit, given, error)
    return to(f"/schedules/{made['name']}")


@routes.get("/{name}")
def schedule(visit: Visitor, name: str) -> Response:
    found = schedules.schedule(visit.store, visit.actor, name)
    how, when = next((key, value) for key, value in found["trigger"].items() if value is not None and key in HOWS)
    given = {
        **_BLANK,
        **{key: str(found[key]) for key in ("name", "zone", "misfire", "overlap")},
        "how": how,
        "when": str(when),
        "configuration": found["job"].get("configuration") or "",
        "rows": str(found["job"].get("options", {}).get("rows") or ""),
        "enabled": "yes" if found["enabled"] else "",
        "seen": str(found["version"]),
    }
    return _form(visit, given, found=found)


@routes.post("/{name}/remove")
def remove(visit: Changing, name: str) -> Response:
    schedules.remove(visit.store, visit.actor, name)
    return to("/schedules")


HOWS = {"cron": "Cron expression", "every_seconds": "Every so many seconds", "at": "Once, at a moment"}


def _form(
    visit: Visit,
    given: dict[str, str],
    wrong: DatamimicError | None = None,
    *,
    found: dict[str, Any] | None = None,
) -> Response:
    return visit.page(
        "schedule.html",
        answered=400 if wrong else 200,
        given=given,
        found=found,
        wrong=wrong,
        hows=HOWS,
        misfires=list(MISFIRES),
        overlaps=list(OVERLAPS),
        zones=sorted(available_timezones()),
        stored=configurations.configurations(visit.store, visit.actor, size=200)["items"],
    )


def _whole(text: str, what: str) -> int:
    if not text.isascii() or not text.isdecimal() or len(text) > 12:
        raise DatamimicError("platform.bad_request", f"{what} is no whole number", hint="as 3600")
    return int(text)
