"""`dm replay`: what is written has no card number of what was read, and everything else of it."""

from __future__ import annotations

import csv
import json
import random
import re
import traceback
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet
import pytest
from click.testing import CliRunner
from stdnum import luhn

from datamimic import SecretKey
from datamimic.cli import main
from datamimic.errors import DatamimicError
from datamimic_pack_common.card_spans import card_spans
from datamimic_pack_finance.replaying.expiry import forms_of, moved
from datamimic_pack_finance.replaying.replay import Policy, Replay
from datamimic_pack_finance.replaying.tokens import Tokens
from datamimic_pack_finance.replaying.tracks import without_secrets

SIGNS = "0123456789abcdefghijklmnopqrstuvwxyz"
KEY = bytes.fromhex("2B7E151628AED2A6ABF7158809CF4F3CEF4359D8D580AA4F7F036D6F04FC6A94")


def numbers(count: int, seed: int = 5) -> list[str]:
    drawn = random.Random(seed)
    bodies = [
        drawn.choice(["411111", "555555", "222300", "601111"]) + f"{drawn.randrange(10**9):09}" for _ in range(count)
    ]
    return [body + luhn.calc_check_digit(body) for body in bodies]


AMEX = ["378282246310005", "371449635398431"]


@pytest.mark.parametrize("check", ["broken", "valid"])
def test_tokens_are_as_long_distinct_and_keep_both_ends(check: Any) -> None:
    cards = numbers(300) + AMEX
    made = Tokens(KEY, luhn=check).of(cards)
    assert len(set(made)) == len(set(cards)) and not set(made) & set(cards)
    for card, token in zip(cards, made, strict=True):
        last = 4 if len(card) == 16 else 3  # six digits at least are encrypted
        assert len(token) == len(card) and token[:6] == card[:6] and token[-last:] == card[-last:]
        assert luhn.is_valid(token) is (check == "valid")
    assert Tokens(KEY, luhn=check).of(cards[::-1]) == made[::-1]
    assert Tokens(bytes(32), luhn=check).of(cards) != made


@pytest.mark.thorough
@pytest.mark.parametrize("check", ["broken", "valid"])
def test_tokens_of_all_numbers_between_two_ends_are_a_permutation(check: Any) -> None:
    cards = [f"411111{middle:06}1111" for middle in range(10**6)]
    valid = [card for card in cards if luhn.is_valid(card)]
    made = Tokens(KEY, luhn=check).of(valid)
    assert len(set(made)) == len(valid) == 10**5
    if check == "valid":
        assert set(made) == set(valid)


def test_tokens_without_issuer_and_last_digits_keep_the_network() -> None:
    cards = numbers(100)
    made = Tokens(KEY, first=1, last=0).of(cards)
    assert [token[0] for token in made] == [card[0] for card in cards]
    assert len({token[:6] for token in made}) > 50 and len({token[-4:] for token in made}) > 50


COLUMNS = ("id", "card_number", "card_holder", "expiry", "cvv2", "amount", "at", "memo", "track2", "order_no", "iban")


def history(cards: list[str], rows: int = 400) -> list[dict[str, str]]:
    drawn = random.Random(7)
    made = []
    for row in range(rows):
        card = cards[row % len(cards)]
        groups = " ".join(re.findall(".{1,4}", card))
        made.append(
            {
                "id": str(row),
                "card_number": card if row % 3 else groups.replace(" ", "-"),
                "card_holder": ["JOHN DOE", "Jane Roe", "O'NEIL/ANN"][row % 3],
                "expiry": f"{1 + row % 12:02}/2{5 + row % 4}",
                "cvv2": f"{row % 1000:03}",
                "amount": f"{drawn.randrange(1, 10**6) / 100:.2f}",
                "at": f"2025-01-{1 + row % 28:02}T{row % 24:02}:15:00Z",
                "memo": ["", "coffee", f"card {card}, CVV: 123", f"refund x{groups} 456 of 2025-01-01 10.00.00"][
                    row % 4
                ],
                "track2": f";{card}=2712101{drawn.randrange(10**9)}?",
                "order_no": str(1_037_098_065_362_081 + row),
                "iban": "DE89370400440532013000",
            }
        )
    return made


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    path = tmp_path / "replay.key"
    path.write_text("8f3c9a4e51d27b60f1c8a29b3e4d5c6071829304a5b6c7d8e9f0011223344556\n", encoding="ascii")
    return path


def write_csv(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return path


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def dm(*arguments: object) -> Any:
    return CliRunner().invoke(main, [str(each) for each in arguments])


def left_in(text: str, cards: list[str]) -> list[str]:
    joined = re.sub(r"[ \-]", "", text)
    return [card for card in cards if card in joined]


def test_a_history_has_everything_but_its_card_numbers(tmp_path: Path, key_file: Path) -> None:
    cards = numbers(40) + AMEX
    before = history(cards)
    source, target = write_csv(tmp_path / "h.csv", before), tmp_path / "o.csv"
    assert len(left_in(source.read_text(encoding="utf-8"), cards)) == len(cards)  # the search finds what is there
    made = dm("replay", source, "-o", target, "--key-file", key_file, "--shift", "30")
    assert made.exit_code == 0, made.output
    assert left_in(target.read_text(encoding="utf-8"), cards) == []
    after = read_csv(target)
    tokens: dict[str, str] = {}
    for old, new in zip(before, after, strict=True):
        assert (new["id"], new["amount"], new["order_no"], new["iban"]) == (
            old["id"], old["amount"], old["order_no"], old["iban"],
        )  # fmt: skip
        card, token = old["card_number"].replace("-", ""), new["card_number"].replace("-", "")
        assert tokens.setdefault(card, token) == token
        assert [sign == "-" for sign in new["card_number"]] == [sign == "-" for sign in old["card_number"]]
        assert datetime.fromisoformat(new["at"]) - datetime.fromisoformat(old["at"]) == timedelta(days=30)
        assert new["cvv2"] == "" and new["card_holder"] != old["card_holder"]
        assert re.fullmatch(rf";{token}=[0-9]{{4}}1010{{1,9}}\?", new["track2"])
        assert "123" not in new["memo"].split("CVV")[-1]
        if "refund" in old["memo"]:
            assert token in new["memo"].replace(" ", "") and new["memo"].endswith("2025-01-01 10.00.00")
    assert len(set(tokens.values())) == len(cards)
    holders = {(old["card_holder"], new["card_holder"]) for old, new in zip(before, after, strict=True)}
    assert len(holders) == 3 and any(new.isupper() and "/" in new for _, new in holders)
    assert all(card.replace(" ", "") not in made.output for card in cards)


def test_the_scan_tells_whether_a_number_is_left(tmp_path: Path, key_file: Path) -> None:
    cards = numbers(10)
    source, target = write_csv(tmp_path / "h.csv", history(cards, 60)), tmp_path / "o.csv"
    dm("replay", source, "-o", target, "--key-file", key_file)
    clean = dm("scan", target, "--against", source)
    assert clean.exit_code == 0 and "None of the" in clean.output, clean.output
    assert dm("scan", target, "--cards").exit_code == 0
    leak = target.read_text(encoding="utf-8").replace(",coffee,", f",ref 99{cards[3]}0,", 1)
    target.write_text(leak, encoding="utf-8", newline="")
    found = dm("scan", target, "--against", source)
    assert found.exit_code == 1 and f"{cards[3][:6]}******{cards[3][-4:]}" in found.output
    assert cards[3] not in found.output and dm("scan", source, "--cards").exit_code == 1


def test_a_card_has_one_token_in_every_format_and_run(tmp_path: Path, key_file: Path) -> None:
    cards = numbers(20)
    numeric = pa.table({
        "pan": pa.array([int(card) for card in cards], pa.int64()),
        "posted": pa.array([date(2025, 1, 31)] * 20),
        "exp_date": pa.array([date(2027, 2, 28)] * 20),
        "payments": pa.array([[{"text": f"to {card}", "amount": 5}] for card in cards]),
        "memo": pa.array([card if row % 2 else None for row, card in enumerate(cards)]).dictionary_encode(),
    })  # fmt: skip
    folder = tmp_path / "in"
    folder.mkdir()
    pyarrow.parquet.write_table(numeric, folder / "a.parquet")
    pyarrow.feather.write_feather(numeric, folder / "b.arrow", compression="uncompressed")
    lines = "".join(json.dumps({"card": card, "amount": 12.5, "n": {"pan": card}}) + "\n" for card in cards)
    (folder / "c.jsonl").write_text(lines, encoding="utf-8")
    told = dm("replay", folder, "-o", tmp_path / "out", "--key-file", key_file, "--shift", "1")
    assert told.exit_code == 0, told.output
    tokens = Tokens(SecretKey.of_file(key_file, "replay").derived("numbers")).of(cards)
    for made in (
        pyarrow.parquet.read_table(tmp_path / "out" / "a.parquet"),
        pyarrow.feather.read_table(tmp_path / "out" / "b.arrow"),
    ):
        assert [str(each) for each in made["pan"].to_pylist()] == tokens
        assert made["posted"].to_pylist() == [date(2025, 2, 1)] * 20
        assert all(
            day > date(2027, 2, 28) and (day + timedelta(days=1)).day == 1 for day in made["exp_date"].to_pylist()
        )
        assert [row[0] for row in made["payments"].to_pylist()] == [
            {"text": f"to {token}", "amount": 5} for token in tokens
        ]
        assert made["memo"].to_pylist() == [token if row % 2 else None for row, token in enumerate(tokens)]
    rows = [json.loads(line) for line in (tmp_path / "out" / "c.jsonl").read_text(encoding="utf-8").splitlines()]
    assert rows == [{"card": token, "amount": 12.5, "n": {"pan": token}} for token in tokens]

    book = openpyxl.Workbook()
    assert book.active is not None
    for row in [["Card Number", "CVC", "Amount", "Note"], *([card, 123, 9.5, "=1+1"] for card in cards)]:
        book.active.append(row)
    for cell in book.active["D"][1:]:
        cell.data_type = "s"
    book.save(tmp_path / "h.xlsx")
    told = dm("replay", tmp_path / "h.xlsx", "-o", tmp_path / "o.xlsx", "--key-file", key_file, "--json")
    assert told.exit_code == 0, told.output
    sheet = openpyxl.load_workbook(tmp_path / "o.xlsx").active
    assert sheet is not None
    assert list(sheet.iter_rows(min_row=2, values_only=True)) == [(token, None, 9.5, "=1+1") for token in tokens]
    assert {cell.data_type for cell in sheet["D"]} == {"s"}
    kinds = {each["column"]: each["kind"] for each in json.loads(told.output)["files"][0]["columns"]}
    assert kinds == {"Card Number": "pan", "CVC": "empty", "Amount": "text", "Note": "text"}


def test_numbers_of_a_card_column_go_whatever_their_check_digit(tmp_path: Path, key_file: Path) -> None:
    source = tmp_path / "h.csv"
    source.write_text("pan,reference\n4111111111111112,4111111111111112\n", encoding="utf-8")
    dm("replay", source, "-o", tmp_path / "o.csv", "--key-file", key_file)
    pan, reference = (tmp_path / "o.csv").read_text(encoding="utf-8").splitlines()[1].split(",")
    assert pan != "4111111111111112" == reference
    told = dm("replay", source, "-o", tmp_path / "p.csv", "--key-file", key_file, "--treat", "reference=pan")
    assert told.exit_code == 0 and (tmp_path / "p.csv").read_text(encoding="utf-8").splitlines()[1] == f"{pan},{pan}"


@pytest.mark.parametrize(
    ("content", "arguments", "code"),
    [
        ("pan,amount\n4111111111111111,5\n4111111111111111,5,6\n", (), "bad_input"),
        ("pan,amount\n", (), "bad_input"),
        ("pan,amount\n4111111111111111,5\n", ("--treat", "pam=pan"), "unknown_column"),
        ("pan,amount\n4111111111111111,5\n", ("--treat", "pan=nothing"), "invalid_option"),
        ("pan,card_holder\n4111111111111111,Doe\n", ("--locale", "xx_XX"), "unsupported_locale"),
        ("pan,amount\n4111111111111111,5\n", ("--format", "parquet"), "bad_input"),
        ('{"pan": 4111111111111111, "b": }\n', ("--format", "jsonl"), "bad_input"),
        ("4111111111111111,5\n4111111111111111,6\n", (), "invalid_option"),
        ('{"4111111111111111": {"n": null}}\n', ("--format", "jsonl"), "invalid_option"),
    ],
)
def test_what_is_refused_quotes_no_cell_and_leaves_nothing(
    tmp_path: Path, key_file: Path, content: str, arguments: tuple[str, ...], code: str
) -> None:
    source, target = tmp_path / "h.csv", tmp_path / "o.csv"
    source.write_text(content, encoding="utf-8")
    made = dm("replay", source, "-o", target, "--key-file", key_file, *arguments)
    assert made.exit_code != 0 and f"error[{code}]" in made.output, made.output
    assert "4111111111111111" not in made.output and {each.name for each in tmp_path.iterdir()} == {
        "h.csv",
        "replay.key",
    }
    with pytest.raises(DatamimicError) as caught:
        Replay(SecretKey.of_file(key_file, "replay"), format="parquet").run(source, target)
    assert "4111111111111111" not in "".join(traceback.format_exception(caught.value))
    assert caught.value.__context__ is None


def test_bytes_are_not_passed_on_unseen(tmp_path: Path, key_file: Path) -> None:
    source = tmp_path / "h.parquet"
    pyarrow.parquet.write_table(pa.table({"raw": pa.array([b"4111111111111111"]), "amount": [5]}), source)
    refused = dm("replay", source, "-o", tmp_path / "o.parquet", "--key-file", key_file)
    assert refused.exit_code != 0 and "--treat raw=empty" in refused.output
    made = dm("replay", source, "-o", tmp_path / "o.parquet", "--key-file", key_file, "--treat", "raw=empty")
    assert made.exit_code == 0 and b"4111111111111111" not in (tmp_path / "o.parquet").read_bytes()


@pytest.mark.parametrize("secret", ["", "tiny!", "a" * 64])
def test_a_key_has_to_be_one(tmp_path: Path, secret: str) -> None:
    path = tmp_path / "k"
    path.write_text(secret, encoding="utf-8")
    with pytest.raises(DatamimicError) as caught:
        SecretKey.of_file(path, "replay")
    assert caught.value.code == "bad_key" and (not secret or secret not in str(caught.value))
    with pytest.raises(DatamimicError):
        SecretKey.of_file(tmp_path / "none", "replay")
    assert "8f3c" not in repr(SecretKey(b"8f3c" * 16, "replay"))


@pytest.mark.parametrize(
    ("text", "form", "later"),
    [
        ("11/27", "MM/YY", "02/28"), ("11/2027", "MM/YYYY", "02/2028"), ("2027-11", "YYYY-MM", "2028-02"),
        ("2711", "YYMM", "2802"), ("1127", "MMYY", "0228"), ("2027-11-30", "YYYY-MM-DD", "2028-02-29"),
        ("2027-11-29", "YYYY-MM-DD", "2028-02-29"), ("202711", "YYYYMM", "202802"), ("x", "MM/YY", None),
    ],
)  # fmt: skip
def test_expiry_dates_move_in_their_form(text: str, form: str, later: str | None) -> None:
    assert moved(text, form, 3) == later
    if later is not None:
        assert form in forms_of([text])


def test_which_of_two_forms_digits_have_a_column_tells_or_nothing(tmp_path: Path, key_file: Path) -> None:
    assert forms_of(["0112", "2711"]) == ["YYMM"] and forms_of(["0112"]) == ["YYMM", "MMYY"]
    source = tmp_path / "h.csv"
    source.write_text("exp,expiry\n0112,0112\n0212,2711\n", encoding="utf-8")
    made = dm("replay", source, "-o", tmp_path / "o.csv", "--key-file", key_file)
    assert "exp: emptied" in made.output
    first, second = (line.split(",") for line in (tmp_path / "o.csv").read_text(encoding="utf-8").splitlines()[1:])
    assert first[0] == second[0] == "" and second[1] not in ("", "2711")
    assert Policy().expiry == "move"


def test_the_first_track_has_another_name() -> None:
    track = "%B4111111111111111^DOE/JOHN^27111011234567890123?"
    made = without_secrets(track, lambda name: "ROE/JANE", lambda expiry: "2802")
    assert made == "%B4111111111111111^ROE/JANE^28021010000000000000?"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("x4111 1111 1111 1111 123", ["4111 1111 1111 1111"]),
        ("4111.1111.1111.1111", ["4111.1111.1111.1111"]),
        ("4111111111111111.00", ["4111111111111111"]),
        ("3782 822463 10005/12", ["3782 822463 10005"]),
        ("5555555555554444 4111111111111111", ["5555555555554444", "4111111111111111"]),
        ("DE89 3704 0044 0532 0130 00, GB29NWBK60161331926819", []),
        ("2025-01-31 09.30.00.123456", []),
        ("4111111111111112", []),
        ("4111_1111,1111/1111", ["4111_1111,1111/1111"]),
        ("4111 - 1111 - 1111 - 1111", ["4111 - 1111 - 1111 - 1111"]),
        ("4111\u20131111\u200b1111\n1111", ["4111\u20131111\u200b1111\n1111"]),
        (
            "\uff14\uff11\uff11\uff111111\u0661\u0661\u0661\u06611111",
            ["\uff14\uff11\uff11\uff111111\u0661\u0661\u0661\u06611111"],
        ),
        ("4.111111111111111E+15", ["4.111111111111111"]),
        ("1,037,098,065,362,081.00 on 2025/01/31 10:00:00", []),
    ],
)
def test_card_numbers_are_found_in_text(text: str, found: list[str]) -> None:
    assert [text[start:stop] for start, stop in card_spans(text)] == found


def test_the_cards_of_a_world_are_replayed(tmp_path: Path, key_file: Path) -> None:
    cards = tmp_path / "cards.parquet"
    assert dm("generate", "finance.credit_card", "-n", "300", "--seed", "1", "-o", cards).exit_code == 0
    made = dm("replay", cards, "-o", tmp_path / "o.parquet", "--key-file", key_file, "--luhn", "valid")
    assert made.exit_code == 0, made.output
    before, after = pyarrow.parquet.read_table(cards), pyarrow.parquet.read_table(tmp_path / "o.parquet")
    assert after["cvv"].null_count == after["cvc_number"].null_count == 300
    assert not set(before["card_number"].to_pylist()) & set(after["card_number"].to_pylist())
    assert all(luhn.is_valid(number) for number in after["card_number"].to_pylist())
    for name in set(before.column_names) - {"card_number", "cvv", "cvc_number", "card_holder", "expiration_date"}:
        assert before[name].to_pylist() == after[name].to_pylist(), name
    assert {each.name: each.type for each in before.schema} == {each.name: each.type for each in after.schema}
