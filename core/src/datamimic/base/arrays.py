"""The NumPy arrays that columns are made of."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from datamimic.base.standard import import_compiled

# Here, since all that computes imports this module first.
import_compiled("pyarrow", "pyarrow.compute", "pyarrow.csv", "pyarrow.json", "pyarrow.parquet", "pyarrow.dataset")

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Dates = NDArray[np.datetime64]
Masked = np.ma.MaskedArray[Any, Any]
"""Numbers, dates or truth values of which some are null."""
