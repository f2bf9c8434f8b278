"""Contracts over years, recomputed with pandas from the tables alone: terms, classes, earlier claims, bundles, events, law."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from datamimic import World

HOLDERS = 2_000
DAY = pd.Timedelta(days=1)


class Book:
    """The tables of so many holders, with all their policies, terms and claims."""

    def __init__(self, country: str) -> None:
        self.world = World("lives", country)
        self.clock = pd.Timestamp(self.world.clock.date)
        self.holders = self.read("insured", HOLDERS, ["insured_id", "prior_claims", "claim_free_years", "policy_count"])
        count = int(self.holders.policy_count.sum())
        self.policies = self.read(
            "insurance_policy", count,
            ["id", "policy_holder_id", "company_id", "product_code", "line", "start_date", "cancellation_date", "status",
             "cancellation_reason", "end_date", "claim_count", "policy_holder.employment", "policy_holder.income"],
        )  # fmt: skip
        parents = self.world.refer("insurance.insurance_policy", np.arange(count))
        terms = int(parents.children("insurance.policy_term").counts.sum())
        self.terms = self.read(
            "policy_term", terms,
            ["term_id", "policy_id", "product_code", "number", "start_date", "end_date", "cover_ends", "at_fault_claims",
             "no_claims_class", "discount", "net_premium", "currency"],
        )  # fmt: skip
        self.claims = self.read(
            "claim", int(self.policies.claim_count.sum()),
            ["claim_number", "policy_id", "term_id", "product_code", "coverage_code", "cause", "loss_date", "report_date",
             "at_fault", "catastrophe_id", "loss_amount", "deductible", "coinsurance", "paid_amount", "status"],
        )  # fmt: skip
        self.claims = self.claims.merge(
            self.policies[["id", "policy_holder_id"]], left_on="policy_id", right_on="id", validate="many_to_one"
        )

    def read(self, entity: str, count: int, columns: list[str]) -> pd.DataFrame:
        table = self.world[f"insurance.{entity}"][0:count].select(columns).to_arrow().to_pandas()
        for name in table.columns:
            if name.endswith(("_date", "_ends")):
                table[name] = pd.to_datetime(table[name])
        return table


THOROUGH = [pytest.param(country, marks=pytest.mark.thorough) for country in ("DE", "FR")]


@pytest.fixture(scope="module", params=["US", *THOROUGH])
def book(request: pytest.FixtureRequest) -> Book:
    return Book(request.param)


def test_earlier_claims_are_at_least_those_that_exist(book: Book) -> None:
    recent = book.claims[book.claims.report_date >= book.clock - pd.DateOffset(years=5)]
    known = recent.groupby("policy_holder_id").size().reindex(book.holders.insured_id).fillna(0).to_numpy()
    assert (book.holders.prior_claims.to_numpy() >= known).all()
    assert known.sum() > 200
    guilty = book.claims[book.claims.at_fault & (book.claims.report_date > book.clock - pd.DateOffset(years=1) + DAY)]
    free = book.holders.set_index("insured_id").claim_free_years.loc[guilty.policy_holder_id.unique()]
    assert len(free) > 20
    assert (free == 0).all()


def test_terms_are_a_chain(book: Book) -> None:
    terms = book.terms
    following = terms.policy_id.eq(terms.policy_id.shift())
    assert (terms.start_date[following] == terms.end_date.shift()[following]).all()
    assert (terms.number[following] == terms.number.shift()[following] + 1).all()
    assert terms.cover_ends.shift()[following].isna().all()
    assert terms.start_date.dt.year.nunique() >= 8
    assert following.mean() > 0.5


def test_classes_move_by_the_claims_of_the_year_before(book: Book) -> None:
    """Of yearly terms: better without a claim that was the driver's fault, never better with one."""
    claims = book.claims[book.claims.at_fault].merge(
        book.terms[["term_id"]].assign(place=np.arange(len(book.terms))), on="term_id"
    )
    terms = book.terms.reset_index(drop=True)
    motor = terms.no_claims_class.notna() & (terms.product_code != "PAP-L") & (terms.product_code != "PAP-F6")
    following = terms.policy_id.eq(terms.policy_id.shift()) & motor
    late = set(claims.policy_id[(claims.report_date - claims.loss_date).dt.days > 0])
    quiet = following & ~terms.policy_id.isin(late)
    counted = claims.groupby("place").size().reindex(range(len(terms))).fillna(0)
    expected = counted.shift()[quiet]
    assert (terms.at_fault_claims[quiet] == expected).mean() > 0.9
    table = book.world.tables("insurance")["no_claims_states"]
    states = {str(name): place for place, name in enumerate(table["no_claims_class"].tolist())}
    now, before = (
        terms.no_claims_class.map(states).astype(float),
        terms.no_claims_class.shift().map(states).astype(float),
    )
    moved = now[following] - before[following]
    assert (moved[terms.at_fault_claims[following] > 0] <= 0).all()
    assert (moved[terms.at_fault_claims[following] == 0] >= 0).all()
    assert (moved > 0).mean() > 0.2


def test_nobody_covers_one_risk_twice(book: Book) -> None:
    """Cars apart, of which somebody may have two."""
    own = book.policies[~book.policies.line.isin(["auto", "motorcycle", "life"])].copy()
    own["until"] = own.cancellation_date.fillna(pd.Timestamp("2200-01-01"))
    pairs = own.merge(own, on=["policy_holder_id", "product_code"])
    pairs = pairs[
        (pairs.id_x != pairs.id_y) & (pairs.start_date_x < pairs.until_y) & (pairs.start_date_y < pairs.until_x)
    ]
    assert len(pairs) == 0
    homes = own[own.product_code.isin(["HO-3", "HO-4", "HO-5", "MRH-P", "MRH-L"])]
    assert not homes.policy_holder_id.duplicated().any()


def test_a_discount_is_of_a_bundle(book: Book) -> None:
    policies = book.policies.set_index("id")
    owners = policies[["policy_holder_id", "company_id"]]
    given = book.terms[book.terms.discount > 0].merge(owners, left_on="policy_id", right_index=True)
    pairs = given.merge(policies.reset_index(), on=["policy_holder_id", "company_id"], suffixes=("", "_other"))
    pairs = pairs[pairs.policy_id != pairs.id]
    there = (pairs.start_date_other <= pairs.start_date) & (
        pairs.cancellation_date.isna() | (pairs.cancellation_date > pairs.start_date)
    )
    assert set(given.term_id) == set(pairs.term_id[there])
    assert len(given) > 200


def test_claims_of_events_fall_on_their_days(book: Book) -> None:
    events = book.world["insurance.catastrophe"][0:600].select(["catastrophe_id", "start_date", "end_date"]).to_arrow()
    found = book.claims.merge(events.to_pandas(), on="catastrophe_id")
    assert len(found) == book.claims.catastrophe_id.notna().sum() > 20
    assert (found.loss_date >= pd.to_datetime(found.start_date)).all()
    assert (found.loss_date <= pd.to_datetime(found.end_date)).all()
    storms = book.claims[book.claims.cause.isin(["wind/hail", "storm/hail"])]
    daily = (
        storms.groupby("loss_date")
        .size()
        .reindex(pd.date_range(book.clock - pd.DateOffset(years=7), book.clock))
        .fillna(0)
    )
    assert daily.var() / daily.mean() > 1.3


@pytest.mark.thorough
def test_american_health_has_the_maximum_of_the_year() -> None:
    legal = {2018: 7350, 2019: 7900, 2020: 8150, 2021: 8550, 2022: 8700, 2023: 9100, 2024: 9450, 2025: 9200, 2026: 9200}
    claims = Book("US").claims
    own = claims[(claims.product_code == "PPO") & (claims.status != "denied")].copy()
    own["year"] = own.loss_date.dt.year
    borne = own.groupby(["policy_id", "year"])[["deductible", "coinsurance"]].sum().astype(float).sum(axis=1)
    most = borne.index.get_level_values("year").map(legal)
    assert (borne <= most + 0.001).all()
    deductible = own.groupby(["policy_id", "year"]).deductible.sum().astype(float)
    assert deductible.max() == 6500
    assert (borne > 0.75 * most).sum() > 8


@pytest.mark.thorough
def test_german_private_health_has_no_end_and_is_for_those_who_may() -> None:
    policies = Book("DE").policies
    own = policies[policies.product_code == "PKV"]
    assert own.end_date.isna().all()
    assert set(own.status) <= {"active", "pending", "lapsed", "cancelled"}
    assert not own.cancellation_reason.dropna().str.contains("insurer's|non-payment").any()
    employed = own[own["policy_holder.employment"] == "employed"]["policy_holder.income"].astype(float)
    assert (employed > 73_800).all()
    assert len(employed) > 10


@pytest.mark.parametrize("rate", [0.0, 0.02])
def test_as_many_frauds_as_asked_for(rate: float) -> None:
    world = World("frauds", "US").with_options("insurance.claim", fraud_rate=rate)
    claims = (
        world["insurance.claim"][0:4_000]
        .select(["claim_number", "fraudulent", "status", "investigation"])
        .to_arrow()
        .to_pandas()
    )
    assert claims.fraudulent.sum() == round(4_000 * rate)
    assert claims.fraudulent[claims.investigation == "confirmed"].all()
    if rate:
        key = world["insurance.claim_fraud"][0 : int(4_000 * rate)].select(["claim_id"]).to_arrow().to_pandas()
        assert set(key.claim_id) == set(claims.claim_number[claims.fraudulent])


@pytest.mark.thorough
def test_frauds_can_be_found_and_no_column_tells_them() -> None:
    world = World("signal", "US").with_options("insurance.claim", fraud_rate=0.05)
    columns = [
        "fraudulent",
        "loss_date",
        "report_date",
        "policy_start",
        "whole_loss",
        "police_report",
        "lawyer",
        "provider",
        "cause",
    ]
    claims = world["insurance.claim"][0:24_000].select(columns).to_arrow().to_pandas()
    truth = claims.fraudulent.to_numpy()
    amount = claims.whole_loss.astype(float)
    features = pd.DataFrame(
        {
            "since": (pd.to_datetime(claims.loss_date) - pd.to_datetime(claims.policy_start)).dt.days,
            "lag": (pd.to_datetime(claims.report_date) - pd.to_datetime(claims.loss_date)).dt.days,
            "round": (amount % 100 == 0).astype(float), "amount": amount / amount.groupby(claims.cause).transform("median"),
            "police": claims.police_report.astype(object).map({True: 1.0, False: -1.0}).fillna(0.0),
            "lawyer": claims.lawyer.astype(float),
            "provider": claims.provider.map(claims.provider.value_counts()).fillna(0),
        }
    ).astype(float).to_numpy()  # fmt: skip
    half = len(truth) // 2
    score = boosted_stumps(features[:half], truth[:half], features[half:])
    assert 0.75 < auc(score, truth[half:]) < 0.95
    for column in features.T:
        assert 0.15 < auc(column, truth) < 0.85


def auc(score: np.ndarray, truth: np.ndarray) -> float:
    ranks = pd.Series(score).rank().to_numpy()
    hits = int(truth.sum())
    return float((ranks[truth].sum() - hits * (hits + 1) / 2) / (hits * (len(truth) - hits)))


def boosted_stumps(train: np.ndarray, truth: np.ndarray, test: np.ndarray, rounds: int = 120) -> np.ndarray:
    """Gradient boosting with one split per tree and squared error on the residuals of a logistic loss."""
    cuts = [np.unique(np.quantile(column, np.linspace(0.02, 0.98, 25))) for column in train.T]
    score, result = np.full(len(train), -3.0), np.full(len(test), -3.0)
    for _ in range(rounds):
        rest = truth - 1 / (1 + np.exp(-score))
        best = (0.0, 0, 0.0, 0.0, 0.0)
        for place, column in enumerate(train.T):
            for cut in cuts[place]:
                left = column <= cut
                if 20 < left.sum() < len(left) - 20:
                    low, high = rest[left].mean(), rest[~left].mean()
                    gain = left.sum() * low**2 + (~left).sum() * high**2
                    if gain > best[0]:
                        best = (gain, place, cut, low, high)
        _, place, cut, low, high = best
        score += np.where(train[:, place] <= cut, low, high) * 2.0
        result += np.where(test[:, place] <= cut, low, high) * 2.0
    return result


@pytest.mark.parametrize("country", ["US", "DE", "VN", "GB", "FR"])
def test_no_contract_begins_long_after_the_clock(country: str) -> None:
    world = World("ahead", country)
    start = world["insurance.insurance_policy"][0:12_000].select(["start_date"]).to_arrow()["start_date"].to_numpy()
    assert start.max() <= world.clock.date + np.timedelta64(31, "D")
