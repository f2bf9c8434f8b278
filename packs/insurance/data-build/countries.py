"""The five catalogues and where the tables go; every build script starts here."""

from __future__ import annotations

from pathlib import Path

import catalogue_de
import catalogue_fr
import catalogue_gb
import catalogue_us
import catalogue_vn
from levels import moved

DATA = Path(__file__).parent.parent / "src" / "datamimic_pack_insurance" / "data"
COUNTRIES = tuple(
    moved(each)
    for each in (
        catalogue_us.COUNTRY,
        catalogue_de.COUNTRY,
        catalogue_vn.COUNTRY,
        catalogue_gb.COUNTRY,
        catalogue_fr.COUNTRY,
    )
)
OWN = "own compilation, CC0-1.0"
