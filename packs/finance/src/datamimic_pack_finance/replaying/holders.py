"""Names of cardholders as those of people of a world: the same name is always the same other one, by the key."""

from __future__ import annotations

import hmac
import unicodedata
from functools import cached_property

from attrs import field, frozen

from datamimic import SecretKey, World
from datamimic_pack_common import Person
from datamimic_pack_finance.cards.embossing import embossed

_POOL = 4_096


@frozen(slots=False)
class Holders:
    """Other names, of people of a country who do not exist, in the letters and the order of the original."""

    key: SecretKey = field(repr=False)
    locale: str = "en_US"

    @cached_property
    def _secret(self) -> bytes:
        return self.key.derived("holders")

    @cached_property
    def _names(self) -> list[tuple[str, str]]:
        people = World("replay", locale=self.locale)[Person][0:_POOL].select(["given_name", "family_name"]).to_arrow()
        return list(zip(people["given_name"].to_pylist(), people["family_name"].to_pylist(), strict=True))

    def instead_of(self, name: str) -> str:
        """The name that stands for this one: `DOE/JOHN` and `Doe, John` keep their sign, capitals stay capitals; one of the
        4,096 that there are, so that names of many people are fewer afterwards."""
        plain = unicodedata.normalize("NFC", name).strip()
        if not plain:
            return name
        drawn = hmac.digest(self._secret, " ".join(plain.upper().split()).encode(), "sha256")
        given, family = self._names[int.from_bytes(drawn[:8], "big") % _POOL]
        sign = "/" if "/" in plain else ", " if "," in plain else None
        made = f"{given} {family}" if sign is None else f"{family}{sign}{given}"
        return (
            made if plain != plain.upper() else (sign or "").join(map(embossed, made.split(sign) if sign else [made]))
        )
