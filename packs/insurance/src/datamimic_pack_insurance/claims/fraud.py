"""Claims fraud: which claims are made up or blown up, exactly as many as asked for, and the traces that it leaves."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Draw, ExactShare, option, options
from datamimic.columns import Bools, Ints, Masked, Text, join, number_text, select

SCHEMES = ("staged accident", "inflated loss", "treatment that never was", "false statement")
BLOCK = 1_000
"""Claims of which exactly the share that is asked for is fraudulent."""
FOUND_OUT = 0.45
"""Share of frauds that an investigation proves."""
EARLY = 0.5
"""Share of frauds in the first part of the life of a contract."""
PROVIDERS = 400
RINGS = 12
"""Workshops and practices of a country's region that claims name, and those of them that frauds come back to."""


@options
class ClaimOptions:
    """How much fraud there is among the claims."""

    fraud_rate: float = option(
        0.02, doc="share of fraudulent claims, exact in every 1,000 rows; 0 for a clean twin", minimum=0, maximum=0.5
    )


def share(options: ClaimOptions) -> ExactShare:
    return ExactShare(options.fraud_rate, BLOCK)


def fraudulent(rows: Ints, options: ClaimOptions, draw: Draw) -> Bools:
    """Exactly so many of every block of rows."""
    return share(options).of(rows, draw)


def found_out(fraudulent: Bools, draw: Draw) -> Bools:
    return fraudulent & draw.chance(FOUND_OUT)


def early(fraudulent: Bools, settles: Text, catastrophe: Any, policy: Any, draw: Draw) -> Bools:
    """Of contracts whose first term the books hold; not of medical bills, which come in order of time, nor of events."""
    return (
        fraudulent
        & catastrophe.is_null()
        & (policy.first_term == 0)
        & ~settles.isin({"medical", "life"})
        & draw.chance(EARLY)
    )


def scheme(claim: Any, draw: Draw) -> Text:
    settles = claim.settles
    staged = settles.isin({"vehicle", "injury"}) & draw.chance(0.55)
    kind = np.where(settles == "medical", 2, np.where(settles == "life", 3, np.where(staged, 0, 1)))
    return select(kind, SCHEMES)


def provider(fraudulent: Bools, settles: Text, policy: Any, draw: Draw) -> Text:
    """Who repaired or treated: one of many near the holder, of frauds often one of a few."""
    ring = fraudulent & draw.chance(0.45, "ring")
    number = np.where(ring, draw.integers(0, RINGS - 1, "of the ring"), draw.integers(0, PROVIDERS - 1, "any"))
    region = policy.policy_holder.address.state_code
    name = join("PRV-", region, "-", number_text(number + 100))
    return name.where(~settles.isin({"life", "legal"}))


def police_report(fraudulent: Bools, settles: Text, draw: Draw) -> Masked:
    """Was the police called? Null where nobody would."""
    asked = settles.isin({"vehicle", "injury", "property"})
    share = np.where(fraudulent, 0.35, np.where(settles == "property", 0.45, 0.68))
    return np.ma.MaskedArray(draw.chance(share), ~asked)


def lawyer(fraudulent: Bools, settles: Text, draw: Draw) -> Bools:
    """Did a lawyer write within a week of the loss?"""
    injury = settles == "injury"
    return draw.chance(np.where(fraudulent, np.where(injury, 0.5, 0.2), np.where(injury, 0.22, 0.04)))
