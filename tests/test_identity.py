"""Who a key stands for: one thing of one entity of one country."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from datamimic import World
from datamimic.model.spec import Spec
from datamimic.plugins.registry import installed_packs

ROWS = 100_000
PEOPLE = (
    "common.person", "healthcare.patient", "healthcare.doctor", "insurance.insured", "ecommerce.customer",
    "public_sector.police_officer",
)  # fmt: skip
OF_PEOPLE = ("national_id", "tax_id", "social_security_number")
GIVEN_ONCE = {
    "common.company": ("tax_id", "registration_number"),
    "healthcare.patient": ("medical_record_number", "insurance_policy_number"),
    "healthcare.doctor": ("license_number", "npi_number", "dea_number", "lanr"),
    "healthcare.hospital": ("npi_number", "ccn", "ik_number"),
    "public_sector.educational_institution": ("official_code",),
}


def entities() -> Iterator[tuple[str, list[str]]]:
    packs = installed_packs()
    for record in packs.packs():
        for path in packs.entities():
            if record.locales and path.startswith(f"{record.name}."):
                yield path, sorted(record.locales)


def column(world: World, path: str, name: str, rows: int) -> pa.Array:
    return world[path][0:rows].select([name]).to_arrow()[name].combine_chunks()


def keys(path: str, country: str) -> tuple[Spec, pa.Array] | None:
    world = World("united", country, strict=True)
    spec = world.spec(path)
    if world.path(spec) != path or spec.key is None:
        return None
    name = spec.key.name
    return spec, column(world, path, name, min(2_000, spec.key.generator.most_rows(world, spec, name) or 2_000))


def test_no_two_countries_and_no_two_entities_share_a_key() -> None:
    seen: dict[str, str] = {}
    found = 0
    for path, countries in entities():
        for country in countries:
            if (made := keys(path, country)) is None:
                continue
            assert all(f"{country}" in key for key in made[1].to_pylist())
            for key in made[1].to_pylist():
                assert seen.setdefault(key, f"{path} {country}") == f"{path} {country}", key
            found += 1
    assert found > 100


@pytest.mark.parametrize("country", ["US", "DE", "VN", "GB", "FR"])
def test_a_number_of_people_stands_for_one_person(country: str) -> None:
    """In all populations of a world together; a role has the numbers of the people who have it."""
    world = World("people", country)
    for name in OF_PEOPLE:
        pairs = set()
        for path in PEOPLE:
            # Officers are one in seven of those whose numbers are counted together, of which Britain has 625,000.
            rows = ROWS // 2 if path == "public_sector.police_officer" else ROWS
            found = world[path][0:rows].select(["person_id", name]).to_arrow()
            ids, numbers = (found[each].cast(pa.string()).to_pylist() for each in ("person_id", name))
            pairs |= {pair for pair in zip(ids, numbers, strict=True) if pair[1] is not None}
        assert len({number for _, number in pairs}) == len({person for person, _ in pairs}) == len(pairs), name


def test_a_number_that_an_authority_gives_is_given_once() -> None:
    holders = defaultdict(int)
    for path, countries in entities():
        for country in countries if path in GIVEN_ONCE else ():
            world = World("once", country, strict=True)
            for name in GIVEN_ONCE[path]:
                given = column(world, path, name, ROWS).drop_null()
                assert len(pc.unique(given)) == len(given), (path, country, name)
                holders[path, name] += len(given) > 0
    assert all(holders[path, name] for path in GIVEN_ONCE for name in GIVEN_ONCE[path])


def test_two_countries_are_independent() -> None:
    """One seed: what chance has in common, and no more."""
    columns = ["birthdate", "given_name", "occupation", "income"]
    one, other = (
        World("twins", country)["common.person"][0:5_000].select(columns).to_arrow() for country in ("US", "GB")
    )
    same = pc.sum(pc.equal(one["birthdate"].combine_chunks(), other["birthdate"].combine_chunks())).as_py()
    assert same < 10
