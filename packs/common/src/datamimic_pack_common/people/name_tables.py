"""Names of the country's people and of those from abroad in one table each, so that everybody's is one draw."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from datamimic import Data, Draw, Grouped, Table, Text, World
from datamimic.columns import Ints, Vocabulary, join
from datamimic_pack_common.people.backgrounds import rows_of_kinds
from datamimic_pack_common.people.letters import ascii_of

SEXES = ("female", "male")
FIRST_YEAR, LAST_YEAR = 1800, 2200


@frozen(eq=False)
class Names:
    """The table of a country's names, and behind it those of the backgrounds that it knows.

    A group is what names are drawn within: of the country's, as its table has them (tradition, sex, decade of birth); of those
    from abroad, a tradition and a sex.
    """

    names: Text
    groups: Grouped
    labels: Vocabulary
    by_year: Ints | None
    """The number of the band of each year of birth from 1800 on; None where the table knows none."""
    traditions: tuple[str, ...]
    sexes: bool
    of_kind: Ints
    """Per row of `origin_kinds` its first group, -1 for those with the country's names."""

    @classmethod
    def given(cls, data: Data) -> Names:
        return _of(
            data["given_names"], data["origin_given_names"], data["origin_kinds"], foreign_spelling(data),
            "given_name", "given", "weight",
        )  # fmt: skip

    @classmethod
    def family(cls, data: Data) -> Names:
        """Of those without a background: where the table says how many of the bearers these are, by that."""
        table: Table = data["family_names"]
        weight = "settled" if "settled" in table else "weight"
        return _of(
            table, data["origin_family_names"], data["origin_kinds"], foreign_spelling(data),
            "family_name", "family", weight,
        )  # fmt: skip

    def own_groups(self, tradition: Text, sex: Text, years: Ints | None) -> Ints:
        """The group of each row by the country's names."""
        found = np.zeros(len(sex), dtype=np.int64)
        if len(self.traditions) > 1:
            codes, vocabulary = tradition.coding()
            found = np.array([self.traditions.index(each) for each in vocabulary.values], dtype=np.int64)[codes]
        if self.sexes:
            found = found * 2 + (sex == "male")
        if self.by_year is not None and years is not None:
            found = found * (int(self.by_year[-1]) + 1) + self.by_year.take(years - FIRST_YEAR, mode="clip")
        return found

    def with_backgrounds(self, groups: Ints, at: Ints, descent: Ints, male: Ints) -> Ints:
        """`groups` with those of a background in the rows `at`, whose `descent` and sex, 1 for men, are given."""
        kind = self.of_kind.take(rows_of_kinds(descent))
        groups[at] = np.where(kind >= 0, kind + male, groups[at])
        return groups

    def pick(self, draw: Draw, groups: Ints, label: str = "") -> Text:
        return self.names.take(draw.pick(self.groups, Text.coded(groups, self.labels), label=label))


@lru_cache(maxsize=32)  # worlds are many, and the tables of a country the same in all of them
def _of(
    own: Table, foreign: Table, origin_kinds: Table, spelt: Callable[[str], str], name: str, kind: str, weight: str
) -> Names:
    kinds = origin_kinds.columns[kind]
    wanted = list(dict.fromkeys(each for each in kinds if each))
    traditions = tuple(dict.fromkeys(own.columns["tradition"])) if "tradition" in own else ("",)
    years = np.unique(own.ints("birth_year_from")) if "birth_year_from" in own else None
    bands = [""] if years is None else [str(year) for year in years.tolist()]
    genders = SEXES if "gender" in own else ("",)
    labels = [f"{a}|{b}|{c}" for a in traditions for b in genders for c in bands]
    first = len(labels)
    labels += [f"{each}|{sex}" for each in wanted for sex in SEXES]
    blank = Text.of([""] * len(own)).arrow()
    keys = [own.columns.arrow(each) if each in own else blank for each in ("tradition", "gender", "birth_year_from")]
    theirs = pc.is_in(foreign.columns.arrow("tradition"), Text.of(wanted).arrow())
    tradition, sex, called, share = (
        foreign.columns.arrow(each).filter(theirs) for each in ("tradition", "gender", name, "weight")
    )
    parts = {
        "group": (_joined(*keys), _joined(tradition, sex)),
        name: (own.columns.arrow(name), Text.plain(called).map(spelt).arrow()),
        "weight": (own.columns.arrow(weight), share),
    }
    columns = {each: pa.concat_arrays(both) for each, both in parts.items()}
    table = Table(own.name, columns, file=own.file, country=own.country)
    by_year = None if years is None else np.searchsorted(years, np.arange(FIRST_YEAR, LAST_YEAR), side="right") - 1
    of_kind = np.array([first + 2 * wanted.index(each) if each else -1 for each in kinds], dtype=np.int64)
    return Names(table[name], table.by("group"), Vocabulary(labels), by_year, traditions, len(genders) > 1, of_kind)


def _joined(*columns: pa.StringArray) -> pa.StringArray:
    return join(*map(Text.plain, columns), separator="|").arrow()


def given_names(world: World, data: Data) -> Names:
    made: Names = world.memo(("given names", data.country), lambda: Names.given(data))
    return made


def family_names(world: World, data: Data) -> Names:
    made: Names = world.memo(("family names", data.country), lambda: Names.family(data))
    return made


def foreign_spelling(data: Data) -> Callable[[str], str]:
    """How registers of the country write names from abroad: as they are, or without marks."""
    table: Table = data["common.country_customs"]
    return str if table.columns["foreign_names"][table.of_country(data.country)] == "kept" else ascii_of
