"""Modules that are not written anywhere: `domains.ecommerce.models.product` is made of the installed pack `ecommerce`.

A domain is a pack. Its services are the classes `…Service` among the public names of the pack, its models the entities that
they make, its generators one for each model, its literal generators those that the pack registers. A module within them, such
as `product_generator`, has the class that is called so.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

from datamimic import installed_packs
from datamimic.errors import DatamimicError
from datamimic_bridge.packs.classes import generator_of, model_of, service_of

_ROOT = "datamimic_bridge.domains"
_LAYERS = ("services", "models", "generators", "literal_generators", "demographics")
_SEVERAL = {"security_generators": ("HashGenerator", "PasswordGenerator", "TokenGenerator")}
"""Modules that are not called after their one class."""


class PackModules(MetaPathFinder, Loader):
    """Finds the modules of packs; those that are files come first."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if not name.startswith(f"{_ROOT}."):
            return None
        parts = name.removeprefix(f"{_ROOT}.").split(".")
        if len(parts) == 1:
            public_names(parts[0], name)
        elif (
            parts[1] not in _LAYERS
            or len(parts) > 3
            or (len(parts) == 3 and not _names_in(parts[0], parts[1], parts[2]))
        ):
            return None
        return ModuleSpec(name, self, is_package=len(parts) < 3)

    def exec_module(self, module: ModuleType) -> None:
        domain, *rest = module.__name__.removeprefix(f"{_ROOT}.").split(".")
        made: Mapping[str, Callable[[], Any]] = {}
        if len(rest) == 1:
            made = _names_of(domain, rest[0])
        elif rest:
            names = _names_of(domain, rest[0])
            made = {name: names[name] for name in _names_in(domain, *rest)}
        module.__doc__ = f"Of the pack {domain}: {', '.join(sorted(made)) or ', '.join(_LAYERS)}."
        vars(module).update(
            __all__=sorted(made),
            __getattr__=_attribute_of(module.__name__, made),
            __dir__=lambda: sorted({*vars(module), *made}),
        )


def install() -> None:
    """Have the modules of packs found, after those that are files."""
    if not any(isinstance(finder, PackModules) for finder in sys.meta_path):
        sys.meta_path.append(PackModules())


def _attribute_of(module: str, made: Mapping[str, Callable[[], Any]]) -> Callable[[str], Any]:
    def __getattr__(name: str) -> Any:
        if name not in made:
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        return made[name]()

    return __getattr__


@cache
def public_names(domain: str, module: str = "") -> Mapping[str, Callable[[], Any]]:
    """What the package of a pack has to offer, by name. Raises ModuleNotFoundError for a pack that is not usable."""
    try:
        package = import_module(installed_packs().pack(domain).package)
    except DatamimicError as error:
        distribution = f"datamimic-pack-{domain.replace('_', '-')}"
        raise ModuleNotFoundError(
            f"{error.message}; pip install {distribution} may bring it", name=module or domain
        ) from None
    names = getattr(package, "__all__", ())
    return {name: partial(getattr, package, name) for name in names}


def _names_of(domain: str, layer: str) -> Mapping[str, Callable[[], Any]]:
    """The names of a layer of a domain, and how what they stand for is got."""
    public = public_names(domain)
    models = [name for name in public if f"{name}Service" in public]
    literal = {
        name.rpartition(".")[2]: partial(installed_packs().generator, name)
        for name in installed_packs().generators()
        if name.startswith(f"{domain}.")
    }
    if layer == "services":
        return {f"{name}Service": partial(service_of, domain, name) for name in models}
    if layer == "generators":
        return {**literal, **{f"{name}Generator": partial(generator_of, domain, name) for name in models}}
    if layer == "literal_generators":
        return literal
    others = {name: get for name, get in public.items() if name not in literal and not name.endswith("Service")}
    if layer == "demographics":
        return {name: get for name, get in others.items() if name.startswith("Demographic")}
    return {**others, **{name: partial(model_of, domain, name) for name in models}}


def _names_in(domain: str, layer: str, module: str) -> tuple[str, ...]:
    """The names of a module of a layer; none for a module that there is not."""
    names = _names_of(domain, layer)
    if module in _SEVERAL:
        return tuple(name for name in _SEVERAL[module] if name in names)
    wanted = module.replace("_", "")
    if layer == "demographics":
        wanted = f"demographic{wanted}"
    return tuple(name for name in names if name.lower() in (wanted, wanted.removesuffix("s")))
