from datamimic import Family, World, entity, field, number, of_family, parent, serial
from datamimic.columns import Ints


@entity("account", size=100)
class Account:
    """An account."""

    account_id: str = field(serial("A-###"), key=True, doc="number")


def balance(family: Family) -> Ints:
    return family.running("amount")


@entity("booking")
class Booking:
    """A booking on an account."""

    account: Account = field(parent(Account, counts={3: 1, 6: 1}), doc="where")
    amount: int = field(number(-50, 90), doc="what was booked")
    balance: int = field(balance, doc="what there is afterwards")
    same: int = field(of_family("balance"), doc="the same once more")


first, second, *_ = World("demo")[Booking][0:3]
assert first.balance == first.amount and second.balance == second.amount + first.amount
