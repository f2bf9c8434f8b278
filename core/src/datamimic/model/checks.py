"""What holds between the fields of an entity, as its author declares it."""

from __future__ import annotations

from collections.abc import Callable

from datamimic.base.arrays import Bools
from datamimic.errors import DefinitionError
from datamimic.model.generator import parameter_names
from datamimic.model.spec import Check, spec_of
from datamimic.model.supplied import Asker, refused, supplied_to, unknown_parameter


def check(cls: type, sentence: str, *, sql: str = "") -> Callable[[Callable[..., Bools]], Callable[..., Bools]]:
    """Declare what holds for every row of an entity, in a `sentence`: the function gets columns by name and returns booleans.

    It may also ask for `clock`, `now`, `data`, `locale` and `options`. The function's name is the check's name. `sql` is the
    same condition in standard SQL, over the columns as tables name them (`ends_on >= starts_on`): it becomes a CHECK
    constraint of schemas and databases. The contract kit compares the two over the entity's rows. SQLite computes decimals as
    floats: compare sums by `abs(total - net - vat) < 0.005`.
    """
    spec = spec_of(cls)

    def register(function: Callable[..., Bools]) -> Callable[..., Bools]:
        names = parameter_names(function)
        made = Check(function.__name__, sentence, function, names, sql)
        if any(other.name == made.name for other in spec.checks):
            raise DefinitionError("bad_check", f"{cls.__name__} has two checks named {made.name}", hint="rename one")
        for column in made.columns:
            if column not in spec.fields:
                raise unknown_parameter(f"the check {made.name} of {cls.__name__}", column, spec.fields)
        not_given = refused(names, Asker.CHECK)
        if not_given or not made.columns:
            raise DefinitionError(
                "bad_check",
                f"the check {made.name} of {cls.__name__} "
                + (f"asks for {not_given[0]}" if not_given else "reads no column"),
                hint=f"a check reads columns, and of the engine only {', '.join(supplied_to(Asker.CHECK))}",
            )
        spec.own_checks.append(made)
        return function

    return register
