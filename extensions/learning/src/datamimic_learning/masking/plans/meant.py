"""What becomes of columns by what they mean: fields of people, and kinds of numbers with check digits."""

from __future__ import annotations

from typing import Final

FIELDS: Final = {
    "person.given_name": "given_name", "person.given_names": "given_name", "person.middle_name": "middle_name",
    "person.family_name": "family_name", "person.first_family_name": "first_family_name",
    "person.second_family_name": "second_family_name", "person.maiden_name": "family_name", "person.full_name": "full_name",
    "person.name_with_title": "full_name", "person.name_kana": "name_kana", "person.email": "email", "person.phone": "phone",
    "person.mobile_phone": "mobile_phone", "person.birth_date": "birthdate", "person.age": "age", "person.gender": "gender",
    "person.gender_letter": "gender", "person.salutation": "salutation", "person.birth_place": "place_of_birth",
    "address.street": "address.street", "address.house_number": "address.house_number", "address.line": "address.line",
    "address.city": "address.city", "address.postal_code": "address.postal_code", "address.state": "address.state",
    "address.state_code": "address.state_code", "address.state_letters": "address.state_code",
    "address.district": "address.district", "address.full": "address.full_address",
    "address.phone": "phone", "address.fax": "address.fax", "card.holder": "name", "account.holder": "name",
    "emergency_contact.name": "name",
    "emergency_contact.phone": "mobile_phone", "review.author": "name", "school.head": "name",
}  # fmt: skip
"""Fields of `common.person` by what columns mean."""
DEVICES: Final = ("device.mac_address",)
"""What is encrypted although it need be nobody's: of a telephone it leads to who carries it."""
KEPT_IN_PARTS: Final = ("gender", "salutation", "address.state", "address.state_code")
"""Fields that tell nobody apart: of parts of documents they stay, since who takes a place has them of the original."""
WITH_PEOPLE: Final = ("address.state", "address.state_code", "address.state_letters")
"""What is replaced where a city beside it is, though it is nobody's alone."""
NUMBERS_OF: Final = {"card.number": "card", "account.iban": "iban", "device.imei": "luhn"}
NATIONAL_NUMBERS: Final = {
    ("US", "person.ssn"): "us_ssn", ("FR", "person.ssn"): "fr_nir", ("CA", "person.ssn"): "luhn",
    ("DE", "person.tax_id"): "de_idnr", ("ES", "person.tax_id"): "es_nif", ("ES", "person.national_id"): "es_nif",
    ("BR", "person.tax_id"): "br_cpf", ("BR", "person.national_id"): "br_cpf", ("IN", "person.national_id"): "in_aadhaar",
    ("GB", "patient.record_number"): "gb_nhs",
}  # fmt: skip
PARTS: Final = (
    *sorted({*FIELDS.values()} - {*KEPT_IN_PARTS}), *sorted({*NUMBERS_OF.values(), *NATIONAL_NUMBERS.values()}), "encrypt",
    "redact",
)  # fmt: skip
"""What parts of documents can become: fields of another person, kinds of numbers, signs of the same kinds, `***`."""
