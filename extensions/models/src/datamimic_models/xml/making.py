"""The values of one key, variable, element or array item, before conditions and converters."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from datamimic import Draw, Permutation, World
from datamimic.columns import Ints
from datamimic.errors import excerpt
from datamimic_models.model import Place
from datamimic_models.patterns.tree import BadPattern
from datamimic_models.rules.text_patterns import PatternGenerator, texts_of
from datamimic_models.xml.calls import read_choices, read_literals, split
from datamimic_models.xml.checking import nearest
from datamimic_models.xml.entities import entity_variable
from datamimic_models.xml.frames import Frame
from datamimic_models.xml.generators import MadeByGenerator, generator_of, holding
from datamimic_models.xml.nodes import Node
from datamimic_models.xml.scripts import evaluate
from datamimic_models.xml.setting import Setting, failed
from datamimic_models.xml.strings import string_values
from datamimic_models.xml.values import Same, Value, of_objects
from datamimic_models.xml.vocabulary import TYPES


def make(node: Node, frame: Frame, setting: Setting, path: str, read_source: Callable[..., Value]) -> Value:
    """One value per record. `read_source` reads a source of this statement."""
    if node.has("script"):
        return evaluate(
            node.get("script"), frame, setting, node.at("script"), path, default=default_of(node, frame, setting, path)
        )
    if node.has("constant"):
        return Same(node.get("constant"), len(frame))
    if node.has("values"):
        return _one_of(node, frame, setting, path)
    if node.has("generator"):
        key = ("generator", node)
        made = setting.once(key, lambda: generator_of(node.get("generator"), node.at("generator"), path, node, setting))
        values: Value = made.values(frame)
        return values
    if node.has("entity"):
        people = setting.once(("entity", node), lambda: entity_variable(node, path, setting))
        rows: Value = people.rows(frame.numbers)
        return rows
    if node.has("source") or node.has("selector") or node.has("iterationSelector"):
        return read_source()
    if node.has("pattern"):
        return pattern_values(node.get("pattern"), frame, setting, path, node)
    if node.has("string"):
        return string_values(node, frame, setting, path)
    if node.has("type"):
        return of_type(node, frame, setting, path)
    if node.has("nullQuota") or node.name == "variable":
        return Same(None, len(frame))
    ways = "script, constant, values, generator, entity, source, pattern, string or type"
    raise failed(
        "models.no_way", f"<{node.name} name={node.get('name')!r}> says no value", node.place, f"one of {ways}"
    )


def default_of(node: Node, frame: Frame, setting: Setting, path: str) -> Value | None:
    """What stands where there is no value: the expression of `defaultValue`, or, where it is none, its text."""
    if not node.has("defaultValue"):
        return None
    text = node.get("defaultValue")
    values = read_literals(text) if text.strip() else [text]
    literal = values[0] if len(values) == 1 else text
    if isinstance(literal, str) and literal == text.strip() and text.strip():
        path_of = text.strip().split(".")
        if all(part.isidentifier() for part in path_of):
            found = frame.resolve(path_of)
            return Same(text, len(frame)) if found is None else found
        return evaluate(text, frame, setting, node.at("defaultValue"), f"{path} default")
    return Same(literal, len(frame))


def _one_of(node: Node, frame: Frame, setting: Setting, path: str) -> Value:
    place = node.at("values")
    choices = setting.once(("values", node), lambda: read_choices(node.get("values")))
    if not choices:
        raise failed("models.bad_value", f"there is nothing among the values {excerpt(node.get('values'))}", place)
    positions = _positions(node, len(choices), frame, setting, path)
    column = setting.once(("choices", node), lambda: of_objects(choices))
    taken: Value = column.take(positions)
    return taken


def _positions(node: Node, size: int, frame: Frame, setting: Setting, path: str) -> Ints:
    draw = setting.draw(frame, path)
    if node.has("weights"):
        weights = setting.once(("weights", node), lambda: read_weights(node, size))
        return weighted(weights, draw)
    kind = node.get("distribution", "uniform")
    if kind in ("ordered", "increment", "step"):
        return frame.index % size
    if node.flag("unique") or kind == "shuffle":
        return once_each(size, frame, draw, node.place, node.flag("unique"))
    return draw.integers(0, size - 1)


def once_each(size: int, frame: Frame, draw: Draw, place: Place, unique: bool) -> Ints:
    """Every one of `size` positions once, in an order of chance, before one comes again."""
    last = int(frame.numbers.max()) + 1 if len(frame) else 0
    if unique and last > size:
        raise failed("models.not_enough", f"{last} records of {size} different values", place, "fewer records")
    made: Ints = Permutation(size, draw.address.labelled("once")).forward(frame.numbers % size)
    return made


def read_weights(node: Node, size: int) -> tuple[float, ...]:
    """The weights of the values of an element. Raises `DatamimicError` (`models.bad_value`)."""
    place = node.at("weights")
    try:
        weights = tuple(float(part) for part in split(node.get("weights")))
    except ValueError:
        weights = ()
    if len(weights) != size or min(weights) < 0 or not 0 < sum(weights) < float("inf"):
        message = f"weights {excerpt(node.get('weights'))} of {size} values"
        raise failed("models.bad_value", message, place, "as many numbers of 0 or more, one of them above 0")
    return weights


def weighted(weights: tuple[float, ...], draw: Draw) -> Ints:
    """Positions, drawn by weights."""
    ends = np.cumsum(np.asarray(weights, dtype=np.float64))
    places = np.searchsorted(ends, draw.uniform() * ends[-1], side="right")
    return np.minimum(places, len(weights) - 1).astype(np.int64)


def pattern_values(pattern: str, frame: Frame, setting: Setting, path: str, node: Node) -> Value:
    """Texts that a regular expression matches; each once where they are `unique`."""
    place = node.at("pattern")
    address = f"{frame.path}.{path}"
    made = setting.once(("pattern", node), lambda: _pattern(pattern, address, node.flag("unique"), setting, place))
    values: Value = made.values(frame)
    return values


def _pattern(pattern: str, path: str, unique: bool, setting: Setting, place: Place) -> MadeByGenerator:
    try:
        generator = PatternGenerator(texts_of(pattern), unique)
    except BadPattern as error:
        raise failed("models.bad_pattern", f"the pattern {excerpt(pattern)}: {error}", place) from None
    world = World(setting.seed, None, setting.clock, packs=setting.packs)
    return holding(generator, world, path)


def of_type(node: Node, frame: Frame, setting: Setting, path: str) -> Value:
    """A random value of the type alone, within `min`, `max`, `minLength` and the like."""
    kind = node.get("type")
    if kind not in TYPES:
        hint = nearest(kind, TYPES) or f"one of {', '.join(TYPES)}"
        raise failed("models.bad_value", f"there is no type {excerpt(kind)}", node.at("type"), hint)
    text = setting.once(("call", node), lambda: generator_call(node, kind))
    made = setting.once(("type", node), lambda: generator_of(text, node.at("type"), path, node, setting))
    values: Value = made.values(frame)
    return values


def generator_call(node: Node, kind: str) -> str:
    """The generator that makes such values, as one would write it."""

    def given(**names: str) -> str:
        said = ((argument, node.get(name).strip()) for argument, name in names.items() if node.has(name))
        return ", ".join(f"{argument}={_number(text)}" for argument, text in said)

    if kind in ("int", "integer"):
        limits = given(min="min", max="max") or "0, 100"
        shuffled = ", distribution='shuffle'" if node.flag("unique") else _distribution(node)
        return f"IntegerGenerator({limits}{shuffled})"
    if kind in ("float", "decimal"):
        limits = given(min="min", max="max", granularity="granularity") or "0, 100, granularity=0.0001"
        return f"FloatGenerator({limits}{_distribution(node)})"
    if kind in ("bool", "boolean"):
        return "BooleanGenerator"
    if kind == "binary":
        mime = f", mime_type={node.get('mimeType')!r}" if node.has("mimeType") else ""
        return f"BinaryGenerator({given(min_len='minLength', max_len='maxLength') or '4, 16'}{mime})"
    if kind in ("date", "datetime"):
        limits = ", ".join(f"{name}={node.get(name)!r}" for name in ("min", "max") if node.has(name))
        return f"DateTimeGenerator({limits or 'random=True'})"
    lengths = given(min_len="minLength", max_len="maxLength") or "1, 16"
    unique = ", unique=True" if node.flag("unique") else ""
    return f"StringGenerator({lengths}, char_set='[A-Za-z]'{unique})"


def _distribution(node: Node) -> str:
    said = node.get("distribution")
    return f", distribution={said!r}" if said and said != "random" else ""


def _number(text: str) -> str:
    try:
        return repr(int(text))
    except ValueError:
        try:
            return repr(float(text))
        except ValueError:
            return repr(text)
