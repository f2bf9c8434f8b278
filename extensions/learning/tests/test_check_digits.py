"""Numbers with check digits, against python-stdnum; and the table of forms."""

from __future__ import annotations

import random
import re
from importlib import import_module

import pytest

from datamimic_learning.finding.form import all_forms, bare
from datamimic_learning.finding.terms import identifies

ORACLES = {
    "German tax identification number": ("de.idnr", "[1-9]##########"),
    "French social security number": ("fr.nir", "1##0475########"),
    "French tax number": ("fr.nif", "0############"),
    "NHS number": ("gb.nhs", "4#########"),
    "Spanish DNI": ("es.dni", "########A"),
    "Spanish NIE": ("es.nie", "X#######A"),
    "Dutch BSN": ("nl.bsn", "1########"),
    "Belgian national number": ("be.nn", "850715#####"),
    "Austrian social insurance number": ("at.vnr", "1###010180"),
    "Polish PESEL": ("pl.pesel", "440514#####"),
    "Swedish personnummer": ("se.personnummer", "800101####"),
    "Norwegian fødselsnummer": ("no.fodselsnummer", "010180#####"),
    "Finnish henkilötunnus": ("fi.hetu", "010180-###A"),
    "Portuguese NIF": ("pt.nif", "2########"),
    "Romanian CNP": ("ro.cnp", "180010101####"),
    "Bulgarian EGN": ("bg.egn", "800101####"),
    "Turkish identity number": ("tr.tckimlik", "1##########"),
    "Estonian or Lithuanian personal code": ("ee.ik", "3800101####"),
    "Greek AMKA": ("gr.amka", "010180#####"),
    "Croatian OIB": ("hr.oib", "###########"),
    "JMBG": ("si.emso", "0101980500###"),
    "Brazilian CPF": ("br.cpf", "#########%%"),
    "Argentine CUIT or CUIL": ("ar.cuit", "20#########"),
    "Chilean RUT": ("cl.rut", "1#######%"),
    "Canadian SIN": ("ca.sin", "1########"),
    "Japanese Individual Number": ("jp.in_", "############"),
    "Indian Aadhaar number": ("in_.aadhaar", "2###########"),
    "Chinese resident identity number": ("cn.ric", "11010119800101####"),
    "Thai identity number": ("th.pin", "1############"),
    "South African identity number": ("za.idnr", "8001015###08#"),
    "Israeli identity number": ("il.idnr", "#########"),
    "Australian tax file number": ("au.tfn", "#########"),
    "IMEI": ("imei", "35#############"),
    "ISBN-10": ("isbn", "##########"),
    "ABA routing number": ("us.rtn", "02#######"),
    "French SIREN": ("fr.siren", "#########"),
    "Brazilian CNPJ": ("br.cnpj", "############%%"),
}
"""Form -> module of python-stdnum, and a shape: `#` is any digit, `%` too, `A` any letter."""


@pytest.mark.parametrize("what", ORACLES)
def test_a_number_is_valid_only_where_the_oracle_says_so(what: str) -> None:
    module, shape = ORACLES[what]
    oracle = import_module(f"stdnum.{module}")
    form = next(each for each in all_forms() if each.what == what and each.check and not each.written)
    draw = random.Random(what)
    agreed, refused = 0, 0
    for _ in range(1500):
        body = re.sub(r"\[1-9\]", lambda _: draw.choice("123456789"), shape)
        text = "".join(
            {
                "#": draw.choice("0123456789"),
                "%": draw.choice("0123456789"),
                "A": draw.choice("ABCDEFGHJKLMNPRSTWXYZ"),
            }.get(sign, sign)
            for sign in body
        )
        mine, theirs = form.matches(text, bare(text)), bool(oracle.is_valid(text))
        assert theirs or not mine, text
        agreed += mine
        refused += theirs and not mine
    assert agreed or shape.endswith("%%")
    assert refused <= 0.4 * agreed, "we also ask for months and areas that there are, but for no more"


@pytest.mark.parametrize("form", all_forms(), ids=lambda form: f"{form.meaning} {form.what}")
def test_the_lengths_of_a_form_are_those_of_its_pattern(form: object) -> None:
    parser = import_module("re._parser")
    low, high = parser.parse(form.pattern.pattern).getwidth()  # type: ignore[attr-defined]
    assert form.length[0] >= low and form.length[1] <= max(high, form.length[0])  # type: ignore[attr-defined]
    assert 0 < form.chance <= 1 and form.strength > 0  # type: ignore[attr-defined]


def test_technical_meanings_identify_nobody() -> None:
    assert {identifies(form.meaning) for form in all_forms() if form.meaning.startswith("technical.")} == {"none"}
