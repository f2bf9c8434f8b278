from datamimic import World, entity, field, weighted


@entity("branch")
class Branch:
    """A branch of a company."""

    country: str = field(weighted("common.countries", "country_code"), doc="where, as many as people live there")
    size_class: str = field(weighted("common.company_sizes", "size_class"), doc="how large it is")


found = [each.country for each in World("demo")[Branch][0:2_000]]
assert found.count("IN") > found.count("LU")
