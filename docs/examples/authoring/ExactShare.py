import numpy as np
from datamimic import Draw, ExactShare, World

spoiled = ExactShare(rate=0.02, block=1_000)
rows = np.arange(3_000)
draw = Draw(World("demo").address("farm", "spoiled"), rows)
assert spoiled.of(rows, draw).reshape(3, 1_000).sum(axis=1).tolist() == [20, 20, 20]
assert spoiled.count == 20
