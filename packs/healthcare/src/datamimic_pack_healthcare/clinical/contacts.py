"""Whom to call in an emergency: a grown-up whose relationship, age and family name fit the patient's."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from datamimic import Clock, Context, Data, Draw, Generator, Ref, Struct, Table, Text, record
from datamimic.columns import Bools, Dates, Floats, Ints, concat, where
from datamimic_pack_common import Person
from datamimic_pack_common.contact.telephones import telephone
from datamimic_pack_common.demographics.population import PersonOptions
from datamimic_pack_common.people.naming import is_family_first, name, pick_given

ADULT = 18
TRIES = 4


@record
class ContactName:
    """How whom to call is called."""

    family: str
    given: str


def relationship(person: Ref, age: Ints, marital_status: Text, draw: Draw, data: Data) -> Text:
    """That of somebody in the household where there is one to call; else of somebody outside."""
    table: Table = data["emergency_contacts"]
    known = bool(person.is_null().all())
    married = where((marital_status == "married") & known, "yes", "no")
    drawn: Text = table["relationship"].take(draw.pick(table.by("age_from", "married"), age, married))
    if known:
        return drawn
    partner, mother, father = at_home(person, age)
    kind = np.select([partner >= 0, mother >= 0, father >= 0], [1, 2, 3], 0)
    kind = np.where((kind == 1) & (marital_status == "married"), 4, kind)
    near = Text.coded(kind.astype(np.int32), ("", "partner", "mother", "father", "spouse"))
    return where(kind > 0, near, drawn)


def at_home(person: Ref, age: Ints) -> tuple[Ints, Ints, Ints]:
    """Who of the household is called, as row of the people: husband, wife or partner, else the mother, else the father; -1 for
    those who do not live there."""
    partner = np.where(age >= ADULT, person.column("partner").rows, -1)
    mother = np.where(partner < 0, person.column("mother").rows, -1)
    father = np.where((partner < 0) & (mother < 0), person.column("father").rows, -1)
    return partner, mother, father


def contact_name(emergency_contact: Any, world: Any) -> Struct:
    """The parts of the name: no family name of a table has a space in it."""
    first = is_family_first(world.data(Person))
    whole: Text = emergency_contact.name
    family, given = (0, 2) if first else (2, 0)
    parts = str.partition if first else str.rpartition
    return Struct(
        {
            "family": whole.map(lambda text: parts(text, " ")[family]),
            "given": whole.map(lambda text: parts(text, " ")[given]),
        }
    )


class PersonCalled(Generator[Any]):
    """The one of the household who is called; null where it is nobody of it."""

    relates = "one"
    target = Person
    needs = ("person", "age")

    def column(self, context: Context) -> Any:
        world: Any = context.world
        return Ref(world, world.spec(Person), called(context.column("person"), context.column("age")))


def called(person: Ref, age: Ints) -> Ints:
    """The one of the household who is called, as row of the people; -1 where it is nobody of it."""
    if bool(person.is_null().all()):
        return np.full(len(age), -1, dtype=np.int64)
    found: Ints = np.maximum.reduce(at_home(person, age))
    return found


def contact_phone(place: Ints, draw: Draw, data: Data, options: PersonOptions) -> Text:
    area = data["common.places"]["area_code"].take(place)
    return telephone(draw, data["common.phone_plans"], area, "mobile", options.identifiers)


def emergency_contact(
    person: Ref, age: Ints, contact_relationship: Text, contact_phone: Text, sex: Text, tradition: Text, birthdate: Any,
    given_name: Text,
    family_name: Text, draw: Draw, data: Data, world: Any, clock: Clock,
) -> Struct:  # fmt: skip
    """Name, relationship and phone: of somebody in the household; else of somebody made for it, who is of age and bears the
    patient's family name where that is the custom."""
    own = called(person, age)
    home, outside = np.flatnonzero(own >= 0), np.flatnonzero(own < 0)
    if not len(home):
        made = _made(contact_relationship, sex, tradition, birthdate, given_name, family_name, draw, data, world, clock)
        return Struct({"name": made, "relationship": contact_relationship, "phone": contact_phone})
    kin = Ref(world, person.target, own[home])
    parts: list[Text] = [kin.column("name"), kin.column("mobile_phone")]
    if len(outside):
        made = _made(
            contact_relationship[outside], sex[outside], tradition[outside], birthdate[outside], given_name[outside],
            family_name[outside], draw.take(outside), data, world, clock,
        )  # fmt: skip
        at = np.empty(len(own), dtype=np.int64)
        at[home], at[outside] = np.arange(len(home)), len(home) + np.arange(len(outside))
        others = (made, contact_phone[outside])
        parts = [concat([near, other]).take(at) for near, other in zip(parts, others, strict=True)]
    return Struct({"name": parts[0], "relationship": contact_relationship, "phone": parts[1]})


def _made(
    contact_relationship: Text, sex: Text, tradition: Text, birthdate: Any, given_name: Text, family_name: Text,
    draw: Draw, data: Data, world: Any, clock: Clock,
) -> Text:  # fmt: skip
    """The name of somebody who is made to be called."""
    people = world.data(Person)
    kinds: Table = data["relationships"]
    at = kinds.lookup("relationship", contact_relationship)
    days = draw.integers(kinds.ints("older_least")[at] * 365, kinds.ints("older_most")[at] * 365 + 364, "days older")
    of_age = clock.date - np.timedelta64(ADULT * 366, "D")
    born = np.minimum(birthdate - days.astype("timedelta64[D]"), of_age)
    codes, vocabulary = sex.coding()
    # Of either sex by the parity of the days, which nothing else depends on.
    sexes = np.stack([np.zeros_like(codes), np.ones_like(codes), 1 - codes, (days & 1).astype(np.int32)])
    contact_sex = Text.coded(sexes[_sex_kinds(kinds)[at], np.arange(len(at))], vocabulary)
    given = pick_given(draw, people, tradition, contact_sex, born, "given name")
    given = _another(given, given == given_name, given_name, tradition, contact_sex, born, draw, people)
    names: Table = people["family_names"]
    columns = [column for column in ("tradition", "gender") if column in names]
    known = {"tradition": tradition, "gender": sex}
    choices: Any = names.by(*columns) if columns else names
    drawn = draw.pick(choices, *(known[column] for column in columns), label="family name")
    # Nobody who is no relative bears the patient's name by chance: the next name of the table instead.
    twin = names["family_name"].take(drawn) == family_name
    other = names["family_name"].take(np.where(twin, (drawn + 1) % len(names), drawn))
    shared = draw.uniform("one family name") < _shared_names(kinds, data["family_customs"], data.country)[at]
    return name(given, where(shared, family_name, other), people)


def _another(
    given: Text, same: Bools, given_name: Text, tradition: Text, sex: Text, born: Dates, draw: Draw, people: Any
) -> Text:
    """The contact is not called as the patient: the first of `TRIES` further names that differs stands in."""
    at = np.flatnonzero(same)
    if not len(at):
        return given
    row = np.repeat(at, TRIES)
    items = draw.take(at).items(np.full(len(at), TRIES))
    further = pick_given(items, people, tradition[row], sex[row], born[row], "another given name")
    differs = (further != given_name[row]).reshape(-1, TRIES)
    index = np.arange(len(given))
    index[at] = len(given) + np.arange(len(at)) * TRIES + np.argmax(differs, axis=1)
    names: Text = concat([given, further])
    return names.take(index)


@lru_cache(maxsize=8)
def _sex_kinds(kinds: Table) -> Ints:
    """Per relationship 0 for women, 1 for men, 2 for the patient's opposite, 3 for either."""
    order = ("female", "male", "opposite", "")
    return np.array([order.index(sex) for sex in kinds.columns["sex"]], dtype=np.int64)


def _shared_names(kinds: Table, customs: Table, country: str) -> Floats:
    """Per relationship the share of contacts who bear the patient's family name."""
    row = customs.of_country(country)
    mother = 0.0 if customs.columns["mother_keeps_name"][row] == "yes" else 1.0
    shares = {"same": 1.0, "other": 0.0, "mother": mother, "spouse": customs.floats("spouses_share_name")[row]}
    return np.array([shares[custom] for custom in kinds.columns["family_name"]])


def contact_fits(age: Ints, marital_status: Text, family_name: Text, emergency_contact: Any, data: Data) -> Bools:
    kind: Text = emergency_contact.relationship
    child_like = kind.isin({"spouse", "partner", "son", "daughter", "friend", "neighbor"})
    names = zip(emergency_contact.name.tolist(), family_name.tolist(), strict=True)
    if is_family_first(data):
        same = [(other or "").startswith(f"{own} ") for other, own in names]
    else:
        same = [(other or "").endswith(f" {own}") for other, own in names]
    bears = np.array(same, dtype=np.bool_)
    unrelated = kind.isin({"friend", "neighbor", "guardian"})
    holds: Bools = ((age >= ADULT) | ~child_like) & ((kind != "spouse") | (marital_status == "married"))
    return holds & ((age >= 36) | ~kind.isin({"son", "daughter"})) & ~(unrelated & bears)
