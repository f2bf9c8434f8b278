import numpy as np
from datamimic.columns import numbered, ordered

shop = np.array([7, 3, 7, 3], dtype=np.int64)
placed = np.array(["2026-03-02", "2026-01-05", "2026-01-09", "2026-01-05"], dtype="datetime64[D]")

# The places by shop, and within a shop by day; what is alike stays as it is.
assert ordered(shop, placed).tolist() == [1, 3, 2, 0]

shops, number = numbered(shop)
assert shops.tolist() == [3, 7]
assert number.tolist() == [1, 0, 1, 0]
