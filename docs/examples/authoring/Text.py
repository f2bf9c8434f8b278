import numpy as np
from datamimic import Text

kind = Text.coded(np.array([0, 1, 0, -1]), ("van", "car"))  # -1 is null
assert (kind == "van").tolist() == [True, False, True, False]
assert kind.upper().fill("?").tolist() == ["VAN", "CAR", "VAN", "?"]
assert Text.constant("x", 2).tolist() == Text.of(["x", "x"]).tolist()
