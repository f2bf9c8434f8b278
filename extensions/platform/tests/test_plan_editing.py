"""Choices of a masking plan as changes of its text: only the lines that they are about change."""

from __future__ import annotations

import pytest

from datamimic import DatamimicError
from datamimic_learning import parse_plan
from datamimic_platform.pages.changes import changes
from datamimic_platform.pages.plan_editing import Choice, choices_of, chosen, subjects_of

PLAN = """\
# Looked over.
mask: 1
tables:
  people:
    subjects:
      person:
        of: common.person
        key: [email]
        columns:
          first_name: given_name  # sure
          email: email
    columns:
      id: keep
      card: {method: encrypt, number: card}  # card.number
"""


@pytest.mark.parametrize(
    ("column", "choice", "new", "old"),
    [
        ("id", Choice("hash", "length: 12"), ["      id: {method: hash, length: 12}"], ["      id: keep"]),
        (
            "card",
            Choice("redact", "number: card"),
            ["      card: redact  # card.number"],
            ["      card: {method: encrypt, number: card}  # card.number"],
        ),
        ("first_name", Choice("null"), ["      first_name: 'null'"], ["          first_name: given_name  # sure"]),
        ("id", Choice("subject person", "family_name"), ["          id: family_name"], ["      id: keep"]),
        (
            "email",
            Choice("subject person", "phone"),
            ["          email: phone"],
            ["          email: email"],
        ),
        ("more", Choice("keep"), ["      more: keep"], []),
    ],
)
def test_a_choice_changes_its_lines(column: str, choice: Choice, new: list[str], old: list[str]) -> None:
    made = chosen(PLAN, "people", column, choice)
    lines = changes(PLAN, made)
    assert [each.text for each in lines if each.kind == "added"] == new
    assert [each.text for each in lines if each.kind == "removed"] == old
    parse_plan(made)
    shown = (choices_of(made) or {})["people"][column]
    assert shown.what == choice.what


def test_what_cannot_be_chosen_is_refused_and_the_text_is_as_it_was() -> None:
    assert subjects_of(PLAN) == {"people": ["person"]}
    for choice in (
        Choice("guess"),
        Choice("hash", "length: ["),
        Choice("subject person"),
        Choice("subject nobody", "x"),
    ):
        with pytest.raises(DatamimicError) as refused:
            chosen(PLAN, "people", "id", choice)
        assert refused.value.code == "platform.bad_request"
    assert choices_of("tables: 5") is None and choices_of("a: [") is None
