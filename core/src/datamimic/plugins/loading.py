"""One plugin module to one loaded pack: its hooks are called, and what goes wrong is kept as the pack's error.

pluggy's own loader stops at the first pack that fails. Here each pack has a plugin manager of its own, so that a broken
one is a record among others.
"""

from __future__ import annotations

import contextlib
import importlib
import inspect
import sys
from collections.abc import Callable, Iterator
from typing import Any, Literal

import pluggy
from attrs import frozen

import datamimic.plugin as hooks
from datamimic.errors import DatamimicError, PackError, excerpt, suggest
from datamimic.plugin import API_LEVEL, HOOKS, PROJECT, SUPPORTED_API_LEVELS, DatasetSource, Pack
from datamimic.plugins.foreign_code import isolated
from datamimic.plugins.registered import RegisteredClass, RegistrationKind

Status = Literal["ok", "broken", "disabled", "incompatible"]


@frozen(kw_only=True, eq=False)
class LoadedPack:
    """What one entry point came to. Without status "ok" there is an error, and nothing is registered."""

    name: str
    module: str
    distribution: str | None = None
    distribution_version: str | None = None
    status: Status = "ok"
    error: DatamimicError | None = None
    pack: Pack | None = None
    entities: tuple[RegisteredClass, ...] = ()
    generators: tuple[RegisteredClass, ...] = ()
    formats: tuple[RegisteredClass, ...] = ()
    targets: tuple[RegisteredClass, ...] = ()
    table_sources: tuple[RegisteredClass, ...] = ()
    streams: tuple[RegisteredClass, ...] = ()
    engines: tuple[RegisteredClass, ...] = ()
    learners: tuple[RegisteredClass, ...] = ()
    dues: tuple[RegisteredClass, ...] = ()
    models: tuple[RegisteredClass, ...] = ()
    messages: tuple[RegisteredClass, ...] = ()
    sources: tuple[DatasetSource, ...] = ()
    meanings: Callable[..., Any] | None = None
    commands: Callable[..., Any] | None = None
    run_finished: Callable[..., Any] | None = None

    @property
    def package(self) -> str:
        """The package whose modules belong to this pack: the one that contains the plugin module."""
        return self.module.rpartition(".")[0] or self.module

    @property
    def identity(self) -> tuple[Any, ...]:
        """What packs of equal registries have in common."""
        classes = tuple((each.kind, each.name, each.target) for each in self.brought)
        return self.name, self.module, self.distribution, self.distribution_version, self.status, classes, self.sources

    @property
    def brought(self) -> tuple[RegisteredClass, ...]:
        """All classes that the pack registers."""
        return (
            *self.entities,
            *self.generators,
            *self.formats,
            *self.targets,
            *self.table_sources,
            *self.streams,
            *self.engines,
            *self.learners,
            *self.dues,
            *self.models,
            *self.messages,
        )

    @property
    def makes_values(self) -> bool:
        """Whether what it brings can be in a row or a file; engines, learners and commands cannot."""
        return bool(self.entities or self.generators or self.formats or self.messages or self.sources)

    def registers(self, cls: type) -> bool:
        return any(reference.stands_for(cls) for reference in self.brought)

    @property
    def origin(self) -> str:
        if self.distribution is None:
            return self.module
        return f"{self.distribution} {self.distribution_version}"


def load(name: str | None, module: str, plugin: object = None, **distribution: Any) -> LoadedPack:
    """Import the plugin module (unless `plugin` is given) and call its hooks; whatever fails becomes the error.

    `name` is that of the entry point, None to take the pack's own. Only an interrupt passes through.
    """
    known: dict[str, Any] = {"name": name or module, "module": module, **distribution}
    # What a pack prints while it is imported must not end up in output that another program reads.
    with contextlib.redirect_stdout(sys.stderr):
        try:
            if plugin is None:
                with isolated("pack_import_failed", f"cannot import {module}"):
                    plugin = importlib.import_module(module)
            with isolated("bad_pack", "what the pack says of itself cannot be read"):
                pack = _identify(plugin, name)
            known |= {"pack": pack, "name": name or pack.name}
            if pack.api_level not in SUPPORTED_API_LEVELS:
                return LoadedPack(**known, status="incompatible", error=_incompatible(pack))
            with isolated("bad_hook", "what a hook returned cannot be read"):
                return LoadedPack(**known, **_call_hooks(plugin))
        except DatamimicError as error:
            return LoadedPack(**known, status="broken", error=error)


def _identify(plugin: object, name: str | None) -> Pack:
    hook = getattr(plugin, "datamimic_pack", None)
    if not callable(hook):
        near = suggest("datamimic_pack", [attribute for attribute in dir(plugin) if attribute.startswith("datamimic")])
        hint = f"{excerpt(near[0])} is not its name" if near else "define it, and return Pack(name, version, summary)"
        raise PackError("bad_pack", "there is no hook datamimic_pack", hint=hint)
    with isolated("pack_hook_failed", "the hook datamimic_pack failed"):
        pack = hook()
    if not isinstance(pack, Pack):
        raise PackError(
            "bad_pack",
            f"datamimic_pack returned {excerpt(pack)}, which is no datamimic.plugin.Pack",
            hint="return Pack(name, version, summary)",
        )
    if name is not None and pack.name != name:
        hint = "give both the same name"
        raise PackError(
            "bad_pack", f"the entry point is named {excerpt(name)}, but the pack {excerpt(pack.name)}", hint=hint
        )
    return pack


def _incompatible(pack: Pack) -> PackError:
    newer = pack.api_level > API_LEVEL
    return PackError(
        "incompatible_pack",
        f"pack {excerpt(pack.name)} is written for api level {pack.api_level}; this core has level {API_LEVEL}",
        hint="upgrade datamimic-core" if newer else f"upgrade the pack {excerpt(pack.name)}",
    )


class _Manager(pluggy.PluginManager):
    """Takes every function named `datamimic_…` as a hook, so that a forgotten `@hookimpl` does not pass unnoticed."""

    def parse_hookimpl_opts(self, plugin: object, name: str) -> pluggy.HookimplOpts | None:
        options = super().parse_hookimpl_opts(plugin, name)
        if options is None and name.startswith(f"{PROJECT}_") and inspect.isroutine(getattr(plugin, name, None)):
            return {
                "wrapper": False,
                "hookwrapper": False,
                "optionalhook": False,
                "tryfirst": False,
                "trylast": False,
                "specname": None,
            }
        return options


def _call_hooks(plugin: object) -> dict[str, Any]:
    manager = _Manager(PROJECT)
    manager.add_hookspecs(hooks)
    try:
        manager.register(plugin)
    except pluggy.PluginValidationError as failure:
        raise PackError("bad_hook", " ".join(str(failure).split())) from failure
    for caller in manager.get_hookcallers(plugin) or ():
        if not caller.has_spec() and not all(impl.optionalhook for impl in caller.get_hookimpls()):
            now = hooks.RENAMED_HOOKS.get(caller.name)
            near = [now] if now else suggest(caller.name, HOOKS)
            hint = f"did you mean {excerpt(near[0])}?" if near else f"the hooks are {', '.join(HOOKS)}"
            raise PackError("unknown_hook", f"there is no hook {excerpt(caller.name)}", hint=hint)
    return {
        "entities": _references(manager, "datamimic_entities", "entity"),
        "generators": _references(manager, "datamimic_generators", "generator"),
        "formats": _references(manager, "datamimic_formats", "format"),
        "targets": _references(manager, "datamimic_targets", "target"),
        "table_sources": _references(manager, "datamimic_sources", "source"),
        "streams": _references(manager, "datamimic_streams", "stream"),
        "engines": _references(manager, "datamimic_engines", "engine"),
        "learners": _references(manager, "datamimic_learners", "learner"),
        "dues": _references(manager, "datamimic_dues", "dues"),
        "models": _references(manager, "datamimic_models", "model"),
        "messages": _references(manager, "datamimic_messages", "message"),
        "sources": tuple(_sources(manager)),
        "meanings": _hook(manager.hook.datamimic_meanings),
        "commands": _hook(manager.hook.datamimic_commands),
        "run_finished": _hook(manager.hook.datamimic_run_finished),
    }


def _hook(caller: pluggy.HookCaller) -> pluggy.HookCaller | None:
    """A hook that is called later; None where the plugin does not have it."""
    return caller if caller.get_hookimpls() else None


def _call(manager: pluggy.PluginManager, hook: str) -> list[Any]:
    """What the implementations in the plugin returned, in one list."""
    items: list[Any] = []
    caller = getattr(manager.hook, hook)
    expected = sum(not (impl.wrapper or impl.hookwrapper) for impl in caller.get_hookimpls())
    with isolated("pack_hook_failed", f"the hook {hook} failed"):
        results = caller()
        if len(results) < expected:
            raise PackError("bad_hook", f"{hook} returned None", hint="return a list, which may be empty")
        for result in results:
            if isinstance(result, (str, type)):
                raise PackError("bad_hook", f"{hook} returned {excerpt(result)}, not a list")
            items.extend(result)
    return items


def _references(manager: pluggy.PluginManager, hook: str, kind: RegistrationKind) -> tuple[RegisteredClass, ...]:
    found: dict[str, RegisteredClass] = {}
    for item in _call(manager, hook):
        reference = RegisteredClass.parse(kind, item)
        earlier = found.setdefault(reference.name, reference)
        if earlier is not reference:
            both = f"{earlier.target_text} and {reference.target_text}"
            raise PackError(
                "duplicate_name", f"{hook} has the {kind} {excerpt(reference.name)} twice: {both}", hint="rename one"
            )
    return tuple(found.values())


def _sources(manager: pluggy.PluginManager) -> Iterator[DatasetSource]:
    for item in _call(manager, "datamimic_datasets"):
        if not isinstance(item, DatasetSource):
            raise PackError("bad_hook", f"datamimic_datasets returned {excerpt(item)}, which is no DatasetSource")
        yield item
