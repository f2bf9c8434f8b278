"""The rules that can be broken in a file of a clearing house."""

from __future__ import annotations

from datamimic.formats.documents import Negative
from datamimic_pack_finance.messages.breaking import negative, next_digit

_OF_NACHA = (
    ("wrong_entry_hash", "the entry hash is the sum of the banks' numbers", r"(?m)^8220\d{6}(\d{10})", next_digit),
    ("wrong_entry_count", "as many entries are told as there are", r"(?m)^9\d{12}(\d{8})\d{10}0{12}", next_digit),
    ("wrong_total", "the total is that of the entries", r"(?m)^9\d{30}0{12}(\d{12})", next_digit),
    ("wrong_routing_number", "a routing number has its check digit", r"(?m)^622(\d{9})", next_digit),
    ("short_record", "a record has 94 characters", r"(?m)^5220[^\r\n]*( )[^\r\n]*\r$", lambda blank: ""),
    ("unfilled_block", "a block has ten records", r"(?m)(^9\d{54} {39}\r\n)", lambda line: line * 2),
)
_OF_BACS = (
    ("wrong_total", "the totals are those of the records", r"(?m)^UTL1\d{13}(\d{13})", next_digit),
    ("wrong_record_count", "as many records are told as there are", r"(?m)^UTL1\d{33}(\d{7})", next_digit),
    ("unbalanced_day", "the contra record balances a processing day", r"(?m)^\d{15}17\d{14} {4}(\d{11})", next_digit),
    ("short_record", "a record has its length", r"(?m)^\d{15}99\d{14}( )", lambda blank: ""),
    ("missing_label", "a file has its seven labels", r"(?m)(^HDR2[^\r\n]*\r\n)", lambda line: ""),
    ("small_letter", "letters are capitals", r"(?m)^\d{15}99[^\r\n]*([A-Z])", str.lower),
)


def of_nacha() -> list[Negative]:
    return [negative(*rule) for rule in _OF_NACHA]


def of_bacs() -> list[Negative]:
    return [negative(*rule) for rule in _OF_BACS]
