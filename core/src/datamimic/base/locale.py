"""Locales: a language and a country, `de_DE`; a bare country, `DE`, stands for its main language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from attrs import frozen
from importlib_resources import files

from datamimic.errors import InvalidOption, excerpt

DEFAULT_LOCALE = "en_US"
FALLBACK_COUNTRY = "US"

_FORM = re.compile(r"(?:(?P<language>[a-z]{2})[_-])?(?P<country>[A-Z]{2})")


@frozen
class Locale:
    """A `language` (ISO 639) and a `country` (ISO 3166-1 alpha-2)."""

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
        return cls(found["language"] or _languages().get(country, "en"), country)

    @classmethod
    def of_language(cls, language: str) -> Locale | None:
        """A language in its main country, `pt` in Brazil (CLDR's likely subtags); None for one that is not known."""
        country = _main_countries().get(language)
        return None if country is None else cls(language, country)

    def __str__(self) -> str:
        return f"{self.language}_{self.country}"


@cache
def _rows() -> tuple[tuple[str, str, str], ...]:
    """Country, main written language, and `yes` where the language has its main country."""
    text = files("datamimic").joinpath("base/languages.csv").read_text(encoding="utf-8")
    return tuple((country, language, main) for country, language, main in map(_cells, text.splitlines()[1:]))


def _cells(line: str) -> list[str]:
    return line.split(",")


@cache
def _languages() -> Mapping[str, str]:
    return {country: language for country, language, _ in _rows()}


@cache
def _main_countries() -> Mapping[str, str]:
    return {language: country for country, language, main in _rows() if main == "yes"}
