import numpy as np
from datamimic import composite

assert composite(np.array([2, 2, 5]), np.array([0, 1, 0]), 64).tolist() == [128, 129, 320]
