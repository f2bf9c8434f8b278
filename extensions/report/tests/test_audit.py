"""`dm audit` over tables and messages that somebody wrote by hand: what is planted is found, at its count, and nothing else."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Callable
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pyarrow as pa
import pytest
from click.testing import CliRunner
from pyarrow import parquet

from datamimic import DatamimicError
from datamimic_report import audit_folders, render_audit
from datamimic_report.audit.gathering import kind_of
from datamimic_report.audit_command import audit

SCHEMA = json.loads(files("datamimic_report.audit").joinpath("schema.json").read_text(encoding="utf-8"))
CUSTOMERS, ORDERS = 120, 300


def written(folder: Path, name: str, text: str) -> None:
    (folder / name).write_bytes(text.encode())


def shop(folder: Path, change: Callable[[dict[str, list[dict[str, Any]]]], None] = lambda tables: None) -> Path:
    """Customers, orders and lines as tables, and the orders as EDIFACT; `change` breaks the tables, and not the messages."""
    draw = random.Random(1)
    customers = [
        {
            "customer_id": f"CUS-{number:05d}",
            "full_name": f"Name {number}",
            "birth_date": f"{draw.randint(1950, 2000)}-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}",
            "sex": draw.choice("MF"),
            "postal_code": f"1011{draw.randint(0, 3)}",
        }
        for number in range(CUSTOMERS)
    ]
    orders, lines, messages = [], [], ["UNB+UNOC:3+S+R+250101:0900+1'\n"]
    for number in range(ORDERS):
        amounts = [Decimal(draw.randint(100, 99_999)) / 100 for _ in range(draw.randint(1, 4))]
        order = {
            "order_no": f"ORD-{number:06d}",
            "customer_id": customers[draw.randrange(CUSTOMERS)]["customer_id"],
            "placed_on": f"2025-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}",
            "total": sum(amounts),
            "line_count": len(amounts),
        }
        orders.append(order)
        body = [
            f"UNH+{number + 1}+ORDERS:D:01B:UN'", f"BGM+220+{order['order_no']}+9'",
            f"DTM+137:{order['placed_on'].replace('-', '')}:102'", f"RFF+CR:{order['customer_id']}'",
        ]  # fmt: skip
        for place, amount in enumerate(amounts, 1):
            lines.append({"line_id": f"LIN-{len(lines):07d}", "order_no": order["order_no"], "amount": amount})
            body += [f"LIN+{place}'", f"MOA+203:{amount}'"]
        body += ["UNS+S'", f"MOA+86:{order['total']}'", f"CNT+2:{len(amounts)}'"]
        messages.append("\n".join([*body, f"UNT+{len(body) + 1}+{number + 1}'\n"]))
    tables = {"customers": customers, "orders": orders, "lines": lines}
    change(tables)
    parquet.write_table(pa.Table.from_pylist(tables["customers"]), folder / "customers.parquet")
    with (folder / "orders.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, orders[0].keys())
        writer.writeheader()
        writer.writerows(tables["orders"])
    written(folder, "lines.jsonl", "".join(json.dumps(row, default=str) + "\n" for row in tables["lines"]))
    written(folder, "orders.edi", "".join([*messages, f"UNZ+{ORDERS}+1'\n"]))
    return folder


def audited(*folders: Path) -> dict[str, Any]:
    made = audit_folders(folders)
    jsonschema.validate(json.loads(json.dumps(made)), SCHEMA)
    return made


def link(made: dict[str, Any], output: str, column: str) -> dict[str, Any]:
    [found] = [each for each in made["links"] if (each["output"], each["column"]) == (output, column)]
    return found


def tie(made: dict[str, Any], left: str, right: str) -> dict[str, Any]:
    [found] = [each for each in made["ties"] if (each["left"], each["right"]) == (left, right)]
    return found


def test_what_hangs_together_is_found_without_a_word_of_it(tmp_path: Path) -> None:
    made = audited(shop(tmp_path))
    assert made["verdict"] == {"holds": True, "orphaned": 0, "duplicated": 0, "untied": 0, "unread": 0}
    keys = {each["output"]: each["column"] for each in made["keys"]}
    assert keys == {"customers": "customer_id", "orders": "order_no", "lines": "line_id", "ORDERS D.01B": "BGM.2"}
    for output, column, target, resolved in (
        ("orders", "customer_id", "customers", ORDERS),
        ("lines", "order_no", "orders", None),
        ("ORDERS D.01B", "BGM.2", "orders", ORDERS),
        ("ORDERS D.01B", "RFF[CR].1.2", "customers", ORDERS),
    ):
        found = link(made, output, column)
        assert found["references"]["output"] == target and found["orphaned"] == 0 and not found["declared"]
        assert resolved is None or found["resolved"] == resolved
    for left, right, kind in (
        ("orders: total", "Σ lines: amount by order_no", "sum"),
        ("ORDERS D.01B: MOA[86].1.2", "Σ MOA[203].1.2", "sum"),
        ("ORDERS D.01B: MOA[86].1.2", "orders: total", "equal"),
        ("ORDERS D.01B: DTM[137].1.2", "orders: placed_on", "equal"),
        ("ORDERS D.01B: CNT[2].1.2", "number of LIN.1", "count"),
    ):
        found = tie(made, left, right)
        assert (found["kind"], found["untied"]) == (kind, 0)


def test_what_is_planted_is_found_at_its_count(tmp_path: Path) -> None:
    def planted(tables: dict[str, list[dict[str, Any]]]) -> None:
        orders = tables["orders"]
        for number in (3, 50, 120, 200):
            orders[number]["total"] += Decimal("0.01")
        for number in (7, 8):
            orders[number]["customer_id"] = f"CUS-9{number:04d}"
        for number in (30, 60, 90):
            orders[number]["placed_on"] = "2024-02-29"
        orders.append(dict(orders[250]))
        gone = [orders[number]["order_no"] for number in (10, 20, 40)]
        tables["orders"] = [row for row in orders if row["order_no"] not in gone]

    made = audited(shop(tmp_path, planted))
    assert not made["verdict"]["holds"]
    lost = link(made, "orders", "customer_id")
    assert lost["orphaned"] == 2 and set(lost["examples"]) == {"CUS-90007", "CUS-90008"}
    assert link(made, "ORDERS D.01B", "BGM.2")["orphaned"] == 3
    [key] = [each for each in made["keys"] if each["output"] == "orders"]
    assert (key["duplicated"], key["examples"]) == (2, ["ORD-000250"])
    amounts = tie(made, "ORDERS D.01B: MOA[86].1.2", "orders: total")
    assert amounts["untied"] == 4 and "ORD-000003" in amounts["examples"]
    assert tie(made, "ORDERS D.01B: DTM[137].1.2", "orders: placed_on")["untied"] == 3
    assert tie(made, "orders: total", "Σ lines: amount by order_no")["untied"] in (4, 5)
    assert tie(made, "ORDERS D.01B: MOA[86].1.2", "Σ MOA[203].1.2")["untied"] == 0


def test_people_are_told_apart_and_found_across_outputs(tmp_path: Path) -> None:
    shop(tmp_path)
    customers = parquet.read_table(tmp_path / "customers.parquet").to_pylist()
    rows = ["visit,dob,gender,zip"]
    rows += [
        f"{number},{each['birth_date']},{each['sex']},{each['postal_code']}" for number, each in enumerate(customers)
    ]
    written(tmp_path, "visits.csv", "\n".join(rows) + "\n")
    made = audited(tmp_path)
    exact = [(each["birth_date"], each["sex"], each["postal_code"]) for each in customers]
    alone = sum(exact.count(each) == 1 for each in exact)
    [found] = [each for each in made["people"] if each["kind"] == "re-identified"]
    assert (found["outputs"], found["alone"], found["rows"]) == (["customers", "visits"], alone, CUSTOMERS)
    pairs = [(each["birth_date"], each["postal_code"]) for each in customers]
    [within] = [
        each for each in made["people"]
        if each["outputs"] == ["customers"] and each["traits"] == ["birth date", "postal code"]
    ]  # fmt: skip
    assert within["alone"] == sum(pairs.count(each) == 1 for each in pairs)
    assert within["smallest_k"] == min(pairs.count(each) for each in pairs)


def balance_of(kind: str, cents: int) -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt>{abs(cents) / 100:.2f}</Amt>"
        f"<CdtDbtInd>{'CRDT' if cents >= 0 else 'DBIT'}</CdtDbtInd></Bal>"
    )


def statements(folder: Path, wrong: int = 0) -> None:
    """Bank statements in XML, one a file, and as MT940; of some the closing balance is a cent too high."""
    draw = random.Random(2)
    lines = []
    for number in range(20):
        opening, balance, entries, fields = 100_000 + number * 7, 0, [], []
        balance = opening
        for entry in range(draw.randint(2, 5)):
            amount, debit = draw.randint(100, 9_999), draw.random() < 0.5
            balance += -amount if debit else amount
            mark = "DBIT" if debit else "CRDT"
            entries.append(
                f"<Ntry><NtryRef>N{number:03d}{entry:03d}</NtryRef><Amt Ccy='EUR'>{amount / 100:.2f}</Amt>"
                f"<CdtDbtInd>{mark}</CdtDbtInd></Ntry>"
            )
            fields.append(
                f":61:2501150115{mark[0]}{amount // 100},{amount % 100:02d}NTRFREF{number:03d}{entry:03d}\r\n"
            )
        closing = balance + (number < wrong)
        written(
            folder,
            f"statement-{number}.xml",
            "<Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.053.001.08'><BkToCstmrStmt><Stmt>"
            f"<Id>STM{number:06d}</Id>{balance_of('OPBD', opening)}{balance_of('CLBD', closing)}"
            f"{''.join(entries)}</Stmt></BkToCstmrStmt></Document>",
        )
        lines.append(
            f":20:STM{number:06d}\r\n:25:DE02120300000000202051\r\n:60F:C250101EUR{opening // 100},{opening % 100:02d}\r\n"
            f"{''.join(fields)}:62F:C250131EUR{closing // 100},{closing % 100:02d}\r\n-}}"
        )
    written(folder, "statements.sta", "".join(f"{{1:F01BANKDEFF}}{{2:O940}}{{4:\r\n{each}" for each in lines))


@pytest.mark.parametrize("wrong", [0, 1])
def test_balances_are_recomputed_from_entries(tmp_path: Path, wrong: int) -> None:
    statements(tmp_path, wrong)
    made = audited(tmp_path)
    outputs = {each["name"]: (each["kind"], each["records"], each["files"]) for each in made["outputs"]}
    assert outputs == {"camt.053.001.08": ("xml", 20, 20), "MT940": ("fin", 20, 1)}
    at = "BkToCstmrStmt/Stmt"
    xml = tie(made, f"camt.053.001.08: {at}/Bal[CLBD]/Amt", f"{at}/Bal[OPBD]/Amt + Σ ± {at}/Ntry/Amt")
    fin = tie(made, "MT940: 62.amount", "60.amount + Σ ± 61.amount")
    assert (xml["kind"], xml["untied"], fin["untied"]) == ("balance", wrong, wrong)
    assert made["verdict"]["holds"] == (wrong == 0)
    ids = {("MT940", "20"), ("camt.053.001.08", f"{at}/Id")}
    [same] = [each for each in made["links"] if (each["output"], each["column"]) in ids]
    assert (same["references"]["output"], same["references"]["column"]) in ids and same["orphaned"] == 0


def notices(folder: Path, amounts: list[int], numbers: list[int]) -> None:
    """A table of payments, and one document with a notice of each number."""
    rows = [
        {
            "payment_id": f"PAY-{number:06d}",
            "amount": f"{1_000 + 7 * number}.50",
            "postal_code": f"{10_000 + 13 * number}",
        }
        for number in range(60)
    ]
    written(folder, "payments.csv", "\n".join([",".join(rows[0]), *(",".join(row.values()) for row in rows), ""]))
    written(folder, "branches.csv", "branch_id,postal_code\n" + "".join(
        f"BR-{number:05d},{10_000 + 13 * number if number % 12 else 9_999}\n" for number in range(60)
    ))  # fmt: skip
    told = "".join(
        f"<Ntfctn><Id>NTF{number:06d}</Id><Ntry><Amt Ccy='EUR'>{amount}.50</Amt><NtryDtls><TxDtls><Refs>"
        f"<EndToEndId>PAY-{number:06d}</EndToEndId></Refs></TxDtls></NtryDtls></Ntry></Ntfctn>"
        for number, amount in zip(numbers, amounts, strict=True)
    )
    written(
        folder,
        "notices.xml",
        "<Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.054.001.08'><BkToCstmrDbtCdtNtfctn><GrpHdr><MsgId>M1</MsgId>"
        f"</GrpHdr>{told}</BkToCstmrDbtCdtNtfctn></Document>",
    )


def test_elements_of_one_document_are_told_apart_and_tied(tmp_path: Path) -> None:
    """A notice that comes twice and one of another amount, in a file with all of them."""
    at = "BkToCstmrDbtCdtNtfctn/Ntfctn"
    for planted in (0, 1):
        folder = tmp_path / str(planted)
        folder.mkdir()
        numbers = [*range(60), *([17] if planted else [])]
        notices(folder, [1_000 + 7 * number + (number == 23) * planted for number in numbers], numbers)
        made = audited(folder)
        [key] = [each for each in made["keys"] if each["column"] == f"{at}/Id"]
        assert (key["records"], key["duplicated"]) == (60 + planted, 2 * planted)
        assert key["examples"] == ["NTF000017"] * planted
        assert ("NTF000017" in render_audit(made)) == bool(planted)
        assert tie(made, f"camt.054.001.08: {at}/Ntry/Amt", "payments: amount")["untied"] == planted
        assert made["verdict"]["holds"] == (not planted)


def test_a_postal_code_names_no_record(tmp_path: Path) -> None:
    """Though each of a few stands for another one."""
    notices(tmp_path, [1_000 + 7 * number for number in range(60)], [*range(60)])
    made = audited(tmp_path)
    assert not [
        each
        for each in made["links"]
        if "postal_code" in each["column"] or "postal_code" in each["references"]["column"]
    ]
    assert made["verdict"]["holds"]


def test_records_of_health_are_linked(tmp_path: Path) -> None:
    patients = [f"PAT{number:05d}" for number in range(40)]
    written(tmp_path, "patients.csv", "patient_id,sex\n" + "".join(f"{each},F\n" for each in patients))
    written(
        tmp_path,
        "adt.hl7",
        "".join(
            f"MSH|^~\\&|A|B|C|D|20250101||ADT^A01|MSG{number:05d}|P|2.5.1\rPID|1||{each}^^^H^MR||Doe^Jane~Roe^Jane\r"
            for number, each in enumerate(patients)
        ),
    )
    resources = [{"resourceType": "Patient", "id": each, "name": [{"family": "Doe"}]} for each in patients]
    observed = [*patients[:-2], "PAT99998", "PAT99999"]
    seen = [
        {"resourceType": "Observation", "id": f"OBS{place:05d}", "subject": {"reference": f"Patient/{each}"}}
        for place, each in enumerate(observed)
    ]
    written(tmp_path, "all.ndjson", "".join(json.dumps(each) + "\n" for each in [*resources, *seen]))
    bundle = {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Encounter", "id": f"ENC{n:05d}",
              "subject": {"reference": f"Patient/{each}"}}} for n, each in enumerate(patients)]}  # fmt: skip
    written(tmp_path, "bundle.json", json.dumps(bundle))
    claims = "".join(
        f"ST*837*{n:04d}~NM1*IL*1*DOE*JANE****MI*{each}~CLM*CLM{n:06d}*12.5~SE*4*{n:04d}~"
        for n, each in enumerate(patients)
    )
    written(tmp_path, "claims.x12", f"ISA*00~GS*HC~{claims}GE*40~IEA*1~")
    made = audited(tmp_path)
    outputs = {each["name"]: each["records"] for each in made["outputs"]}
    assert outputs == {
        "patients": 40, "HL7 ADT^A01": 40, "Patient": 40, "Observation": 40, "Encounter": 40, "X12 837": 40,
    }  # fmt: skip
    assert link(made, "HL7 ADT^A01", "PID.3.1")["resolved"] == 40
    assert link(made, "Observation", "subject.reference")["orphaned"] == 2
    assert link(made, "Encounter", "subject.reference")["orphaned"] == 0
    assert link(made, "X12 837", "NM1[IL].9")["resolved"] == 40


def test_claims_of_one_transaction_are_kept_apart(tmp_path: Path) -> None:
    """Three claims in every 837 and 835, two lines each; one claim is paid a cent more than its lines."""
    claims, payments = [], []
    for n in range(40):
        own, paid = [], []
        for claim in range(3):
            lines = [1_000 + 37 * n + claim, 2_000 + 11 * n]
            own.append(f"CLM*C{n:04d}{claim}*{sum(lines) / 100:.2f}~")
            own += [f"LX*{place}~SV1*HC:A*{cents / 100:.2f}~" for place, cents in enumerate(lines, 1)]
            wrong = n == 7 and claim == 1
            paid.append(f"CLP*C{n:04d}{claim}*1*{sum(lines) / 100:.2f}*{(sum(lines) + wrong) / 100:.2f}~")
            paid += [f"SVC*HC:A*{cents / 100:.2f}*{cents / 100:.2f}~" for cents in lines]
        claims.append(f"ST*837*{n:04d}~HL*1**22~{''.join(own)}SE*9*{n:04d}~")
        payments.append(f"ST*835*{n:04d}~LX*1~{''.join(paid)}PLB*1*2*WO*9.99~SE*9*{n:04d}~")
    written(tmp_path, "claims.x12", f"ISA*00~GS*HC~{''.join(claims)}GE*40~IEA*1~")
    written(tmp_path, "payments.x12", f"ISA*00~GS*HP~{''.join(payments)}GE*40~IEA*1~")
    made = audited(tmp_path)
    for left, right, untied in (
        ("X12 837: CLM.2", "Σ SV1.2", 0), ("X12 835: CLP.3", "Σ SVC.2", 0), ("X12 835: CLP.4", "Σ SVC.3", 1),
    ):  # fmt: skip
        found = tie(made, left, right)
        assert (found["cases"], found["untied"]) == (120, untied)


def test_files_of_clearing_houses_and_card_networks_are_read(tmp_path: Path) -> None:
    routing = "091000019"
    lines = [f"101 {routing}00075733762501150930A094101{'BANK':<23}{'SHOP':<23}{'':8}"]
    for batch in range(4):
        amounts = [1_000 * (batch + 1) + place for place in range(3)]
        lines.append(
            f"5220{'SHOP':<16}{'':20}{'7337688754'}PPD{'TRANSFER':<10}{'':6}250115   1{routing[:8]}{batch:07d}"
        )
        lines += [
            f"622{routing}{'75674986':<17}{cents:010d}{f'IUS{batch}{place}':<15}{'NAME':<22}  0{routing[:8]}{place:07d}"
            for place, cents in enumerate(amounts)
        ]
        lines.append(f"8220{3:06d}{9:010d}{0:012d}{sum(amounts):012d}7337688754{'':25}{routing[:8]}{batch:07d}")
    assert {len(line) for line in lines} == {94}
    written(tmp_path, "a.ach", "\r\n".join(lines) + "\r\n")
    label = f"{'':6}{'':31}369263{'':32}1"
    paid = [
        f"VOL1{label}\r\n" + "".join(
            f"60145531{file:06d}099{'0' * 14}    {100 * file + place:011d}"
            f"{'ME':<18}{'REF':<18}{'YOU':<18} 25345\r\n" for place in range(3)
        ) + f"UTL1{300 * file + 3:013d}{300 * file + 3:013d}{1:07d}{3:07d}{'':36}\r\n"
        for file in range(5)
    ]  # fmt: skip
    for number, text in enumerate(paid):
        written(tmp_path, f"{number}.bacs", text)
    bits = "7000000008000000"
    sent = [
        "".join(f"{kind}{bits}164000{n:012d}000000{n + 500:012d}{n + 1_000:012d}" for kind in ("0100", "0110"))
        for n in range(8)
    ]
    written(tmp_path, "cards.iso8583", "".join(sent))
    written(tmp_path, "short.iso8583", f"0099{sent[0][: len(sent[0]) // 2]}")
    made = audited(tmp_path)
    kinds = {each["name"]: (each["kind"], each["records"]) for each in made["outputs"]}
    assert kinds == {
        "NACHA": ("nacha", 1), "Bacs": ("bacs", 5), "ISO 8583 0100": ("iso8583", 8), "ISO 8583 0110": ("iso8583", 8),
    }  # fmt: skip
    for left, right, cases in (
        ("NACHA: batch_control.credits", "Σ entry.amount", 4), ("Bacs: totals.credits", "Σ payment.amount", 5),
        ("ISO 8583 0100: 4", "ISO 8583 0110: 4", 8),
    ):  # fmt: skip
        assert (tie(made, left, right)["cases"], tie(made, left, right)["untied"]) == (cases, 0)
    assert [each["file"] for each in made["unread"]] == ["short.iso8583"]


def test_what_is_nearly_a_sum_is_not_named_beside_one_that_is(tmp_path: Path) -> None:
    rows, parts = ["claim_no,paid,incurred,reserve"], ["part_no,claim_no,amount"]
    for n in range(60):
        amounts = [Decimal(100 + 7 * n), Decimal(300 + n)]
        rows.append(f"CLM-{n:05d},{sum(amounts)}.00,{sum(amounts) + (n in (5, 9))}.00,{n * 13}.50")
        parts += [f"PRT-{n:05d}{place},CLM-{n:05d},{amount}.00" for place, amount in enumerate(amounts)]
    written(tmp_path, "claims.csv", "\n".join(rows) + "\n")
    written(tmp_path, "parts.csv", "\n".join(parts) + "\n")
    made = audited(tmp_path)
    assert [each["left"] for each in made["ties"] if each["kind"] == "sum"] == ["claims: paid"]


def test_a_sum_of_children_that_a_set_says_it_lacks_is_no_fault(tmp_path: Path) -> None:
    shop(tmp_path)
    tables = [
        {"name": "customer", "file": "customers.parquet", "primary_key": "customer_id", "foreign_keys": []},
        {"name": "order", "file": "orders.csv", "primary_key": "order_no", "foreign_keys": []},
        {"name": "line", "file": "lines.jsonl", "primary_key": "line_id",
         "foreign_keys": [{"column": "order_no", "references": {"table": "order", "column": "order_no"}}]},
    ]  # fmt: skip
    written(tmp_path, "schema.json", json.dumps(tables))
    lines = (tmp_path / "lines.jsonl").read_text().splitlines()
    written(tmp_path, "lines.jsonl", "\n".join(lines[1:]) + "\n")
    # The first line is one of an order with several.
    assert json.loads(lines[0])["order_no"] == json.loads(lines[1])["order_no"]
    assert tie(audited(tmp_path), "orders: total", "Σ lines: amount by order_no")["untied"] == 1
    written(tmp_path, "linkage.json", json.dumps({"families": [{"parent": "order", "child": "line", "incomplete": 1}]}))
    assert tie(audited(tmp_path), "orders: total", "Σ lines: amount by order_no")["untied"] == 0


def test_records_are_named_by_the_number_of_their_key_too(tmp_path: Path) -> None:
    written(tmp_path, "visits.csv", "visit_id\n" + "".join(f"ENC-US-{n:08d}\n" for n in range(40)))
    written(tmp_path, "adt.hl7", "".join(
        f"MSH|^~\\&|A|B|C|D|20250101||ADT^A01|MSG{n:05d}|P|2.5.1\rPID|1|||||||||||||||||{n:08d}\r" for n in range(41)
    ))  # fmt: skip
    found = link(audited(tmp_path), "HL7 ADT^A01", "PID.18")
    assert (found["references"]["column"], found["resolved"], found["orphaned"]) == ("visit_id", 40, 1)


def test_a_schema_beside_tables_is_taken_at_its_word(tmp_path: Path) -> None:
    written(tmp_path, "a.csv", "id,name\n" + "".join(f"{n},x{n}\n" for n in range(20)))
    written(tmp_path, "b.csv", "number,a\n" + "".join(f"{n},{n + 15}\n" for n in range(20)))
    tables = [
        {"name": "t_a", "file": "a.csv", "primary_key": "id", "foreign_keys": []},
        {"name": "t_b", "file": "b.csv", "primary_key": "number",
         "foreign_keys": [{"column": "a", "references": {"table": "t_a", "column": "id"}}]},
    ]  # fmt: skip
    assert audited(tmp_path)["links"] == []
    written(tmp_path, "schema.json", json.dumps(tables))
    found = link(audited(tmp_path), "b", "a")
    assert (found["declared"], found["resolved"], found["orphaned"], found["unreferenced"]) == (True, 5, 15, 15)


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    shop(tmp_path)
    written(tmp_path, "bomb.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    written(tmp_path, "open.xml", "<a><b></a>")
    written(tmp_path, "notes.txt", "hello")
    written(tmp_path, "half.json", '{"resourceType": "Patient"')
    written(tmp_path, "none.hl7", "")
    made = audited(tmp_path)
    assert {each["file"] for each in made["unread"]} == {"bomb.xml", "open.xml", "notes.txt", "half.json"}
    assert made["empty"] == ["none.hl7"]
    assert made["verdict"]["unread"] == 4 and not made["verdict"]["holds"]


@pytest.mark.parametrize(
    ("head", "suffix", "kind"),
    [
        (b"UNA:+.? 'UNB+", ".txt", "edifact"), (b"\xef\xbb\xbfMSH|^~", "", "hl7"), (b"ISA*00*", ".edi", "x12"),
        (b"{1:F01", ".fin", "fin"), (b":20:A", ".sta", "fin"), (b"<Document>", ".xml", "xml"), (b"a,b\n", ".csv", "table"),
        (b'{"resourceType":', ".json", "json"), (b'{"a": 1}', ".jsonl", "table"), (b"\x00\x01", ".bin", ""),
    ],
)  # fmt: skip
def test_kinds_are_known_by_how_they_begin(head: bytes, suffix: str, kind: str) -> None:
    assert kind_of(head, suffix) == kind


def dm(*arguments: str) -> Any:
    return CliRunner().invoke(audit, list(arguments))


def test_the_command_writes_a_page_and_its_json(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    shop(tmp_path / "shop", lambda tables: tables["orders"][5].update(customer_id="CUS-<b>99"))
    done = dm(str(tmp_path / "shop"), "-o", str(tmp_path / "audit.html"))
    assert done.exit_code == 1 and "names 1 that are not in customers, customer_id" in done.stdout, done.output
    page = (tmp_path / "audit.html").read_text(encoding="utf-8")
    made = json.loads((tmp_path / "audit.json").read_text(encoding="utf-8"))
    jsonschema.validate(made, SCHEMA)
    assert page == render_audit(made) and "CUS-&lt;b&gt;99" in page and "<script" not in page and "://" not in page
    for arguments, code in (([str(tmp_path / "nowhere")], "bad_input"), (["shop", "-o", "audit.pdf"], "format_needed")):
        error = dm(*arguments).exception
        assert isinstance(error, DatamimicError) and error.code == code
    both = audited(shop(tmp_path / "shop"), tmp_path / "shop" / "orders.csv")
    assert {each["name"].partition("/")[0] for each in both["outputs"]} == {"shop", "orders.csv"}


def test_records_without_totals_have_nothing_to_tie(tmp_path: Path) -> None:
    entries = "".join(f"<E><Amt>{n}.50</Amt><Mark>CRDT</Mark></E>" for n in range(9))
    for number in range(3):
        written(tmp_path, f"{number}.xml", f"<D>{entries}</D>")
    written(tmp_path, "empty.csv", "a,b\n")
    made = audited(tmp_path)
    assert made["ties"] == [] and [each["records"] for each in made["outputs"]] == [3]


def test_a_reference_is_to_the_table_of_its_own_folder(tmp_path: Path) -> None:
    """Two sets with a table of the same name, each with the people that its own rows need."""
    reference = {"columns": ["person_id"], "references": {"table": "person", "columns": ["person_id"]}}
    schema = [
        {"name": "person", "file": "person.csv", "primary_key": "person_id"},
        {"name": "account", "file": "account.csv", "primary_key": "account_id", "foreign_keys": [reference]},
    ]
    folders = [tmp_path / "bank", tmp_path / "shop"]
    for number, folder in enumerate(folders):
        folder.mkdir()
        people = [f"P-{number}{place:03}" for place in range(20)]
        written(folder, "schema.json", json.dumps(schema))
        written(folder, "person.csv", "\n".join(["person_id", *people]) + "\n")
        rows = [f"A-{number}{place:03},{person}" for place, person in enumerate(people)]
        written(folder, "account.csv", "\n".join(["account_id,person_id", *rows]) + "\n")
    told = audit_folders(folders)["links"]
    own = {each["output"]: each for each in told if each["column"] == "person_id" and "account" in each["output"]}
    assert len(own) == 2
    for output, each in own.items():
        assert each["orphaned"] == 0 and each["references"]["output"].split("/")[0] == output.split("/")[0]


def test_numbers_of_several_kinds_in_one_field_are_told_apart(tmp_path: Path) -> None:
    people = [f"PAT-{place:05}" for place in range(30)]
    written(tmp_path, "patient.csv", "\n".join(["patient_id", *people]) + "\n")
    head = "MSH|^~\\&|A|B|C|D|20250101||ADT^A03^ADT_A03|{0}|T|2.5.1\r"
    told = [head.format(place) + f"PID|1||M{place:05}^^^X^MR~{each}^^^X^PI\r" for place, each in enumerate(people)]
    told[3] = told[3].replace(people[3], "PAT-99999")
    written(tmp_path, "adt.hl7", "".join(told))
    found = [each for each in audit_folders([tmp_path])["links"] if each["column"] == "PID.3[PI].1"]
    assert [(each["references"]["column"], each["orphaned"]) for each in found] == [("patient_id", 1)]
