from __future__ import annotations

import fleet
import pytest

import datamimic_databases.plugin
from datamimic import Registry, World


@pytest.fixture(scope="session")
def packs() -> Registry:
    return Registry.of(fleet, datamimic_databases.plugin)


@pytest.fixture
def world(packs: Registry) -> World:
    return World("fleet", packs=packs)
