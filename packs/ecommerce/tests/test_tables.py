"""The tables are what the scripts write, and cover what the rules ask of them."""

import runpy
import shutil
import sys
import tomllib
from pathlib import Path

import pytest

PACK = Path(__file__).resolve().parent.parent
DATA = PACK / "src/datamimic_pack_ecommerce/data"
SCRIPTS = (
    "campaigns",
    "tastes",
    "warehouses",
    "behaviour",
    "catalogue",
    "checkout",
    "customers",
    "prices",
    "reviews",
    "sessions",
    "tax",
)


@pytest.mark.skipif(not (PACK / "data-build").is_dir(), reason="the scripts are in the source tree only")
def test_scripts_write_the_tables_byte_for_byte(tmp_path, monkeypatch):
    copy = tmp_path / "pack"
    shutil.copytree(PACK / "data-build", copy / "data-build", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.syspath_prepend(str(copy / "data-build"))
    for name in ("assortment", "wording", "prices"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    for script in SCRIPTS:
        runpy.run_path(str(copy / "data-build" / f"{script}.py"), run_name="__main__")
    made = copy / "src/datamimic_pack_ecommerce/data"
    # Claims and dependencies are entered by hand; `delivery` needs one version of the package holidays.
    shipped = sorted(file.name for file in DATA.glob("*.csv") if not file.name.startswith("delivery_holidays"))
    assert sorted(file.name for file in made.glob("*.csv")) == shipped
    assert [name for name in shipped if (made / name).read_bytes() != (DATA / name).read_bytes()] == []
    told, kept = (tomllib.loads((folder / "data.toml").read_text(encoding="utf-8")) for folder in (made, DATA))
    of_scripts = {name: each for name, each in kept["tables"].items() if not name.startswith("delivery_holidays")}
    assert told["tables"] == of_scripts


def test_every_phrase_has_its_stars_and_every_star_its_phrases():
    for file in sorted(DATA.glob("review_phrases_*.csv")):
        rows = [line.split(",")[:2] for line in file.read_text(encoding="utf-8").splitlines()[1:]]
        for stars in "12345":
            for part, least in (("title", 5), ("opening", 4), ("detail", 4)):
                assert rows.count([part, stars]) >= least


def test_the_wheel_stays_small():
    assert sum(file.stat().st_size for file in DATA.iterdir()) < 1_500_000
