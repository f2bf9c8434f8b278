"""Plugins on their way into another process."""

from __future__ import annotations

import importlib
import pickle
from types import ModuleType

from attrs import frozen

from datamimic.errors import PackError


@frozen
class PluginModule:
    """A plugin that is a module, for pickling."""

    name: str

    def plugin(self) -> object:
        return importlib.import_module(self.name)


def travelling(plugin: object) -> object:
    """What is pickled in place of a plugin. Raises `PackError` (`cannot_travel`) for one that cannot be."""
    if isinstance(plugin, ModuleType):
        return PluginModule(plugin.__name__)
    try:
        pickle.dumps(plugin)
    except Exception as failure:
        raise PackError(
            "cannot_travel",
            f"the plugin {type(plugin).__qualname__} cannot be pickled: {failure}",
            hint="define its class at the top of a module that the other process can import",
        ) from None
    return plugin


def module_name(plugin: object) -> str:
    """The module that a plugin is, or that its hooks are in."""
    hook = getattr(plugin, "datamimic_pack", None)
    return (
        plugin.__name__ if isinstance(plugin, ModuleType) else str(getattr(hook, "__module__", type(plugin).__module__))
    )
