import numpy as np
from datamimic.columns import date_text, money_text

assert money_text(np.array([-1205, 9])).tolist() == ["-12.05", "0.09"]
assert date_text(np.array(["2026-02-28"], dtype="datetime64[D]")).tolist() == ["2026-02-28"]
