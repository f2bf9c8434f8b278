from datamimic import Locale

assert Locale.parse("de-AT") == Locale("de", "AT")
assert Locale.parse("DE").language == "de"
