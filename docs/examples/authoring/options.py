from datamimic import Draw, Pack, Registry, World, entity, field, hookimpl, option, options
from datamimic.columns import Ints


@options
class HeightOptions:
    lowest: int = option(150, doc="least height", minimum=50, maximum=250)
    highest: int = option(200, doc="greatest height", minimum=50, maximum=250)
    unit: str = option("cm", doc="unit of the height", choices=("cm", "mm"))

    def __attrs_post_init__(self) -> None:
        if self.lowest > self.highest:
            raise ValueError("lowest is above highest")


def height(draw: Draw, options: HeightOptions) -> Ints:
    return draw.integers(options.lowest, options.highest) * (10 if options.unit == "mm" else 1)


@entity("climber", options=HeightOptions)
class Climber:
    """Somebody who climbs."""

    height: int = field(height, doc="height")


class Alps:
    @hookimpl
    def datamimic_pack(self) -> Pack:
        return Pack("alps", "1.0.0", "Climbers")

    @hookimpl
    def datamimic_entities(self) -> list[type]:
        return [Climber]


tall = World("demo", options={"alps.climber": {"lowest": 190}}, packs=Registry.of(Alps()))
assert all(190 <= each.height <= 200 for each in tall[Climber][0:50])
