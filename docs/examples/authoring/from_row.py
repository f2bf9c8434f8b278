from datamimic import World, entity, field, from_row


@entity("employer", tables=("common.company_sizes",))
class Employer:
    """An employer: one row of the table decides both fields."""

    row: int = field(lambda draw, data: draw.pick(data["common.company_sizes"]), hidden=True, doc="row of the table")
    size_class: str = field(from_row("common.company_sizes", "size_class", row="row"), doc="how large it is")
    least: int = field(from_row("common.company_sizes", "employees_low", row="row"), doc="least number of people")


assert all(each.least == 1 for each in World("demo")[Employer][0:50] if each.size_class == "micro")
