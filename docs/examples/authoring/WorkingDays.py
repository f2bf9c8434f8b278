import numpy as np
from datamimic import WorkingDays

calendar = WorkingDays.of(["2026-12-25"])
thursday = np.array(["2026-12-24"], dtype="datetime64[D]")
assert calendar.add(thursday, 1).astype(str).tolist() == ["2026-12-28"]
assert calendar.of_month(thursday, -1).astype(str).tolist() == ["2026-12-31"]
