"""Names and the titles around them, in the order of the country's language."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Draw, Grouped, Table, Text, World
from datamimic.columns import Bools, Ints, join, join_present, where, year_month_day
from datamimic_pack_common.demographics.population import PersonOptions
from datamimic_pack_common.people import kinship, name_tables
from datamimic_pack_common.people.backgrounds import ABROAD, FOREIGN_NAME, share_of_two
from datamimic_pack_common.people.letters import ascii_of, german_ascii_of


def customs(data: Data) -> tuple[Table, int]:
    """The table of the countries' customs, and the row of this one."""
    table: Table = data["common.country_customs"]
    return table, table.of_country(data.country)


def tradition(place: Ints, draw: Draw, data: Data) -> Text:
    """Where names follow religion or language as well (India, Canada by province), which of them; empty elsewhere."""
    if "naming_traditions" not in data:
        return Text.constant("", len(draw))
    table: Table = data["naming_traditions"]
    if "state_code" in table:
        states = data["places"]["state_code"].take(place)
        return table["tradition"].take(draw.pick(table.by("state_code"), states))
    return table["tradition"].take(draw.pick(table))


def given_names(data: Data) -> tuple[Table, list[str]]:
    table: Table = data["given_names"]
    return table, [name for name in ("tradition", "gender", "birth_year_from") if name in table]


def pick_given(draw: Draw, data: Data, tradition: Text, sex: Text, birthdate: Any, label: str) -> Text:
    table, columns = given_names(data)
    years = year_month_day(birthdate)[0]
    given = {"tradition": tradition, "gender": sex, "birth_year_from": years}
    choices: Grouped = table.by(*columns)
    return table["given_name"].take(draw.pick(choices, *(given[name] for name in columns), label=label))


def given_name(tradition: Text, sex: Text, birthdate: Any, descent: Ints, draw: Draw, data: Data, world: World) -> Text:
    """As usual for sex and year of birth; of people of a background, one of its names."""
    names = name_tables.given_names(world, data)
    years = None if names.by_year is None else year_month_day(birthdate)[0]
    groups = names.own_groups(tradition, sex, years)
    at = np.flatnonzero(descent & FOREIGN_NAME)
    return names.pick(draw, names.with_backgrounds(groups, at, descent[at], (sex == "male")[at].astype(np.int64)))


def middle_name(
    given_name: Text, tradition: Text, sex: Text, birthdate: Any, descent: Ints, draw: Draw, data: Data
) -> Text:
    """The middle name of Vietnamese people; in some other countries a second given name. Foreign names stand alone."""
    return _middle_name(given_name, tradition, sex, birthdate, draw, data).where((descent & FOREIGN_NAME) == 0)


def _middle_name(given_name: Text, tradition: Text, sex: Text, birthdate: Any, draw: Draw, data: Data) -> Text:
    if "middle_names" in data:
        table = data["middle_names"]
        years = year_month_day(birthdate)[0]
        names: Text = table["middle_name"].take(draw.pick(table.by("gender", "birth_year_from"), sex, years))
        # Nobody is called the same twice: the oldest middle names stand in.
        return where(names == given_name, where(sex == "female", "Thị", "Văn"), names)
    share = share_of_two(data, "given")
    if not share:
        return Text.constant(None, len(draw))
    second = pick_given(draw, data, tradition, sex, birthdate, "name")
    return second.where(draw.chance(share, "has one") & (second != given_name))


def pick_family(draw: Draw, data: Data, tradition: Text, sex: Text, label: str) -> Ints:
    table: Table = data["family_names"]
    columns = [name for name in ("tradition", "gender") if name in table]
    given = {"tradition": tradition, "gender": sex}
    return draw.pick(table.by(*columns) if columns else table, *(given[name] for name in columns), label=label)


def first_family_name(tradition: Text, sex: Text, draw: Draw, data: Data) -> Text:
    """The one family name, or the first of two."""
    return data["family_names"]["family_name"].take(pick_family(draw, data, tradition, sex, ""))


def borne_family_name(
    family_line: Ints,
    tradition: Text,
    sex: Text,
    name_origin: Ints,
    draw: Draw,
    data: Data,
    world: World,
) -> Text:
    """The same, alike for all of a household who bear it, whatever their sex; of women born abroad in its feminine form."""
    bearer, line = kinship.of_bearer(sex, family_line), kinship.of_line(draw, family_line)
    names = name_tables.family_names(world, data)
    groups = names.own_groups(tradition, bearer, None)
    at = np.flatnonzero(name_origin)
    male = ((name_origin[at] & ABROAD) == 0) | (sex == "male")[at]
    return names.pick(line, names.with_backgrounds(groups, at, name_origin[at], male))


def family_name(first_family_name: Text, second_family_name: Text, data: Data) -> Text:
    if not share_of_two(data, "family"):
        return first_family_name
    return join_present(first_family_name, second_family_name)


def name_order(data: Data) -> tuple[str, str, str]:
    """Order, use of the middle name and place of a title of nobility in the country."""
    table: Table = data["common.name_order"]
    row = table.of_country(data.country)
    return tuple(table.columns[name][row] for name in ("order", "middle", "nobility"))  # type: ignore[return-value]


def is_family_first(data: Data) -> bool:
    return name_order(data)[0] == "family_first"


def usual_name(data: Data) -> str:
    """The column of a person with the name that people go by: `full_name` where the middle name is a part of it."""
    return "full_name" if name_order(data)[1] == "full" else "name"


def name(given_name: Text, family_name: Text, data: Data) -> Text:
    """Given and family name in the order of the country, with a space between."""
    first, last = (family_name, given_name) if is_family_first(data) else (given_name, family_name)
    return join(first, " ", last)


def full_name(given_name: Text, middle_name: Text, family_name: Text, nobility_title: Text, data: Data) -> Text:
    """The name with its middle name where that is a part of it, and with the title of nobility in its place."""
    order, middle, nobility = name_order(data)
    if order == "family_first":
        return (
            join_present(family_name, middle_name, given_name)
            if middle == "full"
            else join(family_name, " ", given_name)
        )
    parts: list[Text] = [given_name, middle_name, family_name] if middle == "full" else [given_name, family_name]
    if nobility == "none" or bool(nobility_title.is_null().all()):
        return join_present(*parts)
    place = 0 if nobility == "before_given" else len(parts) - 1
    return join_present(*parts[:place], nobility_title, *parts[place:])


def salutation(gender: Text, age: Ints, marital_status: Text, draw: Draw, data: Data) -> Text:
    table: Table = data["salutations"]
    married = where(marital_status.isin({"married", "widowed"}), "married", "unmarried")
    found = table["salutation"].take(draw.pick(table.by("gender", "age_from", "married"), gender, age, married))
    return found.where(found != "")


def academic_title(
    education: Text, sex: Text, age: Ints, occupation_row: Ints, draw: Draw, data: Data, options: PersonOptions
) -> Text:
    """Of those whose degree and work give one, the share that carries it: `academic_title_quota`."""
    table: Table = data["academic_titles"]
    able: Bools = education.isin(frozenset(table.columns["education"]))
    degree = where(able, education, "doctorate")
    fields: Table = data["title_fields"]
    found = fields.lookup("soc_code", data["occupations"]["soc_code"].take(occupation_row))
    field = where(found >= 0, fields["field"].take(np.maximum(found, 0)), "other")
    titles = table["academic_title"].take(
        draw.pick(table.by("education", "gender", "age_from", "field"), degree, sex, age, field, label="title")
    )
    return titles.where(able & draw.chance(options.academic_title_quota, "carries it") & (titles != ""))


def nobility_title(sex: Text, draw: Draw, data: Data, options: PersonOptions) -> Text:
    table: Table = data["nobility_titles"]
    titles = table["nobility_title"].take(draw.pick(table.by("gender"), sex, label="title"))
    return titles.where(draw.chance(options.noble_quota, "is noble") & (titles != ""))


def in_letters(names: Text, table: Table, column: str, letters: str) -> Text:
    """Names in other letters (`latin`, `kana`), where the table holds them; else, as those from abroad, as they are."""
    if f"{column}_{letters}" not in table:
        return names
    found = table.lookup(column, names)
    known = table[f"{column}_{letters}"].take(np.maximum(found, 0))
    return where(found >= 0, known, names) if bool((found < 0).any()) else known


def name_ascii(given_name: Text, first_family_name: Text, second_family_name: Text, data: Data) -> Text:
    """Given name first, in the letters A to Z: as on cards and tickets."""
    fold = german_ascii_of if umlauts_spelt_out(data) else ascii_of
    given = in_letters(given_name, data["given_names"], "given_name", "latin").map(fold)
    first = in_letters(first_family_name, data["family_names"], "family_name", "latin").map(fold)
    if bool(second_family_name.is_null().all()):
        return join(given, " ", first)
    return join_present(given, first, second_family_name.map(fold))


def name_kana(given_name: Text, first_family_name: Text, data: Data) -> Text:
    """The reading of a Japanese name in katakana; null elsewhere, and of names from abroad."""
    if "given_name_kana" not in data["given_names"]:
        return Text.constant(None, len(given_name))
    known = data["given_names"].lookup("given_name", given_name) >= 0
    known &= data["family_names"].lookup("family_name", first_family_name) >= 0
    given = in_letters(given_name, data["given_names"], "given_name", "kana")
    return join(in_letters(first_family_name, data["family_names"], "family_name", "kana"), " ", given).where(known)


def umlauts_spelt_out(data: Data) -> bool:
    """Is `Müller` written `Mueller` in addresses, as in German? `Muller` elsewhere."""
    table, row = customs(data)
    return table.columns["umlauts"][row] == "spelt_out"
