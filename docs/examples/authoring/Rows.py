import pyarrow.parquet
from datamimic import Rows, World
from datamimic_pack_common import City

cities: Rows[City] = World("demo", "de_DE")[City][0:1_000]
path = cities.write("cities.parquet")
assert pyarrow.parquet.read_metadata(path).num_rows == 1_000
assert cities.head(3)[0] == cities[0]
