"""Telephones and e-mail address of a person."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product
from string import ascii_lowercase

import numpy as np

from datamimic import Data, Draw, Permutation, Text
from datamimic.columns import Ints, Vocabulary, concat, divided, join
from datamimic_pack_common.contact.telephones import telephone
from datamimic_pack_common.demographics.population import PersonOptions
from datamimic_pack_common.people.letters import ascii_of, german_ascii_of
from datamimic_pack_common.people.naming import in_letters, umlauts_spelt_out

DOMAINS = ("example.com", "example.net", "example.org")
"""Second-level domains that RFC 2606 keeps for examples: mail to them reaches nobody."""
HOSTS = ("mail", "post", "inbox", "mx", "letters", "webmail", "home", "box")
NUMBERS = 1_000
ATTEMPTS = 20
"""One of a hundred numbers is equal by chance each time, so that none is after so many."""
# Pieces of an address together with what stands beside them: every piece less is a look-up less.
THREE_LETTERS = Vocabulary(["".join(three) for three in product(ascii_lowercase, repeat=3)])
NUMBERED_HOSTS = Vocabulary([f"{number:03d}@{host}-" for host in HOSTS for number in range(NUMBERS)])
DOMAINS_DOTTED = Vocabulary([f".{domain}" for domain in DOMAINS])


def area(place: Ints, data: Data) -> Text:
    return data["places"]["area_code"].take(place)


def phone(area: Text, draw: Draw, data: Data, options: PersonOptions) -> Text:
    return telephone(draw, data["phone_plans"], area, "landline", options.identifiers)


def mobile_phone(area: Text, phone: Text, draw: Draw, data: Data, options: PersonOptions) -> Text:
    """Another number than the landline's: some countries have one block for both, of a hundred numbers that are safe."""
    made = telephone(draw, data["phone_plans"], area, "mobile", options.identifiers)
    for attempt in range(ATTEMPTS):
        same = np.flatnonzero(made == phone)
        if not len(same):
            break
        label = f"instead {attempt} "
        other = telephone(
            draw.take(same), data["phone_plans"], area.take(same), "mobile", options.identifiers, label=label
        )
        source = np.arange(len(made))
        source[same] = len(made) + np.arange(len(same))
        made = concat([made, other]).take(source)
    return made


def email(given_name: Text, first_family_name: Text, rows: Ints, draw: Draw, data: Data) -> Text:
    """given.family, a number, and a host of a domain that is reserved for examples.

    Number, host and domain come from a permutation of the row number, so that no two people share an address.
    """
    given = in_letters(given_name, data["given_names"], "given_name", "latin")
    family = in_letters(first_family_name, data["family_names"], "family_name", "latin")
    fold = mailbox_spelling(data)
    hosts = len(HOSTS) * 26**3
    space = NUMBERS * hosts * len(DOMAINS)
    number = Permutation(space, draw.address.labelled("mailbox")).forward(rows % space)
    number, domain = divided(number, len(DOMAINS))
    host, digits = divided(number, NUMBERS)
    host, letters = divided(host, 26**3)
    return join(
        given.map(fold),
        ".",
        family.map(fold),
        Text.coded(host * NUMBERS + digits, NUMBERED_HOSTS),
        Text.coded(letters, THREE_LETTERS),
        Text.coded(domain, DOMAINS_DOTTED),
    )


def mailbox_spelling(data: Data) -> Callable[[str], str]:
    """How names are written in mailboxes of the country."""
    return german_mailbox if umlauts_spelt_out(data) else mailbox


def mailbox(name: str) -> str:
    if name.isascii() and name.isalpha():
        return name.lower()
    return re.sub("[^a-z]", "", ascii_of(name).lower()) or "x"


def german_mailbox(name: str) -> str:
    return mailbox(german_ascii_of(name))
