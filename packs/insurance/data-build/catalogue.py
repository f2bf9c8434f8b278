"""The shapes in which the catalogues of the countries are hand-entered: products, coverages, causes of loss.

Money is in whole units of the country's currency, frequencies are claims paid per 1,000 policy-years.
"""

from __future__ import annotations

from dataclasses import dataclass

TIERS = ("basic", "standard", "plus")
"""The three levels in which a customer picks limits, and separately deductibles (basic = lowest limit or deductible)."""


@dataclass(frozen=True)
class Cause:
    """A cause of loss: `frequency` claims paid per 1,000 policy-years with the mean payment `severity`.

    `spread` is the sigma of the lognormal shape of the loss before deductible and limit; `quantiles`, where a source
    publishes them, replaces that shape: (probability, amount) pairs of the payment.
    """

    name: str
    frequency: float
    severity: float
    spread: float = 1.0
    quantiles: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class Coverage:
    """What a product covers.

    `basis` says what the three `limits` are: "amount" (money) or "value" (per cent of the sum insured).
    `settles` names the claim's pace (`claim_pace.csv`). `deductibles` are three amounts, ascending, or a single 0.
    `aggregate` is the limit of a policy term as a multiple of the limit per claim, None where there is none.
    """

    code: str
    name: str
    description: str
    share: float
    causes: tuple[Cause, ...]
    limits: tuple[float, float, float]
    deductibles: tuple[int, ...] = (0,)
    basis: str = "amount"
    settles: str = "property"
    aggregate: int | None = None


@dataclass(frozen=True)
class Product:
    """A product of the market: what it is called, who may hold it, and what a year of it costs before risk and tax.

    `line` is the kind of business, `rating` the set of risk factors it is priced by, `segment` the kind of insurer that
    may write it, `insures` what the insured object is. `terms` are months with weights. `sums` are sums insured with
    weights (empty: a vehicle's value, or none). `renews` is "january" where terms end on 1 January in most contracts.
    `mix` is the product's share of policies, `cancelled` the share of policies ended before their expiry.
    """

    code: str
    line: str
    segment: str
    rating: str
    insures: str
    form: str
    name: str
    description: str
    base_premium: int
    tax: float
    mix: float
    coverages: tuple[Coverage, ...]
    terms: tuple[int, ...] = (12,)
    sums: tuple[tuple[int, float], ...] = ()
    issue_ages: tuple[int, int] = (18, 90)
    max_end_age: int = 120
    renews: str = "anniversary"
    cancelled: float = 0.06
    aging: str = "flat"


@dataclass(frozen=True)
class Country:
    """One country's catalogue. `age_shares` are adults by the age bands of `claims.AGES`, in per cent."""

    code: str
    products: tuple[Product, ...]
    sources: str
    age_shares: tuple[float, ...]
    licensed: float
    unit: int = 1
    """The unit to which sums in tables are rounded: 1 for dollar, euro and pound, 1,000 for dong."""


def limits_factor(limits: tuple[float, float, float]) -> tuple[float, float, float]:
    """Premium factors of the limits, rising with the limit: 15 % of the premium per doubling, standard = 1."""
    return tuple(round(_doublings(limit / limits[1]), 4) for limit in limits)  # type: ignore[return-value]


def _doublings(ratio: float) -> float:
    return float(1.15 ** _log2(ratio))


def _log2(ratio: float) -> float:
    import math

    return math.log2(ratio)
