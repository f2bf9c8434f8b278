from datamimic import Origin, World

origin = Origin("demo", "de_DE", "2026-01-01T00:00:00Z").with_options("common.person", {"min_age": 18})
assert Origin.parse(origin.to_dict()) == origin
assert World(origin) == World("demo", "DE", "2026-01-01", options={"common.person": {"min_age": 18}})
