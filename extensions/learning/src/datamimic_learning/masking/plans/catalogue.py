"""The methods by name, with their settings: what plans are read by, what the JSON Schema and the reference are made from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

from attrs import field, frozen

from datamimic_learning.masking.methods.check_digits import NUMBERS
from datamimic_learning.masking.methods.naming_anew import LONGEST_HASH, LONGEST_TOKEN
from datamimic_learning.masking.plans.meant import PARTS

Kind = Literal["text", "whole", "number", "numbers", "flag", "texts", "choice", "named"]


@frozen
class Setting:
    """`least` and `most` are limits of numbers."""

    name: str
    kind: Kind
    default: Any
    doc: str
    choices: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None


@frozen
class Method:
    """`takes` are the kinds of columns that it can be used on."""

    name: str
    doc: str
    takes: tuple[str, ...]
    settings: tuple[Setting, ...] = ()
    _by_name: dict[str, Setting] = field(init=False, repr=False, eq=False)

    @_by_name.default
    def _named(self) -> dict[str, Setting]:
        return {each.name: each for each in self.settings}

    @property
    def defaults(self) -> dict[str, Any]:
        return {each.name: each.default for each in self.settings}


ANY: Final = ("text", "whole", "number", "date", "moment", "record", "other")
PERIODS: Final = ("day", "week", "month", "quarter", "year", "decade")
_DOMAIN: Final = Setting(
    "domain",
    "text",
    "value",
    "columns of one domain are masked alike: the same value becomes the same one in all of them",
)

METHODS: Final[Mapping[str, Method]] = {
    each.name: each
    for each in (
        Method("keep", "Leaves values as they are.", ANY),
        Method("null", "Leaves nothing.", ANY),
        Method(
            "redact",
            "Puts one text in the place of every value; of what is no text, leaves nothing.",
            ANY,
            (Setting("with", "text", "***", "the text"),),
        ),
        Method(
            "hash",
            "Puts hexadecimal digits of a keyed digest in the place of texts, whole numbers in that of whole numbers; there is "
            "no way back.",
            ("text", "whole"),
            (Setting("length", "whole", 32, "hexadecimal digits", least=8, most=LONGEST_HASH), _DOMAIN),
        ),
        Method(
            "token",
            "Puts letters and digits that look random in the place of values; there is no way back.",
            ("text", "whole"),
            (
                Setting("length", "whole", 22, "letters and digits", least=8, most=LONGEST_TOKEN),
                Setting("prefix", "text", "", "what they begin with"),
                _DOMAIN,
            ),
        ),
        Method(
            "encrypt",
            "Encrypts within the format (FF1, NIST SP 800-38G): lengths, kinds of characters, separators and check digits "
            "stay, distinct values stay distinct. Who has the key can go back.",
            ("text", "whole"),
            (
                Setting("number", "choice", None, "kind of number, whose check digits are kept right", tuple(NUMBERS)),
                Setting("first", "whole", 0, "letters and digits at the beginning that stay", least=0, most=64),
                Setting("last", "whole", 0, "letters and digits at the end that stay", least=0, most=64),
                Setting(
                    "whole",
                    "flag",
                    False,
                    "texts of digits are whole numbers: none gets a leading zero, and 17 is what 17 becomes in a column of "
                    "numbers",
                ),
                Setting(
                    "width",
                    "whole",
                    None,
                    "whole numbers become such of up to so many digits, and not of as many as they have",
                    least=1,
                    most=18,
                ),
                Setting("reversible", "flag", False, "`dm mask --reverse` brings the column back, with the key"),
                _DOMAIN,
            ),
        ),
        Method(
            "shift",
            "Moves days and moments by some days, the same number for all dates of one subject: order and gaps stay.",
            ("date", "moment", "text"),
            (
                Setting("days", "whole", 30, "at most so many days, either way, and never none", least=1, most=36_500),
                Setting(
                    "by", "texts", (), "columns that say whose date it is; else the key of the table's first subject"
                ),
                _DOMAIN,
            ),
        ),
        Method(
            "generalise",
            "Makes values coarser: numbers in steps or between edges, days and moments to a period, texts cut.",
            ("whole", "number", "date", "moment", "text"),
            (
                Setting("step", "number", None, "numbers become the multiple of it at or below them", least=1e-9),
                Setting("edges", "numbers", (), "numbers become the highest edge at or below them, else the first"),
                Setting("bottom", "number", None, "numbers below become it"),
                Setting("top", "number", None, "numbers above become it"),
                Setting("to", "choice", None, "period whose first day takes the place of a day or moment", PERIODS),
                Setting("first", "whole", None, "characters of a text that are left", least=0, most=1_000),
                Setting("fill", "text", "", "what stands in the place of every character that is cut, such as *"),
            ),
        ),
        Method(
            "noise",
            "Adds a number that follows from the value and the key, near 0 most often; the same for the same value.",
            ("whole", "number", "text"),
            (
                Setting("share", "number", None, "at most so large a part of the value", least=1e-9, most=1),
                Setting("amount", "number", None, "at most so much", least=1e-9),
                _DOMAIN,
            ),
        ),
        Method(
            "shuffle",
            "Deals the values of the table to other rows.",
            ANY,
            (Setting("within", "texts", (), "columns whose values say among which rows"),),
        ),
        Method(
            "text",
            "Replaces in running text what is personal: values of the row's subject by those of the other one; other people, "
            "numbers and addresses by what they become in columns of their own. Records, lists and JSON are masked within.",
            ("text", "record"),
            (
                Setting(
                    "parts",
                    "named",
                    {},
                    "of records and JSON: what the values of parts become, whatever stands in them, such as "
                    "{user.name: full_name, user.email: email, user.code: encrypt, note: redact}",
                    PARTS,
                ),
                _DOMAIN,
            ),
        ),
    )
}
