import pyarrow as pa
from datamimic import LineFormat, setting


class Dashed(LineFormat):
    """Rows whose values have dashes between them."""

    name = "dashed"
    suffixes = (".dash",)
    dashes: int = setting(1, "How many dashes.", check=lambda many: None if many > 0 else "it is 1 or more")

    def lines(self, batch: pa.RecordBatch) -> bytes:
        rows = zip(*(column.to_pylist() for column in batch.columns), strict=True)
        return "".join(f"{('-' * self.dashes).join(map(str, row))}\n" for row in rows).encode()


assert Dashed(dashes=2).lines(pa.RecordBatch.from_pydict({"a": [1], "b": ["x"]})) == b"1--x\n"
