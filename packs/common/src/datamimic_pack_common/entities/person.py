"""Person: somebody with a name, an age, a livelihood and numbers that agree with each other."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from datamimic import (
    Entity,
    check,
    embed,
    entity,
    expose,
    fellow,
    field,
    kin_rank,
    member_row,
    members,
    rank_within,
    ref,
    role_of,
    serial,
    shared,
    trait,
)
from datamimic_pack_common.demographics.population import PersonOptions, is_narrowed
from datamimic_pack_common.entities.address import Address
from datamimic_pack_common.entities.company import Company
from datamimic_pack_common.entities.household import ADDRESS, Household
from datamimic_pack_common.people import (
    ages,
    agreement,
    backgrounds,
    body,
    contacts,
    earnings,
    habits,
    issuing,
    kinship,
    livelihood,
    naming,
    national_ids,
    origins,
    populations,
    roots,
    sample,
    second_names,
    work,
)
from datamimic_pack_common.people_services import PeopleService
from datamimic_pack_common.request_views import PERSON


@entity(
    "person",
    options=PersonOptions,
    tables=(
        "places", "population", "given_names", "family_names", "name_order", "country_customs", "second_names", "marriage_ages",
        "salutations", "academic_titles", "title_fields", "nobility_titles", "marriage_names",
        "marital_status", "marital_status_alone", "household_members", "household_templates",
        "origins", "origin_kinds", "origin_generations", "origin_given_names", "origin_family_names", "birth_cities",
        "education", "education_levels", "profession_education", "employment", "occupations", "other_incomes",
        "income_by_age", "income_by_education", "income_by_sex", "income_spread", "bodies", "body_schooling", "phone_plans",
        "public_work", "public_employers", "occupation_industries", "industries", "commuting",
    ),
)  # fmt: skip
class Person(Entity):
    """Somebody with a household, a name, an age, a livelihood and numbers that agree with each other."""

    # identity
    person_id: str = field(
        serial("P-{country}-#########", part=populations.part, grows=True),
        key=True,
        doc="number of the person in this world",
    )
    household: Household | None = field(
        members(Household, "household_members", by="template", unless=is_narrowed),
        doc="the household; null for people of a population of their own",
    )
    member: int = field(member_row("household"), internal=True, doc="row of the table of members of households")
    household_role: str | None = field(kinship.role, doc="head, spouse, partner, child, parent, relative, flatmate …")
    sex: str = field(
        kinship.sex, hidden=True, doc="female or male: what names and other tables that know two sexes are read by"
    )
    tradition: str = field(
        shared("household", naming.tradition),
        hidden=True,
        doc="tradition that names follow, where a country has several",
    )
    gender: str = field(ages.gender, doc="female, male or other")

    # age and birth
    exact_age: float = field(kinship.exact_age, internal=True, doc="years since birth, of members of households")
    age: int = field(kinship.age, doc="completed years at the clock", unit="a")
    part_of_year: float = field(kinship.part_of_year, internal=True, doc="part of a year since the last birthday")
    birthdate: date = field(kinship.birthdate, doc="date of birth")
    place: int = field(
        shared("household", origins.home), internal=True, doc="where the person lives, a row of the table of places"
    )

    # origin
    root: int = field(roots.root, internal=True, doc="number of the family of origin, of a household")
    descent: int = field(
        backgrounds.descent, internal=True, doc="background abroad, place of birth and names in one number; 0 for none"
    )
    born_abroad: bool = field(backgrounds.born_abroad, hidden=True, doc="was the person born in another country?")
    country_of_birth: str = field(backgrounds.country_of_birth, doc="country of birth, ISO 3166-1 alpha-2")
    birth_place: int = field(
        origins.birth_place,
        hidden=True,
        doc="where the person was born, a row of the table of places; below 0, abroad, of the table of birth cities",
    )
    place_of_birth: str = field(origins.place_of_birth, doc="city of birth")

    # family
    couple: str | None = field(kinship.couple, internal=True, doc="married, cohabiting, or empty: how the couple lives")
    marital_status: str = field(kinship.marital_status, doc="single, married, divorced, widowed …")
    partner: Person | None = field(
        fellow("common.person", "partner", group="household"), doc="husband, wife or partner in the household"
    )
    mother: Person | None = field(
        fellow("common.person", "mother", group="household"), doc="the mother, who lives in the same household"
    )
    father: Person | None = field(
        fellow("common.person", "father", group="household"), doc="the father, who lives in the same household"
    )
    family_line: int = field(kinship.family_line, internal=True, doc="number of the family name, of a household")
    second_family_line: int = field(
        kinship.second_family_line, internal=True, doc="number of the second family name, of a household"
    )
    name_origin: int = field(
        backgrounds.name_origin, stream="descent", internal=True, doc="row of origins that the family name comes from"
    )
    second_name_origin: int = field(
        backgrounds.second_name_origin, stream="descent", internal=True, doc="the same of the second family name"
    )

    # name
    given_name: str = field(naming.given_name, doc="first given name, as usual for sex and year of birth")
    middle_name: str | None = field(naming.middle_name, doc="middle name, or second given name where that is usual")
    first_family_name: str = field(naming.borne_family_name, hidden=True, doc="the family name, or the first of two")
    second_family_name: str | None = field(
        second_names.borne_second_name, stream="first_family_name", hidden=True, doc="the second of two family names"
    )
    family_name: str = field(naming.family_name, doc="family name; both where people bear two")
    name: str = field(naming.name, doc="given and family name in the order of the country")
    full_name: str = field(naming.full_name, doc="name with all its parts in the order of the country")
    name_ascii: str = field(naming.name_ascii, hidden=True, doc="name in the letters A to Z, given name first")
    name_kana: str | None = field(naming.name_kana, hidden=True, doc="reading of a Japanese name, in katakana")
    salutation: str | None = field(naming.salutation, doc="form of address; null where the language has none that fits")
    academic_title: str | None = field(naming.academic_title, doc="academic title, for those who carry one")
    nobility_title: str | None = field(naming.nobility_title, doc="title of nobility, where the country has some")

    # contact and home
    email: str = field(contacts.email, doc="e-mail address, in a domain that is reserved for examples")
    area: str = field(contacts.area, hidden=True, doc="area code of the telephone, without trunk prefix")
    phone: str = field(contacts.phone, doc="landline in the area of the city, international form")
    mobile_phone: str = field(contacts.mobile_phone, doc="mobile telephone, international form")
    address: Address = field(
        embed(Address, only=ADDRESS, shared="household", place="place", phone="phone", mobile_phone="mobile_phone"),
        doc="where the person lives",
    )

    # circumstances
    nationality: str = field(backgrounds.nationality, doc="nationality, ISO 3166-1 alpha-2")
    profession: str | None = field(
        trait("professions", value="profession"),
        hidden=True,
        doc="physician, police_officer or teacher: what those have a role by; null for all others",
    )
    education: str = field(livelihood.education, doc="highest level of education completed so far")
    employment: str = field(livelihood.employment, doc="what the person mainly does: employed, student, retired …")
    skill: int = field(livelihood.skill, hidden=True, doc="level of work that the education qualifies for, 1 to 6")
    occupation_row: int = field(livelihood.occupation_row, internal=True, doc="row of the table of occupations")
    occupation: str | None = field(
        livelihood.occupation, doc="occupation, in the language of the country; null for those not at work"
    )
    public_body: str | None = field(
        work.public_body, internal=True, doc="section of ISIC of a public body or church that employs the person"
    )
    employer: Company | None = field(
        ref(Company, by=work.employer),
        hidden=True,
        doc="company near home that employs the person; null for those whom a public body employs or nobody",
    )
    employer_name: str | None = field(
        work.employer_name, hidden=True, doc="name of the company, public body or church that employs the person"
    )
    pay_rank: float = field(earnings.pay_rank, stream="income", internal=True, doc="part of those alike who earn less")
    income: Decimal = field(earnings.income, doc="yearly income before tax, in national currency")

    # body and habits
    body_cell: int = field(body.body_cell, internal=True, doc="row of the table of bodies")
    height_cm: float = field(body.height_cm, hidden=True, unit="cm", doc="height")
    drawn_bmi: float = field(body.drawn_bmi, internal=True, unit="kg/m²", doc="body mass index before rounding")
    weight_kg: float = field(body.weight_kg, hidden=True, unit="kg", doc="weight")
    bmi: float = field(body.bmi, hidden=True, unit="kg/m²", doc="body mass index")
    schooling: str = field(habits.schooling, internal=True, doc="low, middle or high")
    smoking_status: str | None = field(habits.smoking_status, hidden=True, doc="never, former or current, if known")

    # roles in other packs
    patient: Any | None = field(role_of("healthcare.patient"), hidden=True, doc="the patient who it is, if any")
    doctor: Any | None = field(role_of("healthcare.doctor"), hidden=True, doc="the doctor who it is, if any")
    teacher: Any | None = field(role_of("public_sector.teacher"), hidden=True, doc="the teacher who it is, if any")
    pupil: Any | None = field(role_of("public_sector.pupil"), hidden=True, doc="the pupil who it is, if any")
    police_officer: Any | None = field(role_of("public_sector.police_officer"), hidden=True, doc="the officer, if any")
    customer: Any | None = field(role_of("ecommerce.customer"), hidden=True, doc="the customer who it is, if any")
    insured: Any | None = field(role_of("insurance.insured"), hidden=True, doc="the policy holder who it is, if any")

    # numbers
    professionals: int = field(
        kin_rank("profession", ("physician", "police_officer")),
        internal=True,
        doc="number among those in households of physicians and police officers; -1 for all others",
    )
    number_cell: int = field(national_ids.number_cell, internal=True, doc="what the number says of who has it")
    number_cell_rank: int = field(
        rank_within("number_cell", issuing.BLOCK, kin="professionals"),
        internal=True,
        doc="which of those of whom the number says the same",
    )
    national_id: str | None = field(
        national_ids.national_id, doc="number of the identity register (VN CCCD, ES DNI, IN Aadhaar, JP My Number)"
    )
    own_tax_id: str | None = field(national_ids.own_tax_id, hidden=True, doc="tax number that is not the national one")
    tax_id: str | None = field(national_ids.tax_id, doc="tax number (DE IdNr, GB UTR, BR CPF, IN PAN, ES NIF, VN CCCD)")
    social_security_number: str | None = field(
        national_ids.social_security_number,
        doc="number of the social insurance (US SSN, CA SIN, DE RVNR, GB NINO, FR NIR)",
    )

    # profile
    demographic_sample: sample.DemographicSample = field(sample.demographic_sample, hidden=True, doc="age and gender")
    transaction_profile: str | None = field(sample.transaction_profile, doc="label carried along for transactions")


check(Person, "nobody has an employer who is not employed")(work.works_somewhere)
check(Person, "the employer's name is the company's")(work.name_of_company)
check(Person, "the employer is of an industry that has the occupation")(work.industry_of_occupation)
for rule, sentence in agreement.RULES.items():
    check(Person, sentence)(rule)


class PersonService(PeopleService[Person]):
    """The people of a country, of all ages and as many of each age and sex as it has, unless asked otherwise: those of
    `World(seed)["common.person"]` with the same options."""


expose(Person, PERSON)
