from datamimic.formats.documents import DECLARATION, Piece, each, element, latin, of, part, together

statement: Piece = together(
    DECLARATION,
    element(
        "Stmt",
        {"xmlns": "urn:example:statement"},
        element("Id", of("statement_id")),
        element("Nm", of("holder", latin, part(0, 70))),
        each("entries", element("Ntry", element("Amt", {"Ccy": of("..currency")}, of("amount")))),
    ),
)
assert statement.reads() == {"statement_id", "holder", "entries", "currency"}
