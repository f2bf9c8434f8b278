"""What must hold between the columns of a person: one function per rule, True where it holds.

They run on rows made here and on tables from anywhere; where a column is null there is nothing to hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from datamimic import Clock, Data, Locale, Table, Text
from datamimic.columns import Bools, Dates, Floats, Ints, join, join_present, year_month_day, years_between
from datamimic_pack_common.demographics.population import HIGHEST_AGE, PersonOptions
from datamimic_pack_common.people.belonging import (
    birth_place_is_in_country_of_birth,
    born_here_is_a_national,
    national_id_fits_nationality,
)
from datamimic_pack_common.people.earnings import YOUNGEST_EARNER
from datamimic_pack_common.people.livelihood import AT_WORK
from datamimic_pack_common.people.naming import is_family_first, name_order
from datamimic_pack_common.people.number_holder import initials

YOUNGEST_AT_WORK = 14
RESERVED = re.compile(r"[a-z0-9.]+@(?:[a-z0-9-]+\.)*(?:example\.(?:com|net|org)|[a-z0-9-]+\.example|[a-z0-9-]+\.test)")


def age_is_years_since_birth(age: Ints, birthdate: Dates, clock: Clock) -> Bools:
    return (years_between(birthdate, clock.date) == age) & (birthdate <= clock.date) & (age <= HIGHEST_AGE)


def age_in_range(age: Ints, options: PersonOptions) -> Bools:
    high = HIGHEST_AGE if options.max_age is None else options.max_age
    return (age >= (options.min_age or 0)) & (age <= high)


def full_name_in_order(
    given_name: Text,
    middle_name: Text,
    family_name: Text,
    nobility_title: Text,
    full_name: Text,
    data: Data,
) -> Bools:
    order, middle, nobility = name_order(data)
    middles = middle_name if middle == "full" else Text.constant(None, len(given_name))
    titles = nobility_title if nobility != "none" else Text.constant(None, len(given_name))
    if order == "family_first":
        return full_name == join_present(family_name, middles, given_name)
    if nobility == "before_given":
        return full_name == join_present(titles, given_name, middles, family_name)
    return full_name == join_present(given_name, middles, titles, family_name)


def names_are_clean(given_name: Text, family_name: Text, full_name: Text) -> Bools:
    return given_name.matches(_is_clean) & family_name.matches(_is_clean) & full_name.matches(_is_clean)


def _is_clean(name: str) -> bool:
    return bool(name) and name == " ".join(name.split()) and not any(letter.isdigit() for letter in name)


def salutation_fits_gender(salutation: Text, gender: Text, data: Data) -> Bools:
    table = data["salutations"]
    holds = salutation.is_null()
    for each in ("female", "male", "other"):
        known = {s for g, s in zip(table.columns["gender"], table.columns["salutation"], strict=True) if g == each}
        holds |= (gender == each) & salutation.isin(known)
    return holds


def middle_name_fits_gender(middle_name: Text, gender: Text, locale: Locale) -> Bools:
    if locale.country != "VN":
        return np.ones(len(gender), dtype=np.bool_)
    return ~((middle_name == "Thị") & (gender == "male")) & ~((middle_name == "Văn") & (gender == "female"))


def title_fits_age_and_degree(academic_title: Text, age: Ints, education: Text) -> Bools:
    untitled = academic_title.is_null()
    doctor = academic_title.matches(_is_doctor)
    professor = academic_title.matches(_is_professor)
    degree = education.isin({"master", "doctorate"}) & ((education == "doctorate") | ~doctor)
    return untitled | (degree & (~doctor | (age >= 25)) & (~professor | (age >= 30)))


def _is_doctor(title: str) -> bool:
    return title.startswith(("Dr", "TS", "博士")) or _is_professor(title)


def _is_professor(title: str) -> bool:
    return title.startswith(("Prof", "Pr", "PGS", "GS", "教授"))


def married_not_before_legal_age(marital_status: Text, gender: Text, age: Ints, data: Data) -> Bools:
    table: Table = data["common.marriage_ages"]
    row = table.of_country(data.country)
    woman, man = (int(table.ints(sex)[row]) for sex in ("women", "men"))
    youngest = np.where(gender == "male", man, woman)
    return (marital_status == "single") | (marital_status == "cohabiting") | (age >= youngest)


def education_fits_age(education: Text, age: Ints, data: Data) -> Bools:
    levels = data["education_levels"]
    row = levels.lookup("education", education)
    return (row >= 0) & (age >= levels.ints("min_age")[row])


def employment_fits_age(employment: Text, age: Ints) -> Bools:
    holds: Bools = (employment != "retired") | (age >= 45)
    holds &= ~employment.isin(AT_WORK) | (age >= YOUNGEST_AT_WORK)
    holds &= ((employment != "student") | (age <= 40)) & ((employment != "pupil") | (age <= 21))
    return holds


def occupation_only_at_work(occupation: Text, employment: Text) -> Bools:
    return ~occupation.is_null() == employment.isin(AT_WORK)


def income_is_earned(income: Ints, age: Ints) -> Bools:
    return (income >= 0) & ((income == 0) | (age >= YOUNGEST_EARNER))


def body_mass_index_is_weight_over_height(bmi: Floats, weight_kg: Floats, height_cm: Floats) -> Bools:
    metres = height_cm / 100
    return (height_cm > 0) & (np.abs(bmi - weight_kg / (metres * metres)) < 0.06)


def email_is_reserved(email: Text) -> Bools:
    return email.matches(_is_reserved)


def _is_reserved(address: str) -> bool:
    return RESERVED.fullmatch(address) is not None


def contacts_are_in_place(phone: Text, mobile_phone: Text) -> Bools:
    return phone.matches(_is_international) & mobile_phone.matches(_is_international) & (phone != mobile_phone)


def _is_international(number: str) -> bool:
    return re.fullmatch(r"\+[1-9][0-9 ()./-]{5,20}", number) is not None


def national_id_fits_birth_and_sex(national_id: Text, birthdate: Dates, gender: Text, locale: Locale) -> Bools:
    """Vietnam: fourth digit for century and sex, then the year of birth."""
    if locale.country != "VN":
        return np.ones(len(gender), dtype=np.bool_)
    year, _, _ = year_month_day(birthdate)
    century = _digits(national_id, 3, 4)
    agrees = (century // 2 == year // 100 - 19) & (_digits(national_id, 4, 6) == year % 100)
    return _unless_null(national_id, agrees & _fits(century % 2 == 1, gender))


def social_security_number_fits_birth_and_sex(
    social_security_number: Text, birthdate: Dates, gender: Text, family_name: Text, locale: Locale
) -> Bools:
    """Germany: date of birth, initial and serial (women from 50); France: sex, year and month."""
    number = social_security_number
    year, month, day = year_month_day(birthdate)
    if locale.country == "DE":
        agrees = (
            (_digits(number, 2, 4) == day) & (_digits(number, 4, 6) == month) & (_digits(number, 6, 8) == year % 100)
        )
        agrees &= initials(number.slice(8, 9).fill("X")) == initials(family_name)
        return _unless_null(number, agrees & _fits(_digits(number, 9, 11) >= 50, gender))
    if locale.country == "FR":
        agrees = (_digits(number, 1, 3) == year % 100) & (_digits(number, 3, 5) == month)
        return _unless_null(number, agrees & _fits(_digits(number, 0, 1) == 2, gender))
    return np.ones(len(gender), dtype=np.bool_)


def _fits(female: Bools, gender: Text) -> Bools:
    """Does what a number says of the sex fit the gender? Any does for "other"."""
    return np.where(female, gender != "male", gender != "female")


def _unless_null(text: Text, holds: Bools) -> Bools:
    return text.is_null() | holds


def _digits(numbers: Text, start: int, end: int) -> NDArray[np.int64]:
    """The digits at [start, end) of every number as a whole number, -1 where there are none."""
    parts = numbers.slice(start, end).tolist()
    return np.array([int(part) if part and part.isdigit() else -1 for part in parts], dtype=np.int64)


def name_is_given_and_family(name: Text, given_name: Text, family_name: Text, data: Data) -> Bools:
    if is_family_first(data):
        return name == join(family_name, " ", given_name)
    return name == join(given_name, " ", family_name)


RULES: dict[Callable[..., Bools], str] = {
    age_is_years_since_birth: "the age is the completed years between birth and the clock",
    age_in_range: "the age lies in the range that was asked for",
    full_name_in_order: "the full name is made of its parts in the order of the country",
    name_is_given_and_family: "the name is the given and the family name in the order of the country",
    names_are_clean: "names hold no digit and no space too many",
    salutation_fits_gender: "the form of address is one for the gender",
    middle_name_fits_gender: "in Vietnam the middle name Thị is a woman's and Văn a man's",
    title_fits_age_and_degree: "an academic title goes with a degree and an age that give it",
    married_not_before_legal_age: "nobody is or was married below the legal age",
    education_fits_age: "nobody has a level of education before the age at which it can be had",
    employment_fits_age: "work, studies and retirement fit the age",
    occupation_only_at_work: "those at work have an occupation, and nobody else",
    income_is_earned: "income is not negative, and children have none",
    body_mass_index_is_weight_over_height: "the body mass index is the weight over the square of the height",
    email_is_reserved: "the e-mail address is ASCII and in a domain reserved for examples",
    contacts_are_in_place: "telephone numbers are in international form, and landline and mobile are not the same",
    birth_place_is_in_country_of_birth: "somebody was born in a town of the country of birth",
    born_here_is_a_national: "where birth gives nationality, those born there have it",
    national_id_fits_nationality: "numbers that only citizens, or only foreigners, are given are theirs alone",
    national_id_fits_birth_and_sex: "the national number agrees with date of birth and sex",
    social_security_number_fits_birth_and_sex: "the insurance number agrees with date of birth, sex and name",
}
