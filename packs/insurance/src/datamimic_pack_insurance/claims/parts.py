"""The parts of a claim: its payments, its statuses, the event that it is of."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from datamimic import record


@record
class ClaimPayment:
    """One payment of the insurer on a claim."""

    paid_on: date
    amount: Decimal


@record
class StatusChange:
    """A status of the claim and its first day."""

    status: str
    changed_on: date


@record
class RawEvent:
    """A row of Catastrophe, -1 for none, and the day of the loss."""

    row: int
    day: date
