"""Types that are known by their names: of Pydantic, and some of the standard library. None of them is imported."""

from __future__ import annotations

from typing import Any, Final

from attrs import evolve

from datamimic_models.model import ColumnType
from datamimic_models.reading.shapes import Shape

_TEXT: Final = Shape(type=ColumnType("str"))


def _text(format: str) -> Shape:
    return evolve(_TEXT, format=format)


NETWORKS: Final = {"IPv4": r"^10\.[1-9][0-9]?\.[1-9][0-9]?\.0/24$", "IPv6": r"^2001:db8:[1-9a-f][0-9a-f]{0,3}::/48$"}
NAMED: Final[dict[str, Shape]] = {
    "ipaddress.IPv4Address": _text("ipv4"),
    "ipaddress.IPv6Address": _text("ipv6"),
    "ipaddress.IPv4Interface": _text("ipv4"),
    "ipaddress.IPv6Interface": _text("ipv6"),
    "ipaddress.IPv4Network": evolve(_TEXT, pattern=NETWORKS["IPv4"]),
    "ipaddress.IPv6Network": evolve(_TEXT, pattern=NETWORKS["IPv6"]),
    "pathlib.Path": _text("path"),
    "pathlib.PurePath": _text("path"),
    "pydantic.networks.EmailStr": _text("email"),
    "pydantic.networks.NameEmail": _text("email"),
    "pydantic.networks.AnyUrl": _text("uri"),
    "pydantic.networks.AnyHttpUrl": _text("uri"),
    "pydantic.networks.HttpUrl": _text("uri"),
    "pydantic.networks.IPvAnyAddress": _text("ipv4"),
    "pydantic.networks.IPvAnyInterface": _text("ipv4"),
    "pydantic.networks.IPvAnyNetwork": evolve(_TEXT, pattern=NETWORKS["IPv4"]),
    "pydantic.types.AwareDatetime": Shape(type=ColumnType("datetime", zone="UTC")),
    "pydantic.types.Json": Shape(type=ColumnType("json")),
    "pydantic.types.ByteSize": Shape(type=ColumnType("int"), least=0),
    "pydantic.types.FutureDate": Shape(type=ColumnType("date"), format="future"),
    "pydantic.types.FutureDatetime": Shape(type=ColumnType("datetime"), format="future"),
    "pydantic.types.NaiveDatetime": Shape(type=ColumnType("datetime")),
    "pydantic.types.PastDate": Shape(type=ColumnType("date"), format="past"),
    "pydantic.types.PastDatetime": Shape(type=ColumnType("datetime"), format="past"),
    "pydantic.types.SecretBytes": Shape(type=ColumnType("bytes"), secret=True),
    "pydantic.types.SecretStr": Shape(type=ColumnType("str"), secret=True),
}


def named_shape(annotation: Any) -> Shape | None:
    """The shape of a type by its full name; None of one that has none here."""
    if not isinstance(annotation, type):
        return None
    return NAMED.get(f"{annotation.__module__}.{annotation.__qualname__}".replace("pathlib._local.", "pathlib."))
