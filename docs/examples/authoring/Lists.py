import numpy as np
from datamimic import Lists, Text

tags = Lists(np.array([2, 0, 1]), Text.of(["a", "b", "c"]))
assert tags.contains("b").tolist() == [True, False, False]
assert tags.offsets.tolist() == [0, 2, 2, 3] and tags.parents.tolist() == [0, 0, 2]
