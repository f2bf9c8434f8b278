import numpy as np
from datamimic import OpeningHours

hours = OpeningHours.parse(["08:00-12:00"] * 5 + ["closed"] * 2)
friday = np.array(["2026-11-27T11:30"], dtype="datetime64[us]")
assert hours.is_open(friday).all()
assert str(hours.add(friday, 60)[0])[:16] == "2026-11-30T08:30"
