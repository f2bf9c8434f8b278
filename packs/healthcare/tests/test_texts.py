"""Texts are in the language of the country, with their English beside them, and say what their row says."""

import csv
import unicodedata
from importlib.resources import files

import pytest

from datamimic import World
from datamimic_pack_healthcare import Doctor, Encounter, Hospital, MedicalDevice, MedicalProcedure, MedicalRecord

FOLDER = files("datamimic_pack_healthcare").joinpath("data")
COUNTRIES = ("US", "GB", "DE", "FR", "VN")
ROWS = 4_000
LABELS = (
    (Doctor, "specialty"), (Hospital, "type"), (Encounter, "reason"), (Encounter, "specialty"), (Encounter, "department"),
    (MedicalDevice, "device_type"), (MedicalDevice, "department"), (MedicalProcedure, "name"), (MedicalProcedure, "specialty"),
)  # fmt: skip


def rows_of(name: str) -> list[dict[str, str]]:
    with FOLDER.joinpath(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def said_in(table: str, column: str) -> set[str]:
    """The words of a table of all countries, or of every country's."""
    names = [
        file.name for file in FOLDER.iterdir() if file.name == f"{table}.csv" or file.name[:-7] == f"{table}_"[:-1]
    ]
    return {row[column] for name in names for row in rows_of(name)} - {""}


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_word_has_a_term(country):
    terms = {(row["kind"], row["english"]) for row in rows_of(f"clinical_terms_{country}.csv")}
    for kind, table, column in (
        ("specialty", f"specialties_{country}", "specialty"), ("department", "department_services", "department"),
        ("service", "department_services", "service"), ("hospital", f"hospital_types_{country}", "hospital_type"),
        ("device", "devices", "device_type"), ("allergy", f"allergies_{country}", "allergy"),
        ("procedure", "procedures", "procedure"), ("reason", f"routine_reasons_{country}", "reason"),
        ("route", "medications", "route"), ("frequency", "medications", "frequency"), ("frequency", "doses", "frequency"),
        ("drug class", "medications", "drug_class"), ("vaccine", f"vaccinations_{country}", "vaccine"),
        ("test", "laboratory_tests", "name"), ("power supply", "devices", "power_supply"), ("log", "device_log_words", "word"),
    ):  # fmt: skip
        missing = {word for word in said_in(table, column) if (kind, word) not in terms}
        assert not missing, (kind, missing)


@pytest.mark.parametrize("country", COUNTRIES)
def test_labels_and_their_english_are_one_to_one(country):
    world = World("texts", country, clock="2025-06-15T00:00:00Z")
    for entity, name in LABELS:
        table = world[entity][0:ROWS].select([name, f"{name}_en"]).to_pandas().astype(object)
        pairs = table.drop_duplicates()
        assert pairs[name].is_unique, (entity, name)
        assert pairs[f"{name}_en"].is_unique, (entity, name)
        same = (table[name] == table[f"{name}_en"]).mean()
        assert same == 1.0 if country == "US" else same < 0.45 or country == "GB", (entity, name, same)


def test_vietnamese_labels_are_vietnamese():
    world = World("texts", "VN", clock="2025-06-15T00:00:00Z")
    for entity, name in LABELS:
        found = [
            unicodedata.normalize("NFD", text).lower()
            for text in world[entity][0:ROWS].select([name]).to_pandas()[name].unique()
        ]
        marked = [text for text in found if "đ" in text or any(map(unicodedata.combining, text))]
        # "Ho", "Suy tim", "Nhi khoa" are Vietnamese without a mark.
        assert len(marked) > 0.85 * len(found), (entity, name, {*found} - {*marked})


@pytest.mark.parametrize("country", ["DE", "FR"])
def test_records_say_both(country):
    world = World("texts", country, clock="2025-06-15T00:00:00Z")
    terms = {(row["kind"], row["english"]): row["term"] for row in rows_of(f"clinical_terms_{country}.csv")}
    names = {row["condition"]: row["name"] for row in rows_of(f"condition_names_{country}.csv")}
    records = world[MedicalRecord][0:300].to_arrow().to_pylist()
    for record in records:
        assert all(item["condition"] == names[item["condition_en"]] for item in record["conditions"])
        assert all(item["indication"] == names[item["indication_en"]] for item in record["medications"])
        parts = ("observations", "immunizations", "procedures", "allergies")
        for part, kind in zip(parts, ("test", "vaccine", "procedure", "allergy"), strict=True):
            assert all(item[kind] == terms[kind, item[f"{kind}_en"]] for item in record[part]), part
    frequencies = {item["frequency"] for record in records for item in record["medications"]}
    assert frequencies <= {term for (kind, _), term in terms.items() if kind == "frequency"}


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_description_says_what_its_row_says(country):
    table = World("texts", country)[MedicalProcedure][0:20_000].select(
        ["name", "side", "specialty", "condition", "duration_minutes", "recovery_time_days", "description", "description_en"]
    ).to_pandas().astype(object)  # fmt: skip
    table = table.where(table.notna(), None)
    facts = table.drop(columns=["description", "description_en"]).drop_duplicates()
    assert 0.9 * len(facts) <= table["description"].nunique()
    assert table["description"].nunique() > 3_000
    for row in table.head(2_000).itertuples():
        head, _, rest = row.description.partition(";")
        assert head.startswith(row.name)
        assert (head != row.name) == (row.side is not None)
        assert row.specialty in rest
        assert (row.condition is None) or row.condition in rest
        assert f" {row.duration_minutes} " in rest
        assert f"{row.duration_minutes} min" in row.description_en
        assert (row.recovery_time_days < 2) or f"{row.recovery_time_days} " in rest
    assert (table.loc[table["side"].notna(), "side"].value_counts(normalize=True) > 0.45).all()


@pytest.mark.parametrize("country", ["US", "VN"])
def test_notes_of_devices_repeat_no_more_than_their_facts(country):
    devices = (
        World("texts", country)[MedicalDevice][0:3_000]
        .select(["maintenance_history", "usage_logs"])
        .to_arrow()
        .to_pylist()
    )
    visits = [visit for device in devices for visit in device["maintenance_history"]]
    uses = [use for device in devices for use in device["usage_logs"]]
    assert len({visit["notes"] for visit in visits}) > 1_000
    assert len({use["notes"] for use in uses}) > 1_000
    assert all(use["notes"] for use in uses)
    none = {row["term"] for row in rows_of(f"clinical_terms_{country}.csv") if row["english"] == "none"}
    for visit in visits[:2_000]:
        assert visit["result"] in visit["notes"]
        assert visit["parts_replaced"] in none or visit["parts_replaced"] in visit["notes"]
