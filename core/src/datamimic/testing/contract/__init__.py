"""The contract of a pack as a test class: `TestFleet = pack_contract("fleet")` is a whole test suite.

It expands over the pack's entities and the countries that each of them supports, all in strict mode. What fails says
what to change.
"""

from __future__ import annotations

import pytest

from datamimic.errors import DatamimicError
from datamimic.plugins.registry import Registry
from datamimic.testing.contract.of_countries import OfCountries
from datamimic.testing.contract.of_entities import OfEntities
from datamimic.testing.contract.of_histories import OfHistories
from datamimic.testing.contract.of_the_pack import OfThePack

ROWS = 48


def pack_contract(
    pack: str, *, rows: int = ROWS, locales: tuple[str, ...] | None = None, packs: Registry | None = None
) -> type:
    """A test class for pytest, of the installed `pack`; assign it to a module-level name that begins with `Test`.

    `rows` are looked at per entity and country; `locales` limits the countries (ISO codes) to those that the machine has
    time for; `packs` is a registry other than that of the installed packs.
    """
    attributes = {"pack": pack, "count": rows, "locales": locales, "packs": packs, "__doc__": f"The pack {pack}."}
    return type(f"Contract_{pack}", (PackContract,), attributes)


class PackContract(OfThePack, OfEntities, OfCountries, OfHistories):
    """See `pack_contract`."""

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """Called by pytest; a pack that cannot be loaded has no entities here, and fails in the first test."""
        if "entity_name" not in metafunc.fixturenames:
            return
        try:
            names = self.entity_names()
            if "country" in metafunc.fixturenames:
                cases = [(name, country) for name in names for country in self.countries(name)]
                ids = [f"{name.rpartition('.')[2]}-{country}" for name, country in cases]
                # The scope has pytest run all tests of an entity in a country one after the other.
                metafunc.parametrize(("entity_name", "country"), cases, ids=ids, scope="class")
            else:
                metafunc.parametrize("entity_name", names, ids=[name.rpartition(".")[2] for name in names])
        except DatamimicError:
            metafunc.parametrize(
                ("entity_name", "country") if "country" in metafunc.fixturenames else "entity_name", []
            )
