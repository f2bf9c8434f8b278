"""SDV's Gaussian copula with its defaults: `copula.py LEARNED.parquet MADE.parquet ROWS`; prints seconds as JSON."""

import json
import sys
import time
import warnings

import pandas as pd
from sdv.metadata import Metadata
from sdv.single_table import GaussianCopulaSynthesizer

warnings.filterwarnings("ignore")
source, target, rows = sys.argv[1], sys.argv[2], int(sys.argv[3])
frame = pd.read_parquet(source)
spent, told = time.process_time(), time.perf_counter()
synthesizer = GaussianCopulaSynthesizer(Metadata.detect_from_dataframes({"rows": frame}))
synthesizer.fit({"rows": frame})
fit = {"processor": time.process_time() - spent, "wall": time.perf_counter() - told}
spent, told = time.process_time(), time.perf_counter()
made = synthesizer.sample(num_rows=rows)["rows"]
sample = {"processor": time.process_time() - spent, "wall": time.perf_counter() - told}
made.to_parquet(target, index=False)
print(json.dumps({"fit": fit, "sample": sample, "rows": rows}))
