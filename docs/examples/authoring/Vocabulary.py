import numpy as np
from datamimic import Text
from datamimic.columns import Vocabulary

kinds = Vocabulary(("van", "car"))  # made once, shared by every batch
assert Text.coded(np.array([1, 0]), kinds).tolist() == ["car", "van"]
assert kinds.codes_of("car") == (1,)
