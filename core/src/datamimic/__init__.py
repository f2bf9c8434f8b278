"""Synthetic test data that makes sense, and proves it.

Importing this package imports neither NumPy nor any pack; its names are imported when they are first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from datamimic.plugin import lazy_exports

if TYPE_CHECKING:
    from datamimic.clock import Clock as Clock
    from datamimic.columns import Lists as Lists
    from datamimic.columns import Maps as Maps
    from datamimic.columns import Struct as Struct
    from datamimic.columns import Text as Text
    from datamimic.datasets.library import Data as Data
    from datamimic.datasets.quantiles import Quantiles as Quantiles
    from datamimic.datasets.quantiles import normal_quantiles as normal_quantiles
    from datamimic.datasets.steps import Steps as Steps
    from datamimic.datasets.tables import Grouped as Grouped
    from datamimic.datasets.tables import Table as Table
    from datamimic.datasets.weighted import Alias as Alias
    from datamimic.definition import Spec as Spec
    from datamimic.definition import check as check
    from datamimic.definition import entity as entity
    from datamimic.definition import field as field
    from datamimic.definition import record as record
    from datamimic.definition import spec_of as spec_of
    from datamimic.draw import Bits as Bits
    from datamimic.draw import Draw as Draw
    from datamimic.draw import positions as positions
    from datamimic.entity_options import make_options as make_options
    from datamimic.entity_options import option as option
    from datamimic.entity_options import options as options
    from datamimic.errors import DatamimicError as DatamimicError
    from datamimic.explanation import explain as explain
    from datamimic.exporters.exporter import Exporter as Exporter
    from datamimic.generator import Context as Context
    from datamimic.generator import Generator as Generator
    from datamimic.generator import row_rule as row_rule
    from datamimic.generators import constant as constant
    from datamimic.generators import copy_of as copy_of
    from datamimic.generators import country_code as country_code
    from datamimic.generators import days_after as days_after
    from datamimic.generators import days_before as days_before
    from datamimic.generators import number as number
    from datamimic.generators import quantity as quantity
    from datamimic.generators import serial as serial
    from datamimic.generators import weighted as weighted
    from datamimic.literal import LiteralGenerator as LiteralGenerator
    from datamimic.locale import Locale as Locale
    from datamimic.permutation import Permutation as Permutation
    from datamimic.plugin import DatasetSource as DatasetSource
    from datamimic.plugin import Pack as Pack
    from datamimic.plugin import hookimpl as hookimpl
    from datamimic.reading import data_files as data_files
    from datamimic.reading import read_batches as read_batches
    from datamimic.registry import Registry as Registry
    from datamimic.registry import installed_packs as installed_packs
    from datamimic.relations import Children as Children
    from datamimic.relations import Embedded as Embedded
    from datamimic.relations import Family as Family
    from datamimic.relations import ParentRef as ParentRef
    from datamimic.relations import Ref as Ref
    from datamimic.relations import apportioned as apportioned
    from datamimic.relations import children as children
    from datamimic.relations import embed as embed
    from datamimic.relations import parent as parent
    from datamimic.relations import ref as ref
    from datamimic.relations import segment_sums as segment_sums
    from datamimic.request import generate_domain as generate_domain
    from datamimic.request_view import Constraint as Constraint
    from datamimic.request_view import RequestView as RequestView
    from datamimic.request_view import expose as expose
    from datamimic.rows import Rows as Rows
    from datamimic.service import Service as Service
    from datamimic.verification import verify as verify
    from datamimic.world import World as World

__getattr__, __dir__, __all__ = lazy_exports(
    __name__,
    {
        "Alias": ".datasets.weighted",
        "Bits": ".draw",
        "Children": ".relations",
        "Clock": ".clock",
        "Constraint": ".request_view",
        "Context": ".generator",
        "Data": ".datasets.library",
        "DatamimicError": ".errors",
        "DatasetSource": ".plugin",
        "Draw": ".draw",
        "Embedded": ".relations",
        "Exporter": ".exporters.exporter",
        "Family": ".relations",
        "Generator": ".generator",
        "Grouped": ".datasets.tables",
        "Lists": ".columns",
        "LiteralGenerator": ".literal",
        "Locale": ".locale",
        "Maps": ".columns",
        "Pack": ".plugin",
        "ParentRef": ".relations",
        "Permutation": ".permutation",
        "Quantiles": ".datasets.quantiles",
        "Ref": ".relations",
        "Registry": ".registry",
        "RequestView": ".request_view",
        "Rows": ".rows",
        "Service": ".service",
        "Spec": ".definition",
        "Steps": ".datasets.steps",
        "Struct": ".columns",
        "Table": ".datasets.tables",
        "Text": ".columns",
        "World": ".world",
        "apportioned": ".relations",
        "check": ".definition",
        "children": ".relations",
        "constant": ".generators",
        "copy_of": ".generators",
        "country_code": ".generators",
        "data_files": ".reading",
        "days_after": ".generators",
        "days_before": ".generators",
        "embed": ".relations",
        "entity": ".definition",
        "explain": ".explanation",
        "expose": ".request_view",
        "field": ".definition",
        "generate_domain": ".request",
        "hookimpl": ".plugin",
        "installed_packs": ".registry",
        "make_options": ".entity_options",
        "normal_quantiles": ".datasets.quantiles",
        "number": ".generators",
        "option": ".entity_options",
        "options": ".entity_options",
        "parent": ".relations",
        "positions": ".draw",
        "quantity": ".generators",
        "read_batches": ".reading",
        "record": ".definition",
        "ref": ".relations",
        "row_rule": ".generator",
        "segment_sums": ".relations",
        "serial": ".generators",
        "spec_of": ".definition",
        "verify": ".verification",
        "weighted": ".generators",
    },
)
