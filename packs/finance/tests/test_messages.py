"""Messages of banks: judged by the official schemas and by rules of their standards, and tied to the world."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import message_rules as rules
import pytest

from datamimic import World
from datamimic.formats.documents.kept.files import documents_of
from datamimic.formats.documents.syntax import syntax_of
from datamimic.plugins.registry import installed_packs

COUNTRIES = ("DE", "US", "GB", "FR", "VN")
OWN_SCHEMA = {"pacs.002", "pacs.009", "camt.056"}
"""Messages of which no official schema is to be had here: `test_messages_without_schemas` judges them."""
NAMES = sorted(name for name in installed_packs().messages() if name.startswith(("iso20022", "swift", "nacha", "bacs")))
ISO = [name for name in NAMES if name.startswith("iso20022")]
USUAL = [name for name in ISO if ".001." not in name]
FIN = [name for name in NAMES if name.startswith("swift")]


@cache
def world(country: str, seed: str = "messages") -> World:
    history = {"finance.bank_account": {"history": 1}}
    return World(seed, country, clock="2025-06-15T00:00:00Z", options=history)


def documents(name: str, country: str, count: int, seed: str = "messages") -> list[str]:
    """Messages, each as a file of its own would hold it."""
    message = world(country, seed).message(name)[:count]
    assert len(message) == count
    if message.message.several and name.startswith("iso20022"):
        return [message.to_bytes().decode()]
    return message.texts()


def standard_of(name: str) -> str:
    message: Any = installed_packs().message(name)
    return f"{message.standard}.{message.version:02}"


def judge(name: str, country: str, count: int, seed: str = "messages") -> None:
    for text in documents(name, country, count, seed):
        if not OWN_SCHEMA & {standard_of(name)[:8]}:
            assert rules.schema_faults(standard_of(name), text) == []
        assert rules.iso_faults(text) == []


@pytest.mark.parametrize("country", COUNTRIES)
def test_iso_messages_are_those_of_their_schemas_and_rules(country: str) -> None:
    for name in USUAL:
        judge(name, country, 6)


@pytest.mark.parametrize("name", [name for name in ISO if name not in USUAL])
def test_every_version_has_its_schema(name: str) -> None:
    judge(name, "US" if name.endswith("14") else "DE", 4)


@pytest.mark.parametrize("country", COUNTRIES)
def test_swift_messages_keep_formats_order_and_balances(country: str) -> None:
    for name in FIN:
        for text in documents(name, country, 12):
            assert rules.fin_faults(text) == [], text


def test_clearing_files_balance() -> None:
    for text in documents("nacha.ach", "US", 40):
        assert list(rules.nacha_faults(text)) == []
    for text in documents("bacs.standard18", "GB", 40):
        assert list(rules.bacs_faults(text)) == []


BROKEN = [
    ("iso20022.camt.053", "<CdtDbtInd>CRDT</CdtDbtInd>", "<CdtDbtInd>CREDIT</CdtDbtInd>", "schema"),
    ("iso20022.camt.053", r"(<BIC[A-Z]*>.{4})[A-Z]", r"\g<1>1", "schema"),
    ("iso20022.camt.053", r"(<Amt Ccy=\"EUR\">)", r"\g<1>-", "schema"),
    ("iso20022.pacs.008", "<UETR>[0-9a-f-]{36}", "<UETR>F0F0F0F0-0000-4000-8000-000000000000", "schema"),
    ("iso20022.pain.001", "<PmtMtd>TRF</PmtMtd><NbOfTxs>", "<NbOfTxs>", "schema"),
    ("iso20022.pain.001", r"<CtrlSum>\d", "<CtrlSum>9", "rules"),
    ("iso20022.pain.001", r"<NbOfTxs>\d", "<NbOfTxs>9", "rules"),
    ("iso20022.pain.001", r"(<IBAN>..)..", r"\g<1>00", "rules"),
    ("iso20022.pain.008", r"(<InstdAmt Ccy=\"EUR\">\d+\.\d\d)", r"\g<1>1", "rules"),
    ("iso20022.camt.053", r"(<Ntry>.*?<Amt Ccy=\"EUR\">)\d", r"\g<1>98", "rules"),
    ("iso20022.camt.053", r"<Nm>.", "<Nm>ß", "rules"),
    ("iso20022.pacs.008", "<Cd>ST2</Cd>", "<Cd>ST9</Cd>", "rules"),
    ("iso20022.camt.053", "<Cd>CLAV</Cd>", "<Cd>CLAX</Cd>", "rules"),
    ("swift.MT103", r"(:32A:\d\d)", r"\g<1>13", "fin"),
    ("swift.MT103", ":23B:CRED\r\n", "", "fin"),
    ("swift.MT103", r"(:59:/..)..", r"\g<1>00", "fin"),
    ("swift.MT103", r"(:20:)", r"\g<1>/", "fin"),
    ("swift.MT940", r"(:62.:.*EUR)\d", r"\g<1>98", "fin"),
    ("swift.MT940", r"(:61:\d+[CD])\d", r"\g<1>98", "fin"),
]


@pytest.mark.parametrize(("name", "pattern", "instead", "judge_"), BROKEN)
def test_the_judges_refuse_what_is_broken(name: str, pattern: str, instead: str, judge_: str) -> None:
    text = documents(name, "DE", 1)[0]
    broken = re.sub(pattern, instead, text, count=1, flags=re.DOTALL if "Ntry" in pattern else 0)
    assert broken != text
    if judge_ == "schema":
        assert rules.schema_faults(standard_of(name), broken)
    else:
        assert rules.iso_faults(broken) if judge_ == "rules" else rules.fin_faults(broken)


@pytest.mark.parametrize(
    ("name", "country", "first", "place"),
    [
        ("nacha.ach", "US", "9", 20), ("nacha.ach", "US", "9", 54), ("nacha.ach", "US", "9", 12), ("nacha.ach", "US", "6", 11),
        ("nacha.ach", "US", "8", 9), ("bacs.standard18", "GB", "UTL1", 16), ("bacs.standard18", "GB", "UTL1", 29),
        ("bacs.standard18", "GB", "UTL1", 43), ("bacs.standard18", "GB", "0", 45),
    ],
)  # fmt: skip
def test_another_digit_in_a_clearing_file_is_seen(name: str, country: str, first: str, place: int) -> None:
    lines = documents(name, country, 1)[0].split("\r\n")
    number = next(number for number, line in enumerate(lines) if line.startswith(first))
    line = lines[number]
    lines[number] = line[:place] + str((int(line[place]) + 1) % 10) + line[place + 1 :]
    check = rules.nacha_faults if name == "nacha.ach" else rules.bacs_faults
    assert list(check("\r\n".join(lines)))


JUDGED = [name for name in (*USUAL, *FIN, "nacha.ach", "bacs.standard18") if not OWN_SCHEMA & {name[9:17]}]

FIRST = ("pain.001", "pain.008", "pacs.008", "camt.053", "MT103", "MT940", "nacha.ach", "bacs.standard18")
"""Others have the same rules: they are tried by hand."""


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name.endswith(FIRST) else pytest.mark.thorough) for name in JUDGED]
)
def test_every_rule_that_can_be_broken_is_one_that_somebody_judges(name: str) -> None:
    country = {"nacha.ach": "US", "bacs.standard18": "GB"}.get(name, "DE")
    texts = [text for text in documents(name, country, 5) if not faults_of(name, text)]
    message: Any = installed_packs().message(name)
    broken = {
        rule.name: next(filter(None, (rule.broken(text, number) for number, text in enumerate(texts))), None)
        for rule in message().negatives()
    }
    assert texts and sum(text is not None for text in broken.values()) > 5
    assert [rule for rule, text in broken.items() if text is not None and not faults_of(name, text)] == []


def faults_of(name: str, text: str) -> list[str]:
    if name in ISO:
        return rules.schema_faults(standard_of(name), text) or rules.iso_faults(text)
    checks = {"swift": rules.fin_faults, "nacha": rules.nacha_faults, "bacs.": rules.bacs_faults}
    return list(checks[name[:5]](text))


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_statement_is_the_ledger(country: str) -> None:
    """Balances and entries of camt.053 and MT940 are those of the account and its transactions in the month of the last one."""
    here = world(country)
    rows = here["finance.bank_account"][0:30]
    accounts = rows.select([*rows.columns, "last_active"]).to_arrow().to_pylist()
    root = rules.tree(here.message("iso20022.camt.053")[0:30].to_bytes().decode())
    swift = [rules.fin_messages(text) for text in here.message("swift.MT940")[0:30]]
    lines_of = here["finance.transaction"][0 : sum(each["transaction_count"] for each in accounts)]
    entries = lines_of.select([*lines_of.columns, "day"]).to_arrow().to_pylist()
    for account, statement, pages in zip(accounts, root.iter("Stmt"), swift, strict=True):
        own = [each for each in entries if each["account_id"] == account["account_id"]]
        month = (account["last_active"].replace(day=1) - date(1970, 1, 1)).days
        earlier = [each for each in own if each["day"] < month]
        booked = [each for each in own if each["day"] >= month and each["status"] == "booked"]
        moved = {"credit": 1, "debit": -1}
        balances = {each.findtext("Tp/CdOrPrtry/Cd"): rules.signed(each) for each in statement.findall("Bal")}
        assert balances["OPBD"] == (earlier[-1]["balance_after"] if earlier else account["opening_balance"])
        assert balances["CLBD"] == (booked[-1]["balance_after"] if booked else balances["OPBD"])
        told = [(rules.signed(each), each.findtext("BookgDt/Dt")) for each in statement.findall("Ntry")]
        assert told == [(moved[each["direction"]] * each["amount"], str(each["booking_date"])) for each in booked]
        lines = [rules.fin_amount(value, 3) for _, fields in pages for tag, value in fields if tag == "61"]
        assert lines == [amount for amount, _ in told]
        first, final = dict(pages[0][1]), dict(pages[-1][1])
        assert (rules.fin_amount(first["60F"]), rules.fin_amount(final["62F"])) == (balances["OPBD"], balances["CLBD"])


@pytest.mark.parametrize("country", ["DE", "US", "VN"])
def test_a_payment_is_the_same_in_every_message(country: str) -> None:
    """From the order to both statements: ids, amount, day, accounts and banks."""
    here = world(country)
    transfers = [rules.tree(text) for text in here.message("iso20022.pacs.008")[0:40]]
    orders = [rules.tree(text) for text in here.message("iso20022.pain.001")[0:40]]
    ordered = {each.findtext("PmtId/EndToEndId"): each for order in orders for each in order.iter("CdtTrfTxInf")}
    answers = [rules.tree(text) for text in here.message("iso20022.pacs.002")[0:40]]
    credits_, debits = (
        list(rules.tree(here.message(name)[0:40].to_bytes().decode()).iter("Ntfctn"))
        for name in ("iso20022.camt.054", "iso20022.camt.054.debit")
    )
    swift = [dict(rules.fin_messages(text)[0][1]) for text in here.message("swift.MT103")[0:40]]
    confirmed = [dict(rules.fin_messages(text)[0][1]) for text in here.message("swift.MT910")[0:40]]
    statements = rules.tree(here.message("iso20022.camt.053")[0:60].to_bytes().decode())
    entries = {each.findtext("NtryDtls/TxDtls/Refs/EndToEndId"): each for each in statements.iter("Ntry")}
    met = 0
    for place, transfer in enumerate(transfers):
        of = transfer.find(".//CdtTrfTxInf")
        end_to_end, instruction, uetr = (of.findtext(f"PmtId/{tag}") for tag in ("EndToEndId", "InstrId", "UETR"))
        amount, day = of.findtext("IntrBkSttlmAmt"), of.findtext("IntrBkSttlmDt")
        answer = answers[place].find(".//TxInfAndSts")
        assert [answer.findtext(tag) for tag in ("OrgnlEndToEndId", "OrgnlInstrId", "OrgnlUETR")] == [
            end_to_end, instruction, uetr,
        ]  # fmt: skip
        for notice, side in ((credits_[place], "Cdtr"), (debits[place], "Dbtr")):
            assert notice.findtext(".//EndToEndId") == end_to_end and notice.findtext(".//UETR") == uetr
            assert notice.findtext("Ntry/Amt") == amount and notice.findtext("Ntry/ValDt/Dt") == day
            assert all_text(notice.find("Acct/Id")) == all_text(of.find(f"{side}Acct/Id"))
            assert notice.findtext("Acct/Svcr/FinInstnId/BICFI") == of.findtext(f"{side}Agt/FinInstnId/BICFI")
        fields = swift[place]
        assert fields["20"] == instruction == confirmed[place]["21"] and f"/ROC/{end_to_end}" in fields["70"]
        assert fields["32A"][:6] == day.replace("-", "")[2:]
        assert Decimal(fields["32A"][9:].replace(",", ".")) == Decimal(amount)
        assert fields["59"].split("\r\n")[0][1:] == all_text(of.find("CdtrAcct/Id")) == confirmed[place]["25"]
        if end_to_end in ordered:
            met += 1
            assert ordered[end_to_end].findtext("Amt/InstdAmt") == amount
            assert ordered[end_to_end].findtext("PmtId/UETR") == uetr
            assert all_text(ordered[end_to_end].find("CdtrAcct/Id")) == all_text(of.find("CdtrAcct/Id"))
        if end_to_end in entries:
            met += 1
            entry = entries[end_to_end]
            assert entry.findtext("Amt") == amount and entry.findtext("ValDt/Dt") == day
            assert entry.findtext(".//UETR") == uetr
    # The others were before the month that orders and statements cover.
    assert met > 5


def all_text(element: Any) -> str:
    return "".join(element.itertext())


@pytest.mark.parametrize("country", COUNTRIES)
def test_whoever_is_known_by_name_has_one_account(country: str) -> None:
    """Firms and offices one in the world; a payee, whose name others have too, one for each account that pays."""
    columns = [
        "account_id", "counterparty_name", "other.iban", "other.account_number", "other.bic", "is_transfer", "is_collection",
        "payee",
    ]  # fmt: skip
    rows = world(country)["finance.transaction"][0:8_000].select(columns).to_arrow().to_pylist()
    sent = [row for row in rows if row["is_transfer"] or row["is_collection"]]
    accounts: dict[tuple[str, int], set[tuple[str, ...]]] = {}
    for row in sent:
        accounts.setdefault((row["counterparty_name"], row["payee"]), set()).add(
            (row["other.iban"] or "", row["other.account_number"], row["other.bic"])
        )
    assert len(sent) > 1_000 and all(len(found) == 1 for found in accounts.values())
    assert len(set.union(*accounts.values())) == len(accounts)
    held = set(
        world(country)["finance.bank_account"][0:8_000]
        .select(["account_number"])
        .to_arrow()["account_number"]
        .to_pylist()
    )
    assert not held & {number for found in accounts.values() for _, number, _ in found}


@pytest.mark.parametrize("country", ["DE", "FR"])
def test_creditor_identifiers_have_their_check_digits(country: str) -> None:
    at_02 = pytest.importorskip("stdnum.eu.at_02")
    for text in documents("iso20022.pain.008", country, 20):
        number = rules.tree(text).findtext(".//CdtrSchmeId/Id/PrvtId/Othr/Id")
        assert at_02.is_valid(number)
        assert not at_02.is_valid(number[:-1] + str((int(number[-1]) + 1) % 10))


@pytest.mark.oracle("mt-940")
def test_mt940_is_read_by_another_library() -> None:
    mt940 = pytest.importorskip("mt940")
    here = world("DE")
    for row, text in enumerate(here.message("swift.MT940")[0:20]):
        account = here["finance.bank_account"][row]
        for page in re.findall(r"\{4:\r\n(.*?)-\}", text, re.DOTALL):
            read = mt940.parse(page)
            opening = read.data.get("final_opening_balance") or read.data["intermediate_opening_balance"]
            closing = read.data.get("final_closing_balance") or read.data["intermediate_closing_balance"]
            moved = sum((each.data["amount"].amount for each in read.transactions if "amount" in each.data), Decimal(0))
            assert opening.amount.amount + moved == closing.amount.amount
        assert account.iban in text


@pytest.mark.parametrize("country", COUNTRIES)
def test_an_account_without_transactions_has_a_statement(country: str) -> None:
    counts = world(country)["finance.bank_account"][0:200].select(["transaction_count"]).to_arrow()["transaction_count"]
    row = counts.to_pylist().index(0)
    for name in ("iso20022.camt.052", "iso20022.camt.053"):
        text = world(country).message(name)[row : row + 1].to_bytes().decode()
        assert rules.schema_faults(standard_of(name), text) == rules.iso_faults(text) == []
    for name in ("swift.MT940", "swift.MT942", "swift.MT950"):
        assert rules.fin_faults(world(country).message(name)[row : row + 1].texts()[0]) == []


def test_the_statement_of_an_earlier_day_ends_there() -> None:
    then = world("GB").as_of("2025-06-05T12:00:00Z")
    root = rules.tree(then.message("iso20022.camt.053")[0:40].to_bytes().decode())
    days = [each.text for each in root.findall(".//BookgDt/Dt")]
    assert days and max(days) <= "2025-06-05"
    assert list(rules.statement_faults(root)) == []


@pytest.mark.thorough
@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("name", NAMES)
def test_ten_thousand_of_each_message(name: str, country: str) -> None:
    """A thousand of the versions that differ from the usual one in a few elements."""
    message: Any = installed_packs().message(name)
    if not message.suits(country):
        pytest.skip(f"{name} is no message of {country}")
    count = 1_000 if name in ISO and name not in USUAL else 10_000
    made = world(country, "thorough").message(name)[0:count]
    if name in ISO and message.several:
        # A document of ten thousand statements is a gigabyte as a tree. Rows that are no payments fill no document.
        parts = [made] if message.happens else [made[start : start + 500] for start in range(0, count, 500)]
        texts = [part.to_bytes().decode() for part in parts]
    else:
        texts = made.texts()
        assert len(texts) == count
    for text in texts:
        if name in ISO and OWN_SCHEMA & {standard_of(name)[:8]}:
            assert rules.iso_faults(text) == []
        else:
            assert faults_of(name, text) == []


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("iso20022.camt.053", {"wrong_iban", "wrong_closing_balance", "wrong_entry_sum"}),
        ("iso20022.pain.001", {"wrong_iban", "wrong_control_sum", "wrong_transaction_count", "wrong_uetr"}),
        ("iso20022.pacs.008", {"wrong_iban", "wrong_control_sum", "wrong_uetr"}),
        ("swift.MT940", {"wrong_iban", "wrong_closing_balance", "point_for_comma"}),
        ("swift.MT103", {"wrong_iban", "wrong_uetr", "missing_field"}),
    ],
)
def test_what_is_broken_does_not_pass_for_sound(name: str, rules: set[str]) -> None:
    messages = World("judged", "de_DE").message(name)[0:1]
    message = messages.message
    judges = message.judges()
    whole = messages.to_bytes().decode()
    *_, whole = documents_of(whole, syntax_of(message.document()))
    assert [each.name for each in judges if not each.holds(whole)] == []
    for rule in rules:
        negative = message.negative(rule)
        assert negative is not None
        broken = negative.broken(whole, 0)
        assert broken is not None and any(not each.holds(broken) for each in judges), rule


@pytest.mark.parametrize(
    ("name", "country"), [("swift.MT940", "DE"), ("swift.MT950", "US"), ("iso20022.camt.053", "US")]
)
def test_a_statement_may_be_that_of_another_account(name: str, country: str) -> None:
    clean = world(country).message(name)[0:12]
    broken = clean.broken(wrong_account=2)
    own, others = clean.texts(), broken.texts()
    told = broken.answers().to_pylist()
    assert len(told) == 2 and sum(before != after for before, after in zip(own, others, strict=True)) == 2
    for each in told:
        assert each["original"] in own[each["row"]] and each["broken"] in others[each["position"]]
