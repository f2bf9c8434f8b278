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
    from datamimic.definition import check as check
    from datamimic.definition import entity as entity
    from datamimic.definition import field as field
    from datamimic.definition import record as record
    from datamimic.draw import Draw as Draw
    from datamimic.entity_options import option as option
    from datamimic.entity_options import options as options
    from datamimic.errors import DatamimicError as DatamimicError
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
    from datamimic.plugin import DatasetSource as DatasetSource
    from datamimic.plugin import Pack as Pack
    from datamimic.plugin import hookimpl as hookimpl
    from datamimic.registry import Registry as Registry
    from datamimic.registry import installed_packs as installed_packs
    from datamimic.relations import apportioned as apportioned
    from datamimic.relations import children as children
    from datamimic.relations import embed as embed
    from datamimic.relations import parent as parent
    from datamimic.relations import ref as ref
    from datamimic.request import generate_domain as generate_domain
    from datamimic.rows import Rows as Rows
    from datamimic.service import Service as Service
    from datamimic.world import World as World

__getattr__, __dir__, __all__ = lazy_exports(
    __name__,
    {
        "Clock": ".clock",
        "Context": ".generator",
        "DatamimicError": ".errors",
        "DatasetSource": ".plugin",
        "Draw": ".draw",
        "Generator": ".generator",
        "Lists": ".columns",
        "LiteralGenerator": ".literal",
        "Locale": ".locale",
        "Maps": ".columns",
        "Pack": ".plugin",
        "Registry": ".registry",
        "Rows": ".rows",
        "Service": ".service",
        "Struct": ".columns",
        "Text": ".columns",
        "World": ".world",
        "apportioned": ".relations",
        "check": ".definition",
        "children": ".relations",
        "constant": ".generators",
        "copy_of": ".generators",
        "country_code": ".generators",
        "days_after": ".generators",
        "days_before": ".generators",
        "embed": ".relations",
        "entity": ".definition",
        "field": ".definition",
        "generate_domain": ".request",
        "hookimpl": ".plugin",
        "installed_packs": ".registry",
        "number": ".generators",
        "option": ".entity_options",
        "options": ".entity_options",
        "parent": ".relations",
        "quantity": ".generators",
        "record": ".definition",
        "ref": ".relations",
        "row_rule": ".generator",
        "serial": ".generators",
        "weighted": ".generators",
    },
)
