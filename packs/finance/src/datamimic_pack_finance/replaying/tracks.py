"""What the magnetic stripe of a card holds, tracks 1 and 2 of ISO/IEC 7813, wherever it stands in a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_TRACK_1 = re.compile(
    r"(?P<number>[0-9]{12,19})\^(?P<name>[^^?]{1,26})\^(?P<expiry>[0-9]{4})?(?P<service>[0-9]{3})?(?P<own>[^?\r\n]*)"
)
_TRACK_2 = re.compile(r"(?P<number>[0-9]{12,19})[=D](?P<expiry>[0-9]{4})(?P<service>[0-9]{3})(?P<own>[0-9]*)")
_CODE = re.compile(r"(?i)(?P<before>\b(?:cvv2?|cvc2?|csc|cvn|security code)\W{0,3})(?P<code>[0-9]{3,4})(?![0-9])")
CODE = r"(?i)(cvv2?|cvc2?|csc|cvn|security code)[^0-9a-zA-Z]{0,3}[0-9]{3,4}"
"""A verification value in a text, as Arrow's expressions (RE2) write it."""
Change = Callable[[str], str]


def track_spans(text: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Of every track of a text where its card number stands, whatever the check digit, and where all of it."""
    for form in (_TRACK_1, _TRACK_2):
        for found in form.finditer(text):
            yield found.span("number"), found.span()


def without_secrets(text: str, name: Change, expiry: Change) -> str:
    """The text with other names and expiry dates (YYMM) in its tracks, and zeros for what the issuer wrote behind them, such
    as the verification value of the stripe, and for those that it calls so. The numbers stay."""

    def first(found: re.Match[str]) -> str:
        own = re.sub(r"[^ ]", "0", found["own"])
        return (
            f"{found['number']}^{name(found['name'])[:26]}^{expiry(found['expiry'] or '')}{found['service'] or ''}{own}"
        )

    def second(found: re.Match[str]) -> str:
        sign = found[0][len(found["number"])]
        return f"{found['number']}{sign}{expiry(found['expiry'])}{found['service']}{'0' * len(found['own'])}"

    zeros = _CODE.sub(lambda found: found["before"] + "0" * len(found["code"]), text)
    return _TRACK_2.sub(second, _TRACK_1.sub(first, zeros))
