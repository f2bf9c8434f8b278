from __future__ import annotations

import pytest
from fleet import registry

from datamimic import Registry, World


@pytest.fixture(scope="session")
def packs() -> Registry:
    return registry()


@pytest.fixture
def world(packs: Registry) -> World:
    return World("fleet", packs=packs)
