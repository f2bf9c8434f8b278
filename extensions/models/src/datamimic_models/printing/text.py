"""A model as text of the tables language."""

from __future__ import annotations

import json
from typing import Any

import yaml

from datamimic_models.model import Model
from datamimic_models.printing.document import document_of
from datamimic_models.reading.yaml_parts import plain_scalar


class _Dumper(yaml.SafeDumper):
    """Texts that would be read as something else are quoted, by the rules of our reader."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: object) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    plain = isinstance(plain_scalar(value), str) and "\n" not in value
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=None if plain else '"')


def _list(dumper: yaml.SafeDumper, value: list[Any]) -> yaml.Node:
    flat = all(not isinstance(each, list | dict) for each in value) and len(str(value)) < 100
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=flat)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(list, _list)


def to_yaml(model: Model) -> str:
    """YAML that reads as the same model."""
    return yaml.dump(document_of(model), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120)


def to_json(model: Model) -> str:
    """JSON that reads as the same model."""
    return json.dumps(document_of(model), ensure_ascii=False, indent=2) + "\n"


def one_line(value: Any) -> str:
    """A plain value as YAML in a line."""
    text: str = yaml.dump(
        value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10_000, default_flow_style=True
    )
    return text.removesuffix("...\n").strip()
