from datamimic import Meaning, Pack, Registry, entity, field, hookimpl, serial


@entity("meter")
class Meter:
    """A meter."""

    code: str = field(serial("M-########"), doc="what is printed on it")


class Energy:
    @hookimpl
    def datamimic_pack(self) -> Pack:
        return Pack("energy", "1.0.0", "Meters")

    @hookimpl
    def datamimic_entities(self) -> list[type]:
        return [Meter]

    @hookimpl
    def datamimic_meanings(self) -> list[Meaning]:
        return [
            Meaning(name="meter", fields=["energy.meter"], names={"en": ("meter",), "de": ("zähler",)}),
            Meaning(
                name="meter.code",
                fields=["energy.meter.code"],
                names={"en": ("meter code", "meter number"), "de": ("zählernummer",)},
                pattern=r"M-\d{8}",
            ),
        ]


meanings = Registry.of(Energy()).meanings()
assert list(meanings) == ["meter", "meter.code"]
assert meanings["meter.code"].recognises("M-00000017")
