import numpy as np
from datamimic import Bits, Draw

bits: Bits = Draw(("seed", "entity", "field"), np.arange(1_000)).bits("noise")
assert bits.dtype == np.uint64
assert len(np.unique(bits)) == 1_000
