import numpy as np
from datamimic.columns import Bools, Dates, Floats, Ints, Masked


def discount(age: Ints, price: Floats, bought_on: Dates) -> Masked:
    """Null where nothing is off: what a nullable column of numbers is."""
    old: Bools = age >= 65
    early: Bools = bought_on < np.datetime64("2026-01-01")
    return np.ma.MaskedArray(price * 0.1, ~(old | early))


days = np.array(["2026-05-01", "2025-05-01"], dtype="datetime64[D]")
assert discount(np.array([30, 30]), np.array([10.0, 10.0]), days).tolist() == [None, 1.0]
