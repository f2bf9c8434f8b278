"""Shares and shapes against the published figures that the tables cite."""

from collections import Counter

import numpy as np
import pytest

from datamimic import World

ROWS = 100_000


def column(world, entity, name, rows=ROWS):
    return world[f"ecommerce.{entity}"][0:rows].select([name]).to_arrow().column(0)


def shares(values):
    counts = Counter(values.to_pylist())
    return {value: count / len(values) * 100 for value, count in counts.items()}


@pytest.fixture(scope="module")
def us():
    return World("distributions", "US", strict=True)


def test_items_per_order_are_those_of_olist(us):
    lengths = us.refer("ecommerce.order", np.arange(102_400)).children("ecommerce.order_line").counts
    found = np.bincount(lengths) / len(lengths) * 100
    for items, percent in {1: 90.06, 2: 7.62, 3: 1.34, 4: 0.51, 5: 0.21}.items():
        assert abs(found[items] - percent) < 0.1


def test_stars_are_j_shaped(us):
    found = shares(column(us, "review", "stars"))
    for stars, percent in {5: 60, 4: 18, 3: 8, 2: 5, 1: 9}.items():
        assert abs(found[stars] - percent) < 1.0
    assert found[5] > found[4] > found[1] > found[3] > found[2]


@pytest.mark.parametrize(
    ("country", "published"),
    [
        ("DE", {"PayPal": 28.5, "Rechnung": 25.8, "SEPA-Lastschrift": 17.3, "Kreditkarte": 12.3, "Ratenkauf": 4.3}),
        ("VN", {"Thanh toán khi nhận hàng (COD)": 73 / 1.37, "Ví điện tử": 37 / 1.37, "Thẻ nội địa": 27 / 1.37}),
    ],
)
def test_payment_methods_are_those_of_the_country(country, published):
    found = shares(column(World("distributions", country), "order", "payment_method"))
    for method, percent in published.items():
        assert abs(found[method] - percent) < 0.6


def test_97_of_100_orders_arrive(us):
    arrived = 100 - column(us, "order", "delivered_at").null_count / ROWS * 100
    assert 96.5 < arrived < 98.5
    assert abs(shares(column(us, "order", "status"))["cancelled"] - 1.24) < 0.25


def test_returns_are_a_sixth_of_sales_and_in_germany_a_quarter_of_parcels(us):
    table = us["ecommerce.order"][0:ROWS].select(["total_amount", "refund_amount", "status"]).to_arrow()
    back = np.isin(table["status"].to_numpy(zero_copy_only=False), ["refunded", "returned"])
    refunds = table["refund_amount"].to_numpy().astype(float)
    assert 0.14 < refunds[back].sum() / table["total_amount"].to_numpy().astype(float).sum() < 0.19
    status = shares(column(World("distributions", "DE"), "order", "status"))
    assert abs(status["refunded"] + status["returned"] - 24.0) < 1.5


def test_purchases_are_heavy_tailed(us):
    orders = column(us, "customer", "order_count").to_numpy()
    values = np.sort(column(us, "customer", "lifetime_value").to_numpy().astype(float))[::-1]
    assert 0.5 < (orders == 1).mean() < 0.6
    assert orders.max() == 60
    assert values[: len(values) // 10].sum() / values.sum() > 0.4


def test_order_values_are_right_skewed(us):
    totals = column(us, "order", "total_amount").to_numpy().astype(float)
    assert np.median(totals) * 1.5 < totals.mean()


def test_november_and_the_evening_are_busy(us):
    dates = column(us, "order", "date").to_numpy().astype("datetime64[h]")
    year = dates[(dates >= np.datetime64("2025-01-01"))]
    months = np.bincount(year.astype("datetime64[M]").astype(int) % 12)
    assert months[10] + months[11] > 1.35 * (months[8] + months[9])
    local = (dates - np.timedelta64(6, "h")).astype("datetime64[h]")
    hours = np.bincount((local - local.astype("datetime64[D]")).astype(int), minlength=24)
    assert hours[20] > 3 * hours[6] and hours[3] < hours[12] / 5


@pytest.mark.parametrize("country", ["US", "DE", "VN", "GB", "FR", "ES"])
def test_prices_end_as_prices_do(country):
    table = World("distributions", country)["ecommerce.product"][0:ROWS].select(["price", "cost"]).to_arrow()
    cents = np.rint(table["price"].to_numpy().astype(float) * 100).astype(int)
    if country == "VN":
        assert (cents % 10_000 == 0).mean() > 0.93 and (cents % 100 == 0).all()
    else:
        assert np.isin(cents % 100, (99, 95, 49, 90, 79, 29, 0)).mean() > 0.95
    net = cents if country == "US" else cents / 1.25
    assert (net >= np.rint(table["cost"].to_numpy().astype(float) * 100)).mean() >= 0.95


def test_dear_categories_are_dear(us):
    table = us["ecommerce.product"][0:ROWS].select(["category_code", "price"]).to_arrow().to_pandas()
    medians = table.assign(price=table.price.astype(float)).groupby("category_code").price.median()
    assert medians["snacks"] < medians["books"] < medians["jeans"] < medians["bicycles"]
    assert medians["laptops"] > 20 * medians["stationery"]
