"""ClaimValuation: how a claim stood at the end of a year, or of a shorter period: paid, reserved, incurred."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np

from datamimic import Clock, Entity, check, entity, field, parent, serial, via
from datamimic.columns import Bools, Dates, Ints, Text, select
from datamimic_pack_common.people_services import HoldersService
from datamimic_pack_insurance.claims import valuation
from datamimic_pack_insurance.entities.claim import Claim
from datamimic_pack_insurance.entities.insured import Insured
from datamimic_pack_insurance.months import DAY, period_of, year_of
from datamimic_pack_insurance.settlement import STATUSES


@entity(
    "claim_valuation",
    size=2_000_000_000,
    happens="valuation_date",
    options=valuation.ValuationOptions,
    tables=("markets",),
)
class ClaimValuation(Entity):
    """How a claim stood at the end of a period: what had been paid, and what was reserved for the rest."""

    # of which claim
    valuation_id: str = field(
        serial("VAL-{country}-##########", grows=True), key=True, doc="number of the valuation, unique"
    )
    claim: Claim = field(parent(Claim, counts=valuation.number), doc="the claim")
    product_code: str = field(via("claim.product_code"), doc="product of the policy")
    line: str = field(via("claim.line"), doc="line of business")
    coverage_code: str = field(via("claim.coverage_code"), doc="coverage that answers for the loss")

    # when
    accident_year: int = field(lambda claim: year_of(claim.loss_date), doc="year of the loss", unit="a")
    report_date: date = field(via("claim.report_date"), doc="day on which the insurer learned of it")
    period: int = field(valuation.period, internal=True, doc="number of the period that the valuation closes")
    valuation_date: date = field(
        valuation.valuation_date, doc="last day of the period; the last valuation of a claim is of the clock"
    )
    development_months: int = field(
        valuation.development_months, doc="from the start of the accident year to the end of the period", unit="mo"
    )
    development_year: int = field(
        lambda development_months: (development_months - 1) // valuation.YEAR,
        doc="years since the accident year, 0 in it: the column of a triangle",
        unit="a",
    )

    # how it stood
    position: valuation.Position = field(valuation.position, internal=True, doc="where the claim stood on the day")
    status: str = field(lambda position: select(position.standing, STATUSES), doc="status on that day")
    paid_in_period: Decimal = field(
        lambda position: position.paid - position.paid_before, doc="paid since the valuation before"
    )
    paid_to_date: Decimal = field(via("position.paid"), doc="paid since the report, that day included")
    reserve: Decimal = field(via("position.reserve"), doc="what the insurer still expected to pay; 0 once closed")
    incurred: Decimal = field(lambda paid_to_date, reserve: paid_to_date + reserve, doc="paid and reserved")
    currency: str = field(via("claim.currency"), doc="currency of all amounts, ISO 4217")


@check(ClaimValuation, "a claim is valued at the end of a month or at the clock, and not before it was reported")
def valued_when_known(valuation_date: Dates, report_date: Dates, clock: Clock) -> Bools:
    month_end = period_of(valuation_date, 1) != period_of(valuation_date + DAY, 1)
    return (month_end | (valuation_date == clock.date)) & (report_date <= valuation_date)


@check(ClaimValuation, "the development is the time from the accident year to the valuation")
def development_since_accident_year(
    accident_year: Ints, valuation_date: Dates, development_months: Ints, development_year: Ints, clock: Clock
) -> Bools:
    last = np.minimum(valuation_date, valuation.closing_day(clock))
    months = (year_of(last) - accident_year) * valuation.YEAR + period_of(last, 1) % valuation.YEAR + 1
    return (development_months == np.maximum(months, 1)) & (
        development_year == (development_months - 1) // valuation.YEAR
    )


@check(ClaimValuation, "incurred = paid to date + reserve, and what was paid in the period is a part of it")
def incurred_adds_up(paid_in_period: Ints, paid_to_date: Ints, reserve: Ints, incurred: Ints) -> Bools:
    return (
        (incurred == paid_to_date + reserve) & (reserve >= 0) & (paid_in_period >= 0) & (paid_in_period <= paid_to_date)
    )


@check(ClaimValuation, "nothing is reserved for what is closed or denied, and nothing was paid for what is denied")
def nothing_left_when_over(status: Text, paid_to_date: Ints, reserve: Ints) -> Bools:
    over = status.isin({"closed", "denied"})
    return (~over | (reserve == 0)) & ((status != "denied") | (paid_to_date == 0))


class ClaimValuationService(HoldersService[ClaimValuation]):
    """Valuations of the claims of holders who are adults of up to 90 years, unless asked otherwise."""

    holders = Insured
