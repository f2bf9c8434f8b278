"""What the reader takes, and how it tells what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datamimic import DatamimicError
from datamimic_models.model import Mistakes
from datamimic_models.xml import mistakes_of_model, run_model
from datamimic_models.xml.reading import DEEPEST, read_text

Model = Callable[..., Path]


def found(path: Path) -> dict[str, tuple[int | None, str | None]]:
    return {each.code: (each.place.line, each.hint) for each in mistakes_of_model(path).found}


def test_every_mistake_is_told_at_once_with_its_place_and_the_nearest_name(model: Model) -> None:
    path = model(
        """
  <generat name="x" count="1"/>
  <generate name="a" count="two" colour="red" target="CVS">
    <key name="b" generator="IntegerGenrator"/>
    <key name="c" script="1 +"/>
    <key name="d" script="1" constant="2"/>
    <variable name="e" entity="Persn"/>
    <key name="f" constant="x" converter="UperCase"/>
    <key name="g" source="nowhere.csv"/>
    <key constant="1"/>
    <key name="h"/>
    <key name="i" values="1,2" weights="1"/>
    <key name="j" type="int" min="5" max="1"/>
    <nestedKey name="k"><generate name="l" count="1"/></nestedKey>
  </generate>
  <generate name="m"/>
  <include uri="../outside.xml"/>"""
    )
    told = found(path)
    assert told == {
        "models.unknown_element": (2, "did you mean generate or generator?"),
        "models.unknown_attribute": (3, told["models.unknown_attribute"][1]),
        "models.bad_value": (12, "as many numbers of 0 or more, one of them above 0"),
        "models.unknown_target": (3, told["models.unknown_target"][1]),
        "models.unknown_generator": (4, told["models.unknown_generator"][1]),
        "models.bad_expression": (5, None),
        "models.several_ways": (6, "one of them"),
        "unknown_entity": (7, told["unknown_entity"][1]),
        "models.unknown_converter": (8, "did you mean UpperCase or LowerCase?"),
        "models.no_file": (9, "paths begin beside the model"),
        "models.missing_attribute": (10, None),
        "models.no_way": (11, told["models.no_way"][1]),
        "impossible_constraint": (13, None),
        "models.misplaced_element": (14, told["models.misplaced_element"][1]),
        "models.no_count": (16, "count, source, script, or start, end and interval"),
        "models.outside": (17, "--trust lets a model read other folders"),
    }
    assert "IntegerGenerator" in str(told["models.unknown_generator"][1])
    with pytest.raises(DatamimicError, match="dm model check"):
        run_model(path)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('<!DOCTYPE setup [<!ENTITY a "b">]><setup>&a;</setup>', "models.xml_refused"),
        ('<!DOCTYPE setup SYSTEM "http://localhost/x.dtd"><setup/>', "models.xml_refused"),
        ("<setup>&nothing;</setup>", "models.bad_xml"),
        ("<setup><generate></setup>", "models.bad_xml"),
        ("", "models.bad_xml"),
        ('<?xml version="1.0" encoding="no-such"?><setup/>', "models.bad_xml"),
        ("<a>" * (DEEPEST + 1), "models.too_deep"),
    ],
)
def test_what_reaches_beyond_the_text_or_is_no_xml_is_refused(text: str, code: str) -> None:
    mistakes = Mistakes()
    assert read_text(text.encode(), "model.xml", mistakes) is None
    assert [each.code for each in mistakes.found] == [code]


@given(st.binary(max_size=200))
def test_any_bytes_are_a_tree_or_a_mistake(content: bytes) -> None:
    mistakes = Mistakes()
    made = read_text(content, "model.xml", mistakes)
    assert (made is None) == bool(mistakes.found)


def test_a_path_leads_out_of_the_folder_only_with_trust(model: Model, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("a\n1\n")
    path = model('<generate name="x" source="link.csv" separator=","/>')
    (path.parent / "link.csv").symlink_to(tmp_path / "secret.csv")
    assert list(found(path)) == ["models.outside"]
    assert run_model(path, trust=True) == {"x": [{"a": "1"}]}


def test_python_runs_only_with_trust(model: Model, tmp_path: Path) -> None:
    script = (
        f"import pathlib\npathlib.Path({str(tmp_path / 'ran')!r}).touch()\n"
        "class Shout:\n    def convert(self, v):\n        return v + '!'\n"
    )
    inner = (
        '<execute uri="own.py"/><generate name="x" count="1"><key name="a" constant="b" converter="Shout"/></generate>'
    )
    path = model(inner, own__py=script)
    assert list(found(path)) == ["models.not_trusted"]
    with pytest.raises(DatamimicError, match="runs code"):
        run_model(path)
    assert not (tmp_path / "ran").exists()
    assert run_model(path, trust=True) == {"x": [{"a": "b!"}]}
    assert (tmp_path / "ran").exists()


def test_a_model_that_includes_itself_is_refused(model: Model) -> None:
    with pytest.raises(DatamimicError) as caught:
        run_model(model('<include uri="model.xml"/>'))
    assert caught.value.code == "models.include_circle"


def test_attributes_that_are_no_numbers_are_mistakes_alone(model: Model) -> None:
    inner = (
        '<generate name="x" count="1"><variable name="p" entity="Person" ageMin="Person"/>'
        '<key name="a" type="int" nullQuota="no"/>'
        '<variable name="q" entity="Person" rngSeed="{1}"/></generate>'
    )
    found = [(each.code, each.level) for each in mistakes_of_model(model(inner)).found]
    assert found == [("models.bad_value", "error")] * 3
