from datamimic import Rows, World
from datamimic_pack_common import Person

world = World(
    seed="demo",
    locale="de_DE",
    clock="2026-01-01T00:00:00Z",
    sizes={"common.person": 5_000},
    options={"common.person": {"min_age": 18}},
)
people: Rows[Person] = world[Person]
assert people[17] == next(iter(people[17:20]))
assert people[0:100].select(["age"]).to_arrow().num_rows == 100
