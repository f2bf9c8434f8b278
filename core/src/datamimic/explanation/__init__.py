"""Explanations: how one value comes from the seed, by draws, tables, rules and other values."""

from datamimic.explanation.explaining import explain
from datamimic.explanation.rendering import render
from datamimic.explanation.replaying import replay

__all__ = ["explain", "render", "replay"]
