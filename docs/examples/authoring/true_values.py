import pyarrow as pa
from datamimic.columns import true_values

assert true_values(pa.array([True, None, False])).tolist() == [True, False, False]
