"""The parts of a policy: what is insured, its coverages, its instalments, who benefits."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from datamimic import record


@record
class InsuredObject:
    """What is insured; the vehicle's parts are null for other objects."""

    kind: str
    description: str
    make: str | None
    model: str | None
    model_year: int | None
    vin: str | None
    value: Decimal | None


@record
class PolicyCoverage:
    """A coverage of the policy with the limit and deductible that were chosen, per claim, and its part of the premium."""

    code: str
    name: str
    description: str
    product_code: str
    min_coverage: Decimal | None
    max_coverage: Decimal | None
    limit: Decimal | None
    aggregate_limit: Decimal | None
    deductible: Decimal
    premium: Decimal


@record
class Instalment:
    """A part of the premium and the day it is due."""

    due_on: date
    amount: Decimal


@record
class Beneficiary:
    """Who shares a death benefit, and how much of it in per cent; `person_id` of those who live with the policy holder."""

    relationship: str
    share_percent: int
    person_id: str | None
