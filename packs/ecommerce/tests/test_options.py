"""Services, their options, and what they refuse."""

from random import Random

import pytest

from datamimic import World
from datamimic.errors import InvalidOption
from datamimic_pack_common.demographics.config import DemographicConfig
from datamimic_pack_ecommerce import CustomerService, OrderService, ProductService, ReviewService


def test_prices_stay_within_the_limits():
    for product in ProductService("US", min_price=20, max_price=30, rng=Random(1)).generate_batch(500):
        assert 20 <= product.price <= 30
    prices = {
        product.price for product in ProductService("GB", min_price=899.5, max_price=950.0, seed=1).generate_batch(300)
    }
    assert len(prices) > 5 and all(899.5 <= price <= 950 for price in prices)


def test_default_prices_are_those_of_the_described_product():
    prices = World(1, "US")["ecommerce.product"][0:20_000].select(["price"]).to_arrow()["price"].to_pylist()
    assert min(prices) >= 0.99 and max(prices) <= 999.99 and max(prices) > 900


def test_impossible_limits_are_refused():
    with pytest.raises(InvalidOption):
        ProductService("US", min_price=30, max_price=20)
    with pytest.raises(InvalidOption):
        ProductService("DE", min_price=40_000).generate()


def test_the_same_seed_gives_the_same_products():
    first = [p.to_dict() for p in ProductService("DE", rng=Random(42)).generate_batch(20)]
    assert first == [p.to_dict() for p in ProductService("DE", rng=Random(42)).generate_batch(20)]
    assert first != [p.to_dict() for p in ProductService("DE", rng=Random(43)).generate_batch(20)]


def test_attributes_are_those_of_the_described_product():
    order = OrderService("DE", seed=5).generate()
    for name in (
        "billing_address", "coupon_code", "currency", "date", "discount_amount", "notes", "order_id", "payment_method",
        "product_list", "shipping_address", "shipping_amount", "shipping_method", "status", "tax_amount", "total_amount",
        "user_id",
    ):  # fmt: skip
        assert name in order.to_dict()
    assert order.dataset == "DE"
    assert order.shipping_address.city and order.product_list[0].product_id
    product = ProductService("VN", seed=5).generate()
    for name in (
        "availability", "brand", "category", "color", "condition", "currency", "description", "dimensions", "name", "price",
        "product_id", "rating", "sku", "tags", "weight",
    ):  # fmt: skip
        assert name in product.to_dict()
    assert product.dataset == "VN"


def test_objects_lead_to_each_other():
    review = ReviewService("US", seed=9).generate()
    line = review.order_line
    assert line.product.product_id == review.product_id
    assert review.review_id in {each.review_id for each in line.reviews}
    customer = line.order.customer
    assert customer.customer_id == review.customer_id
    assert sum(order.total_amount for order in customer.orders) == customer.lifetime_value
    assert line.order.billing_address.city == customer.address.city


def test_customers_follow_the_demographic_options():
    service = CustomerService("DE", demographic_config=DemographicConfig(age_min=70, age_max=75), rng=Random(1337))
    assert {customer.age for customer in service.generate_batch(200)} <= set(range(70, 76))
    with pytest.raises(InvalidOption):
        CustomerService("US", min_age=12)
