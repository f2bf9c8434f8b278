import numpy as np
from datamimic import Permutation

cards = Permutation(52, ("demo", "deck", "order"))
dealt = cards.forward(np.arange(52))
assert sorted(dealt.tolist()) == [*range(52)]
assert cards.inverse(dealt).tolist() == [*range(52)]
