"""What elements and attributes make."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from datamimic import DatamimicError

from .conftest import Run


def rows(run: Run, inner: str, count: int = 4, **others: Any) -> list[dict[str, Any]]:
    return run(f'<generate name="x" count="{count}">{inner}</generate>', **others)["x"]


def values(run: Run, attributes: str, count: int = 4) -> list[Any]:
    return [row["k"] for row in rows(run, f'<key name="k" {attributes}/>', count)]


@pytest.mark.parametrize(
    ("attributes", "made"),
    [
        ('constant="12"', "12"),
        ('constant="12" type="int"', 12),
        ('constant="true" type="bool"', True),
        ('constant="1.50" type="decimal"', Decimal("1.50")),
        ('constant="a" type="binary"', b"a"),
        ('values="None"', None),
        ("values=\"'a,b'\"", "a,b"),
        ("values=\"['a']\"", "a"),
        ('script="1 + 1"', 2),
        ('script="missing" defaultValue="7"', 7),
        ('script="" defaultValue="7"', 7),
        ('script="None" defaultValue="7"', None),
        ('script=""', None),
        ('script="missing" defaultValue="\'7\'"', "7"),
        ('script="1" condition="False" defaultValue="None"', None),
        ('constant="01.02.2025" inDateFormat="%d.%m.%Y"', datetime(2025, 2, 1)),
        ('constant="01.02.2025" inDateFormat="%d.%m.%Y" outDateFormat="%Y/%m"', "2025/02"),
        ('string="plain"', "plain"),
        ('constant="abcdefgh" converter="MiddleMask(2,2)"', "ab****gh"),
        ('constant="abcdefgh" converter="JavaHash"', "4b151884"),
        ('constant="abcdefgh" converter="Substring(1,3), UpperCase, Append(\'!\')"', "BC!"),
        ('constant="abcdefgh" converter="CutLength(3)"', "abc"),
        ('constant="abcdefgh" converter="CutLength(3);Append(\';\') ; UpperCase"', "ABC;"),
        ("generator=\"StateTransitionGenerator(transitions=[('a','a',1)], start='a')\"", "a"),
        ('constant="2020-01-01" converter="Date2Timestamp"', 1577836800),
        ('script="1577836800" converter="Timestamp2Date"', datetime(2020, 1, 1)),
        ('constant="86400" type="int" converter="Timestamp2Date"', datetime(1970, 1, 2)),
        ("constant=\"x\" converter=\"Hash('md5','hex')\"", "9dd4e461268c8034f5c8564e155c67a6"),
        ('constant="2025-02-01" converter="DateFormat(\'%d.%m.\')"', "01.02."),
        # A value is written as a date and becomes its type before other converters see it.
        ('script="3.7" type="int" converter="Append(\'x\')"', "3x"),
        ('constant="12" type="int" converter="Mask"', "**"),
        ('script="datetime.datetime(2020, 8, 1)" outDateFormat="%B" converter="UpperCase"', "AUGUST"),
        ('script="datetime.datetime(2020, 1, 1)" outDateFormat="epoch"', "1577836800"),
        ('script="datetime.datetime(2020, 1, 1)" outDateFormat="epoch_millis" type="int"', 1577836800000),
        ('script="datetime.datetime(2020, 1, 1, 0, 0, 7, 123456)" outDateFormat="%S.%2f %7f"', "07.12 1234560"),
        ('constant="1577836800123" inDateFormat="epoch"', datetime(2020, 1, 1, 0, 0, 0, 123000)),
        ('constant="" type="bool"', None),
    ],
)
def test_one_value(run: Run, attributes: str, made: Any) -> None:
    assert values(run, attributes) == [made] * 4


def test_types_alone_are_random_values_within_limits(run: Run) -> None:
    made = rows(
        run,
        '<key name="i" type="int" min="3" max="5"/><key name="f" type="float" min="0" max="1" granularity="0.25"/>'
        '<key name="s" type="string" minLength="6" maxLength="8"/><key name="b" type="bool"/>'
        '<key name="u" type="int" min="1" max="50" unique="true"/>',
        50,
    )
    assert {row["i"] for row in made} == {3, 4, 5}
    assert {row["f"] for row in made} <= {0.0, 0.25, 0.5, 0.75, 1.0}
    assert {len(row["s"]) for row in made} == {6, 7, 8} and {row["b"] for row in made} == {True, False}
    assert sorted(row["u"] for row in made) == list(range(1, 51))


def test_texts_of_a_pattern_match_it_each_once_where_they_are_unique(run: Run) -> None:
    assert set(values(run, 'pattern="-5y|now"', 50)) == {"-5y", "now"}
    made = values(run, 'pattern="[A-C][0-9]" unique="true"', 30)
    assert sorted(made) == [f"{letter}{digit}" for letter in "ABC" for digit in range(10)]
    with pytest.raises(DatamimicError) as caught:
        values(run, 'pattern="[A-"')
    assert caught.value.code == "models.bad_pattern"


def test_a_share_without_a_value_and_weights(run: Run) -> None:
    made = values(run, 'values="\'a\',\'b\'" weights="9,1" nullQuota="0.5"', 2000)
    assert 900 < made.count(None) < 1100 and 5 < made.count("a") / made.count("b") < 16
    with pytest.raises(DatamimicError, match="weights"):
        values(run, "values=\"'a','b'\" weights=\"1\"")


def test_names_reach_the_record_its_parents_and_their_variables(run: Run) -> None:
    made = run(
        '<variable name="top" constant="t"/>'
        '<generate name="a" count="2"><key name="id" generator="IncrementGenerator"/>'
        '<generate name="b" count="{id}"><variable name="v" script="a.id * 10"/><key name="id" script="v"/>'
        '<key name="all" script="top + str(parent.id) + str(this.id) + str(root.id) + str(b.v)"/>'
        '<nestedKey name="n" type="dict"><key name="m" script="b.v + a.id"/></nestedKey></generate></generate>'
    )
    assert made["a"] == [{"id": 1}, {"id": 2}]
    assert made["b"] == [
        {"id": 10, "all": "t110110", "n": {"m": 11}},
        {"id": 20, "all": "t220220", "n": {"m": 22}},
        {"id": 20, "all": "t220220", "n": {"m": 22}},
    ]


def test_branches_add_what_their_records_have(run: Run) -> None:
    made = rows(
        run,
        '<key name="id" generator="IncrementGenerator"/><condition><if condition="id == 1"><key name="a" constant="1"/></if>'
        '<else-if condition="id == 2"><key name="b" script="id * 2"/></else-if><else><key name="a" constant="z"/></else>'
        "</condition>",
    )
    assert made == [{"id": 1, "a": "1"}, {"id": 2, "b": 4}, {"id": 3, "a": "z"}, {"id": 4, "a": "z"}]


def test_a_loop_ends_when_its_condition_does_or_is_an_error(run: Run) -> None:
    inner = (
        '<key name="id" generator="IncrementGenerator"/><variable name="i" script="0"/>'
        '<while condition="i &lt; id" maxIterations="{}"><variable name="i" script="i + 1"/></while><key name="n" script="i"/>'
    )
    assert [row["n"] for row in rows(run, inner.format(9))] == [1, 2, 3, 4]
    with pytest.raises(DatamimicError) as caught:
        rows(run, inner.format(2))
    assert caught.value.code == "models.endless"


def test_an_assertion_names_the_record(run: Run) -> None:
    with pytest.raises(DatamimicError, match=r"three is too much \(record 2 of x\)"):
        rows(
            run,
            '<key name="id" generator="IncrementGenerator"/><assert condition="id &lt; 3" message="three is too much"/>',
        )


def test_lists_records_and_attributes_of_elements(run: Run) -> None:
    made = rows(
        run,
        '<array name="a"><value constant="5"/><value script="2 * 3"/></array>'
        '<array name="s" script="[1, 2]"/>'
        '<list name="l"><item><element name="t" constant="1"/><key name="z" constant="q"/></item>'
        '<item condition="False"/></list>'
        '<key name="e" constant="q"><element name="at" constant="9"/></key>'
        '<nestedKey name="n" script="[{\'a\': 1}, {\'a\': 2}]"><key name="b" script="n.a + 1"/></nestedKey>'
        '<nestedKey name="c" type="list" count="2"><key name="i" generator="IncrementGenerator"/></nestedKey>',
        1,
    )
    assert made == [
        {
            "a": ["5", 6],
            "s": [1, 2],
            "l": [{"@t": "1", "z": "q"}, None],
            "e": {"#text": "q", "@at": "9"},
            "n": [{"a": 1, "b": 2}, {"a": 2, "b": 3}],
            "c": [{"i": 1}, {"i": 2}],
        }
    ]


def test_attributes_have_values_of_their_own_and_stand_where_they_are_written(run: Run) -> None:
    made = rows(
        run,
        '<key name="k" constant="q"><element name="a" values="1,2"/><element name="b" values="\'x\',\'y\'"/></key>'
        '<list name="l"><item><element name="a" values="3,4"/><key name="z" constant="q"/></item></list>',
        20,
    )
    assert {row["k"]["@a"] for row in made} == {1, 2} and {row["k"]["@b"] for row in made} == {"x", "y"}
    assert {row["l"][0]["@a"] for row in made} == {3, 4} and list(made[0]["l"][0]) == ["@a", "z"]


def test_as_many_time_series_as_are_counted(run: Run) -> None:
    made = run(
        '<generate name="x" count="3" start="2025-01-01" end="2025-01-03" interval="P1D">'
        '<key name="of" script="ts.series"/><key name="n" script="ts.step"/><key name="day" script="ts.now.day"/></generate>'
    )["x"]
    assert made == [{"of": of, "n": n, "day": n + 1} for of in range(3) for n in range(2)]


def test_a_time_series_has_moments_before_its_end(run: Run) -> None:
    made = run(
        '<generate name="x" start="2025-01-01T00:00:00" end="2025-01-01T01:00:00" interval="PT30M">'
        '<key name="at" script="ts.now"/><key name="n" script="ts.step"/></generate>'
    )["x"]
    assert made == [{"at": datetime(2025, 1, 1), "n": 0}, {"at": datetime(2025, 1, 1, 0, 30), "n": 1}]


def test_a_state_machine_and_a_shared_generator(run: Run) -> None:
    made = run(
        '<state-machine id="m" start="a"><transition from="a" to="b"/><transition from="b" to="a"/></state-machine>'
        '<generator name="g" generator="IncrementGenerator(start=10)"/>'
        '<generate name="x" count="3"><key name="s" generator="m"/><key name="n" generator="g"/></generate>'
    )["x"]
    assert made == [{"s": "a", "n": 10}, {"s": "b", "n": 11}, {"s": "a", "n": 12}]


def test_a_seed_of_the_setup_fixes_everything_and_streams_are_apart(run: Run) -> None:
    one = '<key name="a" type="int"/>'
    two = '<key name="b" type="int"/><key name="a" type="int"/>'
    first = [row["a"] for row in rows(run, one, 50, setup='rngSeed="1"')]
    assert first == [row["a"] for row in rows(run, two, 50, setup='rngSeed="1"')]
    assert first != [row["a"] for row in rows(run, one, 50, setup='rngSeed="2"')]
    assert first != [row["b"] for row in rows(run, two, 50, setup='rngSeed="1"')]


MIXED = (
    '<key name="id" generator="IncrementGenerator"/>'
    '<variable name="p" entity="Person"/><key name="name" script="p.name"/>'
    '<key name="v" values="\'a\',\'b\',\'c\'"/><key name="r" script="random.randint(1, 1000)"/>'
    '<condition><if condition="id % 3 == 0">'
    '<nestedKey name="n" type="list" minCount="0" maxCount="3"><key name="t" type="int"/></nestedKey></if>'
    '<else><nestedKey name="n" type="list" count="1"><key name="t" type="int"/></nestedKey></else></condition>'
    '<generate name="c" minCount="0" maxCount="4">'
    '<key name="of" script="x.id"/><key name="u" generator="UUIDGenerator"/></generate>'
)


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.integers(1, 40))
def test_pages_of_any_size_give_the_same_records(run: Run, page: int) -> None:
    inner = f'<generate name="x" count="30">{MIXED}</generate>'
    assert run(inner, page=page) == run(inner)


def test_scripts_call_functions_of_files_that_were_executed(run: Run) -> None:
    own = "def twice(number):\n    return number * 2\n"
    made = run(
        '<execute uri="own.py"/><generate name="x" count="3">'
        '<variable name="n" generator="IncrementGenerator"/><key name="k" script="twice(n) + 1"/></generate>',
        trust=True,
        own__py=own,
    )
    assert [row["k"] for row in made["x"]] == [3, 5, 7]
    made = run(
        '<execute uri="own.py"/><generate name="x" count="1"><key name="k" script="RATES[\'b\'] + OFFSET"/></generate>',
        trust=True,
        own__py="OFFSET = 40\nRATES = {'b': 2}\n",
    )
    assert made["x"] == [{"k": 42}]
    with pytest.raises(DatamimicError) as caught:
        run('<generate name="x" count="1"><key name="k" script="twice(1)"/></generate>')
    assert "there is no function twice" in caught.value.message


def test_records_are_mappings_where_that_is_asked_for(run: Run) -> None:
    [row] = rows(
        run,
        '<variable name="p" entity="Patient"/><key name="k" script="p.emergency_contact.to_dict()"/>'
        '<key name="name" script="p.emergency_contact.to_dict()[\'name\']"/>',
        1,
    )
    assert set(row["k"]) >= {"name", "phone"} and row["name"] == row["k"]["name"]


@pytest.mark.parametrize(
    ("method", "least", "most"),
    [
        ("'date_of_birth', minimum_age=18, maximum_age=30", date(1995, 1, 1), date(2008, 1, 1)),
        ("'past_date'", date(2025, 12, 2), date(2025, 12, 31)),
        ("'future_date', end_date='+1w'", date(2026, 1, 2), date(2026, 1, 8)),
        ("'date_between', 'en_US', '-2y', 'today'", date(2024, 1, 1), date(2026, 1, 1)),
        ("'date_this_year', after_today=True", date(2026, 1, 1), date(2026, 12, 31)),
        ("'date', pattern='%Y'", "1970", "2026"),
        ("'date_time_between', start_date='-1d'", datetime(2025, 12, 31, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)),
    ],
)
def test_moments_of_faker_are_those_of_the_clock_of_the_run(run: Run, method: str, least: Any, most: Any) -> None:
    made = values(run, f'generator="DataFakerGenerator({method})"', 60)
    assert {type(each) for each in made} == {type(least)} and least <= min(made) < max(made) <= most
    with pytest.raises(DatamimicError) as caught:
        values(run, "generator=\"DataFakerGenerator('date_between', start_date='soon')\"")
    assert caught.value.code == "models.bad_call"


def test_a_script_that_gives_nothing_leaves_a_nested_key_its_default(run: Run) -> None:
    inner = (
        '<key name="n" generator="IncrementGenerator"/><nestedKey name="k" script="None" defaultValue="[]"/>'
        '<nestedKey name="m" script="{\'a\': n} if n &lt; 3 else None" defaultValue="{}"/><nestedKey name="o" script="None"/>'
    )
    made = rows(run, inner)
    assert [row["k"] for row in made] == [[]] * 4 and [row["o"] for row in made] == [None] * 4
    assert [row["m"] for row in made] == [{"a": 1}, {"a": 2}, {}, {}]


def test_a_record_in_itself_is_what_it_is_so_far(run: Run) -> None:
    inner = (
        '<key name="n" generator="IncrementGenerator"/><nestedKey name="in" type="list" count="2">'
        '<variable name="x" script="x"/><key name="all" script="x"/></nestedKey><key name="last" constant="z"/>'
    )
    assert rows(run, inner, 1) == [{"n": 1, "in": [{"all": {"n": 1}}, {"all": {"n": 1}}], "last": "z"}]
