"""RefundAbuse: the answer key of abused returns, a row for each abusive order."""

from __future__ import annotations

import numpy as np

from datamimic import Entity, Service, check, copy_of, entity, field, parent, serial
from datamimic.columns import Bools, Text
from datamimic_pack_ecommerce.entities.customer import Customer
from datamimic_pack_ecommerce.entities.order import Order
from datamimic_pack_ecommerce.orders import abuse


@entity("refund_abuse", happens="order", tables=())
class RefundAbuse(Entity):
    """What is true of an order whose return is abusive: whose it is, and how it was done."""

    abuse_id: str = field(
        serial("ABU-{country}-########", grows=True), key=True, doc="number of the abuse in this world"
    )
    order: Order = field(
        parent(
            Order,
            counts=lambda abusive: abusive.astype(np.int64),
            each_block=(abuse.BLOCK, lambda world: abuse.share(world.options(world.spec(Order))).count),
        ),
        doc="the order",
    )
    customer: Customer = field(copy_of("order.customer"), doc="who did it")
    scheme: str = field(abuse.scheme, doc="worn and sent back, false damage, or an empty box sent back")


@check(RefundAbuse, "the scheme is one of those known")
def scheme_is_known(scheme: Text) -> Bools:
    return scheme.isin(set(abuse.SCHEMES))


class RefundAbuseService(Service[RefundAbuse]):
    """Abused returns, order after order."""
