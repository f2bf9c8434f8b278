"""ClaimFraud: the answer key of claims fraud, a row for each fraudulent claim."""

from __future__ import annotations

import numpy as np

from datamimic import Entity, check, entity, field, parent, serial, via
from datamimic.columns import Bools, Text
from datamimic_pack_common.people_services import HoldersService
from datamimic_pack_insurance.claims import fraud
from datamimic_pack_insurance.entities.claim import Claim
from datamimic_pack_insurance.entities.insured import Insured


@entity("claim_fraud", happens="claim", tables=())
class ClaimFraud(Entity):
    """What is true of a fraudulent claim: how it was done, and whether the insurer finds it out."""

    fraud_id: str = field(
        serial("FRD-{country}-########", grows=True), key=True, doc="number of the fraud in this world"
    )
    claim: Claim = field(
        parent(
            Claim,
            counts=lambda fraudulent: fraudulent.astype(np.int64),
            each_block=(fraud.BLOCK, lambda world: fraud.share(world.options(world.spec(Claim))).count),
        ),
        doc="the claim",
    )
    scheme: str = field(fraud.scheme, doc="staged accident, inflated loss, treatment that never was or false statement")
    found_out: bool = field(via("claim.found_out"), doc="does the insurer find it out in the end?")


@check(ClaimFraud, "the scheme is one of those known")
def scheme_is_known(scheme: Text) -> Bools:
    return scheme.isin(set(fraud.SCHEMES))


class ClaimFraudService(HoldersService[ClaimFraud]):
    """Frauds among the claims of holders who are adults of up to 90 years, unless asked otherwise."""

    holders = Insured
