import numpy as np
from datamimic import Draw, Table

table = Table.parse("models", "model,range_km,weight\nSwift,280,5\nCarrier,190,2\n")
picked = Draw(("seed", "entity", "field"), np.arange(700)).pick(table)
assert table["model"].take(picked[:3]).tolist()[0] in ("Swift", "Carrier")
assert table.ints("range_km")[table.lookup("model", table["model"])].tolist() == [280, 190]
