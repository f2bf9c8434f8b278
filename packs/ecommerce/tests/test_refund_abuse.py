"""Abused returns: exact counts, an answer key, and a clean twin that differs in nothing else."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from datamimic import World

ROWS = 6_000


def orders(world: World) -> pd.DataFrame:
    columns = [
        "order_id",
        "customer_id",
        "date",
        "total_amount",
        "delivered_at",
        "returned_at",
        "refunded_at",
        "status",
    ]
    return world["ecommerce.order"][0:ROWS].select([*columns, "refund_amount", "shipping_method"]).to_pandas()


@pytest.fixture(scope="module")
def world() -> World:
    return World("abuse", "DE").with_options("ecommerce.order", refund_abuse_rate=0.03)


@pytest.fixture(scope="module")
def found(world: World) -> pd.DataFrame:
    key = world["ecommerce.refund_abuse"][0 : ROWS * 3 // 100].to_pandas()
    rows = orders(world)
    rows["abusive"] = rows["order_id"].isin(key["order_id"])
    assert rows["abusive"].sum() == len(key)
    return rows


def test_every_thousand_orders_have_exactly_as_many_as_asked_for(found: pd.DataFrame) -> None:
    assert found.groupby(np.arange(ROWS) // 1_000)["abusive"].sum().tolist() == [30] * 6


def test_what_was_abused_was_paid_back(found: pd.DataFrame) -> None:
    abused = found[found["abusive"]]
    assert (abused["status"].astype(str) == "refunded").all()
    assert (abused["refund_amount"] > 0).all()


def test_a_few_do_it_again_and_again(found: pd.DataFrame) -> None:
    """Half as many customers as chance would take."""
    assert found[found["abusive"]]["customer_id"].nunique() < 0.6 * found["abusive"].sum()


def test_the_clean_twin_differs_in_the_abused_orders_alone(world: World, found: pd.DataFrame) -> None:
    twin = orders(world.with_options("ecommerce.order", refund_abuse_rate=0.0))
    other = found[list(twin)]
    same = (other.astype(object) == twin.astype(object)) | (other.isna() & twin.isna())
    assert same.loc[~found["abusive"]].all().all()
    lasting = ["order_id", "customer_id", "date", "total_amount", "delivered_at", "shipping_method"]
    assert same[lasting].all().all()
    assert same.loc[found["abusive"], "returned_at"].mean() < 0.2
