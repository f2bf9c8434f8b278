"""Facts and figures of countries stand in tables; pack code names a country only where an algorithm is its own."""

from __future__ import annotations

import ast
from importlib.resources import files
from pathlib import Path

PACKS = Path(__file__).parents[1] / "packs"
COUNTRIES = frozenset(
    line[:2] for line in files("datamimic").joinpath("base/languages.csv").read_text(encoding="utf-8").splitlines()[1:]
)
ALLOWED = {
    "common/company_ids.py": (24, "numbers of companies and for VAT: layouts and check digits"),
    "common/generators/patterns.py": (2, "no countries: operations IN and AT of regular expressions"),
    "common/people/agreement.py": (4, "what numbers of people say of birth, sex and name"),
    "common/people/asian_numbers.py": (1, "Vietnamese numbers are those of citizens"),
    "common/people/belonging.py": (2, "Spanish and Vietnamese numbers tell citizens from others"),
    "common/people/european_numbers.py": (
        2,
        "letters that British numbers leave out; foreigners in Spain have numbers of their own",
    ),
    "common/people/national_ids.py": (18, "which layout and check digits the numbers of people have"),
    "ecommerce/messages/cii/documents.py": (1, "no country: an element ID"),
    "ecommerce/messages/cii/profiles.py": (6, "which country has which specification of bills"),
    "ecommerce/messages/cii/pieces.py": (1, "no country: an element ID"),
    "ecommerce/messages/edifact/desadv.py": (1, "no country: code CN of a reference"),
    "ecommerce/messages/edifact/invoic.py": (1, "no country: code IT of a reference"),
    "ecommerce/messages/edifact/orders.py": (1, "no country: code IT of a reference"),
    "ecommerce/messages/edifact/remadv.py": (1, "no country: code PE of a payee"),
    "ecommerce/messages/ubl/documents.py": (12, "which country has which specification of bills; elements ID"),
    "ecommerce/messages/ubl/pieces.py": (4, "no country: elements ID"),
    "finance/accounts/numbering.py": (1, "check digit of German account numbers"),
    "finance/entities/bank.py": (1, "check digit of American routing numbers"),
    "finance/generators/iban.py": (
        4,
        "check digits of German account numbers; what a British and a German IBAN is made of",
    ),
    "finance/messages/clearing/bacs.py": (1, "the clearing house is British"),
    "finance/messages/clearing/nacha.py": (1, "the clearing house is American"),
    "finance/payments/collecting.py": (2, "layout of SEPA creditor identifiers"),
    "healthcare/clinical/membership.py": (
        2,
        "Vietnamese insurance numbers hold group and province",
    ),
    "healthcare/entities/doctor.py": (1, "layout of Vietnamese licences"),
    "healthcare/hospitals/registration.py": (4, "American NPI and CCN, German institution code"),
    "healthcare/messages/hl7/message.py": (1, "no country: code AR of an answer"),
    "healthcare/messages/hl7/segments.py": (3, "no countries: codes of HL7's tables"),
    "healthcare/messages/x12/claims.py": (4, "no countries: codes of X12"),
    "healthcare/messages/x12/interchange.py": (2, "X12 is American; a code of it"),
    "healthcare/messages/x12/members.py": (5, "no countries: codes of X12"),
    "healthcare/providers/registration.py": (4, "American NPI and DEA, German physician number, Vietnamese licence"),
    "public_sector/careers.py": (1, "grammar of the ranks of German detectives"),
    "public_sector/entities/administration_office.py": (1, "layout of American county codes"),
    "public_sector/naming.py": (3, "grammar of Vietnamese, German and British municipalities"),
    "public_sector/office_places.py": (1, "Vietnamese domains name the province"),
    "public_sector/police/departments.py": (1, "American agencies have an ORI"),
    "public_sector/school_places.py": (1, "check letter of French school numbers"),
}
"""Module -> how many literals it may hold, and the algorithm that they choose."""


def literals(module: Path) -> int:
    """Country codes as text of their own: in comparisons, sets and keys, not within a longer text; defaults aside."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    defaults = {
        id(default)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for default in (*function.args.defaults, *function.args.kw_defaults)
    }
    return sum(
        isinstance(node, ast.Constant) and node.value in COUNTRIES and id(node) not in defaults
        for node in ast.walk(tree)
    )


def test_country_literals_in_pack_code_are_those_of_algorithms() -> None:
    found = {
        module.as_posix().rpartition("/src/datamimic_pack_")[2]: number
        for module in sorted(PACKS.glob("*/src/**/*.py"))
        if "demos" not in module.parts and (number := literals(module))
    }
    allowed = {module: number for module, (number, _) in ALLOWED.items()}
    assert found == allowed, "a fact or figure of a country belongs into a table, such as country_customs"
