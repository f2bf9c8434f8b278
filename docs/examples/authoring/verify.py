from datamimic import World, verify

path = World("demo", "de_DE")["common.city"][0:500].write("cities.csv")
assert verify(path).holds
path.write_bytes(path.read_bytes().replace(b"a", b"o", 1))
assert not verify(path).holds
