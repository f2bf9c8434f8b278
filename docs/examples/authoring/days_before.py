from datetime import date, timedelta

from datamimic import World, days_after, days_before, entity, field


@entity("loan")
class Loan:
    """A book that was lent."""

    lent_on: date = field(days_before("clock", up_to=90), doc="when it was lent")
    due_on: date = field(days_after("lent_on", least=14, up_to=28), doc="when it is due")


loan = World("demo", clock="2026-01-01T00:00:00Z")[Loan][5]
assert loan.lent_on <= date(2026, 1, 1)
assert timedelta(14) <= loan.due_on - loan.lent_on <= timedelta(28)
