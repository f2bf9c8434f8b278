"""The elements and attributes of the XML language: what the reader accepts, and what the reference is generated from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from attrs import field, frozen

Kind = Literal["text", "name", "script", "whole", "number", "count", "flag", "choice", "path"]
"""text    anything
name    the name of something made here
script  an expression
whole   a whole number; number: any number
count   a whole number, or `{expression}`
flag    true or false; 1 and 0 too
choice  one of `choices`
path    a path beside the model; `{expression}` in it"""


@frozen
class Attribute:
    """What an element can say; `alias` is the attribute that it is another name of."""

    name: str
    summary: str
    kind: Kind = "text"
    choices: tuple[str, ...] = ()
    required: bool = False
    alias: str | None = None
    idle: str = ""
    """Why it has no effect, where it has none."""


@frozen
class Element:
    """`children` are the elements that may stand in it; `alias` is the element that it is another name of; `text` says whether
    text stands in it. With `entity_arguments`, further attributes are arguments of the entity that it names."""

    name: str
    summary: str
    attributes: Mapping[str, Attribute]
    children: frozenset[str] = frozenset()
    alias: str | None = None
    text: bool = False
    entity_arguments: bool = False
    ways: tuple[str, ...] = field(default=())
    """Attributes that say where a value comes from: at most one of them stands."""


TYPES: Final = (
    "int", "integer", "float", "string", "bool", "boolean", "decimal", "binary", "date", "datetime",
)  # fmt: skip
DISTRIBUTIONS: Final = ("random", "ordered", "cumulated")
NUMBERS: Final = (
    "uniform", "random", "cumulated", "increment", "step", "shuffle", "randomWalk", "wedge", "bitreverse",
    "fibonacci", "padovan", "ordered",
)  # fmt: skip


_ANYWHERE: Final = "values do not depend on how many processes make them, and one does"
_PAGES: Final = "values do not depend on how many are made at a time; `dm run --batch-size` says it"


def _all(*attributes: Attribute) -> dict[str, Attribute]:
    return {each.name: each for each in attributes}


_NAME = Attribute("name", "What it is called.", "name", required=True)
_CONDITION = Attribute("condition", "Only where this holds.", "script")
_PREFIX = (
    Attribute("variablePrefix", "What stands before a variable in `string` and `selector`; `__` without it."),
    Attribute("variableSuffix", "What stands behind it."),
)
_READING = (
    Attribute("separator", "What stands between two cells of a CSV source."),
    Attribute("sourceScripted", "Are `{expressions}` in cells of the source evaluated?", "flag"),
    Attribute("cyclic", "Does the source begin anew when it is at its end?", "flag"),
)
_DATES = (
    Attribute("inDateFormat", "How a date in text is read, as `%d.%m.%Y`."),
    Attribute("outDateFormat", "How a date is written."),
)
_DEMOGRAPHICS = (
    Attribute("ageMin", "The least age of the person.", "whole"),
    Attribute("ageMax", "The greatest age.", "whole"),
    Attribute("conditionsInclude", "Conditions that the person has, with commas between them."),
    Attribute("conditionsExclude", "Conditions that the person does not have."),
    Attribute("rngSeed", "Seed of its own: the values of the service with `rng=Random(seed)`.", "whole"),
)
_VALUE = (
    Attribute("type", "What the value becomes; alone, a random value of that type.", "text"),
    Attribute("constant", "Always this text."),
    Attribute("values", "One of these, as in `'a','b'` or `1,2.5`."),
    Attribute("weights", "How frequent each of the `values` is, with commas between them."),
    Attribute("script", "An expression over what the record has so far.", "script"),
    Attribute("generator", "A generator by name, as in `IntegerGenerator(min=1, max=5)`."),
    Attribute("entity", "An entity by name, as in `Person(min_age=21)`."),
    Attribute("source", "Where values are read: a file beside the model, a memstore or a database.", "path"),
    Attribute("selector", "A query of a database; `__name__` is a variable."),
    Attribute("pattern", "A regular expression that the text matches."),
    Attribute("string", "Text with variables in it, as in `find: __name__`."),
    Attribute("database", "The database that a sequence is asked of."),
    Attribute(
        "converter", "What the value goes through, one after the other, as in `UpperCase; Mask('#')`; commas do too."
    ),
    Attribute("defaultValue", "What stands where the condition does not hold, or the script gives nothing."),
    Attribute("nullQuota", "The share of records without a value, 0 to 1.", "number"),
    Attribute("min", "The least number, or date.", "text"),
    Attribute("max", "The greatest number, or date.", "text"),
    Attribute("granularity", "Numbers are multiples of it above `min`.", "number"),
    Attribute("distribution", "How numbers, or rows of the source, are drawn.", "choice", NUMBERS),
    Attribute("minLength", "The least length of a text.", "whole"),
    Attribute("maxLength", "The greatest length of a text.", "whole"),
    Attribute("mimeType", "What binary values begin like: application/pdf, image/png …"),
    Attribute("unique", "Does no value come twice?", "flag"),
)
_WAYS = ("script", "constant", "values", "generator", "source", "pattern", "string", "entity")
_LOCALE = (
    Attribute("dataset", "The country, as `US`."),
    Attribute("locale", "The locale, as `en_US`."),
)
_SWITCHES = frozenset({"condition", "if", "else-if", "else"})
_FIELDS = frozenset({"key", "id", "attribute", "variable", "nestedKey", "array", "list", "reference"})
_RECORD = _FIELDS | {"echo", "condition", "include", "execute", "assert", "while"}
_TOP = frozenset(
    {
        "generate", "iterate", "variable", "include", "execute", "memstore", "database", "mongodb", "echo", "generator",
        "demographics", "condition", "state-machine", "key", "id", "assert", "while",
    }
)  # fmt: skip

_KEY = _all(
    _NAME,
    _CONDITION,
    *_VALUE,
    Attribute("separator", "What stands between two cells of a CSV source."),
    *_LOCALE,
    *_DATES,
    *_PREFIX,
    Attribute("cyclic", "Does the source begin anew when it is at its end?", "flag"),
    *_DEMOGRAPHICS,
)
_GENERATE = _all(
    _NAME,
    Attribute("count", "How many records; of a time series, how many series.", "count"),
    Attribute("minCount", "At least as many, drawn anew for every parent.", "count"),
    Attribute("maxCount", "At most as many.", "count"),
    Attribute("source", "Records to begin with: a file, a memstore, a database, or the name of a generate.", "path"),
    Attribute("type", "The product of a memstore, or the table of a database, that is read."),
    Attribute("selector", "A query of the database; `__name__` is a variable."),
    *_READING,
    Attribute(
        "distribution", "In which order records of the source come; `random` without it.", "choice", DISTRIBUTIONS
    ),
    Attribute("offset", "So many records of the source are passed over.", "count"),
    Attribute("unique", "Does every record of the source come once at most?", "flag"),
    Attribute("script", "An expression that gives the records.", "script"),
    Attribute("target", "Where records go, with commas between several."),
    Attribute("consumer", "Another name of `target`.", alias="target"),
    Attribute("converter", "What every record goes through."),
    Attribute("exportUri", "The folder of the files, below that of the run.", "path"),
    Attribute("sourceEntity", "Another name of `type`, of what is read.", alias="type"),
    Attribute("targetEntity", "The table that records go to, where it is not called like the generate."),
    Attribute("start", "Beginning of a time series (ISO 8601).", "text"),
    Attribute("end", "End of the time series; the last moment is before it, or is it."),
    Attribute("interval", "Step of the time series, as `PT30M` (ISO 8601)."),
    Attribute("pageSize", "Accepted.", "whole", idle=_PAGES),
    Attribute("multiprocessing", "Accepted.", "flag", idle=_ANYWHERE),
    Attribute("numProcess", "Accepted.", "whole", idle=_ANYWHERE),
    Attribute("mpPlatform", "Accepted.", "choice", ("multiprocessing", "ray"), idle=_ANYWHERE),
    Attribute("storageId", "Accepted.", idle="files go to the folder of the run"),
    _CONDITION,
    *_PREFIX,
)
_NESTED = _all(
    _NAME,
    Attribute("type", "`dict`, one record, or `list`, several; else the product that is read of a memstore."),
    Attribute("count", "How many items.", "count"),
    Attribute("minCount", "At least as many items; how many is drawn.", "count"),
    Attribute("maxCount", "At most as many items.", "count"),
    Attribute("source", "Records to begin with.", "path"),
    Attribute("selector", "A query of a database; `__name__` is a variable."),
    Attribute("sourceEntity", "The product of a memstore, or the table of a database, that is read."),
    *_READING,
    Attribute(
        "distribution", "In which order records of the source come; `random` without it.", "choice", DISTRIBUTIONS
    ),
    Attribute("script", "An expression that gives the record or the list.", "script"),
    _CONDITION,
    Attribute("defaultValue", "What stands where the condition does not hold."),
    Attribute("converter", "What the record or the list goes through."),
    *_PREFIX,
)
_VARIABLE = _all(
    *_KEY.values(),
    Attribute(
        "iterationSelector",
        "A query, asked anew for every record: a list of rows; `name.column` is the first's.",
    ),
    Attribute("sourceEntity", "The product of a memstore, or the table of a database, that is read."),
    Attribute("weightColumn", "The column of the source that says how frequent a row is."),
    Attribute("sourceScripted", "Are `{expressions}` in cells of the source evaluated?", "flag"),
    Attribute("storage", "Accepted.", "choice", ("data", "iterator", "value"), idle="sources are read once a run"),
)


def _element(
    name: str, summary: str, *attributes: Attribute, children: frozenset[str] = frozenset(), text: bool = False
) -> Element:
    return Element(name, summary, _all(*attributes), children, text=text)


_LISTED: Final = (
    Element(
        "setup",
        "The root of a model, and of what is included.",
        _all(
            Attribute("defaultDataset", "The country of all entities and generators that say no other."),
            Attribute("defaultLocale", "Their locale."),
            Attribute("defaultSeparator", "What stands between two cells of CSV files; `|` without it."),
            Attribute("defaultLineSeparator", "What ends a line of CSV and text files."),
            Attribute("defaultSourceScripted", "Are `{expressions}` in cells of sources evaluated?", "flag"),
            Attribute("defaultVariablePrefix", "What stands before a variable in `string` and `selector`."),
            Attribute("defaultVariableSuffix", "What stands behind it."),
            Attribute("rngSeed", "The seed of the run, where no other is asked for.", "text"),
            Attribute("multiprocessing", "Accepted.", "flag", idle=_ANYWHERE),
            Attribute("numProcess", "Accepted.", "whole", idle=_ANYWHERE),
            Attribute("mpPlatform", "Accepted.", "choice", ("multiprocessing", "ray"), idle=_ANYWHERE),
            Attribute("reportLogging", "Accepted.", "flag", idle="a run tells how it went in any case"),
        ),
        _TOP,
    ),
    Element(
        "generate",
        "Records of one product; in another generate, records for each of its records.",
        _GENERATE,
        _RECORD | {"generate", "iterate"},
        ways=("script", "source"),
    ),
    Element("iterate", "Another name of `generate`.", _GENERATE, _RECORD | {"generate", "iterate"}, "generate"),
    Element(
        "key", "A field of the record.", _KEY, frozenset({"element"}), entity_arguments=True, ways=_WAYS
    ),
    Element("id", "Another name of `key`.", _KEY, frozenset({"element"}), "key", entity_arguments=True, ways=_WAYS),
    Element(
        "attribute", "Another name of `key`.", _KEY, frozenset({"element"}), "key", entity_arguments=True, ways=_WAYS
    ),
    Element(
        "variable",
        "A value of the record that scripts read and that is not written.",
        _VARIABLE,
        entity_arguments=True,
        ways=_WAYS,
    ),
    Element("element", "An attribute of the XML element that a key or an item becomes.", _KEY, ways=_WAYS),
    Element(
        "nestedKey",
        "A record, or a list of records, in the record.",
        _NESTED,
        _RECORD | {"element"},
        ways=("script", "source"),
    ),
    _element(
        "array",
        "A list of plain values.",
        _NAME,
        Attribute("type", "What the values are: int, float, bool, string or literal.", "choice",
                  ("int", "float", "bool", "string", "literal")),
        Attribute("count", "How many.", "count"),
        Attribute("script", "An expression that gives the list.", "script"),
        _CONDITION,
        children=frozenset({"value"}),
    ),
    _element(
        "value",
        "A value of an array.",
        Attribute("constant", "Always this text."),
        Attribute("script", "An expression.", "script"),
        Attribute("generator", "A generator by name."),
        Attribute("type", "What it becomes.", "choice", TYPES),
        text=True,
    ),
    _element(
        "list",
        "A list of records that differ.",
        _NAME,
        Attribute("converter", "What the list goes through."),
        _CONDITION,
        children=frozenset({"item"}),
    ),
    Element(
        "item", "One record of a list.", _all(_CONDITION, Attribute("converter", "What the item goes through.")),
        _RECORD | {"element"},
    ),
    _element(
        "reference",
        "A field of a row that exists elsewhere.",
        _NAME,
        Attribute("source", "A database or a memstore.", required=True),
        Attribute("sourceType", "Its table or product.", required=True),
        Attribute("sourceKey", "The column that is referred to."),
        Attribute("unique", "Is every row referred to once at most?", "flag"),
        Attribute("cyclic", "Do rows come anew when all of them are used?", "flag"),
        Attribute("distribution", "In which order rows come.", "choice", DISTRIBUTIONS),
        _CONDITION,
        children=frozenset({"field"}),
    ),
    _element(
        "field",
        "One column of a composite reference.",
        Attribute("sourceKey", "The column that is referred to.", required=True),
        Attribute("target", "The field that it becomes.", required=True),
    ),
    _element("condition", "Branches, of which the first that holds counts.", children=frozenset({"if", "else-if", "else"})),
    _element("if", "The first branch.", Attribute("condition", "Where it holds.", "script", required=True)),
    _element("else-if", "A further branch.", Attribute("condition", "Where it holds.", "script", required=True)),
    _element("else", "Where no other branch holds."),
    _element(
        "while",
        "What is in it, again and again as long as the condition holds.",
        Attribute("condition", "As long as this holds.", "script", required=True),
        Attribute("maxIterations", "More often is an error; 1000 without it.", "whole"),
    ),
    _element(
        "assert",
        "Ends the run where it does not hold.",
        Attribute("condition", "What has to hold.", "script", required=True),
        Attribute("message", "What the error says; `{expressions}` in it."),
    ),
    _element(
        "state-machine",
        "A walk through states by weights, which keys name as their generator.",
        Attribute("id", "The name of the generator.", "name", required=True),
        Attribute("start", "The first state.", required=True),
        children=frozenset({"transition"}),
    ),
    _element(
        "transition",
        "A way from a state to the next.",
        Attribute("from", "The state before.", required=True),
        Attribute("to", "The state after.", required=True),
        Attribute("weight", "How frequent it is among those from the same state.", "number"),
    ),
    _element(
        "database",
        "A database, by name, as source and target.",
        Attribute("id", "Its name here.", "name", required=True),
        Attribute("dbms", "sqlite, postgresql, mysql or mariadb.", "choice",
                  ("sqlite", "postgresql", "mysql", "mariadb", "oracle", "mssql")),
        Attribute("host", "Where it is."),
        Attribute("port", "Its port.", "whole"),
        Attribute("database", "Its name there; of SQLite the file."),
        Attribute("user", "Who asks."),
        Attribute("password", "The password."),
        Attribute("schema", "The schema of its tables."),
        Attribute("system", "The name before the settings in `conf/<environment>.env.properties`; `id` without it."),
        Attribute("environment", "Which file of settings; `environment` without it."),
        Attribute("url", "All of that as one URL."),
    ),
    _element(
        "mongodb",
        "A MongoDB, by name.",
        Attribute("id", "Its name here.", "name", required=True),
        *(Attribute(name, "As of `database`.") for name in
          ("host", "port", "database", "user", "password", "environment", "system")),
    ),
    _element("memstore", "A place in memory, as target and source.", Attribute("id", "Its name.", "name", required=True)),
    _element("include", "Another model, or properties.", Attribute("uri", "Its path.", "path", required=True)),
    _element(
        "execute",
        "A Python file, or SQL for a database; needs `--trust`.",
        Attribute("uri", "Its path.", "path"),
        Attribute("target", "The database."),
        Attribute("script", "What is run, where it is no file."),
        Attribute("type", "What the script is.", "choice", ("py", "python", "sql")),
        text=True,
    ),
    _element("echo", "Text for the log; `{expressions}` in it.", text=True),
    _element(
        "generator",
        "A generator that several keys share.",
        _NAME,
        Attribute("generator", "As of a key.", required=True),
    ),
    _element(
        "demographics",
        "Tables of a population that entities are drawn from.",
        Attribute("dataset", "The country.", required=True),
        Attribute("version", "The version of the tables.", required=True),
        Attribute("dir", "The folder with them.", "path", required=True),
        Attribute("rngSeed", "Seed of the sampler.", "whole"),
    ),
)  # fmt: skip
ELEMENTS: Final[Mapping[str, Element]] = {each.name: each for each in _LISTED}
BRANCHES: Final = frozenset({"if", "else-if", "else", "while"})
"""Elements whose children are those of the element around them."""
