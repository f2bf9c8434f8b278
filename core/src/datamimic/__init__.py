"""Synthetic test data that makes sense, and proves it.

Importing this package imports neither NumPy nor any pack; its names are imported when they are first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from datamimic.plugin import lazy_exports

if TYPE_CHECKING:
    from datamimic.base.clock import Clock as Clock
    from datamimic.base.described_packs import DescribedPack as DescribedPack
    from datamimic.base.locale import Locale as Locale
    from datamimic.base.origin import Origin as Origin
    from datamimic.base.settings import setting as setting
    from datamimic.checks.checking import Finding as Finding
    from datamimic.checks.checking import check_rows as check_rows
    from datamimic.checks.judging import judge_rows as judge_rows
    from datamimic.columns import Lists as Lists
    from datamimic.columns import Maps as Maps
    from datamimic.columns import Struct as Struct
    from datamimic.columns import Text as Text
    from datamimic.columns.value_types import ValueType as ValueType
    from datamimic.columns.value_types import decimals as decimals
    from datamimic.columns.value_types import unsigned as unsigned
    from datamimic.columns.value_types import zone as zone
    from datamimic.distributed.runners import PartRunner as PartRunner
    from datamimic.distributed.tasks import MadePart as MadePart
    from datamimic.distributed.tasks import PartTask as PartTask
    from datamimic.draws.draw import Bits as Bits
    from datamimic.draws.draw import Draw as Draw
    from datamimic.draws.draw import composite as composite
    from datamimic.draws.draw import positions as positions
    from datamimic.draws.draw import segment_sums as segment_sums
    from datamimic.draws.exact_share import ExactShare as ExactShare
    from datamimic.draws.ff1 import FF1 as FF1
    from datamimic.draws.ff1 import MixedFF1 as MixedFF1
    from datamimic.draws.levelling import Room as Room
    from datamimic.draws.permutation import Permutation as Permutation
    from datamimic.draws.secret_key import SecretKey as SecretKey
    from datamimic.engine.apportioned import apportioned as apportioned
    from datamimic.engine.child_sums import count_of as count_of
    from datamimic.engine.child_sums import sum_of as sum_of
    from datamimic.engine.combinations import combinations as combinations
    from datamimic.engine.coverage import supported_countries as supported_countries
    from datamimic.engine.dues import MEANS as MEANS
    from datamimic.engine.dues import Dues as Dues
    from datamimic.engine.dues import Owed as Owed
    from datamimic.engine.dues import Told as Told
    from datamimic.engine.embedded import Embedded as Embedded
    from datamimic.engine.embedding import embed as embed
    from datamimic.engine.families import Family as Family
    from datamimic.engine.fellows import fellow as fellow
    from datamimic.engine.fellows import otherwise as otherwise
    from datamimic.engine.fellows import shared as shared
    from datamimic.engine.given_tables.columns import given as given
    from datamimic.engine.given_tables.stored_tables import columns_of_table as columns_of_table
    from datamimic.engine.given_tables.table_source import OpenTable as OpenTable
    from datamimic.engine.given_tables.table_source import TableName as TableName
    from datamimic.engine.given_tables.table_source import TableSource as TableSource
    from datamimic.engine.kin import kin_rank as kin_rank
    from datamimic.engine.links import link as link
    from datamimic.engine.members import dealt as dealt
    from datamimic.engine.members import member_row as member_row
    from datamimic.engine.members import members as members
    from datamimic.engine.members import trait as trait
    from datamimic.engine.nearness import nearest as nearest
    from datamimic.engine.parents import children as children
    from datamimic.engine.parents import parent as parent
    from datamimic.engine.ranks import rank_within as rank_within
    from datamimic.engine.references import Children as Children
    from datamimic.engine.references import ParentRef as ParentRef
    from datamimic.engine.references import Ref as Ref
    from datamimic.engine.relations import ref as ref
    from datamimic.engine.revisits import revisit as revisit
    from datamimic.engine.roles import everyone as everyone
    from datamimic.engine.roles import holders_among as holders_among
    from datamimic.engine.roles import role as role
    from datamimic.engine.roles import role_of as role_of
    from datamimic.engine.simulations import simulated as simulated
    from datamimic.errors import DatamimicError as DatamimicError
    from datamimic.formats.format import Format as Format
    from datamimic.formats.format import LineFormat as LineFormat
    from datamimic.formats.format import Writer as Writer
    from datamimic.formats.reading import data_files as data_files
    from datamimic.formats.reading import read_batches as read_batches
    from datamimic.generators import choice as choice
    from datamimic.generators import constant as constant
    from datamimic.generators import copy_of as copy_of
    from datamimic.generators import country_code as country_code
    from datamimic.generators import days_after as days_after
    from datamimic.generators import days_before as days_before
    from datamimic.generators import duration_between as duration_between
    from datamimic.generators import from_row as from_row
    from datamimic.generators import limited as limited
    from datamimic.generators import number as number
    from datamimic.generators import of_family as of_family
    from datamimic.generators import quantity as quantity
    from datamimic.generators import random_bytes as random_bytes
    from datamimic.generators import random_uuid as random_uuid
    from datamimic.generators import serial as serial
    from datamimic.generators import time_between as time_between
    from datamimic.generators import via as via
    from datamimic.generators import weighted as weighted
    from datamimic.generators.moments import local as local
    from datamimic.generators.row_rule import row_rule as row_rule
    from datamimic.generators.stages import stages as stages
    from datamimic.model.breaks import Breaks as Breaks
    from datamimic.model.checks import check as check
    from datamimic.model.context import Context as Context
    from datamimic.model.entity import entity as entity
    from datamimic.model.field import field as field
    from datamimic.model.generator import Generator as Generator
    from datamimic.model.geo_point import GeoPoint as GeoPoint
    from datamimic.model.instances import Entity as Entity
    from datamimic.model.options import make_options as make_options
    from datamimic.model.options import option as option
    from datamimic.model.options import options as options
    from datamimic.model.record import record as record
    from datamimic.model.source import source as source
    from datamimic.model.spec import Spec as Spec
    from datamimic.model.spec import spec_of as spec_of
    from datamimic.output.manifest import describe_origin as describe_origin
    from datamimic.output.manifest import describe_rows as describe_rows
    from datamimic.output.manifest import tables_read as tables_read
    from datamimic.output.new_folders import new_folder as new_folder
    from datamimic.output.stream_target import Sending as Sending
    from datamimic.output.stream_target import StreamRecord as StreamRecord
    from datamimic.output.stream_target import StreamTarget as StreamTarget
    from datamimic.output.whole_files import whole_file as whole_file
    from datamimic.plugin import DatasetSource as DatasetSource
    from datamimic.plugin import Meaning as Meaning
    from datamimic.plugin import Pack as Pack
    from datamimic.plugin import RunReport as RunReport
    from datamimic.plugin import hookimpl as hookimpl
    from datamimic.plugin import read_meanings as read_meanings
    from datamimic.plugins.described import DescribedClass as DescribedClass
    from datamimic.plugins.described import read_model as read_model
    from datamimic.plugins.described import with_models as with_models
    from datamimic.plugins.model_reader import ModelReader as ModelReader
    from datamimic.plugins.registry import Registry as Registry
    from datamimic.plugins.registry import installed_packs as installed_packs
    from datamimic.reproducing.explanation import explain as explain
    from datamimic.reproducing.verification import verify as verify
    from datamimic.request.api import generate_domain as generate_domain
    from datamimic.request.view import Constraint as Constraint
    from datamimic.request.view import RequestView as RequestView
    from datamimic.request.view import expose as expose
    from datamimic.services.literal import LiteralGenerator as LiteralGenerator
    from datamimic.services.service import Asked as Asked
    from datamimic.services.service import Service as Service
    from datamimic.tables.catalog import GRADES as GRADES
    from datamimic.tables.grouped import Grouped as Grouped
    from datamimic.tables.library import Data as Data
    from datamimic.tables.opening_hours import OpeningHours as OpeningHours
    from datamimic.tables.quantiles import Quantiles as Quantiles
    from datamimic.tables.quantiles import normal_quantiles as normal_quantiles
    from datamimic.tables.sphere import kilometres as kilometres
    from datamimic.tables.steps import Steps as Steps
    from datamimic.tables.table import Table as Table
    from datamimic.tables.time_zones import to_local as to_local
    from datamimic.tables.time_zones import to_utc as to_utc
    from datamimic.tables.weighted import Alias as Alias
    from datamimic.tables.working_days import WorkingDays as WorkingDays
    from datamimic.world import Rows as Rows
    from datamimic.world import World as World

__getattr__, __dir__, __all__ = lazy_exports(
    __name__,
    {
        "Alias": ".tables.weighted",
        "Asked": ".services.service",
        "Bits": ".draws.draw",
        "Breaks": ".model.breaks",
        "Children": ".engine.references",
        "Clock": ".base.clock",
        "Constraint": ".request.view",
        "Context": ".model.context",
        "Data": ".tables.library",
        "DatamimicError": ".errors",
        "DatasetSource": ".plugin",
        "DescribedClass": ".plugins.described",
        "DescribedPack": ".base.described_packs",
        "Draw": ".draws.draw",
        "Dues": ".engine.dues",
        "Embedded": ".engine.embedded",
        "Entity": ".model.instances",
        "Family": ".engine.families",
        "Finding": ".checks.checking",
        "Format": ".formats.format",
        "GRADES": ".tables.catalog",
        "Generator": ".model.generator",
        "GeoPoint": ".model.geo_point",
        "Grouped": ".tables.grouped",
        "LineFormat": ".formats.format",
        "Lists": ".columns.containers",
        "LiteralGenerator": ".services.literal",
        "Locale": ".base.locale",
        "MEANS": ".engine.dues",
        "MadePart": ".distributed.tasks",
        "Maps": ".columns.containers",
        "Meaning": ".plugin",
        "OpeningHours": ".tables.opening_hours",
        "Origin": ".base.origin",
        "Owed": ".engine.dues",
        "Pack": ".plugin",
        "ParentRef": ".engine.references",
        "PartRunner": ".distributed.runners",
        "ModelReader": ".plugins.model_reader",
        "PartTask": ".distributed.tasks",
        "ExactShare": ".draws.exact_share",
        "FF1": ".draws.ff1",
        "MixedFF1": ".draws.ff1",
        "Permutation": ".draws.permutation",
        "Room": ".draws.levelling",
        "SecretKey": ".draws.secret_key",
        "Quantiles": ".tables.quantiles",
        "Ref": ".engine.references",
        "Registry": ".plugins.registry",
        "RequestView": ".request.view",
        "Rows": ".world",
        "RunReport": ".plugin",
        "Service": ".services.service",
        "Spec": ".model.spec",
        "Steps": ".tables.steps",
        "Struct": ".columns.containers",
        "Table": ".tables.table",
        "Text": ".columns.containers",
        "Told": ".engine.dues",
        "ValueType": ".columns.value_types",
        "WorkingDays": ".tables.working_days",
        "World": ".world",
        "Writer": ".formats.format",
        "apportioned": ".engine.apportioned",
        "check": ".model.checks",
        "check_rows": ".checks.checking",
        "judge_rows": ".checks.judging",
        "children": ".engine.parents",
        "choice": ".generators",
        "combinations": ".engine.combinations",
        "composite": ".draws.draw",
        "constant": ".generators",
        "copy_of": ".generators",
        "count_of": ".engine.child_sums",
        "country_code": ".generators",
        "data_files": ".formats.reading",
        "days_after": ".generators",
        "days_before": ".generators",
        "dealt": ".engine.members",
        "decimals": ".columns.value_types",
        "describe_origin": ".output.manifest",
        "describe_rows": ".output.manifest",
        "duration_between": ".generators",
        "embed": ".engine.embedding",
        "entity": ".model.entity",
        "explain": ".reproducing.explanation",
        "expose": ".request.view",
        "fellow": ".engine.fellows",
        "field": ".model.field",
        "from_row": ".generators",
        "generate_domain": ".request.api",
        "given": ".engine.given_tables.columns",
        "hookimpl": ".plugin",
        "installed_packs": ".plugins.registry",
        "kilometres": ".tables.sphere",
        "local": ".generators.moments",
        "limited": ".generators",
        "kin_rank": ".engine.kin",
        "everyone": ".engine.roles",
        "holders_among": ".engine.roles",
        "link": ".engine.links",
        "make_options": ".model.options",
        "member_row": ".engine.members",
        "members": ".engine.members",
        "nearest": ".engine.nearness",
        "new_folder": ".output.new_folders",
        "normal_quantiles": ".tables.quantiles",
        "number": ".generators",
        "of_family": ".generators",
        "option": ".model.options",
        "options": ".model.options",
        "otherwise": ".engine.fellows",
        "parent": ".engine.parents",
        "positions": ".draws.draw",
        "quantity": ".generators",
        "random_bytes": ".generators",
        "random_uuid": ".generators",
        "rank_within": ".engine.ranks",
        "read_batches": ".formats.reading",
        "read_meanings": ".plugin",
        "read_model": ".plugins.described",
        "record": ".model.record",
        "ref": ".engine.relations",
        "revisit": ".engine.revisits",
        "role": ".engine.roles",
        "role_of": ".engine.roles",
        "row_rule": ".generators.row_rule",
        "segment_sums": ".draws.draw",
        "serial": ".generators",
        "setting": ".base.settings",
        "shared": ".engine.fellows",
        "simulated": ".engine.simulations",
        "source": ".model.source",
        "columns_of_table": ".engine.given_tables.stored_tables",
        "OpenTable": ".engine.given_tables.table_source",
        "TableName": ".engine.given_tables.table_source",
        "TableSource": ".engine.given_tables.table_source",
        "spec_of": ".model.spec",
        "stages": ".generators.stages",
        "sum_of": ".engine.child_sums",
        "supported_countries": ".engine.coverage",
        "tables_read": ".output.manifest",
        "time_between": ".generators",
        "to_local": ".tables.time_zones",
        "to_utc": ".tables.time_zones",
        "trait": ".engine.members",
        "unsigned": ".columns.value_types",
        "verify": ".reproducing.verification",
        "via": ".generators",
        "weighted": ".generators",
        "Sending": ".output.stream_target",
        "StreamRecord": ".output.stream_target",
        "StreamTarget": ".output.stream_target",
        "whole_file": ".output.whole_files",
        "with_models": ".plugins.described",
        "zone": ".columns.value_types",
    },
)
