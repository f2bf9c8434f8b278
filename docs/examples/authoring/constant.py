from datamimic import World, constant, entity, field


@entity("coin")
class Coin:
    """A coin."""

    metal: str = field(constant("copper"), doc="what it is made of")


assert {coin.metal for coin in World("demo")[Coin][0:9]} == {"copper"}
