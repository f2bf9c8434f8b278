from datamimic import Context, Generator, Text, World, entity, field
from datamimic.columns import join, number_text


class Numbered(Generator[str]):
    """The text of another field, and the number of the row."""

    python_type = str

    def __init__(self, source: str) -> None:
        self.needs = (source,)

    def column(self, context: Context) -> Text:
        return join(context.column(self.needs[0]), "-", number_text(context.rows))


@entity("page")
class Page:
    """A page."""

    book: str = field(lambda rows: Text.constant("B", len(rows)), doc="book")
    page_id: str = field(Numbered("book"), key=True, doc="id")


assert World("demo")[Page][7].page_id == "B-7"
