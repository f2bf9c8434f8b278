import numpy as np
from datamimic.columns import year_month_day, years_between

born = np.array(["2000-02-29", "2000-03-02"], dtype="datetime64[D]")
assert years_between(born, np.datetime64("2018-03-01")).tolist() == [18, 17]
assert [part.tolist() for part in year_month_day(born)] == [[2000, 2000], [2, 3], [29, 2]]
