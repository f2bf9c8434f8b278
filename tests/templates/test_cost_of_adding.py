"""What it costs to add something, counted in files: an entity, a locale, a generator, a pack."""

from __future__ import annotations

import filecmp
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from datamimic import Registry, World
from datamimic.cli import main

ROOT = Path(__file__).parents[2]
COMMON = Path("src/datamimic_pack_common")


def dm(*arguments: str, ok: bool = True) -> Result:
    done = CliRunner().invoke(main, arguments, standalone_mode=False)
    if ok:
        assert done.exception is None, done.exception
    return done


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh pack `fleet`, in whose folder we are."""
    monkeypatch.chdir(tmp_path)
    dm("new-pack", "fleet")
    monkeypatch.chdir(tmp_path / "datamimic-pack-fleet")
    return Path.cwd()


@pytest.fixture
def snapshot(pack: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "before"
    shutil.copytree(pack, copy)
    return copy


def touched(before: Path, after: Path) -> tuple[set[str], set[str]]:
    """(new files, changed files), relative, as POSIX paths."""
    old = {path.relative_to(before).as_posix(): path for path in before.rglob("*") if path.is_file()}
    new = {path.relative_to(after).as_posix(): path for path in after.rglob("*") if path.is_file()}
    assert old.keys() <= new.keys()
    changed = {name for name in old if not filecmp.cmp(old[name], new[name], shallow=False)}
    return new.keys() - old.keys(), changed


def lines_added(before: Path, after: Path) -> list[str]:
    old, new = (path.read_text(encoding="utf-8").splitlines() for path in (before, after))
    assert [line for line in new if line in old] == old
    return [line for line in new if line not in old]


PACKAGE = "src/datamimic_pack_fleet"


def test_an_entity_is_one_file_and_one_line(pack: Path, snapshot: Path) -> None:
    dm("new-entity", "spare_part")
    new, changed = touched(snapshot, pack)
    assert new == {f"{PACKAGE}/entities/spare_part.py"}
    assert changed == {f"{PACKAGE}/plugin.py"}
    assert lines_added(snapshot / PACKAGE / "plugin.py", pack / PACKAGE / "plugin.py") == [
        '    "datamimic_pack_fleet.entities.spare_part:SparePart",'
    ]


def test_a_locale_is_data_files(pack: Path, snapshot: Path) -> None:
    dm("new-locale", "FR")
    new, changed = touched(snapshot, pack)
    assert new == {f"{PACKAGE}/data/item_kinds_FR.csv"}
    assert changed == {f"{PACKAGE}/data/data.toml"}
    entry = tomllib.loads((pack / PACKAGE / "data/data.toml").read_text(encoding="utf-8"))["tables"]["item_kinds_FR"]
    assert entry["grade"] == "E"
    assert "copied from US" in entry["method"]


def test_a_generator_is_one_class_and_one_line(pack: Path, snapshot: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = (pack / PACKAGE / "generators/code.py").read_text(encoding="utf-8")
    (pack / PACKAGE / "generators/label.py").write_text(source.replace("FleetCodeGenerator", "LabelGenerator"), "utf-8")
    plugin = pack / PACKAGE / "plugin.py"
    line = '    "datamimic_pack_fleet.generators.label:LabelGenerator",\n'
    plugin.write_text(
        plugin.read_text(encoding="utf-8").replace("GENERATORS = [\n", f"GENERATORS = [\n{line}"), "utf-8"
    )
    new, changed = touched(snapshot, pack)
    assert (new, changed) == ({f"{PACKAGE}/generators/label.py"}, {f"{PACKAGE}/plugin.py"})
    assert lines_added(snapshot / PACKAGE / "plugin.py", plugin) == [line.rstrip()]
    monkeypatch.syspath_prepend(str(pack / "src"))
    monkeypatch.setattr("importlib.metadata.version", lambda name: "0.1.0")
    try:
        import datamimic_pack_fleet.plugin as fleet  # type: ignore[import-not-found]

        packs = Registry.of(fleet)
        assert len(packs.generator("fleet.LabelGenerator")(seed="demo", packs=packs).generate()) == 7
        assert World("demo", packs=packs)["fleet.item"][0].item_id.startswith("ITEM-")
    finally:
        for name in [name for name in sys.modules if name.startswith("datamimic_pack_fleet")]:
            del sys.modules[name]


def test_a_pack_is_one_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    dm("new-pack", "fleet")
    assert [path.name for path in tmp_path.iterdir()] == ["datamimic-pack-fleet"]
    dm("new-pack", "cold_store", "--directory", "elsewhere")
    assert {path.name for path in tmp_path.iterdir()} == {"datamimic-pack-fleet", "elsewhere"}
    assert "cold_store = " in (tmp_path / "elsewhere/pyproject.toml").read_text(encoding="utf-8")
    left = [path for path in tmp_path.rglob("*") if path.is_file() and "$" in path.read_text(encoding="utf-8")]
    assert [path.name for path in left] == ["tests.yml", "tests.yml"], "a placeholder was not filled in"


def test_a_country_of_one_of_our_packs_is_data_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = tmp_path / "common"
    shutil.copytree(ROOT / "packs/common", ours, ignore=shutil.ignore_patterns("__pycache__"))
    before = tmp_path / "before"
    shutil.copytree(ours, before)
    monkeypatch.chdir(ours)
    dm("new-locale", "ZZ", "--copy-from", "VN")
    new, changed = touched(before, ours)
    assert new
    assert all(name.startswith(f"{COMMON.as_posix()}/data/") and name.endswith("_ZZ.csv") for name in new)
    assert changed == {f"{COMMON.as_posix()}/data/data.toml"}


@pytest.mark.parametrize(
    "command", [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy", "src"]], ids=" ".join
)
def test_what_is_scaffolded_is_clean(pack: Path, command: list[str]) -> None:
    pytest.importorskip(command[0])
    dm("new-entity", "spare_part")
    done = subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["new-pack", "Fleet"], "invalid_name", "lower case letters"),
        (["new-pack", "class"], "invalid_name", "a word of Python"),
        (["new-pack", "core"], "invalid_name", "look like datamimic itself"),
        (["new-pack", "common"], "pack_collision", "choose another name"),
        (["new-entity", "spare-part"], "invalid_name", "medical_device"),
        (["new-entity", "item"], "output_unwritable", "nothing was written"),
        (["new-locale", "de"], "invalid_locale", "two capitals"),
        (["new-locale", "DE"], "output_unwritable", "nothing was written"),
        (["new-locale", "FR", "--copy-from", "VN"], "missing_table", "--copy-from"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_written(
    pack: Path, snapshot: Path, arguments: list[str], code: str, words: str
) -> None:
    error = dm(*arguments, ok=False).exception
    assert getattr(error, "code", error) == code
    assert words in str(error)
    assert touched(snapshot, pack) == (set(), set())


def test_a_folder_that_holds_something_is_not_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "full").mkdir()
    (tmp_path / "full/file").touch()
    error = dm("new-pack", "fleet", "--directory", "full", ok=False).exception
    assert getattr(error, "code", error) == "output_unwritable"
    assert [path.name for path in tmp_path.rglob("*")] == ["full", "file"]
    for command in ("new-entity", "new-locale"):
        error = dm(command, "FR" if command == "new-locale" else "part", ok=False).exception
        assert getattr(error, "code", error) == "bad_input"


def test_a_plugin_without_the_list_is_left_alone(pack: Path) -> None:
    plugin = pack / PACKAGE / "plugin.py"
    plugin.write_text(plugin.read_text(encoding="utf-8").replace("ENTITIES", "CLASSES"), encoding="utf-8")
    error = dm("new-entity", "part", ok=False).exception
    assert getattr(error, "code", error) == "bad_input"
    assert "datamimic_pack_fleet.entities.part:Part" in str(error)
    assert not (pack / PACKAGE / "entities/part.py").exists()
