"""Domains, URLs and e-mail addresses that reach nobody: all of them lie in names reserved by RFC 2606."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import numpy as np

from datamimic import Context, Draw, LiteralGenerator, Text
from datamimic.columns import digits, join, select
from datamimic.errors import InvalidOption, excerpt
from datamimic_pack_common.company_names import latin_stem, stem_rows
from datamimic_pack_common.contact.domains import company_domain, host_name, mail_domain
from datamimic_pack_common.generators.names import FamilyNameGenerator, GivenNameGenerator
from datamimic_pack_common.people.contacts import mailbox_spelling
from datamimic_pack_common.people.naming import in_letters

STEM_TABLES = ("common.company_starts", "common.company_ends")
PATHS = ("", "/", "/about", "/contact", "/products", "/search", "/news", "/help", "/login", "/index.html")


def drawn_domain(draw: Draw, context: Context) -> Text:
    """The domain of an invented company."""
    return company_domain(latin_stem(*stem_rows(draw, context.data), context.data))


class DomainGenerator(LiteralGenerator[str]):
    """Domains of invented companies under the reserved `.example`."""

    tables = STEM_TABLES
    python_type = str

    def __init__(self, dataset: str | None = None, *, rng: Random | None = None, seed: str | int | None = None) -> None:
        super().__init__(dataset=dataset, rng=rng, seed=seed)

    def column(self, context: Context) -> Text:
        return drawn_domain(context.draw, context)

    def generate_with_company_name(self, company_name: str) -> str:
        """The domain of this company: its name in ASCII letters, digits and hyphens."""
        return f"{host_name(company_name)}.example"


class UrlGenerator(LiteralGenerator[str]):
    """Web addresses of invented companies, `https://www.keldane.example/about`.

    locale   country or locale
    schemes  the schemes to draw from
    """

    tables = STEM_TABLES
    python_type = str

    def __init__(
        self,
        locale: str | None = None,
        schemes: Sequence[str] = ("https",),
        *,
        rng: Random | None = None,
        seed: str | int | None = None,
    ) -> None:
        super().__init__(dataset=locale, rng=rng, seed=seed)
        if not schemes or any(not scheme.isalpha() for scheme in schemes):
            raise InvalidOption("invalid_option", f"schemes is {excerpt(schemes)}", hint='such as ("https", "http")')
        self._schemes = tuple(schemes)

    def column(self, context: Context) -> Text:
        draw = context.draw
        scheme = Text.coded(draw.one_of(self._schemes, "scheme"), self._schemes)
        path = Text.coded(draw.one_of(PATHS, "path"), PATHS)
        return join(scheme, "://www.", drawn_domain(draw, context), path)


class EmailAddressGenerator(LiteralGenerator[str]):
    """E-mail addresses made of a name, under example.com, example.org and example.net.

    given_name, family_name   used in every address, instead of names of the country
    """

    python_type = str

    def __init__(
        self,
        dataset: str | None = None,
        given_name: str | None = None,
        family_name: str | None = None,
        *,
        rng: Random | None = None,
        seed: str | int | None = None,
    ) -> None:
        super().__init__(dataset=dataset, rng=rng, seed=seed)
        self._given_name = given_name
        self._family_name = family_name
        self._domain: str | None = None
        self._given_names = GivenNameGenerator(dataset, seed=0)
        self._family_names = FamilyNameGenerator(dataset, seed=0)
        self.tables = (*self._given_names.tables, *self._family_names.tables, "common.country_customs")

    def column(self, context: Context) -> Text:
        draw = context.draw
        fold = mailbox_spelling(context.data)
        given = self._name(context, "given", self._given_name, "common.given_names", "given_name").map(fold)
        family = self._name(context, "family", self._family_name, "common.family_names", "family_name").map(fold)
        number = digits(draw.integers(1, 99, "number"), 2)
        styles = [
            join(given, ".", family),
            join(given.map(_initial), ".", family),
            join(given, family, number),
            join(given, ".", family, number),
            join(given, "_", family),
        ]
        local = select(np.array([0, 0, 0, 1, 1, 2, 3, 3, 3, 4])[draw.integers(0, 9, "style")], styles)
        domain = mail_domain(draw) if self._domain is None else Text.constant(self._domain, len(draw))
        return join(local, "@", domain)

    def _name(self, context: Context, part: str, fixed: str | None, table: str, column: str) -> Text:
        if fixed is not None:
            return Text.constant(fixed, len(context.draw))
        generator = self._given_names if part == "given" else self._family_names
        made = generator.column(context.with_draw(Draw(context.draw.address.labelled(part), context.draw.rows)))
        return in_letters(made, context.data[table], column, "latin")

    def generate_with_name(self, given_name: str, family_name: str) -> str:
        """The next address, of somebody with this name."""
        return self._next_of(given_name, family_name, None)

    def generate_with_company_name(self, company_name: str) -> str:
        """The next address, of somebody who works at this company."""
        return self._next_of(self._given_name, self._family_name, f"{host_name(company_name)}.example")

    def _next_of(self, given_name: str | None, family_name: str | None, domain: str | None) -> str:
        with self._as(_given_name=given_name, _family_name=family_name, _domain=domain):
            return self.generate_batch(1)[0]


def _initial(name: str) -> str:
    return name[:1]
