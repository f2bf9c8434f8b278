from datamimic.formats.documents import Rule

total = Rule("total", "a total is not below zero", lambda text: "<Total>-" not in text)
assert total.holds("<Order><Total>7</Total></Order>")
assert not total.holds("<Order><Total>-7</Total></Order>")
