"""Locales: a language and a country, `de_DE`; a bare country, `DE`, stands for its main language."""

from __future__ import annotations

import re

from attrs import frozen

from datamimic.errors import InvalidOption, excerpt

DEFAULT_LOCALE = "en_US"
FALLBACK_COUNTRY = "US"

# Main written language by country, after CLDR's likely subtags.
_LANGUAGES = {
    "AR": "es", "AT": "de", "AU": "en", "BE": "nl", "BR": "pt", "CA": "en", "CH": "de", "CL": "es", "CN": "zh", "CO": "es",
    "CZ": "cs", "DE": "de", "DK": "da", "ES": "es", "FI": "fi", "FR": "fr", "GB": "en", "GR": "el", "HU": "hu", "ID": "id",
    "IE": "en", "IL": "he", "IN": "en", "IT": "it", "JP": "ja", "KR": "ko", "MX": "es", "NL": "nl", "NO": "nb", "NZ": "en",
    "PE": "es", "PH": "en", "PL": "pl", "PT": "pt", "RO": "ro", "RU": "ru", "SE": "sv", "SG": "en", "SI": "sl", "SK": "sk",
    "TH": "th", "TR": "tr", "TW": "zh", "UA": "uk", "US": "en", "VN": "vi", "ZA": "en",
}  # fmt: skip

_FORM = re.compile(r"(?:(?P<language>[a-z]{2})[_-])?(?P<country>[A-Z]{2})")


@frozen
class Locale:
    language: str
    country: str

    @classmethod
    def parse(cls, value: str | Locale | None) -> Locale:
        """From `de_DE`, `de-DE` or `DE` (any case for a bare country). Raises `InvalidOption` for other text."""
        if isinstance(value, Locale):
            return value
        text = DEFAULT_LOCALE if value is None else value
        found = (
            _FORM.fullmatch(text.upper() if isinstance(text, str) and len(text) == 2 else text)
            if isinstance(text, str)
            else None
        )
        if found is None:
            raise InvalidOption(
                "invalid_locale",
                f"{excerpt(value)} is not a locale",
                hint="give a language and a country, such as en_US or de_DE, or a country, such as DE",
                path="$.locale",
            )
        country = found["country"]
        return cls(found["language"] or _LANGUAGES.get(country, "en"), country)

    def __str__(self) -> str:
        return f"{self.language}_{self.country}"
