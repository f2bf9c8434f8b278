"""What becomes of values: the same for the same, in their format, checked by other people's validators; nothing leads back."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable
from datetime import date, datetime

import numpy as np
import pyarrow as pa
import pytest
import stdnum.br.cpf
import stdnum.de.idnr
import stdnum.es.nif
import stdnum.fr.nir
import stdnum.gb.nhs
import stdnum.iban
import stdnum.iso7064.mod_11_10
import stdnum.luhn
import stdnum.us.ssn
import stdnum.verhoeff
from stdnum.in_ import aadhaar

from datamimic_learning import MaskingKey
from datamimic_learning.masking.methods.canonical import canonical, joined, normal
from datamimic_learning.masking.methods.coarsening import generalised, noised, shifted
from datamimic_learning.masking.methods.days_in_texts import WrittenDays
from datamimic_learning.masking.methods.digests import digests
from datamimic_learning.masking.methods.encrypting import Encryption
from datamimic_learning.masking.methods.fitting import fitted
from datamimic_learning.masking.methods.naming_anew import hashed, tokens
from datamimic_learning.masking.methods.telephones import phones_like
from datamimic_learning.masking.plans.catalogue import METHODS

KEY = MaskingKey.of_bytes(bytes(range(32)))
SECRET = KEY.of("encrypt", "test")
DRAWN = random.Random(7)


def there_and_back(values: list[str], **settings: object) -> list[str]:
    """Encrypted, each another value, and back."""
    texts = pa.array(list(dict.fromkeys(values)))
    made = Encryption(SECRET, **settings).crypt(texts)  # type: ignore[arg-type]
    assert len(set(made.to_pylist())) == len(texts)
    assert Encryption(SECRET, **settings).crypt(made, decrypting=True).equals(texts)  # type: ignore[arg-type]
    assert [len(each) for each in made.to_pylist()] == [len(each) for each in texts.to_pylist()]
    return list(made.to_pylist())


def drawn(count: int, places: int, make: Callable[[str], str]) -> list[str]:
    return [make(f"{DRAWN.randrange(10**places):0{places}}") for _ in range(count)]


def grouped(body: str) -> str:
    return f"{body[:3]} {body[3:6]} {body[6:]}{stdnum.luhn.calc_check_digit(body)}"


def french(body: str) -> str:
    whole = f"1840519{body}"
    return whole + stdnum.fr.nir.calc_check_digits(whole)


def indian(body: str) -> str:
    return f"5{body}{stdnum.verhoeff.calc_check_digit('5' + body)}"


NUMBERS: dict[str, tuple[Callable[[str], bool], list[str]]] = {
    "card": (stdnum.luhn.is_valid, drawn(400, 15, lambda body: body + stdnum.luhn.calc_check_digit(body))),
    "luhn": (lambda number: stdnum.luhn.is_valid(number.replace(" ", "")), drawn(400, 9, grouped)),
    "br_cpf": (stdnum.br.cpf.is_valid, ["390.533.447-05", "231.002.999-00", "11144477735"]),
    "es_nif": (stdnum.es.nif.is_valid, drawn(400, 8, lambda body: body + "TRWAGMYFPDXBNJZSQVHLCKE"[int(body) % 23])),
    "in_aadhaar": (aadhaar.is_valid, drawn(400, 10, indian)),
    "us_ssn": (stdnum.us.ssn.is_valid, ["219-09-9998", "501-23-4567", "002-11-0001"]),
    "gb_nhs": (stdnum.gb.nhs.is_valid, drawn(2_000, 10, str)),
    "fr_nir": (stdnum.fr.nir.is_valid, drawn(200, 6, french)),
    "de_idnr": (stdnum.de.idnr.is_valid, ["36574261809", "47036892816"]),
    "iban": (
        stdnum.iban.is_valid,
        ["DE89370400440532013000", "GB29NWBK60161331926819", "ES9121000418450200051332", "FR1420041010050500013M02606"],
    ),
}


@pytest.mark.parametrize("name", NUMBERS)
def test_check_digits_are_those_of_the_new_number(name: str) -> None:
    valid, values = NUMBERS[name]
    given = [each for each in values if valid(each)]
    assert given
    made = there_and_back(given, number=name)
    assert [each for each in made if not valid(each)] == []
    wrong = [f"{each[:-1]}{'5' if each[-1] != '5' else '6'}" for each in given if each[-1].isdigit()]
    if name not in ("us_ssn", "fr_nir") and wrong:  # of these the oracle knows fewer rules
        assert not any(map(valid, there_and_back(wrong, number=name))), "what was wrong stays wrong"


def test_of_ibans_the_bank_stays_and_national_check_digits_are_right() -> None:
    made = there_and_back(
        ["FR1420041010050500013M02606", "BE71096123456769", "ES9121000418450200051332"], number="iban"
    )
    french, belgian, spanish = made
    assert french[4:14] == "2004101005" and belgian[4:7] == "096" and spanish[4:12] == "21000418"
    letters = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "12345678912345678923456789")
    account = french[14:25].translate(letters)
    assert (89 * 20041 + 15 * 1005 + 3 * int(account) + int(french[25:])) % 97 == 0
    assert int(belgian[4:14]) % 97 == int(belgian[14:]) % 97


def test_formats_stay() -> None:
    made = there_and_back(
        ["AB-123456", "Müller", "Łódź 12", "山田太郎", "Nguyễn Văn", "(030) 12-34", "x", "", "a" * 100]
    )
    assert made[0][2] == "-" and made[0][:2].isupper() and made[0][3:].isdigit()
    assert made[1][0].isupper() and made[1][1:].islower()
    assert all("\u4e00" <= each <= "\u9fff" for each in made[3])
    given = [str(uuid.UUID(int=DRAWN.getrandbits(128), version=4)) for _ in range(50)]
    assert [uuid.UUID(each).version for each in there_and_back(given)] == [4] * 50


def test_ends_that_are_kept() -> None:
    made = there_and_back(["4111-1111-1111-1111", "5500-0000-0000-0004", "12"], first=2, last=4)
    assert made[0].startswith("41") and made[0].endswith("1111") and made[1].startswith("55")
    assert made[2] != "12", "where all would stay, nothing does"


def test_whole_numbers_are_a_permutation_of_those_of_their_length() -> None:
    every = pa.array(range(100, 1000), pa.int16())
    made = Encryption(SECRET).crypt(every)
    assert sorted(made.to_pylist()) == every.to_pylist() and made.type == every.type
    wide = Encryption(SECRET, width=9)
    few = pa.array(range(1000), pa.int64())
    assert len(wide.crypt(few).unique()) == 1000 and wide.crypt(wide.crypt(few), decrypting=True).equals(few)
    ends = pa.array([2**63 - 1, -(2**63) + 1, -17, 0, 2**31], pa.int64())
    assert Encryption(SECRET).crypt(Encryption(SECRET).crypt(ends), decrypting=True).equals(ends)
    texts = Encryption(SECRET, whole=True).crypt(pa.array(["17", "123456"])).to_pylist()
    numbers = Encryption(SECRET).crypt(pa.array([17, 123456])).to_pylist()
    assert texts == list(map(str, numbers)), "a text that shows a number becomes what the number becomes"


def test_a_value_becomes_the_same_beside_whatever_others() -> None:
    values = [f"K{DRAWN.randrange(10**6):06}-{'é' * (number % 3)}{number}" for number in range(300)]
    together = Encryption(SECRET).crypt(pa.array(values)).to_pylist()
    assert [Encryption(SECRET).crypt(pa.array([each]))[0].as_py() for each in values[:40]] == together[:40]
    assert Encryption(SECRET).crypt(pa.array(values[::-1])).to_pylist() == together[::-1]


def test_digests_and_tokens_follow_from_key_and_domain() -> None:
    values = pa.array(["Smith", "", None, "x" * 1000])
    first = digests(SECRET, values)
    assert first.shape == (4, 2) and (first[1] == first[2]).all() and len(np.unique(first[:, 0])) == 3
    assert (digests(SECRET, values.slice(3)) == first[3]).all()
    assert (digests(KEY.of("encrypt", "other"), values)[0] != first[0]).any()
    many = pa.array([str(number) for number in range(20_000)])
    hexadecimal = hashed(SECRET, many, 32)
    assert len(hexadecimal.unique()) == 20_000 and all(len(each) == 32 for each in hexadecimal.slice(0, 10).to_pylist())
    made = tokens(SECRET, many, 25, "tok_")
    assert len(made.unique()) == 20_000 and made[0].as_py().startswith("tok_") and len(made[0].as_py()) == 29
    assert pa.compute.max(hashed(SECRET, pa.array([1, 2], pa.int8()), 32)).as_py() <= 127


def test_originals_are_compared_in_their_normal_form() -> None:
    assert normal(pa.array([" SMITH  John", "smith john"]), ("trim", "case")).to_pylist() == ["smith john"] * 2
    assert normal(pa.array(["Müller"]), ("accents",)).to_pylist() == ["Muller"]
    assert (
        canonical(pa.array([17.0, 1.5])).to_pylist() == ["17", "1.5"] and canonical(pa.array([17]))[0].as_py() == "17"
    )
    assert len(set(joined([pa.array(["a", "ab"]), pa.array(["bc", "c"])]).to_pylist())) == 2


def test_dates_of_a_subject_move_together() -> None:
    words = digests(SECRET, pa.array(["anna", "anna", "bert", "anna", "x"]))
    given = pa.array(["2024-02-27 10:00", "01.03.2024", "2024-02-27T10:00:00Z", "", "9999-12-31"])
    made = shifted(words, given, 30)
    assert made is not None
    first, second, other, empty, endless = made.to_pylist()
    days = date.fromisoformat(first[:10]).toordinal() - date(2024, 2, 27).toordinal()
    assert 1 <= abs(days) <= 30 and first[10:] == " 10:00" and other[10:] == "T10:00:00Z"
    assert datetime.strptime(second, "%d.%m.%Y").toordinal() - date(2024, 3, 1).toordinal() == days
    assert (empty, endless) == ("", "9999-12-31")
    moments = shifted(words, pa.array([datetime(2024, 2, 27, 10)] * 5, pa.timestamp("us")), 30)
    assert moments is not None and moments[0].as_py().date().isoformat() == first[:10]
    assert shifted(words[:1], pa.array(["no day"]), 30) is None


@pytest.mark.parametrize(
    ("values", "settings", "made"),
    [
        (pa.array([17, 20, -3]), {"step": 10}, [10, 20, -10]),
        (pa.array(["17.50", "3"]), {"step": 5}, ["15.00", "0"]),
        (pa.array([1, 17, 70]), {"edges": (0, 18, 65)}, [0, 0, 65]),
        (pa.array([1.5, 900.0]), {"top": 100, "bottom": 2}, [2.0, 100.0]),
        (pa.array(["12345", "1"]), {"first": 2, "fill": "*"}, ["12***", "1"]),
        (pa.array([date(2024, 8, 17)]), {"to": "quarter"}, [date(2024, 7, 1)]),
        (pa.array([date(2024, 8, 17)]), {"to": "week"}, [date(2024, 8, 12)]),
        (pa.array(["17.08.2024"]), {"to": "decade"}, ["01.01.2020"]),
        (pa.array([datetime(2024, 8, 17, 3, 4)], pa.timestamp("ms")), {"to": "month"}, [datetime(2024, 8, 1)]),
        (pa.array(["2024-08-17T03:04:05.678Z"]), {"to": "day"}, ["2024-08-17T00:00:00.000Z"]),
        (pa.array(["17.08.2024 3:04", "17/8/2024 3:04 PM"]), {"to": "day"}, ["17.08.2024 0:00", "17/8/2024 12:00 AM"]),
        (pa.array(["2024-08-17 03:04:05-05:00"]), {"to": "month"}, ["2024-08-01 00:00:00-05:00"]),
        (pa.array(["seventeen"]), {"step": 10}, None),
    ],
)
def test_coarser(values: pa.Array, settings: dict[str, object], made: list[object] | None) -> None:
    found = generalised(values, {**METHODS["generalise"].defaults, **settings})
    assert (None if found is None else found.to_pylist()) == made


def test_noise_is_the_same_for_the_same_value_and_never_more_than_allowed() -> None:
    given = pa.array([100.0, 200.0, 100.0] * 500)
    made = noised(SECRET, given, 0.1, None)
    assert made is not None and made[0] == made[2]
    many = noised(SECRET, pa.array(np.arange(1000, 3000)), None, 50)
    assert many is not None and many.type == pa.int64()
    moved = np.asarray(many) - np.arange(1000, 3000)
    assert np.abs(moved).max() <= 50 and abs(moved.mean()) < 3 and 15 < moved.std() < 25


def test_values_of_a_world_are_written_as_the_column_writes_its_own() -> None:
    sexes = fitted(pa.array(["female", "male", "female"]), pa.array(["M", "Weiblich", None]), "gender", locale="de_DE")
    assert sexes.to_pylist() == ["W", "Männlich", None]
    assert fitted(pa.array(["Anna", "Berta"]), pa.array(["KARL", "otto"]), "given_name").to_pylist() == [
        "ANNA",
        "berta",
    ]
    days = fitted(pa.array([date(1980, 1, 2)] * 2), pa.array(["3/4/1999", "1999-04-03"]), "birthdate", locale="en_US")
    assert days.to_pylist() == ["1/2/1980", "1980-01-02"]
    phones = phones_like(
        pa.array(["+49 30 901820"] * 3), pa.array(["+49/89/123456", "(089) 12-34-56", "0049 89123456"])
    )
    assert phones.to_pylist() == ["+49/30/901820", "(030) 90-18-20", "0049 30901820"]


def test_a_telephone_is_written_alike_beside_whatever_others_and_no_word_of_it_is_left() -> None:
    given = ["+1 ext. 5", "ask Anna", "Anna 0171", "089/12345", "", "-", "x"]
    made = ["+49 30 901820", "+49 30 901820", "+49 30 901820", "030 123", "", "+84901", "+1-2"]
    together = phones_like(pa.array(made), pa.array(given)).to_pylist()
    assert together == ["+4 ext. 9", "30901820", "030901820", "003/01230", "", "", "2"]
    alone = [phones_like(pa.array([one]), pa.array([other]))[0].as_py() for one, other in zip(made, given, strict=True)]
    assert alone == together


def test_what_stands_behind_a_day_is_a_time_or_else_the_text_is_no_day() -> None:
    texts = ["1980-01-02", "2.1.1980 7:05 pm", "1980-01-02T03:04:05.678+01:00", "19800102", "02/01/1980 23:59 CET"]
    others = ["1980-01-02 Anna", "02.01.1980 (Anna)", "31.02.1980", "198001021", "0000-01-01", "1980-01-02Anna", ""]
    found = WrittenDays(pa.array([*texts, *others, None]), month_first=False)
    assert found.known.tolist() == [True] * 5 + [False] * 8
    assert {date.fromordinal(719_163 + day) for day in found.days[:5].tolist()} == {date(1980, 1, 2)}
    moved = found.put(np.full(13, date(2024, 11, 30).toordinal() - 719_163)).to_pylist()
    assert moved == ["2024-11-30", "30.11.2024 7:05 pm", "2024-11-30T03:04:05.678+01:00", "20241130",
                     "30/11/2024 23:59 CET", *others, None]  # fmt: skip
