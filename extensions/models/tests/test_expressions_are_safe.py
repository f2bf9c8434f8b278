"""Nobody gets out of an expression, and none takes the machine: known ways out of Python's sandboxes, and bombs."""

from __future__ import annotations

import tracemalloc
from typing import Any

import numpy as np
import pytest
from attrs import frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from datamimic import Clock, DatamimicError, Draw
from datamimic.columns import Text
from datamimic.columns.value_types import Str
from datamimic_models.expressions import Row, Scope, parse
from datamimic_models.expressions.limits import LONGEST_TEXT, MOST_ITEMS
from datamimic_models.expressions.regexes import Match
from datamimic_models.expressions.values import plain

CODES = {"models.bad_expression", "models.expression_failed", "models.expression_too_large"}


@frozen
class Secretive:
    """A record whose attributes but `shown` and class are nobody's business."""

    shown: int
    _hidden: str = "hidden"

    def method(self) -> str:
        return "called"


ROWS = np.arange(3, dtype=np.int64)
NAMES: dict[str, Any] = {
    "x": 3,
    "name": "Ada",
    "record": Secretive(1),
    "pairs": {"a": 1, "__class__": 2},
    "items": [1, 2],
}

ESCAPES = [
    # attributes that lead from an object to everything
    "().__class__",
    "().__class__.__bases__[0].__subclasses__()",
    "''.__class__.__mro__[1].__subclasses__()[104].__init__.__globals__['sys']",
    "name.__class__",
    "name.__doc__",
    "[].__len__()",
    "(1).__add__(2)",
    "record.__dict__",
    "record._hidden",
    "record.method()",
    "record.method",
    "record.__class__.__name__",
    "items.__iter__",
    "x.real.__class__",
    "x.imag",
    "x.numerator",
    "len.__self__",
    "math.__loader__",
    "json.codecs",
    "re.sre_compile.sys",
    "random._os.system('id')",
    "random.SystemRandom()",
    "datetime.sys",
    "uuid.os.system('id')",
    "json.decoder.scanner",
    "math.floor.__self__",
    # names that Python has built in
    "__import__('os').system('id')",
    "__builtins__",
    "__name__",
    "__debug__",
    "eval('1')",
    "exec('1')",
    "compile('1', '', 'eval')",
    "open('/etc/passwd').read()",
    "getattr(name, '__class__')",
    "setattr(record, 'shown', 2)",
    "delattr(record, 'shown')",
    "hasattr(name, 'lower')",
    "globals()",
    "locals()",
    "vars(record)",
    "dir()",
    "type(name)",
    "type('X', (), {})",
    "object()",
    "super()",
    "input()",
    "breakpoint()",
    "help()",
    "exit()",
    "id(name)",
    "hash(name)",
    "print(1)",
    "iter(items)",
    "next(items)",
    "memoryview(name)",
    "bytes(3)",
    "bytearray(3)",
    "classmethod(len)",
    "property(len)",
    "staticmethod(len)",
    "isinstance(name, str)",
    # letters that Python takes for others
    "ｇｅｔａｔｔｒ(name, 'lower')",
    "__ｉｍｐｏｒｔ__('os')",
    "name.__ｃlass__",
    "().__𝒸lass__",
    # formats that ask for attributes
    "'{0.__class__}'.format(name)",
    "'{x.__class__.__mro__}'.format(x=1)",
    "'{0[0]}'.format(items)",
    "'{:{}}'.format(1, 2)",
    "'{0.shown}'.format(record)",
    "'{x.__init__.__globals__}'.format(x=record)",
    "'{a}'.format_map(pairs)",
    "f'{name.__class__}'",
    "f'{name!r:{name.__class__}}'",
    "f'{().__class__!r}'",
    "'%(__class__)s' % record",
    "format(record, '__class__')",
    # what is no expression of values
    "(lambda: 1)()",
    "(lambda f: f(f))(lambda f: f(f))",
    "lambda: 1",
    "sorted([1], key=lambda x: x.__class__)",
    "sorted([1], key=eval)",
    "sorted([1], key=name.__class__)",
    "map(getattr, [name])",
    "[y := 1, y]",
    "(y := name.__class__)",
    "[c for c in ().__class__.__base__.__subclasses__()]",
    "[f for f in [lambda: 1]][0]()",
    "(f() for f in [1])",
    "[x for x in [1] if __import__('os')]",
    "(i for i in []).gi_frame",
    "(i for i in []).gi_frame.f_globals",
    "[i async for i in items]",
    "(yield 1)",
    "(yield from items)",
    "await name",
    "*items",
    "len(*items)",
    "dict(**pairs)",
    "{**pairs}",
    "x @ x",
    "b'abc'",
    "1j",
    "...",
    "import os",
    "x; import os",
    "x\nimport os",
    "def f(): pass",
    "@name\ndef f(): pass",
    "class X: pass",
    "del x",
    "x = 1",
    "x += 1",
    "assert x",
    "with name: pass",
    "name.encode('utf8')",
    "name.encode('rot13')",
    "name.translate({65: 'B'})",
    "name.maketrans('a', 'b')",
    "str.format('{}', 1)",
    "str.join(',', ['a'])",
    "int.from_bytes('a', 'big')",
    "dict.fromkeys('ab')",
    "items.append(3)",
    "items.sort()",
    "items.clear()",
    "pairs.update(a=2)",
    "pairs.pop('a')",
    "pairs.setdefault('b', 2)",
    "items.__setitem__(0, 1)",
    # modules of ours and what they do not have
    "re.sub('a', lambda m: 'b', name)",
    "re.sub('a', len, name)",
    "re.compile('a')",
    "re.search('(?e)', name)",
    "re.search('a', name).re",
    "re.search('a', name).string",
    "re.search('a', name).starts",
    "json.loads('1', object_hook=len)",
    "json.loads('1', cls=len)",
    "json.dumps(x, default=len)",
    "json.dumps(x, cls=len)",
    "json.load(name)",
    "Decimal('1').getcontext()",
    "decimal.getcontext()",
    "Decimal('1', context=1)",
    "Decimal((0, (1, 2), 3))",
    "Decimal('1').exp()",
    "datetime.now(tz=1)",
    "datetime.strptime('1', '%c%q')",
    "datetime.min",
    "date.today().__class__",
    "now().tzinfo",
    "now().replace(tzinfo=1)",
    "random.seed(1)",
    "random.setstate(1)",
    "uuid.uuid1()",
    "uuid.getnode()",
    "uuid4().node",
    "time.sleep(10)",
    "os.system('id')",
    "sys.exit()",
    "subprocess.run('id')",
    "pd.read_pickle('x')",
    "np.load('x')",
    "requests.get('x')",
    "hashlib.md5(name)",
]

BOMBS = [
    "'x' * 10**9",
    "10**9 * 'x'",
    "[0] * 10**9",
    "(1, 2) * 10**9",
    "10**10**10",
    "2**2**2**2**2**2",
    "9**9**9",
    "(-2)**10**9",
    "1 << 10**10",
    "(1 << 4000) << 4000",
    "(1 << 4000) * (1 << 4000)",
    "math.factorial(10**9)",
    "math.comb(10**9, 10**8)",
    "math.perm(10**9)",
    "math.perm(10**9, 10**8)",
    "math.prod(range(1, 10**9))",
    "math.lcm(*range(10))",
    "pow(2, 10**10)",
    "pow(3, 10**10, 10**10**3)",
    "round(10**300, -10**9)",
    "round(1.5, 10**9)",
    "int('9' * 90000)",
    "int('z' * 90000, 36)",
    "int(Decimal('1e1000000'))",
    "int(Decimal('1e6000'))",
    "Decimal('1e999999999') + 1",
    "Decimal(10) ** 10**9",
    "Decimal('9' * 90000)",
    "str(10**4000)",
    "list(range(10**12))",
    "sum(range(10**12))",
    "max(range(10**12))",
    "sorted(range(10**9))",
    "1.5 in range(10**12)",
    "tuple(range(10**12))",
    "set(range(10**12))",
    "[x for x in range(10**12)]",
    "[1 for a in range(1000) for b in range(1000) for c in range(1000)]",
    "any(False for a in range(10**5) for b in range(10**5))",
    "sum(sum(range(1000)) for a in range(10**5))",
    "[[[[[[0] * 99] * 99] * 99] * 99] * 99] * 99",
    "[a + a for a in [[b + b for b in ['x' * 90000]]] for i in range(9999)]",
    "str([[['x' * 9999] * 99] * 9])",
    "[s * 1000 for s in ['x' * 100] * 9999]",
    "['x' * 90000 + str(i) for i in range(9999)]",
    "'{:>1000000000}'.format(1)",
    "'{:.1000000000f}'.format(1)",
    "'{0:9999999999}{0:9999999999}'.format('a')",
    "'{}' * 90000",
    "('{0}' * 30000).format('x' * 1000)",
    "f'{1:>1000000000}'",
    "f'{1:{10**9}}'",
    "f'{1.5:.{10**9}f}'",
    "f'{now():' + 'x'",
    "'%1000000000d' % 1",
    "'%.1000000000f' % 1",
    "'%*d' % (10**9, 1)",
    "'%s' * 30000 % (('x' * 1000,) * 30000)",
    "format(1, '1000000000')",
    "'a'.ljust(10**9)",
    "'a'.center(10**9)",
    "'a'.zfill(10**9)",
    "'\\t'.expandtabs(10**9)",
    "'a'.replace('', 'x' * 90000).replace('x', 'y' * 90000)",
    "('a' * 90000).replace('a', 'b' * 90000)",
    "('x' * 90000).join(['a'] * 9999)",
    "','.join('x' * 90000 for i in range(9999))",
    "('a' * 90000).split('a')",
    "list('a' * 90000)",
    "('a' * 99999).rfind('a' * 50000 + 'b')",
    "re.search('(a+)+$', 'a' * 90000 + 'b')",
    "re.match('(a|a)*$', 'a' * 90000 + 'b')",
    "re.search('(.*)(.*)(.*)(.*)(.*)x', 'a' * 90000)",
    "re.search('((a{1000}){1000}){1000}', 'a')",
    "re.search('(' * 5000, 'a')",
    "re.search('a' * 90000, 'a')",
    "re.sub('', 'x' * 90000, 'a' * 90000)",
    "re.sub('a', 'b' * 90000, 'a' * 90000)",
    "re.findall('', 'a' * 90000)",
    "re.split('', 'a' * 90000)",
    "json.loads('[' * 90000)",
    "json.loads('[' * 9000 + ']' * 9000)",
    "json.loads('9' * 90000)",
    "json.dumps('x', indent=10**9)",
    "json.dumps([[['x' * 9999] * 99] * 9])",
    "random.choices([1], k=10**9)",
    "random.sample(range(10**12), 10**9)",
    "[random.random() for i in range(10**6)]",
    "random.getrandbits(10**9)",
    "timedelta(days=10**9) * 10**9",
    "date(2024, 1, 1) + timedelta(days=10**8)",
    "datetime.strptime('1' * 90000, '%Y' * 90000)",
    "now().strftime('%Y' * 90000)",
    "zip(range(10**12))",
    "enumerate(range(10**12))",
    "dict(zip(range(10**6), range(10**6)))",
    "{i: 'x' * 9999 for i in range(10**6)}",
    "sorted(['x' * 50000 + str(i) for i in range(9999)])",
    "min('x' * 90000, key=lambda c: sum(range(1000)))",
    "list(map(lambda a: list(map(lambda b: list(range(999)), range(999))), range(999)))",
    "chr(10**9)",
    "'\\ud800' + 'a'",
    "chr(0xd800)",
    "+".join(["1"] * 6000),
    "(" * 300 + "1" + ")" * 300,
    "[" * 150 + "]" * 150,
    "-" * 9000 + "1",
    "not " * 2000 + "1",
    "x" + ".a" * 4000,
    "x" + "[0]" * 2000,
    "1 if 1 else " * 500 + "1",
    "lambda: " * 900 + "1",
    "f'{" * 40 + "1" + "}'" * 40,
    "x" * 20000,
    "\x00",
    "\ud800",
    "9" * 9000,
    "1e" + "9" * 2000 + " * 0 + x.y.z",
]


def tried(text: str) -> str | None:
    """The code that the expression is refused with, read or worked out in each form; None where it gives a value."""
    draw = Draw(("s", "a.b", "c"), ROWS)
    values = {**NAMES}
    kinds = {"t": Str()}
    scope = Scope(ROWS, kinds, {"t": Text.of(["a", "b", "c"])}.__getitem__, draw, Clock.parse(None), values)
    code = None
    for way in ("row", "values"):
        try:
            expression = parse(text)
            made = expression.row(Row(values, 1, draw, Clock.parse(None))) if way == "row" else expression.values(scope)
            for each in made if way == "values" else [made]:
                _is_plain(each)
        except DatamimicError as error:
            code = error.code
    assert code is None or code in CODES
    return code


def _is_plain(value: Any) -> None:
    """Nothing but plain values comes out of an expression."""
    if not isinstance(value, Match):
        plain(value)
    for inner in value if isinstance(value, list | tuple | frozenset) else ():
        _is_plain(inner)


@pytest.mark.parametrize("text", ESCAPES)
def test_a_way_out_is_refused(text: str) -> None:
    assert tried(text) in ("models.bad_expression", "models.expression_failed")


@pytest.mark.parametrize("text", BOMBS, ids=range(len(BOMBS)))
def test_a_bomb_is_refused_or_is_small(text: str) -> None:
    tracemalloc.start()
    try:
        tried(text)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 100_000_000


def test_what_is_refused_where_it_is_not_taken_is_not_worked_out() -> None:
    assert parse("'x' * 10**9 if x > 3 else 'small'").row(Row(NAMES)) == "small"


def test_an_attribute_of_a_record_is_read_by_its_name_alone() -> None:
    assert parse("record.shown").row(Row(NAMES)) == 1
    assert parse("pairs.a").row(Row(NAMES)) == 1


def test_values_within_the_bounds_are_made() -> None:
    assert len(parse(f"'x' * {LONGEST_TEXT}").row(Row({}))) == LONGEST_TEXT
    assert len(parse(f"list(range({MOST_ITEMS}))").row(Row({}))) == MOST_ITEMS


def test_a_batch_of_long_texts_does_not_take_all_memory() -> None:
    rows = np.arange(20_000, dtype=np.int64)
    scope = Scope(rows, {"t": Str()}, {"t": Text.of([str(row) for row in rows.tolist()])}.__getitem__)
    with pytest.raises(DatamimicError, match="too much memory") as caught:
        parse("(t + 'x') * 10000").column(scope)
    assert caught.value.code == "models.expression_too_large"


ALPHABET = st.sampled_from(
    [*"()[]{}.,:'\"\\+-*/%<>=!@~^|& \n", "__class__", "x", "name", "f'", "{", "}", "lambda ", "for ", "in ", "if ", "else ",
     "1", "10**9", "'a'", "not ", "and ", "is ", "None", "json.loads", "re.sub", "format", "\u2028", "é", ":=", "**"]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.lists(ALPHABET, max_size=20).map("".join), st.text(max_size=30)))
def test_any_text_is_an_expression_or_refused_with_a_code(text: str) -> None:
    tried(text)
