"""Everything that is wrong with a model, without making a row."""

from __future__ import annotations

from datamimic import DatamimicError, installed_packs
from datamimic_models.compiling.planning import plan_of
from datamimic_models.model import BadModel, Mistake, Mistakes, Place
from datamimic_models.reading.languages import read_any


def mistakes_of(place: str, *, trusted: bool = False) -> tuple[Mistake, ...]:
    """The mistakes and warnings of a file, in the order of their places. Those of names and keys hide what may follow
    from them: all but mistakes of rules that read no other column."""
    if place.lower().endswith(".xml"):
        from datamimic_models.xml import mistakes_of_model

        return _in_order(mistakes_of_model(place, trust=trusted))
    mistakes = Mistakes()
    try:
        model = read_any(place, mistakes, trusted=trusted)
        plan_of(model, installed_packs(), mistakes, trusted=trusted)
    except BadModel as error:
        mistakes.extend(error.mistakes)
    except DatamimicError as error:
        column = error.details.get("column")
        at = Place(error.file or place, error.line, column if isinstance(column, int) else None)
        mistakes.add(error.code, error.message, at, hint=error.hint)
    return _in_order(mistakes)


def _in_order(mistakes: Mistakes) -> tuple[Mistake, ...]:
    once = dict.fromkeys(mistakes.found)
    return tuple(sorted(once, key=lambda each: (each.place.line or 0, each.place.column or 0)))
