"""Cards and accounts in text are seen, published test numbers and other numbers are not; long cells cost what they hold."""

from __future__ import annotations

import random
import time

import pyarrow as pa
import pytest

from datamimic_pack_common.payment_numbers import NETWORKS, iban_in, network_of, rows_of
from datamimic_pack_common.safety import suspicion, suspicions

FORMS = {row["country_code"]: row["form"] for row in rows_of("iban_formats")}
PUBLISHED = [(row["kind"], row["number"]) for row in rows_of("published_numbers")]
CARDS = [
    "4539148803436467",
    "5500005555555559",
    "378500000000004",
    "6011000000000004",
    "3528000000000007",
    "6212345678901232",
]


def completed(number: str) -> str:
    """The number with the digit by which Luhn's check holds."""
    return next(number + digit for digit in "0123456789" if _luhn(number + digit))


def _luhn(number: str) -> bool:
    doubled = [sum(divmod(2 * int(digit), 10)) for digit in number[-2::-2]]
    return (sum(map(int, number[-1::-2])) + sum(doubled)) % 10 == 0


@pytest.mark.parametrize(("network", "start", "length"), [(n, f.split("|")[0], k) for n, f, ks in NETWORKS for k in ks])
def test_every_network_is_known(network: str, start: str, length: int) -> None:
    digits = "".join(c for c in start.split("]")[0].replace("[", "")[:4] if c.isdigit())
    number = completed((digits + "1234567890123456789")[: length - 1])
    assert network_of(number) == network
    assert network_of(number[:-1] + str((int(number[-1]) + 1) % 10)) is None
    for text in (number, f"paid by {number}.", f"{number[:4]} {number[4:8]} {number[8:12]} {number[12:]}"):
        assert network in str(suspicion(text))


@pytest.mark.parametrize("number", sorted(number for kind, number in PUBLISHED if kind == "card"))
def test_published_test_cards_are_nobodys(number: str) -> None:
    assert network_of(number) is not None and suspicion(number) is None


@pytest.mark.parametrize("number", sorted(number for kind, number in PUBLISHED if kind == "iban"))
def test_published_ibans_are_nobodys_and_others_may_be_somebodys(number: str) -> None:
    assert suspicion(number) is None
    last = number[-1]
    body = number[4:-1] + (str((int(last) + 1) % 10) if last.isdigit() else "B" if last != "B" else "C")
    rest = int("".join(str(int(sign, 36)) for sign in f"{body}{number[:2]}00")) % 97
    other = f"{number[:2]}{98 - rest:02d}{body}"
    grouped = " ".join(other[place : place + 4] for place in range(0, len(other), 4))
    for text in (other, other.lower(), f"to {grouped} PAID", f"IBAN:{other};"):
        assert iban_in(text) == other and "IBAN" in str(suspicion(text))
    wrong = other[:2] + f"{(98 - rest + 1) % 100:02d}" + body
    assert iban_in(wrong) is None and len(number) == 4 + sum(int(n) for n in _counts(FORMS[number[:2]]))


def _counts(form: str) -> list[str]:
    return "".join(c if c.isdigit() else " " for c in form).split()


@pytest.mark.oracle("schwifty")
@pytest.mark.parametrize("country", FORMS)
def test_an_account_of_every_country_is_seen(country: str) -> None:
    schwifty = pytest.importorskip("schwifty", reason="schwifty is not installed")
    for seed in range(5):
        number = str(schwifty.IBAN.random(country, random=random.Random(seed), use_registry=False))
        assert iban_in(f"to {number}.") == number


def test_orders_articles_and_instants_are_no_cards() -> None:
    chance = random.Random(7)
    columns = {
        "order_no": [f"4{chance.randrange(10**15):015d}" for _ in range(2_000)],
        "sku": [
            f"{chance.choice('ABC')}-{chance.randrange(10**4):04d}-{chance.randrange(10**8):08d}" for _ in range(2_000)
        ],
        "epoch_ms": [str(1_700_000_000_000 + chance.randrange(10**11)) for _ in range(2_000)],
        "epoch_us": [str(1_700_000_000_000_000 + chance.randrange(10**14)) for _ in range(2_000)],
        "ean": [f"4{chance.randrange(10**12):012d}" for _ in range(2_000)],
        "amount": [f"{chance.randrange(10**16)}.50" for _ in range(2_000)],
        "hash": [f"{chance.randrange(2**64):016x}" for _ in range(2_000)],
        "reference": [f"DE{chance.randrange(10**10):010d}" for _ in range(2_000)],
    }
    assert list(suspicions(pa.table(columns).to_batches())) == []


def test_a_column_of_cards_is_seen_and_so_is_one_card_in_its_groups_among_orders() -> None:
    chance = random.Random(7)
    cards = [completed(f"4{chance.randrange(10**14):014d}") for _ in range(500)]
    orders = [f"4{chance.randrange(10**15):015d}" for _ in range(500)]
    orders[17] = "4539 1488 0343 6467"
    found = list(suspicions(pa.table({"number": cards, "order": orders}).to_batches()))
    assert [each.row for each in found if each.column == "number"] == list(range(500))
    assert [each.row for each in found if each.column == "order"] == [17]
    assert len(list(suspicions(pa.table({"card_number": [CARDS[0], *orders[20:]]}).to_batches()))) > 1


LONG = {
    text: text * (3_000_000 // len(text))
    for text in (
        "a",
        "1",
        "@",
        "a@",
        "a.",
        "http://",
        "DE89",
        "DE89 ",
        "4111 ",
        "4-",
        "+1",
        " ",
        "x@a.1",
        "4111111111111112 ",
    )
}


@pytest.mark.parametrize("what", LONG)
def test_a_cell_of_three_megabytes_is_looked_through_in_time_that_grows_with_it(what: str) -> None:
    def seconds(text: str) -> float:
        start = time.process_time()
        suspicion(text)
        return time.process_time() - start

    suspicion("")
    whole, part = seconds(LONG[what]), seconds(LONG[what][: len(LONG[what]) // 8])
    assert whole < max(0.5, 30 * part)
