"""Web and e-mail domains that nobody can own: under `.example` (RFC 2606), and example.com, .net and .org."""

from __future__ import annotations

import re
import unicodedata

from datamimic import Draw, Text
from datamimic.columns import join

MAIL_DOMAINS = ("example.com", "example.org", "example.net")
RESERVED_SUFFIX = ".example"


def mail_domain(draw: Draw, label: str = "domain") -> Text:
    """One of the three second-level domains that RFC 2606 keeps for examples."""
    return Text.coded(draw.one_of(MAIL_DOMAINS, label), MAIL_DOMAINS)


def company_domain(latin_name: Text) -> Text:
    """The domain of a company whose name is given in lower-case ASCII letters."""
    return join(latin_name, RESERVED_SUFFIX)


def host_name(text: str) -> str:
    """Any name as a label of a domain: lower-case ASCII letters and digits with single hyphens, `Müller & Söhne` → `muller-sohne`."""
    spelled = (
        text.replace("ß", "ss")
        .replace("đ", "d")
        .replace("Đ", "D")
        .replace("ø", "o")
        .replace("ł", "l")
        .replace("æ", "ae")
    )
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:63].rstrip("-") or "company"
