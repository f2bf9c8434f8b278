"""The tables are what the scripts write, and cover what the rules ask of them."""

import runpy
import shutil
import sys
from pathlib import Path

import pytest

PACK = Path(__file__).resolve().parent.parent
DATA = PACK / "src/datamimic_pack_ecommerce/data"
SCRIPTS = ("behaviour", "catalogue", "checkout", "prices", "reviews", "tax")


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
    # The claims are entered by hand: no script writes them.
    shipped = sorted(file.name for file in DATA.iterdir() if file.name != "claims.toml")
    assert sorted(file.name for file in made.iterdir()) == shipped
    assert [name for name in shipped if (made / name).read_bytes() != (DATA / name).read_bytes()] == []


def test_every_phrase_has_its_stars_and_every_star_its_phrases():
    for file in sorted(DATA.glob("review_phrases_*.csv")):
        rows = [line.split(",")[:2] for line in file.read_text(encoding="utf-8").splitlines()[1:]]
        for stars in "12345":
            for part, least in (("title", 5), ("opening", 4), ("detail", 4)):
                assert rows.count([part, stars]) >= least


def test_the_wheel_stays_small():
    assert sum(file.stat().st_size for file in DATA.iterdir()) < 1_500_000
