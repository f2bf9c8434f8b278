from __future__ import annotations

import ast
import pickle
from pathlib import Path

import pytest

import datamimic.errors as errors
from datamimic.errors import (
    CODES,
    DataError,
    DatamimicError,
    DefinitionError,
    InvalidOption,
    OutputError,
    PackError,
    UnknownName,
    suggest,
)

ROOT = Path(__file__).parents[2]


def test_rendering_has_code_message_place_and_hint() -> None:
    error = DataError("bad_weight", "weight '-3' is negative", hint="weights are >= 0", file="cities_US.csv", line=17)
    assert error.render() == "error[bad_weight]: weight '-3' is negative (cities_US.csv:17)\nhint: weights are >= 0"
    assert DatamimicError("invalid_count", "no", path="$.count").render() == "error[invalid_count]: no ($.count)"
    assert (
        str(DatamimicError("invalid_count", "count is -1", hint="ask for 0 or more"))
        == "count is -1 (ask for 0 or more)"
    )


def test_dictionary_has_only_what_is_known() -> None:
    assert InvalidOption("invalid_count", "count is -1").to_dict() == {
        "code": "invalid_count",
        "message": "count is -1",
    }
    full = InvalidOption(
        "invalid_count", "m", hint="h", path="$.count", file="request.json", line=2, details={"count": -1}
    )
    assert full.to_dict() == {
        "code": "invalid_count",
        "message": "m",
        "hint": "h",
        "path": "$.count",
        "file": "request.json",
        "line": 2,
        "details": {"count": -1},
    }


def test_a_code_must_be_listed_or_belong_to_a_pack() -> None:
    with pytest.raises(AssertionError, match="no_such_code"):
        DatamimicError("no_such_code", "message")
    assert PackError("fleet.bad_plate", "message").code == "fleet.bad_plate"


@pytest.mark.parametrize(
    "error",
    [
        DefinitionError("cycle", "a -> b -> a", details={"fields": ["a", "b"]}),
        UnknownName("column", "gendre", ["gender", "age"], owner="healthcare.patient", path="$.columns[0]"),
        OutputError("output_failed", "disk full", hint="make room", file="x.csv", line=3),
    ],
)
def test_errors_cross_process_borders(error: DatamimicError) -> None:
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error)
    assert copy.to_dict() == error.to_dict()
    assert str(copy) == str(error)
    assert copy.args == error.args


def test_an_unknown_name_says_what_is_near() -> None:
    error = UnknownName("column", "gendre", ["age", "gender"], owner="healthcare.patient")
    assert error.code == "unknown_column"
    assert error.message == "there is no column 'gendre' in healthcare.patient"
    assert error.hint == "did you mean 'gender'?"
    assert error.details == {"kind": "column", "name": "gendre", "suggestions": ["gender"]}


def test_an_unknown_name_lists_a_few_known_names_when_none_is_near() -> None:
    assert UnknownName("format", "xml", ["csv", "parquet"]).hint == "known: csv, parquet"
    assert UnknownName("format", "xml", []).hint is None
    assert UnknownName("city", "Zzz", [f"city{n}" for n in range(100)]).hint is None
    assert UnknownName("city", "Zzz", []).code == "unknown_value"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("patiant", ["healthcare.patient"]),
        ("healthcare.pateint", ["healthcare.patient"]),
        ("heathcare.patient", ["healthcare.patient"]),
        ("PERSON", ["common.person"]),
        ("person", ["common.person"]),
        ("quark", []),
    ],
)
def test_suggestions(name: str, expected: list[str]) -> None:
    assert suggest(name, ["common.person", "common.city", "healthcare.patient"]) == expected


def test_every_code_is_explained_in_sentences() -> None:
    for code, (meaning, remedy) in CODES.items():
        assert code == code.lower(), code
        assert code.replace("_", "").isalpha(), code
        assert meaning.endswith("."), code
        assert remedy.endswith("."), code


def test_every_code_in_the_sources_is_listed() -> None:
    classes = {name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, Exception)}
    used: dict[str, str] = {}
    for path in (path for part in ("core", "packs/*", "extensions/*") for path in ROOT.glob(f"{part}/src/**/*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or not node.args:
                continue
            first = node.args[0]
            if node.func.id in classes - {"UnknownName"} and isinstance(first, ast.Constant):
                used[str(first.value)] = f"{path}:{node.lineno}"
    assert used, "no error is raised anywhere: the scan is broken"
    unlisted = {code: place for code, place in used.items() if code not in CODES and "." not in code}
    assert not unlisted


def test_names_of_several_words_are_found_by_one_of_them() -> None:
    known = ["Type 1 Diabetes", "Type 2 Diabetes", "Heart Failure", "Heart Attack", "medical_record"]
    assert suggest("Diabetes", known) == ["Type 1 Diabetes", "Type 2 Diabetes"]
    assert suggest("diabtes", known) == ["Type 1 Diabetes", "Type 2 Diabetes"]
    assert suggest("failure of the heart", known) == ["Heart Failure"]
    assert suggest("record", known) == ["medical_record"]
    assert suggest("lung", known) == []
