"""Sessions and orders are one story: judged with pandas, on columns that are read as any user reads them."""

from __future__ import annotations

import pandas as pd
import pytest

from datamimic import World
from datamimic_pack_ecommerce.visits.visitors import AMONG

VISITORS = 24_000


@pytest.fixture(scope="module")
def world() -> World:
    return World("sessions", "GB", "2025-06-15T00:00:00Z")


@pytest.fixture(scope="module")
def visitors(world: World) -> pd.DataFrame:
    return world["ecommerce.visitor"][0:VISITORS].to_pandas()


@pytest.fixture(scope="module")
def sessions(world: World, visitors: pd.DataFrame) -> pd.DataFrame:
    return world["ecommerce.session"][0 : int(visitors["session_count"].sum())].to_pandas()


@pytest.fixture(scope="module")
def orders(world: World) -> pd.DataFrame:
    customers = VISITORS // AMONG
    counts = world["ecommerce.customer"][0:customers].select(["order_count"]).to_pandas()["order_count"]
    columns = ["order_id", "customer_id", "date", "product_list", "customer.channel"]
    return world["ecommerce.order"][0 : int(counts.sum())].select(columns).to_pandas().set_index("order_id")


def test_every_order_has_one_session_and_every_session_that_ordered_one_order(
    sessions: pd.DataFrame, orders: pd.DataFrame
) -> None:
    placed = sessions[sessions["outcome"] == "ordered"].set_index("order_id")
    assert placed.index.is_unique and set(placed.index) == set(orders.index)
    of_order = orders.loc[placed.index]
    assert (placed["ordered_at"] == of_order["date"]).all()
    assert (placed["customer_id"].astype(str) == of_order["customer_id"].astype(str)).all()
    for cart, articles in zip(placed["cart"], of_order["product_list"], strict=True):
        assert [(each["product_id"], each["quantity"], each["price"]) for each in cart] == [
            (each["product_id"], each["quantity"], each["price"]) for each in articles
        ]


def test_funnel_narrows_as_published(sessions: pd.DataFrame) -> None:
    ordered = sessions["outcome"] == "ordered"
    carts = sessions["cart_at"].notna()
    assert 0.025 < ordered.mean() < 0.036
    assert 0.66 < 1 - ordered.sum() / carts.sum() < 0.73
    by_device = ordered.groupby(sessions["device"].astype(str)).mean()
    assert 1.6 < by_device["desktop"] / by_device["mobile"] < 3.0


def test_nobody_is_in_two_sessions_at_a_time(sessions: pd.DataFrame) -> None:
    before = sessions.groupby("visitor_id", observed=True)["ended_at"].shift()
    later = before.notna()
    assert later.sum() > 10_000
    assert (sessions["started_at"] >= before)[later].all()


def test_visitors_are_seen_when_their_sessions_are(visitors: pd.DataFrame, sessions: pd.DataFrame) -> None:
    found = sessions.groupby("visitor_id", observed=True)["started_at"].agg(["min", "max", "size"])
    found = found.loc[visitors["visitor_id"]]
    assert (found["min"].to_numpy() == visitors["first_seen_at"].to_numpy()).all()
    assert (found["max"].to_numpy() == visitors["last_seen_at"].to_numpy()).all()
    assert (found["size"].to_numpy() == visitors["session_count"].to_numpy()).all()


def test_every_customer_is_one_visitor_and_came_first_by_the_own_channel(world: World, visitors: pd.DataFrame) -> None:
    customers = world["ecommerce.customer"][0 : VISITORS // AMONG].to_pandas().set_index("customer_id")
    known = visitors.dropna(subset=["customer_id"])
    assert sorted(known["customer_id"]) == sorted(customers.index)
    assert (customers.loc[known["customer_id"], "channel"].astype(str).to_numpy() == known["channel"].astype(str)).all()


def test_a_cart_that_was_left_may_be_taken_up_again(sessions: pd.DataFrame) -> None:
    """By the next order of the same customer, with the same articles, and not of everybody."""
    articles = sessions["cart"].map(lambda cart: tuple((each["product_id"], each["quantity"]) for each in cart))
    ordered = sessions["outcome"] == "ordered"
    following = articles.where(ordered).groupby(sessions["visitor_id"], observed=True).bfill()
    left = sessions["outcome"].isin(("cart", "checkout")) & following.notna()
    again = (articles == following)[left]
    assert left.sum() > 100 and 0.15 < again.mean() < 0.6


def test_customers_of_a_cohort_come_back_ever_more_rarely(world: World) -> None:
    orders = world["ecommerce.order"][0:20_000].select(["customer_id", "date"]).to_pandas()
    first = orders.groupby("customer_id", observed=True)["date"].transform("min")
    old = orders[first < "2023-06-01"]
    quarter = (old["date"] - first[old.index]).dt.days // 91
    active = old.groupby(quarter)["customer_id"].nunique()
    assert active[0] > 2 * active[1] and active[1] + active[2] > 1.3 * (active[6] + active[7]) > 0
