import numpy as np
from datamimic import Text
from datamimic.columns import select, where

assert where(np.array([True, False]), Text.of(["a", "b"]), "none").tolist() == ["a", "none"]
assert select(np.array([0, 2, 1]), ("low", None, "high")).tolist() == ["low", "high", None]
