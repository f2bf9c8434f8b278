"""What is special about this pack; what every pack keeps is in test_contract.py."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from acme_energy.calendar import quarter_hours
from acme_energy.entities.contract import Contract
from acme_energy.entities.customer import Customer, OutageNotice
from acme_energy.entities.invoice import Invoice, InvoiceLine
from acme_energy.entities.outage import Outage
from acme_energy.entities.places import GridArea
from acme_energy.entities.reading import MeteredDay, Reading
from acme_energy.entities.tariff import Tariff
from acme_energy.entities.visit import Visit

from datamimic import World, kilometres
from datamimic.errors import InvalidOption


@pytest.fixture(scope="module")
def here() -> World:
    return World("energy", "de_DE")


def test_every_day_has_as_many_readings_as_its_clocks_have_quarters(here: World) -> None:
    days = here[MeteredDay][0:4_000].select(["metered_day_id", "quarters"]).to_arrow().to_pylist()
    assert {day["quarters"] for day in days} == {92, 96, 100}
    readings = here[Reading][0 : sum(day["quarters"] for day in days)].select(["metered_day_id"]).to_arrow()
    found = Counter(readings.column(0).to_pylist())
    assert found == {day["metered_day_id"]: day["quarters"] for day in days}


def test_spring_loses_an_hour_and_autumn_has_one_more() -> None:
    days = np.array(["2026-03-29", "2026-06-01", "2026-10-25"], dtype="datetime64[D]")
    assert quarter_hours(days, "Europe/Paris").tolist() == [92, 96, 100]


def test_contracts_follow_each_other(here: World) -> None:
    contracts = list(here[Contract][0:200])
    later = [each for each in contracts if each.predecessor is not None]
    assert 50 < len(later) < 150
    assert all(each.predecessor.customer == each.customer for each in later)
    same = sum(each.meter == each.predecessor.meter for each in later)
    assert 0.7 < same / len(later) < 0.9, "the meter is mostly the one before"


def test_houses_have_more_contracts(here: World) -> None:
    customers = here[Customer][0:1_500].select(["customer_id", "dwelling"]).to_arrow().to_pylist()
    dwelling = {each["customer_id"]: each["dwelling"] for each in customers}
    owners = here[Contract][0:2_000].select(["customer_id"]).to_arrow().column(0).to_pylist()
    count = Counter(dwelling[owner] for owner in owners)
    live = Counter(dwelling[owner] for owner in set(owners))
    assert count["house"] / live["house"] > 1.2 * count["flat"] / live["flat"]


def test_invoices_are_seen_as_they_stood(here: World) -> None:
    invoices = here[Invoice][0:600].select(["invoice_id", "issued_on", "due_on", "status"])
    now = {row["invoice_id"]: row for row in invoices.to_arrow().to_pylist()}
    moment = sorted(row["issued_on"] for row in now.values())[300]
    seen = here.as_of(moment)
    then = seen[Invoice][0:600].select(invoices.columns).to_arrow().to_pylist()
    assert 300 < len(then) < 600
    assert all(row["status"] == ("due" if row["due_on"] <= moment else "open") for row in then)
    assert {row["status"] for row in then} == {"due", "open"}
    told = invoices.changes(moment).read_all().to_pylist()
    after = {row["invoice_id"]: row for row in [*then, *told]}
    assert {key: row["status"] for key, row in after.items()} == {key: row["status"] for key, row in now.items()}
    lines = seen[InvoiceLine][0:600].to_arrow()["invoice_id"].to_pylist()
    assert set(lines) <= {each.invoice_id for each in seen[Invoice][0:900]}


def test_sums_are_those_of_the_lines(here: World) -> None:
    for invoice in here[Invoice][0:40]:
        amounts = [round(line.energy * line.unit_price + Decimal("0.000001"), 2) for line in invoice.lines]
        assert invoice.net == sum(amounts) == sum(line.amount for line in invoice.lines)


def test_prices_have_four_decimals(here: World) -> None:
    prices = [line.unit_price for line in here[InvoiceLine][0:50]]
    assert {price.as_tuple().exponent for price in prices} == {-4}
    assert any(price != round(price, 2) for price in prices)


def test_invoices_are_as_many_as_the_table_says_by_status(here: World) -> None:
    found: dict[str, set[int]] = {}
    for contract in here[Contract][0:300]:
        found.setdefault(contract.status, set()).add(len(contract.invoices))
    assert found == {"active": {0, 1, 4}, "disputed": {1, 2}, "ended": {1, 12}}


def test_outages_hit_meters_of_their_area(here: World) -> None:
    assert all(outage.first_hit.grid_area == outage.grid_area for outage in here[Outage][0:100])


def test_technicians_come_from_one_of_the_three_nearest_depots(here: World) -> None:
    depots = here["energy.depot"][0:200].select(["depot_id", "latitude", "longitude"]).to_arrow().to_pydict()
    for visit in here[Visit][0:50]:
        ways = kilometres(visit.meter.latitude, visit.meter.longitude, depots["latitude"], depots["longitude"])
        nearest = [depots["depot_id"][place] for place in np.argsort(ways)[:3]]
        assert visit.depot.depot_id in nearest


def test_tariffs_and_notices_come_once(here: World) -> None:
    assert len({(each.medium, each.kind, each.green) for each in here[Tariff][0:12]}) == 12
    with pytest.raises(InvalidOption, match="12 different values, not 13"):
        here[Tariff][0:13].to_arrow()
    pairs = [(each.customer.customer_id, each.grid_area.area_code) for each in here[OutageNotice][0:500]]
    assert len(set(pairs)) == 500


def test_substations_are_those_of_the_file_or_those_that_are_given(here: World, tmp_path: Path) -> None:
    large = Counter(area.substation.substation_id for area in here[GridArea][0:400])
    assert large.most_common(1)[0][0] == "UW-04" and large["UW-05"] < 40
    mine = tmp_path / "mine.csv"
    mine.write_text("code,kilovolts,megawatts,built\nX-1,110,80,2001\n", encoding="utf-8")
    other = World("energy", "de_DE", given={"energy.substation": str(mine)})
    assert {area.substation.substation_id for area in other[GridArea][0:50]} == {"X-1"}
    assert [area.town for area in other[GridArea][0:50]] == [area.town for area in here[GridArea][0:50]]


def test_a_slice_is_a_slice(here: World) -> None:
    for entity in (Contract, Invoice, Reading, Visit):
        rows = here[entity]
        assert rows[700:720].to_arrow().equals(rows[0:720].to_arrow().slice(700))
