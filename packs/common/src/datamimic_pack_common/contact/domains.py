"""Web and e-mail domains that nobody can own: under `.example` (RFC 2606), and example.com, .net and .org."""

from __future__ import annotations

import re
import unicodedata

from datamimic import Draw, Text
from datamimic.columns import join

MAIL_DOMAINS = ("example.com", "example.org", "example.net")
RESERVED_SUFFIX = ".example"
_LETTERS = str.maketrans({"ß": "ss", "đ": "d", "Đ": "D", "ø": "o", "ł": "l", "æ": "ae"})


def mail_domain(draw: Draw, label: str = "domain") -> Text:
    """One of the three second-level domains that RFC 2606 keeps for examples."""
    return Text.coded(draw.one_of(MAIL_DOMAINS, label), MAIL_DOMAINS)


def company_domain(latin_name: Text) -> Text:
    """The domain of a company whose name is given in lower-case ASCII letters."""
    return join(latin_name, RESERVED_SUFFIX)


def host_name(text: str) -> str:
    """Any name as a label of a domain: `Müller & Söhne` → `muller-sohne`, at most 63 letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:63].rstrip("-") or "company"
