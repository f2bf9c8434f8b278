"""ISO 8583: what the messages of a payment say, read by another library and held against the tables of the world."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import iso8583
import numpy as np
import pycountry
import pytest
from click.testing import CliRunner
from iso8583.specs import default_ascii
from stdnum import luhn

from datamimic import World, installed_packs, verify
from datamimic.cli import main
from datamimic_pack_finance.traffic import disputes

MESSAGES = [f"iso8583.{version}.{kind}" for version in ("1987", "1993") for kind in ("authorisation", "clearing")]
ADVICES = ["iso8583.1987.advice", "iso8583.1993.advice"]
LOCALES = ["en_US", "de_DE", "en_GB", "fr_FR", "vi_VN"]
Fields = dict[str, str]


def characters(length: int, most: int) -> dict[str, Any]:
    return {"data_enc": "ascii", "len_enc": "ascii", "len_type": length, "max_len": most, "desc": ""}


def packed(length: int, most: int, pad: str = "") -> dict[str, Any]:
    made: dict[str, Any] = {"data_enc": "b", "len_enc": "bcd", "len_type": length, "max_len": most, "desc": ""}
    if length or most % 2:
        made |= {"len_count": "nibbles", ("right_pad" if pad == "F" else "left_pad"): pad or "0"}
    else:
        made["max_len"] = most // 2
    return made


OTHER_IN_1993: Mapping[str, tuple[int, int]] = {
    "12": (0, 12), "15": (0, 6), "22": (0, 12), "24": (0, 3), "25": (0, 4), "26": (0, 4), "30": (0, 24), "31": (2, 99),
    "39": (0, 3), "43": (2, 99), "44": (2, 99), "56": (2, 35),
}  # fmt: skip
LETTERS = {"37", "38", "39", "41", "42", "43", "44", "31"}


def spec_of(version: str, encoding: str) -> dict[str, Any]:
    """That of the library for 1987, with the fields that are others in 1993; packed, the same fields in half bytes."""
    forms = {name: (each["len_type"], each["max_len"]) for name, each in default_ascii.items()}
    forms |= OTHER_IN_1993 if version == "1993" else {}
    if encoding == "characters":
        return {
            **default_ascii,
            **{name: characters(*form) for name, form in forms.items() if name.isdigit() and name != "1"},
        }
    letters = (LETTERS | {"22"}) - {"39"} if version == "1993" else LETTERS
    spec: dict[str, Any] = {"h": characters(0, 0), "t": packed(0, 4), "p": packed(0, 16), "1": packed(0, 16)}
    for name, (length, most) in forms.items():
        if name.isdigit() and name != "1":
            in_bytes = {0: 0, 2: 1, 3: 2}[length]
            plain = characters(in_bytes, most) | {"len_enc": "bcd"}
            spec[name] = plain if name in letters else packed(in_bytes, most, "F" if name == "35" else "")
    return spec


def frames(raw: bytes, header: str) -> Iterator[bytes]:
    size = {"ascii": 4, "binary": 2}[header]
    while raw:
        length = int(raw[:size]) if header == "ascii" else int.from_bytes(raw[:size], "big")
        if length > len(raw) - size:
            raise ValueError("there is less than the length says")
        yield raw[size : size + length]
        raw = raw[size + length :]


def read(raw: bytes, version: str, encoding: str = "characters", header: str = "ascii") -> list[Fields]:
    spec = spec_of(version, encoding)
    found = []
    for frame in frames(raw, header):
        fields, _ = iso8583.decode(frame, spec=spec)
        again, _ = iso8583.encode(dict(fields), spec=spec)
        assert bytes(again) == frame
        found.append({name: value for name, value in fields.items() if name not in ("h", "p", "1")})
    return found


def generated(message: str, locale: str, count: int, tmp_path: Path, **settings: str) -> bytes:
    out = tmp_path / f"{message}.iso8583"
    options = [option for name, value in settings.items() for option in ("--format-option", f"{name}={value}")]
    arguments = ["generate", "--message", message, "-n", str(count), "--seed", "1", "--locale", locale, "-o", str(out)]
    made = CliRunner().invoke(main, [*arguments, *options, "--quiet"])
    assert made.exit_code == 0, made.output
    return out.read_bytes()


@cache
def world(locale: str) -> World:
    return World("1", locale=locale)


@pytest.mark.parametrize("message", MESSAGES)
@pytest.mark.parametrize(("encoding", "header"), [("characters", "ascii"), ("packed", "binary")])
def test_another_library_reads_and_writes_every_message(message: str, encoding: str, header: str) -> None:
    made = installed_packs().message(message).configured({"encoding": encoding, "header": header})
    batch = world("vi_VN")["finance.card_payment"][0:300].select(made.columns()).to_arrow().to_batches()[0]
    raw = "".join(made.texts(made.those(batch)).to_pylist()).encode("latin-1")
    with pytest.raises(ValueError, match="less"):
        read(raw[:-1], message[8:12], encoding, header)
    assert len(read(raw, message[8:12], encoding, header)) > 50


@pytest.mark.parametrize(
    ("encoding", "header"), [("characters", "ascii"), ("packed", "binary"), ("characters", "none")]
)
def test_a_message_with_a_broken_rule_is_refused(encoding: str, header: str) -> None:
    made = installed_packs().message("iso8583.1987.clearing").configured({"encoding": encoding, "header": header})
    batch = world("vi_VN")["finance.card_payment"][0:100].select(made.columns()).to_arrow().to_batches()[0]
    text = made.texts(made.those(batch))[0].as_py()
    names = {each.name for each in made.negatives()}
    assert names >= {"unknown_type", "wrong_bitmap", "truncated", "overlong_field", "letters_in_number"}
    assert ("wrong_length" in names) == (header != "none")
    for rule in made.negatives():
        for number in (0, 1):
            broken = rule.broken(text, number)
            assert broken is not None and broken != text
            refused = header == "none" or is_refused(broken.encode("latin-1"), encoding, header)
            assert refused, rule.name


@pytest.mark.parametrize("kind", ["altered", "missing", "late", "wrong_bitmap"])
def test_messages_are_broken_at_exact_counts(kind: str, tmp_path: Path) -> None:
    clean, broken = tmp_path / "clean.iso8583", tmp_path / "broken.iso8583"
    command = ["generate", "--message", "iso8583.1987.clearing", "-n", "40", "--seed", "1", "--quiet"]
    assert CliRunner().invoke(main, [*command, "-o", str(clean)]).exit_code == 0
    made = CliRunner().invoke(main, [*command, "-o", str(broken), "--break", f"{kind}=3"])
    assert made.exit_code == 0, made.output
    before, after = (list(frames(path.read_bytes(), "ascii")) for path in (clean, broken))
    others = len(set(before) ^ set(after))
    assert len(after) - len(before) == (-6 if kind == "missing" else 0)
    assert others == (12 if kind in ("altered", "late") else 6)  # request and answer, as they were and as they are


def is_refused(raw: bytes, encoding: str, header: str) -> bool:
    """By the library, or since the card number is none and the type unknown, which it does not look at."""
    try:
        found = read(raw, "1987", encoding, header)
    except (iso8583.DecodeError, iso8583.EncodeError, KeyError, ValueError):
        return True
    return any(not luhn.is_valid(each["2"]) if each["2"].isdigit() else True for each in found) or any(
        each["t"] not in ("0220", "0230") for each in found
    )


@pytest.mark.thorough
@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("message", MESSAGES)
def test_ten_thousand_of_each_country_are_read(message: str, locale: str, tmp_path: Path) -> None:
    found = read(generated(message, locale, 10_000, tmp_path), message[8:12])
    assert len({each["2"] for each in found}) > 20 and all(luhn.is_valid(each["2"]) for each in found)


@cache
def payments(locale: str) -> list[dict[str, Any]]:
    """Payments by card as the table tells them."""
    view = world(locale)["finance.card_payment"][0:3_000]
    rows: list[dict[str, Any]] = view.select([*view.columns, "is_cleared", "wire"]).to_arrow().to_pylist()
    return rows


def written(message: str, locale: str) -> list[list[Fields]]:
    """The messages of each of those payments."""
    made = installed_packs().message(message)()
    rows = world(locale)["finance.card_payment"][0:3_000].select(made.columns()).to_arrow()
    texts = [text for batch in rows.to_batches() for text in made.texts(made.those(batch)).to_pylist()]
    return [read(text.encode("latin-1"), message[8:12]) for text in texts]


SHARED = ("2", "3", "4", "7", "11", "12", "32", "37", "41", "42", "49")


@pytest.mark.parametrize("locale", ["en_US", "vi_VN"])
@pytest.mark.parametrize("version", ["1987", "1993"])
def test_request_answer_clearing_and_reversal_share_their_keys(version: str, locale: str) -> None:
    first = "0" if version == "1987" else "1"
    approved = "00" if version == "1987" else "000"
    requests = written(f"iso8583.{version}.authorisation", locale)
    cleared = written(f"iso8583.{version}.clearing", locale)
    rows = payments(locale)
    assert len(requests) == len(rows) and len(cleared) == sum(row["is_cleared"] for row in rows)
    kinds: dict[str, int] = defaultdict(int)
    clearings = iter(cleared)
    for row, (request, answer, *back) in zip(rows, requests, strict=True):
        cash = row["payment_type"] == "cash"
        kinds[row["status"]] += 1
        assert (request["t"], answer["t"]) == (f"{first}{1 + cash}00", f"{first}{1 + cash}10")
        assert {name: request[name] for name in SHARED} == {name: answer[name] for name in SHARED}
        assert (answer["39"] == approved) == (row["status"] != "declined") and "39" not in request
        assert answer.get("38") == row["approval_code"] and len(back) == (2 if row["status"] == "reversed" else 0)
        if version == "1987":
            assert answer["39"] == row["response_code"]
        checked = answer.get("44", " " * 10)
        assert (checked[1], checked[9]) == (row["avs_result"] or " ", row["cvv_result"] or " ")
        if back:
            original = f"{first}{1 + cash}00{request['11']}{request['7' if version == '1987' else '12']}"
            assert back[0]["90" if version == "1987" else "56"].startswith(original)
            assert [each["t"] for each in back] == [f"{first}420", f"{first}430"]
            assert (back[0]["37"], back[0]["38"]) == (request["37"], answer["38"]) and back[0]["11"] != request["11"]
        if row["is_cleared"]:
            clearing = next(clearings)[0]
            assert clearing["t"] == f"{first}2{'2' if version == '1987' else '4'}0"
            assert all(clearing[name] == request[name] for name in SHARED if name != "4")
            assert clearing["38"] == answer["38"] and clearing["4"] <= request["4"]
    assert kinds["declined"] and kinds["reversed"] and kinds["cleared"]


@pytest.mark.parametrize("version", ["1987", "1993"])
def test_filling_stations_tell_how_much_was_filled(version: str) -> None:
    first, approved = ("0", "00") if version == "1987" else ("1", "000")
    rows = [row for row in payments("en_US") if row["wire"]["advice_trace"]]
    told = written(f"iso8583.{version}.advice", "en_US")
    assert len(told) == len(rows) > 3 and {row["mcc"] for row in rows} == {"5541"}
    for row, (advice, answer) in zip(rows, told, strict=True):
        assert (advice["t"], answer["t"], answer["39"]) == (f"{first}120", f"{first}130", approved)
        assert int(advice["4"]) == row["amount"] * 100 < row["authorised_amount"] * 100
        assert (advice["7"], advice["11"]) != (f"{row['authorised_at']:%m%d%H%M%S}", row["wire"]["trace"])
        assert advice["90" if version == "1987" else "56"].startswith(f"{first}100{row['wire']['trace']}")


@pytest.mark.parametrize("version", ["1987", "1993"])
def test_a_payment_is_taken_back_by_advice_or_request(version: str) -> None:
    view = world("en_US")["finance.card_payment"][0:3_000]
    first, kinds = ("0" if version == "1987" else "1"), {}
    for way in ("advice", "request"):
        made = installed_packs().message(f"iso8583.{version}.authorisation").configured({"reversals": way})
        rows = view.select(made.columns()).to_arrow().to_batches()
        raw = "".join(text for batch in rows for text in made.texts(batch).to_pylist()).encode("latin-1")
        kinds[way] = {each["t"] for each in read(raw, version) if each["t"][1] == "4"}
    assert kinds == {"advice": {f"{first}420", f"{first}430"}, "request": {f"{first}400", f"{first}410"}}


@pytest.mark.parametrize("locale", ["en_US", "vi_VN"])
def test_messages_say_what_the_table_says(locale: str) -> None:
    decimals = {"VND": 0}
    numbers = {each.alpha_3: each.numeric for each in pycountry.currencies if hasattr(each, "numeric")}
    abroad = 0
    clearings = iter(written("iso8583.1987.clearing", locale))
    for row in payments(locale):
        if not row["is_cleared"]:
            continue
        said = next(clearings)[0]
        assert said["2"] == row["card_number"] and said["18"] == row["mcc"] and said["41"] == row["terminal_id"]
        currency = row["original_currency"] or row["currency"]
        amount = row["original_amount"] if row["original_currency"] else row["amount"]
        assert said["49"] == numbers[currency]
        assert int(said["4"]) == int(amount * 10 ** decimals.get(currency, 2))
        assert said["15"] == f"{row['cleared_on']:%m%d}" and said["7"] == f"{row['authorised_at']:%m%d%H%M%S}"
        assert ("6" in said) == bool(row["original_currency"])
        if "6" in said:
            abroad += 1
            rate = int(said["10"][1:]) / 10 ** int(said["10"][0])
            assert said["51"] == numbers[row["currency"]]
            assert int(said["6"]) == int(row["amount"] * 10 ** decimals.get(row["currency"], 2))
            assert int(said["4"]) * rate == pytest.approx(int(said["6"]), rel=1e-5, abs=1.01)
    assert abroad > 2 and next(clearings, None) is None


def test_a_dispute_follows_its_clearing(monkeypatch: pytest.MonkeyPatch) -> None:
    # Disputes are rare, and most come after the clock: here nearly every payment is disputed.
    monkeypatch.setattr(disputes, "share", lambda data, incident, channel: np.full(len(channel), 0.9))
    made = installed_packs().message("iso8583.1993.clearing")()
    view = World("1", locale="en_US")["finance.card_payment"][0:1_500]
    rows = view.select([*view.columns, "is_cleared", "dispute_code"]).to_arrow().to_pylist()
    batches = view.select(made.columns()).to_arrow().to_batches()
    texts = [text for batch in batches for text in made.texts(made.those(batch)).to_pylist()]
    stages = set()
    for row, text in zip((row for row in rows if row["is_cleared"]), texts, strict=True):
        first, *later = read(text.encode("latin-1"), "1993")
        days = [row["cleared_on"], row["disputed_on"], row["represented_on"]]
        dated = [day for day in days if day is not None]
        assert dated == sorted(set(dated)) and len(later) == len(dated) - 1
        stages.add(len(later))
        for said, kind in zip(later, (("1442", "450"), ("1240", "205")), strict=False):
            assert (said["t"], said["24"]) == kind and (said["4"], said["31"]) == (first["4"], first["31"])
            assert said["25"] == row["dispute_code"] and said["56"].startswith(f"1100{first['11']}{first['12']}")
            if row["network"] == "Visa":
                group, _, number = row["dispute_reason"].partition(".")
                assert row["dispute_code"] == f"{group}{int(number):02}"
    assert stages == {0, 1, 2}


def test_less_may_be_cleared_than_was_authorised() -> None:
    kept = defaultdict(list)
    for row in payments("en_US"):
        known = row["wire"]
        kept[row["mcc"] == "5541"].append(known["amount"] == known["authorised"])
        assert known["amount"] <= known["authorised"]
    assert sum(kept[True]) < len(kept[True]) * 0.3 and sum(kept[False]) > len(kept[False]) * 0.9


def test_a_file_of_messages_is_verified(tmp_path: Path) -> None:
    generated("iso8583.1987.authorisation", "en_US", 40, tmp_path, encoding="packed", header="binary")
    assert [each.verdict for each in verify(tmp_path / "iso8583.1987.authorisation.iso8583").outputs] == [
        "byte-identical"
    ]


def test_countries_and_currencies_are_those_of_the_standards() -> None:
    path = Path(__file__).parents[1] / "src/datamimic_pack_finance/data/acquirers.csv"
    header, *lines = (line.split(",") for line in path.read_text(encoding="utf-8").splitlines())
    for row in (dict(zip(header, line, strict=True)) for line in lines):
        country = pycountry.countries.get(alpha_2=row["country_code"])
        assert (country.numeric, country.alpha_3) == (row["country_number"], row["alpha_3"])
        assert pycountry.currencies.get(alpha_3=row["currency"]).numeric == row["currency_number"]
    assert len(lines) == len(LOCALES)
