"""Domains: of installed packs, whose modules are found when they are imported, and what they have in common."""

from datamimic_bridge.packs.modules import install

install()
