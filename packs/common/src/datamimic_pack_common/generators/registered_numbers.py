"""Numbers that registers give out: CPF, CNPJ, SSN, EAN, VIN, IMEI, licence plates.

Where a register keeps numbers for examples or tests, these are the default; see `identifiers` of each generator.
"""

from __future__ import annotations

from random import Random

import numpy as np
from numpy.typing import NDArray

from datamimic import Context, LiteralGenerator, Permutation, Table, Text
from datamimic.columns import divided, from_bytes
from datamimic.errors import InvalidOption, excerpt
from datamimic_pack_common import check_digits
from datamimic_pack_common.check_digits import places, with_check, written
from datamimic_pack_common.generators.names import EVERYBODY, separate
from datamimic_pack_common.people import ages, american_numbers, naming, national_ids, number_holder, origins


def _mode(identifiers: str) -> bool:
    if identifiers not in ("safe", "valid"):
        raise InvalidOption("invalid_option", f"identifiers is {excerpt(identifiers)}", hint="one of safe, valid")
    return identifiers == "safe"


class _Numbers(LiteralGenerator[str]):
    python_type = str

    def __init__(self, identifiers: str = "safe", *, rng: Random | None = None, seed: str | int | None = None) -> None:
        super().__init__(rng=rng, seed=seed)
        self._safe = _mode(identifiers)

    def numbered(self, context: Context, space: int) -> NDArray[np.int64]:
        """Different numbers in range(space) for `space` rows in succession."""
        return Permutation(space, context.draw.address.labelled("numbers")).forward(context.rows % space)


class CPFGenerator(_Numbers):
    """Brazilian personal tax numbers, `123.456.789-09`. No range is kept for tests."""

    def column(self, context: Context) -> Text:
        return american_numbers.cpf(self.numbered(context, 10**8), context.draw.integers(0, 9, "region"))


class CNPJGenerator(_Numbers):
    """Brazilian company numbers of head offices, `12.345.678/0001-95`. No range is kept for tests."""

    def column(self, context: Context) -> Text:
        number = self.numbered(context, 10**8)
        digits = np.concatenate([places(number, 8), places(np.ones(len(number), np.int64), 4)], axis=1)
        for weights in ((5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2), (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)):
            rest = check_digits.weighted_sum(digits, weights) % 11
            digits = with_check(digits, np.where(rest < 2, 0, 11 - rest))
        return written("##.###.###/####-##", digits)


class SSNGenerator(LiteralGenerator[str]):
    """The number of the national social insurance, or else of the identity register or tax office, by country."""

    tables = ("common.places", "common.population", "common.family_names")
    python_type = str

    def __init__(
        self,
        locale: str | None = None,
        identifiers: str = "safe",
        *,
        dataset: str | None = None,
        rng: Random | None = None,
        seed: str | int | None = None,
    ) -> None:
        super().__init__(dataset=locale or dataset, rng=rng, seed=seed)
        self._safe = _mode(identifiers)

    def column(self, context: Context) -> Text:
        draw, data = context.draw, context.world.data(type(self))
        sex = ages.sex(separate(draw, "sex"), data, EVERYBODY)
        # Everybody is an adult here: some numbers are given out at 14, 16 or 18 only.
        age = np.maximum(ages.age(sex, separate(draw, "age"), data, EVERYBODY), 18)
        born = ages.birthdate(age, separate(draw, "born"), context.clock)
        place = origins.place(separate(draw, "place"), data)
        tradition = naming.tradition(place, separate(draw, "tradition"), data)
        family = naming.first_family_name(tradition, sex, separate(draw, "family"), data)
        told = {
            "sex": sex, "age": age, "birthdate": born, "birth_place": place, "place": place, "first_family_name": family,
            "nationality": Text.constant(context.locale.country, len(place)),
        }  # fmt: skip
        holder = number_holder.Holder(data, self._safe, told.__getitem__)
        country = context.locale.country
        for kinds in (national_ids.SOCIAL, national_ids.NATIONAL, national_ids.TAX):
            if country in kinds:
                kind = kinds[country]
                space = kind.safe if self._safe else kind.valid
                order = Permutation(space, draw.address.labelled("numbers"))
                return kind.write(holder, order.forward(context.rows % space))
        raise InvalidOption(
            "invalid_locale", f"no number is known for {country}", hint="US, DE, VN, GB, FR, ES, BR, IN, JP or CA"
        )


RESERVED_PREFIX = 952
"""What GS1 keeps for examples."""


class EANGenerator(_Numbers):
    """EAN-13. `safe`: prefix 952, which GS1 keeps for examples; `valid`: the prefix of the locale's country."""

    def __init__(
        self,
        locale: str | None = None,
        identifiers: str = "safe",
        *,
        rng: Random | None = None,
        seed: str | int | None = None,
    ) -> None:
        LiteralGenerator.__init__(self, dataset=locale, rng=rng, seed=seed)
        self._safe = _mode(identifiers)
        self.tables = () if self._safe else ("common.registered_numbers",)

    def column(self, context: Context) -> Text:
        low = high = RESERVED_PREFIX
        if not self._safe:
            table = context.data["common.registered_numbers"]
            row = table.of_country(context.locale.country)
            low, high = (int(table.ints(column)[row]) for column in ("gs1_first", "gs1_last"))
        prefix = context.draw.integers(low, high, "prefix")
        digits = np.concatenate([places(prefix, 3), places(self.numbered(context, 10**9), 9)], axis=1)
        return written("#############", with_check(digits, check_digits.gs1(digits)))


class IMEIGenerator(_Numbers):
    """IMEI. `safe`: reporting body 00, kept for test equipment; `valid`: a body that approves devices."""

    def column(self, context: Context) -> Text:
        draw = context.draw
        bodies = np.array([1, 35, 86, 91, 99])
        body = np.zeros(len(draw), np.int64) if self._safe else bodies[draw.integers(0, len(bodies) - 1, "body")]
        digits = np.concatenate([places(body, 2), places(self.numbered(context, 10**12), 12)], axis=1)
        return written("###############", with_check(digits, check_digits.luhn(digits)))


_VIN_LETTERS = b"ABCDEFGHJKLMNPRSTUVWXYZ"
_VIN_VALUES = dict(
    zip("ABCDEFGHJKLMNPRSTUVWXYZ0123456789", [*range(1, 9), *range(1, 6), 7, 9, *range(2, 10), *range(10)], strict=True)
)
_VIN_WEIGHTS = np.array([8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2])
_MODEL_YEARS = b"ABCDEFGHJKLMNPRSTVWXY123456789"
"""Model years 1980 to 2009, then again from 2010."""


def _makers(table: Table, country: str) -> tuple[str, ...]:
    """All makers of the country, in the order of the table."""
    own = table.columns["country_code"][table.of_country(country)]
    pairs = zip(table.columns["country_code"], table.columns["maker"], strict=True)
    return tuple(maker for code, maker in pairs if code == own)


class VINGenerator(_Numbers):
    """Vehicle identification numbers (ISO 3779) with check digit.

    `safe`: the manufacturer 9ZZ, which nobody has; `valid`: a maker of the locale's country. The model year lies
    between `first_year` and `last_year`.
    """

    def __init__(
        self,
        locale: str | None = None,
        identifiers: str = "safe",
        first_year: int = 2010,
        last_year: int = 2025,
        *,
        rng: Random | None = None,
        seed: str | int | None = None,
    ) -> None:
        LiteralGenerator.__init__(self, dataset=locale, rng=rng, seed=seed)
        self._safe = _mode(identifiers)
        if not 1980 <= first_year <= last_year <= 2039:
            raise InvalidOption(
                "impossible_constraint", f"{first_year} to {last_year} are no model years within 1980 to 2039"
            )
        self._years = (first_year, last_year)
        self.tables = () if self._safe else ("common.vehicle_makers",)

    def column(self, context: Context) -> Text:
        draw = context.draw
        makers = ("9ZZ",) if self._safe else _makers(context.data["common.vehicle_makers"], context.locale.country)
        heads = np.array([[ord(letter) for letter in maker] for maker in makers], dtype=np.uint8)
        matrix = np.empty((len(draw), 17), dtype=np.uint8)
        matrix[:, :3] = heads[draw.one_of(makers, "maker")]
        letters = np.frombuffer(_VIN_LETTERS, dtype=np.uint8)
        number = self.numbered(context, 23**4 * 10**7)
        number, serial = divided(number, 10**6)
        number, variant = divided(number, 10)
        matrix[:, 3:7] = letters[number[:, None] // 23 ** np.arange(4) % 23]
        matrix[:, 7] = ord("0") + variant
        matrix[:, 9] = np.frombuffer(_MODEL_YEARS, dtype=np.uint8)[(draw.integers(*self._years, "year") - 1980) % 30]
        matrix[:, 10] = letters[draw.integers(0, 22, "plant")]
        matrix[:, 11:] = places(serial, 6) + ord("0")
        matrix[:, 8] = ord("0")
        values = np.zeros(128, dtype=np.int64)
        for letter, value in _VIN_VALUES.items():
            values[ord(letter)] = value
        rest = (values[matrix] * _VIN_WEIGHTS).sum(axis=1) % 11
        matrix[:, 8] = np.where(rest == 10, ord("X"), ord("0") + rest)
        return from_bytes(matrix)


_CONSONANTS = b"BCDFGHJKLMNPRSTVWXYZ"


class LicensePlateGenerator(_Numbers):
    """Licence plates in the form of the country; where a letter never comes first, it does here."""

    tables = ("common.registered_numbers",)

    def __init__(self, locale: str | None = None, *, rng: Random | None = None, seed: str | int | None = None) -> None:
        LiteralGenerator.__init__(self, dataset=locale, rng=rng, seed=seed)
        self._safe = True

    def column(self, context: Context) -> Text:
        table = context.data["common.registered_numbers"]
        pattern = table.columns["licence_plate"][table.of_country(context.locale.country)]
        space = 1
        for mark in pattern:
            space *= {"?": len(_CONSONANTS), "#": 10}.get(mark, 1)
        number = self.numbered(context, space)
        matrix = np.empty((len(number), len(pattern)), dtype=np.uint8)
        letters = np.frombuffer(_CONSONANTS, dtype=np.uint8)
        for place in range(len(pattern) - 1, -1, -1):
            if pattern[place] == "?":
                number, letter = divided(number, len(letters))
                matrix[:, place] = letters[letter]
            elif pattern[place] == "#":
                number, digit = divided(number, 10)
                matrix[:, place] = ord("0") + digit
            else:
                matrix[:, place] = ord(pattern[place])
        return from_bytes(matrix)
