"""Every check of every entity, over many rows in every country."""

import pytest
from sample_size import CHECKED

from datamimic import World
from datamimic.checks.checking import check_rows

ENTITIES = ("product", "customer", "order", "order_line", "review")
COUNTRIES = ("US", "DE", "VN", "GB", "FR", "ES")


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("entity", ENTITIES)
def test_no_check_is_violated_in_many_rows(entity, country):
    world = World("coherence", country, strict=True)
    findings = check_rows(world[f"ecommerce.{entity}"][0:CHECKED])
    own = [finding for finding in findings if finding.rows]
    assert len(own) >= 3
    assert {f.check: (f.violations, f.samples) for f in findings if f.violations or f.skipped} == {}


@pytest.mark.parametrize("clock", ["2020-09-15T12:34:56Z", "2028-02-29"])
def test_checks_hold_at_other_clocks(clock):
    world = World(3, "DE", clock, strict=True)
    for entity in ENTITIES:
        assert [f for f in check_rows(world[f"ecommerce.{entity}"][0:20_000]) if f.violations] == []


def test_every_entity_is_offered_for_all_its_countries():
    from datamimic_pack_ecommerce import CustomerService, OrderLineService, OrderService, ProductService, ReviewService

    for service in (ProductService, CustomerService, OrderService, OrderLineService, ReviewService):
        assert set(COUNTRIES) <= set(service.supported_datasets()), service
