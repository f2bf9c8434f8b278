from datamimic import World, describe_origin, describe_rows, tables_read

world = World("demo", "de_DE")
cities = world["common.city"][0:5]
assert cities.to_arrow().num_rows == 5
assert describe_rows(cities)["entity"] == "common.city"
assert "common/places_DE.csv" in tables_read(world)
assert describe_origin(world)["world"]["seed"] == "demo"
