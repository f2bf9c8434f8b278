import numpy as np
from datamimic import Alias, Draw

loaded = Alias.build([((0, 1), (3.0, 1.0))])  # position 0 three times as often as position 1
picked = Draw(("seed", "entity", "field"), np.arange(4_000)).pick(loaded)
assert 2_900 < (picked == 0).sum() < 3_100
