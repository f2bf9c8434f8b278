"""Names, titles, sex and date of birth, one column each, for use without a person around them."""

from __future__ import annotations

from datetime import datetime
from random import Random
from typing import Any

import numpy as np

from datamimic import Clock, Context, Data, Draw, LiteralGenerator, Text, make_options
from datamimic.columns import Dates, Ints, years_between
from datamimic.errors import InvalidOption, excerpt
from datamimic_pack_common.demographics.population import PersonOptions
from datamimic_pack_common.people import ages, livelihood, naming, origins, second_names

GENDERS = ("female", "male", "other")


def asked(**options: Any) -> PersonOptions:
    """Raises `InvalidOption` for values outside their range."""
    return make_options(PersonOptions, options, "person")


EVERYBODY = asked()


def separate(draw: Draw, name: str) -> Draw:
    """The draws of a part of a generator, independent of those of its other parts."""
    return Draw((*draw.address, name), draw.rows)


def sexes(draw: Draw, data: Data, gender: str | None, options: PersonOptions) -> Text:
    """The given gender in every row; a drawn sex for "other" and for None."""
    if gender in ("female", "male"):
        return Text.coded(np.full(len(draw), GENDERS.index(gender)), ages.SEXES)
    return ages.sex(separate(draw, "sex"), data, options)


def traditions(draw: Draw, data: Data) -> Text:
    """Of people all over the country."""
    return naming.tradition(origins.place(separate(draw, "place"), data), separate(draw, "tradition"), data)


def checked(gender: str | None) -> str | None:
    if gender is not None and gender not in GENDERS:
        raise InvalidOption("invalid_option", f"gender is {excerpt(gender)}", hint=f"one of {', '.join(GENDERS)}")
    return gender


class _Gendered(LiteralGenerator[str]):
    python_type = str

    def __init__(
        self,
        dataset: str | None = None,
        gender: str | None = None,
        *,
        rng: Random | None = None,
        seed: str | int | None = None,
        clock: str | Clock | None = None,
    ) -> None:
        super().__init__(dataset=dataset, rng=rng, seed=seed, clock=clock)
        self._gender = checked(gender)

    def generate_with_gender(self, gender: str) -> str:
        """The next value, for this gender."""
        with self._as(_gender=checked(gender)):
            return self.generate_batch(1)[0]

    def sex(self, context: Context) -> Text:
        return sexes(context.draw, context.world.data(type(self)), self._gender, EVERYBODY)


class GivenNameGenerator(_Gendered):
    """Given names as frequent as in the population, or among those born in `birth_year`."""

    tables = ("common.given_names", "common.population")

    def __init__(
        self,
        dataset: str | None = None,
        gender: str | None = None,
        birth_year: int | None = None,
        *,
        rng: Random | None = None,
        seed: str | int | None = None,
        clock: str | Clock | None = None,
    ) -> None:
        super().__init__(dataset, gender, rng=rng, seed=seed, clock=clock)
        self._birth_year = birth_year

    def column(self, context: Context) -> Text:
        data, draw = context.world.data(type(self)), context.draw
        sex = self.sex(context)
        if self._birth_year is None:
            age = ages.age(sex, separate(draw, "age"), data, EVERYBODY)
            born: Dates = ages.years_before(context.clock.date, age)
        else:
            born = np.full(len(draw), f"{self._birth_year}-07-01", dtype="datetime64[D]")
        tradition = traditions(draw, data)
        return naming.pick_given(draw, data, tradition, sex, born, "")


class FamilyNameGenerator(LiteralGenerator[str]):
    """Family names as frequent as in the country; both names where people bear two."""

    tables = ("common.family_names", "common.second_names", "common.country_customs")
    python_type = str

    def __init__(
        self,
        dataset: str | None = None,
        *,
        rng: Random | None = None,
        seed: str | int | None = None,
        clock: str | Clock | None = None,
    ) -> None:
        super().__init__(dataset=dataset, rng=rng, seed=seed, clock=clock)

    def column(self, context: Context) -> Text:
        data, draw = context.world.data(type(self)), context.draw
        sex = ages.sex(separate(draw, "sex"), data, EVERYBODY)
        tradition = traditions(draw, data)
        first = naming.first_family_name(tradition, sex, separate(draw, "first"), data)
        second = second_names.second_family_name(first, tradition, sex, separate(draw, "second"), data)
        return naming.family_name(first, second, data)


class GenderGenerator(LiteralGenerator[str]):
    """female, male or other."""

    python_type = str

    def __init__(
        self,
        female_quota: float = 0.5,
        other_gender_quota: float = 0.0,
        *,
        rng: Random | None = None,
        seed: str | int | None = None,
    ) -> None:
        super().__init__(rng=rng, seed=seed)
        if min(female_quota, other_gender_quota) < 0 or female_quota + other_gender_quota > 1:
            raise InvalidOption(
                "invalid_option", "female_quota and other_gender_quota are no shares that sum to 1 at most"
            )
        self._female, self._other = female_quota, other_gender_quota

    def column(self, context: Context) -> Text:
        drawn = context.draw.uniform()
        code = np.where(drawn < self._female, 0, np.where(drawn < 1 - self._other, 1, 2))
        return Text.coded(code, ages.GENDERS)


class AcademicTitleGenerator(LiteralGenerator[str]):
    """An academic title, or empty text: of adults, those with a degree that gives one, and of these the share `quota`."""

    tables = (
        "common.academic_titles", "common.education", "common.education_levels", "common.occupations", "common.population",
        "common.title_fields",
    )  # fmt: skip
    python_type = str

    def __init__(
        self,
        dataset: str | None = None,
        quota: float = 0.5,
        *,
        rng: Random | None = None,
        seed: str | int | None = None,
    ) -> None:
        super().__init__(dataset=dataset, rng=rng, seed=seed)
        self._options = asked(min_age=25, academic_title_quota=quota)

    def column(self, context: Context) -> Text:
        data, draw = context.world.data(type(self)), context.draw
        sex = ages.sex(separate(draw, "sex"), data, self._options)
        age = ages.age(sex, separate(draw, "age"), data, self._options)
        education = livelihood.education(sex, age, Text.constant(None, len(age)), separate(draw, "education"), data)
        nobody = Text.constant(None, len(age))
        work = livelihood.occupation_row(
            sex,
            age,
            livelihood.skill(education, data),
            nobody,
            separate(draw, "work"),
            data,
            self._options,
            context.world,
        )
        return naming.academic_title(education, sex, age, work, draw, data, self._options).fill("")


class NobilityTitleGenerator(_Gendered):
    """A title of nobility for the share `noble_quota` of people, else empty text."""

    tables = ("common.nobility_titles",)

    def __init__(
        self,
        dataset: str | None = None,
        gender: str | None = None,
        noble_quota: float = 0.001,
        *,
        rng: Random | None = None,
        seed: str | int | None = None,
    ) -> None:
        super().__init__(dataset, gender, rng=rng, seed=seed)
        self._options = asked(noble_quota=noble_quota)

    def column(self, context: Context) -> Text:
        data = context.world.data(type(self))
        return naming.nobility_title(self.sex(context), context.draw, data, self._options).fill("")


class BirthdateGenerator(LiteralGenerator[datetime]):
    """A date of birth, at midnight UTC, of somebody aged `min_age` (1) to `max_age` (100, or more where `min_age` is above);
    all ages as frequent as in the population. `reference_now` is another name for the clock."""

    tables = ("common.population",)
    python_type = datetime

    def __init__(
        self,
        min_age: int | None = None,
        max_age: int | None = None,
        clock: Any = None,
        dataset: str | None = None,
        *,
        reference_now: Any = None,
        rng: Random | None = None,
        seed: str | int | None = None,
    ) -> None:
        super().__init__(dataset=dataset, rng=rng, seed=seed, clock=clock if reference_now is None else reference_now)
        if max_age is None:
            max_age = ages.OLDEST if min_age is not None and min_age > 100 else 100
        if min_age is None:
            min_age = min(1, max_age)
        if not 0 <= min_age <= max_age <= ages.OLDEST:
            raise InvalidOption(
                "impossible_constraint",
                f"min_age {min_age} and max_age {max_age} are no range within 0 to {ages.OLDEST}",
                path="$.min_age",
            )
        self._options = asked(min_age=min_age, max_age=max_age)

    def column(self, context: Context) -> Dates:
        data, draw = context.world.data(type(self)), context.draw
        sex = ages.sex(separate(draw, "sex"), data, self._options)
        age = ages.age(sex, separate(draw, "age"), data, self._options)
        return ages.birthdate(age, draw, context.clock).astype("datetime64[us]")

    def convert_birthdate_to_age(self, birthdate: datetime) -> int:
        """Completed years at this generator's clock."""
        found: Ints = years_between(np.array([birthdate.date()], dtype="datetime64[D]"), self.world.clock.date)
        return int(found[0])
