"""Tax by country, state, class of goods and day."""

from decimal import Decimal

import numpy as np
import pytest

from datamimic import Text, World
from datamimic_pack_ecommerce.amounts import divide, tax_on, tax_within
from datamimic_pack_ecommerce.entities.product import Product
from datamimic_pack_ecommerce.orders.taxation import ByRate, net_of
from datamimic_pack_ecommerce.tax import TaxRates


def rate(country, tax_class, day, state="*", price=2_000):
    world = World(0, country, strict=True)
    rates = TaxRates.of(world, world.data(Product))
    found = rates.at(
        rates.class_numbers(Text.of([tax_class])),
        rates.state_numbers(Text.of([state])),
        np.array([day], dtype="datetime64[D]"),
        np.array([price]),
    )
    return found[0] / 10_000


@pytest.mark.parametrize(
    ("country", "tax_class", "day", "expected"),
    [
        ("DE", "standard", "2020-06-30", 19), ("DE", "standard", "2020-07-01", 16), ("DE", "standard", "2020-12-31", 16),
        ("DE", "standard", "2021-01-01", 19), ("DE", "books", "2020-08-01", 5), ("DE", "books", "2024-08-01", 7),
        ("GB", "standard", "2024-01-01", 20), ("GB", "baby_seat", "2024-01-01", 5), ("GB", "books", "2024-01-01", 0),
        ("GB", "kids_clothing", "2024-01-01", 0), ("FR", "standard", "2024-01-01", 20), ("FR", "plants", "2024-01-01", 10),
        ("FR", "books", "2024-01-01", 5.5), ("FR", "magazines", "2024-01-01", 2.1), ("ES", "standard", "2024-01-01", 21),
        ("ES", "snacks", "2024-01-01", 10), ("ES", "books", "2024-01-01", 4), ("ES", "pantry", "2024-01-01", 0),
        ("VN", "standard", "2022-01-31", 10), ("VN", "standard", "2022-02-01", 8), ("VN", "standard", "2023-03-01", 10),
        ("VN", "standard", "2023-07-01", 8), ("VN", "it", "2025-06-30", 10), ("VN", "it", "2025-07-01", 8),
    ],
)  # fmt: skip
def test_rates_follow_the_law(country, tax_class, day, expected):
    assert rate(country, tax_class, day) == expected


@pytest.mark.parametrize("state", ["US-OR", "US-MT", "US-NH", "US-DE", "US-AK"])
def test_states_without_a_sales_tax(state):
    assert rate("US", "standard", "2024-05-01", state) == 0


def test_us_exemptions():
    assert rate("US", "standard", "2024-05-01", "US-CA") == 7.25
    assert rate("US", "standard", "2024-05-01", "US-MN") == 6.875
    assert rate("US", "clothing", "2024-05-01", "US-PA") == 0
    assert rate("US", "clothing", "2024-05-01", "US-NY", price=10_999) == 0
    assert rate("US", "clothing", "2024-05-01", "US-NY", price=11_000) == 4
    assert rate("US", "pantry", "2022-12-31", "US-KS") == 6.5
    assert rate("US", "pantry", "2025-01-01", "US-KS") == 0


def test_rounding():
    assert divide(np.array([5, 15, 25]), 10).tolist() == [1, 2, 3]
    assert divide(np.array([149_99, 150_00]), 1, 100).tolist() == [15_000, 15_000]
    assert tax_within(np.array([1_999]), np.array([190_000]), 1).tolist() == [319]
    assert tax_on(np.array([1_999]), np.array([72_500]), 1).tolist() == [145]
    assert tax_within(np.array([10_990_000]), np.array([80_000]), 100).tolist() == [814_100]


def test_every_us_address_has_a_rate():
    orders = World(4, "US", strict=True)["ecommerce.order"][0:50_000]
    table = orders.select(["shipping_address.state_code", "tax_amount"]).to_arrow()
    by_state = {}
    for state, tax in zip(*(table.column(i).to_pylist() for i in range(2)), strict=True):
        by_state.setdefault(state, []).append(tax)
    assert len(by_state) >= 50
    assert all(sum(by_state[state]) == 0 for state in ("US-OR", "US-MT", "US-NH", "US-DE"))
    assert sum(by_state["US-CA"]) > 0


@pytest.mark.parametrize("country", ["DE", "GB", "FR", "ES", "VN"])
def test_shelf_prices_contain_the_tax(country):
    """To a minor unit a piece: a bill's tax is its rate of a net amount (BR-CO-17), which not every shelf price has."""
    table = World(4, country, strict=True)["ecommerce.order_line"][0:20_000]
    lines = table.select(
        ["quantity", "list_price", "line_total", "tax_amount", "promotion_percent", "coupon_discount"]
    ).to_arrow()
    plain = [row for row in lines.to_pylist() if row["promotion_percent"] == 0 and row["coupon_discount"] == 0]
    assert len(plain) > 10_000
    apart = [row["quantity"] * row["list_price"] - row["line_total"] - row["tax_amount"] for row in plain]
    minor = 1 if country == "VN" else Decimal("0.01")
    assert all(abs(cents) <= row["quantity"] * minor for cents, row in zip(apart, plain, strict=True))
    assert sum(cents == 0 for cents in apart) > 0.4 * len(plain)


def test_a_net_price_and_its_tax_are_at_most_the_gross_one():
    gross = np.arange(1, 3_000)
    for rate, unit in ((200_000, 1), (190_000, 1), (80_000, 1), (21_000, 1), (0, 1)):
        net = net_of(gross, np.full_like(gross, rate), unit)
        whole = net + tax_on(net, rate, unit)
        assert ((whole <= gross) & (net + unit + tax_on(net + unit, rate, unit) > gross)).all()


def test_the_tax_of_a_rate_is_shared_among_its_lines():
    order, rate = np.array([0, 0, 0, 1]), np.array([200_000, 50_000, 200_000, 200_000])
    lines = ByRate(order, rate)
    assert lines.so_far(np.array([832, 100, 832, 5])).tolist() == [832, 100, 1_664, 5]
    assert lines.steps(np.array([166, 5, 333, 1])).tolist() == [166, 5, 167, 1]
    assert lines.last(np.array([True, True, False, False])).tolist() == [True, True, False, False]
