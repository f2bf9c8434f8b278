import numpy as np
from datamimic import Steps

steps = Steps(np.array([10.0, 20.0, 40.0]))
assert steps.after(np.array([5.0, 10.0, 39.0])).tolist() == [0, 1, 2]
