"""Files masked: no original anywhere in what is written, the same person everywhere, whole or not at all."""

from __future__ import annotations

import json
import random
import traceback
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest
from click.testing import CliRunner

from datamimic import DatamimicError
from datamimic.cli import main
from datamimic_learning import BadPlan, Masking, MaskingKey, mask, open_sample, parse_plan
from datamimic_learning.masking.keys import key_of_file, new_key

KEY = MaskingKey.of_bytes(bytes(range(32)))
GIVEN = ["Adalgisa", "Bertrude", "Cunimund", "Dagobert", "Eadgyth", "Fulbrand", "Gisbert", "Hedewig"]
FAMILY = ["Quarzberger", "Zwirnemann", "Oxenfurter", "Plumhoff", "Krautwurst", "Nebelung", "Siebenschuh"]
PLAN = """
mask: 1
locale: de_DE
tables:
  customers:
    subjects:
      person:
        of: common.person
        key: [email]
        columns: {first: given_name, last: family_name, email: email, phone: phone, born: birthdate, street: address.line}
    columns:
      id: {method: encrypt, domain: customer, width: 8, whole: true}
      iban: {method: encrypt, number: iban}
      ssn: {method: hash}
      notes: text
      joined: {method: shift, days: 20}
      amount: keep
  orders:
    subjects:
      person: {of: common.person, key: [email], columns: {email: email}}
    columns:
      customer: {method: encrypt, domain: customer, width: 8, whole: true}
      remark: text
      shipped: {method: shift, days: 20}
"""


def planted(rows: int) -> dict[str, pa.Table]:
    """Customers and orders with personal data in columns and in text, every piece of which stands nowhere else."""
    drawn = random.Random(3)
    people = []
    for number in range(rows):
        first, last = drawn.choice(GIVEN) + "xyz"[number % 3], drawn.choice(FAMILY) + "aeiou"[number % 5]
        people.append({
            "id": 1000 + number,
            "first": first,
            "last": last,
            "email": f"{first}.{last}.{number}@quarzberger-{number}.de".lower(),
            "phone": f"+49 30 9{drawn.randrange(10**7):07}",
            "born": date(1950 + number % 50, 1 + number % 12, 1 + number % 28),
            "street": f"{last}weg {100 + number}",
            "iban": f"DE{10 + number % 80}3704004405{drawn.randrange(10**10):010}",
            "ssn": f"{drawn.randrange(10**9):09}Q",
            "joined": f"0{1 + number % 9}.03.2021",
            "amount": number / 4,
        })  # fmt: skip
    for each, other in zip(people, people[1:] + people[:1], strict=True):
        iban = each["iban"]
        each["notes"] = (
            f"{each['first']} {each['last']} called from {each['phone']}, account {iban[:4]} {iban[4:8]} {iban[8:12]} "
            f"{iban[12:16]} {iban[16:20]} {iban[20:]}; knows {other['first'].upper()} {other['last']} ({other['email']}). "
            f"Lives at {each['street']}."
        )
    orders = [
        {
            "customer": each["id"],
            "email": each["email"].upper(),
            "remark": f"ask for {each['last']} or mail {each['email']}",
            "shipped": each["joined"],
        }
        for each in people
        for _ in range(2)
    ]
    return {"customers": pa.Table.from_pylist(people), "orders": pa.Table.from_pylist(orders)}


def written(folder: Path, ending: str, rows: int = 60) -> tuple[Path, dict[str, pa.Table]]:
    folder.mkdir()
    tables = planted(rows)
    for name, table in tables.items():
        if ending == "parquet":
            pa.parquet.write_table(table, folder / f"{name}.parquet")
        else:
            pa.csv.write_csv(table, folder / f"{name}.csv")
    return folder, tables


def originals(tables: dict[str, pa.Table]) -> set[str]:
    found = set()
    for column in ("first", "last", "email", "phone", "street", "iban", "ssn"):
        found |= set(tables["customers"][column].to_pylist())
    return found | {each.upper() for each in found}


def assert_none_is_left(folder: Path, tables: dict[str, pa.Table]) -> None:
    """In all bytes of all files: pages, dictionaries, statistics, metadata, manifests; compressed pages are read too."""
    content = b""
    for file in sorted(folder.iterdir()):
        content += file.read_bytes()
        if file.suffix == ".parquet":
            table = pa.parquet.read_table(file)
            content += str(table.schema.metadata).encode() + str(pa.parquet.read_metadata(file).to_dict()).encode()
            content += "\n".join(str(row) for row in table.to_pylist()).encode()
    left = [each for each in originals(tables) if each.encode() in content]
    assert left == []


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_no_original_is_left_anywhere(tmp_path: Path, ending: str) -> None:
    source, tables = written(tmp_path / "in", ending)
    report = mask(source, tmp_path / "out", KEY, parse_plan(PLAN))
    assert_none_is_left(tmp_path / "out", tables)
    assert [each.rows for each in report.tables] == [60, 120]
    assert sorted(each.name for each in (tmp_path / "out").iterdir()) == [
        f"customers.{ending}",
        "manifest.json",
        f"orders.{ending}",
    ]


def test_the_same_person_is_the_same_other_one_in_every_table_and_text(tmp_path: Path) -> None:
    source, tables = written(tmp_path / "in", "parquet")
    mask(source, tmp_path / "out", KEY, parse_plan(PLAN))
    customers = pa.parquet.read_table(tmp_path / "out" / "customers.parquet").to_pylist()
    orders = pa.parquet.read_table(tmp_path / "out" / "orders.parquet").to_pylist()
    by_email = {each["email"]: each for each in customers}
    assert len(by_email) == 60 and {each["email"] for each in orders} == set(by_email)
    assert {each["id"] for each in customers} == {each["customer"] for each in orders}
    for each in customers:
        assert f"{each['first']} {each['last']} called from {each['phone']}" in each["notes"]
        assert each["iban"] in each["notes"].replace(" ", "") and each["street"] in each["notes"]
        assert each["email"].startswith(each["first"].lower()[:1]) or not each["first"].isascii()
    for each in orders:
        assert each["customer"] == by_email[each["email"]]["id"]
        assert (
            f"mail {each['email']}" in each["remark"]
            and f"ask for {by_email[each['email']]['last']} or" in each["remark"]
        )
    assert [each["amount"] for each in customers] == tables["customers"]["amount"].to_pylist()
    moved = {
        (old["email"], old["joined"]): new["joined"]
        for old, new in zip(tables["customers"].to_pylist(), customers, strict=True)
    }
    assert all(old != new for (_, old), new in moved.items())


def test_batches_order_and_runs_do_not_matter() -> None:
    tables = planted(50)
    plan = parse_plan(PLAN)
    sample = open_sample(tables)
    masking = Masking(plan, KEY, sample.tables)
    whole = pa.Table.from_batches(masking.batches("customers"))
    few = [masking.masked("customers", batch) for batch in tables["customers"].slice(7, 20).to_batches(max_chunksize=3)]
    assert pa.Table.from_batches(few).to_pylist() == whole.slice(7, 20).to_pylist()
    again = pa.Table.from_batches(Masking(plan, KEY, sample.tables).batches("customers"))
    assert again.equals(whole)
    other = Masking(plan, MaskingKey.of_bytes(bytes(range(1, 33))), sample.tables)
    different = pa.Table.from_batches(other.batches("customers"))
    assert not set(different["email"].to_pylist()) & set(whole["email"].to_pylist())
    assert not set(different["iban"].to_pylist()) & set(whole["iban"].to_pylist())


def test_traits_that_are_kept_are_kept_in_every_table() -> None:
    people = pa.table({
        "mail": [f"p{number}@x.de" for number in range(40)],
        "first": ["Anna", "Bert"] * 20,
        "sex": ["F", "M"] * 20,
        "born": [date(1950 + number, 3, 1) for number in range(40)],
        "land": ["Bayern", "Hessen"] * 20,
    })  # fmt: skip
    calls = pa.table({"mail": [f"P{number}@x.de " for number in range(39, -1, -1)], "first": ["Bert", "Anna"] * 20})
    plan = parse_plan("""
mask: 1
locale: de_DE
clock: 2025-01-01
tables:
  people:
    subjects:
      p: {of: common.person, key: mail, keep: [sex, age_band, region],
          columns: {mail: email, first: given_name, sex: gender, born: birthdate, land: address.state}}
  calls:
    subjects: {p: {of: common.person, key: mail, keep: [sex, age_band, region], columns: {mail: email, first: given_name}}}
""")
    masking = Masking(plan, KEY, open_sample({"people": people, "calls": calls}).tables)
    made = pa.Table.from_batches(masking.batches("people"))
    assert (
        made["sex"].to_pylist() == people["sex"].to_pylist() and made["land"].to_pylist() == people["land"].to_pylist()
    )
    years = [each.year for each in made["born"].to_pylist()]
    assert all((2024 - one) // 10 == (2024 - other.year) // 10 or one in (other.year - 1, other.year + 1)
               for one, other in zip(years, people["born"].to_pylist(), strict=True))  # fmt: skip
    other = pa.Table.from_batches(masking.batches("calls"))
    assert other["mail"].to_pylist()[::-1] == made["mail"].to_pylist()
    assert other["first"].to_pylist()[::-1] == made["first"].to_pylist()


def test_kept_traits_are_learnt_of_people_without_a_key_too() -> None:
    """Rows of one mail, and of one name where there is no mail, keep the sex that another row of theirs says."""
    table = pa.table({
        "mail": ["a@x.de"] * 2 + [None] * 4, "name": ["Ann", "Ann", "Bo", "Bo", "Cy", "Cy"],
        "sex": ["female", None, "male", "male", None, "female"],
    })  # fmt: skip
    plan = parse_plan("""
mask: 1
locale: de_DE
tables:
  frame:
    subjects: {p: {of: common.person, key: mail, keep: [sex], columns: {mail: email, name: given_name, sex: gender}}}
""")
    masking = Masking(plan, KEY, open_sample(table).tables)
    made = pa.Table.from_batches(masking.batches("frame")).to_pydict()
    assert made["sex"] == table["sex"].to_pylist()
    assert made["mail"][0] == made["mail"][1] and made["mail"][2:] == [None] * 4
    assert made["name"][2] == made["name"][3] != "Bo"


def test_nulls_cardinalities_and_groups_stay() -> None:
    table = pa.table({
        "a": ["x", None, "y", "x"], "b": [1, 1, 2, 2], "c": ["p", "q", "r", "s"], "d": [None, 1.5, None, 2.5],
        "e": pa.array(["k", "l", "k", None]).dictionary_encode(), "f": [[1], [2], None, [3]],
    })  # fmt: skip
    plan = parse_plan("""
mask: 1
tables:
  frame:
    columns: {a: encrypt, b: keep, c: {method: shuffle, within: b}, d: {method: noise, share: 0.5}, e: token, f: 'null'}
""")
    made = pa.Table.from_batches(Masking(plan, KEY, open_sample(table).tables).batches("frame")).to_pydict()
    assert made["a"][1] is None and made["a"][0] == made["a"][3] != made["a"][2]
    assert sorted(made["c"][:2]) == ["p", "q"] and sorted(made["c"][2:]) == ["r", "s"]
    assert made["d"][0] is None and made["e"][0] == made["e"][2] and made["e"][3] is None and made["f"] == [None] * 4


def test_reversible_columns_come_back_with_the_key_alone(tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    source.write_text("id,iban\nK-0001,DE89370400440532013000\nK-0002,GB29NWBK60161331926819\n")
    plan = parse_plan(
        "mask: 1\ntables: {a: {columns: {id: encrypt, iban: {method: encrypt, number: iban, reversible: true}}}}"
    )
    (tmp_path / "m").mkdir()
    mask(source, tmp_path / "m" / "a.csv", KEY, plan)
    masked = (tmp_path / "m" / "a.csv").read_text()
    assert "DE89" not in masked
    (tmp_path / "r").mkdir()
    mask(tmp_path / "m" / "a.csv", tmp_path / "r" / "a.csv", KEY, plan, reverse=True)
    back = (tmp_path / "r" / "a.csv").read_text()
    assert "DE89370400440532013000" in back and "K-0001" not in back
    other = MaskingKey.of_bytes(bytes(range(1, 33)))
    (tmp_path / "w").mkdir()
    mask(tmp_path / "m" / "a.csv", tmp_path / "w" / "a.csv", other, plan, reverse=True)
    assert "DE89370400440532013000" not in (tmp_path / "w" / "a.csv").read_text()
    with pytest.raises(DatamimicError) as caught:
        mask(source, tmp_path / "x.csv", KEY, parse_plan("mask: 1\ntables: {a: {otherwise: keep}}"), reverse=True)
    assert caught.value.code == "learning.not_reversible"


def test_parts_of_files_are_closed_over_references_in_both_directions(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "people.csv").write_text("id,boss,land\n1,,DE\n2,1,FR\n3,2,DE\n4,4,FR\n5,,US\n")
    (folder / "orders.csv").write_text("id,person,item\n10,3,7\n11,4,8\n12,2,7\n13,3,9\n")
    (folder / "items.csv").write_text("id,name\n7,a\n8,b\n9,c\n")
    (folder / "rates.csv").write_text("r\n1\n2\n")
    plan = parse_plan("""
mask: 1
otherwise: keep
tables:
  people: {references: {boss: people.id}}
  orders: {references: {person: people.id, item: items.id}}
  items: {}
  rates: {}
""")
    report = mask(folder, tmp_path / "out", KEY, plan, where={"people": "land = 'DE' AND id > 1"})
    ids = {name: [line.split(",")[0] for line in (tmp_path / "out" / f"{name}.csv").read_text().split()[1:]]
           for name in ("people", "orders", "items", "rates")}  # fmt: skip
    assert ids == {"people": ["1", "2", "3"], "orders": ["10", "13"], "items": ["7", "9"], "rates": ["1", "2"]}
    assert "people: 3 of 5 rows" in report.notes
    for bad in (
        "land = ",
        "lnad = 'DE'",
        "land = (SELECT 1)",
        "1; DROP TABLE x",
        "land || 'x' = 'y'",
        "id = land OR upper(land) = 'x'",
    ):
        with pytest.raises(DatamimicError) as caught:
            mask(folder, tmp_path / "no", KEY, plan, where={"people": bad})
        assert caught.value.code == "learning.bad_condition" and not (tmp_path / "no").exists()


def test_originals_that_become_one_are_counted() -> None:
    count = 4_000
    phones = pa.table({"phone": [f"+1 212-555-{number:04}" for number in range(count)] * 2})
    plan = parse_plan(
        "mask: 1\ntables: {frame: {subjects: {p: {of: common.person, key: phone, columns: {phone: phone}}}}}"
    )
    masking = Masking(plan, KEY, open_sample(phones).tables)
    made = pa.Table.from_batches(masking.batches("frame"))["phone"]
    [note] = masking.finish("frame").notes
    assert note.startswith(f"phone: {count - len(made.unique()):,} different originals") and len(made.unique()) < count
    mails = pa.table({"email": [f"p{number}@x.example" for number in range(count)]})
    plan = parse_plan(
        "mask: 1\ntables: {frame: {subjects: {p: {of: common.person, key: email, columns: {email: email}}}}}"
    )
    masking = Masking(plan, KEY, open_sample(mails).tables)
    assert len(pa.Table.from_batches(masking.batches("frame"))["email"].unique()) == count
    assert masking.finish("frame").notes == []


SECRETS = "Wolfhilde Geheimrat"


@pytest.mark.parametrize(
    ("name", "content", "plan", "code"),
    [
        ("a.csv", f"a,b\n{SECRETS},x\n", "{a: {method: generalise, step: 10}, b: keep}", "learning.unfit_values"),
        ("a.csv", f"a,b\n{SECRETS},x\n", "{a: {method: shift, by: b}, b: keep}", "learning.unfit_values"),
        ("a.csv", f"a,b\n{SECRETS}\n1,2,3,{SECRETS}\n", "{a: keep, b: keep}", "bad_input"),
        ("a.csv", f"a,a\n{SECRETS},2\n", "{a: keep}", "learning.duplicate_columns"),
        ("a.parquet", SECRETS, "{a: keep}", "bad_input"),
        ("a.csv", "", "{a: keep}", "bad_input"),
    ],
)
def test_bad_input_is_refused_without_an_original(
    tmp_path: Path, name: str, content: str, plan: str, code: str
) -> None:
    source = tmp_path / name
    source.write_text(content)
    with pytest.raises(DatamimicError) as caught:
        mask(source, tmp_path / "out.csv", KEY, parse_plan(f"mask: 1\ntables: {{a: {{columns: {plan}}}}}"))
    assert caught.value.code == code
    assert not any(word in "".join(traceback.format_exception(caught.value)) for word in SECRETS.split())
    assert sorted(each.name for each in tmp_path.iterdir()) == [name]


def test_a_key_is_a_file_of_its_owner_that_shows_itself_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "mask.key"
    new_key(path)
    secret = path.read_text().strip()
    key = key_of_file(path)
    assert secret not in repr(key) and len(key.fingerprint) == 16 and key.fingerprint not in secret
    with pytest.raises(DatamimicError, match="is there already"):
        new_key(path)
    path.chmod(0o644)
    with pytest.raises(DatamimicError, match="others may read"):
        key_of_file(path)
    with pytest.raises(DatamimicError, match="cannot be read"):
        key_of_file(tmp_path / "none")


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path / "in", "csv", 30)

    def run(*arguments: str, status: int = 0) -> str:
        found = CliRunner().invoke(main, ["mask", *arguments])
        assert found.exit_code == status, found.output
        return found.output

    run("--new-key", "m.key")
    run("in", "--propose", "p.yaml")
    assert "email: email" in Path("p.yaml").read_text()
    assert "the plan fits: 2 tables" in run("in", "--plan", "p.yaml", "--check")
    told = run("in", "-o", "out", "--key-file", "m.key", "--plan", "p.yaml", "--quiet")
    assert "customers: 30 rows" in told and Path("m.key").read_text().strip() not in told
    manifest = json.loads(Path("out/manifest.json").read_text())
    assert manifest["masking"] == 1 and manifest["tables"][0]["rows"] == 30
    report = json.loads(run("in", "-o", "part", "--key-file", "m.key", "--plan", "p.yaml", "--json", "-q",
                            "--where", "orders: customer < 1005"))  # fmt: skip
    assert {each["table"]: each["rows"] for each in report["tables"]} == {"customers": 30, "orders": 10}
    assert json.loads(run("--schema"))["title"].startswith("A plan")
    Path("bad.yaml").write_text("mask: 1\ntables: {customers: {columns: {id: kep, first: hsh}}}\n")
    refused = CliRunner().invoke(main, ["mask", "in", "--plan", "bad.yaml", "--check"])
    assert refused.exit_code != 0 and refused.output.count("learning.bad_plan") >= 1
    for arguments in (["in"], [], ["in", "-o", "x"], ["in", "-o", "x", "--key-file", "m.key", "--where", "orders"]):
        assert CliRunner().invoke(main, ["mask", *arguments]).exit_code != 0
    assert not Path("x").exists()


def test_a_plan_forgets_no_column() -> None:
    with pytest.raises(BadPlan, match="says nothing of frame.b"):
        Masking(parse_plan("mask: 1\ntables: {frame: {columns: {a: keep}}}"), KEY,
                open_sample(pa.table({"a": [1], "b": [2]})).tables)  # fmt: skip
