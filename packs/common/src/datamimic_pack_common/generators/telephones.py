"""PhoneNumberGenerator: telephone numbers of a country."""

from __future__ import annotations

from random import Random

from datamimic import Context, Draw, LiteralGenerator, Text
from datamimic.errors import InvalidOption, excerpt
from datamimic_pack_common.contact.telephones import telephone


class PhoneNumberGenerator(LiteralGenerator[str]):
    """Telephone numbers in international form, `+44 20 7946 0018`, by default such as nobody has.

    area_code    digits without trunk prefix; drawn among the country's, as frequent as their inhabitants, without it
    is_mobile    mobile instead of landline
    national     as dialled within the country
    identifiers  safe: from blocks reserved for fiction, where the country has some; valid: of the ordinary form
    """

    tables = ("common.phone_plans", "common.places")
    python_type = str

    def __init__(
        self,
        dataset: str | None = None,
        area_code: str | None = None,
        is_mobile: bool = False,
        *,
        national: bool = False,
        identifiers: str = "safe",
        rng: Random | None = None,
        seed: str | int | None = None,
    ) -> None:
        super().__init__(dataset=dataset, rng=rng, seed=seed)
        if identifiers not in ("safe", "valid"):
            raise InvalidOption("invalid_option", f"identifiers is {excerpt(identifiers)}", hint="one of safe, valid")
        if area_code is not None and not (area_code.isascii() and area_code.isdigit()):
            raise InvalidOption(
                "invalid_option", f"area_code is {excerpt(area_code)}", hint="digits without trunk prefix"
            )
        self._area_code = area_code
        self._kind = "mobile" if is_mobile else "landline"
        self._national = national
        self._identifiers = identifiers

    def column(self, context: Context) -> Text:
        data, draw = context.data, context.draw
        if self._area_code is None:
            places = data["common.places"]
            area = places["area_code"].take(draw.pick(places, label="place"))
        else:
            area = Text.constant(self._area_code, len(draw))
        numbers = Draw(draw.address.labelled("number"), draw.rows)
        return telephone(
            numbers, data["common.phone_plans"], area, self._kind, self._identifiers, national=self._national
        )
