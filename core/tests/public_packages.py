"""Schemas and directories that others publish in packages, fetched by the clients of PyPI and npm: a test that cannot get one
is skipped and says why. Nothing of them is copied into the repository."""

from __future__ import annotations

import hashlib
import importlib.util
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

import pytest

PATIENCE = 120.0
"""Seconds for a download."""


def npm_package(config: pytest.Config, name: str, version: str, sha256: str) -> Path:
    """The folder of an npm package whose archive has the digest; fetched once, kept in pytest's cache."""
    npm = shutil.which("npm")
    kept = _kept(config, name, version)
    if kept.is_dir():
        return kept
    if npm is None:
        pytest.skip(f"npm is not installed, so {name} cannot be fetched")
    return _fetched(kept, [npm, "pack", f"{name}@{version}", "--silent", "--pack-destination"], sha256, "package")


def wheel(config: pytest.Config, name: str, version: str, sha256: str) -> Path:
    """The folder of a wheel of PyPI, of its own and not installed, as `npm_package`."""
    kept = _kept(config, name, version)
    if kept.is_dir():
        return kept
    pip = [sys.executable, "-m", "pip"] if importlib.util.find_spec("pip") else [shutil.which("pip") or ""]
    if pip == [""]:
        pytest.skip(f"pip is not installed, so {name} cannot be fetched")
    command = [*pip, "download", "--quiet", "--no-deps", "--only-binary", ":all:", f"{name}=={version}", "--dest"]
    return _fetched(kept, command, sha256, ".")


def _kept(config: pytest.Config, name: str, version: str) -> Path:
    assert config.cache is not None
    return config.cache.mkdir("packages") / f"{name.strip('@').replace('/', '-')}-{version}"


def _fetched(kept: Path, command: list[str], sha256: str, inside: str) -> Path:
    with tempfile.TemporaryDirectory(dir=kept.parent) as folder:
        ran = subprocess.run(
            [*command, folder], capture_output=True, text=True, timeout=PATIENCE, check=False, cwd=folder
        )
        archives = [each for each in Path(folder).iterdir() if each.is_file()]
        if ran.returncode or len(archives) != 1:
            pytest.skip(f"{kept.name} cannot be fetched: {(ran.stderr.strip() or 'no archive').splitlines()[-1]}")
        (archive,) = archives
        found = hashlib.sha256(archive.read_bytes()).hexdigest()
        assert found == sha256, f"{archive.name} is another one than before: {found}"
        unpacked = Path(folder) / "unpacked"
        if archive.suffix == ".whl":
            zipfile.ZipFile(archive).extractall(unpacked)
        else:
            with tarfile.open(archive) as opened:
                opened.extractall(unpacked, filter="data")
        try:
            (unpacked / inside).rename(kept)
        except OSError:
            # Another process was faster.
            assert kept.is_dir()
    return kept
