"""Every message of every pack: what may be broken in it, and each of its rules, is broken as often as is asked, with a key
that says how, and can be seen in the texts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import cast

import pytest

from datamimic import World, installed_packs
from datamimic.engine.breaking.columns import kinds_of
from datamimic.engine.breaking.kinds import KINDS
from datamimic.engine.breaking.planning import declared
from datamimic.formats.documents import Message
from datamimic.output.messages import Messages

ROWS = {"iso8583": 300, "fhir": 60, "edifact.invrpt": 200}
"""Of families of which some messages have little in them; of others `ROWS_OF_OTHERS`."""
ROWS_OF_OTHERS = 40
IN_PLACE = ("missing", "duplicate", "out_of_order")
"""What breaks the order of the texts, and no text."""
MISSED_STAYS = {"healthcare.encounter": {"encounter_class": "IMP", "outcome": "no-show"}}
LOCALES = {"DE": "de_DE", "US": "en_US", "GB": "en_GB", "FR": "fr_FR", "VN": "vi_VN"}
VERSION = re.compile(r"\.(d96a|d01b|001\.\d\d|2\.1|[13]\.0)$|(?<=\.ack)_[a-z]\d\d$")
RULES = 3
"""Rules of a message that are broken beside all else."""
WRITTEN = {
    "swift.MT103": ":72:/REJT/",
    "iso20022.pacs.002.001.10": "<TxSts>RJCT</TxSts>",
    "hl7.2.5.1.ack_t02": "\rMSA|AR|",
    "edifact.ordrsp.d96a": "+27'",
    "fhir.r4.bundle": "entered-in-error",
}
"""What says in a message that it, or something in it, is refused."""
WITHOUT_ANSWERS = {"ubl", "en16931", "peppol", "xrechnung", "factur_x", "bacs", "nacha"}
"""Families of which nobody answers a message by one of the family: nothing in them is rejected."""


def _names() -> list[str]:
    """Of versions of one message, and of the acknowledgements of HL7, the last."""
    known = installed_packs().messages()
    names = [name for name in known if cast("type[Message]", installed_packs().message(name)).same_as not in known]
    return [*{VERSION.sub("", name): name for name in names}.values()]


@lru_cache(maxsize=8)
def _world(country: str, missed: bool) -> World:
    return World("every message", locale=LOCALES[country], options=MISSED_STAYS if missed else {})


def _messages(name: str) -> Messages:
    cls = cast("type[Message]", installed_packs().message(name))
    return _world(next(each for each in LOCALES if cls.suits(each)), name.endswith("_a11")).message(name)


def _means(messages: Messages) -> dict[str, str]:
    """What each kind of break, and each of the lists, means: the column that it changes."""
    return kinds_of(declared(messages.rows, messages.message))


@pytest.mark.parametrize("name", _names())
def test_what_can_be_broken_is_broken_once_and_is_seen(name: str) -> None:
    clean = _messages(name)[0 : next((rows for one, rows in ROWS.items() if name.startswith(one)), ROWS_OF_OTHERS)]
    means, texts = _means(clean), clean.texts()
    rules = clean.message.negatives()
    able = [each.name for each in rules if any(each.broken(text, place) for place, text in enumerate(texts))]
    assert len({each.name for each in rules}) == len(rules) and len(able) > RULES, able
    kinds = [*(each for each in means if "." not in each), *_of_lists(means)]
    asked = [*kinds, *able[:RULES]]
    broken = clean.broken(**dict.fromkeys(asked, 1))
    key = broken.answers().to_pylist()
    assert Counter(each["kind"] for each in key) == Counter(asked)
    assert all(each["original"] != each["broken"] for each in key if each["field"] is not None)
    before, after = Counter(texts), Counter(broken.texts())
    changed = len(asked) - sum(kind in asked for kind in IN_PLACE)
    assert (before - after).total() == changed + ("missing" in asked)
    assert (after - before).total() == changed + ("duplicate" in asked)
    assert any(WRITTEN.get(name, "") in text for text in after - before)


def _of_lists(means: dict[str, str]) -> Iterator[str]:
    """Of each list the last kind that changes a value: items that are missing are not seen where nothing is written of one."""
    for one in sorted({each.rpartition(".")[0] for each in means if "." in each}):
        yield from [each for each, column in means.items() if column and each.rpartition(".")[0] == one][-1:]


def test_every_family_takes_every_kind_of_break() -> None:
    taken: dict[str, set[str]] = {}
    for name in _names():
        taken.setdefault(name.partition(".")[0], set()).update(
            each.rpartition(".")[2] for each in _means(_messages(name))
        )
    left_out = {family: {*KINDS} - kinds for family, kinds in taken.items() if {*KINDS} - kinds}
    assert left_out == {family: {"rejected"} for family in WITHOUT_ANSWERS}
