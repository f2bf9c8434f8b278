"""Python files of models that import the described product: its names are served while the model runs, and gone afterwards."""

from __future__ import annotations

import importlib.util
import sqlite3
import sys
from pathlib import Path

import pytest

MODEL = """<setup>
  <database id="db" dbms="sqlite" database="d.sqlite"/>
  <execute uri="own.scr.py"/>
  <generate name="x" count="3">
    <key name="shade" generator="Shade(least=3)"/>
    <key name="loud" constant="abc" converter="Loud"/>
    <variable name="found" script="'b'" converter="Looked"/>
    <key name="number" script="found.number"/>
    <key name="patients" script="patients(2)"/>
  </generate>
</setup>"""
OWN = """
from datamimic_ce.contexts.setup_context import SetupContext
from datamimic_ce.converter.converter import Converter
from datamimic_ce.converter.custom_converter import CustomConverter
from datamimic_ce.domains.domain_core.base_literal_generator import BaseLiteralGenerator
from datamimic_ce.domains.healthcare.services.patient_service import PatientService

class Shade(BaseLiteralGenerator):
    def __init__(self, least):
        super().__init__()
        self.least = least
    def generate(self):
        return self.least
class Loud(Converter):
    def convert(self, value):
        return value.upper()
class Looked(CustomConverter):
    def __init__(self, context):
        assert isinstance(context, SetupContext)
        from datamimic_ce.clients.database_client import DatabaseClient
        from datamimic_ce.logger import logger
        self.client = context.get_client_by_id("db")
        assert isinstance(self.client, DatabaseClient) and self.client.count_table_length("t") == 2
        logger.debug("ready")
    def convert(self, value):
        return self.client.get_by_page_with_query(f"select number from t where name = '{value}'")[0]
def patients(count):
    from random import Random
    return [each.full_name for each in PatientService(dataset="US", rng=Random(5)).generate_batch(count)]
"""


def test_own_code_of_the_described_product_runs(tmp_path: Path) -> None:
    pytest.importorskip("datamimic_models.xml")
    from random import Random

    from datamimic_bridge.domains.healthcare.services import PatientService

    from datamimic_models.xml import run_model

    (tmp_path / "m.xml").write_text(MODEL)
    (tmp_path / "own.scr.py").write_text(OWN)
    with sqlite3.connect(tmp_path / "d.sqlite") as connection:
        connection.executescript("create table t (name text, number int); insert into t values ('a', 1), ('b', 2)")
    path, modules = list(sys.meta_path), set(sys.modules)
    made = run_model(tmp_path / "m.xml", trust=True)["x"]
    names = [each.full_name for each in PatientService(dataset="US", rng=Random(5)).generate_batch(2)]
    assert made == [{"shade": 3, "loud": "ABC", "number": 2, "patients": names}] * 3
    assert sys.meta_path == path
    assert not [name for name in set(sys.modules) - modules if name.startswith("datamimic_ce")]
    assert importlib.util.find_spec("datamimic_ce") is None
