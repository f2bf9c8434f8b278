"""What one entity says of another is what the other says of itself."""

import numpy as np
import pytest

from datamimic import World

COUNTRIES = ("US", "DE", "VN")


@pytest.fixture(scope="module", params=COUNTRIES)
def world(request):
    return World("relations", request.param, sizes={"ecommerce.customer": 2_048, "ecommerce.product": 500}, strict=True)


def table(world, entity, columns, stop):
    return world[f"ecommerce.{entity}"][0:stop].select(columns).to_arrow().to_pandas()


@pytest.fixture(scope="module")
def shop(world):
    pytest.importorskip("pandas")
    orders = int(world.refer("ecommerce.customer", np.array([2_048])).children("ecommerce.order").first[0])
    lines = int(world.refer("ecommerce.order", np.array([orders])).children("ecommerce.order_line").first[0])
    reviews = int(world.refer("ecommerce.order_line", np.array([lines])).children("ecommerce.review").first[0])
    money = ["subtotal_amount", "tax_amount", "discount_amount", "shipping_tax", "total_amount", "refund_amount"]
    columns = {
        "product": ["product_id", "price", "currency", "rating", "review_count", "availability", "launched_on"],
        "customer": ["customer_id", "registered_at", "lifetime_value", "order_count", "currency"],
    }
    return {
        "product": table(world, "product", columns["product"], 500),
        "customer": table(world, "customer", columns["customer"], 2_048),
        "order": table(
            world, "order", ["order_id", "customer_id", "user_id", "date", "delivered_at", "currency", "status", *money], orders
        ),
        "line": table(
            world,
            "order_line",
            ["order_line_id", "order_id", "product_id", "line_number", "list_price", "line_total", "tax_amount",
             "coupon_discount", "refund_amount", "currency", "quantity"],
            lines,
        ),
        "review": table(
            world, "review", ["review_id", "order_line_id", "product_id", "customer_id", "stars", "written_at"], reviews
        ),
    }  # fmt: skip


def test_every_reference_exists(shop):
    assert set(shop["order"].customer_id) <= set(shop["customer"].customer_id)
    assert set(shop["line"].order_id) == set(shop["order"].order_id)
    assert set(shop["line"].product_id) <= set(shop["product"].product_id)
    assert set(shop["review"].order_line_id) <= set(shop["line"].order_line_id)
    for name, key in (
        ("product", "product_id"),
        ("customer", "customer_id"),
        ("order", "order_id"),
        ("line", "order_line_id"),
    ):
        assert shop[name][key].is_unique


def test_lifetime_value_is_the_sum_of_the_orders(shop):
    sums = shop["order"].groupby("customer_id").total_amount.sum()
    for customer in shop["customer"].itertuples():
        assert customer.lifetime_value == sums.get(customer.customer_id, 0)
    counts = shop["order"].customer_id.value_counts()
    assert all(counts.get(c.customer_id, 0) == c.order_count for c in shop["customer"].itertuples())


def test_rating_is_the_mean_of_the_reviews(shop):
    means = shop["review"].groupby("product_id").stars.agg(["mean", "count"])
    rated = 0
    for product in shop["product"].itertuples():
        if product.review_count == 0:
            assert product.product_id not in means.index and np.isnan(product.rating)
            continue
        rated += 1
        mean, count = means.loc[product.product_id]
        assert count == product.review_count
        assert abs(mean - product.rating) <= 0.05 + 1e-9
    assert rated > 230


def test_amounts_of_an_order_are_those_of_its_lines(shop):
    lines = shop["line"].groupby("order_id")[["line_total", "tax_amount", "coupon_discount"]].sum()
    orders = shop["order"].set_index("order_id")
    assert (orders.subtotal_amount == lines.line_total.loc[orders.index]).all()
    assert (orders.tax_amount - orders.shipping_tax == lines.tax_amount.loc[orders.index]).all()
    assert (orders.discount_amount == lines.coupon_discount.loc[orders.index]).all()
    assert (shop["order"].user_id == shop["order"].customer_id).all()


def test_one_currency_everywhere(shop, world):
    expected = {"US": "USD", "DE": "EUR", "VN": "VND"}[world.locale.country]
    assert {value for part in ("product", "customer", "order", "line") for value in shop[part].currency} == {expected}


def test_lines_cost_what_the_catalogue_says_and_sell_what_can_be_bought(shop):
    products = shop["product"].set_index("product_id")
    sold = products.loc[shop["line"].product_id]
    assert (sold.price.to_numpy() == shop["line"].list_price.to_numpy()).all()
    assert set(sold.availability) <= {"In Stock", "Low Stock"}
    first_order = shop["order"].date.min()
    assert (sold.launched_on.astype("datetime64[ns, UTC]") <= first_order).all()


def test_reviews_are_written_by_the_buyer_after_delivery(shop):
    lines = shop["line"].set_index("order_line_id").loc[shop["review"].order_line_id]
    orders = shop["order"].set_index("order_id").loc[lines.order_id]
    assert (lines.product_id.to_numpy() == shop["review"].product_id.to_numpy()).all()
    assert (orders.customer_id.to_numpy() == shop["review"].customer_id.to_numpy()).all()
    assert (shop["review"].written_at.to_numpy() > orders.delivered_at.to_numpy()).all()
    assert set(orders.status) <= {"delivered", "returned", "refunded"}
    assert shop["review"].order_line_id.is_unique


def test_orders_follow_the_registration_and_each_other(shop):
    registered = shop["customer"].set_index("customer_id").registered_at
    assert (shop["order"].date.to_numpy() >= registered.loc[shop["order"].customer_id].to_numpy()).all()
    assert shop["order"].groupby("customer_id").date.is_monotonic_increasing.all()


def test_slices_and_single_rows_are_the_same_values(world):
    for entity in ("product", "customer", "order", "order_line", "review"):
        rows = world[f"ecommerce.{entity}"]
        whole = rows[0:300].to_arrow().to_pylist()
        assert rows[290:300].to_arrow().to_pylist() == whole[290:]
        assert rows[123:124].to_arrow().to_pylist() == whole[123:124]


def test_rows_beyond_the_world_hang_together_too(world):
    review = world["ecommerce.review"][900_000]
    product = review.product
    assert review.order_line.product.product_id == product.product_id
    assert product.review_count >= 1
    assert review.order_line.order.customer.customer_id == review.customer.customer_id
