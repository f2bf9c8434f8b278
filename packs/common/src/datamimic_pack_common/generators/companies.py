"""Names of companies, sectors, departments and streets, as columns of their own."""

from __future__ import annotations

from random import Random

from datamimic import Context, LiteralGenerator, Locale, Text
from datamimic_pack_common.company_names import named, stem, stem_rows


class CompanyNameGenerator(LiteralGenerator[str]):
    """Invented names of companies, without legal form."""

    tables = (
        "common.company_starts",
        "common.company_ends",
        "common.company_words",
        "common.company_name_patterns",
    )
    python_type = str

    def __init__(self, dataset: str | None = None, *, rng: Random | None = None, seed: str | int | None = None) -> None:
        super().__init__(dataset=dataset, rng=rng, seed=seed)

    def column(self, context: Context) -> Text:
        draw, data = context.draw, context.data
        return named(draw, data, stem(*stem_rows(draw, data), data))


class _FromTable(LiteralGenerator[str]):
    """A column of the one weighted table of the country that a subclass names."""

    python_type = str
    value = ""

    def column(self, context: Context) -> Text:
        table = context.data[self.tables[0]]
        return table[self.value].take(context.draw.pick(table))


class SectorGenerator(_FromTable):
    """Sectors of the economy (sections of ISIC revision 4) in the language of the country.

    `locale` stands for `dataset` where configuration names a locale.
    """

    tables, value = ("common.sectors",), "sector"

    def __init__(
        self,
        dataset: str | None = None,
        locale: str | None = None,
        *,
        rng: Random | None = None,
        seed: str | int | None = None,
    ) -> None:
        super().__init__(dataset=dataset or locale, rng=rng, seed=seed)


class DepartmentNameGenerator(_FromTable):
    """Departments of companies in the language of the country. `locale` is a country, a locale, or `en`."""

    tables, value = ("common.departments",), "department"

    def __init__(self, locale: str = "en", *, rng: Random | None = None, seed: str | int | None = None) -> None:
        super().__init__(dataset=str(Locale.of_language(locale) or locale), rng=rng, seed=seed)


class StreetNameGenerator(_FromTable):
    """Streets as frequent as in the country."""

    tables, value = ("common.streets",), "street"

    def __init__(self, dataset: str | None = None, *, rng: Random | None = None, seed: str | int | None = None) -> None:
        super().__init__(dataset=dataset, rng=rng, seed=seed)
