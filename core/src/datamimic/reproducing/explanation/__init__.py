"""Explanations: how one value comes from the seed, by draws, tables, rules and other values."""

from datamimic.reproducing.explanation.explaining import explain
from datamimic.reproducing.explanation.rendering import render
from datamimic.reproducing.explanation.replaying import replay

__all__ = ["explain", "render", "replay"]
