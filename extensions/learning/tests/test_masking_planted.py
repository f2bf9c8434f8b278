"""People planted wherever they stand in real tables, and a copy by the plan that is proposed: none of them is in it."""

from __future__ import annotations

import csv
import ipaddress
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from datamimic.cli import main

FIRST = ("Anneliese", "Björn", "Chidinma", "Élodie", "Fatoumata", "Hyeon-woo", "Jarosław", "Małgorzata", "Ragnhild", "Siobhán",
         "Uğur", "Věra", "Xiomara")  # fmt: skip
LAST = ("Abramczyk", "Bielefeldt-Lüdemann", "Czerwiński", "Delacroix-Montfort", "Eyjólfsdóttir", "Grünewald", "İnönü",
        "Jørgensen", "Mbeki-Dlamini", "O'Shaughnessy", "Papadopoulou", "Szczepański", "Zwierzchowski")  # fmt: skip
OTHERS = (
    "山田太郎",
    "王小明",
    "김민준",
    "Иван Петрович Кузнецов",
    "Γιώργος Παπαδόπουλος",
    "محمد عبد الله",
    "प्रिया शर्मा",
    "สมชาย ใจดี",
)
UNKNOWN = (
    "Kwabenah Ofosuhene", "Tluang Vanlalhruaia", "Iolana Kealohamakua", "Nanuqsaq Ivalu", "Mahinarangi Te Whatarau",
    "Zsigárd Füzérkajata", "Ljubinka Mrkšić-Pavlovska", "Sinazo Mkhwanazi", "Teuila Faumuina", "Dzmitry Hancharyk",
    "Ainagul Bekmuratkyzy", "Rangimarie Ngatapuwae",
)  # fmt: skip
PLAIN = str.maketrans("öüéłıůřěğńáóøİÖÉáśŁ", "oueliureganooIOEasL")


class Planted:
    """Everything that was written into the tables of somebody."""

    def __init__(self) -> None:
        self.draw = random.Random(20)
        self.all: list[str] = []

    def put(self, text: str) -> str:
        self.all.append(text)
        return text

    def digits(self, count: int) -> str:
        return "".join(self.draw.choice("0123456789") for _ in range(count))

    def phone(self) -> str:
        d = self.digits
        forms = (f"+49 (0)30 {d(4)}-{d(3)}", f"0049 172 {d(7)}", f"(0361) {d(3)} {d(2)} {d(2)}", f"+1-415-{d(3)}-{d(4)}",
                 f"+33 6 {d(2)} {d(2)} {d(2)} {d(2)}", f"+81-90-{d(4)}-{d(4)}", f"01.{d(2)}.{d(2)}.{d(2)}.{d(2)}")  # fmt: skip
        return self.put(self.draw.choice(forms))

    def iban(self) -> str:
        account = self.digits(18)
        whole = f"DE{98 - int(account + '131400') % 97:02}{account}"
        return self.put(self.draw.choice([whole, " ".join(whole[at : at + 4] for at in range(0, 22, 4))]))

    def address(self) -> str:
        street = self.draw.choice(["Lindenallee", "Kastanienweg", "Bahnhofplatz"])
        return self.put(f"{street} {self.draw.randint(1, 199)}, {self.draw.randint(10000, 99999)} Görlitz")

    def internet(self) -> str:
        return self.put(".".join(str(self.draw.randint(11, 250)) for _ in range(4)))

    def passport(self) -> str:
        number, born = self.digits(9), self.digits(6)
        name = self.put("P<D<<" + "MUSTERMANN<<" + self.draw.choice(["ERIKA", "MAX<PAUL"]) + "<<" + self.digits(3))
        return name.ljust(44, "<") + "\n" + self.put(f"{number}7D<<{born}9F3408125<<<<<<<<<<<<<<2")


class Person(NamedTuple):
    name: str
    login: str
    last: str
    mail: str
    phone: str


def _events(planted: Planted, person: Person, number: int) -> Iterator[list[str]]:
    """What happened to somebody: documents, addresses, user agents and codes with her in them."""
    name, login, last, mail, phone = person
    draw, put = planted.draw, planted.put
    documents: tuple[object, ...] = (
        {"user": {"name": name, "email": mail, "phones": [phone, planted.phone()]}, "amount": number},
        {"note": f'{name} said "call {phone}"', "tags": ["x"]},
        {"ship_to": {"name": put(f"{draw.choice(FIRST)} {last}"), "address": planted.address()}},
        {"iban": planted.iban(), "ok": True, "rate": 1.5, "mobile": int(put("49172" + planted.digits(8)))},
    )
    plain = last.translate(PLAIN).upper().replace("'", "").partition("-")[0]
    addresses = (f"https://shop.example/u?email={put(quote(mail))}&x=1", f"/reset?mail={mail}&t=307", "/p/17")
    for document in documents:
        agents = (f"Mozilla/5.0 (X11; Linux) (client {planted.internet()})", f"okhttp/4.9 user={mail}", "curl/8.1")
        codes = (
            f"INV-{put(plain)}-{planted.digits(4)}",
            put(f"{login.replace('.', '_')}_71"),
            f"ORD-{planted.digits(6)}",
        )
        written = json.dumps(document, ensure_ascii=draw.random() < 0.7)
        yield [str(number), written, draw.choice(addresses), draw.choice(agents), draw.choice(codes)]


def _rows(planted: Planted) -> tuple[list[list[str]], list[list[str]]]:
    people, events = [], []
    draw, put = planted.draw, planted.put
    for number in range(1, 151):
        first, last = draw.choice(FIRST), draw.choice(LAST)
        name = put(draw.choice([f"{first} {last}", f"{last}, {first}", f"{first[0]}. {last}", draw.choice(OTHERS)]))
        login = f"{first}.{last}".translate(PLAIN).replace("'", "").lower()
        mail, phone = put(f"{login}{planted.digits(4)}@kontor-nord.de"), planted.phone()
        notes = (
            f"Spoke to {name} on {phone}, wants statement to {mail}.",
            f"caller id {planted.phone()}; new iban {planted.iban()} pls update",
            f"moved to {planted.address()} since May, passport scan: {planted.passport()}",
            f"login from {planted.internet()} blocked",
        )
        people.append([str(number), name, mail, phone, planted.iban(), planted.address(), draw.choice(notes)])
        events += _events(planted, Person(name, login, last, mail, phone), number)
    return people, events


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> tuple[Planted, Path]:
    folder = tmp_path_factory.mktemp("planted")
    planted = Planted()
    people, events = _rows(planted)
    shifts = [[str(number), planted.put(planted.draw.choice(UNKNOWN)), "north"] for number in range(100)]
    (folder / "in").mkdir()
    for table, header, rows in (
        ("accounts", "id contact mail tel bank loc memo", people),
        ("events", "account_id payload url agent ref", events),
        ("shifts", "nr col_b side", shifts),
    ):
        with (folder / f"in/{table}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([header.split(), *rows])
    key = folder / "k.key"
    asked = ["mask", str(folder / "in"), "-o", str(folder / "out"), "--key-file", str(key), "--quiet"]
    assert CliRunner().invoke(main, ["mask", "--new-key", str(key)]).exit_code == 0
    done = CliRunner().invoke(main, asked)
    assert done.exit_code == 0, done.output
    return planted, folder / "out"


def _squeezed(text: str) -> str:
    return re.sub(r"[\s().\-/]", "", text).casefold()


def _said(folder: Path) -> str:
    """What the files of a folder say, without the escapes of CSV and JSON."""
    cells = [
        cell
        for file in sorted(folder.glob("*.csv"))
        for row in csv.reader(file.read_text(encoding="utf-8").splitlines(keepends=True))
        for cell in row
    ]
    return "\n".join(json.dumps(json.loads(cell), ensure_ascii=False) if cell[:1] == "{" else cell for cell in cells)


def test_nobody_planted_is_in_the_copy(copied: tuple[Planted, Path]) -> None:
    planted, out = copied
    given, said = _said(out.parent / "in"), _said(out)
    original, squeezed = _squeezed(given), _squeezed(said)
    there = [each for each in dict.fromkeys(planted.all) if _squeezed(each) in original]
    words = {each for each in there if each.isupper() and each.isalpha()}
    left = [each for each in there if each not in words and _squeezed(each) in squeezed]
    left += [each for each in words if re.search(rf"(?<![^\W_]){each}(?![^\W_])", said)]
    assert not left
    assert len(there) > 1_200


def test_documents_and_addresses_stay_what_they_are(copied: tuple[Planted, Path]) -> None:
    _, out = copied
    with (out / "events.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    documents = [json.loads(row["payload"]) for row in rows]
    assert [each["amount"] for each in documents[::4]] == [*range(1, 151)]
    assert all("@" in each["user"]["email"] and len(each["user"]["phones"]) == 2 for each in documents[::4])
    assert all(
        each["ok"] is True and each["rate"] == 1.5 and isinstance(each["mobile"], int) for each in documents[3::4]
    )
    with (out / "accounts.csv").open(encoding="utf-8") as file:
        mails = {row["id"]: row["mail"] for row in csv.DictReader(file)}
    assert all(
        each["user"]["email"] == mails[row["account_id"]] for each, row in zip(documents[::4], rows[::4], strict=True)
    )
    assert all(row["url"].startswith(("https://shop.example/u?email=", "/reset?mail=", "/p/17")) for row in rows)
    clients = [found[1] for row in rows if (found := re.search(r"client ([0-9.]+)", row["agent"]))]
    assert clients and all(ipaddress.IPv4Address(each) for each in clients)
