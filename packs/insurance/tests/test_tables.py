"""The shipped tables are what the build scripts write, byte for byte, and say where they come from."""

from __future__ import annotations

import hashlib
import importlib
import sys
import tomllib
from pathlib import Path

import pytest

HERE = Path(__file__).parent.parent
BUILD = HERE / "data-build"
DATA = HERE / "src" / "datamimic_pack_insurance" / "data"
CATALOG = tomllib.loads((DATA / "data.toml").read_text(encoding="utf-8")) if DATA.exists() else {}


def test_every_table_is_catalogued() -> None:
    files = {path.stem: path for path in DATA.glob("*.csv")}
    assert set(files) == set(CATALOG["tables"])
    for name, entry in CATALOG["tables"].items():
        assert hashlib.sha256(files[name].read_bytes()).hexdigest() == entry["sha256"], name
        assert entry["source"]
        assert entry["method"]
        assert entry["licence"]


@pytest.mark.thorough
@pytest.mark.skipif(not BUILD.exists(), reason="the build scripts are not in the wheel")
def test_the_scripts_write_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BUILD))
    names = (
        "countries", "vehicles", "products", "calibration", "risk", "insurers", "claims", "holders", "holdings", "catastrophes",
    )  # fmt: skip
    for name in names:
        sys.modules.pop(name, None)
    countries = importlib.import_module("countries")
    monkeypatch.setattr(countries, "DATA", tmp_path)
    for name in names[1:]:
        module = importlib.import_module(name)
        if hasattr(module, "main"):
            module.main()
    for name in (*names, "catalogue", *(f"catalogue_{code}" for code in ("us", "de", "vn", "gb", "fr"))):
        sys.modules.pop(name, None)
    written = {path.name for path in tmp_path.glob("*.csv")}
    # `office_days` needs one version of the package holidays.
    assert written == {path.name for path in DATA.glob("*.csv") if not path.name.startswith("office_holidays")}
    for name in sorted(written):
        assert (tmp_path / name).read_bytes() == (DATA / name).read_bytes(), name
