"""What columns mean: measured against labels of eight schemas, of two more that were held out, and one by one."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from datamimic import installed_packs, spec_of
from datamimic_models.meanings import recognise
from datamimic_models.meanings.words import split
from datamimic_models.model import Check, Column, ColumnType, ForeignKey, Model, Table

sys.path.insert(0, str(Path(__file__).parent / "meanings"))
import measure

TEXT = ColumnType("str")


def table(name: str, *columns: str | Column, **said: object) -> Table:
    made = tuple(each if isinstance(each, Column) else Column(name=each, type=TEXT) for each in columns)
    return Table(name=name, columns=made, **said)  # type: ignore[arg-type]


def meanings(of: Table, locale: str = "en_US") -> dict[str, str]:
    return {name: each.meaning for name, each in recognise(of, locale=locale).columns.items()}


@pytest.mark.skipif(measure.SHARED is None, reason="the shared schemas are not beside the checkout")
def test_columns_of_the_shared_schemas_get_the_meanings_that_a_person_gave_them() -> None:
    assert measure.SHARED is not None
    whole = measure.Figures()
    for name, labels in measure.LABELS.items():
        measure.measure(measure.SHARED / name, labels, whole)
    assert whole.wanted > 200
    assert whole.recall >= 0.95, "\n".join(whole.notes)
    assert whole.precision >= 0.95, "\n".join(whole.notes)


@pytest.mark.parametrize("name", measure.HELD_OUT)
def test_columns_of_schemas_that_were_held_out_do_too(name: str) -> None:
    figures = measure.measure(measure.HERE / name, measure.HELD_OUT[name])
    assert figures.recall >= 0.9 and figures.precision >= 0.95, "\n".join(figures.notes)


def test_every_recognition_names_a_field_that_exists() -> None:
    packs = installed_packs()
    for name in measure.HELD_OUT:
        model = measure.read(measure.HERE / name)
        for each in model.tables:
            for found in recognise(each, model).columns.values():
                spec_of(packs.entity(found.subject.entity)).kind_at(found.field)
                assert 0.5 < found.score <= 1 and repr(found.column) in " ".join(found.evidence)


@pytest.mark.parametrize(
    ("locale", "of", "wanted"),
    [
        (
            "fr_FR",
            table("clients", "nom", "prenom", "ville", "code_postal", "date_naissance", "telephone"),
            ["family_name", "given_name", "city", "postal_code", "birth_date", "phone"],
        ),
        (
            "pt_BR",
            table("funcionarios", "nome_completo", "cargo", "sobrenome", "cpf", "cidade", "cep"),
            ["full_name", "job_title", "family_name", "tax_id", "city", "postal_code"],
        ),
        (
            "vi_VN",
            table("khach_hang", "ho", "ten", "ho_ten", "dia_chi", "so_dien_thoai", "cccd"),
            ["family_name", "given_name", "full_name", "line", "phone", "national_id"],
        ),
        (
            "ja_JP",
            table("kokyaku", "sei", "mei", "furigana", "yubin_bango", "jusho", "keitai_bango"),
            ["family_name", "given_name", "name_kana", "postal_code", "line", "mobile_phone"],
        ),
        (
            "ja_JP",
            table("kokyaku", "myouji", "yuubin_bangou", "juusho", "denwa_bangou", "shokugyou"),
            ["family_name", "postal_code", "line", "phone", "job_title"],
        ),
        (
            "de_DE",
            table("kunde", "kd_vorname", "hsnr", "familienst", "geschaeftsfuehrer"),
            ["given_name", "house_number", "marital_status", "full_name"],
        ),
    ],
)
def test_names_in_other_languages(locale: str, of: Table, wanted: list[str]) -> None:
    types = {"date_naissance": ColumnType("date")}
    columns = tuple(Column(name=each.name, type=types.get(each.name, TEXT)) for each in of.columns)
    found = meanings(Table(name=of.name, columns=columns), locale)
    assert [found[each.name].partition(".")[2] for each in of.columns] == wanted


def test_a_table_of_few_words_is_in_the_language_of_the_model() -> None:
    client = table("client", "nom_famille", "prenom", "ville", "code_postal", "telephone", "metier")
    article = table("article", "libelle", Column(name="prix", type=ColumnType("decimal", precision=9, scale=2)))
    assert "libelle" not in meanings(article)
    found = recognise(article, Model(name="m", tables=(client, article))).columns
    assert {name: each.meaning for name, each in found.items()} == {"libelle": "product.name", "prix": "product.price"}


def test_a_state_is_one_of_a_country_where_something_says_so() -> None:
    assert meanings(table("server", "hostname", "state", "size")) == {}
    assert meanings(table("depot", "city", "state"))["state"] == "address.state"
    assert meanings(table("customers", "state")) == {"state": "address.state"}
    kilograms = Column(name="poids_kg", type=ColumnType("decimal", precision=5, scale=1))
    assert meanings(table("patients", kilograms), "fr_FR") == {"poids_kg": "person.weight"}


def test_a_name_is_that_of_what_the_table_is_about() -> None:
    assert meanings(table("customers", "name")) == {"name": "person.full_name"}
    assert meanings(table("products", "name")) == {"name": "product.name"}
    assert meanings(table("cities", "name")) == {"name": "city.name"}
    assert meanings(table("countries", "name")) == {"name": "country.name"}
    assert meanings(table("suppliers", "name")) == {"name": "company.name"}
    assert meanings(table("hospitals", "name")) == {"name": "hospital.name"}
    assert meanings(table("settings", "name")) == {}


@pytest.mark.parametrize(
    "name", ["first_name", "firstName", "FIRST_NAME", "FirstName", "first-name", "firstname", "cust_first_name"]
)
def test_names_may_be_written_in_any_way(name: str) -> None:
    assert meanings(table("customers", name)) == {name: "person.given_name"}


def test_codes_of_enterprises_and_names_of_companies() -> None:
    assert meanings(table("subscribers", "fname", "gender_cd", "city_nm", "st_cd", "zip_cd", "cntry_cd", "cell_ph")) == {
        "fname": "person.given_name", "gender_cd": "person.gender", "city_nm": "address.city",
        "st_cd": "address.state_letters", "zip_cd": "address.postal_code", "cntry_cd": "address.country_code",
        "cell_ph": "person.mobile_phone",
    }  # fmt: skip
    assert meanings(table("merchants", "legal_name", "website"))["legal_name"] == "company.name"
    assert meanings(table("kokyaku", "sei", "mei", "kaisha_mei"))["kaisha_mei"] == "company.name"


def test_the_type_decides_which_field_it_is() -> None:
    def one(name: str, kind: ColumnType) -> str | None:
        return meanings(table("customers", Column(name=name, type=kind))).get(name)

    assert one("country", TEXT) == "address.country"
    assert one("country", ColumnType("str", length=2)) == "address.country_code"
    assert one("state", ColumnType("str", length=2)) == "address.state_letters"
    assert one("state", ColumnType("str", length=40)) == "address.state"
    assert one("gender", ColumnType("str", length=1)) == "person.gender_letter"
    assert one("gender", ColumnType("str", length=10)) == "person.gender"
    assert one("gender", ColumnType("str", choices=("M", "F"))) == "person.gender"
    assert one("gender", ColumnType("str", choices=("red", "green"))) is None
    assert one("gender", ColumnType("bool")) is None
    assert one("first_name", ColumnType("int")) is None
    assert one("income", ColumnType("decimal", precision=5, scale=2)) is None
    assert one("income", ColumnType("decimal", precision=10, scale=2)) == "person.income"
    assert one("zip", ColumnType("str", length=3)) is None


def test_subjects_are_told_apart_by_the_words_around() -> None:
    found = recognise(
        table(
            "employees", "first_name", "last_name", "email", "city", "manager_name", "manager_email", "emergency_contact_name"
        )
    )  # fmt: skip
    groups = {name: (each.subject.entity, each.group) for name, each in found.columns.items()}
    assert {groups[name] for name in ("first_name", "last_name", "email", "city")} == {("common.person", "")}
    assert {groups[name] for name in ("manager_name", "manager_email")} == {("common.person", "manager")}
    assert groups["emergency_contact_name"] == ("common.person", "emergency")
    found = recognise(table("orders", "billing_city", "billing_zip", "shipping_city", "shipping_zip", "status"))
    assert {name: each.field for name, each in found.columns.items()} == {
        "billing_city": "billing_address.city",
        "billing_zip": "billing_address.postal_code",
        "shipping_city": "shipping_address.city",
        "shipping_zip": "shipping_address.postal_code",
        "status": "status",
    }
    assert {each.subject.entity for each in found.columns.values()} == {"ecommerce.order"}


def test_what_somebody_has_at_work_is_theirs() -> None:
    of = table("staff", "given_name", "work_email", "home_phone", "work_city")
    assert {name: each.subject.group for name, each in recognise(of).columns.items()} == {
        "given_name": "", "work_email": "", "home_phone": "", "work_city": "work",
    }  # fmt: skip
    several = recognise(table("staff", "given_name", "email", "private_email")).columns
    assert several["private_email"].subject.group == "home"


def test_a_patient_is_a_person_and_a_visit_has_one() -> None:
    found = recognise(table("patients", "first_name", "city", "blood_group"))
    assert {str(each.subject) for each in found.columns.values()} == {"healthcare.patient"}
    assert [each.field for each in found.columns.values()] == ["given_name", "address.city", "blood_type"]
    found = recognise(table("appointments", "patient_name", "doctor_name", "hospital_name", "reason_code"))
    assert {str(each.subject) for each in found.columns.values()} == {"healthcare.encounter"}
    assert [each.field for each in found.columns.values()] == [
        "patient.name",
        "doctor.name",
        "hospital.name",
        "reason_code",
    ]


def test_keys_rules_and_checks_come_first() -> None:
    keys = Table(
        name="customers",
        columns=(Column(name="email", type=TEXT), Column(name="city", type=TEXT), Column(name="phone", type=TEXT)),
        primary_key=("email",),
        foreign_keys=(ForeignKey(columns=("city",), parent_table="cities", parent_columns=("name",)),),
    )
    found = recognise(keys)
    assert list(found.columns) == ["email", "phone"]  # whose values come once, so that a key can mean it
    assert found.others == {"city": "a reference to cities"}
    assert recognise(evolve(keys, primary_key=("phone",), foreign_keys=())).others == {"phone": "the key of the table"}
    number = ColumnType("decimal", precision=10, scale=2)
    for expression, kept in (
        ("salary > 0", True),
        ("0 <= salary and salary <= 500000", True),
        ("(salary is None) or (salary >= 10)", True),
        ("salary > bonus", True),
        ("salary % 1000 == 1 or salary == 7", False),
        ("salary in [1, 2]", False),
        ("other > 3", True),
    ):
        checked = Table(name="staff", columns=(Column(name="salary", type=number),), checks=(Check(expression),))
        assert ("salary" in recognise(checked).columns) is kept, expression
    country = Table(
        name="customers",
        columns=(Column(name="country", type=ColumnType("str", length=2)),),
        checks=(Check("bool(re.search('^[A-Z]{2}$', country))"),),
    )
    assert meanings(country) == {"country": "address.country_code"}
    for name, expression, meaning in (
        ("mail", "mail == mail.strip().lower()", "person.email"),
        ("mail", "mail == mail.lower() and mail == mail.upper()", None),
        ("city", "city.upper() == city", "address.city"),
        ("email", "bool(re.search('(?i:^[A-Z0-9._%+-]+@[A-Z0-9.-]+[.][A-Z]{2,}$)', email))", "person.email"),
        ("phone", "bool(re.search('^[+]?[0-9 ()-]{7,20}$', phone))", "person.phone"),
        ("phone", "bool(re.search('^[a-z]+$', phone))", None),
    ):
        checked = Table(name="members", columns=(Column(name=name, type=TEXT),), checks=(Check(expression),))
        assert meanings(checked).get(name) == meaning, expression
    parent = Table(name="cities", columns=(Column(name="name", type=TEXT),))
    assert recognise(parent, Model(name="m", tables=(parent, keys))).others == {
        "name": "a key that customers refers to"
    }


@pytest.mark.parametrize(
    "name",
    [
        "customer_id", "email_verified", "phone_type", "address_id", "file_name", "is_email", "city_count",
        "last_name_changed_by", "address2", "created_by", "x", "_", "", "1", "étage",
    ],
)  # fmt: skip
def test_what_only_sounds_like_it_means_nothing(name: str) -> None:
    assert meanings(table("things", name)) == {}


def test_what_the_author_says_counts() -> None:
    said = Column(name="x", type=TEXT, means="person.given_name", of="boss")
    field = Column(name="y", type=TEXT, means="healthcare.patient.blood_type")
    found = recognise(table("things", said, field))
    assert (found.columns["x"].meaning, found.columns["x"].group) == ("person.given_name", "boss")
    assert str(found.columns["y"].subject) == "healthcare.patient"
    assert recognise(table("t", Column(name="x", type=TEXT, means="no.such"))).others == {"x": "no meaning is no.such"}


def test_explanations_are_in_words() -> None:
    found = recognise(table("kunden", "vorname"), locale="de_DE").columns["vorname"].to_dict()
    assert found["evidence"][0] == "name 'vorname' says 'vorname': first given name (German)"
    assert "the table is about a person" in found["evidence"]
    assert "type str fits" in found["evidence"]
    assert (found["field"], found["meaning"]) == ("given_name", "person.given_name")


@settings(max_examples=150)
@given(
    st.text(max_size=40),
    st.lists(st.text(max_size=30), max_size=6, unique=True),
    st.sampled_from(["str", "int", "bool", "date", "json", "decimal"]),
)
def test_any_names_are_read_and_always_to_the_same(name: str, columns: list[str], kind: str) -> None:
    of = Table(name=name, columns=tuple(Column(name=each, type=ColumnType(kind)) for each in columns))  # type: ignore[arg-type]
    found = recognise(of)
    assert {*found.columns} | {*found.others} == set(columns)
    assert found == recognise(of)


def test_words_of_names() -> None:
    assert split("customerFirst_name2") == ("customer", "first", "name", "2")
    assert split("HTTPServerName") == ("http", "server", "name")
    assert split("Größe-Straße") == ("groesse", "strasse")
    assert split("số_điện_thoại") == ("so", "dien", "thoai")
