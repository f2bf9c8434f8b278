"""Plans: read with every mistake at its place, checked against tables, proposed, described by a JSON Schema."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml

from datamimic import DatamimicError
from datamimic_learning import BadPlan, find_personal, open_sample, parse_plan, plan_schema, propose_plan, read_plan
from datamimic_learning.masking.plans.catalogue import METHODS
from datamimic_learning.masking.plans.checking import check_plan
from datamimic_learning.masking.plans.proposing import propose
from datamimic_learning.masking.plans.writing import plan_text

WRONG = """\
mask: 1
local: de_DE
tables:
  customers:
    subjects:
      person: {of: common.person, columns: {name: full_name, mail: email}, keep: [hair]}
    columns:
      name: keep
      iban: {method: encrpt}
      card: {method: encrypt, number: lune}
      born: {method: shift, days: 0}
      age: {method: generalise, step: 10, edges: [1, 2]}
      pay: {method: noise}
"""


def test_every_mistake_is_told_with_its_place() -> None:
    with pytest.raises(BadPlan) as caught:
        parse_plan(WRONG, "plan.yaml")
    told = [each.error().render() for each in caught.value.mistakes]
    assert [each.place.line for each in caught.value.mistakes] == [9, 10, 11, 12, 13, 6, 6, 2]
    assert all(each.place.file == "plan.yaml" and each.place.column and each.hint for each in caught.value.mistakes), (
        told
    )
    assert "did you mean encrypt?" in told[0] and "did you mean 'locale'" in told[-1].replace("locale?", "'locale'")
    assert caught.value.code == "learning.bad_plan" and "7 more mistakes" in caught.value.message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tables: {}", "no version"),
        ("mask: 1\ntables: {t: {columns: {a: {method: hash, length: 99}}}}", "length of the column 'a' is 99"),
        ("mask: 1\ntables: [1]", "tables is a list"),
        ("mask: [", "no YAML"),
    ],
)
def test_a_plan_that_cannot_be_used_is_refused(text: str, said: str) -> None:
    with pytest.raises(BadPlan, match="(?s).*") as caught:
        parse_plan(text)
    assert said in str(caught.value)


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatamimicError, match="cannot be read"):
        read_plan(tmp_path / "none.yaml")


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ("{a: keep, b: keep}", "the plan says nothing of t.c"),
        ("{a: keep, b: keep, amont: keep}", "did you mean amount?"),
        (
            "{a: {method: generalise, step: 2}, b: keep, c: {method: hash}}",
            "hash cannot be used on t.c, of type double",
        ),
        ("{a: keep, b: {method: shift}, c: keep}", "whose date it is"),
        ("{a: keep, b: keep, c: {method: shuffle, within: [d]}}", "t has no column 'd'"),
    ],
)
def test_a_plan_is_checked_against_the_tables(columns: str, said: str) -> None:
    plan = parse_plan(f"mask: 1\ntables: {{t: {{columns: {columns}}}}}")
    schema = pa.schema([("a", pa.int64()), ("b", pa.string()), ("c", pa.float64()), ("amount", pa.int8())])
    with pytest.raises(BadPlan) as caught:
        check_plan(plan, {"t": open_sample(schema.empty_table()).table})
    assert any(said in each.error().render() for each in caught.value.mistakes)
    assert all(each.place.line for each in caught.value.mistakes)


def test_fields_and_traits_that_an_entity_does_not_have_are_refused() -> None:
    schema = pa.schema([("a", pa.string())])
    for subject in ("of: common.person, columns: {a: nam}", "of: common.persn, columns: {a: name}",
                    "of: common.company, columns: {a: full_name}, keep: sex"):  # fmt: skip
        plan = parse_plan(f"mask: 1\ntables: {{t: {{subjects: {{s: {{{subject}}}}}}}}}")
        with pytest.raises(BadPlan):
            check_plan(plan, {"t": open_sample(schema.empty_table()).table})


def test_a_plan_is_proposed_and_read_again() -> None:
    people = pa.table({
        "customer_no": ["K-1001", "K-1002", "K-1003"] * 30,
        "first_name": ["Anna", "Bert", "Clara"] * 30,
        "last_name": ["Müller", "Schmidt", "Weber"] * 30,
        "email": [f"person{number}@firma.de" for number in range(90)],
        "iban": ["DE89370400440532013000"] * 90,
        "quantity": list(range(90)),
    })  # fmt: skip
    text = plan_text(propose(open_sample(people), clock="2025-01-01"))
    plan = parse_plan(text)
    (subject,) = plan.tables["frame"].subjects
    assert subject.key == ("email",) and subject.columns["last_name"] == "family_name"
    assert plan.tables["frame"].columns["quantity"].method == "keep"
    iban = plan.tables["frame"].columns["iban"]
    assert (iban.method, iban["number"]) == ("encrypt", "iban")
    assert plan.locale == "de_DE" and "# account.iban" in text
    jsonschema.Draft202012Validator(plan_schema()).validate(yaml.safe_load(text))


def test_the_schema_takes_what_is_read_and_refuses_what_is_not() -> None:
    validator = jsonschema.Draft202012Validator(plan_schema())
    jsonschema.Draft202012Validator.check_schema(plan_schema())
    for name in METHODS:
        needed = {"noise": {"share": 0.1}, "generalise": {"step": 5}}.get(name, {})
        document = {"mask": 1, "tables": {"t": {"columns": {"a": {"method": name, **needed}}}}}
        validator.validate(document)
        parse_plan(yaml.safe_dump(document))
    assert not validator.is_valid(yaml.safe_load(WRONG))


def test_text_files_are_proposed_as_they_will_be_masked(tmp_path: Path) -> None:
    path = tmp_path / "pay.csv"
    lines = [f"person{number}@firma.de,{1000 + number}.50,{41110 + number}" for number in range(40)]
    path.write_text("\n".join(["email,salary,member_number", *lines]) + "\n")
    plan = parse_plan(propose_plan(path))
    assert plan.tables["pay"].columns["salary"].method in ("noise", "keep")


def test_keys_that_look_like_passports_of_a_country_do_not_choose_it(tmp_path: Path) -> None:
    rows = pa.table({
        "customer_id": [f"C-{at:08d}" for at in range(60)],
        "first_name": ["Clinton", "Jonathan", "Alan"] * 20,
        "last_name": ["Koski", "Bunnell", "Sleeper"] * 20,
        "phone": [f"+1 901-555-{at:04d}" for at in range(60)],
    })  # fmt: skip
    pq.write_table(rows, tmp_path / "customers.parquet")
    assert "locale: en_US" in propose_plan(tmp_path / "customers.parquet")


def test_parts_that_are_called_after_people_are_in_no_plan() -> None:
    first, last = ("Miriam", "Sabine", "Jürgen", "Anna", "Otto"), ("Weber", "Koch", "Lehmann", "Krause")
    by_name = [f'{{"{first[at % 5]} {last[at // 5 % 4]}{"abcdefghij"[at % 10]}": {at}}}' for at in range(40)]
    by_mail = [f'{{"m{at}@firma.de": {{"visits": {at}}}}}' for at in range(40)]
    proposal = propose(open_sample(pa.table({"visits": by_name, "seen": by_mail, "n": [1] * 40})))
    [table] = proposal.body["tables"].values()
    assert table["columns"] == {"visits": "text", "seen": "text", "n": "keep"}
    assert not [each for each in (*first, *last, "firma") if each in plan_text(proposal)]


def test_what_is_nobodys_for_sure_and_leads_to_somebody_is_proposed_to_be_encrypted() -> None:
    cards = [f"{number:02x}:1b:44:11:{number * 3 % 256:02x}:b7" for number in range(40)]
    documents = [
        f'{{"mac": "{card}", "port": {at}, "who": {{"login": "vpetrov{at}"}}}}' for at, card in enumerate(cards)
    ]
    body = propose(open_sample(pa.table({"mac": cards, "seen": documents, "floor": [3] * 40}))).body
    [table] = body["tables"].values()
    assert table["columns"]["mac"] == "encrypt" and table["columns"]["floor"] == "keep"
    assert table["columns"]["seen"] == {"method": "text", "parts": {"mac": "encrypt", "who.login": "encrypt"}}
    assert not any(each.personal for each in find_personal(pa.table({"mac": cards})).columns)
