from datamimic.formats.documents import block, comma, compact, latin, lines, of, part, tagged, text_block, together

transfer = together(
    block(1, "F01", of("sender_bic"), "0000000000"),
    text_block(
        tagged("20", of("reference", latin, part(0, 16))),
        tagged("32A", of("value_date", compact, part(2)), of("currency"), of("amount", comma)),
        tagged("50K", lines([of("payer", latin, part(0, 35)), of("payer_town", latin, part(0, 35))], 4)),
    ),
)
assert "value_date" in transfer.reads()
