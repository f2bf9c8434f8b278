"""The unit of a column, as its name says it or as it stands behind the numbers in its texts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

_UNITS: Final = {
    "%": ("pct", "percent", "percentage", "prozent", "%"),
    "kg": ("kg", "kgs", "kilogram", "kilograms"), "g": ("grams", "gram", "gramm"), "mg": ("mg",), "lb": ("lb", "lbs", "pounds"),
    "t": ("tons", "tonnes"),
    "km": ("km", "kilometers", "kilometres"), "m": ("meters", "metres", "meter"), "cm": ("cm",), "mm": ("mm",),
    "mi": ("miles", "mi"), "ft": ("ft", "feet"), "in": ("inches", "inch"),
    "km/h": ("kmh", "kph", "km/h"), "mph": ("mph",), "m²": ("sqm", "m2", "m²", "qm"), "ft²": ("sqft",),
    "l": ("liters", "litres", "liter"), "ml": ("ml",),
    "s": ("seconds", "secs", "sec"), "ms": ("ms", "millis", "milliseconds"), "min": ("minutes", "mins"), "h": ("hours", "hrs"),
    "d": ("days",), "months": ("months",), "a": ("years",),
    "°C": ("celsius", "°c"), "°F": ("fahrenheit", "°f"), "K": ("kelvin",),
    "W": ("watts", "watt"), "kW": ("kw",), "kWh": ("kwh",), "V": ("volts", "volt"), "Hz": ("hz",),
    "MHz": ("mhz",), "GHz": ("ghz",),
    "B": ("bytes",), "kB": ("kb",), "MB": ("mb",), "GB": ("gb",),
    "hPa": ("hpa",), "mmHg": ("mmhg",), "bpm": ("bpm",), "kcal": ("kcal",),
    "EUR": ("eur", "euro", "euros", "€"), "USD": ("usd", "dollars", "$"), "GBP": ("gbp", "£"), "CHF": ("chf",), "JPY": ("jpy",),
    "PLN": ("pln",), "SEK": ("sek",),
}  # fmt: skip
_OF_WORD: Final = {word: unit for unit, words in _UNITS.items() for word in words}
_WORDS: Final = re.compile(r"[A-Za-z²°/€$£%]+\d?")
_IN_BRACKETS: Final = re.compile(r"[(\[]\s*([^)\]]{1,8})\s*[)\]]")
_BEHIND: Final = re.compile(r"^[+-]?\d[\d.,]*\s?(%|°[CF]|[a-zA-Zµ²³/€$£]{1,6})$|^([€$£])\s?\d")


def unit_in_name(name: str) -> str | None:
    """`kg` of `weight_kg`, `Weight (kg)` and `weightKg`; None where the last word is no unit."""
    if found := _IN_BRACKETS.search(name):
        word = found[1].strip()
        return word if word in _UNITS else _OF_WORD.get(word.lower())
    words = _WORDS.findall(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.replace("_", " ")))
    return _OF_WORD.get(words[-1].lower()) if words else None


def unit_in_texts(texts: Sequence[str]) -> str | None:
    """The unit behind nearly all numbers; None where there is none, or several."""
    found = Counter(match[1] or match[2] for each in texts if (match := _BEHIND.match(each)))
    if not found:
        return None
    word, count = found.most_common(1)[0]
    return (word if word in _UNITS else _OF_WORD.get(word.lower(), word)) if count >= 0.95 * len(texts) else None
