"""Literal generators by name, a column at a time."""

from __future__ import annotations

import inspect
import re
from functools import lru_cache
from typing import Any, Final

from attrs import evolve, frozen

from datamimic import Context, DatamimicError, Generator, Spec, World, entity, field, spec_of
from datamimic.columns import Ints
from datamimic.errors import excerpt
from datamimic_models.model import Place
from datamimic_models.xml.calls import Call, Script, read_call
from datamimic_models.xml.checking import nearest
from datamimic_models.xml.faker_moments import Moments, moments_of_faker
from datamimic_models.xml.frames import Frame, root_frame
from datamimic_models.xml.nodes import Node
from datamimic_models.xml.own_code import made_of_own
from datamimic_models.xml.scripts import evaluate
from datamimic_models.xml.setting import Setting, failed
from datamimic_models.xml.values import Typed, Value, of_objects

_COUNTERS: Final = frozenset({"IncrementGenerator"})
"""Generators that count anew below every parent's record."""


@frozen(eq=False)
class MadeByGenerator:
    """`spec` is an entity whose only field the generator makes."""

    world: World
    spec: Spec
    counts: bool
    path: str

    def values(self, frame: Frame) -> Value:
        rows: Ints = frame.index if self.counts else frame.numbers
        batch = self.world.batch(self.spec, rows, path=self.path)
        return Typed(batch.column("value"), self.spec.fields["value"].kind)


@frozen(eq=False)
class MadeByObject:
    """A generator that a Python file of the model has brought: asked for one value after the other."""

    generator: Any

    def values(self, frame: Frame) -> Value:
        return of_objects([self.generator.generate() for _ in range(len(frame))])


@frozen(eq=False)
class MadeBySequence:
    """The next numbers of a sequence of a database: the one that is named, else that of the column that the key fills."""

    setting: Setting
    node: Node
    sequence: str | None

    def values(self, frame: Frame) -> Value:
        place = self.node.at("generator")
        database = self.setting.databases.get(self.node.get("database"))
        if database is None:
            hint = nearest(self.node.get("database"), self.setting.databases) or 'database="…" names it'
            message = f"SequenceTableGenerator of {self.node.get('name')} names no database"
            raise failed("models.unknown_source", message, place, hint)
        table = self.setting.tables.get(frame.path.split("?")[0], frame.name)
        numbers = database.next_numbers(table, self.node.get("name"), self.sequence, len(frame), place)
        return of_objects(numbers)


@frozen(eq=False)
class MadeAs:
    """Moments as a method of Faker gives them."""

    made: Any
    moments: Moments

    def values(self, frame: Frame) -> Value:
        return of_objects([self.moments.shown(each) for each in self.made.values(frame).objects()])


Made = MadeByGenerator | MadeByObject | MadeBySequence | MadeAs
SEQUENCE: Final = "SequenceTableGenerator"


def generator_of(text: str, place: Place, path: str, node: Node, setting: Setting) -> Made:
    """What `IntegerGenerator(min=1, max=5)` names, with the locale of the element. Raises `DatamimicError`."""
    call = read_call(text, place)
    if call.name in setting.generators:
        made: Made = setting.generators[call.name]
        return made
    call = plain_call(call, place, setting)
    if call.name == "DataFakerGenerator":
        moments = moments_of_faker(call, setting.clock.at, place)
        if moments is not None:
            return MadeAs(_made(moments.call, place, path, node, setting), moments)
    return _made(call, place, path, node, setting)


def _made(call: Call, place: Place, path: str, node: Node, setting: Setting) -> Made:
    arguments, positional = dict(call.named), list(call.positional)
    if call.name in setting.own:
        return MadeByObject(made_of_own(Call(call.name, tuple(positional), arguments), setting))
    if call.name == SEQUENCE:
        return MadeBySequence(setting, node, _sequence_named(call.name, positional, arguments, place))
    cls = generator_class(call, place, setting)
    dataset = node.get("dataset") or node.get("locale") or setting.defaults.dataset or setting.defaults.locale or None
    parameters = _parameters(cls)
    for name in ("dataset", "locale"):
        said = node.get(name)
        if said and name in parameters:
            arguments.setdefault(name, said)
    if node.get("rngSeed") and "seed" in parameters:
        arguments.setdefault("seed", int(node.get("rngSeed")))
    try:
        generator = cls(*positional, **arguments)
        seed = generator.world.seed if "seed" in arguments else setting.seed
        world = World(seed, dataset, setting.clock, packs=setting.packs)
        return holding(generator, world, path, counts=cls.__name__ in _COUNTERS)
    except TypeError as error:
        raise failed("models.bad_call", f"{call.name}: {error}", place) from None
    except DatamimicError as error:
        error.file, error.line = place.file, place.line
        raise


@lru_cache(maxsize=128)
def _parameters(cls: type) -> frozenset[str]:
    return frozenset(inspect.signature(cls).parameters)


def plain_call(call: Call, place: Place, setting: Setting) -> Call:
    """The call with plain values: scripts are worked out, weights that are written as text too, and moments are written with
    two digits throughout. The `ssn` of Faker, which looks at the clock of the machine, is that of `SSNGenerator`."""
    named = {name: _value(value, setting, place) for name, value in call.named.items()}
    for name, value in named.items():
        if isinstance(value, str) and name.endswith("_weights"):
            named[name] = _value(Script(value), setting, place)
    positional = tuple(_moment(_value(value, setting, place)) for value in call.positional)
    named = {name: _moment(value) for name, value in named.items()}
    if call.name == "StateTransitionGenerator" and isinstance(
        ways := named.get("transitions", (*positional, None)[0]), list
    ):
        return Call(call.name, (), {**named, "transitions": _by_state(ways, place)})
    if call.name == "DataFakerGenerator" and "ssn" in (*positional[:1], named.get("method")):
        locale = named.get("locale", positional[1] if len(positional) > 1 else None)
        return Call("SSNGenerator", (), {} if locale is None else {"locale": locale})
    return Call(call.name, positional, named)


def _by_state(ways: list[Any], place: Place) -> dict[str, dict[str, float]]:
    """`[("open", "paid", 3), …]` by the state that they leave."""
    made: dict[str, dict[str, float]] = {}
    for way in ways:
        try:
            before, after, weight = way
            made.setdefault(str(before), {})[str(after)] = float(weight)
        except (TypeError, ValueError):
            hint = "transitions=[('open', 'paid', 3), ('open', 'cancelled', 1)]"
            raise failed("models.bad_call", f"{excerpt(way)} is no transition", place, hint) from None
    return made


_LOOSE: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})[ T](\d{1,2}):(\d{1,2})(?::(\d{1,2}))?")


def _moment(value: Any) -> Any:
    """`2055-02-01 0:0:0` as `2055-02-01 00:00:00`."""
    found = _LOOSE.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return value
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
    return f"{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"


def holding(generator: Generator[Any], world: World, path: str, *, counts: bool = False) -> MadeByGenerator:
    """A generator with the world that it draws in; of text, where it does not say what it makes."""
    usual = _spec(generator.python_type or str)
    held = evolve(usual.fields["value"], generator=generator)
    return MadeByGenerator(world, evolve(usual, fields={"value": held}), counts, f"models.xml.{path}")


@lru_cache(maxsize=64)
def _spec(kind: Any) -> Spec:
    """An entity with one field of that type, which generators take turns in: to make a class for each takes long."""
    body = {"__annotations__": {"value": kind}, "value": field(_Nothing()), "__module__": __name__}
    made: type = entity("made")(type("Made", (), body))
    return spec_of(made)


class _Nothing(Generator[Any]):
    """Stands where a generator will."""

    def column(self, context: Context) -> Any:
        raise NotImplementedError


def generator_class(call: Call, place: Place, setting: Setting) -> Any:
    """Raises `DatamimicError` (`models.unknown_generator`)."""
    try:
        return setting.packs.generator(call.name)
    except DatamimicError:
        names = [SEQUENCE, *(name.rpartition(".")[2] for name in setting.packs.generators())]
        hint = nearest(call.name, [*names, *setting.generators, *setting.own])
        message = f"there is no generator {excerpt(call.name)}"
        raise failed("models.unknown_generator", message, place, hint or "dm list-generators") from None


def _sequence_named(name: str, positional: list[Any], arguments: dict[str, Any], place: Place) -> str | None:
    given = [*positional, *arguments.values()]
    if len(given) > 1 or set(arguments) - {"sequence"} or not all(isinstance(each, str) for each in given):
        raise failed(
            "models.bad_call", f"{name} takes the name of a sequence", place, f"{name}(sequence='orders_id_seq')"
        )
    return given[0] if given and given[0] else None


def _value(value: Any, setting: Setting, place: Place) -> Any:
    if not isinstance(value, Script):
        return value
    return evaluate(value.text, root_frame({}), setting, place, "argument").objects()[0]
