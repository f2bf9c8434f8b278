import numpy as np
from datamimic import Text
from datamimic.columns import Column, concat, kept, take

column: Column = Text.of(["a", "b", "c"])
assert take(column, np.array([2, 0])).tolist() == ["c", "a"]
assert kept(column, np.array([True, False, True])).tolist() == ["a", None, "c"]
assert concat([column, column]).tolist() == ["a", "b", "c", "a", "b", "c"]
