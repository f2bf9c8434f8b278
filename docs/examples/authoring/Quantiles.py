import numpy as np
from datamimic import Quantiles, normal_quantiles

heights = Quantiles.build([0.0, 0.5, 1.0], [150.0, 170.0, 200.0])
assert heights.at(np.array([0.25, 0.75])).tolist() == [160.0, 185.0]
assert abs(normal_quantiles().at(np.array([0.975]))[0] - 1.96) < 0.001
