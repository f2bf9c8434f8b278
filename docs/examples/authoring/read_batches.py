from datamimic import World, data_files, read_batches

path = World("demo")["common.country"][0:50].write("countries.parquet")
assert data_files(path) == [path]
assert sum(batch.num_rows for batch in read_batches(path)) == 50
