import numpy as np
from datamimic import Text
from datamimic.columns import overlaid

country = Text.coded(np.array([0, 0, 0, 0]), ["DE"])
abroad = Text.coded(np.array([1, 0]), ["PL", "TR"])
born = overlaid(country, np.array([1, 3]), abroad)
assert born.tolist() == ["DE", "TR", "DE", "PL"]
nobody = overlaid(country, np.array([], dtype=np.int64), abroad.take(np.array([], dtype=np.int64)))
assert nobody.tolist() == ["DE"] * 4 and nobody.coding()[1].values == born.coding()[1].values
