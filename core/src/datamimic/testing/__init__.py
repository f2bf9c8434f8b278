"""Tests for authors of packs and for users of data; `pip install datamimic-core[test]`.

    # tests/test_contract.py: everything that a good pack keeps, over its entities and locales
    from datamimic.testing import pack_contract

    TestFleet = pack_contract("fleet")

The pytest plugin adds the fixtures `world` and `rows`, the marker `datamimic` and the flag `--update-golden`. Importing
this package imports neither pytest, Hypothesis nor NumPy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from datamimic.plugin import lazy_exports

if TYPE_CHECKING:
    from datamimic.testing.contract import pack_contract as pack_contract
    from datamimic.testing.strategies import entities as entities

__getattr__, __dir__, __all__ = lazy_exports(__name__, {"pack_contract": ".contract", "entities": ".strategies"})
