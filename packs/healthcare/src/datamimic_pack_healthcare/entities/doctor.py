"""Doctor: a person with a specialty, the training and numbers that go with it, at a hospital of the same state."""

from __future__ import annotations

from datetime import datetime
from random import Random
from typing import Any

import numpy as np

from datamimic import (
    Bits,
    Clock,
    Data,
    Draw,
    Lists,
    Locale,
    Maps,
    Service,
    Table,
    Text,
    apportioned,
    check,
    constant,
    entity,
    expose,
    field,
    from_row,
    options,
    ref,
    serial,
    spec_of,
    weighted,
)
from datamimic.columns import Bools, Floats, Ints, digits, join, where, year_month_day
from datamimic_pack_common import Person
from datamimic_pack_common.demographics import (
    HIGHEST_AGE,
    DemographicConfig,
    DemographicSampler,
    PersonOptions,
    asked_of_people,
    profile_weights,
)
from datamimic_pack_healthcare.clinical.bits import text_of
from datamimic_pack_healthcare.entities.hospital import Hospital
from datamimic_pack_healthcare.generators.providers import PERSON, dea, lanr, npi, serial_numbers
from datamimic_pack_healthcare.regions import place_in, states_of
from datamimic_pack_healthcare.request_views import DOCTOR

YOUNGEST, OLDEST = 31, 80
"""The longest training ends at 31: 25 years at the end of medical school and six years of specialty training."""
GRADUATE = 25
LATEST_GRADUATE = 30
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CHILD_UNTIL = 18
WITHOUT_DEA = frozenset({"Radiology", "Allergy and Immunology"})


@options
class DoctorOptions(PersonOptions):
    """Options of people; doctors are 31 to 80 years old."""

    def __attrs_post_init__(self) -> None:
        if self.city_sizes is not None:
            raise ValueError("doctors live where they practise: city_sizes cannot be asked for")
        low = YOUNGEST if self.min_age is None else max(self.min_age, YOUNGEST)
        high = OLDEST if self.max_age is None else self.max_age
        if self.max_age is not None and self.max_age < YOUNGEST:
            raise ValueError(f"max_age {self.max_age}: no doctor is so young, training ends at {YOUNGEST}")
        if self.max_age is None and low > high:
            raise ValueError(f"min_age {self.min_age}: no doctor is so old, the oldest are {OLDEST}")
        object.__setattr__(self, "min_age", low)
        object.__setattr__(self, "max_age", high)
        super().__attrs_post_init__()


def doctors_at(world: Any, data: Data, region: Text, specialty: Ints, bits: Bits) -> Ints:
    """Row numbers of doctors of each row's state and specialty (a row of the table `specialties`), by random bits."""
    spec = world.spec("healthcare.doctor")
    strata, _, _ = spec.fields["post"].generator.strata(world, spec, "post")  # type: ignore[attr-defined]
    posts: Table = data["doctor_posts"]
    return strata.pick(posts.lookup("region", region) + specialty, bits)


def primary_specialty(age: Ints, uniform: Floats, data: Data) -> Ints:
    """The specialty of the doctor whom a patient of this age sees first: a row of the table `specialties`."""
    table: Table = data["specialties"]
    family, internal, children = (
        table.position("specialty", name) for name in ("Family Medicine", "Internal Medicine", "Pediatrics")
    )
    weights = table.weights
    share = weights[family] / (weights[family] + weights[internal])
    return np.where(age < CHILD_UNTIL, children, np.where(uniform < share, family, internal))


# -- rules ----------------------------------------------------------------------------------------------------------


def post_row(post: Text, data: Data) -> Ints:
    return data["doctor_posts"].lookup("post", post)


def specialty_row(post_row: Ints, data: Data) -> Ints:
    """Posts list all specialties of a state, in the order of the table `specialties`."""
    return post_row % len(data["specialties"])


def age(draw: Draw, data: Data, options: DoctorOptions) -> Ints:
    table: Table = data["doctor_ages"]
    weights = np.zeros(OLDEST + 1, dtype=np.float64)
    for low, high, weight in zip(table.ints("age_from"), table.ints("age_to"), table.weights, strict=True):
        weights[low : high + 1] = weight / (high - low + 1)
    if options.age_profile is not None:
        known = np.zeros((1, HIGHEST_AGE + 1), dtype=np.float64)
        known[0, : OLDEST + 1] = weights
        weights = profile_weights(options.age_profile, known)[0, : OLDEST + 1]
    assert options.min_age is not None and options.max_age is not None
    inside = np.zeros(OLDEST + 1, dtype=np.bool_)
    inside[options.min_age : options.max_age + 1] = True
    weights = np.where(inside, weights, 0.0) if weights[inside].any() else inside.astype(np.float64)
    ends = np.cumsum(weights)
    return np.minimum(np.searchsorted(ends, draw.uniform() * ends[-1], side="right"), int(np.flatnonzero(inside)[-1]))


def sex(age: Ints, draw: Draw, data: Data, options: DoctorOptions) -> Text:
    table: Table = data["doctor_work"]
    share: Any = options.female_quota
    if share is None:
        share = table.floats("women")[table.by("age_from").first(age)]
    return Text.coded(np.where(draw.uniform() < share, 0, 1), ("female", "male"))


def occupation(age: Ints, sex: Text, data: Data) -> Text:
    table: Table = data["doctor_work"]
    row = table.by("age_from").first(age)
    return where(sex == "female", table["occupation_female"].take(row), table["occupation_male"].take(row))


def employment(draw: Draw) -> Text:
    return Text.coded(draw.chance(0.3).astype(np.int64), ("employed", "self_employed"))


def income(specialty_row: Ints, age: Ints, draw: Draw, data: Data) -> Ints:
    """More for longer training; in hundredths, rounded to a thousandth of the country's usual pay."""
    base = int(data["doctor_work"].ints("income")[0])
    training = data["specialties"].ints("training_years")[specialty_row]
    factor = (0.76 + 0.08 * training) * (0.7 + 0.6 * draw.uniform())
    step = base // 1000
    return np.rint(base * factor / step).astype(np.int64) * step * 100


def graduation_age(age: Ints, specialty_row: Ints, draw: Draw, data: Data) -> Ints:
    """25 to 30, early enough that the training is over."""
    latest = np.minimum(LATEST_GRADUATE, age - data["specialties"].ints("training_years")[specialty_row])
    return np.minimum(
        draw.integers(GRADUATE, np.maximum(latest, GRADUATE), "one"),
        draw.integers(GRADUATE, np.maximum(latest, GRADUATE), "two"),
    )


def graduation_year(birthdate: Any, graduation_age: Ints) -> Ints:
    return year_month_day(birthdate)[0] + graduation_age


def years_of_experience(graduation_year: Ints, clock: Clock) -> Ints:
    return clock.year - graduation_year


def certifications(specialty_row: Ints, draw: Draw, data: Data) -> Lists:
    """The specialty's certificate and up to two courses that fit it."""
    table: Table = data["specialties"]
    courses = [text.split("|") for text in table.columns["courses"]]
    names = [*table.columns["certificate"], *(name for pair in courses for name in pair)]
    count = len(table)
    held = np.ones((len(specialty_row), 3), dtype=np.bool_)
    held[:, 1], held[:, 2] = draw.chance(0.6, "first course"), draw.chance(0.45, "second course")
    code = np.stack([specialty_row, count + 2 * specialty_row, count + 2 * specialty_row + 1], axis=1)
    return Lists(held.sum(axis=1), Text.coded(code[held], names))


def workplace(region: Text, specialty_row: Ints, draw: Draw, data: Data, world: Any) -> Ints:
    """A hospital of the state that has the specialty's department: the first of three drawn, else one that has all."""
    names = data["department_services"].columns["department"]
    department = np.array([names.index(name) for name in data["specialties"].columns["department"]])[specialty_row]
    return hospitals_with(world, data, region, department, draw)


def hospitals_with(world: Any, data: Data, region: Text, department: Ints, draw: Draw) -> Ints:
    """Row numbers of hospitals in the state that run the department (a row of `department_services`)."""
    spec = spec_of(Hospital)
    strata, _, _ = spec.fields["post"].generator.strata(world, spec, "post")  # type: ignore[attr-defined]
    posts: Table = data["hospital_posts"]
    types: Table = data["hospital_types"]
    first = posts.lookup("region", region)
    complete = types.columns["profile"].index("large")
    chosen: Ints = strata.pick(first + complete, draw.bits("complete"))
    found = np.zeros(len(chosen), dtype=np.bool_)
    for attempt in range(3):
        kind = draw.pick(types, label=f"type {attempt}")
        rows = strata.pick(first + kind, draw.bits(f"hospital {attempt}"))
        fits = ((world.refer(Hospital, rows).department_bits >> department) & 1).astype(np.bool_) & ~found
        chosen = np.where(fits, rows, chosen)
        found |= fits
    return chosen


def license_number(region: Text, draw: Draw, locale: Locale) -> Text:
    """The state's letters and a number, in the country's way of writing."""
    number = digits(serial_numbers(draw, 10**6), 6)
    state = region.map(_after_dash)
    if locale.country == "VN":
        return join(number, "/", state, "-CCHN")
    return join(state, "-", number)


def _after_dash(code: str) -> str:
    return code.partition("-")[2]


def npi_number(rows: Ints, draw: Draw, locale: Locale) -> Text:
    if locale.country != "US":
        return Text.constant(None, len(rows))
    return npi(serial_numbers(draw, 10**8), PERSON)


def dea_number(specialty: Text, family_name: Text, draw: Draw, locale: Locale) -> Text:
    if locale.country != "US":
        return Text.constant(None, len(specialty))
    return dea(serial_numbers(draw, 10**6), family_name).where(~specialty.isin(WITHOUT_DEA))


def lanr_number(specialty_row: Ints, draw: Draw, data: Data, locale: Locale) -> Text:
    if locale.country != "DE":
        return Text.constant(None, len(specialty_row))
    return lanr(serial_numbers(draw, 10**6), data["specialties"]["lanr_group"].take(specialty_row))


def office_hours(draw: Draw, data: Data) -> Maps:
    table: Table = data["office_hours"]
    cells = [table.columns[day] for day in DAYS]
    texts = [cells[d][row] for row in range(len(table)) for d in range(7)]
    row = draw.pick(table)
    week = np.arange(7)
    lengths = np.full(len(row), 7)
    return Maps(
        lengths, Text.coded(np.tile(week, len(row)), DAYS), Text.coded((row[:, None] * 7 + week).ravel(), texts)
    )


@entity(
    "doctor",
    options=DoctorOptions,
    tables=("specialties", "doctor_posts", "doctor_ages", "doctor_work", "office_hours", "hospital_posts", "hospital_types",
            "department_services", "common.places"),
)  # fmt: skip
class Doctor(Person):
    """A person with a specialty, the training and numbers that go with it, at a hospital of the same state."""

    doctor_id: str = field(serial("DOC-########"), key=True, doc="number of the doctor in this world")
    post: str = field(
        apportioned("doctor_posts", "post", minimum=1), hidden=True, doc="state and specialty, dealt out by population"
    )
    post_row: int = field(post_row, hidden=True, doc="row of the table of posts")
    region: str = field(
        from_row("doctor_posts", "region", row="post_row"),
        hidden=True,
        doc="state of practice and home, see regions.py",
    )
    specialty_row: int = field(specialty_row, hidden=True, doc="row of the table of specialties")
    place = field(place_in)
    age = field(age)
    sex = field(sex)
    education = field(constant("doctorate"))
    employment = field(employment)
    occupation = field(occupation)
    income = field(income)
    specialty: str = field(from_row("specialties", "specialty", row="specialty_row"), doc="medical specialty")
    graduation_age: int = field(graduation_age, hidden=True, unit="a", doc="age at the end of medical school")
    graduation_year: int = field(graduation_year, doc="year of graduation from medical school")
    years_of_experience: int = field(years_of_experience, unit="a", doc="years since graduation")
    medical_school: str = field(weighted("medical_schools"), doc="medical school (an invented name)")
    certifications: list[str] = field(certifications, doc="certificate of the specialty and courses that fit it")
    license_number: str = field(license_number, doc="licence to practise, of the state of practice")
    npi_number: str | None = field(npi_number, doc="National Provider Identifier of type 1 (US)")
    dea_number: str | None = field(dea_number, doc="DEA registration (US); null for specialties that seldom prescribe")
    lanr: str | None = field(lanr_number, doc="Lebenslange Arztnummer (DE)")
    office_hours: dict[str, str] = field(office_hours, doc="consultation hours by day of the week")
    accepting_new_patients: bool = field(lambda draw: draw.chance(0.7), doc="takes new patients")
    hospital: Hospital = field(
        ref(Hospital, by=workplace), doc="hospital of the same state that has the specialty's department"
    )


@check(Doctor, "the licence is that of the state of practice")
def license_of_state(license_number: Text, address: Any, data: Data, locale: Locale) -> Bools:
    allowed: dict[str, set[str]] = {}
    for region in data["doctor_posts"]["region"].coding()[1].values:
        for state in states_of(region, data):
            allowed.setdefault(state, set()).add(_after_dash(region))
    pairs = zip(license_number.tolist(), address.state_code.tolist(), strict=True)
    end = locale.country == "VN"
    return np.array(
        [_issuer(number or "", end) in allowed.get(state or "", ()) for number, state in pairs], dtype=np.bool_
    )


def _issuer(number: str, end: bool) -> str:
    return number.rpartition("-")[0].partition("/")[2] if end else number.rpartition("-")[0]


@check(Doctor, "graduation at 25 to 30, and the specialty's training lies between then and now")
def training_fits_age(
    age: Ints,
    graduation_year: Ints,
    birthdate: Any,
    years_of_experience: Ints,
    specialty: Text,
    data: Data,
    clock: Clock,
) -> Bools:
    table: Table = data["specialties"]
    row = table.lookup("specialty", specialty)
    graduated_at = graduation_year - year_month_day(birthdate)[0]
    trained = age >= 24 + table.ints("training_years")[row]
    return (
        (row >= 0) & trained & (graduated_at >= GRADUATE) & (graduated_at <= LATEST_GRADUATE)
        & (years_of_experience == clock.year - graduation_year) & (years_of_experience <= age - 24)
    )  # fmt: skip


@check(Doctor, "every certificate fits the specialty, and the specialty's own is among them")
def certificates_fit_specialty(specialty: Text, certifications: Lists, data: Data) -> Bools:
    table: Table = data["specialties"]
    row = table.lookup("specialty", specialty)
    own = table["certificate"].take(row).take(certifications.parents)
    fitting = {
        (name, value)
        for name, first, more in zip(
            table.columns["specialty"], table.columns["certificate"], table.columns["courses"], strict=True
        )
        for value in (first, *more.split("|"))
    }
    pairs = zip(specialty.take(certifications.parents).tolist(), text_of(certifications).tolist(), strict=True)
    fits = np.array([pair in fitting for pair in pairs], dtype=np.bool_)
    return certifications.all(fits) & certifications.any(text_of(certifications) == own)


class DoctorService(Service[Doctor]):
    """Doctors of a country; a `DemographicConfig` narrows their ages."""

    entity = Doctor

    def __init__(
        self,
        dataset: str | None = None,
        demographic_config: DemographicConfig | None = None,
        demographic_sampler: DemographicSampler | None = None,
        rng: Random | None = None,
        reference_now: datetime | str | None = None,
        *,
        seed: str | int | None = None,
    ) -> None:
        asked = asked_of_people(demographic_config, demographic_sampler, homes=False)
        super().__init__(dataset, rng=rng, seed=seed, clock=reference_now, **asked)


expose(Doctor, DOCTOR)
