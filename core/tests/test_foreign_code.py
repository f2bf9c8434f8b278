"""A pack may raise anything, anywhere: it is listed as broken, and the others go on."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner
from fleet import registry

import datamimic.cli.group
from datamimic import DatamimicError, Pack, Registry, World, check, entity, field, number
from datamimic.checks.checking import check_rows
from datamimic.cli import main
from datamimic.plugins.loading import load

RUDE = """
class Rude({base}):
    def __str__(self):
        raise Rude({argument})
    __repr__ = __str__
raise Rude({argument})
"""
IMPORTS = {
    **{
        base: RUDE.format(base=base, argument="1")
        for base in ("Exception", "BaseException", "GeneratorExit", "SystemExit")
    },
    "exit": "import sys; sys.exit(0)",
    "generator": "raise GeneratorExit",
    "recursion": "def f(): f()\nf()",
    "syntax": "def",
    "null": "x = '\\0'\nraise ValueError('\\ud800\\x1b[31m')",
    "property": "class P:\n    @property\n    def __class__(self): raise GeneratorExit\n"
    "def datamimic_pack(): return P()",
    "dir": "import sys\nclass M:\n    def __getattr__(self, n): raise GeneratorExit\nsys.modules[__name__] = M()",
}


@pytest.mark.parametrize("how", IMPORTS)
def test_whatever_an_import_raises_is_kept_as_the_pack_s_error(
    how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"hostile_{how.lower()}"
    (tmp_path / f"{name}.py").write_text(IMPORTS[how])
    monkeypatch.syspath_prepend(str(tmp_path))
    loaded = load("x", name)
    sys.modules.pop(name, None)
    assert loaded.status == "broken" and loaded.error is not None
    assert loaded.error.code in ("pack_import_failed", "bad_pack", "pack_hook_failed")
    assert loaded.error.message.isprintable() and loaded.error.render()


def test_an_interrupt_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "hostile_interrupt.py").write_text("raise KeyboardInterrupt")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(KeyboardInterrupt):
        load("x", "hostile_interrupt")


class Rude(Exception):
    def __str__(self) -> str:
        raise ValueError


def raising(error: BaseException) -> Callable[..., Any]:
    def raise_it(*arguments: Any, **named: Any) -> Any:
        raise error

    return raise_it


ERRORS = [Rude(), GeneratorExit(), SystemExit(1), MemoryError(), RecursionError()]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("hook", ["pack", "entities", "generators", "datasets", "formats"])
def test_whatever_a_hook_raises_is_kept_as_the_pack_s_error(hook: str, error: BaseException) -> None:
    def pack() -> Pack:
        return Pack("bad", "1", "Bad")

    def hooked() -> Any:
        raise error

    plugin = SimpleNamespace(datamimic_pack=pack)
    setattr(plugin, f"datamimic_{hook}", hooked)
    (record,) = [each for each in Registry.of(plugin).packs() if each.name != "core"]
    assert record.status == "broken" and record.error is not None and type(error).__name__ in record.error.message


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_whatever_a_rule_or_check_raises_is_its_error(error: BaseException) -> None:
    @entity("thing")
    class Thing:
        wheels: int = field(number(2, 4))

        bad: int = field(lambda wheels: raising(error)())

    world = World(1, packs=registry())
    with pytest.raises(DatamimicError) as caught:
        world[Thing][0:2].to_arrow()
    assert caught.value.code == "rule_failed"

    @check(Thing, "nothing holds")
    def nothing(wheels: Any) -> Any:
        raise error

    with pytest.raises(DatamimicError) as caught:
        check_rows(world[Thing][0:2].select(["wheels"]))
    assert caught.value.code == "check_failed"


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_whatever_the_hook_for_commands_raises_only_its_commands_are_missing(
    error: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    def commands(group: Any) -> None:
        raise error

    plugin = SimpleNamespace(datamimic_pack=lambda: Pack("bad", "1", "Bad"), datamimic_commands=commands)
    packs = Registry.of(plugin)
    monkeypatch.setattr(datamimic.cli.group, "installed_packs", lambda: packs)
    made = CliRunner().invoke(main, ["--help"])
    assert made.exit_code == 0 and "generate" in made.stdout
    assert "the commands of pack 'bad' are missing" in " ".join(made.stderr.split())
