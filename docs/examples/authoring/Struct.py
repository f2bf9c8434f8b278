import numpy as np
from datamimic import Struct, Text

point = Struct({"name": Text.of(["a", "b"]), "x": np.array([1, 2])}, present=np.array([True, False]))
assert point.x.tolist() == [1, 2] and point.take(np.array([1])).name.tolist() == ["b"]
