"""Catastrophe: a storm, hailstorm or flood that hit a region, with the number that its claims carry."""

from __future__ import annotations

from datetime import date

from datamimic import Clock, Data, Entity, Service, check, entity, field, from_row, serial
from datamimic.columns import Bools, Dates, Ints, Lists, Text
from datamimic_pack_insurance.events import happening


@entity(
    "catastrophe",
    size=1_024,
    happens="start_date",
    tables=("catastrophes", "catastrophe_zones", "zone_states", "catastrophe_sizes", "claim_seasons"),
)
class Catastrophe(Entity):
    """An event that hit many at once: of what kind, in which states, from when to when, and how large it was."""

    catastrophe_id: str = field(
        serial("CAT-{country}-#####", grows=True), key=True, doc="number of the event, on each of its claims"
    )
    kind_row: int = field(happening.kind_row, internal=True, doc="row of the table of kinds")
    kind: str = field(
        from_row("catastrophes", "kind", row="kind_row"), doc="hurricane, hailstorm, winter storm, flood …"
    )
    peril: str = field(from_row("catastrophes", "peril", row="kind_row"), doc="storm or flood: what covers answer for")
    zone: str = field(happening.zone, doc="part of the country that it hit")
    states: list[str] = field(happening.states, doc="codes of the states of that part, ISO 3166-2")
    days: int = field(happening.days, doc="how many days it lasted", unit="d")
    start_date: date = field(happening.start_date, doc="first day")
    end_date: date = field(happening.end_date, doc="last day")
    size: float = field(happening.size, doc="how many claims it made, relative to others of the country")


@check(Catastrophe, "an event lasted as many days as it says, and was over by the clock")
def event_has_its_days(start_date: Dates, end_date: Dates, days: Ints, clock: Clock) -> Bools:
    return ((end_date - start_date).astype("int64") + 1 == days) & (end_date <= clock.date)


@check(Catastrophe, "an event is of the season of its kind")
def event_in_season(kind: Text, start_date: Dates, data: Data) -> Bools:
    seasons = data["claim_seasons"]
    month = start_date.astype("datetime64[M]").astype("int64") % 12
    season = data["catastrophes"]["season"].take(data["catastrophes"].lookup("kind", kind))
    return seasons.floats("weight")[seasons.lookup("season", season) + month] > 0


@check(Catastrophe, "an event hit states of its zone")
def event_in_zone(zone: Text, states: Lists, data: Data) -> Bools:
    return (data["zone_states"].lookup("zone", zone) >= 0) & (states.lengths > 0)


class CatastropheService(Service[Catastrophe]):
    """Catastrophes of a country, those of the last ten years first."""
