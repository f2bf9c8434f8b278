"""What people buy fits them: by sex, age, season and purse, where an order line stands, and where an article does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen

from datamimic import Draw, Ref
from datamimic.columns import Floats, Ints
from datamimic_pack_ecommerce.rhythm import month_of

if TYPE_CHECKING:
    from datamimic import World

YEAR = np.timedelta64(31_556_952, "s")


@frozen(eq=False)
class Appeals:
    """Whom the articles of a world appeal to, one entry per product; see the table `category_tastes`."""

    women: Floats
    age: Floats
    winter: Floats
    price: Floats

    @classmethod
    def of(cls, products: Ref) -> Appeals:
        table = products.world.data(products.target.cls)["category_tastes"]
        row = table.lookup("category_code", products.category_code)
        women, age, winter = (table.floats(name)[row] for name in ("women_percent", "age", "winter"))
        return cls(women / 100.0, age, winter / 100.0, products.price.astype(np.float64))

    def scores(self, products: Ints, draw: Draw) -> tuple[Floats, ...]:
        """Where dealt articles stand by sex, age, season and purse."""
        return (
            draw.chance(self.women[products], "for women") + draw.uniform("any"),
            self.age[products] + 18.0 * draw.normal("age"),
            self.winter[products] + 1.6 * draw.uniform("season"),
            self.price[products],
        )


def wishes(world: World, line: str, rows: Ints) -> tuple[Floats, ...]:
    """Where order lines stand by sex, age, season and purse."""
    batch = world.batch(world.spec(line), rows)
    draw = Draw(world.address(line, "tastes"), rows)
    order = batch.column("order")
    customer, date = order.customer, order.date
    own = Draw(world.address(customer.target.name, "tastes"), customer.rows)
    winter = world.data(batch.spec.cls)["month_winters"].floats("winter") / 100.0
    # How easily money is spent differs more between people of one income than between incomes.
    own_care, care = 0.03 + own.uniform("purse"), 0.1 + draw.uniform("purse")
    income = np.ma.filled(customer.income, 0).astype(np.float64)
    return (
        (customer.gender == "female") + draw.uniform("any"),
        (date - customer.birthdate) / YEAR,
        winter[month_of(date) - 1] + 0.4 * draw.uniform("season"),
        income / (own_care * own_care * care),
    )
