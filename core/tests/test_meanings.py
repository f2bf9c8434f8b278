"""What packs say that columns mean: read, joined, refused, listed."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner

import datamimic.cli.meanings
from datamimic import Meaning, read_meanings
from datamimic.cli import main
from datamimic.errors import PackError
from datamimic.plugin import Pack
from datamimic.plugins.registry import Registry

CODE = Meaning(
    name="meter.code",
    fields=["energy.meter.code"],
    names={"en": ["meter code"], "de": ["zählernummer"]},
    pattern=r"M-\d{8}",
    validator="test_meanings:even",
    length=(10, 10),
)


def even(value: str) -> bool:
    return int(value[-1]) % 2 == 0


def plugin(name: str, meanings: Any) -> SimpleNamespace:
    return SimpleNamespace(datamimic_pack=lambda: Pack(name, "1.0", "Test"), datamimic_meanings=lambda: meanings)


def test_meanings_of_one_name_are_one_whatever_the_order_of_the_packs() -> None:
    polish = Meaning(
        name="meter.code",
        fields=["grid.meter.code"],
        names={"pl": ["kod licznika"], "en": ["meter code", "metre code"]},
        pattern="never",
        summary="code",
        holds={"a": "b"},
    )
    one = Registry.of(plugin("energy", [CODE]), plugin("poland", [polish])).meanings()
    other = Registry.of(plugin("poland", [polish]), plugin("energy", [CODE])).meanings()
    [(name, joined)] = one.items()
    assert dict(one) == dict(other) and name == "meter.code"
    assert joined.names == {
        "en": ("meter code", "metre code"),
        "de": ("zählernummer",),
        "pl": ("kod licznika",),
    }
    assert joined.fields == ("energy.meter.code", "grid.meter.code")
    assert (joined.pattern, joined.summary, joined.length) == (CODE.pattern, "code", (10, 10))
    assert one.packs["meter.code"] == ("energy", "poland")
    assert len(one) == 1 and not one.errors


def test_values_are_recognised_by_pattern_validator_and_list() -> None:
    assert CODE.recognises("M-00000002") is True
    assert CODE.recognises("M-00000001") is False
    assert CODE.recognises("M-2") is False
    assert Meaning(name="a.b").recognises("anything") is None
    colour = Meaning(name="a.b", values=["red", "green"])
    assert colour.recognises("RED") and not colour.recognises("blue")
    assert (CODE.subject, CODE.is_subject, Meaning(name="meter").is_subject) == ("meter", False, True)


@pytest.mark.parametrize("place", ["test_meanings:absent", "no_such_module:absent", "test_meanings:CODE"])
def test_a_validator_that_is_none_is_an_error_of_the_pack(place: str) -> None:
    with pytest.raises(PackError, match=r"validator of 'a\.b'"):
        Meaning(name="a.b", validator=place).recognises("1")


@pytest.mark.parametrize(
    "said",
    [
        {"name": "a.b.c"},
        {"name": "A"},
        {"name": "a", "fields": "common.person"},
        {"name": "a", "fields": ["person"]},
        {"name": "a", "names": {"english": ["x"]}},
        {"name": "a", "names": {"en": "x"}},
        {"name": "a", "types": ["text"]},
        {"name": "a", "length": (3, 2)},
        {"name": "a", "pattern": "("},
        {"name": "a", "part": "century"},
        {"name": "a", "validator": "module.function"},
    ],
)
def test_what_means_nothing_is_refused(said: dict[str, Any]) -> None:
    with pytest.raises((ValueError, TypeError)):
        Meaning(**said)


def test_a_file_says_the_same_as_the_class(tmp_path: Path) -> None:
    (tmp_path / "meanings.toml").write_text(
        """
        ['meter.code']
        fields = 'energy.meter.code'
        names.en = 'meter code'
        names.de = ['zählernummer']
        pattern = 'M-\\d{8}'
        validator = 'test_meanings:even'
        length = [10, 10]
        """,
        encoding="utf-8",
    )
    assert read_meanings(tmp_path) == (CODE,)


@pytest.mark.parametrize(
    "text",
    ["[[a]]\n", "a = 1\n", "['a.b']\nnmaes.en = 'x'\n", "['a.b']\nlength = 3\n", "['a.b']\nnames = 'x'\n", "[", "\xff"],
)
def test_a_file_that_cannot_be_read_is_an_error_with_its_name(tmp_path: Path, text: str) -> None:
    (tmp_path / "meanings.toml").write_text(text, encoding="latin-1")
    with pytest.raises(PackError) as caught:
        read_meanings(tmp_path)
    assert caught.value.code == "bad_hook" and str(caught.value.file).endswith("meanings.toml")


@pytest.mark.parametrize("bad", [None, ["meter.code"], [CODE, CODE.joined(Meaning(name="meter.code"))], 3])
def test_a_pack_whose_meanings_fail_does_not_take_those_of_others(bad: Any) -> None:
    found = Registry.of(plugin("bad", bad), plugin("energy", [CODE])).meanings()
    assert list(found) == ["meter.code"] and found["meter.code"] == CODE
    assert list(found.errors) == ["bad"]


def test_an_exception_of_a_hook_says_where_it_was_raised() -> None:
    broken = plugin("bad", [])
    broken.datamimic_meanings = lambda: [1 / 0]
    error = Registry.of(broken).meanings().errors["bad"]
    assert error.code == "pack_hook_failed" and error.file == __file__


def test_list_meanings(monkeypatch: pytest.MonkeyPatch) -> None:
    packs = Registry.of(plugin("energy", [CODE, Meaning(name="meter", names={"en": ["meter"]})]), plugin("bad", [1]))
    monkeypatch.setattr(datamimic.cli.meanings, "installed_packs", lambda: packs)
    run = CliRunner()
    shown = run.invoke(main, ["list-meanings"])
    assert shown.stdout.splitlines() == [
        "MEANING     MADE OF            NAMES",
        "meter       -                  meter",
        "meter.code  energy.meter.code  meter code, zählernummer",
    ]
    assert "the meanings of bad cannot be used" in shown.stderr
    [record] = json.loads(run.invoke(main, ["list-meanings", "zähler", "--json"]).stdout)
    assert (record["name"], record["packs"], record["length"]) == ("meter.code", ["energy"], [10, 10])
    assert record["names"] == {"en": ["meter code"], "de": ["zählernummer"]}
    assert "no such name" not in run.invoke(main, ["list-meanings", "meter"]).stdout
    assert "such a name" in run.invoke(main, ["list-meanings", "nothing"]).stdout
    monkeypatch.setattr(datamimic.cli.meanings, "installed_packs", lambda: Registry.of())
    assert "pip install datamimic-pack-common" in run.invoke(main, ["list-meanings"]).stdout
    assert json.loads(run.invoke(main, ["list-meanings", "--json"]).stdout) == []
