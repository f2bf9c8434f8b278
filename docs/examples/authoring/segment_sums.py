import numpy as np
from datamimic import positions, segment_sums

values, lengths = np.array([5, 6, 7, 8]), np.array([3, 0, 1])
assert segment_sums(values, lengths).tolist() == [18, 0, 8]
assert positions(lengths).tolist() == [0, 1, 2, 0]
