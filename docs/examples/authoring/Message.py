import io

import pyarrow as pa
from datamimic.formats.documents import EDIFACT, Message, Piece, compact, each, named, of, part, upper


class Orders(Message):
    """Orders of a shop: EDIFACT ORDERS, in one interchange."""

    name = "edifact.orders.d01b"
    suffixes = (".edi",)
    entity = "shop.order"

    def opening(self) -> Piece:
        return EDIFACT.segment("UNB", EDIFACT.components("UNOC", "3"), of("order_no"))

    def document(self) -> Piece:
        body = EDIFACT.group(
            EDIFACT.segment("UNH", of("order_no"), EDIFACT.components("ORDERS", "D", "01B", "UN")),
            EDIFACT.segment("BGM", of("kind", named({"order": "220", "change": "230"})), of("order_no"), "9"),
            EDIFACT.segment("DTM", EDIFACT.components("137", of("placed_on", compact), "102")),
            each("lines", EDIFACT.segment("LIN", None, None, EDIFACT.components(of("code", upper, part(0, 13)), "EN"))),
        )
        return EDIFACT.counted(body, EDIFACT.segment("UNT", of("#units"), of("order_no")))

    def closing(self) -> Piece:
        return EDIFACT.segment("UNZ", of("#count"), of("order_no"))


rows = pa.table(
    {
        "order_no": ["A1"],
        "kind": ["order"],
        "placed_on": pa.array([20_119], pa.int32()).cast(pa.date32()),
        "lines": [[{"code": "x+1"}, {"code": "y"}]],
    }
)
stream = io.BytesIO()
writer = Orders().writer(stream, rows.schema)
for batch in rows.to_batches():
    writer.write(batch)
writer.close()
assert stream.getvalue().decode().split("'\n") == [
    "UNB+UNOC:3+A1",
    "UNH+A1+ORDERS:D:01B:UN",
    "BGM+220+A1+9",
    "DTM+137:20250131:102",
    "LIN+++X?+1:EN",
    "LIN+++Y:EN",
    "UNT+6+A1",
    "UNZ+1+A1",
    "",
]
