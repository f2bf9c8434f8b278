from datamimic.testing import entities
from datamimic_pack_common import Person
from hypothesis import given, settings


@settings(max_examples=5, deadline=None, derandomize=True)
@given(entities("common.person", locale="de_DE"))
def test_age(person: Person) -> None:
    assert 0 <= person.age < 130


test_age()
