from datamimic import World, country_code, entity, field


@entity("stamp")
class Stamp:
    """A postage stamp."""

    country: str = field(country_code(), doc="who issued it")


assert World("demo", "de_DE")[Stamp][0].country == "DE"
