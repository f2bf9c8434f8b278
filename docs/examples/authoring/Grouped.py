import numpy as np
from datamimic import Draw, Grouped, Table, Text

table = Table.parse("fares", "kind,age_from,fare,weight\nbus,0,1,1\nbus,18,3,1\ntram,0,2,1\ntram,18,2,1\n")
fares: Grouped = table.by("kind", "age_from")  # `_from`: the lower end of a band
draw = Draw(("seed", "entity", "field"), np.arange(2))
picked = draw.pick(fares, Text.of(["bus", "tram"]), np.array([40, 70]))
assert table.ints("fare")[picked].tolist() == [3, 2]
