import numpy as np
from datamimic import to_local, to_utc

noon = np.array(["2026-01-15T12:00", "2026-07-15T12:00"], dtype="datetime64[us]")
moments = to_utc(noon, "Europe/Berlin")
assert moments.astype(str).tolist() == ["2026-01-15T11:00:00.000000", "2026-07-15T10:00:00.000000"]
assert (to_local(moments, "Europe/Berlin") == noon).all()
